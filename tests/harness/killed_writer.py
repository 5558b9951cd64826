"""A writer that ingests file after file until it is killed, and a reader that polls all the while; a writer with little room."""

import json
import os
import resource
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from data.cli.template import TEMPLATES
from data.model.errors import StoreError
from data.store.ingest import How, ingest
from data.store.pointer import CURRENT
from data.store.store import Store
from data.store.unfinished import mark

HEAD = ",".join(TEMPLATES["counts"])


def numbered_file(folder: Path, number: int) -> Path:
    """Return a file of counts of its own route, whose value tells which it is: a power of two."""
    path = folder / f"n{number}.csv"
    stated = {"unit": "detections", "route": f"Route {number}", "date_from": "2009-02-01", "date_to": "2009-02-28"}
    cells = dict.fromkeys(TEMPLATES["counts"], "") | stated | {"value": str(2**number)}
    path.write_text(f"{HEAD}\n{','.join(cells.values())}\n")
    return path


def ingest_until_killed(folder: str, files: Sequence[str], acknowledged: str) -> None:
    """Ingest one file after the other; write each name down as soon as its ingest has returned."""
    store = Store(Path(folder))
    handle = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, b"ready\n")
    for file in files:
        ingest([Path(file)], store)
        os.write(handle, f"{Path(file).name}\n".encode())


class KilledBeforeCurrent(Store):
    """A store whose writer is killed after its vintage has its name, before CURRENT does."""

    def point_to(self, folder: Path) -> None:  # noqa: ARG002 — it ends before
        """End as a kill ends a process."""
        os.kill(os.getpid(), signal.SIGKILL)


def ingest_killed_before_current(folder: str, file: str) -> None:
    """Ingest a file and be killed between the two renames."""
    ingest([Path(file)], KilledBeforeCurrent(Path(folder)))


def leave_unpublished(store: Store, path: Path) -> str:
    """Leave what that leaves, within this process; return the name of the vintage. A test holds the two to be one."""
    current = (store.folder / CURRENT).readlink()
    ingest([path], store, how=How(approve="a test"))
    died = (store.folder / CURRENT).readlink().name
    mark(store.folder, died)
    move_current(store.folder, str(current))
    return died


def move_current(store: Path, name: str) -> None:
    """Let CURRENT name another vintage, as by hand: ``ln -sfn``."""
    (store / CURRENT).unlink()
    (store / CURRENT).symlink_to(name)


def poll(folder: str, out: str, stop: str) -> None:
    """Read the store again and again, with a store kept open and with new ones; write down all that was wrong."""
    kept, wrong, last, reads = Store(Path(folder)), [], -1, 0
    while not Path(stop).exists():
        for store in (kept, Store(Path(folder))):
            try:
                vintage = store.current()
                value, files = int(vintage.counts["value"].sum()), vintage.sources["file"].to_list()
            except StoreError as error:
                if reads:  # before the first vintage there is nothing to read
                    wrong.append(str(error))
                continue
            except Exception as error:  # noqa: BLE001 — whatever a reader would have met
                wrong.append(repr(error))
                continue
            reads += 1
            whole = sum(2 ** int(name[1:-4]) for name in files)
            if value != whole or value < last:
                wrong.append(f"{vintage.name}: {value}, its files have {whole}, before there were {last}")
            last = value
        time.sleep(0.002)
    Path(out).write_text(json.dumps({"reads": reads, "wrong": wrong}))


def ingest_with_limit(folder: str, file: str, most: int, told: str) -> None:
    """Ingest while no file may be larger than ``most`` bytes; leave what was said as the name that a link has."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        ingest([Path(file)], Store(Path(folder)))
    except StoreError as error:
        Path(told).symlink_to(str(error).replace("/", "|"))  # no file can be written any more
        os._exit(2)
