"""Attributes of HTML whose names have a hyphen: ``aria-label``, ``data-draw``."""

from typing import Any


def attributes(**named: str) -> dict[str, Any]:
    """Return attributes by their names in HTML: ``aria_label`` is ``aria-label``.

    The values are typed as Dash takes any: its components name every other attribute, each with a type of its own.
    """
    return {name.replace("_", "-"): value for name, value in named.items()}
