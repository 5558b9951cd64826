"""A brief is two pages of real text, whatever is in it, and the same bytes each time."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from data.model.notices import say
from layouts.brief import Figure, Row, SourceEntry, brief_pdf, brief_png, brief_svg
from layouts.brief.printable import UNKNOWN, printable
from tests.harness.documents import SVG, contents

HOSTILE = [
    '#import "@preview/x:1.0.0": *', "<script>alert(1)</script>", "*bold* _thin_ $x^2$ `raw`", "= Heading", "- item",
    '#panic("x")', "#sys.inputs", "\\u{41} \\ // not a comment", "/* nor this */", "@label <label>", '"quoted" \\" ]', "{%x%}",
]  # fmt: skip
LONG = "A very long name of a place, a route or a publisher, with #marks and *stars* in it; " * 400


def pages(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


def squeezed(words: str) -> str:
    """Return words without white space: the reader of the file sees kerning as a space."""
    return re.sub(r"\s", "", words)


def test_it_has_two_pages_of_text_with_everything_that_must_travel() -> None:
    first, second = map(squeezed, pages(brief_pdf(contents())))
    for words in (
        "At least 2,853 people",
        "Of these, 214",
        "do not imply endorsement",
        "Natural Earth",
        "Vintage v000007",
    ):
        assert squeezed(words) in first, words
    for words in ("A minimum.", "Who is counted.", "CC BY 4.0", "Publisher, a data set", "https://publisher.example",
                  "2014 to 2024", "https://crossings.example/?from=2017-01-01", "61 people", "Page 2 of 2"):  # fmt: skip
        assert squeezed(words) in second, words
    for n in range(1, 11):
        assert (
            squeezed(f"{n} km north of Town {n}, Country{1000 - n}{10 + n}{0.1 * n:.0%}{say('brief.not_computed')}")
            in second
        )


def test_equal_contents_give_equal_bytes_and_other_words_give_others() -> None:
    first = brief_pdf(contents())
    assert brief_pdf(contents()) == first
    assert brief_pdf(contents(notes="Other words.")) != first


def test_the_file_is_tagged_named_and_its_figures_are_described() -> None:
    reader = PdfReader(io.BytesIO(brief_pdf(contents())))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Crossings: a view"
    assert str(reader.metadata.creation_date_raw).startswith("D:20250531")
    assert 'pdfuaid:part="1"' in reader.xmp_metadata.stream.get_data().decode() or b"pdfuaid" in (
        reader.xmp_metadata.stream.get_data()
    )
    described = [str(one["/Alt"]) for one in objects(reader) if one.get("/S") == "/Figure"]
    assert described == ["A map of cells", "Three series by month"]
    kinds = {one.get("/S") for one in objects(reader)}
    assert {"/H1", "/H2", "/Table", "/TH"} <= kinds


def objects(reader: PdfReader) -> list[DictionaryObject]:
    found = (reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1) if number in reader.xref[0])
    listed = [one for one in found if isinstance(one, DictionaryObject)]
    packed = [reader.get_object(number) for number in reader.xref_objStm]
    return [*listed, *(one for one in packed if isinstance(one, DictionaryObject))]


def test_drawings_stay_vectors_and_their_words_stay_words() -> None:
    made = brief_pdf(contents())
    assert "Legend" in pages(made)[0]
    assert all(not list(page.images) for page in PdfReader(io.BytesIO(made)).pages)


@pytest.mark.rule("P8")
def test_the_mark_of_invented_data_is_on_every_page() -> None:
    mark = "Demonstration data. Invented."
    for page in pages(brief_pdf(contents(demonstration=mark))):
        assert squeezed(mark) in squeezed(page)
    assert "Demonstration" not in "".join(pages(brief_pdf(contents())))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text_in_every_field(words: str) -> None:
    source = SourceEntry(words, words, words, words, words)
    made = brief_pdf(contents(
        title=words, sentence=words, notes=words, rows=(Row(words, 1, 1, 0.5),), ranked_by=words, not_in_rows=words,
        method=((words, words),), sources=(source,), vintage=words, data_until=words, address=words,
        boundaries=words, attribution=words, demonstration=words, map=Figure(SVG, words),
    ))  # fmt: skip
    first, second = map(squeezed, pages(made))
    assert first.count(squeezed(words)) >= 6
    assert second.count(squeezed(words)) >= 9


def test_marks_that_turn_the_text_around_are_left_out_and_strange_letters_are_marked() -> None:
    assert printable("a\N{RIGHT-TO-LEFT OVERRIDE}b\N{POP DIRECTIONAL FORMATTING}c") == "abc"
    assert printable("طرابلس Τρίπολη Триполи") == "طرابلس Τρίπολη Триполи"
    assert printable("\N{RIGHT-TO-LEFT MARK}x") == "\N{RIGHT-TO-LEFT MARK}x"
    assert printable("的\x00\ud800\ue000") == UNKNOWN * 4
    assert printable("a\r\n\tb\N{LINE SEPARATOR}c") == "a b c"


@pytest.mark.parametrize(
    "words", ["的里波里 " * 30, "طرابلس، ليبيا " * 30, "\N{RIGHT-TO-LEFT OVERRIDE}x" * 50, "\x07\x1b[31m", ""]
)
def test_no_script_and_no_control_character_breaks_it(words: str) -> None:
    source = SourceEntry(words, words, words, words, words)
    made = contents(
        title=words or "x", sentence=words or "x", notes=words, rows=(Row(words, None, 0, None),), sources=(source,)
    )
    assert len(pages(brief_pdf(made))) == 2


@pytest.mark.parametrize(
    "demonstration", ["", "Demonstration data. Invented to try the software; no figure here is real."]
)
@pytest.mark.parametrize("words", [LONG, "W" * 40_000])
def test_it_stays_two_pages_however_long_its_parts_are(words: str, demonstration: str) -> None:
    source = SourceEntry(words, words, words, words, words)
    made = brief_pdf(contents(
        title=words, sentence=words, notes=words, rows=(Row(words, 10**12, 10**9, 0.99, 0.5),) * 10, ranked_by=words,
        not_in_rows=words, sources=(source,) * 3, address="https://crossings.example/?route=" + "x" * 9000,
        boundaries=words, attribution=words, demonstration=demonstration,
    ))  # fmt: skip
    first, second = pages(made)
    assert "Legend" in first
    assert second.count("1,000,000,000,000") == 10
    assert "9,033 characters long" in second


def test_sources_that_do_not_fit_are_counted_not_dropped_silently() -> None:
    many = tuple(SourceEntry(f"Data set {n:03}", f"Publisher {n}", "CC BY 4.0", "2014", "") for n in range(300))
    made = pages(brief_pdf(contents(sources=many)))
    shown = len(re.findall(r"Data set \d{3}", made[1]))
    assert len(made) == 2
    assert shown >= 6
    assert f"and {300 - shown} more, all in the sources file" in made[1]


def test_six_sources_with_long_terms_are_all_shown() -> None:
    words = "A title of some length as a publisher writes it, monthly"
    six = tuple(SourceEntry(f"{words} {n}", words, words, "1 January 2014 to 30 April 2025; retrieved 1 May 2025",
                            "https://publisher.example/data") for n in range(6))  # fmt: skip
    method = tuple((f"Head {n}", "A sentence about what is counted and what is not. " * 6) for n in range(5))
    second = squeezed(pages(brief_pdf(contents(sources=six, method=method, demonstration="Invented.")))[1])
    assert all(squeezed(f"{words} {n}") in second for n in range(6))
    assert "more,all" not in second


def test_an_empty_view_says_so() -> None:
    second = pages(brief_pdf(contents(rows=(), not_in_rows="")))[1]
    assert say("brief.no_rows") in " ".join(second.split())


def test_a_cell_that_one_event_decides_says_so_and_stability_is_shown_where_it_is_given() -> None:
    rows = (Row("Somewhere", 10, 1, 0.9, 0.734), Row("Elsewhere", None, 2, None, None))
    second = squeezed(pages(brief_pdf(contents(rows=rows)))[1])
    assert squeezed("Somewhere 10 1 90% 73%") in second
    assert squeezed(f"Elsewhere – 2 – {say('brief.not_computed')}") in second
    assert squeezed("died in one event") in second


def test_each_page_is_a_picture_of_its_own() -> None:
    pngs = [brief_png(contents(), page=page) for page in (1, 2)]
    svgs = [brief_svg(contents(), page=page) for page in (1, 2)]
    assert all(png.startswith(b"\x89PNG") for png in pngs)
    assert all(svg.startswith(b"<svg") for svg in svgs)
    assert pngs[0] != pngs[1]
    assert svgs[0] != svgs[1]
