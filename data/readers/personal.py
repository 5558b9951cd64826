"""Columns that look like personal data: a file that has one is refused whole (RULES 9)."""

import re
from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from data.model.errors import DataError
from data.readers.event_names import holds_events
from data.readers.result import ROW, quarantine_row

WHOLE: Final = {
    "name", "names", "surname", "nom", "prenom", "nombre", "apellido", "apellidos", "cognome", "nome",
    "dob", "tel", "phone", "telephone", "mobile", "whatsapp", "email", "mail", "passport", "photo", "face",
}  # fmt: skip
PARTS: Final = re.compile(
    r"\b(name gender|(first|last|full|given|family|middle|maiden|victim|deceased|person|migrant|mother)s? ?names?"
    r"|name of (the )?(victim|deceased|person|migrant)|passport|document (number|no|id)|(id|identity) ?card"
    r"|national id|id number|birth ?(date|day)|date ?of ?birth|born on|date de naissance|fecha de nacimiento"
    r"|data di nascita|(phone|mobile|telephone|whatsapp) ?(number|no)?|e ?mail|finger ?prints?|biometrics?|iris scan"
    r"|photo(graph)?s?( url)?|facial|shelter (address|location|coordinates)|safe ?house|"
    r"(vessel|boat|ship|aircraft|drone) ?(live )?position|rescue (asset|vessel|ship)|mmsi|imei)\b"
)

TEXT: Final = (
    r"(?i)[a-z0-9._%+-]+@[a-z0-9-]+\.[a-z]{2,}|\+\d[\d ()/-]{8,}\d"
    r"|\b(tel|phone|mobile|whatsapp)\.?:? ?\d[\d ()/-]{6,}\d|\bpassport[^a-z0-9]*(no|nr|number)?\W*[a-z]{0,2}\d{6,9}\b"
)
SENTENCE: Final = (
    "the column '{column}' looks like personal data or a live position, which is never stored, and no reader of a "
    "known publisher is there to drop it. Ask whoever made the table for one without it."
)


def _plain(column: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", spaced.lower()).split())


def text_faults(frame: pl.DataFrame, columns: Sequence[str], *, file: str) -> list[dict[str, Any]]:
    """Return a quarantine line, without the text itself, for every text with an e-mail, phone or passport number."""
    return [
        quarantine_row(
            file=file, row=row, column=column, value=None, raw="",
            reason="PERSONAL_DATA: the text holds what looks like an e-mail address, a phone or a passport number, "
            "which is never stored. Correct it at its source.",
        )
        for column in columns
        for (row,) in frame.filter(pl.col(column).str.contains(TEXT)).select(ROW).iter_rows()
    ]  # fmt: skip


def check_columns(frame: pl.DataFrame, *, file: str) -> None:
    """Raise DataError at the first column that looks like personal data or a live position.

    A column ``name`` is judged by what it holds: names of events and places are no personal data.
    """
    for column in frame.columns:
        plain = _plain(column)
        if plain in ("name", "names", "nombre", "nom", "nome") and holds_events(frame[column]):
            continue
        if plain in WHOLE or plain.replace(" ", "") in WHOLE or PARTS.search(plain):
            raise DataError(SENTENCE.format(column=column), file=file, code="PERSONAL_DATA", column=column)
