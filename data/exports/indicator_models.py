"""What the pages of indicators, figures, policies and treaties hold: a model for each row and for each page."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from data.exports.list_models import Next, Paged
from data.model.answers import Answer


class IndicatorRow(Answer, frozen=True, kw_only=True):
    """One indicator: what it is and is not, and what the vintage holds of it."""

    indicator: str
    pillar: int
    name: str
    meaning: str
    caveat: str
    never_read_as: str
    formula: str
    denominator: Annotated[str | None, Meta(description="The name of what it is divided by; null where it is no rate.")]
    unit: str
    is_stock: Annotated[bool, Meta(description="It is of a day, and never added up over time.")]
    area_is: Annotated[str, Meta(description="What the area of a figure is.")]
    partner_is: Annotated[str | None, Meta(description="What the other area of a pair is; null where there is none.")]
    sources: tuple[str, ...]
    figures: int
    absent: Annotated[int, Meta(description="Figures without a value, each with the kind of its absence.")]
    areas: int
    partners: int
    first_date: date | None
    last_date: date | None


class IndicatorsPage(Paged, frozen=True, kw_only=True):
    """Every indicator that is declared, by pillar."""

    indicators: tuple[IndicatorRow, ...]
    next: Next


class FigureRow(Answer, frozen=True, kw_only=True):
    """One figure; data/DICTIONARY.md (indicators) says what each column means. Without a value: never 0."""

    area: str | None
    area_name: str | None
    partner: str | None
    partner_name: str | None
    route: str | None
    breakdown: str | None
    totals: Annotated[str | None, Meta(description="Dimensions of which it is a total: never added to their parts.")]
    date_from: date
    date_to: date
    step: str | None
    value: float | None
    unit: str
    status: Annotated[str, Meta(description="published, in_part, or the kind of absence (RULES R11).")]
    obs_status: Annotated[str, Meta(description="The same as SDMX observation status.")]
    flag: Annotated[str | None, Meta(description="The publisher's flags.")]
    numerator: float | None
    denominator: float | None
    source: str
    edition: str | None


class FiguresPage(Paged, frozen=True, kw_only=True):
    """The figures of one indicator, with what it is and must never be read as."""

    indicator: IndicatorRow
    figures: tuple[FigureRow, ...]
    next: Next


class PolicyEventRow(Answer, frozen=True, kw_only=True):
    """One policy or agreement; data/DICTIONARY.md (policy_events) says what each column means."""

    area: str
    area_name: str | None
    partner: str | None
    partner_name: str | None
    parties: str | None
    title: str
    themes: str | None
    instrument: str | None
    level: str | None
    date_from: date | None
    date_to: date | None
    date_precision: Annotated[str | None, Meta(description="day or year; null: not dated.")]
    in_force: date | None
    url: str | None
    source: str


class PolicyEventsPage(Paged, frozen=True, kw_only=True):
    """Policies and agreements, by state and day."""

    policy_events: tuple[PolicyEventRow, ...]
    next: Next


class TreatyRow(Answer, frozen=True, kw_only=True):
    """One act of a participant of a treaty; a state that did nothing has no row."""

    treaty: str
    participant: str
    participant_name: str | None
    act: Annotated[str, Meta(description="signature; or what makes a party: ratification, accession and others.")]
    date_from: Annotated[date, Meta(description="Day of the act.")]
    source: str


class TreatiesPage(Paged, frozen=True, kw_only=True):
    """Acts of the participants of treaties, by treaty and participant."""

    treaties: tuple[TreatyRow, ...]
    last_act: Annotated[
        date | None, Meta(description="Day of the latest act that is listed: newer ones are not known.")
    ]
    next: Next
