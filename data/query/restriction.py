"""How finely a source may be shown or exported (RULES 9): asked wherever rows are about to be given."""

import polars as pl

from data.model.errors import QueryError
from data.model.notices import Notice, say
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.coarsening import COARSEST_OF_OTHERS
from data.store.vintage import Vintage


def require_exportable(vintage: Vintage, selection: Selection, figure: str) -> None:
    """Raise QueryError where the source of a figure may not leave at its precision (RULES 9)."""
    source = incident_source(vintage, selection)
    tiers = (
        vintage.sources.filter(pl.col("source") == source)["sensitivity"] if source else pl.Series([], dtype=pl.String)
    )
    is_public = bool((tiers == "public").all())
    if (
        is_public
        or (figure == "cells" and selection.resolution <= COARSEST_OF_OTHERS)
        or figure in ("series", "segments")
    ):
        return
    raise QueryError(say("query.not_public", coarsest=COARSEST_OF_OTHERS), parameter="figure")


def is_public(vintage: Vintage, selection: Selection) -> bool:
    """Return whether the selection's incident source is published at the precision that is stored (RULES 9)."""
    tiers = vintage.sources.filter(pl.col("source") == pl.lit(incident_source(vintage, selection)))["sensitivity"]
    return bool((tiers == "public").all())


def refuse_restricted(vintage: Vintage, selection: Selection, sentence: Notice) -> None:
    """Raise QueryError with a sentence where the source may not be shown so finely (RULES 9)."""
    if not is_public(vintage, selection):
        raise QueryError(str(sentence), parameter="source")
