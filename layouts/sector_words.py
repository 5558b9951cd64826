"""The sentences of a sector's sheet. Recorded, never dangerous (RULES G6); at least, never exactly (C4)."""

from calendar import month_name
from collections.abc import Mapping
from typing import Any, Final

from data.changes import has_moved, has_other_day, has_other_split
from data.radius import WORDS
from data.selection import Selection
from layouts import text
from layouts.heads import said_head
from layouts.text import counted, day, number, people, share

PER_CELL: Final = "People dead or missing per cell, at least:"
PART: Final = {
    "inside": "Inside the sector",
    "could": "Could lie in your area",
    "outside": "Outside it",
    "not_located": "Not located",
}
PART_NOTE: Final = (
    f"“Could lie” counts records whose recorded point is outside but whose place is known so roughly ({WORDS}) that it "
    "may be inside, and records with no point that name a country of this area. They are never added to the count "
    "inside. Open sea is more than 12 nautical miles from every coast and town."
)
THRESHOLD: Final = {
    "incidents": "Incidents inside",
    "dead_or_missing": "People dead or missing inside, at least",
    "interceptions": "People intercepted on the route",
    "arrivals": "People who arrived on the route",
}
STATE: Final = {"below": "Below", "near": "Near", "above": "Above", "not computable": "Not computable"}
CHANGES_FIRST: Final = ("vanished", "changed", "added")  # on paper: what no date tells comes first
COUNTED: Final = {
    "added": "records added",
    "changed": "with another toll or place",
    "vanished": "no longer published",
}
LONGEST_PLACE: Final = 80
CELLS_HEADING: Final = "Where most was recorded inside"
CELL_HEADS: Final = ["Middle of the cell", "Stays", "Recorded", "Incidents", "People, at least", "Largest event"]
CELL_WORDS: Final = 3
HOT_CLASS: Final = {
    **{f"hot {level}%": f"more than around, {level}%" for level in (90, 95, 99)},
    **{f"cold {level}%": f"fewer than around, {level}%" for level in (90, 95, 99)},
    "not significant": "neither clearly",
}
HOT_KEY: Final = "outlined: more incidents than around"
OUTLINED: Final = " Hot cells are outlined on the map."
SEASON_KEY: Final = "Bar: fewest to most; stroke: median; ring: last year; diamond: this year so far."
CHANGE: Final = {"added": "Added", "changed": "Changed", "vanished": "No longer published"}


def heading(selection: Selection, sheet: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> str:
    """Return measure, number, place, period and filter in one sentence (RULES P1)."""
    inside = sheet["places"]["inside"]
    whole = text.covered((sheet["covered"]["first"], sheet["covered"]["last"]))
    when = text.window(selection.start, selection.end) or whole
    chosen = selection.routes or selection.regions or selection.countries
    filters = f", {text.place(selection, names)}," if chosen else ""
    is_silent = inside["records"] > 0 and inside["no_number"] == inside["records"]
    said = said_head("dead_or_missing", None if is_silent else inside["people"], inside["records"])
    head = f"{said} {sheet['sector']['words']}{filters}"
    return f"{head}{f' {when}' if when else ''}{text.restrictions(selection, names)}."


def under_heading(sheet: Mapping[str, Any]) -> str:
    """Return how many records that is, what else is known, and whose numbers they are."""
    inside = sheet["places"]["inside"]
    said = f"{counted(inside['records'], 'recorded incident', 'recorded incidents')}."
    if inside["no_number"]:
        said += f" {counted(inside['no_number'], 'of them states', 'of them state')} no number."
    others = sheet["sector"]["others_of_that_name"]
    return said + (f" Not meant: {text.listed(others, most=4)}." if others else "")


def source_line(sheet: Mapping[str, Any], title: str | None) -> str:
    """Return the source, the days it covers and the vintage."""
    last, retrieved = sheet["covered"]["last"], sheet["retrieved"]
    until = f", latest day covered {day(last)}" if last else ", no dated incident"
    when = f", files read on {day(retrieved)}" if retrieved else ""
    return f"Source: {title or 'none'}{until}. Vintage {sheet['vintage']}{when}."


def part_rows(sheet: Mapping[str, Any]) -> list[list[str]]:
    """Return a row per part, and the total that they add up to (RULES C5)."""
    rows = [[PART[name], number(part["records"]), number(part["people"])] for name, part in sheet["places"].items()]
    return [*rows, ["All of this selection", number(sheet["total"]["records"]), number(sheet["total"]["people"])]]


def cell_rows(sheet: Mapping[str, Any]) -> list[list[str]]:
    """Return a row per cell: where, how firmly it holds its place (H6), its class (G4), its numbers (H5)."""
    classes = sheet["hot_spots"]["classes"]
    return [
        [cell["place"], share(cell["stability"]), HOT_CLASS.get(classes.get(cell["cell"], ""), "–"),
         number(cell["incidents"]), number(cell["dead_or_missing"]), _dominance(cell)]
        for cell in sheet["cells"]
    ]  # fmt: skip


def no_cells(sheet: Mapping[str, Any]) -> str:
    """Return why no cell is listed."""
    why = sheet["ranking"]["not_computable"]
    none = "No recorded incident of this selection is in a cell inside this sector."
    return f"{why[:1].upper()}{why[1:]}." if why else none


def hot_words(sheet: Mapping[str, Any]) -> str:
    """Return which cells are hot in a sentence, and what an empty class means."""
    hot = sheet["hot_spots"]
    return f"{hot['words']}{OUTLINED if hot['cells'] else ''}"


def hot_lines(sheet: Mapping[str, Any], *, most: int) -> tuple[list[str], int]:
    """Return a line for each of the ``most`` clearest hot cells, and how many more there are."""
    cells = sheet["hot_spots"]["cells"]
    lines = [
        f"{cell['place']}: {HOT_CLASS[cell['class']]} ({counted(cell['incidents'], 'incident', 'incidents')})"
        for cell in cells[:most]
    ]
    return lines, len(cells) - len(lines)


def _dominance(cell: Mapping[str, Any]) -> str:
    return "–" if cell["dominance"] is None else share(cell["dominance"])


def cells_note(sheet: Mapping[str, Any], edge: str) -> str:
    """Return what the list of cells leaves out, and what its order is worth."""
    missing = sheet["no_cell"]
    said = f"Cells with edges of about {edge} km; only incidents inside the sector are counted."
    if sheet["cells_not_shown"]:
        said += f" And {number(sheet['cells_not_shown'])} more cells."
    if missing["records"]:
        one = counted(missing["records"], "incident is", "incidents are")
        said += f" {one} in no cell of this size ({people(missing['people'])})."
    return f"{said} {sheet['ranking']['words']} The order also changes with the size of the cells."


def incident_line(row: Mapping[str, Any]) -> str:
    """Return one incident: its date, its place as published, at least how many."""
    place = row["place"] or ""
    where = f", {place if len(place) <= LONGEST_PLACE else f'{place[: LONGEST_PLACE - 1]}…'}" if place else ""
    return f"{text.dates(row['date_from'], row['date_to'])}{where}: {_toll(row['dead_or_missing'])}"


def _toll(value: int | None) -> str:
    return "number not reported" if value is None else f"at least {people(value)}"


def change_line(row: Mapping[str, Any]) -> str:
    """Return one change of a record: what, when, where, how many, and how many before."""
    said = f"{CHANGE[row['change']]}: {incident_line(row)}"
    if row["change"] != "changed":
        return said
    if row["was_dead_or_missing"] != row["dead_or_missing"]:
        said += f" (before: {_toll(row['was_dead_or_missing'])})"
    if has_other_split(row):
        said += " (only the split into dead and missing is another)"
    if has_other_day(row):
        said += f" (dated before: {day(row['was_date_from'])})"
    return said + (" (its place was stated otherwise)" if has_moved(row) else "")


def new_words(sheet: Mapping[str, Any]) -> str:
    """Return how many incidents are dated from the asked day on, and what could be compared."""
    new = sheet["new"]
    found = new["recorded"]
    dated = counted(found["records"], "incident is dated", "incidents are dated")
    first = f"{dated} {day(sheet['since'])} or later: at least {people(found['people'])}."
    if not found["records"]:
        first = f"No incident is dated {day(sheet['since'])} or later."
    if new["compared_with"] is None:
        return f"{first} {new['note']}"
    older = new["compared_with"]
    kinds = [row["change"] for row in new["changes"]]
    parts = [f"{number(kinds.count(kind))} {words}" for kind, words in COUNTED.items()]
    return f"{first} Since what was known on {day(older['retrieved'])} ({older['vintage']}): {', '.join(parts)}."


def season_words(season: Mapping[str, Any]) -> list[str]:
    """Return this month in past years, last year and this year, in words."""
    month = month_name[season["month"]]
    spread = season["people"]
    if spread is None:
        return [f"No past {month} is wholly covered."]
    years = season["years"]
    span, fewest, most = f"{years[0]['year']} to {years[-1]['year']}", number(spread["min"]), number(spread["max"])
    said = [f"{month} {span}: fewest {fewest}, median {spread['median']:g}, most {most} people."]
    last = season["last_year"]
    said.append(f"Last year: {people(last['people'])}." if last else "Last year: not wholly covered.")
    until, this = f"{season['to_day']} {month}", season["this_year"]
    same = season["same_days"]
    said.append(
        f"This year to {until}: {people(this['people'])}; same days of past years: median {same['median']:g}."
        if this else f"This year to {until}: not covered by the source."
    )  # fmt: skip
    return said


def threshold_rows(sheet: Mapping[str, Any]) -> list[list[str]]:
    """Return a row per planning threshold: what, its state in words, the numbers, and why none can be told."""
    rows = []
    for one in sheet["thresholds"]:
        why = one["why"].removeprefix("not computable: ")
        rows.append([THRESHOLD[one["measure"]] + (f" ({why})" if why else ""), STATE[one["state"]],
                     number(one["value"]), number(one["threshold"])])  # fmt: skip
    return rows


def threshold_days(sheet: Mapping[str, Any]) -> str:
    """Return which days the planning thresholds speak of."""
    one = sheet["thresholds"][0]
    when = text.window(one["from"], one["to"]) or "for all days covered"
    return f"Counted {when}. Near: 80% of the threshold or more. Above: more than it."
