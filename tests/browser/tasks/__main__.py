"""Write docs/tasks.md: each task by pointer and by keys, with its clicks and seconds (``--help`` has the options)."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import Error

from tests.browser.tasks.browsers import Readers
from tests.browser.tasks.reader import Keys, Pointer, Reader, read_json
from tests.browser.tasks.tasks import TASKS, Task
from tests.harness.serving import chromium, serving

PAGE: Final = Path("docs/tasks.md")
HEAD: Final = """# Fifteen tasks, their clicks and seconds

Written by `python -m tests.browser.tasks` on {day}, from {store}. `tests/browser/tasks/` does the same with each answer
compared with totals of the store, and fails where a task takes more clicks than it may.

Each task begins on a fresh page that is drawn. Clicks: presses on buttons, links and words; a value of a list is one. Typed:
words that are typed and sent by Enter. Keys: presses of Tab and arrows on the way, with Enter; the focus is never on nothing.
Seconds are of a machine without a graphics card, from the first act to the answer, file or sheet that has been compared.

| task | who | most clicks | clicks | typed | s | by keys: clicks | keys | s |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def done(readers: Readers, kind: type[Reader], task: Task) -> Reader:
    """Do a task once."""
    with readers.reader(kind, is_own=task.is_own) as reader:
        task.act(reader)
        reader.took = reader.seconds
        reader.settled()
    return reader


def row(task: Task, pointer: Reader, keys: Reader) -> str:
    """Return a task's row of the table."""
    cells = (task.words, task.who, task.most, pointer.clicks, pointer.typed or "", f"{pointer.took:.1f}", keys.clicks,
             keys.keys, f"{keys.took:.1f}")  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def rows_written() -> dict[str, str]:
    """Return the rows of the page by what the reader wants."""
    lines = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    known = {task.words for task in TASKS}
    return {words: line for line in lines if (words := line.removeprefix("| ").partition(" | ")[0]) in known}


def write_page(address: str, rows: dict[str, str]) -> None:
    """Write the page with the rows that there are, in the order of the tasks."""
    store = "the demonstration data" if read_json(address, "totals")["is_demonstration"] else "published data"
    lines = [rows[task.words] for task in TASKS if task.words in rows]
    PAGE.write_text(HEAD.format(day=f"{datetime.now(UTC):%-d %B %Y}", store=store) + "\n".join(lines) + "\n",
                    encoding="utf-8")  # fmt: skip


def main() -> int:
    """Read the command line, do the tasks, and write the rows of those that were done; return 1 where one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.tasks", description=__doc__)
    parser.add_argument("--store", type=Path, default=Path("var/store"), help="the store that is served")
    parser.add_argument("--only", nargs="*", default=[""], help="tasks whose function's name holds one of these")
    given = parser.parse_args()
    tasks = [task for task in TASKS if any(part in task.act.__name__ for part in given.only)]
    failed = 0
    with serving(given.store, workers=1) as address, chromium() as browser, Readers(browser, address) as readers:
        for task in tasks:
            try:
                made = row(task, done(readers, Pointer, task), done(readers, Keys, task))
                write_page(address, rows_written() | {task.words: made})
            except (AssertionError, Error, TimeoutError, StopIteration) as error:
                failed, made = 1, f"{task.words}: {error}"
            print(made, flush=True)  # noqa: T201 — a run takes minutes
    return failed


if __name__ == "__main__":
    sys.exit(main())
