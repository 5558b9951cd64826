"""The question "This year so far": the same days of each year, side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from data.selection import Selection
from data.vintage import Vintage
from data.words import counted, day, month
from layouts import text
from layouts.figures.year import months_figure, season_figure, years_figure
from layouts.links import outside_link
from layouts.questions.parts import drawn, folded
from layouts.questions.words import Names, alone, first_sentence
from layouts.tables import packed

Answer = Mapping[str, Any]
NOT_CAUSES = "annotations, not causes"
MARKS = (
    "Bars: months; hatched: not complete{}. Line: the average of a month and the 11 before it; where one is missing or "
    "not complete, a gap. Dashed: a suggestion of a change of level. Numbers: acts of policy, listed below."
)


def form(vintage: Vintage) -> list[Any]:
    """Return the choices of the question: none, the selection says all."""
    del vintage
    return [html.P("The same days of each year, for what is chosen on the map.", className="caution")]


def year_sentence(so_far: Answer, selection: Selection, names: Names) -> str:
    """Return the year so far against the same days of the year before, or why they cannot stand beside each other."""
    now, *past = so_far["years"]
    if not now["is_covered"]:
        return str(so_far["sentences"][0])
    start = "1" if now["last"].month == 1 else "1 January"
    when = f"from {start} to {day(now['last'])}" if now["days"] > 1 else f"on {day(now['last'])}"
    if not (past and past[0]["change"]):
        return alone(selection, names, when=when, value=now["value"])
    before = past[0]
    is_same_lag = before["change"]["is_same_lag"]
    known = f"in the same days of {before['year']}{', as known at the same lag' if is_same_lag else ''}"
    return first_sentence(
        selection, names, when=when, value=now["value"], past=known, brief=before["change"]["brief"],
        base=before["value_then"] if is_same_lag else before["value"],
    )  # fmt: skip


def answer(found: Answer, selection: Selection, names: Names) -> list[Any]:
    """Return the parts of the answer that ``found`` (``data.trends``) gives; one sentence where nothing is covered."""
    if found["as_of"] is None:
        return [html.H3(found["caution"][-1])]
    mark = text.DEMONSTRATION_MARK if found["is_demonstration"] else None
    unit = text.MEASURE_UNIT[found["measure"]]
    return [
        html.H3(year_sentence(found["year_to_date"], selection, names)),
        html.P(" ".join(_cautions(found)), className="caution"),
        *_years(found, unit, mark),
        *_months(found, unit, mark),
        *_acts(found["events"]),
        *_season(found["seasons"], unit, mark),
    ]


def _cautions(found: Answer) -> list[str]:
    undated = found["undated"]
    rest = f"{counted(undated, 'person has', 'people have')} no date and are in no bar." if undated else ""
    of_people = found["unit"] == "people"
    said = [words for words in found["caution"] if "does not say why" not in words]
    return [*said, rest if of_people else rest and f"{text.number(undated)} more have no date and are in no bar."]


def _years(found: Answer, unit: str, mark: str | None) -> list[Any]:
    so_far = found["year_to_date"]
    now = so_far["years"][0]
    span = f"1 January to {now['last'].day} {day(now['last']).split()[1]} of each year"
    is_then = any(row.get("value_then") is not None for row in so_far["years"])
    tick = " A line: as known at the same lag." if is_then else ""
    rows = [
        [str(row["year"]), (row.get("change") or {}).get("brief", "–") if row is not now else "this year", row["days"],
         row["value"], row.get("value_then"), row["overlapping"]]
        for row in so_far["years"]
    ]  # fmt: skip
    heads = ["Year", f"{now['year']} against it", "Days", "As known now", "As known at the same lag",
             "Begun in these days, ended after"]  # fmt: skip
    return [
        html.H4(f"{text.MEASURE[found['measure']]}, {unit}: {span}"),
        drawn(years_figure(so_far["years"], mark=mark), kind="years", height=30 + 21 * len(so_far["years"])),
        html.P(f"Dark: this year. Hatched: not wholly covered, so no data.{tick}", className="caution"),
        folded("The years as a table", packed(f"{span}. A dash: no figure.", heads, rows, words=2)),
    ]


def _months(found: Answer, unit: str, mark: str | None) -> list[Any]:
    changes, shaded = found["change_points"], found["provisional"]
    events = found["events"]
    figure = months_figure(
        found["series"], mark=mark, points=[one["period"] for one in changes["points"]],
        shaded=[one["month"] for one in shaded["months"]], events=[one["date_from"] for one in events],
    )  # fmt: skip
    rows = [[month(row["period"]) + ("" if row["is_complete"] else " (not complete)"), row["value"], row["average"]]
            for row in reversed(found["series"])]  # fmt: skip
    months = packed("By month, newest first. A dash: no figure.", ["Month", "Number", "12-month average"], rows)
    said = [
        html.Li(one["sentence"]) for one in changes["points"]
    ]  # fmt: skip
    return [
        html.H4(f"By month, {unit}, with the average of 12 complete months"),
        drawn(figure, kind="months"),
        html.P(MARKS.format("; shaded: provisional" if shaded["months"] else ""), className="caution"),
        html.P([html.Strong("Provisional months. "), shaded["sentence"]], className="caution"),
        html.P([html.Strong("Suggestions. "), changes["sentence"]], className="caution"),
        *([html.Ul(said, className="said")] if said else []),
        *(html.P(one["sentence"], className="caution") for one in found["flow"]),
        folded("The months as a table", months),
    ]  # fmt: skip


def _acts(events: Sequence[Answer]) -> list[Any]:
    if not events:
        return []
    entries = [
        html.Li([
            html.Strong(one["title"]), f", {one['when']}. {one['words']} ",
            html.Span([one["citation"], *([" ", outside_link("Source", one["url"])] if one["url"] else [])],
                      className="muted"),
        ])
        for one in events
    ]  # fmt: skip
    listed = html.Ol(entries, className="acts")
    return [html.H4(f"Acts of policy and operations: {NOT_CAUSES}"),
            html.P("What was decided is shown beside the numbers; it does not say why they changed.",
                   className="caution"), listed]  # fmt: skip


def _season(seasons: Answer, unit: str, mark: str | None) -> list[Any]:
    latest = seasons["this_month"]
    if latest is None or latest["earlier"] == 0:
        return [html.H4("This month in past years"), html.P(seasons["sentence"])]
    name = month(latest["period"]).split()[0]
    every = seasons["profile"][latest["period"].month - 1]["values"]
    past = [row for row in every if row["year"] < latest["period"].year]
    rows = [[str(row["year"]), row["value"]] for row in reversed(every) if row["year"] <= latest["period"].year]
    return [
        html.H4(f"The latest complete month: {name} in past years, {unit}"),
        html.P(seasons["sentence"]),
        drawn(season_figure(latest, past, mark=mark), kind="season"),
        html.P("Diamond: this year. Band: from the least to the most of past years. Line: their median. Rings: each of "
               "them.", className="caution"),
        folded(f"Every {name} as a table", packed(f"{name} of each year, where covered.", ["Year", "Number"], rows)),
    ]  # fmt: skip
