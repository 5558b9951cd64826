"""The interface's description (OpenAPI 3.1), made from the one typed query model and from the answers themselves."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import polars as pl
from dash import Dash
from flask import Response

from callbacks.api import answer, problem
from callbacks.interface import MEDIA, PAGED, WITHOUT_SELECTION, formats_of, list_answer
from callbacks.interface_page import page_of_examples
from callbacks.openapi_answers import OTHER_MEDIA, answer_parameters, inline, picture_files
from callbacks.openapi_answers import SUMMARIES as ANSWER_SUMMARIES
from callbacks.openapi_shapes import SHAPES
from data.answer_files import FIGURES as ANSWERS
from data.errors import StoreError
from data.exports import FIGURES
from data.parameters import GROUPING, MEASURE_OF_TOTALS, PAGE_ONLY, PAGING, Schema, parameters
from data.risk_over_time import STEPS
from data.store import Store
from data.vintage import Vintage

Parameters = Mapping[str, tuple[Schema, str]]
SUMMARIES: Final = {
    "totals": "One measure, whole or by group, with the parts that no group holds",
    "series": "People dead or missing, one flow and the arrivals, by period",
    "cells": "One measure by H3 cell, with what is in no cell of this size",
    "incidents": "Every published record of the selection, located and dated or not",
    "segments": "The lines of the routes, with what is counted on each whole route",
    "sources": "Whose data it is, on what terms, and what became of every row",
    "vintages": "Every published state of the data, oldest first",
    "exports": "Every file that can be taken away",
}
PROBLEM: Final[Schema] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, and what to do."}, "parameter": {"type": "string"},
    },
}  # fmt: skip
REFUSALS: Final = {
    "400": "A parameter cannot be meant, with a sentence",
    "404": "There is nothing of that name",
    "406": "No such format",
    "409": "Two choices contradict each other, or one contradicts what the source covers",
    "503": "There is no data yet",
}
STEP: Final[Parameters] = {"step": ({"type": "string", "enum": list(STEPS)}, "Period of a row.")}
DICTIONARY: Final[Parameters] = {
    "dictionary": ({"type": "string", "enum": ["yes", "no"]}, "no: the CSV alone; yes: a ZIP with a text beside it.")
}


def register(app: Dash, store: Store) -> None:
    """Serve the description, and a page of examples."""

    @app.server.get("/api/v1/openapi.json")
    def described() -> Response:
        try:
            return answer(description(store, store.current()))
        except StoreError as error:
            return problem(503, str(error))

    @app.server.get("/api/v1/")
    def examples() -> Response:
        return Response(page_of_examples(), mimetype="text/html")


@lru_cache(maxsize=4)
def description(store: Store, vintage: Vintage) -> dict[str, Any]:
    """Return the whole description for a vintage: its ids are the values that parameters may take."""
    known = {name: one for name, one in parameters(store, vintage).items() if name not in PAGE_ONLY}
    paths: dict[str, Any] = {}
    for name in SUMMARIES:
        schema = _schema_of(store, vintage, name)
        for kind in (None, *formats_of(name)):
            address = f"/api/v1/{name}" + (f".{kind}" if kind else "")
            paths[address] = {"get": _list_operation(name, schema, known, kind=kind)}
    paths |= {
        f"/api/v1/exports/{figure}.{kind}": {"get": _export_operation(figure, kind, media, known)}
        for figure, kinds in FIGURES.items()
        for kind, media in kinds.items()
    }
    paths |= _answers(known) | _answer_files(known) | _pictures(known)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Crossings",
            "version": "1",
            "summary": "People dead or missing, interceptions and arrivals on migration routes.",
            "description": "Every number of dead or missing is a minimum. Units are never added up. "
            "An answer with 'vintage' never changes.",
        },
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": {"Problem": PROBLEM}, "parameters": _shared(known)},
    }


def _answers(known: Parameters) -> dict[str, Any]:
    """Return the operations of the answers that are no lists; their own parameters stand where they are used."""
    found = {}
    for name, (taken, needed) in answer_parameters(known).items():
        media = OTHER_MEDIA.get(name)
        content = {media: {}} if media else {"application/json": {"schema": SHAPES[name]}}
        identity = f"answer-{name.translate(str.maketrans('/.', '--'))}"
        made = _operation(identity, ANSWER_SUMMARIES[name], {}, content)
        made["parameters"] = [inline(key, *one, is_required=key in needed) for key, one in taken.items()]
        found[f"/api/v1/{name}"] = {"get": made}
    return found


def _answer_files(known: Parameters) -> dict[str, Any]:
    """Return the operations of the answers that are files: risk by period takes a step, and its window may be open."""
    found = {}
    for figure, kinds in ANSWERS.items():
        taken = dict(answer_parameters(known)[figure][0]) | (STEP if figure == "risk" else {})
        for kind, media in kinds.items():
            content = {"application/zip": {}, media: {}} if kind == "csv" else {media: {}}
            made = _operation(f"export-{figure}-{kind}", ANSWER_SUMMARIES[figure], {}, content)
            own = {**taken, **(DICTIONARY if kind == "csv" else {})}
            made["parameters"] = [inline(key, *one, is_required=figure == "risk" and key == "route")
                                  for key, one in own.items()]  # fmt: skip
            found[f"/api/v1/exports/{figure}.{kind}"] = {"get": made}
    return found


def _pictures(known: Parameters) -> dict[str, Any]:
    found = {}
    for file, (media, taken) in picture_files(known).items():
        made = _operation(f"picture-{file.replace('.', '-')}", f"{file.partition('.')[0]} shown", {}, {media: {}})
        made["parameters"] = [inline(key, *one, is_required=False) for key, one in taken.items()]
        found[f"/api/v1/exports/{file}"] = {"get": made}
    return found


def _taken(name: str, known: Parameters) -> Parameters:
    """Return the parameters that one list takes."""
    if name in WITHOUT_SELECTION:
        return {key: known[key] for key in ("vintage", "v")} | PAGING
    own: Parameters = {"totals": {"by": GROUPING}, "cells": {}}.get(name, PAGING)
    wider = {"measure": MEASURE_OF_TOTALS} if name in ("totals", "cells") else {}
    return {**known, **wider, **own}


def _list_operation(name: str, schema: Schema, known: Parameters, *, kind: str | None) -> dict[str, Any]:
    content: dict[str, Any] = {
        MEDIA[one]: {"schema": schema} if one == "json" else {} for one in ([kind] if kind else formats_of(name))
    }
    suffix = f"-{kind}" if kind else ""
    return _operation(f"list-{name}{suffix}", SUMMARIES[name], _taken(name, known), content)


def _export_operation(figure: str, kind: str, media: str, known: Parameters) -> dict[str, Any]:
    beside = DICTIONARY if kind == "csv" else {}
    content = {"application/zip": {}, media: {}} if kind == "csv" else {media: {}}
    return _operation(f"export-{figure}-{kind}", f"The {figure} shown, as a file", {**known, **beside}, content)


def _operation(name: str, summary: str, taken: Parameters, content: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": {"description": "What was asked", "content": content}}
    answers |= {"304": {"description": "Not changed since the tag that was given"}}
    problem_content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers |= {status: {"description": words, "content": problem_content} for status, words in REFUSALS.items()}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [{"$ref": f"#/components/parameters/{_named(key, one[0])}"} for key, one in taken.items()],
        "responses": answers,
    }


def _shared(known: Parameters) -> dict[str, Any]:
    """Return every parameter once, by the name under which operations refer to it."""
    own: Parameters = {"measure": MEASURE_OF_TOTALS, "by": GROUPING}
    every = [*known.items(), *own.items(), *PAGING.items(), *DICTIONARY.items()]
    return {_named(key, one[0]): _parameter(key, *one) for key, one in every}


def _named(key: str, schema: Schema) -> str:
    return "any-measure" if schema is MEASURE_OF_TOTALS[0] else key


def _parameter(name: str, schema: Schema, meaning: str) -> dict[str, Any]:
    listed = {"style": "form", "explode": False} if schema["type"] == "array" else {}
    return {"name": name, "in": "query", "required": False, "description": meaning, "schema": schema, **listed}


def _schema_of(store: Store, vintage: Vintage, name: str) -> Schema:
    """Return the schema of a list's JSON answer: the types that its table and the words beside it have."""
    _, found = list_answer(store, vintage, name, {})
    row = {"type": "object", "properties": {column: _kind_of(dtype) for column, dtype in found.rows.schema.items()}}
    beside: dict[str, Schema] = {name: _kind_of_value(value) for name, value in found.details.items()}
    if name in PAGED:
        beside["next"] = {"type": ["string", "null"], "description": "Address of the next page; null at the end."}
    properties = {**beside, found.key: {"type": "array", "items": row}}
    return {"type": "object", "required": sorted(properties), "properties": properties}


def _kind_of(dtype: pl.DataType) -> Schema:
    if isinstance(dtype, pl.List):
        return {"type": ["array", "null"]}
    if dtype == pl.Boolean:
        return {"type": ["boolean", "null"]}
    return {"type": ["number", "null"]} if dtype.is_numeric() else {"type": ["string", "null"]}


def _kind_of_value(value: Any) -> Schema:
    if isinstance(value, bool):
        return {"type": "boolean"}
    return {"type": ["number", "null"]} if isinstance(value, int | float) else {"type": ["string", "null"]}
