"""How finely a source may be shown or exported (RULES 9): asked wherever rows are about to be given.

What a vintage gives is already no more than its reader may see; here a question that could only be answered more finely
is refused with a sentence.
"""

from typing import Final

from data.model.errors import QueryError
from data.model.notices import Notice, say
from data.model.roles import LIMITS, Role, reader_in_use
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.cells import FINEST

OF_AREAS: Final = ("series", "segments")


def require_exportable(vintage: Vintage, selection: Selection, figure: str) -> None:
    """Raise QueryError where the source of a figure may not leave at its precision (RULES 9)."""
    if is_public(vintage, selection) or figure in OF_AREAS:
        return
    finest = finest_of_restricted(vintage)
    if figure == "cells" and selection.resolution <= finest:
        return
    if figure == "incidents" and vintage.role is not Role.PUBLIC:
        return
    raise QueryError(say("query.not_public", coarsest=finest), parameter="figure")


def reader_marks(vintage: Vintage) -> list[Notice]:
    """Return what a file must say of its reader: a partner's agreement, a border team's account (RULES 9)."""
    reader = reader_in_use()
    if reader is None or not vintage.restricted:
        return []
    if reader.role is Role.PARTNER:
        return [Notice("statement.agreement", agreement=reader.agreement)]
    return [Notice("statement.watermark", account=reader.account)] if reader.role is Role.BORDER else []


def finest_of_restricted(vintage: Vintage) -> int:
    """Return the finest resolution at which the vintage's reader may see what is not public."""
    return LIMITS[vintage.role].finest if vintage.role in LIMITS else FINEST


def is_public(vintage: Vintage, selection: Selection) -> bool:
    """Return whether the reader may see the selection's incident source at the precision that is stored (RULES 9)."""
    return incident_source(vintage, selection) not in vintage.restricted


def refuse_restricted(vintage: Vintage, selection: Selection, sentence: Notice) -> None:
    """Raise QueryError with a sentence where the source may not be shown so finely (RULES 9)."""
    if not is_public(vintage, selection):
        raise QueryError(str(sentence), parameter="source")
