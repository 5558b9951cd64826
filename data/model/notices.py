"""Everything a reader is told, from one set of messages with stable keys: ``say`` writes one, a ``Notice`` carries one.

The messages stand in ``data/files/messages/LANGUAGE/*.toml``, by surface; a key is the file's name and the path in it
(``risk.not_computable.few_events``). Answers hold notices, not sentences: a code with its values, which is written
where it leaves for a reader (page, picture, file, JSON), in the language of that reader.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from data.model.message_format import Pattern, PluralForm

Key = TypeVar("Key")
FOLDER: Final = Path(__file__).parent.parent / "files" / "messages"
LOCALES: Final = {"en": "en_GB"}  # language: the locale whose dates, lists and separators are used
FIRST: Final = "en"  # the language that has every message; another falls back on it
UNKNOWN: Final = "–"
_language: ContextVar[str] = ContextVar("language", default=FIRST)


class Notice:
    """A message that has not been written yet: a key of the messages, and its values. ``str`` writes it."""

    __slots__ = ("code", "values")

    code: str
    values: Mapping[str, Any]

    def __init__(self, code: str, /, **values: Any) -> None:
        """Keep the key and its values: numbers (a Decimal keeps its decimals), days, text, lists of them, notices."""
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "values", values)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a notice never changes."""
        raise AttributeError(f"a notice never changes: {name} = {value!r}")

    def __str__(self) -> str:
        """Return the sentence in the language in use."""
        return say(self.code, **self.values)

    def __repr__(self) -> str:
        """Return the call that makes it."""
        return f"Notice({', '.join([repr(self.code), *(f'{name}={value!r}' for name, value in self.values.items())])})"

    def __eq__(self, other: object) -> bool:
        """Return whether the other is the same message with the same values."""
        return isinstance(other, Notice) and (self.code, self.values) == (other.code, other.values)

    def __hash__(self) -> int:
        """Return a hash of the message and its values; lists among them count as written."""
        return hash((self.code, *((name, str(value)) for name, value in self.values.items())))


class Labels(Mapping[Key, str]):
    """The words of a few fixed things by their key, written when they are read: messages of one table."""

    def __init__(self, table: str, keys: Iterable[Key], *, part: str = "") -> None:
        """Keep the table of the messages, such as ``page.step``, and the keys in their order, and a part of each."""
        self._table, self._keys, self._part = table, tuple(keys), f".{part}" if part else ""

    def __getitem__(self, key: Key) -> str:
        """Return the words of one thing; raise KeyError where it is none of these."""
        if key not in self._keys:
            raise KeyError(key)
        return say(f"{self._table}.{key}{self._part}")

    def __iter__(self) -> Iterator[Key]:
        """Return the keys in their order."""
        return iter(self._keys)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._keys)


def say(code: str, /, **values: Any) -> str:
    """Return a message with its values, in the language in use.

    Raises
    ------
    KeyError
        There is no such message, or a value that it takes is missing.
    """
    language = _language.get()
    pattern = messages(language).get(code) or messages(FIRST)[code]
    return pattern.fill(values, _write, _plural_form(language))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write messages in ``language`` within the block; raise KeyError where it is not one of LOCALES."""
    token = _language.set(language if language in LOCALES else _refuse(language))
    try:
        yield
    finally:
        _language.reset(token)


def language_in_use() -> str:
    """Return the language that messages are written in here: part of the key of whatever keeps what was written."""
    return _language.get()


@lru_cache(maxsize=len(LOCALES))
def messages(language: str) -> Mapping[str, Pattern]:
    """Return every message of a language by its key."""
    found: dict[str, Pattern] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        found |= dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), path.stem))
    return found


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Pattern]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, str):
            yield key, Pattern(value)
        else:
            yield from _flat(value, key)


@lru_cache(maxsize=len(LOCALES))
def _locale(language: str) -> Any:
    return Locale.parse(LOCALES[language])


@lru_cache(maxsize=len(LOCALES))
def _plural_form(language: str) -> PluralForm:
    rule = _locale(language).plural_form
    return lru_cache(maxsize=4096)(lambda number: str(rule(number)))


def _refuse(language: str) -> str:
    raise KeyError(f"there are no messages in '{language}'; known: {', '.join(LOCALES)}")


def number(value: float | None) -> str:
    """Return a whole number with the language's separators; an en dash where nobody reports one."""
    if value is None:
        return UNKNOWN
    written = f"{round(value):,}".replace("-", "−")
    group = _group_mark(_language.get())
    return written if group == "," else written.replace(",", group)


@lru_cache(maxsize=len(LOCALES))
def _group_mark(language: str) -> str:
    return str(_locale(language).number_symbols["latn"]["group"])


def day(value: date) -> str:
    """Return ``3 March 2017``."""
    return _date(value, "d MMMM y", _language.get())


def month(value: date) -> str:
    """Return ``March 2017``."""
    return _date(value, "MMMM y", _language.get())


@lru_cache(maxsize=4096)
def _date(value: date, pattern: str, language: str) -> str:
    return format_date(value, pattern, locale=_locale(language))


def month_name(value: date) -> str:
    """Return ``March``."""
    return _date(value, "LLLL", _language.get())


def day_of_year(value: date) -> str:
    """Return ``3 March``."""
    return _date(value, "d MMMM", _language.get())


def percent(value: float) -> str:
    """Return a share of one as a whole percentage."""
    return f"{value:.0%}"


def decimal(value: Decimal) -> str:
    """Return a number with the decimals that it has, in the language's separators."""
    symbols = _locale(_language.get()).number_symbols["latn"]
    marks = {",": symbols["group"], ".": symbols["decimal"], "-": "−"}
    return f"{value:,f}".translate(str.maketrans(marks))


def joined(values: Any) -> str:
    """Return ``a, b and c``."""
    return format_list([_write(value, None) for value in values], locale=_locale(_language.get()))


def enumeration(values: Any) -> str:
    """Return ``a, b, c``: examples, of which there may be more."""
    return format_list([_write(value, None) for value in values], style="unit", locale=_locale(_language.get()))


def capital(value: object) -> str:
    """Return words with a capital first, as a sentence or a line of a list begins."""
    words = _write(value, None)
    return f"{words[:1].upper()}{words[1:]}"


def clauses(values: Any) -> str:
    """Return ``a; b; c``: parts of one sentence that each stand for themselves."""
    return "; ".join(_write(value, None) for value in values)


def sentences(values: Any) -> str:
    """Return sentences that follow each other, as one text."""
    return " ".join(_write(value, None) for value in values)


def joined_by(mark: str, values: Iterable[object]) -> str:
    """Return a list with the same mark between all of its parts, as semicolons part what has commas."""
    return mark.join(_write(value, None) for value in values)


_KINDS: Final[Mapping[str, Callable[[Any], str]]] = {
    "number": number,
    "plain": str,
    "percent": percent,
    "day": day,
    "month": month,
    "month_name": month_name,
    "day_of_year": day_of_year,
    "list": joined,
    "enumeration": enumeration,
    "capital": capital,
    "clauses": clauses,
    "sentences": sentences,
}


def _write(value: Any, kind: str | None) -> str:
    """Return a value as its kind asks, or as its type does: a number with separators, a day in words, text as it is."""
    if kind is not None:
        return _KINDS[kind](value)
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return number(value)
    if isinstance(value, Decimal):
        return decimal(value)
    return day(value) if isinstance(value, date) else str(value)
