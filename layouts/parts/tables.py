"""Real tables: the same numbers as the pictures, for reading, checking and assistive technology."""

import json
from collections.abc import Sequence
from typing import Any, Final

from dash import html

from layouts.parts.attributes import attributes
from layouts.text import page as text

ROWS: Final = 100


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], *, words: int = 1,
          notes: int = 0) -> html.Table:  # fmt: skip
    """Return a table: the first column heads its row, the first ``words`` and last ``notes`` are text."""
    kinds = _kinds(len(heads), words, notes)
    head = html.Tr([html.Th(name, scope="col", className=kind) for name, kind in zip(heads, kinds, strict=True)])
    return html.Table(
        [html.Caption(html.Span(caption)), html.Thead(head), html.Tbody([_row(row, kinds) for row in rows])]
    )


def packed_table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], *, words: int = 1,
                 notes: int = 0) -> html.Div:  # fmt: skip
    """Return what ``table`` returns as one component, for a long table: its cells as JSON.

    The browser draws a component in the time of dozens of cells; ``assets/page/tables.mjs`` writes the table, one
    that is folded when it is unfolded.
    """
    kinds = _kinds(len(heads), words, notes)
    cells = [[_text(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows]
    content = {"caption": caption, "heads": list(heads), "kinds": kinds, "rows": cells}
    return html.Div(**attributes(data_table=json.dumps(content, ensure_ascii=False)))


def _kinds(columns: int, words: int, notes: int) -> list[str]:
    return ["number" if words <= place < columns - notes else "text" for place in range(columns)]


def _text(value: Any, kind: str) -> str:
    return ("" if value is None else str(value)) if kind == "text" else text.number(value)


def _row(row: Sequence[Any], kinds: Sequence[str]) -> html.Tr:
    shown = [value if kind == "text" else text.number(value) for value, kind in zip(row, kinds, strict=True)]
    first, *rest = shown
    cells = [html.Td(value, className=kind) for value, kind in zip(rest, kinds[1:], strict=True)]
    return html.Tr([html.Th(first, scope="row", className=kinds[0]), *cells])
