"""JSON as it is written: what its readers would each take in another way is refused."""

import json
from collections import Counter
from pathlib import Path

from data.model.errors import DataError, shown
from data.readers.encoding import read_utf8


def read_json(path: Path) -> dict[str, object] | list[object]:
    """Return a JSON file's content; duplicate keys, NaN, halves of letters and damage are refused."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) != len(pairs):
            twice = next(key for key, number in Counter(key for key, _ in pairs).items() if number > 1)
            sentence = f"an object has the key '{shown(twice)}' twice. Keep the right one at its source."
            raise DataError(sentence, file=path.name, code="DUPLICATE_KEY")
        return made

    def finite(word: str) -> object:
        sentence = f"{word} is not a number that JSON knows. Write null where nothing is known."
        raise DataError(sentence, file=path.name, code="NAN")

    text = read_utf8(path)[0]
    try:
        content = json.loads(text, object_pairs_hook=once, parse_constant=finite)
        if b"\\ud" in text.lower():
            json.dumps(content, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise _damaged(path, error) from error
    except RecursionError as error:
        sentence = "the JSON is nested too deeply. Give a list of records, or GeoJSON."
        raise DataError(sentence, file=path.name, code="LIMIT") from error
    except UnicodeEncodeError as error:
        sentence = "a text of it holds half a letter (a lone surrogate). Save it again as UTF-8."
        raise DataError(sentence, file=path.name, code="ENCODING") from error
    except ValueError as error:
        sentence = "a number of it has thousands of digits. Correct it at its source."
        raise DataError(sentence, file=path.name, code="LIMIT") from error
    if not isinstance(content, dict | list):
        sentence = "the JSON is a single value, no list of records. Give a list of records, or GeoJSON."
        raise DataError(sentence, file=path.name, code="LAYOUT")
    return content


def _damaged(path: Path, error: json.JSONDecodeError) -> DataError:
    """Return the refusal of what is no JSON, or is several in a row."""
    if error.msg == "Extra data" and error.doc[error.pos : error.pos + 1] in ("{", "["):
        return DataError(
            f"after its first value another one begins (line {error.lineno}), as in a file of one record per line. "
            "Put the records into one list: [ … , … ].", file=path.name, code="LINES",
        )  # fmt: skip
    return DataError(
        f"the JSON breaks off or is damaged at character {error.pos:,} (line {error.lineno}). Download it again.",
        file=path.name, code="TRUNCATED",
    )  # fmt: skip
