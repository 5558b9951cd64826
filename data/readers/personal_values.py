"""Values that say who a person is or how to reach one: e-mail, telephone, number of a document or an account (RULES 9).

A number that anything may have is none of them; one is told by its form, by the word before it, or by its check digits.
"""

import re
from collections.abc import Callable
from typing import Final

import polars as pl

EMAIL: Final = r"(?i)[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}|[\p{L}\p{N}._-]+@[\p{L}\p{N}-]+\.\p{L}{2,}"
TELEPHONE: Final = (
    r"(?:^|[^\w.+])\+\d[\d ()./\-]{7,}\d"
    r"|(?i:\b(?:tel|tél|phone|téléphone|telephone|teléfono|telefono|telefon|mobile|móvil|celular|handy|cell|whatsapp|"
    r"viber|тел|телефон|моб)\b|هاتف|الهاتف|جوال|موبايل|تلفن|واتساب|电话|手机|電話)"
    r"[\s.:：№#n°o]{0,6}\+?[\d٠-٩۰-۹][\d٠-٩۰-۹ ()./\-]{5,}[\d٠-٩۰-۹]"
)
DOCUMENT: Final = (
    r"(?i:\b(?:passport|passeport|pasaporte|passaporto|passaporte|reisepass|paspoort|pasaport|паспорт|паспорта|"
    r"dni|nie|cin|curp|c[ée]dula|identity card|id card|national id|carte d.identité|carta d.identità|"
    r"documento de identidad|personalausweis|удостоверение)\b|جواز|بطاقة|الهوية|护照|身份证|護照)"
    r"[^\p{L}\p{N}]{0,3}(?i:no|nr|nº|number|numéro|número|numero|n|№|رقم|号|号码|серия)?[^\p{L}\p{N}]{0,4}"
    r"[\p{Lu}]{0,3}[ \-]?[\p{N}]{5,12}\b"
    r"|\bP<[A-Z]{3}[A-Z<]{5,}"
)
CURP: Final = r"\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d\b"
FISCAL_CODE: Final = r"\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b"
CERTAIN: Final = f"{EMAIL}|{TELEPHONE}|{DOCUMENT}|{CURP}|{FISCAL_CODE}"
# Forms that other numbers have too: their check digits decide.
MAYBE_IBAN: Final = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b"
MAYBE_SPANISH: Final = r"\b[XYZ\d]\d{7}[A-Z]\b"
MAYBE_CHINESE: Final = r"(?:^|[^\w.,])(?P<it>\d{17}[\dX])\b"
MAYBE: Final = f"{MAYBE_IBAN}|{MAYBE_SPANISH}|{MAYBE_CHINESE}"
LOOKED_AT: Final = r"@|\p{N}[\p{N} ()./\-]{4}|P<[A-Z]|[A-Z]{4}\d\d"  # quick to tell, in all that the forms above find
# What a whole column of nothing else is, though one such value alone may be anything.
COLUMN_TELEPHONE: Final = r"^\s*(?:\+|00|0|\()[\d() ./\-]{7,17}\d\s*$"
COLUMN_DOCUMENT: Final = r"^\s*[A-Z]{1,2} ?\d{6,9}\s*$|^\s*\d{8}[A-Z]\s*$"
A_NUMBER_OR_DATE: Final = r"^\s*(?:\d+\.\d+|\d{1,4}[-./]\d{1,2}[-./]\d{1,4})"
SPANISH_LETTERS: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
CHINESE_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_iban(text: str) -> bool:
    """Return whether the check digits of an account number are right (ISO 13616, modulo 97)."""
    plain = text.replace(" ", "")
    turned = "".join(str(int(one, 36)) for one in plain[4:] + plain[:4])
    return 15 <= len(plain) <= 34 and int(turned) % 97 == 1


def is_spanish_document(text: str) -> bool:
    """Return whether the letter of a DNI or NIE is that of its number."""
    number = text[:-1].translate(str.maketrans("XYZ", "012"))
    return SPANISH_LETTERS[int(number) % 23] == text[-1]


def is_chinese_document(text: str) -> bool:
    """Return whether the last digit of a resident's number is that of the others (GB 11643)."""
    rest = sum(weight * int(one) for weight, one in zip(CHINESE_WEIGHTS, text[:17], strict=True)) % 11
    return "10X98765432"[rest] == text[17] and text[6:8] in ("19", "20")


CHECKS: Final[tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = (
    (re.compile(f"(?P<it>{MAYBE_IBAN})"), is_iban),
    (re.compile(f"(?P<it>{MAYBE_SPANISH})"), is_spanish_document),
    (re.compile(MAYBE_CHINESE), is_chinese_document),
)


def is_personal(texts: pl.Series) -> pl.Series:
    """Return for each text whether a person's address or number stands in it; false where it is null."""
    looked_at = texts.filter(texts.str.contains(LOOKED_AT).fill_null(value=False)).unique()
    found = looked_at.filter(looked_at.str.contains(CERTAIN)).to_list()
    found += [text for text in looked_at.filter(looked_at.str.contains(MAYBE)) if _is_proven(text)]
    if not found:
        return pl.repeat(value=False, n=texts.len(), eager=True)
    return texts.is_in(found).fill_null(value=False)


def _is_proven(text: str) -> bool:
    return any(check(found["it"]) for form, check in CHECKS for found in form.finditer(text))
