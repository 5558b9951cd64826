"""HTML as text, everything escaped: for pages that need no Dash and no script."""

from typing import Final

from markupsafe import Markup, escape

EMPTY: Final = frozenset({"input", "link", "meta", "br"})
ICON: Final = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Cpath fill='%23703263' d='M16 2l12 7v14l-12 7-12-7V9z'/%3E%3C/svg%3E"
)
Child = str | Markup | None


def el(name: str, /, *children: Child, **attributes: str | bool | None) -> Markup:
    """Return one element: text is escaped, elements are kept; ``class_`` and ``for_`` lose their underscore.

    An attribute that is True stands alone, one that is False or None is left out; ``aria_label`` becomes
    ``aria-label``.
    """
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    said = Markup("").join(
        Markup(' {}="{}"').format(key, "" if value is True else value)
        for key, value in given.items()
        if value is not None and value is not False
    )
    start = Markup("<{}{}>").format(name, said)
    return start if name in EMPTY else start + joined(*children) + Markup("</{}>").format(name)


def joined(*children: Child) -> Markup:
    """Return children one after the other; None is nothing."""
    return Markup("").join(escape(child) for child in children if child is not None)


def table(caption: str, heads: list[str], rows: list[list[str]], *, words: int = 1) -> Markup:
    """Return a table: the first column heads its row, the first ``words`` columns are text, the rest numbers."""
    kinds = ["text" if place < words else "number" for place in range(len(heads))]
    head = el("tr", *(el("th", name, scope="col", class_=kind) for name, kind in zip(heads, kinds, strict=True)))
    body = [
        el("tr", el("th", row[0], scope="row", class_="text"),
           *(el("td", value, class_=kind) for value, kind in zip(row[1:], kinds[1:], strict=True)))
        for row in rows
    ]  # fmt: skip
    return el("table", el("caption", caption), el("thead", head), el("tbody", *body))
