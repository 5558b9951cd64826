"""Where the data comes from, on what terms, and what became of every row."""

from typing import Any

from dash import html

from data.vintage import Vintage
from layouts import ids, text
from layouts.controls import button
from layouts.links import outside_link


def sources_panel(vintage: Vintage) -> html.Section:
    """Return one entry per edition: publisher, citation, licence, dates, rows read and what became of them."""
    head = html.Div([html.H2("Sources"), button("Close", ids.SOURCES_CLOSE, kind="link")], className="panel-head")
    entries = [source_entry(row) for row in vintage.sources.sort("kind", "source", "file").iter_rows(named=True)]
    intro = html.P(f"This page shows vintage {vintage.name}. Two incident databases are never added up.")
    notes = [html.H3("What is counted"), html.P(text.SCOPE), html.H3("Map"), html.P(text.BOUNDARIES)]
    body = html.Div(
        [intro, *entries, *notes], className="panel-body", tabIndex=0, role="region", **{"aria-label": "Sources"}
    )
    return html.Section([head, body], id=ids.SOURCES, className="panel sheet", **{"aria-label": "Sources"})


def source_entry(row: dict[str, Any]) -> html.Article:
    """Return one source with its terms and the account of its rows."""
    facts = {
        "Publisher": row["publisher"],
        "Citation": row["citation"],
        "Licence": row["licence"],
        "Page": outside_link(row["url"], row["url"]),
        "Covers": text.dates(row["first_date"], row["last_date"]) if row["first_date"] else "No dates",
        "Retrieved": text.day(row["retrieved"]) if row["retrieved"] else "–",
        "File": f"{row['file']} ({row['layout']})",
        "Rows": rows_sentence(row),
    }
    mark = [html.P(text.DEMONSTRATION_MARK, className="demonstration-mark")] if row["is_demonstration"] else []
    entries = [part for name, value in facts.items() for part in (html.Dt(name), html.Dd(value or "–"))]
    return html.Article([html.H3(row["title"]), *mark, html.Dl(entries, className="facts")], className="source")


def rows_sentence(row: dict[str, Any]) -> str:
    """Return the account of a file's rows: read = accepted + quarantined + duplicates."""
    read, accepted = text.number(row["rows_read"]), text.number(row["accepted"])
    rest = f"{text.number(row['quarantined'])} quarantined, {text.number(row['duplicates'])} declared duplicates"
    return f"{read} read: {accepted} accepted, {rest}."
