"""The question "More or fewer than in earlier years?": the same days of each year, side by side."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from data.model.notices import Notice, month_name, say
from data.query.selection import Selection
from data.store.vintage import Vintage
from data.trends.models import ChangeThen, PolicyEvent, Seasons, Trends, YearSoFar, YearToDate
from data.trends.policy_events import NOT_CAUSES
from data.trends.year_to_date import span_of_growing
from layouts.figures.year import months_figure, season_figure, years_figure
from layouts.links import outside_link
from layouts.parts.tables import packed_table
from layouts.questions.parts import figure_panel, folded
from layouts.questions.words import Names, alone, first_sentence
from layouts.text import page as text


def form(vintage: Vintage) -> list[Component]:
    """Return the choices of the question: none, the selection says all."""
    del vintage
    return [html.P(say("trends.page.form"), className="caution")]


def year_sentence(so_far: YearToDate, selection: Selection, names: Names) -> str:
    """Return the year so far against the same days of the year before, or why they cannot stand beside each other."""
    now, *past = so_far.years
    if not now.is_covered:
        return str(so_far.sentences[0])
    kind = "day" if now.days == 1 else "january" if now.last.month == 1 else "days"
    when = Notice("trends.page.when", kind=kind, last=now.last)
    made = past[0].change_then if past else None
    if made is None:
        return alone(selection, names, when=when, value=now.value)
    before = past[0]
    return first_sentence(
        selection, names, when=when, value=now.value, brief=_in_brief(so_far, made, is_with_months=True),
        past=Notice("trends.page.same_days", year=before.year, is_same_lag=made.is_same_lag),
        base=before.known_then if made.is_same_lag else before.value,
    )  # fmt: skip


def _in_brief(so_far: YearToDate, made: ChangeThen, *, is_with_months: bool) -> Notice:
    """Return a change in few words; no percentage of months still being added to on months that are complete (T1)."""
    since, size = so_far.growing_since, made.difference
    if since is None or size is None or made.is_same_lag:
        return made.brief
    direction = "more" if size > 0 else "fewer" if size < 0 else "same"
    growing = span_of_growing(since, so_far.as_of) if is_with_months else None
    return Notice("trends.page.so_far", direction=direction, size=abs(size), growing=growing)


def answer(found: Trends, selection: Selection, names: Names, *, is_start_aside: bool = False) -> list[Component]:
    """Return the answer of ``found`` (``data.trends.answer``); one sentence where nothing is covered.

    Where ``is_start_aside`` the page's first day is not followed, which is said.
    """
    if found.year_to_date is None or found.seasons is None:
        return [html.H3(str(found.caution[-1]))]
    mark = say("page.words.demonstration_mark") if found.is_demonstration else None
    unit = text.MEASURE_UNIT[found.measure]
    return [
        html.H3(year_sentence(found.year_to_date, selection, names)),
        *([html.P(say("trends.page.aside"), className="caution")] if is_start_aside else []),
        html.P(" ".join(_cautions(found)), className="caution"),
        *_years(found, found.year_to_date, unit, mark),
        *_months(found, unit, mark),
        *_acts(found.events),
        *_season(found.seasons, unit, mark),
    ]


def _cautions(found: Trends) -> list[str]:
    """Return the cautions; that acts are no causes stands beside the acts."""
    said = [str(one) for one in found.caution if one != NOT_CAUSES]
    if not found.undated:
        return said
    return [*said, say("trends.page.undated", number=found.undated, is_people=found.unit == "people")]


def _years(found: Trends, so_far: YearToDate, unit: str, mark: str | None) -> list[Component]:
    now = so_far.years[0]
    span = Notice("trends.page.span", last=now.last)
    is_then = any(row.known_then is not None for row in so_far.years)
    is_hatched = not all(row.is_covered for row in so_far.years)
    latest = say("trends.page.this_year", year=now.year, is_whole=(now.last.month, now.last.day) == (12, 31))
    rows = [[str(row.year), latest if row is now else _brief(so_far, row), row.days, row.value, row.known_then,
             row.overlapping] for row in so_far.years]  # fmt: skip
    heads = [say("trends.head.year"), say("trends.head.against", year=now.year), say("trends.head.days"),
             say("trends.head.now"), say("trends.head.then"), say("trends.head.overlapping")]  # fmt: skip
    table = packed_table(say("trends.page.years_caption", span=span), heads, rows, words=2)
    return [
        html.H4(say("trends.page.years", measure=text.MEASURE[found.measure], unit=unit, span=span)),
        figure_panel(years_figure(so_far.years, mark=mark), kind="years", height=30 + 21 * len(so_far.years)),
        html.P(
            say("trends.page.years_legend", year=now.year, is_then=is_then, is_hatched=is_hatched), className="caution"
        ),
        folded(say("trends.page.years_table"), table),
    ]


def _brief(so_far: YearToDate, row: YearSoFar) -> str:
    return str(_in_brief(so_far, row.change_then, is_with_months=False)) if row.change_then else "–"


def _months(found: Trends, unit: str, mark: str | None) -> list[Component]:
    changes, shaded = found.change_points, found.provisional
    if changes is None or shaded is None:
        return []
    figure = months_figure(
        found.series, mark=mark, points=[one.period for one in changes.points],
        shaded=[one.month for one in shaded.months], events=[one.date_from for one in found.events],
    )  # fmt: skip
    said = [html.Li(str(one.sentence)) for one in changes.points]
    is_shaded = bool(shaded.months)
    return [
        html.H4(say("trends.page.months", unit=unit)),
        figure_panel(figure, kind="months"),
        html.P(say("trends.page.months_legend", is_shaded=is_shaded), className="caution"),
        html.P([html.Strong(f"{say('trends.page.provisional')} "), str(shaded.sentence)], className="caution"),
        html.P([html.Strong(f"{say('trends.page.suggestions')} "), str(changes.sentence)], className="caution"),
        *([html.Ul(said, className="said")] if said else []),
        *(html.P(str(one.sentence), className="caution") for one in found.flow),
        folded(say("trends.page.months_table"), _months_table(found)),
    ]


def _months_table(found: Trends) -> html.Div:
    rows = [[say("trends.page.month", month=row.period, is_complete=row.is_complete), row.value, row.average]
            for row in reversed(found.series)]  # fmt: skip
    heads = [say("trends.head.month"), say("trends.head.number"), say("trends.head.average")]
    return packed_table(say("trends.page.months_caption"), heads, rows)


def _acts(events: Sequence[PolicyEvent]) -> list[Component]:
    if not events:
        return []
    return [html.H4(say("trends.page.acts")), html.P(str(NOT_CAUSES), className="caution"),
            html.Ol(list(map(_act, events)), className="acts")]  # fmt: skip


def _act(one: PolicyEvent) -> html.Li:
    link = [" ", outside_link(say("trends.page.source"), one.url)] if one.url else []
    words = say("trends.page.act", when=one.when, words=one.words)
    return html.Li([html.Strong(one.title), f"{words} ", html.Span([one.citation, *link], className="muted")])


def _season(seasons: Seasons, unit: str, mark: str | None) -> list[Component]:
    latest = seasons.this_month
    if latest is None or latest.earlier == 0:
        return [html.H4(say("trends.page.no_season")), html.P(str(seasons.sentence))]
    name = month_name(latest.period)
    every = seasons.profile[latest.period.month - 1].values
    past = [row for row in every if row.year < latest.period.year]
    rows = [[str(row.year), row.value] for row in reversed(every) if row.year <= latest.period.year]
    heads = [say("trends.head.year"), say("trends.head.number")]
    table = packed_table(say("trends.page.season_caption", month=name), heads, rows)
    return [
        html.H4(say("trends.page.season", month=name, unit=unit)),
        html.P(str(seasons.sentence)),
        figure_panel(season_figure(latest, past, mark=mark), kind="season"),
        html.P(say("trends.page.season_legend"), className="caution"),
        folded(say("trends.page.season_table", month=name), table),
    ]
