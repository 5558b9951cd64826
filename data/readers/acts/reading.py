"""Reads a table of acts: each row is accepted, or quarantined with the reason; a day that is none is said and left out.

Free texts of a list (descriptions, notes) are not read: they may name persons.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import polars as pl

from data.model.schema import conform, polars_schema
from data.model.sources import DEMONSTRATION, demonstration_of
from data.readers.acts.cells import area_rule, iso_day, place_in
from data.readers.acts.layout import ActLayout, Kind
from data.readers.acts.own_lists import campaign_rules, campaigns, service_rules, services
from data.readers.acts.tables import ACT
from data.readers.count_rows import Rule, faults, texts
from data.readers.result import ROW, ReadResult, log_changes, quarantine_row, quarantine_table
from data.readers.text_table import TOO_LONG, TextTable, is_too_long
from data.readers.value_forms import Columns

LETTERS: Final = {"": "ratification", "A": "acceptance", "AA": "approval", "a": "accession", "d": "succession"}
DAY: Final = r"^(\d{1,2} [A-Z][a-z]{2} \d{4})"
LETTER: Final = r"\d{4}\s*([A-Za-z]*)$"
NO_DAY: Final = "expected a day such as 12 Dec 2000, and a letter after it where the act is no ratification."
NO_ACT: Final = "expected a signature or another act. Correct it at its source."
NOT_A_DAY: Final = "no day of the calendar: the year alone is kept"


def columns_of_acts(layout: ActLayout, columns: Iterable[str]) -> Columns:
    """Return what the columns of a table of acts hold (RULES 9)."""
    named = {"Participant", "country", "signatory", "audience"}
    dates = {"Signature", "year", "month", "day", "in_force", "first_day", "last_day", "cost", "checked"}
    read = layout.columns_kept(columns)
    return Columns(read=read, values=frozenset(dates & read), names=frozenset(named & read))


def read_acts(table: TextTable, layout: ActLayout, *, file: str) -> ReadResult:
    """Read one table as its layout declares it."""
    frame = texts(table, layout.columns_kept(table.columns))
    rules_of, rows_of = LISTS[layout.kind]
    lines: list[dict[str, Any]] = faults(frame, rules_of(frame), file=file)
    lines += [
        quarantine_row(file=file, row=row, column=column, value=None, reason=reason, raw=raw)
        for row, reason, raw, column in table.broken
    ]
    sound = frame.filter(~pl.col(ROW).is_in(sorted({line["row"] for line in lines})))
    rows = rows_of(sound, layout)
    about = demonstration_of(layout.about()) if DEMONSTRATION in table.columns else layout.about()
    return ReadResult(
        about=about, kind=layout.kind, layout=layout.id, file=file,
        rows_read=table.frame.height + len(table.broken),
        frame=conform(rows.with_columns(pl.lit(file).alias("file"), pl.col(ROW).alias("row")), layout.kind),
        quarantine=quarantine_table(lines),
        log=_log(sound, file=file) if "month" in sound.columns else pl.DataFrame(schema=polars_schema("log")),
        unread_columns=tuple(name for name in table.columns
                             if name not in layout.headers | layout.optional | {DEMONSTRATION}),
    )  # fmt: skip


def _day(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars().str.extract(DAY).str.to_date("%d %b %Y", strict=False)


def _letter(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars().str.extract(LETTER)


def _treaty_rules(frame: pl.DataFrame) -> list[Rule]:
    rules = [area_rule(frame, "Participant")]
    for column in ("Signature", ACT):
        is_wrong = _day(column).is_null() | ~_letter(column).is_in(list(LETTERS))
        rules.append((pl.col(column).is_not_null() & is_wrong, column, NO_DAY))
    nothing = pl.col("Signature").is_null() & pl.col(ACT).is_null()
    return [*rules, (nothing, ACT, NO_ACT)]


def _treaties(frame: pl.DataFrame, layout: ActLayout) -> pl.DataFrame:
    """Return one row per act of a participant: its signature, and what made it a party."""
    names = pl.lit(layout.treaty).alias("treaty"), place_in(frame, "Participant").alias("participant")
    acts = [
        frame.filter(pl.col(column).is_not_null()).select(
            ROW, *names, act.alias("act"), _day(column).alias("date_from"), _day(column).alias("date_to")
        )
        for column, act in (("Signature", pl.lit("signature")),
                            (ACT, _letter(ACT).replace_strict(LETTERS, default=None, return_dtype=pl.String)))
    ]  # fmt: skip
    return pl.concat(acts).sort(ROW, maintain_order=True)


def _policy_rules(frame: pl.DataFrame) -> list[Rule]:
    rules = [area_rule(frame, "country"), (pl.col("policy").is_null(), "policy", "expected a title.")]
    rules += [(is_too_long(name), name, TOO_LONG) for name in ("policy", "url")]
    if "year" in frame.columns:
        rules.append((_number("year").is_null(), "year", "expected a year such as 2024. Correct it at its source."))
    if "signed" in frame.columns:
        wrong = pl.col("signed").is_not_null() & iso_day("signed").is_null()
        rules.append((wrong, "signed", "expected a day such as 2024-06-30, or nothing. Correct it at its source."))
    return rules


def _number(column: str) -> pl.Expr:
    low, high = {"year": (1900, 2100), "month": (1, 12), "day": (1, 31)}[column]
    number = pl.col(column).cast(pl.Int32, strict=False)
    return pl.when(number.is_between(low, high)).then(number)


def _stated_day() -> pl.Expr:
    """Return the day that year, month and day state; null where they state none of the calendar."""
    parts = [_number(name).cast(pl.String).str.zfill(width) for name, width in (("year", 4), ("month", 2), ("day", 2))]
    return pl.concat_str(parts, separator="-").str.to_date("%Y-%m-%d", strict=False)


def _policies(frame: pl.DataFrame, _: ActLayout) -> pl.DataFrame:
    """Return one row per policy or agreement, with the days on which it may have been decided."""
    if "year" in frame.columns:
        day, year = _stated_day(), _number("year")
        first, last = pl.coalesce(day, pl.date(year, 1, 1)), pl.coalesce(day, pl.date(year, 12, 31))
        precision = pl.when(day.is_not_null()).then(pl.lit("day")).otherwise(pl.lit("year"))
    else:
        first = last = day = iso_day("signed")
        precision = pl.when(day.is_not_null()).then(pl.lit("day"))
    is_agreement = "signatory" in frame.columns
    nothing = pl.lit(None, pl.String)
    return frame.select(
        ROW,
        place_in(frame, "country").alias("area"),
        (_other(frame) if is_agreement else nothing).alias("partner"),
        (pl.col("signatory") if is_agreement else nothing).alias("parties"),
        pl.col("policy").str.strip_chars().alias("title"),
        (nothing if is_agreement else pl.col("themes")).alias("themes"),
        pl.col("instrument"),
        (nothing if is_agreement else pl.col("level")).alias("level"),
        first.alias("date_from"), last.alias("date_to"), precision.alias("date_precision"),
        (iso_day("in_force") if is_agreement else pl.lit(None, pl.Date)).alias("in_force"),
        pl.col("url"),
    )  # fmt: skip


def _other(frame: pl.DataFrame) -> pl.Expr:
    """Return the other state of an agreement; null where the list names the state itself, or several."""
    other = place_in(frame, "signatory")
    return pl.when(other != place_in(frame, "country")).then(other)


def _log(frame: pl.DataFrame, *, file: str) -> pl.DataFrame:
    """Return a line for each row whose month or day is none of the calendar (RULES Q2)."""
    found = pl.concat_str([pl.col(name).fill_null("") for name in ("year", "month", "day")], separator="-")
    return log_changes(
        frame, file=file, column="month", found=found, kept=pl.col("year"), where=_stated_day().is_null(),
        rule=NOT_A_DAY,
    )  # fmt: skip


Rows = Callable[[pl.DataFrame, ActLayout], pl.DataFrame]
LISTS: Final[Mapping[Kind, tuple[Callable[[pl.DataFrame], list[Rule]], Rows]]] = {
    "treaties": (_treaty_rules, _treaties),
    "policy_events": (_policy_rules, _policies),
    "campaigns": (campaign_rules, campaigns),
    "tracing_services": (service_rules, services),
}  # of each kind of list: which rows are at fault, and what the others say
