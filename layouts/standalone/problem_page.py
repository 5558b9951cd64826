"""The page of a request that cannot be answered: what is wrong, the nearest address, and the ways on."""

from typing import Final

from markupsafe import Markup

from data.model.notices import say
from layouts.standalone.icon import ICON
from layouts.standalone.jinja import ASSETS, fill_template, read_file
from layouts.text import page as text

HEADINGS: Final = (404, 429, 503)


def problem_page(status: int, sentence: str, nearest: str | None) -> str:
    """Return the page; ``nearest`` is the address that may have been meant."""
    heading = say(f"problem.heading.{status if status in HEADINGS else 'other'}")
    return fill_template(
        "no_page.html",
        heading=heading,
        sentence=sentence,
        nearest=nearest,
        say=say,
        name=text.NAME,
        icon=ICON,
        status=status,
        faces=Markup(read_file("type.css", ASSETS)),  # noqa: S704 — our own file
    )
