"""The printable page of a sector: one A4 sheet, one more of its routes, and on a screen the form for another."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from data.model.notices import language_in_use, number, say
from data.query.selection import Selection
from data.sectors.answer_model import SectorSheet
from data.sectors.season_model import Season
from layouts.figures import theme
from layouts.figures.locator import HOT_MARK
from layouts.figures.sar_map import OUTLINE_MARK, OVERLAP_MARK, SECTOR_MARK
from layouts.figures.season_bar import season_bar
from layouts.standalone.icon import ICON
from layouts.standalone.jinja import fill_template
from layouts.standalone.sector_form import sector_form
from layouts.text import border, sar
from layouts.text import page as text
from layouts.text import sector as words

MOST_LATEST, MOST_CHANGES, MOST_HOT = 10, 3, 3
MOST_PRINTED: Final = 160
Filled = Mapping[str, str]


class Lines(NamedTuple):
    """Some lines of a list, and how many more there are."""

    shown: list[str]
    more: int


class Table(NamedTuple):
    """A table as it is printed; the first ``texts`` columns are text."""

    caption: str
    heads: list[str]
    rows: list[list[str]]
    texts: int


class SeasonPart(NamedTuple):
    """A month in past years: its bar, where there is one, and its sentences."""

    heading: str
    bar: Markup | None
    key: str
    sentences: list[str]


class CellsPart(NamedTuple):
    """The highest cells, or why none are listed, and the hot ones."""

    heading: str
    table: Table | None
    why: str
    hot: str
    lines: Lines


class BorderPart(NamedTuple):
    """The routes that pass, on a sheet of their own: a table each, with what is left out of it."""

    heading: str
    note: str
    tables: list[tuple[Table, str]]


class SarPart(NamedTuple):
    """The search-and-rescue regions that meet the sector: what they are, a map and a table, or why there are none."""

    heading: str
    words: str
    svg: Markup | None
    key: list[tuple[Markup, str]]
    table: Table | None
    notes: list[str]


class NewPart(NamedTuple):
    """What is new since a day."""

    heading: str
    words: str
    changes: Lines


class LatestPart(NamedTuple):
    """The latest incidents inside: each line, and whether it is new since the stated day."""

    heading: str
    lines: list[tuple[str, bool]]


class Where(NamedTuple):
    """The address of a sheet: its query, below ``site``, where this page is; blank if nobody knows."""

    query: str
    site: str

    @property
    def words(self) -> str:
        """The address as it is printed; blank where it is not known whole."""
        shown = self.query if len(self.query) <= MOST_PRINTED else f"{self.query[: MOST_PRINTED - 1]}…"
        return say("sectors.page.address", address=f"{self.site}/sector?{shown}") if self.site else ""


class Maps(NamedTuple):
    """The pictures of a sheet as SVG: of the sector (``figures.locator``), and of its regions (``figures.sar_map``).

    The second is blank where no region meets the sector.
    """

    sector: str
    sar: str = ""


class Sheet(NamedTuple):
    """All that is printed of a sector."""

    heading: str
    under: str
    source: str
    valid: str
    svg: Markup
    legend: list[tuple[str, str]]
    routes: list[tuple[str, str]]
    routes_said: str
    hot_mark: Markup | None
    places: Table
    season: SeasonPart
    new: NewPart | None
    latest: LatestPart
    limits: Table | None
    border: BorderPart
    sar: SarPart
    cells: CellsPart
    cautions: list[str]
    address: str
    query: str
    sector: str


class Body(NamedTuple):
    """What stands in the middle of the page: a sheet, a refusal with its sentence, or an invitation."""

    sheet: Sheet | None = None
    refusal: str | None = None


def sector_page(body: Body, *, filled: Filled, kept: Filled, title: str, is_demonstration: bool) -> str:
    """Return the whole page around a sheet, a refusal or an invitation."""
    return fill_template(
        "sector.html", body=body, sheet=body.sheet, form=sector_form(filled, kept), say=say, name=text.NAME, icon=ICON,
        title=say("sectors.page.title", title=title), language=language_in_use(),
        invented=say("statement.demonstration") if is_demonstration else None, boundaries=say("statement.boundaries"),
    )  # fmt: skip


def sheet_body(
    sheet: SectorSheet, selection: Selection, names: words.Names, *, source: str | None, maps: Maps,
    floors: tuple[int, ...], where: Where, routes: tuple[list[tuple[str, str]], str] = ([], ""),
) -> Body:  # fmt: skip
    """Return the sheet of a sector; ``where`` is its address.

    ``routes`` are colour and name of each unit that the map draws on routes, and what is said of them.
    """
    return Body(
        Sheet(
            heading=words.heading(selection, sheet, names),
            under=words.under_heading(sheet),
            source=words.source_line(sheet, source),
            valid=words.valid_until(sheet),
            svg=Markup(maps.sector),  # noqa: S704 — numbers made by locator
            legend=list(zip(theme.TOLL, words.class_labels(floors), strict=True)),
            routes=routes[0],
            routes_said=routes[1],
            hot_mark=Markup(HOT_MARK) if sheet.hot_spots.cells else None,  # noqa: S704 — a constant
            places=Table(say("sectors.part.caption"), words.part_heads(), words.part_rows(sheet), 1),
            season=_season(sheet.season),
            new=_new(sheet),
            latest=_latest(sheet),
            limits=_limits(sheet),
            border=_border(sheet),
            sar=_sar(sheet, maps.sar),
            cells=_cells(sheet),
            cautions=list(map(str, sheet.cautions)),
            address=where.words,
            query=where.query,
            sector=sheet.sector.query,
        )
    )


def _season(season: Season) -> SeasonPart:
    month = date(words.LEAP_YEAR, season.month, 1)
    bar = season_bar(season)
    return SeasonPart(
        heading=say("sectors.season.heading_of_month", month=month),
        bar=Markup(bar) if bar else None,  # noqa: S704 — numbers made by season_bar
        key=say("sectors.season.key"),
        sentences=words.season_words(season),
    )


def _new(sheet: SectorSheet) -> NewPart | None:
    if sheet.since is None or sheet.new.recorded is None:
        return None
    ranked = sorted(sheet.new.changes, key=lambda row: words.CHANGES_FIRST.index(row.change))
    changes = Lines([words.change_line(row) for row in ranked[:MOST_CHANGES]], len(ranked) - MOST_CHANGES)
    return NewPart(say("sectors.sheet.new_since", since=sheet.since), words.new_words(sheet), changes)


def _latest(sheet: SectorSheet) -> LatestPart:
    rows, since = sheet.incidents[:MOST_LATEST], sheet.since
    heading = say("sectors.sheet.latest", listed=len(rows), inside=sheet.places.inside.records)
    lines = [
        (words.incident_line(row), since is not None and row.date_from is not None and row.date_from >= since)
        for row in rows
    ]
    return LatestPart(heading, lines)


def _limits(sheet: SectorSheet) -> Table | None:
    if not sheet.thresholds:
        return None
    return Table(words.threshold_days(sheet.thresholds), words.threshold_heads(), words.threshold_rows(sheet), 2)


def _border(sheet: SectorSheet) -> BorderPart:
    heads = border.border_heads()
    tables = [(Table(border.border_caption(one), heads, border.border_rows(one), len(heads)), border.border_note(one))
              for one in sheet.border]  # fmt: skip
    return BorderPart(
        border.border_heading(sheet), say("sectors.border.note" if tables else "sectors.border.none"), tables
    )


def _sar(sheet: SectorSheet, svg: str) -> SarPart:
    rows = [[what, number(records), number(people)] for what, records, people in sar.sar_rows(sheet)]
    marks = [(OUTLINE_MARK, "region"), (OVERLAP_MARK, "overlap"), (SECTOR_MARK, "sector")]
    shown = [one for one in marks if one[1] != "overlap" or sheet.sar.overlaps]
    return SarPart(
        heading=say("sar.heading"),
        words=str(sheet.sar.words),
        svg=Markup(svg) if svg else None,  # noqa: S704 — made by sar_map, which escapes names
        key=[(Markup(mark), say(f"sar.map.{name}")) for mark, name in shown],  # noqa: S704 — constants
        table=Table(say("sar.caption"), sar.sar_heads(), rows, 1) if sheet.sar.regions else None,
        notes=sar.sar_notes(sheet.sar, has_map=True),
    )


def _cells(sheet: SectorSheet) -> CellsPart:
    heading = say("sectors.cells.heading")
    if not sheet.cells:
        return CellsPart(heading, None, words.no_cells(sheet), str(sheet.hot_spots.words), Lines([], 0))
    note = words.cells_note(sheet, text.WIDTH_KM[sheet.resolution])
    listed = Table(note, words.cell_heads(), words.cell_rows(sheet), words.CELL_WORDS)
    return CellsPart(heading, listed, "", words.hot_words(sheet), Lines(*words.hot_lines(sheet, most=MOST_HOT)))
