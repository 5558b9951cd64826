"""Pages that stand alone: our own templates, filled by an engine that escapes every value."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER: Final = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, auto_reload=False
    )


def filled(template: str, /, **values: Any) -> str:
    """Return a template's page with ``values`` in it, each as text; raise where one is not given."""
    return _environment().get_template(template).render(**values)


@lru_cache(maxsize=4)
def read_stylesheet(name: str) -> str:
    """Return a stylesheet of the templates."""
    return (FOLDER / name).read_text(encoding="utf-8")
