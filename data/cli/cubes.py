"""``python -m data cubes``: partitioned files of incidents in, a vintage of their sums out, by Polars or by Spark."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from data.model.errors import CrossingsError
from data.model.notices import say as message
from data.store.store import Store

ENGINES: Final = ("polars", "spark")
HERE: Final = "local[*]"


def add_cubes(command: argparse.ArgumentParser) -> None:
    """Add where the files are and what adds them up."""
    command.add_argument("folder", type=Path, metavar="FOLDER", help="Parquet files of incidents, partitioned or not")
    command.add_argument(
        "--engine", choices=ENGINES, default=ENGINES[0], help="polars: this machine; spark: one or many"
    )
    where = f"where Spark runs: {HERE} (this machine, the default), local[N], or sc://HOST:PORT of a Connect server"
    command.add_argument("--spark", metavar="PLACE", default=HERE, help=where)
    command.add_argument("--memory", metavar="SIZE", default="4g", help="of Spark's own process on this machine")


def run_cubes(options: argparse.Namespace, store: Store, say: Callable[[str], None]) -> dict[str, Any]:
    """Add up the files of a folder and publish the sums."""
    try:
        from data.scale.engines import PolarsEngine  # noqa: PLC0415 — an extra: no other command needs it
        from data.scale.publish_cubes import publish_cubes  # noqa: PLC0415
        from data.scale.spark import SparkEngine, session_at  # noqa: PLC0415
    except ImportError as error:
        raise CrossingsError(message("scale.no_extra", why=str(error))) from error
    if options.engine == "polars":
        report = publish_cubes(options.folder, store, PolarsEngine())
    else:
        session = session_at(options.spark, memory=options.memory)
        try:
            report = publish_cubes(options.folder, store, SparkEngine(session))
        finally:
            session.stop()
    say(message("scale.published", **{key: value for key, value in report.items() if key != "left_out"}))
    if report["left_out"]:
        say(message("scale.left_out", folder=str(options.folder), columns=report["left_out"]))
    return report
