"""Tries the interface against its own description, with every check that schemathesis knows, one path at a time."""

from itertools import islice
from typing import Any, Final

from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.openapi import from_wsgi
from schemathesis.specs.openapi.schemas import OpenApiSchema

from callbacks.api.collections import formats_of
from callbacks.server.interface import ANSWERS, LISTS
from data.exports.answers import FIGURES as ANSWER_FILES
from data.exports.numbers import FIGURES
from layouts.pictures.exports import PICTURES

PLAIN: Final = {"Accept-Encoding": "identity"}  # the client that asks does not unpack
DESCRIPTION: Final = "/api/v1/openapi.json"


def paths() -> list[str]:
    """Return every path that is described: lists, answers, exports and pictures, each with its formats."""
    lists = [f"{name}{suffix}" for name in LISTS for suffix in ("", *(f".{kind}" for kind in formats_of(name)))]
    files = [
        f"exports/{figure}.{kind}"
        for every in (FIGURES, PICTURES, ANSWER_FILES)
        for figure in every
        for kind in every[figure]
    ]
    return sorted(f"/api/v1/{name}" for name in (*lists, *ANSWERS, *files))


def read_description(server: Flask) -> OpenApiSchema:
    """Return the description as schemathesis reads it."""
    return from_wsgi(DESCRIPTION, server)


def try_path(schema: OpenApiSchema, path: str, *, drawn: int, edges: int) -> int:
    """Ask ``drawn`` random questions of each kind, good and bad, and at most ``edges`` of those at the limits.

    Return how many were asked; the same in every run. The first answer that is not as described raises.
    """
    operation: Any = schema[path]["GET"]
    asked = 0

    def ask(case: Case) -> None:
        nonlocal asked
        asked += 1
        case.call_and_validate(headers=PLAIN)

    modes = list(GenerationMode)
    limits = list(schema.iter_coverage_cases(operation, generation_modes=modes,
                                             generation_config=schema.config.generation))  # fmt: skip
    for case in islice(limits, 0, None, max(-(-len(limits) // edges), 1)):
        ask(case)
    quick = settings(max_examples=drawn, database=None, deadline=None, derandomize=True, phases=[Phase.generate],
                     suppress_health_check=list(HealthCheck))  # fmt: skip
    for mode in modes:
        quick(given(case=operation.as_strategy(mode))(ask))()
    return asked
