"""The demonstration data: invented by seeded code, written in the publishers' layouts, read by the same readers.

It must look like a situation and be nobody's figures: every file carries a column that says so (RULES P8), and
what it shows is drawn from a random generator, not from any publisher. Same seed, same bytes.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from data.demonstration import tables
from data.demonstration.context import write_context
from data.demonstration.files import write_table
from data.model.caches import kept_small
from data.model.countries import known_country, shapes_of
from data.model.vocabulary import FILES
from geo.areas.countries import distances_km, shape_names

SEED: Final = 20_140_101
FIRST: Final = date(2014, 1, 1)
MONTHS: Final = 144
NAMES: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December")  # fmt: skip
Generator = np.random.Generator


def write_demonstration(folder: Path, *, seed: int = SEED) -> list[Path]:
    """Write the demonstration files into ``folder`` and return them; same seed, same bytes."""
    random = np.random.default_rng(seed)
    pulse = {route: _pulse(random) for route in tables.ROUTES}
    made = {
        "demonstration-incidents.csv": (tables.INCIDENT_HEADER, _incidents(random, pulse)),
        "demonstration-detections.csv": (
            ("route", "type", "nat", "t", "n", "demonstration"),
            _detections(random, pulse),
        ),
        "demonstration-encounters.csv": (
            ("t", "t_fy", "component", "area", "authority", "type", "demog", "nat", "n", "demonstration"),
            _encounters(random, pulse),
        ),
        "demonstration-arrivals.csv": (_ARRIVALS, _arrivals(random, pulse)),
        "demonstration-small-boats.csv": (_BOATS, _boats(random, pulse)),
        "demonstration-counts.csv": (_COUNTS, _counts(random, pulse)),
    }
    written = [write_table(folder / name, header, rows) for name, (header, rows) in made.items()]
    return [*written, *write_context(folder, seed=seed)]


def _month(index: int) -> date:
    return date(FIRST.year + index // 12, index % 12 + 1, 1)


def _pulse(random: Generator) -> np.ndarray:
    """Return a route's monthly intensity around 1: a wandering trend, a season, a few surges."""
    trend = np.exp(np.cumsum(random.normal(0, 0.09, MONTHS)) * 0.8)
    season = 1 + 0.45 * np.sin(2 * np.pi * (np.arange(MONTHS) - random.integers(3, 6)) / 12)
    surge = 1 + sum(
        random.uniform(0.6, 2) * np.exp(-(((np.arange(MONTHS) - random.integers(0, MONTHS)) / 5) ** 2))
        for _ in range(3)
    )
    shape = trend * season * surge
    return np.asarray(np.clip(shape / shape.mean(), 0.12, 4))


def _lines() -> dict[str, list[np.ndarray]]:
    features = json.loads((FILES / "routes.geojson").read_text(encoding="utf-8"))["features"]
    lines: dict[str, list[np.ndarray]] = {}
    for feature in features:
        points = np.array(feature["geometry"]["coordinates"], dtype=float)
        lines.setdefault(feature["properties"]["route"], []).append(points)
    return lines


def _place(random: Generator, lines: list[np.ndarray]) -> tuple[float, float]:
    """Return a point near one of the route's lines, nearer its start than its end."""
    line = lines[min(int(random.exponential(0.9)), len(lines) - 1)]
    leg = int(random.integers(0, len(line) - 1))
    share = random.beta(1.4, 2.2)
    longitude, latitude = line[leg] * (1 - share) + line[leg + 1] * share + random.normal(0, 0.22, 2)
    return round(float(latitude), 6), round(float(longitude), 6)


def _toll(random: Generator, heavy: float) -> tuple[int, int]:
    """Return (dead, missing): mostly few, sometimes a shipwreck."""
    people = int(np.ceil(random.lognormal(0.15 + 0.35 * heavy, 0.55 + 0.45 * heavy)))
    people = min(max(people, 1), 480)
    lost = random.uniform(0.3, 0.95) if heavy > 0.6 and people > 3 else 0.0
    missing = round(people * lost)
    return people - missing, missing


def _incidents(random: Generator, pulse: dict[str, np.ndarray]) -> list[list[object]]:
    lines = _lines()
    rows = [
        _incident(random, slug, route, _month(month), lines[slug])
        for month in range(MONTHS)
        for slug, route in tables.ROUTES.items()
        for _ in range(int(random.poisson(route.incidents / 12 * pulse[slug][month])))
    ]
    rows.sort(key=lambda row: str(row[4]))
    return _numbered(random, rows)


def _incident(random: Generator, slug: str, route: tables.Route, month: date, lines: list[np.ndarray]) -> list[object]:
    day = month + timedelta(days=int(random.integers(0, 28)))
    dead, missing = _toll(random, route.toll)
    latitude, longitude = _place(random, lines)
    vague = random.random() < 0.17
    place = (
        f"Unspecified location, {route.name}"
        if vague
        else f"About {int(random.integers(2, 90))} km along the {route.name}"
    )
    point = f"{latitude}, {longitude}" if random.random() > 0.005 else ""
    if not vague and random.random() < 0.02:
        place, point = place.replace("About", "About &amp;"), f"{round(latitude)}.0, {round(longitude)}.0"
    official = slug == "us-mexico-border-crossing" and random.random() < 0.4
    reporter = "Medical examiner (invented report)" if official else "Invented report"
    cause = route.cause if random.random() < 0.62 else tables.CAUSES[int(random.integers(0, 7))]
    linked = random.random() < 0.62
    return [
        "", "", "Incident", route.region, day.isoformat(), day.year, NAMES[day.month - 1], dead or "", missing or "",
        dead + missing, *_people(random, dead + missing), _pick(random, tables.ORIGINS),
        _pick(random, tables.ORIGIN_REGIONS), cause,
        _nearest(route.countries, round(2 * latitude) / 2, round(2 * longitude) / 2),
        route.name if random.random() > 0.14 else "", place, point, route.region, reporter,
        "https://example.org/invented" if linked else "", _quality(random),
    ]  # fmt: skip


def _pick(random: Generator, items: Sequence[str]) -> str:
    return items[int(random.integers(0, len(items)))]


@kept_small(8192, in_words=False)
def _nearest(countries: tuple[str, ...], latitude: float, longitude: float) -> str:
    """Return the country nearest to a point, so that few invented points lie far from theirs (RULES Q4)."""
    point = {"longitudes": np.array([longitude]), "latitudes": np.array([latitude])}

    def distance(country: str) -> float:
        known = known_country(country)
        return float(distances_km(shapes_of(known.id if known else "", shape_names()), **point)[0])

    return min(countries, key=distance)


def _quality(random: Generator) -> str:
    if random.random() < 0.004:
        return "4,5"
    return str(random.choice([1, 2, 3, 4, 5], p=[0.09, 0.18, 0.11, 0.35, 0.27]))


def _people(random: Generator, toll: int) -> list[object]:
    survivors = int(random.integers(0, 60)) if random.random() < 0.25 else ""
    female = int(random.binomial(toll, 0.2)) if random.random() < 0.3 else ""
    male = toll - int(female or 0) if random.random() < 0.4 else ""
    children = int(random.binomial(toll, 0.12)) if random.random() < 0.2 else ""
    return [survivors, female, male, children]


def _numbered(random: Generator, rows: list[list[object]]) -> list[list[object]]:
    """Return the rows numbered, with splits, cumulative rows, adjustments and undated rows as real files have."""
    made: list[list[object]] = []
    for index, row in enumerate(rows, start=1):
        row[0] = row[1] = f"DEMO.{row[5]}.{index:05d}"
        chance = random.random()
        if chance < 0.014:
            row[2] = "Cumulative Incident"
        elif chance < 0.03:
            if int(str(row[9])) > 4:
                made.append(_split(row))
        elif chance < 0.031:
            row[7], row[8], row[9] = int(str(row[9])) + 3, -3, row[9]
        elif chance < 0.032:
            row[9] = int(str(row[9])) + 1
        elif chance < 0.034:
            row[4] = row[5] = row[6] = ""
        elif chance < 0.035:
            row[7], row[8], row[9] = 0, "", 0
        made.append(row)
    return made


def _split(row: list[object]) -> list[object]:
    """Return one part of an event, taken out of ``row``: the two share a Main ID and partition its toll."""
    part = list(row)
    part[1], row[1] = f"{row[0]}.1", f"{row[0]}.2"
    part[2] = row[2] = "Split Incident"
    dead, missing = int(str(row[7] or 0)), int(str(row[8] or 0))
    part[7:10], row[7:10] = [dead, "", dead], ["", missing, missing]
    part[10:14] = row[10:14] = ["", "", "", ""]
    return part


def _shares(random: Generator, total: float, names: Sequence[str]) -> Iterable[tuple[str, int]]:
    parts = random.multinomial(int(random.poisson(max(total, 0))), random.dirichlet(np.full(len(names), 0.8)))
    return ((name, int(part)) for name, part in zip(names, parts, strict=True) if part)


def _noisy(random: Generator, base: float, pulse: np.ndarray, month: int) -> float:
    return float(base * pulse[month] * random.lognormal(0, 0.12))


def _detections(random: Generator, pulse: dict[str, np.ndarray]) -> Iterable[list[object]]:
    for slug, route in tables.ROUTES.items():
        for month in range(MONTHS if route.frontex else 0):
            way = "Land" if slug == "western-balkans" else "Sea"
            for nationality, count in _shares(random, _noisy(random, route.detections, pulse[slug], month),
                                              tables.NATIONALITIES):  # fmt: skip
                yield [route.frontex, way, nationality, _month(month).strftime("%Y-%m"), count]


def _encounters(random: Generator, pulse: dict[str, np.ndarray]) -> Iterable[list[object]]:
    base, route = tables.ROUTES["us-mexico-border-crossing"].detections, pulse["us-mexico-border-crossing"]
    for month in range(MONTHS):
        day = _month(month)
        fiscal = f"{day.year + (day.month >= 10)}-{day.month:02d}"
        for sector in tables.SECTORS:
            for nationality, count in _shares(random, _noisy(random, base / 5, route, month), tables.AMERICAN):
                yield [day.strftime("%Y-%m"), fiscal, "U.S. Border Patrol", sector, "Title 8", "Apprehensions",
                       "Single Adults", nationality, count]  # fmt: skip


_ARRIVALS: Final = ("month", "year", "month-year", "italy_all", "greece_all", "greece_sea", "greece_land", "spain_all",
                    "spain_land", "spain_sea", "cyprus_all", "malta_all", "demonstration")  # fmt: skip


def _arrivals(random: Generator, pulse: dict[str, np.ndarray]) -> Iterable[list[object]]:
    for month in range(MONTHS):
        day, row = _month(month), {}
        for place, slug, base in (("italy", "central-mediterranean", 5000), ("greece", "eastern-mediterranean", 4200),
                                  ("spain", "western-mediterranean", 1450), ("cyprus", "eastern-mediterranean", 300),
                                  ("malta", "central-mediterranean", 180)):  # fmt: skip
            row[place] = int(random.poisson(_noisy(random, base, pulse[slug], month)))
        land = int(row["greece"] * 0.12)
        missing = month in {70, 71}
        yield [day.month, day.year, day.strftime("%b-%Y"), "NA" if missing else row["italy"], row["greece"],
               row["greece"] - land, land, row["spain"], "NA", "NA", row["cyprus"], row["malta"]]  # fmt: skip


_BOATS: Final = ("full_date", "date_label", "n_year", "n_month", "n_day", "migrants_arrived", "boats_arrived",
                 "migrants_per_boat", "cumulative_migrants_arrived", "cumulative_boats_arrived",
                 "migrants_per_boat_round", "demonstration")  # fmt: skip


def _boats(random: Generator, pulse: dict[str, np.ndarray]) -> Iterable[list[object]]:
    people = boats = 0
    for offset in range((date(2025, 12, 31) - date(2018, 1, 1)).days + 1):
        day = date(2018, 1, 1) + timedelta(days=offset)
        if (day.month, day.day) == (1, 1):
            people = boats = 0
        month = (day.year - FIRST.year) * 12 + day.month - 1
        base = tables.ROUTES["english-channel"].arrivals / 30 * pulse["english-channel"][month]
        sails = random.random() < 0.35
        count = int(random.poisson(base / 0.35)) if sails else 0
        fleet = max(1, round(count / 38)) if count else 0
        people, boats = people + count, boats + fleet
        each = round(count / fleet, 2) if fleet else ""
        label = f"{NAMES[day.month - 1]} {day.day}, {day.year}"
        yield [day.isoformat(), label, day.year, day.month, day.day, count or "", fleet or "", each, people, boats,
               round(float(each)) if each else ""]  # fmt: skip


_COUNTS: Final = ("unit", "route", "place", "country", "nationality", "date_from", "date_to", "value", "demonstration")


def _counts(random: Generator, pulse: dict[str, np.ndarray]) -> Iterable[list[object]]:
    """Return people intercepted at sea and returned, arrivals on the Canary Islands, transits of the Darien."""
    series: list[tuple[str, str, float]] = [
        ("persons_intercepted", slug, 0.42 * tables.ROUTES[slug].arrivals)
        for slug in ("central-mediterranean", "western-mediterranean", "western-africa-atlantic", "english-channel")
    ]
    series += [("persons_arrived", "western-africa-atlantic", 1150.0), ("transits", "darien", 6000.0)]
    for unit, slug, base in series:
        for month in range(MONTHS):
            first = _month(month)
            last = _month(month + 1) - timedelta(days=1)
            count: Any = int(random.poisson(_noisy(random, base, pulse[slug], month)))
            if random.random() < 0.01:
                count = ""
            yield [unit, tables.ROUTES[slug].name, "", "", "", first.isoformat(), last.isoformat(), count]
