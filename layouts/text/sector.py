"""The sentences of a sector's sheet. Recorded, never dangerous (RULES G6); at least, never exactly (C4)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from data.counting.classes import class_names
from data.model.absence import Absence, ending_words, why_words
from data.model.notices import Labels, Notice, number, say
from data.query.parameters import THRESHOLDS
from data.query.selection import Selection
from data.sectors.answer_model import ListedIncident, RecordChange, SectorCell, SectorSheet, Threshold
from data.sectors.containment import PARTS
from data.sectors.season_model import Season, Sums
from data.sectors.vintage_diff import has_moved, has_other_day, has_other_split
from layouts.text import page as text
from layouts.text.page import share
from layouts.text.sentence_heads import said_head

PART: Final = Labels("sectors.part", PARTS)
THRESHOLD: Final = Labels("sectors.threshold", THRESHOLDS)
CHANGES_FIRST: Final = ("vanished", "changed", "added")  # on paper: what no date tells comes first
LONGEST_PLACE: Final = 80
CELL_WORDS: Final = 3
LEAP_YEAR: Final = 2024  # a year that has every day
Names = Mapping[str, Mapping[str, str]]


def heading(selection: Selection, sheet: SectorSheet, names: Names) -> str:
    """Return measure, number, place, period and filter in one sentence (RULES P1)."""
    inside = sheet.places.inside
    whole = text.covered((sheet.covered.first, sheet.covered.last))
    when = text.window(selection.start, selection.end) or whole
    chosen = selection.routes or selection.regions or selection.countries
    is_silent = inside.records > 0 and inside.no_number == inside.records
    head = said_head("dead_or_missing", None if is_silent else inside.people, inside.records)
    absent = [Absence(one.first, one.last, one.kind) for one in sheet.not_covered]
    ending = ending_words(absent) if sheet.has_figures else why_words(absent)
    head = head if sheet.has_figures else text.no_figures("dead_or_missing")
    return say(
        "sectors.sheet.heading", head=head, sector=sheet.sector.words, when=when or None,
        place=text.place(selection, names) if chosen else None, restrictions=text.restrictions(selection, names),
        absent=ending,
    )  # fmt: skip


def under_heading(sheet: SectorSheet) -> str:
    """Return how many records that is, what else is known, and whose numbers they are."""
    inside, others = sheet.places.inside, sheet.sector.others_of_that_name
    return say("sectors.sheet.under_heading", incidents=inside.records, no_number=inside.no_number,
               others=text.join_names(others, most=4) if others else None)  # fmt: skip


def source_line(sheet: SectorSheet, title: str | None) -> str:
    """Return the source, the days it covers and the vintage."""
    return say("sectors.sheet.source", title=title or None, last=sheet.covered.last, vintage=sheet.vintage,
               retrieved=sheet.retrieved)  # fmt: skip


def valid_until(sheet: SectorSheet) -> str:
    """Return until when a printed sheet may be relied on: its month ends, or newer data is read."""
    return say("sectors.sheet.valid", until=sheet.valid_until, vintage=sheet.vintage)


def part_heads() -> list[str]:
    """Return the heads of the table of parts."""
    return [say("sectors.part.place"), say("sectors.part.records"), say("sectors.part.people")]


def part_rows(sheet: SectorSheet) -> list[list[str]]:
    """Return a row per part, and the total that they add up to (RULES C5)."""
    rows = [(PART[name], part) for name, part in sheet.places.by_part().items()]
    return [
        [name, number(part.records), number(part.people)]
        for name, part in [*rows, (say("sectors.part.total"), sheet.total)]
    ]


def cell_heads() -> list[str]:
    """Return the heads of the table of cells."""
    names = ("middle", "stays", "recorded", "incidents", "people", "largest_event")
    return [say(f"sectors.cells.{name}") for name in names]


def cell_rows(sheet: SectorSheet) -> list[list[str]]:
    """Return a row per cell: where, how firmly it holds its place (X6), its class (G4), its numbers (X5)."""
    classes = sheet.hot_spots.classes
    return [
        [cell.place, share(cell.stability), _class_words(classes[cell.cell]) if cell.cell in classes else "–",
         number(cell.incidents), number(cell.dead_or_missing), _dominance(cell)]
        for cell in sheet.cells
    ]  # fmt: skip


def _class_words(name: str) -> str:
    """Return a class beside a number: ``more than around, 99%``."""
    if not name.endswith("%"):
        return say("sectors.cells.neither")
    side, level = name.removesuffix("%").split(" ")
    return say(f"sectors.cells.{side}", level=level)


def _dominance(cell: SectorCell) -> str:
    return "–" if cell.dominance is None else share(cell.dominance)


def class_labels(floors: tuple[int, ...]) -> list[str]:
    """Return the classes of cells as the legend of a small map names them: ``1–2``, …, ``300+``."""
    return [*class_names(floors)[:-1], f"{number(floors[-1])}+"]


def no_cells(sheet: SectorSheet) -> str:
    """Return why no cell is listed."""
    if sheet.ranking.not_computable is None:
        return say("sectors.cells.none")
    why = str(sheet.ranking.not_computable)
    return f"{why[:1].upper()}{why[1:]}."


def hot_words(sheet: SectorSheet) -> str:
    """Return which cells are hot in a sentence, and what an empty class means."""
    hot = sheet.hot_spots
    return say("sectors.cells.hot_and_outlined", words=hot.words) if hot.cells else str(hot.words)


def hot_lines(sheet: SectorSheet, *, most: int) -> tuple[list[str], int]:
    """Return a line for each of the ``most`` clearest hot cells, and how many more there are."""
    cells = sheet.hot_spots.cells
    lines = [
        say("sectors.cells.hot_line", **{"place": cell.place, "class": _class_words(cell.class_name),
                                         "incidents": cell.incidents})
        for cell in cells[:most]
    ]  # fmt: skip
    return lines, len(cells) - len(lines)


def cells_note(sheet: SectorSheet, edge: str) -> str:
    """Return what the list of cells leaves out, and what its order is worth."""
    missing = sheet.no_cell
    return say("sectors.cells.note", edge=edge, hidden=sheet.cells_not_shown, missing=missing.records,
               people=missing.people, how=sheet.ranking.words)  # fmt: skip


def incident_line(row: ListedIncident | RecordChange) -> str:
    """Return one incident: its date, its place as published, at least how many."""
    place = row.place or ""
    short = place if len(place) <= LONGEST_PLACE else f"{place[: LONGEST_PLACE - 1]}…"
    return say("sectors.sheet.incident", dates=text.dates(row.date_from, row.date_to), place=short or None,
               people=row.dead_or_missing)  # fmt: skip


def change_line(row: RecordChange) -> str:
    """Return one change of a record: what, when, where, how many, and how many before."""
    is_changed = row.change == "changed"
    return say(
        "sectors.sheet.change", change=row.change, incident=incident_line(row), was=row.was_dead_or_missing,
        has_other_toll=is_changed and row.was_dead_or_missing != row.dead_or_missing,
        has_other_split=is_changed and has_other_split(row),
        was_day=row.was_date_from if is_changed and has_other_day(row) else None,
        has_moved=is_changed and has_moved(row),
    )  # fmt: skip


def new_words(sheet: SectorSheet) -> str:
    """Return how many incidents are dated from the asked day on, and what could be compared."""
    new = sheet.new
    recorded = new.recorded or Sums(records=0, people=0, no_number=0)
    first = say("sectors.sheet.new_dated", records=recorded.records, people=recorded.people, since=sheet.since)
    if new.compared_with is None:
        return f"{first} {new.note}"
    kinds = [row.change for row in new.changes]
    compared = say(
        "sectors.sheet.new_compared", retrieved=new.compared_with.retrieved, vintage=new.compared_with.vintage,
        added=kinds.count("added"), changed=kinds.count("changed"), vanished=kinds.count("vanished"),
    )  # fmt: skip
    return f"{first} {compared}"


def season_words(season: Season) -> list[str]:
    """Return this month in past years, last year and this year, in words."""
    month = date(LEAP_YEAR, season.month, 1)
    spread = season.people
    if spread is None or season.same_days is None:
        return [say("sectors.season.none", month=month)]
    last, this, until = season.last_year, season.this_year, month.replace(day=season.to_day)
    return [
        say("sectors.season.spread", month=month, first=season.years[0].year, last=season.years[-1].year,
            fewest=spread.min, median=f"{spread.median:g}", most=spread.max),
        say("sectors.season.last_year", people=last.people if last else None),
        say("sectors.season.this_year", until=until, people=this.people, median=f"{season.same_days.median:g}")
        if this else say("sectors.season.this_year_unknown", until=until),
    ]  # fmt: skip


def threshold_heads() -> list[str]:
    """Return the heads of the table of planning thresholds."""
    return [say(f"sectors.threshold.{name}") for name in ("counted", "state", "now", "limit")]


def threshold_rows(sheet: SectorSheet) -> list[list[str]]:
    """Return a row per planning threshold: what, its state in words, the numbers, and why none can be told."""
    return [
        [say("sectors.threshold.row", measure=THRESHOLD[one.measure], why=_why(one.why)),
         say(f"sectors.state.{one.state.replace(' ', '_')}"), number(one.value), number(one.threshold)]
        for one in sheet.thresholds
    ]  # fmt: skip


def _why(why: Notice) -> str | None:
    """Return why a threshold has no state as it stands beside the state; None where there is nothing to say."""
    return say(why.code, **{**why.values, "is_alone": False}) or None


def threshold_days(thresholds: list[Threshold]) -> str:
    """Return which days the planning thresholds speak of."""
    when = text.window(thresholds[0].first, thresholds[0].last)
    return say("sectors.threshold.days", when=when or None)
