"""What the guard refuses before Dash sees it, each with its status and sentence, up to the exact limit."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from callbacks.server.guard import ANY_PATH, ENDPOINT, LARGEST_BODY, OWN_PATHS, PAGE_PATHS, trusted_hosts
from callbacks.server.interface import ADDRESSES, EXPORTS
from data.model.notices import say
from data.query.parameters import LONGEST_ADDRESS

PAGE_AT, CALLBACK = "server.page_at", "server.callback."
JSON = "application/json"


def detail(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["detail"]


@pytest.fixture(scope="module")
def fit(app: Dash) -> dict[str, Any]:
    """A body that the page itself may send: one that asks for several outputs, and has state."""
    several = ((name, one) for name, one in app.callback_map.items() if name.startswith("..") and "callback" in one)
    output, declared = next((name, one) for name, one in several if one["state"] and len(one["inputs"]) > 1)
    outputs = [dict(zip(("id", "property"), name.split("@")[0].rsplit(".", 1), strict=True))
               for name in output.strip(".").split("...")]  # fmt: skip
    given = {part: [{**one, "value": None} for one in declared[part]] for part in ("inputs", "state")}
    return {"output": output, "outputs": outputs, "changedPropIds": [], **given}


@pytest.fixture(scope="module")
def single(app: Dash) -> dict[str, Any]:
    """The same of one output."""
    output, declared = next((name, one) for name, one in app.callback_map.items()
                            if not name.startswith("..") and "callback" in one)  # fmt: skip
    identity, _, name = output.partition(".")
    given = {part: [{**one, "value": None} for one in declared[part]] for part in ("inputs", "state")}
    return {"output": output, "outputs": {"id": identity, "property": name}, "changedPropIds": [], **given}


def refused(client: FlaskClient, body: Any) -> str | None:
    """Return the sentence at which the guard stops a body; None where it lets it pass."""
    answer = client.post(ENDPOINT, data=json.dumps(body), content_type=JSON)
    if answer.status_code != 400:
        return None
    said = answer.get_json()["detail"]
    return said if isinstance(said, str) else None


# ── Addresses ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["/api/v1/nope", "/api/", "/api/v2/cells", "/api/v1/risk.csv", "/api/v1/sector/nope"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_mistyped_address_of_the_interface_is_told_with_those_there_are(
    client: FlaskClient, path: str, method: str
) -> None:
    status, said = detail(client.open(path, method=method))
    assert status == 404
    assert said == say("server.known_paths", known=", ".join((*ADDRESSES, EXPORTS)))
    assert "/api/v1/totals" in said


@pytest.mark.parametrize("path", ["/nope", "/embedded", "/sector/", "/login/x", "/cell", "/apis"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_that_is_none_is_told_where_the_page_is(client: FlaskClient, path: str, method: str) -> None:
    assert detail(client.open(path, method=method, headers={"Accept": JSON})) == (404, say(PAGE_AT))


@pytest.mark.parametrize("path", ["/assets", "/basemap", "/_dash-nothing", "/cells", "/routes", "/readyz/x"])
def test_what_only_begins_like_an_address_is_not_answered_with_the_page(client: FlaskClient, path: str) -> None:
    assert detail(client.get(path, headers={"Accept": JSON})) == (404, say(PAGE_AT))


def test_every_address_that_is_let_through_is_one_that_a_route_serves(app: Dash) -> None:
    rules = [rule.rule for rule in app.server.url_map.iter_rules()]
    lacking = [path for path in OWN_PATHS if not any(rule.startswith(path) for rule in rules)]
    assert lacking == []
    logging_in = {path for path in PAGE_PATHS if path.startswith("/log")}  # served where accounts are set up
    served = app.server.url_map.bind("localhost")
    found = {
        path: served.match(path, return_rule=True)[0].rule for path in PAGE_PATHS if path not in logging_in | {*rules}
    }
    assert [path for path, rule in found.items() if rule == ANY_PATH] == []
    assert logging_in == {"/login", "/login/callback", "/logout"}


def test_an_address_may_be_so_long_and_no_longer(client: FlaskClient) -> None:
    start = "/healthz?x="
    longest = start + "x" * (LONGEST_ADDRESS - len(start))
    assert client.get(longest).status_code == 200
    said = say("server.long_address", most=LONGEST_ADDRESS)
    assert detail(client.get(longest + "x")) == (414, said)
    unstated = {"RAW_URI": ""}  # a server that does not tell the address as it was sent
    assert client.get(longest, environ_overrides=unstated).status_code == 200
    assert detail(client.get(longest + "x", environ_overrides=unstated)) == (414, said)


@pytest.mark.parametrize("path", ["dash/nope.js", "os/path.py", "dash/dcc/nope.js"])
def test_a_file_that_no_component_has_is_told(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/_dash-component-suites/{path}", headers={"Accept": JSON})
    assert detail(answer) == (404, say("server.no_file"))


def test_a_file_of_a_component_is_served_under_its_name_with_a_mark(app: Dash, client: FlaskClient) -> None:
    package, names = next((package, names) for package, names in app.registered_paths.items() if names)
    name = next(one for one in sorted(names) if one.endswith(".js"))
    marked = f"{name.removesuffix('.js')}.v1_0_0m1.js"
    assert {client.get(f"/_dash-component-suites/{package}/{one}").status_code for one in (name, marked)} == {200}


@pytest.mark.parametrize(
    ("given", "names"),
    [(None, None), ("", None), ("a.example", ["a.example"]), (" a.example ,, b.example,", ["a.example", "b.example"])],
)
def test_hosts_are_named_between_commas(given: str | None, names: list[str] | None) -> None:
    assert trusted_hosts(given) == names


# ── Callbacks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("site", "passes"), [(None, True), ("same-origin", True), ("none", True),
                                              ("same-site", False), ("cross-site", False), ("", False)])  # fmt: skip
def test_only_the_page_itself_may_ask(client: FlaskClient, site: str | None, passes: bool) -> None:
    headers = {} if site is None else {"Sec-Fetch-Site": site}
    answer = client.post(ENDPOINT, data="{", content_type=JSON, headers=headers)
    expected = (400, say(CALLBACK + "unreadable")) if passes else (403, say(CALLBACK + "page_alone"))
    assert detail(answer) == expected


def test_a_body_has_a_length_a_limit_and_a_kind(client: FlaskClient) -> None:
    unmeasured = client.post(ENDPOINT, content_type=JSON, headers={"Transfer-Encoding": "chunked"})
    assert detail(unmeasured) == (400, say(CALLBACK + "no_body"))
    largest = b'"' + b"x" * (LARGEST_BODY - 2) + b'"'
    assert detail(client.post(ENDPOINT, data=largest, content_type=JSON)) == (400, say(CALLBACK + "no_output"))
    larger = client.post(ENDPOINT, data=largest + b" ", content_type=JSON)
    assert detail(larger) == (413, say(CALLBACK + "large", most=LARGEST_BODY))
    assert LARGEST_BODY == 65_536
    assert detail(client.post(ENDPOINT, data="{}", content_type="text/plain")) == (415, say(CALLBACK + "not_json"))
    assert detail(client.post(ENDPOINT, data="{}", content_type=JSON)) == (400, say(CALLBACK + "no_output"))


def test_what_the_page_sends_passes(client: FlaskClient, fit: dict[str, Any], single: dict[str, Any]) -> None:
    for body in (fit, single):
        assert refused(client, body) is None
        plain = {name: value for name, value in body.items() if name != "changedPropIds"}
        assert refused(client, plain) is None


Change = Callable[[dict[str, Any]], dict[str, Any]]
WRONG: dict[str, tuple[Change, str]] = {
    "an output that is no name": (lambda fit: fit | {"output": [fit["output"]]}, "no_output"),
    "no output": (lambda fit: {name: value for name, value in fit.items() if name != "output"}, "no_output"),
    "an output that nobody declared": (lambda fit: fit | {"output": fit["output"] + "x"}, "unknown_output"),
    "outputs of another": (lambda fit: fit | {"outputs": fit["outputs"][::-1]}, "outputs"),
    "fewer outputs": (lambda fit: fit | {"outputs": fit["outputs"][:-1]}, "outputs"),
    "one output for several": (lambda fit: fit | {"outputs": fit["outputs"][0]}, "outputs"),
    "outputs that are no objects": (lambda fit: fit | {"outputs": ["x" for _ in fit["outputs"]]}, "outputs"),
    "outputs without a property": (lambda fit: fit | {"outputs": [{"id": one["id"]} for one in fit["outputs"]]}, "outputs"),
    "no outputs": (lambda fit: {name: value for name, value in fit.items() if name != "outputs"}, "outputs"),
    "changes that are no list": (lambda fit: fit | {"changedPropIds": "a.value"}, "changed"),
    "a change that is no name": (lambda fit: fit | {"changedPropIds": ["a.value", 7]}, "changed"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_body_that_the_page_does_not_send_is_told_what_is_wrong(
    client: FlaskClient, fit: dict[str, Any], what: str
) -> None:
    change, code = WRONG[what]
    assert refused(client, change(fit)) == say(CALLBACK + code)


@pytest.mark.parametrize("part", ["inputs", "state"])
def test_only_declared_parts_pass(client: FlaskClient, fit: dict[str, Any], part: str) -> None:
    first, *others = fit[part]
    for given in (
        others, [first, *others, first], [{**first, "id": "x"}, *others], [{**first, "property": "x"}, *others],
        [{"id": first["id"]}, *others], ["x", *others], {"0": first}, None,
    ):  # fmt: skip
        assert refused(client, fit | {part: given}) == say(CALLBACK + "parts", part=part)
    lacking = {name: value for name, value in fit.items() if name != part}
    assert refused(client, lacking) == say(CALLBACK + "parts", part=part)


def test_several_outputs_for_one_are_refused(client: FlaskClient, single: dict[str, Any]) -> None:
    for outputs in ([single["outputs"]], {"id": single["outputs"]["id"], "property": "x"}, "x", None):
        assert refused(client, single | {"outputs": outputs}) == say(CALLBACK + "outputs")


def nested(depth: int, *, as_list: bool) -> Any:
    """Return a value with this many lists or objects around it."""
    value: Any = 1
    for _ in range(depth):
        value = [value] if as_list else {"a": value}
    return value


@pytest.mark.parametrize("as_list", [True, False])
def test_values_may_be_nested_twenty_deep_and_no_deeper(
    client: FlaskClient, fit: dict[str, Any], as_list: bool
) -> None:
    def given(depth: int) -> dict[str, Any]:
        return fit | {"more": nested(depth - 1, as_list=as_list)}  # the body itself is the first

    assert refused(client, given(20)) != say(CALLBACK + "values")
    assert refused(client, given(21)) == say(CALLBACK + "values")


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity"])
def test_a_number_that_is_not_finite_cannot_be_read(client: FlaskClient, fit: dict[str, Any], number: str) -> None:
    sent = json.dumps(fit | {"more": 0.5}).replace("0.5", number)
    assert detail(client.post(ENDPOINT, data=sent, content_type=JSON)) == (400, say(CALLBACK + "unreadable"))
