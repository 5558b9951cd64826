"""The interface's description (OpenAPI 3.1), made from the one typed query model and from the answers themselves."""

from collections.abc import Mapping
from typing import Any, Final

from dash import Dash
from flask import Flask, Response

from callbacks.api.collections import MEDIA, formats_of
from callbacks.api.examples_page import page_of_examples
from callbacks.api.openapi.answers import answer_parameters, inline, picture_files
from callbacks.api.openapi.shapes import NAMED, PROBLEM, SHAPES
from callbacks.server.interface import ANSWERS, DESCRIPTION, JSON, LISTS, ROOT, ListInterface
from callbacks.server.responses import answer, problem
from data.exports.answers import FIGURES as ANSWER_FILES
from data.exports.numbers import FIGURES
from data.model.caches import kept
from data.model.errors import StoreError
from data.query import parameters
from data.query.described import Described, described, selection_parameters
from data.query.kinds import Schema
from data.store.store import Store
from data.store.vintage import Vintage

Parameters = Mapping[str, Described]
REFUSALS: Final = {
    "400": "A parameter cannot be meant, with a sentence",
    "404": "There is nothing of that name",
    "406": "No such format",
    "409": "Two choices contradict each other, or one contradicts what the source covers",
    "422": "It is well asked, and would read more records than one answer may",
    "503": "There is no data yet",
}
STEP: Final[Parameters] = described(parameters.RISK_STEP)
DICTIONARY: Final[Parameters] = described(parameters.DICTIONARY)
ANY_MEASURE: Final[Parameters] = described(parameters.ANY_MEASURE)
GROUPING: Final[Parameters] = described(parameters.BY)
PAGING: Final[Parameters] = described(parameters.LIMIT, parameters.OFFSET)


def register(app: Dash, store: Store) -> None:
    """Serve the description, and a page of examples."""
    server: Flask = app.server

    @server.get(DESCRIPTION)
    def described() -> Response:
        try:
            return answer(description(store, store.current()))
        except StoreError as error:
            return problem(503, str(error))

    @server.get(ROOT)
    def examples() -> Response:
        return Response(page_of_examples(), mimetype="text/html")


@kept
def description(store: Store, vintage: Vintage) -> dict[str, Any]:
    """Return the whole description for a vintage: its ids are the values that parameters may take."""
    known = selection_parameters(store, vintage)
    paths: dict[str, Any] = {}
    for one in LISTS.values():
        for kind in (None, *formats_of(one.name)):
            address = one.path + (f".{kind}" if kind else "")
            paths[address] = {"get": _list_operation(one, known, kind=kind)}
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
        "components": {"schemas": dict(NAMED), "parameters": _shared(known)},
    }


def _answers(known: Parameters) -> dict[str, Any]:
    """Return the operations of the answers that are no lists; their own parameters stand where they are used."""
    found = {}
    parameters_of = answer_parameters(known)
    for name, one in ANSWERS.items():
        taken, needed = parameters_of[name]
        content: dict[str, Any] = {one.media: {"schema": SHAPES[name]} if one.types else {}}
        identity = f"answer-{name.translate(str.maketrans('/.', '--'))}"
        made = _operation(identity, one.summary, {}, content)
        made["parameters"] = [inline(key, *stated, is_required=key in needed) for key, stated in taken.items()]
        found[one.path] = {"get": made}
    return found


def _answer_files(known: Parameters) -> dict[str, Any]:
    """Return the operations of the answers that are files: risk by period takes a step, and its window may be open."""
    found = {}
    for figure, kinds in ANSWER_FILES.items():
        taken = {**answer_parameters(known)[figure][0], **(STEP if figure == "risk" else {})}
        for kind, media in kinds.items():
            content: dict[str, Any] = {"application/zip": {}, media: {}} if kind == "csv" else {media: {}}
            made = _operation(f"export-{figure}-{kind}", ANSWERS[figure].summary, {}, content)
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


def _taken(one: ListInterface, known: Parameters) -> Parameters:
    """Return the parameters that one list takes."""
    if not one.has_selection:
        return {**{key: known[key] for key in ("vintage", "v")}, **(PAGING if one.is_paged else {})}
    if one.is_paged:
        return {**known, **PAGING}
    return {**known, **ANY_MEASURE, **(GROUPING if one.name == "totals" else {})}


def _list_operation(one: ListInterface, known: Parameters, *, kind: str | None) -> dict[str, Any]:
    given = [MEDIA[each] for each in ([kind] if kind else formats_of(one.name))]
    content: dict[str, Any] = {media: {"schema": SHAPES[one.name]} if media == JSON else {} for media in given}
    suffix = f"-{kind}" if kind else ""
    one_route = {parameters.ROUTE: known["route"][0]["items"]}  # one of those that there are
    own = [inline(each.name, one_route.get(each, each.schema), each.meaning, is_required=each in one.needed)
           for each in one.parameters]  # fmt: skip
    made = _operation(f"list-{one.name}{suffix}", one.summary, _taken(one, known), content)
    return {**made, "parameters": [*made["parameters"], *own]}


def _export_operation(figure: str, kind: str, media: str, known: Parameters) -> dict[str, Any]:
    beside = DICTIONARY if kind == "csv" else {}
    content: dict[str, Any] = {"application/zip": {}, media: {}} if kind == "csv" else {media: {}}
    return _operation(f"export-{figure}-{kind}", f"The {figure} shown, as a file", {**known, **beside}, content)


def _operation(name: str, summary: str, taken: Parameters, content: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": {"description": "What was asked", "content": content}}
    answers |= {"304": {"description": "Not changed since the tag that was given"}}
    problem_content = {"application/problem+json": {"schema": PROBLEM}}
    answers |= {status: {"description": words, "content": problem_content} for status, words in REFUSALS.items()}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [{"$ref": f"#/components/parameters/{_named(key, one[0])}"} for key, one in taken.items()],
        "responses": answers,
    }


def _shared(known: Parameters) -> dict[str, Any]:
    """Return every parameter once, by the name under which operations refer to it."""
    every = [one for group in (known, ANY_MEASURE, GROUPING, PAGING, DICTIONARY) for one in group.items()]
    return {_named(key, one[0]): _parameter(key, *one) for key, one in every}


def _named(key: str, schema: Schema) -> str:
    return "any-measure" if schema is ANY_MEASURE["measure"][0] else key


def _parameter(name: str, schema: Schema, meaning: str) -> dict[str, Any]:
    listed = {"style": "form", "explode": False} if schema["type"] == "array" else {}
    return {"name": name, "in": "query", "required": False, "description": meaning, "schema": schema, **listed}
