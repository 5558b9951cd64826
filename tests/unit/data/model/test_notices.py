"""Messages: read from files, filled with named values, found complete wherever the code names one."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.model.answers import as_json
from data.model.message_format import Pattern, PatternError
from data.model.notices import (
    FIRST,
    LOCALES,
    Notice,
    _write,
    decimal,
    joined,
    language_in_use,
    messages,
    number,
    say,
    speaking,
)

ROOT = Path(__file__).parents[4]
FOLDERS = ("data", "layouts", "callbacks")
CALLS = ("say", "Notice")


def english(number: float) -> str:
    return "one" if number == 1 else "other"


def fill(text: str, **values: object) -> str:
    return Pattern(text).fill(values, lambda value, kind: f"{value}/{kind}" if kind else str(value), english)


def test_a_plural_chooses_by_number_and_writes_it() -> None:
    text = "{n, plural, =0 {nobody} one {# person} other {# people}}"
    assert [fill(text, n=n) for n in (0, 1, 2)] == ["nobody", "1/number person", "2/number people"]


def test_a_case_may_be_empty() -> None:
    assert [fill("{n, plural, =0 {} other { (#)}}", n=n) for n in (0, 2)] == ["", " (2/number)"]


def test_parts_of_a_text_are_joined_as_their_kind_asks() -> None:
    kinds = ("list", "enumeration", "clauses", "sentences")
    written = [Pattern(f"{{parts, {kind}}}").fill({"parts": ["A.", 2, 3]}, _write, english) for kind in kinds]
    assert written == ["A., 2 and 3", "A., 2, 3", "A.; 2; 3", "A. 2 3"]
    assert Pattern("{words, capital}").fill({"words": "the first"}, _write, english) == "The first"


def test_a_decimal_keeps_its_decimals() -> None:
    assert decimal(Decimal("1234.50")) == "1,234.50"
    assert say("risk.percent", value=Decimal("0.010")) == "0.010%"


def test_days_are_written_by_month_or_without_their_year() -> None:
    values = {"day": date(2017, 3, 3)}
    assert Pattern("{day, month_name}; {day, day_of_year}").fill(values, _write, english) == "March; 3 March"


def test_a_choice_takes_yes_no_none_or_the_word() -> None:
    text = "{is_it, select, yes {Y} no {N} none {–} a {A} other {O}}"
    assert [fill(text, is_it=value) for value in (True, False, None, "a", "b")] == ["Y", "N", "–", "A", "O"]


def test_arguments_nest_and_braces_can_be_meant() -> None:
    text = "'{'{a, select, x {{n, plural, one {# {b}} other {#s}}} other {}}'}'"
    assert fill(text, a="x", n=1, b="c") == "{1/number c}"
    assert Pattern(text).names == {"a", "n", "b"}


@pytest.mark.parametrize("text", ["a } b", "{n", "{n, plural, one {#}}", "{}", "{n, plural, one {# other {#}}"])
def test_a_pattern_that_is_not_well_formed_is_refused(text: str) -> None:
    with pytest.raises(PatternError):
        Pattern(text)


def test_numbers_days_and_lists_are_written_as_the_language_does() -> None:
    assert number(-1234567) == "−1,234,567"
    assert number(None) == "–"
    assert joined(["a", 2, date(2017, 3, 3)]) == "a, 2 and 3 March 2017"


def test_a_notice_is_written_where_it_leaves() -> None:
    notice = Notice("unit.period.quarter", quarter=2, year=2017)
    assert str(notice) == say("unit.period.quarter", quarter=2, year=2017) == "Quarter 2 of 2017"
    assert as_json([notice]) == b'["Quarter 2 of 2017"]'
    assert notice == Notice("unit.period.quarter", year=2017, quarter=2)
    assert hash(notice) == hash(Notice("unit.period.quarter", quarter=2, year=2017))


def test_a_language_without_messages_is_refused() -> None:
    with pytest.raises(KeyError, match="known: en"), speaking("xx"):
        pass
    assert language_in_use() == FIRST


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """Yield where a message is named, its key, and the values given; None where they are not all named there."""
    for path in sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args:
                first = node.args[0]
                names = [word.arg for word in node.keywords]
                given = None if None in names else {str(name) for name in names}
                for one in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                    if isinstance(one, ast.Constant):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", str(one.value), given
    for path in sorted((ROOT / "layouts").rglob("*.html")):
        for key, values in re.findall(
            r'\bsay\(["\']([\w.]+)["\']((?:, \w+=[\w.]+)*)\)', path.read_text(encoding="utf-8")
        ):
            yield str(path.relative_to(ROOT)), key, set(re.findall(r"(\w+)=", values))


def test_every_message_that_the_code_names_exists_and_gets_its_values() -> None:
    known = messages(FIRST)
    wrong = [
        f"{where}: {key}"
        for where, key, given in calls()
        if key not in known or (given is not None and not known[key].names <= given)
    ]
    assert not wrong


def test_every_message_is_used() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for name in FOLDERS for path in (ROOT / name).rglob("*.py"))
    named = {key for _, key, _ in calls()}
    unused = [key for key in messages(FIRST) if key not in named and not is_computed(key, text)]
    assert not unused


def is_computed(key: str, text: str) -> bool:
    """Return whether the code makes this key from the name of its table: ``f"page.step.{step}"``, ``Labels(…)``."""
    above = [key.rsplit(".", depth)[0] for depth in range(1, key.count(".") + 1)]
    is_named = f'"{key}"' in text or any(f'"{table}"' in text for table in above if "." in table)
    return is_named or any(f'"{table}.{{' in text for table in above)


@pytest.mark.parametrize("language", LOCALES)
def test_another_language_says_nothing_that_the_first_does_not(language: str) -> None:
    first = messages(FIRST)
    for key, pattern in messages(language).items():
        assert pattern.names <= first[key].names, key
