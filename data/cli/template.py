"""``python -m data template``: a file of the header of this project's own layouts, for data that has no reader yet."""

import argparse
import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from data.model.errors import StoreError
from data.model.units import UNITS
from data.readers.acts.own_lists import CAMPAIGN, SERVICE

TEMPLATES: Final = {
    "counts": ("unit", "route", "place", "country", "nationality", "date_from", "date_to", "value"),
    "border-posts": ("country", "post", "date", "direction", "crossings"),
    "incidents": (
        "Main ID", "Incident ID", "Incident Type", "Region of Incident", "Incident Date", "Number of Dead",
        "Minimum Estimated Number of Missing", "Total Number of Dead and Missing", "Number of Survivors",
        "Number of Females", "Number of Males", "Number of Children", "Region of Origin", "Cause of Death",
        "Country of Incident", "Migration Route", "Location of Incident", "Coordinates", "Information Source", "URL",
        "Source Quality",
    ),
    "campaigns": CAMPAIGN,
    "tracing": SERVICE,
}  # fmt: skip
HELP: Final = {
    "counts": "One row per count. unit: one of {units}. route, or place and country (a name or ISO 3166 code); "
    "nationality may be blank. date_from and date_to: first and last day, such as 2024-06-01 and 2024-06-30. value: a "
    "whole number; blank where it is not known.",
    "border-posts": "One row per post, day and direction. country: a name. date: such as 2024-06-30. direction: in or "
    "out. crossings: a whole number; blank where nothing came in, 0 where nobody crossed. No column of a person.",
    "incidents": "One row per record of people dead or missing. Rows of one event share a Main ID; an Incident ID is "
    "of one row. Incident Date such as 2024-06-30. Coordinates: latitude, longitude. Blank is unknown, 0 is none. "
    "Source Quality 1 to 5.",
    "campaigns": "One row per campaign. first_day and last_day such as 2024-06-01. audience: a country's name or ISO "
    "3166 code. cost: a number, with the ISO 4217 code of its currency. evaluation: the address of a published one, or "
    "'none found' where somebody looked. What is not known is blank.",
    "tracing": "One row per service. country: a name or ISO 3166 code; blank: all. web: its address, with https://. "
    "languages joined by semicolons. checked: the day on which somebody looked whether the address answers.",
}


def add_template(command: argparse.ArgumentParser) -> None:
    """Add which layout, and where its file goes."""
    command.add_argument(
        "layout",
        choices=tuple(TEMPLATES),
        help="counts of people, crossings by post, records of people dead or missing, campaigns, or tracing services",
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="the CSV file to write (it must not exist yet)")


def run_template(options: argparse.Namespace, say: Callable[[str], None]) -> dict[str, Any]:
    """Write a CSV file with the header alone, and say how its rows are filled."""
    columns = TEMPLATES[options.layout]
    path = options.out or Path(f"{options.layout}.csv")
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as handle:
            csv.writer(handle).writerow(columns)
    except FileExistsError:
        raise StoreError(f"{path} is there already and was not changed. Name another file with --out.") from None
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}.") from error
    say(f"{path}: {len(columns)} columns. {HELP[options.layout].format(units=', '.join(sorted(UNITS)))}")
    return {"file": str(path), "layout": options.layout, "columns": list(columns)}
