"""What doors are open to families? Family reunion and permits by reason, for each 1,000 people counted, by nationality.

A nationality that a state does not list is in its "Other", and not 0 there; a year that no file holds is a gap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl

from data.indicators.sums import parts_only, word_of
from data.model.absence import NOT_APPLICABLE, NOT_COLLECTED, PUBLISHED, UNKNOWN
from data.model.area_codes import area_name, others
from data.model.days import Span, window_words
from data.model.notices import Notice, say
from data.pillars.figures import figure_row, figures_of
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.nationality_mix import FIRST_UNIT, SMALLEST, Mix, mix_of
from data.pillars.windows import span_of, window_of
from data.store.vintage import Vintage

BOATS: Final = "small_boat_people"  # people who arrived in one state, by nationality: where no route is asked for
CHANNEL: Final = "english-channel"  # the route on which they came
FAMILY: Final = "family_reunion_visas"
FEWEST_COUNTED: Final = 100  # people of a nationality in a year, below which permits for each 1,000 say nothing
MOST_YEARS: Final = 10
MOST_NAMED: Final = 3


@dataclass(frozen=True)
class Door:
    """One legal way: its id, which is the key of its words, the indicator, and the reason where it is split by one."""

    id: str
    indicator: str
    reason: str | None = None


DOORS: Final = (
    Door("reunion", FAMILY),
    *(Door(reason, "first_permits", reason) for reason in ("family", "education", "employment", "other")),
)


@dataclass(frozen=True)
class Counted:
    """People who arrived, or were counted on a route, in one year, by nationality; and by which source and unit."""

    year: int
    people: dict[str, int]
    source: str
    unit: str


def family(vintage: Vintage, asked: Asked) -> Finding:
    """Return family reunion and permits by reason for each 1,000 people of the same nationality, year by year."""
    rows = {one.id: _figures(vintage, one) for one in DOORS}
    held = {name: whole_years_held(own) for name, own in rows.items()}
    counted = _counted_beside(vintage, asked, held[DOORS[0].id])
    if isinstance(counted, Notice):
        return nothing(counted)
    nationalities = list(counted[-1].people)
    listed = [row for one in nationalities for door in DOORS if held[door.id] for each in counted
              for row in [_row(one, door, each, rows[door.id], held[door.id])]]  # fmt: skip
    named, year = _named(listed)
    sources = [*(own["source"][0] for own in rows.values() if own.height), counted[-1].source]
    if not named:
        why = Notice("pillars.why.no_family", when=window_words(*_years(counted)))
        return nothing(why, rows=listed, sources=list(dict.fromkeys(sources)))
    valid = _valid(vintage, nationalities, counted)
    sources += valid["source"].unique().to_list()
    sentence = Notice(
        "pillars.family.sentence", nationalities=named[:MOST_NAMED], year=year,
        route=vintage.name_of("route", asked.route) if asked.route else None,
        unit=Notice(f"pillars.unit.{counted[-1].unit}"),
    )  # fmt: skip
    return Finding(sentence, unit="per_1000", window=_years(counted), rows=[*listed, *_stocks(valid)],
                   sources=list(dict.fromkeys(sources)), notes=list(_gaps(counted, held)))  # fmt: skip


def _counted_beside(vintage: Vintage, asked: Asked, held: frozenset[int]) -> list[Counted] | Notice:
    """Return who was counted in the years asked for; without days, in the last year of which both are held."""
    if asked.start or asked.end or not held:
        return counted_by_year(vintage, asked)
    last = max(held)
    found = counted_by_year(vintage, Asked(asked.route, date(last, 1, 1), date(last, 12, 31)))
    return counted_by_year(vintage, asked) if isinstance(found, Notice) else found


def counted_by_year(vintage: Vintage, asked: Asked) -> list[Counted] | Notice:
    """Return people by nationality in each whole year of the window: of the route, or those who came by small boat."""
    found = [*_on_route(vintage, asked)]
    if not found and asked.route in (None, CHANNEL):
        found = [*_by_boat(vintage, asked)]
    if found:
        return found
    mix = mix_of(vintage, asked)
    return mix if isinstance(mix, Notice) else Notice("pillars.why.no_whole_year")


def _on_route(vintage: Vintage, asked: Asked) -> Iterator[Counted]:
    whole = mix_of(vintage, asked)
    if not isinstance(whole, Mix):
        return
    own = (pl.col("source") == whole.source) & (pl.col("route") == asked.route) & pl.col("nationality").is_not_null()
    covered = span_of(vintage.counts.filter(own))
    for year in _whole_years(whole.window, covered):
        mix = mix_of(vintage, Asked(asked.route, date(year, 1, 1), date(year, 12, 31)))
        if isinstance(mix, Mix) and (mix.source, mix.unit) == (whole.source, whole.unit):
            yield Counted(year, mix.people, mix.source, mix.unit)


def _by_boat(vintage: Vintage, asked: Asked) -> Iterator[Counted]:
    rows = figures_of(vintage, pl.col("indicator") == BOATS).drop_nulls(["value", "partner"])
    covered = span_of(rows)
    if covered is None:
        return
    for year in _whole_years(window_of(asked, covered), covered):
        own = rows.filter(pl.col("date_from").dt.year() == year, ~pl.col("partner").is_in(others()))
        sums = own.group_by("partner").agg(pl.col("value").sum()).filter(pl.col("value") >= SMALLEST)
        people = {one: int(value) for one, value in sums.sort("value", "partner", descending=[True, False]).iter_rows()}
        if people:
            yield Counted(year, people, own["source"][0], FIRST_UNIT)


def _whole_years(window: Span, covered: Span | None) -> Sequence[int]:
    """Return the years that lie in a window and in the days covered from their first to their last day."""
    if covered is None:
        return []
    first, last = max(window[0], covered[0]), min(window[1], covered[1])
    years = [year for year in range(first.year, last.year + 1)
             if date(year, 1, 1) >= first and date(year, 12, 31) <= last]  # fmt: skip
    return years[-MOST_YEARS:]


def _figures(vintage: Vintage, door: Door) -> pl.DataFrame:
    rows = parts_only(figures_of(vintage, pl.col("indicator") == door.indicator))
    return rows if door.reason is None else rows.filter(word_of("reason") == door.reason)


def whole_years_held(rows: pl.DataFrame) -> frozenset[int]:
    """Return the years of which figures reach from the first to the last day: a year of two quarters is none."""
    years = rows.group_by(pl.col("date_from").dt.year().alias("year")).agg(
        pl.col("date_from").min(), pl.col("date_to").max()
    )
    whole = (pl.col("date_from") == pl.date(pl.col("year"), 1, 1)) & (
        pl.col("date_to") == pl.date(pl.col("year"), 12, 31)
    )
    return frozenset(years.filter(whole)["year"])


def _row(nationality: str, door: Door, counted: Counted, rows: pl.DataFrame, held: frozenset[int]) -> ViewRow:
    is_held = counted.year in held
    own = rows.filter(pl.col("partner") == nationality, pl.col("date_from").dt.year() == counted.year)
    known = own["value"].drop_nulls()
    permits = float(known.sum()) if is_held and known.len() else None
    people = counted.people.get(nationality)
    is_enough = people is not None and people >= FEWEST_COUNTED
    status = (
        NOT_COLLECTED if not is_held else UNKNOWN if permits is None else PUBLISHED if is_enough else NOT_APPLICABLE
    )
    return ViewRow(
        part=f"{nationality}-{door.id}", name=area_name(nationality), what=say(f"pillars.family.door.{door.id}"),
        date_from=date(counted.year, 1, 1), date_to=date(counted.year, 12, 31), unit="per_1000", status=status,
        value=permits / people * 1000 if permits is not None and people and is_enough else None,
        numerator=permits, denominator=people,
        note=say("pillars.permits.states", states=own.drop_nulls("value")["area"].n_unique()),
    )  # fmt: skip


def _named(rows: Sequence[ViewRow]) -> tuple[list[Notice], int | None]:
    """Return the latest year's family reunion of each nationality, in words, and that year."""
    known = [row for row in rows if row.part.endswith(f"-{DOORS[0].id}") and row.value is not None and row.date_from]
    year = max((row.date_from.year for row in known if row.date_from), default=None)
    return [Notice("pillars.permits.nationality", name=row.name, number=Decimal(f"{row.value:.1f}"))
            for row in known if row.date_from and row.date_from.year == year], year  # fmt: skip


def _valid(vintage: Vintage, nationalities: Sequence[str], counted: Sequence[Counted]) -> pl.DataFrame:
    """Return permits for family reasons that are valid on the last day of a year: a stock, divided by no flow."""
    which = (pl.col("indicator") == "valid_permits") & (word_of("reason") == "family")
    rows = figures_of(vintage, which & pl.col("partner").is_in(nationalities)).drop_nulls("value")
    return rows.filter(pl.col("date_to").dt.year().is_in([each.year for each in counted]))


def _stocks(valid: pl.DataFrame) -> list[ViewRow]:
    return [
        figure_row(f"{one['partner']}-valid-{one['area']}", area_name(one["partner"]), "valid_family", one["value"],
                   "permits", (one["date_to"], one["date_to"]), area_name(one["area"]))
        for one in valid.sort("partner", "area", "date_to").to_dicts()
    ]  # fmt: skip


def _years(counted: Sequence[Counted]) -> Span:
    return date(counted[0].year, 1, 1), date(counted[-1].year, 12, 31)


def _gaps(counted: Sequence[Counted], held: dict[str, frozenset[int]]) -> Iterator[Notice]:
    """Yield for each door the years that no file holds whole, and which doors no file holds at all."""
    for door in DOORS:
        missing = [each.year for each in counted if each.year not in held[door.id]]
        if held[door.id] and missing:
            yield Notice("pillars.family.gap", door=say(f"pillars.family.door.{door.id}"),
                         years=[window_words(date(one, 1, 1), date(one, 12, 31)) for one in missing])  # fmt: skip
    absent = [say(f"pillars.family.door.{door.id}") for door in DOORS if not held[door.id]]
    if absent:
        yield Notice("pillars.family.no_file", doors=absent)
