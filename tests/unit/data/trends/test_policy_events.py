"""The list of acts of policy is well formed, cites its sources, and never says why a number changed."""

import re
from datetime import date
from pathlib import Path

import pytest

from data.counting.windows import Window
from data.model.errors import DataError
from data.trends.policy_events import COLUMNS, FILE, check_events, overlapping, read_events

GOOD = {"date_from": "2016-03-18", "date_to": "2016-03-18", "routes": "eastern-mediterranean", "title": "A statement",
        "words": "Agreed.", "publication": "Statement", "publisher": "A council", "source_date": "2016-03-18", "url": ""}  # fmt: skip
CAUSES = re.compile(
    r"\b(because|due to|led to|caus|result|reduc|increas|thanks to|impact|effect|deter|success)", re.IGNORECASE
)


def test_every_event_has_a_citation_and_no_causal_word() -> None:
    events = read_events()
    assert 8 <= len(events) <= 15
    for event in events:
        assert event.publisher in event.citation
        assert event.source_date in event.citation
        assert not CAUSES.search(f"{event.title} {event.words}"), event.title
    assert list(events) == sorted(events, key=lambda event: (event.date_from, event.title))


@pytest.mark.parametrize(
    ("column", "value"),
    [("date_from", "18 March 2016"), ("date_from", ""), ("date_to", "2016-03-17"), ("routes", ""), ("routes", "nowhere"),
     ("routes", "darien,black-sea"), ("title", " "), ("words", "x" * 301), ("publisher", ""), ("publication", ""),
     ("source_date", "March 2016"), ("url", "javascript:alert(1)")],
)  # fmt: skip
def test_a_wrong_row_is_refused_with_its_place(column: str, value: str) -> None:
    with pytest.raises(DataError, match=rf"events.csv, row 3, column '{column}'"):
        check_events([GOOD, GOOD | {column: value}], file="events.csv")


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "events.csv"
    other.write_text(FILE.read_text(encoding="utf-8").replace("publisher", "who"), encoding="utf-8")
    with pytest.raises(DataError, match="expected the columns"):
        read_events(other)
    assert FILE.read_text(encoding="utf-8").startswith(",".join(COLUMNS))


def test_events_overlap_by_a_shared_day_and_a_shared_route() -> None:
    of_a_day, open_ended = check_events(
        [GOOD, GOOD | {"date_from": "2018-02-01", "date_to": "", "routes": "darien|black-sea"}], file="events.csv"
    )
    on_the_day = Window(date(2016, 3, 18), date(2016, 3, 18))
    assert overlapping([of_a_day, open_ended], on_the_day, ()) == [of_a_day]
    assert overlapping([of_a_day, open_ended], Window(date(2024, 1, 1), date(2024, 1, 2)), ()) == [open_ended]
    assert overlapping([of_a_day, open_ended], Window(date(2016, 1, 1), date(2024, 1, 2)), ("black-sea",)) == [
        open_ended
    ]
    assert overlapping([of_a_day, open_ended], Window(date(2016, 3, 19), date(2017, 1, 2)), ()) == []
