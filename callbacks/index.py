"""The page's first HTML: without versions of the software, and without a second copy of the layout."""

import json
import re
from typing import Final

from dash import Dash

CONFIG = re.compile(r'(<script id="_dash-config" type="application/json">)(.*?)(</script>)', re.DOTALL)
NOT_TOLD: Final = ("dash_version", "python_version", "plotly_version", "dash_version_url", "ddk_version",
                   "plotly_cloud_installed", "validation_layout")  # fmt: skip
ICON: Final = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Cpath fill='%23703263' d='M16 2l12 7v14l-12 7-12-7V9z'/%3E%3C/svg%3E"
)
INDEX: Final = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<meta name="description" content="People dead or missing, intercepted and arrived on migration routes.">
<title>{%title%}</title>
<link rel="icon" href="ICON">
{%css%}
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>""".replace("ICON", ICON)


class App(Dash):
    """Dash, telling the browser no more than the page needs."""

    def interpolate_index(self, **parts: str) -> str:
        """Return the page's HTML with a shorter configuration."""
        return super().interpolate_index(**parts | {"config": CONFIG.sub(_shorter, parts["config"])})


def _shorter(found: re.Match[str]) -> str:
    config = {name: value for name, value in json.loads(found[2]).items() if name not in NOT_TOLD}
    told = json.dumps(config, separators=(",", ":")).replace("<", "\\u003c")
    return f"{found[1]}{told}{found[3]}"
