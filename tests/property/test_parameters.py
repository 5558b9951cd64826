"""Every declared parameter: what its schema allows its parser takes, and what the schema forbids is refused."""

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model.errors import QueryError
from data.query import parameters, quantities
from data.query.kinds import Schema
from data.query.parameters import Parameter
from data.query.questions import OPTIONS_OF

DECLARED = {
    f"{name}:{one.name}": one
    for name, value in vars(parameters).items()
    for one in ([value] if isinstance(value, Parameter) else value if isinstance(value, tuple) else ())
    if isinstance(one, Parameter)
} | {f"{question}:{name}": one for question, options in OPTIONS_OF.items() for name, one in options.items()}
DAYS = st.dates(quantities.EARLIEST, quantities.LATEST).map(str)
LISTS = st.lists(st.text(alphabet="abcxyz019-,. LBY", max_size=12), max_size=4).map(",".join)
ODD = st.one_of(
    st.text(max_size=40), LISTS, st.integers(-20, 10**13).map(str), st.floats().map(str), st.dates().map(str),
    st.sampled_from(["", "0", "-1", "1e3", "NaN", "2023-02-30", "181,0,3", "0,86,3", "0,0,15", "none", "yes", "no"]),
)  # fmt: skip


def allowed(schema: Schema) -> st.SearchStrategy[str]:  # noqa: PLR0911 — one return for each kind
    """Return texts that a schema allows, as OpenAPI writes them into an address."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"]).map(str)
    if schema["type"] == "array":
        return st.lists(allowed(schema["items"]), min_size=1, max_size=5, unique=True).map(",".join)
    if schema["type"] == "integer":
        return st.integers(schema["minimum"], schema["maximum"]).map(str)
    if schema["type"] == "number":
        bounds = {"min_value": schema["minimum"], "max_value": schema["maximum"]}
        return st.floats(**bounds).map(lambda value: f"{value:.9f}").filter(lambda text: is_allowed(text, schema))
    if schema["pattern"] == r"\S":
        return st.from_regex(r"[^\s]{1,50}", fullmatch=True)
    pattern = schema["pattern"].strip("^$")
    if pattern == quantities.DAY:
        return DAYS
    if pattern.startswith(quantities.DAY):
        return st.tuples(DAYS, DAYS).map(lambda days: "..".join(sorted(days)))
    return st.from_regex(pattern, fullmatch=True, alphabet=st.characters(max_codepoint=126))


def is_allowed(text: str, schema: Schema) -> bool:
    """Return whether a schema allows what a text states, read as OpenAPI reads a parameter."""
    plain = text.strip()
    values: Any = plain
    if schema["type"] == "array":
        values = [part.strip() for part in plain.split(",") if part.strip()]
    elif schema["type"] in ("integer", "number"):
        if schema["type"] == "integer" and not plain.lstrip("-").isdecimal():
            return False  # 2.0 is a whole number in JSON, but no way to write one in an address
        try:
            values = json.loads(plain)
        except ValueError:
            return False
    return bool(jsonschema_rs.is_valid(schema, values))


@pytest.mark.parametrize("name", DECLARED)
@settings(deadline=None, derandomize=True, max_examples=15)
@given(st.data())
def test_what_a_schema_allows_is_read_and_written_back(name: str, data: st.DataObject) -> None:
    one = DECLARED[name]
    text = data.draw(allowed(one.schema))
    value = one.read([text])
    assert one.read([one.kind.write(value)]) == value


def as_read(one: Parameter, text: str) -> str | None:
    """Return the one way to write what a text is read as; None where it is refused by the parameter's name."""
    try:
        return one.kind.write(one.read([text]))
    except QueryError as error:
        return None if error.parameter == one.name else f"refused as {error.parameter}"


@pytest.mark.parametrize("name", DECLARED)
@settings(deadline=None, derandomize=True, max_examples=25)
@given(ODD)
def test_what_a_schema_forbids_is_refused_with_its_name(name: str, text: str) -> None:
    one = DECLARED[name]
    written = as_read(one, text)
    if is_allowed(text, one.schema):
        assert written is not None
    else:  # another way to write what is allowed, such as 007 or 1,000, may be read as well
        assert written is None or is_allowed(written, one.schema)


@pytest.mark.parametrize("name", DECLARED)
def test_a_parameter_is_given_once(name: str) -> None:
    with pytest.raises(QueryError, match="2 times"):
        DECLARED[name].read(["1", "1"])


def test_a_name_of_a_selection_is_declared_once() -> None:
    names = [one.name for one in parameters.SELECTION]
    assert len(names) == len(set(names)) == len({one.field for one in parameters.SELECTION})
    assert all(one.affects for one in parameters.SELECTION)
