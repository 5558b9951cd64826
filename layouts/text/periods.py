"""The words of one period of the series: each number with its unit, and what is absent with its kind (RULES R11)."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.model.absence import BREAK, KINDS, PUBLISHED
from data.model.notices import say
from data.model.wording import period
from layouts.text.page import ABSENCE, FLOW, FLOW_INLINE, join_names, split


def period_words(step: str, row: Mapping[str, Any], flow: str) -> str:
    """Return one period of the series in words, each number with its own unit."""
    return say(
        "page.period",
        period=period(row["period"], step),
        toll=_toll_words(row),
        flow=_flow_words(row, "flow", flow),
        arrivals=_flow_words(row, "arrivals", "arrivals") if flow != "arrivals" else None,
    )


def period_lines(step: str, row: Mapping[str, Any], flow: str) -> list[str]:
    """Return one period as lines: its name, then the people, the flow and the arrivals, each with its unit."""
    toll = row["dead_or_missing"]
    values = ((flow, "flow"), ("arrivals", "arrivals"))
    return [
        period(row["period"], step),
        say("page.series.toll", is_known=row["toll_status"] not in KINDS, count=toll or 0),
        *(say("page.series.flow", is_known=row[name] is not None, count=row[name], name=FLOW_INLINE[measure],
              places=_few_places(row, name) if row[f"{name}_is_beside"] else None) for measure, name in values),
    ]  # fmt: skip


def few_places(row: Mapping[str, Any], name: str) -> list[str]:
    """Return the places that a flow of a period is of."""
    return (row[f"{name}_places"] or "").split("; ") if row[f"{name}_places"] else []


def _few_places(row: Mapping[str, Any], name: str) -> str | None:
    """Return the places that a count is of, where others count in other periods."""
    places = few_places(row, name) if row[f"{name}_is_fewer"] else []
    return join_names(places) if places and row[name] is not None else None


def _toll_words(row: Mapping[str, Any]) -> str:
    if row["toll_status"] in KINDS:
        return say("page.period_toll.absent", kind=ABSENCE[row["toll_status"]])
    said = say("page.period_toll.counted", people=row["dead_or_missing"] or 0, split=split(row["dead"], row["missing"]))
    return said if row["toll_status"] == PUBLISHED else f"{said} ({ABSENCE[row['toll_status']]})"


def _flow_words(row: Mapping[str, Any], name: str, flow: str) -> str:
    value, status = row[name], row[f"{name}_status"]
    return say("page.flow", has_figure=value is not None, count=value, name=FLOW_INLINE[flow],
               places=_few_places(row, name),
               kind=ABSENCE[status] if status in KINDS else None)  # fmt: skip


def absent_figures(statuses: Mapping[str, str | None], places: Mapping[str, Sequence[str]]) -> str:
    """Return which figures of a period are absent, of a part, or of other places than before; blank: none is.

    ``statuses`` are by ``toll`` and by flow; ``places`` by flow, where others hold most of what is counted.
    """
    found = [
        say("page.tables.left_out", name=say("page.tables.dead_or_missing") if name == "toll" else FLOW[name],
            status=ABSENCE[status])
        for name, status in statuses.items()
        if status not in (None, PUBLISHED) and not (status == BREAK and places.get(name))
    ]  # fmt: skip
    few = [
        say("page.tables.of_places", name=FLOW[name], places=join_names(list(of))) for name, of in places.items() if of
    ]
    return "; ".join([*found, *few])
