"""Pages that stand alone: our own templates, filled by an engine that escapes every value."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data.model.caches import kept
from data.model.notices import language_in_use

FOLDER: Final = Path(__file__).parent / "templates"
ASSETS: Final = Path(__file__).parent.parent / "assets"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, auto_reload=False
    )


def fill_template(template: str, /, **values: Any) -> str:
    """Return a template's page with ``values`` and the language in it, each as text; raise where one is not given."""
    return _environment().get_template(template).render({"language": language_in_use()} | values)


@kept
def read_file(name: str, folder: Path = FOLDER) -> str:
    """Return a stylesheet or script of the templates, or of the page's assets."""
    return (folder / name).read_text(encoding="utf-8")
