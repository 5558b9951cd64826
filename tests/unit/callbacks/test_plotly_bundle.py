"""Plotly's script is cut to what the page draws: nothing kept speaks of what went, and every kind in use is there."""

import re
from pathlib import Path

import pytest
from flask import Flask

from callbacks.server import plotly_file
from callbacks.server.plotly_bundle import TRACES, Bundle, UnknownFormError, _read, cut

SMALL = b"""/* licence */(function(){"use strict";var Plotly=(()=>{var W=(e,t)=>()=>e(t={});var kept=1,core=W((e,t)=>{t.exports=
shared()}),shared=W((e,t)=>{t.exports="pie() is a word"}),bar=W((e,t)=>{t.exports={name:"bar",moduleType:"trace",s:
shared()}}),pie=W((e,t)=>{t.exports={name:"pie",s:slice()}}),pies=W((e,t)=>{t.exports=pie()});function slice(){return
shared()}var all=W((e,t)=>{core();core.register([bar(),pies()]);t.exports=core()});return all();})();return Plotly})"""


def test_what_is_not_reached_goes_and_the_rest_stays_byte_for_byte() -> None:
    found = cut(SMALL, ("bar",))
    assert b'name:"pie"' not in found
    assert b"function slice" not in found
    assert b",pie,pies;" in found  # the names stay declared
    assert found.replace(b".register([bar()])", b"") == _without_pie(SMALL)
    assert cut(SMALL, ("bar", "pie")) == SMALL


def _without_pie(text: bytes) -> bytes:
    text = re.sub(rb"pie=W.*?\}\}\),pies=W.*?\}\);function slice.*?\}var", b"pie,pies;var", text, flags=re.DOTALL)
    return text.replace(b".register([bar(),pies()])", b"")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"var other=1;", "no variable Plotly"),
        (b"var Plotly=1;", "one function"),
        (SMALL.replace(b"return all();", b""), "returns nothing"),
        (SMALL.replace(b".register(", b".add("), "no list of kinds"),
        (SMALL.replace(b'name:"bar"', b'name:"rod"'), "no trace of the kind bar"),
    ],
)
def test_another_form_is_told(text: bytes, said: str) -> None:
    with pytest.raises(UnknownFormError, match=said):
        cut(text, ("bar",))


@pytest.fixture(scope="module")
def whole() -> bytes:
    return plotly_file.WHOLE.read_bytes()


def test_the_page_is_sent_less_than_two_thirds(whole: bytes) -> None:
    found = cut(whole)
    assert len(found) < len(whole) * 0.62
    assert found.startswith(whole[:150])
    assert whole[-1000:] in found  # the licences
    read: Bundle = _read(found)
    assert not [name for name in read.defined if b"gl-plot3d" in (read.defined[name].text or b"")]


def test_every_kind_that_a_figure_has_is_kept(whole: bytes) -> None:
    kinds = {kind.decode() for kind in re.findall(rb'moduleType:"trace",name:"(\w+)"', whole)}
    files = [*Path("layouts").rglob("*.py"), *Path("callbacks").rglob("*.py"), *Path("layouts/assets").rglob("*.mjs")]
    stated = {kind for path in files for kind in re.findall(r'"?type"?: ?"(\w+)"', path.read_text())}
    assert {"pie", "scattergl", "choroplethmap", "bar", "scatter"} <= kinds
    assert kinds & stated == {*TRACES, "scatter"}


def test_it_is_served_whole_until_set_up_has_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: bytes) -> None:
    plotly_file.served.cache_clear()
    monkeypatch.setattr(plotly_file.place_of, "__defaults__", (tmp_path,))
    server = Flask("one")
    plotly_file.register(server)
    assert server.test_client().get(plotly_file.ADDRESS).data == whole
    plotly_file.write_cut(whole, b"less", tmp_path)
    plotly_file.served.cache_clear()
    answer = server.test_client().get(plotly_file.ADDRESS)
    again = server.test_client().get(plotly_file.ADDRESS, headers={"If-None-Match": answer.headers["ETag"]})
    plotly_file.served.cache_clear()
    assert (answer.data, again.status_code) == (b"less", 304)
