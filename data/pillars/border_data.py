"""Border data systems: on which days a post reported, of aggregates by post and day that an authority supplies."""

from typing import Final, NamedTuple

import numpy as np
import polars as pl

from data.counting.measures import in_window
from data.indicators.sums import word_of
from data.model.area_codes import area_name
from data.model.days import MOST_NAMED, Span, length, mask, span_words, stretches, window_words
from data.model.notices import Notice, say
from data.model.roles import Role
from data.model.sources import RESTRICTED
from data.pillars.figures import figures_of
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.windows import span_of, window_of
from data.risk.formulas import in_percent
from data.store.vintage import Vintage

CROSSINGS: Final = "border_crossings"
SOURCE: Final = "border-posts"


class Post(NamedTuple):
    """One post: its country, its name, its source, and which days of the window have data."""

    country: str
    name: str
    source: str
    known: np.ndarray


def border_data(vintage: Vintage, asked: Asked) -> Finding:
    """Return for each post the share of days with data, and the stretches without, the least complete first.

    A day has data where a direction states a number, 0 too. Who may not see days of few crossings is told nothing: to
    them such a day would look like one without data.
    """
    rows = figures_of(vintage, pl.col("indicator") == CROSSINGS)
    is_restricted = (pl.col("source") == SOURCE) & (pl.col("sensitivity") == RESTRICTED)
    if vintage.role is not Role.OPERATOR and vintage.sources.filter(is_restricted).height:
        return nothing(Notice("pillars.why.by_tier"))
    covered = span_of(rows)
    if covered is None:
        return nothing(Notice("pillars.why.no_border_data"))
    window = _inside(window_of(asked, covered), covered)
    if window is None:
        return nothing(Notice("pillars.why.no_border_data_then"), sources=rows["source"].unique().sort().to_list())
    posts = sorted(posts_of(rows, window), key=lambda one: (int(one.known.sum()), one.country, one.name))
    days, known = len(posts) * length(*window), sum(int(one.known.sum()) for one in posts)
    sentence = Notice(
        "pillars.border_data.sentence", posts=len(posts), when=window_words(*window), known=known, days=days,
        share=in_percent(known / days, decimals=1), late=sum(not one.known.all() for one in posts),
    )  # fmt: skip
    return Finding(sentence, value=known / days, unit="share", window=window, rows=[_row(one, window) for one in posts],
                   sources=list(dict.fromkeys(one.source for one in posts)))  # fmt: skip


def _inside(window: Span, covered: Span) -> Span | None:
    """Return the part of a window of which the authority has figures at all; None where there is none."""
    first, last = max(window[0], covered[0]), min(window[1], covered[1])
    return (first, last) if first <= last else None


def posts_of(rows: pl.DataFrame, window: Span) -> list[Post]:
    """Return each post of some figures (schema.INDICATORS) with the days of the window that have data."""
    named = rows.with_columns(word_of("post").alias("post")).drop_nulls("post")
    found = []
    for one in named.partition_by("area", "post", maintain_order=True):
        days = one.filter(in_window(*window)).drop_nulls("value").select("date_from", "date_to").unique()
        found.append(Post(one["area"][0], one["post"][0], one["source"][0], mask(days.iter_rows(), window)))
    return found


def _row(post: Post, window: Span) -> ViewRow:
    known, days = int(post.known.sum()), post.known.size
    without = stretches(~post.known, window[0])
    return ViewRow(
        part=f"{post.country}/{post.name}",
        name=say("pillars.border_data.post", post=post.name, country=area_name(post.country)),
        what=say("pillars.border_data.complete"), date_from=window[0], date_to=window[1], value=known / days,
        unit="share", numerator=known, denominator=days,
        note=say("pillars.border_data.lacking", days=days - known, more=max(len(without) - MOST_NAMED, 0),
                 spans=[span_words(*one) for one in without[:MOST_NAMED]]),
    )  # fmt: skip
