"""A citation names every source that is shown, its edition and terms, in the four forms that tools read."""

import json
import re

import pytest

from data.exports.about import About, CitedSource, about
from data.exports.citation import FORMS, bibtex, ris
from data.exports.numbers import export_numbers
from data.exports.sources_shown import sources_shown
from data.model.errors import QueryError
from data.model.notices import say
from data.query.selection import Selection
from data.store.store import Store


def cited(store: Store, kind: str) -> str:
    vintage = store.current()
    return export_numbers(vintage, Selection(), figure="citation", kind=kind, sentence="All of it.")[0].decode()


@pytest.mark.parametrize("kind", FORMS)
def test_every_source_shown_is_cited_with_edition_terms_and_vintage(demonstration_store: Store, kind: str) -> None:
    vintage = demonstration_store.current()
    said = cited(demonstration_store, kind)
    details = about(vintage, Selection(), figure="view", sentence="", columns=())
    shown = [one.source for one in sources_shown(vintage, Selection(), details)]
    rows = {row["source"]: row for row in vintage.sources.to_dicts()}
    kinds = [rows[source]["kind"] for source in shown]
    assert kinds == sorted(kinds, key=["incidents", "counts", "segments"].index)
    assert set(kinds) == {"incidents", "counts", "segments"}
    for row in (rows[source] for source in shown):
        for words in (
            row["title"],
            row["edition"],
            row["licence"].split(";")[0],
            "v000001",
            "All of it.",
            say("statement.demonstration"),
        ):
            assert words in said
    assert said == cited(demonstration_store, kind)


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_not_shown_is_not_cited(demonstration_store: Store, kind: str) -> None:
    vintage = demonstration_store.current()
    without = Selection.from_query("layers=cells")
    said = export_numbers(vintage, without, figure="citation", kind=kind, sentence="s")[0].decode()
    assert "encounters" not in said  # the flow that is chosen is detections
    assert "route lines" not in said.casefold()
    assert "route lines" in cited(demonstration_store, kind).casefold()


def test_forms_are_well_formed(demonstration_store: Store) -> None:
    items = json.loads(cited(demonstration_store, "json"))
    assert all(item["type"] == "dataset" and item["id"] and item["author"][0]["literal"] for item in items)
    assert len({item["id"] for item in items}) == len(items)
    entries = cited(demonstration_store, "bib")
    assert entries.count("@misc{") == len(items)
    assert entries.count("{") == entries.count("}")
    records = cited(demonstration_store, "ris").split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in records if line)
    assert records.count("ER  - ") == records.count("TY  - DATA") == len(items)


def test_what_a_publisher_writes_breaks_no_form() -> None:
    source = CitedSource(source="x", title="50% of A & B_c #1 {x \\y ~z^\nER  - ", publisher="P $, Agency", citation="C", licence="L", url="https://a.example/b_c?d=%20&e={f}", edition="e1", retrieved="", first_date="", last_date="", until="")  # fmt: skip
    details = About(title="t", sentence="s", figure="series", measure="dead", unit="people", query="", vintage="v000001",
                    data_until="–", total=None, parts={}, sources=(source,), notes=(), columns={})  # fmt: skip
    assert r"50\% of A \& B\_c \#1" in bibtex(details)
    entry = bibtex(details)
    assert r"\textbraceleft{}x \textbackslash{}y \textasciitilde{}z\textasciicircum{}" in entry
    assert r"author = {{P \$, Agency}}" in entry
    assert "url = {https://a.example/b_c?d=%20&e=%7Bf%7D}" in entry
    assert entry.count("{") == entry.count("}")
    assert "AU  - P $ – Agency\r\n" in ris(details)
    assert ris(details).count("\r\nER  - ") == 1


def test_another_form_gets_a_sentence(demonstration_store: Store) -> None:
    with pytest.raises(QueryError, match="Known: txt"):
        cited(demonstration_store, "docx")
