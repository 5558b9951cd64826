"""Reads damaged files in a process of its own, so that an abort or a hang of a reader is seen and named.

Run as ``python -m tests.harness.hostile.reading_apart FIRST LAST``: a line of JSON for each seed, as soon as it is done.
"""

import json
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from data.model.errors import UNSEEN, DataError
from data.readers.registry import read_file
from tests.harness.hostile.mutations import damaged

SECONDS: Final = 60  # for one file, on a machine that does other things too
DIED: Final = "died"
HUNG: Final = "hung"


class Outcome(NamedTuple):
    """What became of a damaged file: ``accepted``, ``refused``, ``raised``, ``died`` or ``hung``, and the words."""

    seed: int
    name: str
    ended: str
    words: str


def outcome_of(seed: int, folder: Path) -> Outcome:
    """Return what reading the file of a seed comes to."""
    name, content = damaged(seed)
    path = folder / name
    path.write_bytes(content)
    try:
        results = read_file(path)
    except DataError as error:
        return Outcome(seed, name, "refused", str(error))
    except BaseException as error:  # noqa: BLE001  # a panic is no Exception
        return Outcome(seed, name, "raised", f"{type(error).__name__}: {error}")
    texts = [text for one in results for text in _texts_of(one.frame)]
    unseen = next((text for text in texts if UNSEEN.search(text)), None)
    return Outcome(seed, name, "accepted", "" if unseen is None else f"unseen marks in {unseen!r}")


def _texts_of(frame: object) -> Iterator[str]:
    import polars as pl  # noqa: PLC0415

    assert isinstance(frame, pl.DataFrame)
    for column in frame.select(pl.col(pl.String)):
        yield from column.drop_nulls().to_list()


def outcomes(first: int, last: int) -> Iterator[Outcome]:
    """Yield what becomes of the files of seeds; after one that kills its process or hangs another process goes on."""
    while first < last:
        command = [sys.executable, "-m", "tests.harness.hostile.reading_apart", str(first), str(last)]
        late = threading.Event()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            for line in _lines(process, late):
                one = Outcome(*json.loads(line))
                first = one.seed + 1
                yield one
        if first < last:
            yield Outcome(first, damaged(first)[0], HUNG if late.is_set() else DIED, f"exit {process.returncode}")
            first += 1


def _lines(process: "subprocess.Popen[str]", late: threading.Event) -> Iterator[str]:
    assert process.stdout is not None

    def end() -> None:
        late.set()
        process.kill()

    while True:
        alarm = threading.Timer(SECONDS, end)
        alarm.start()
        line = process.stdout.readline()
        alarm.cancel()
        if not line:
            return
        yield line


def main(first: int, last: int) -> None:
    """Print the outcome of each seed."""
    warnings.simplefilter("ignore")
    with TemporaryDirectory() as folder:
        for seed in range(first, last):
            print(json.dumps(outcome_of(seed, Path(folder))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
