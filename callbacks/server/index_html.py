"""The page's first HTML: what the view is, without versions of the software, without a second copy of the layout."""

import json
import re
from collections.abc import Callable
from html import escape
from typing import Any, Final, NamedTuple

from dash import Dash

from callbacks.server import browser_modules, stylesheets
from data.model.notices import language_in_use, say
from layouts.standalone.icon import ICON

CONFIG = re.compile(r'(<script id="_dash-config" type="application/json">)(.*?)(</script>)', re.DOTALL)
NOT_USED: Final = re.compile(r'<script src="[^"]*/dash_table/[^"]*"></script>\n?')  # no page of ours has such a table
NOT_TOLD: Final = ("dash_version", "python_version", "plotly_version", "dash_version_url", "ddk_version",
                   "plotly_cloud_installed", "validation_layout")  # fmt: skip
INDEX: Final = """<!DOCTYPE html>
<html lang="LANGUAGE">
<head>
{%metas%}
<title>{%title%}</title>
<link rel="icon" href="ICON">
<link rel="manifest" href="/manifest.webmanifest">
</head>
<body>
<!--first-->
{%css%}
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>""".replace("ICON", ICON)


class Head(NamedTuple):
    """The page's title, and its tags: (name, content), as plain text."""

    title: str
    tags: tuple[tuple[str, str], ...]


def plain_head() -> Head:
    """Return what the page says of itself where no view is known."""
    return Head("Crossings", (("description", say("server.description")),))


class App(Dash):
    """Dash, telling the browser no more than the page needs."""

    head: Callable[[], Head] = staticmethod(plain_head)
    first: Callable[[], str] = staticmethod(str)  # the first picture, as HTML (``callbacks.sheets.first_picture``)
    drawn: Any = None  # the still maps that are known (``first_picture.Drawn``)

    kept: Any  # answers that are kept, before all else (``response_cache.KeptFirst``)
    door: Any  # who comes in, where readers log in (``reader.Door``); else None
    whole: Any  # the WSGI application, without what counts and logs its requests
    counted: Any  # what is counted (``metrics.Metrics``)

    @property
    def validation_layout(self) -> None:
        """Hold no second copy of the layout: Dash would write it into every page, for checks of debug mode."""

    @validation_layout.setter
    def validation_layout(self, _: object) -> None:
        """Keep nothing."""

    def interpolate_index(self, *_: Any, **parts: Any) -> str:
        """Return the page's HTML with the tags of the view and a shorter configuration."""
        title, tags = self.head()
        metas = "\n".join([parts["metas"].strip(), *(_tag(*tag) for tag in tags)])
        config = CONFIG.sub(_shorter, parts["config"])
        known = {"title": _inert(title), "metas": metas, "config": config, "css": stylesheets.tag()}
        scripts = NOT_USED.sub("", parts["scripts"]) + browser_modules.tags()
        renderer = _deferred(parts["renderer"])
        page: str = super().interpolate_index(**parts | known | {"scripts": scripts, "renderer": renderer})  # type: ignore[no-untyped-call]
        return page.replace("LANGUAGE", language_in_use(), 1).replace("<!--first-->", self.first(), 1)


def _tag(name: str, content: str) -> str:
    return f'<meta {"property" if name.startswith("og:") else "name"}="{name}" content="{_inert(content)}">'


def _deferred(renderer: str) -> str:
    """Return Dash's start as a module too: they run in order, so it finds the functions that ours have given it."""
    return renderer.replace('type="application/javascript"', 'type="module"')


def _inert(words: str) -> str:
    """Return text for HTML; braces too, as Dash fills what looks like one of its own places."""
    return escape(words).replace("{", "&#123;").replace("}", "&#125;")


def _shorter(found: re.Match[str]) -> str:
    config = {name: value for name, value in json.loads(found[2]).items() if name not in NOT_TOLD}
    told = json.dumps(config, separators=(",", ":")).replace("<", "\\u003c")
    return f"{found[1]}{told}{found[3]}"
