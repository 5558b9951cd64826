"""The demonstration's context: indicators, permits and treaties, invented in the publishers' layouts.

It draws from a generator of its own, so that incidents and counts are the same with it and without.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from data.demonstration import context_tables as tables
from data.demonstration.files import write_table
from data.demonstration.hunger import write_hunger
from data.demonstration.own_lists import write_lists
from data.demonstration.second_database import write_second_database
from data.model.countries import countries
from data.model.sources import DEMONSTRATION, INVENTED
from data.readers.acts.tables import ACT

Generator = np.random.Generator
APART: Final = 18  # the issue of the pillars: added to the seed, so that this generator is not that of incidents
PERMITS_NAMED: Final = 6  # citizenships that a state names; all others are in its "Other"
OPENED: Final = date(2000, 12, 12)


def write_context(folder: Path, *, seed: int) -> list[Path]:
    """Write the files into ``folder`` and return them; same seed, same bytes."""
    random = np.random.default_rng(seed + APART)
    written = [
        write_table(folder / f"demonstration-{one.layout}.csv", [*header_of(one), DEMONSTRATION], _rows(random, one))
        for one in tables.INVENTED_TABLES
    ]
    written.append(_write_permits(folder / "demonstration-eurostat-employment-permits.json", random))
    for treaty, share in tables.TREATIES.items():
        path = folder / f"demonstration-un-treaty-{treaty}.csv"
        written.append(write_table(path, ("Participant", "Signature", ACT, DEMONSTRATION), _acts(random, share)))
    written += write_lists(folder, random)
    return [*written, write_hunger(folder, random), write_second_database(folder, random)]


def header_of(one: tables.Invented) -> list[str]:
    """Return the headings of an invented table, in the order in which its rows are written."""
    return [one.when, *one.places, *one.kinds[0].words, *one.values, *one.sums]


def _rows(random: Generator, one: tables.Invented) -> Iterator[list[object]]:
    """Yield a row for each period, place and kind; a total is the sum of its parts."""
    periods, places = _periods(one), [list(each) for each in one.places.values()]
    shape = (len(periods), *(len(each) for each in places), len(one.kinds))
    sizes = _sizes(random, shape) * np.array([kind.share for kind in one.kinds])
    found = {name: _with_parts(random, _drawn(random, scale * sizes, one.decimals), one.kinds)
             for name, scale in one.values.items()}  # fmt: skip
    found |= {name: np.sum([found[part] for part in parts], axis=0) for name, parts in one.sums.items()}
    for axis, name in enumerate(one.places, start=1):
        if name in one.totals:
            places[axis - 1] = [one.totals[name], *places[axis - 1]]
            found = {key: np.concatenate([each.sum(axis=axis, keepdims=True), each], axis=axis)
                     for key, each in found.items()}  # fmt: skip
    first = next(iter(found.values()))
    for at in np.ndindex(first.shape):
        named = [each[index] for each, index in zip(places, at[1:-1], strict=True)]
        numbers = [_shown(values[at].item(), one.fewest) for values in found.values()]
        yield [periods[at[0]], *named, *one.kinds[at[-1]].words.values(), *numbers]


def _sizes(random: Generator, shape: Sequence[int]) -> np.ndarray:
    """Return sizes around 1: a level for each place and pair, and a path of its own over the periods."""
    levels = random.lognormal(0, 0.8, shape[1:])
    every = random.normal(0, 0.15, (shape[0], *(1 for _ in shape[1:])))  # what all places share
    steps = every + random.normal(0, 0.1, shape)
    return np.asarray(levels * np.exp(np.clip(np.cumsum(steps, axis=0), -1.2, 1.2)))


def _drawn(random: Generator, sizes: np.ndarray, decimals: int) -> np.ndarray:
    if decimals:
        return np.round(sizes * random.lognormal(0, 0.05, sizes.shape), decimals)
    return np.asarray(random.poisson(sizes * random.lognormal(0, 0.25, sizes.shape)))


def _with_parts(random: Generator, values: np.ndarray, kinds: Sequence[tables.Kind]) -> np.ndarray:
    """Return the values with those of each part drawn out of its whole, so that none is larger."""
    for at, kind in enumerate(kinds):
        if kind.of is not None:
            values[..., at] = random.binomial(values[..., kind.of], kind.share)
    return values


def _shown(value: float, fewest: int) -> str | float:
    """Return a number as its publisher writes it: one that is below its threshold is hidden, and none is not 0."""
    if 0 < value < fewest:
        return f"<{fewest}"
    return value


def _periods(one: tables.Invented) -> list[str]:
    if one.steps == 1:
        return [str(year) for year in tables.YEARS]
    months = 12 // one.steps
    ends = [(year, month) for year in tables.YEARS for month in range(months, 13, months)]
    return [(date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).isoformat() for year, month in ends]


def _write_permits(path: Path, random: Generator) -> Path:
    """Write permits for work as birthrate.io shapes them: each state names its largest citizenships, and "Other"."""
    states = [
        {"iso3": state, "years": [{"year": year, "groups": _groups(random, state)} for year in tables.YEARS]}
        for state in tables.STATES
    ]
    content = {"dataset": "migr_resfirst", "reason": "EMP", DEMONSTRATION: INVENTED, "countries": states}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _groups(random: Generator, state: str) -> dict[str, int]:
    start = list(tables.STATES).index(state)
    named = [tables.ORIGIN_NAMES[(start + 2 * step) % len(tables.ORIGIN_NAMES)] for step in range(PERMITS_NAMED)]
    return {name: int(random.poisson(900 * random.lognormal(0, 0.4))) for name in [*named, "Other"]}


def _acts(random: Generator, share: float) -> Iterator[list[object]]:
    """Yield the participants of a treaty: some signed it early, most are party to it."""
    for code, country in countries().items():
        if code in tables.NOT_LISTED or random.random() > share:
            continue
        signed, joined = random.random() < 0.6, random.random() < 0.9
        days = sorted(int(random.integers(0, days)) for days in (700, 8_000))
        signature = _day(OPENED + timedelta(days=days[0])) if signed or not joined else ""
        act = _day(OPENED + timedelta(days=days[1])) + ("" if signed else " a")
        yield [country.name, signature, act if joined else ""]


def _day(day: date) -> str:
    return f"{day.day} {tables.MONTHS[day.month - 1]} {day.year}"
