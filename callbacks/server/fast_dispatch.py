"""The callbacks that every change of a filter asks, answered without Dash's dispatch.

Dash prepares, groups, validates and cleans each answer by walking through it: twice what the answer itself costs. A
request comes here only after ``callbacks.server.guard`` has passed it, and gets the JSON that Dash would send.
"""

from collections.abc import Callable
from typing import Any, Final

import orjson
from dash import Dash, Input, NoUpdate, Output, State, ctx
from flask import Flask, Response, g, request

from callbacks.server.dash_json import plain
from callbacks.server.guard import ENDPOINT

KEPT: Final = "crossings.direct"

Function = Callable[..., Any]


def callback(app: Dash, *parts: Output | Input | State, **options: Any) -> Callable[[Function], Function]:
    """Return a decorator that connects a function to Dash, and answers it directly where a request is checked.

    The function takes the values of the inputs and states, and by name ``trigger``: the id of what changed.
    """
    outputs = [part for part in parts if isinstance(part, Output)]
    names = [f"{part.component_id}.{part.component_property}" for part in outputs]

    def connect(function: Function) -> Function:
        @app.callback(*parts, **options)
        def through_dash(*values: Any) -> Any:
            return function(*values, trigger=ctx.triggered_id)

        key = f"..{'...'.join(names)}.." if len(names) > 1 else names[0]
        kept_by(app.server)[key] = function
        return function

    return connect


def kept_by(server: Flask) -> dict[str, Function]:
    """Return the functions that are answered directly, by the name that Dash gives their outputs."""
    kept: dict[str, Function] = server.extensions.setdefault(KEPT, {})
    return kept


def register(app: Dash) -> None:
    """Answer what is asked of these functions; after ``guard.register``, which checks every request first."""
    server: Flask = app.server
    kept = kept_by(app.server)

    @server.before_request
    def at_once() -> Response | None:
        if request.path != ENDPOINT or request.method != "POST":
            return None
        body = g.checked
        function = kept.get(body["output"])
        return Response(answered(function, body), mimetype="application/json") if function else None


def answered(function: Function, body: dict[str, Any]) -> bytes:
    """Return the answer to a checked request as Dash writes it: values by id and property, without what stays."""
    values = [part.get("value") for part in (*body.get("inputs", []), *body.get("state", []))]
    changed = body.get("changedPropIds") or [""]
    given = function(*values, trigger=changed[0].rpartition(".")[0] or None)
    outputs = body["outputs"] if isinstance(body["outputs"], list) else [body["outputs"]]
    found: dict[str, dict[str, Any]] = {}
    for part, value in zip(outputs, given if isinstance(body["outputs"], list) else (given,), strict=True):
        if not isinstance(value, NoUpdate):
            found.setdefault(part["id"], {})[part["property"]] = value
    return orjson.dumps({"multi": True, "response": found}, default=plain)
