"""``python -m tests.bench``: every comparison in one go, printed and kept in ``var/bench/report.md``."""

import platform
import subprocess
import sys
from pathlib import Path

MODULES = ("tests.bench.queries", "tests.bench.cells", "tests.bench.page_latency", "tests.bench.page_weight", "tests.bench.first_picture",
           "tests.bench.motion", "tests.bench.ingest",
           "tests.bench.large", "tests.bench.risk", "tests.bench.hotspots", "tests.bench.pictures", "tests.bench.brief")  # fmt: skip
REPORT = Path(__file__).parents[2] / "var" / "bench" / "report.md"


def main() -> None:
    """Run the modules one after the other; arguments go to the first, such as ``--rows 1000000``."""
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    with REPORT.open("w", encoding="utf-8") as report:
        report.write(f"{platform.platform()}, Python {platform.python_version()}\n\n")
        for number, module in enumerate(MODULES):
            command = [sys.executable, "-m", module, *(sys.argv[1:] if number == 0 else [])]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                for line in process.stdout or ():
                    print(line, end="", flush=True)
                    report.write(line)


if __name__ == "__main__":
    main()
