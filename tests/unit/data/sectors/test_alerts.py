"""Alerts: nothing is in a feed before a person has released it, and every act stays in the log."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from data.__main__ import main
from data.model.errors import QueryError, StoreError
from data.sectors.alerts import (
    DISCARDED,
    RELEASED,
    act,
    last_acts,
    pending_alerts,
    released_alerts,
    unwatch,
    watch,
    watched_sectors,
)
from data.sectors.feed import ATOM, atom, changes_answer
from data.sectors.sector import Sector
from data.store.store import Store
from data.store.vintage import Vintage
from geo.cells import cell_of_point
from tests.harness.small_store import NEAR, publish

QUERY = "at=12.6,35.5&radius_km=100"
HERE = Sector.from_query(QUERY)
ELSEWHERE = Sector.from_query("at=40,35.5&radius_km=100")
FIRST = NEAR | {"record_id": "a", "date_from": date(2024, 1, 1), "date_to": date(2024, 1, 1), "dead_or_missing": 1}
SECOND = NEAR | {"record_id": "b", "date_from": date(2024, 2, 1), "date_to": date(2024, 2, 2), "dead_or_missing": 2,
                 "place": "Off <Lampedusa> & near\x0b", "url": "https://example.org/a?b=1&c=<2>"}  # fmt: skip
PROGRAM = """
import sys
from pathlib import Path
from data.__main__ import main
sys.exit(main(["alerts", "--release", sys.argv[1], "--reason", "Seen.", "--store", sys.argv[2]]))
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def vintage(store: Store) -> Vintage:
    """Return a vintage in which one record is new inside the watched sector, and one outside it."""
    watch(store.folder, publish(store, FIRST), query=QUERY, name="lampedusa")
    return publish(store, FIRST, SECOND, SECOND | {"record_id": "far", "longitude": 40.0}, retrieved=date(2024, 2, 10))


def one_id(store: Store, vintage: Vintage) -> str:
    (alert,) = pending_alerts(store.folder, vintage)
    return str(alert.id)


def release(store: Store, vintage: Vintage, key: str, what: str = RELEASED) -> dict[str, object]:
    return act(store.folder, vintage, key=key, what=what, reason="Seen.", who="someone")


def test_a_change_is_pending_until_a_person_has_released_it(store: Store, vintage: Vintage) -> None:
    (alert,) = pending_alerts(store.folder, vintage)
    assert (alert.record_id, alert.change, alert.sectors) == ("b", "added", ["lampedusa"])
    assert released_alerts(store.folder, vintage, HERE) == []
    release(store, vintage, alert.id)
    assert pending_alerts(store.folder, vintage) == []
    assert [one.record_id for one in released_alerts(store.folder, vintage, HERE)] == ["b"]
    assert released_alerts(store.folder, vintage, ELSEWHERE) == []


def test_a_discarded_change_is_in_no_feed_and_no_longer_pending(store: Store, vintage: Vintage) -> None:
    release(store, vintage, one_id(store, vintage), DISCARDED)
    assert pending_alerts(store.folder, vintage) == released_alerts(store.folder, vintage, HERE) == []


def test_discarding_what_was_released_takes_it_out_of_the_feed_and_the_log_keeps_both(
    store: Store, vintage: Vintage
) -> None:
    key = one_id(store, vintage)
    release(store, vintage, key)
    release(store, vintage, key, DISCARDED)
    assert released_alerts(store.folder, vintage, HERE) == []
    lines = [json.loads(line) for line in (store.folder / "alerts" / "log.jsonl").read_text().splitlines()]
    assert [line["act"] for line in lines] == [RELEASED, DISCARDED]
    assert {"time", "id", "act", "reason", "who", "vintage"} <= lines[0].keys()


def test_the_same_act_twice_an_unknown_id_and_an_empty_reason_are_refused(store: Store, vintage: Vintage) -> None:
    key = one_id(store, vintage)
    release(store, vintage, key)
    with pytest.raises(QueryError, match="was released by someone"):
        release(store, vintage, key)
    with pytest.raises(QueryError, match="no alert 'nothing'"):
        release(store, vintage, "nothing")
    for reason in ("", "  \n", "x" * 501):
        with pytest.raises(QueryError, match="Say why"):
            act(store.folder, vintage, key=key, what=DISCARDED, reason=reason, who="someone")


def test_two_processes_at_once_release_an_alert_once(store: Store, vintage: Vintage) -> None:
    key = one_id(store, vintage)
    command = [sys.executable, "-c", PROGRAM, key, str(store.folder)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert sorted(process.returncode for process in both) == [0, 2], said
    assert len((store.folder / "alerts" / "log.jsonl").read_text().splitlines()) == 1


def test_a_line_that_was_cut_off_in_writing_releases_nothing_and_harms_no_other(store: Store, vintage: Vintage) -> None:
    log = store.folder / "alerts" / "log.jsonl"
    log.write_text('{"time": "2024-01-01", "id": "cut", "act": "relea')
    release(store, vintage, one_id(store, vintage))
    assert len(last_acts(store.folder)) == 1
    assert len(released_alerts(store.folder, vintage, HERE)) == 1


def test_a_correction_after_the_release_is_a_change_of_its_own(store: Store, vintage: Vintage) -> None:
    release(store, vintage, one_id(store, vintage))
    later = publish(store, FIRST, SECOND | {"dead_or_missing": 9}, retrieved=date(2024, 3, 1))
    (alert,) = pending_alerts(store.folder, later)
    assert (alert.change, alert.was_dead_or_missing, alert.dead_or_missing) == ("changed", 2, 9)
    assert [one.dead_or_missing for one in released_alerts(store.folder, later, HERE)] == [2]


def test_what_a_publisher_withdraws_is_pending_too(store: Store, vintage: Vintage) -> None:
    later = publish(store, SECOND, retrieved=date(2024, 3, 1))
    assert {(one.record_id, one.change) for one in pending_alerts(store.folder, later)} == {
        ("a", "vanished"), ("b", "added")}  # fmt: skip


def test_a_sector_watched_since_a_day_lists_what_is_there_already(store: Store) -> None:
    vintage = publish(store, FIRST, SECOND)
    watch(store.folder, vintage, query=QUERY, name="lampedusa", since=date(2024, 1, 15))
    assert [one.record_id for one in pending_alerts(store.folder, vintage)] == ["b"]


def test_a_name_is_watched_once_and_can_be_given_up(store: Store) -> None:
    vintage = publish(store, FIRST)
    watch(store.folder, vintage, query=QUERY, name="lampedusa")
    with pytest.raises(QueryError, match="already"):
        watch(store.folder, vintage, query="area=Italy", name="lampedusa")
    with pytest.raises(QueryError, match="A name is"):
        watch(store.folder, vintage, query=QUERY, name="../x")
    assert watched_sectors(store.folder)["lampedusa"].sector == HERE
    unwatch(store.folder, "lampedusa")
    assert watched_sectors(store.folder) == {}
    with pytest.raises(QueryError, match="no watched sector"):
        unwatch(store.folder, "lampedusa")


def test_a_damaged_list_of_sectors_is_named_and_not_overwritten(store: Store) -> None:
    vintage = publish(store, FIRST)
    watch(store.folder, vintage, query=QUERY, name="lampedusa")
    path = store.folder / "alerts" / "sectors.json"
    path.write_text("{")
    with pytest.raises(StoreError, match="cannot be read"):
        watch(store.folder, vintage, query="area=Italy", name="italy")
    assert path.read_text() == "{"


def test_nothing_of_a_source_that_is_no_longer_public_is_released_or_told(store: Store, vintage: Vintage) -> None:
    key = one_id(store, vintage)
    release(store, vintage, key)
    third = SECOND | {"record_id": "c", "cell": cell_of_point(latitude=35.5, longitude=12.6, resolution=7)}
    private = publish(store, FIRST, SECOND, third, sensitivity="partner")
    assert released_alerts(store.folder, private, HERE) == []
    (alert,) = [one for one in pending_alerts(store.folder, private) if one.record_id == "c"]
    with pytest.raises(QueryError, match="not public"):
        release(store, private, alert.id)


def test_the_command_watches_lists_and_releases(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "someone")
    publish(store, FIRST)

    def run(*words: str) -> tuple[int, dict[str, object], str]:
        code = main(["alerts", *words, "--store", str(store.folder), "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    assert run("--watch", QUERY, "--name", "lampedusa")[0] == 0
    publish(store, FIRST, SECOND, retrieved=date(2024, 2, 10))
    code, answer, said = run()
    assert (code, len(answer["pending"])) == (0, 1)  # type: ignore[arg-type]
    assert "At least 2 people dead or missing." in said
    key = answer["pending"][0]["id"]  # type: ignore[index]
    assert run("--release", key)[0] == 2
    code, line, _ = run("--release", key, "--reason", "Confirmed by\nthe coast guard.")
    assert (code, line["who"], line["reason"]) == (0, "someone", "Confirmed by the coast guard.")
    assert run("--unwatch", "lampedusa")[0] == 0


def test_the_atom_feed_is_whole_and_its_ids_are_names_that_never_change(store: Store, vintage: Vintage) -> None:
    release(store, vintage, one_id(store, vintage))
    told = released_alerts(store.folder, vintage, HERE)
    content = atom(vintage, HERE, told)
    assert content == atom(vintage, HERE, told)
    feed = ET.fromstring(content)  # noqa: S314 — our own
    space = {"a": ATOM}
    for path in (
        "a:id",
        "a:title",
        "a:updated",
        "a:author/a:name",
        "a:entry/a:id",
        "a:entry/a:title",
        "a:entry/a:updated",
    ):
        assert feed.findtext(path, namespaces=space), path
    ids = [found.text or "" for found in feed.iter(f"{{{ATOM}}}id")]
    assert len(set(ids)) == 2
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert "Off <Lampedusa> & near" in (feed.findtext("a:entry/a:title", namespaces=space) or "")
    assert feed.findtext("a:updated", namespaces=space) == told[0].released
    links = [link.get("href", "") for link in feed.iter(f"{{{ATOM}}}link")]
    assert links[-1] == "https://example.org/a?b=1&c=%3C2%3E"


def test_an_empty_feed_is_a_feed(store: Store, vintage: Vintage) -> None:
    feed = ET.fromstring(atom(vintage, HERE, []))  # noqa: S314 — our own
    assert feed.find(f"{{{ATOM}}}entry") is None
    assert feed.findtext(f"{{{ATOM}}}updated", "").startswith("1970")


def test_the_newest_release_is_told_first_and_since_is_a_day_of_release(store: Store, vintage: Vintage) -> None:
    release(store, vintage, one_id(store, vintage))
    later = publish(store, FIRST, SECOND, SECOND | {"record_id": "c"}, retrieved=date(2024, 3, 1))
    release(store, later, one_id(store, later))
    told = released_alerts(store.folder, later, HERE)
    assert [one.record_id for one in told] == ["c", "b"]
    assert released_alerts(store.folder, later, HERE, since=date(2100, 1, 1)) == []
    assert changes_answer(later, HERE, told, since=None).more == 0


def test_a_record_that_changes_back_and_forth_makes_an_alert_each_time(store: Store) -> None:
    watch(store.folder, publish(store, FIRST | {"dead_or_missing": 5}), query=QUERY, name="lampedusa")
    for toll in (6, 5, 6):
        vintage = publish(store, FIRST | {"dead_or_missing": toll})
        found = pending_alerts(store.folder, vintage)
        assert [alert.dead_or_missing for alert in found] == [toll]
        release(store, vintage, found[0].id)
    for change, rows in (("vanished", ()), ("added", (FIRST,)), ("vanished", ()), ("added", (FIRST,))):
        vintage = publish(store, SECOND | {"record_id": "far", "longitude": 40.0}, *rows)
        found = pending_alerts(store.folder, vintage)
        assert [alert.change for alert in found] == [change]
        release(store, vintage, found[0].id)


def test_a_vintage_that_changes_no_incident_is_no_alert_and_no_trouble(store: Store, vintage: Vintage) -> None:
    one = one_id(store, vintage)
    again = publish(store, FIRST, SECOND, SECOND | {"record_id": "far", "longitude": 40.0}, retrieved=date(2024, 4, 1))
    assert [alert.id for alert in pending_alerts(store.folder, again)] == [one]
