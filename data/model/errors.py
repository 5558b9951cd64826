"""Errors that say what was wrong, where, and what to do. Raise them; do not return None."""

import re

VALUE_LENGTH = 80
# What moves a terminal's cursor, turns the direction of what follows, or is no text: control, bidi, halves of letters.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Return text that is safe to print: marks that cannot be seen as their numbers, in Python's form."""
    return UNSEEN.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(), text)


def shown(value: object) -> str:
    """Return a value as a message may show it: one line, at most 80 characters, all of them to be seen."""
    text = printable(" ".join(str(value).split()))
    return text if len(text) <= VALUE_LENGTH else text[: VALUE_LENGTH - 1] + "…"


class CrossingsError(Exception):
    """Anything this project refuses, with a sentence that a reader can act on; ``code`` is a short stable word."""

    code: str | None = None


class DataError(CrossingsError):
    """A file or a row that cannot be taken as it is."""

    code: str

    def __init__(
        self,
        sentence: str,
        *,
        file: str,
        code: str,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
    ) -> None:
        """Keep where it was; ``code`` is a short stable word such as ``ENCODING``."""
        file = printable(file)
        place = [file]
        if row is not None:
            place.append(f"row {row}")
        if column is not None:
            place.append(f"column '{shown(column)}'")
        super().__init__(f"{', '.join(place)}: {printable(sentence)}")
        self.file, self.code, self.row, self.column, self.value = file, code, row, column, value


class AmbiguousError(CrossingsError):
    """Two files of which it is not evident what the newer one restates; a person has to say."""

    code = "EDITION"

    def __init__(self, sentence: str, *, older: str, newer: str) -> None:
        """Keep which editions they are."""
        super().__init__(sentence)
        self.older, self.newer = older, newer


class HeldError(CrossingsError):
    """A change of what is already held that is too large to be made unasked; a person approves it with a reason."""

    code = "HELD"


class StoreError(CrossingsError):
    """The store cannot be read or written as it is."""

    code = "STORE"


class SettingError(CrossingsError):
    """A setting of the environment that cannot be meant."""


class QueryError(CrossingsError):
    """A request that asks for something that does not exist or is too much; answered with 400."""

    def __init__(self, sentence: str, *, parameter: str, near: str | None = None) -> None:
        """Keep the name of the parameter that was wrong, and the value that is nearest to what it was."""
        super().__init__(sentence)
        self.parameter, self.near = parameter, near


class ContradictionError(QueryError):
    """Choices that are each allowed and cannot be meant together; answered with 409."""


class AbsentError(QueryError):
    """Something that is well named and is not here, such as a vintage; answered with 404."""


class LimitError(QueryError):
    """Something that is well asked and would read more than one answer may; answered with 422."""


class BusyError(CrossingsError):
    """More is asked for than can be made now; answered with 503 and when to try again."""


class UnitError(CrossingsError):
    """Two units were about to be added (RULES R1)."""
