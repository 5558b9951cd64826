"""The page's face comes from our own server, says whose it is, and can write what the page writes."""

import io
import re

import pytest
from flask.testing import FlaskClient
from fontTools.ttLib import TTFont

from layouts.standalone.typeface import FILES, NAMES, face_file

OFL = 13  # the name that holds the licence


@pytest.mark.parametrize("weight", sorted(FILES))
def test_a_face_writes_every_text_of_the_page_and_says_its_licence(weight: int) -> None:
    face = TTFont(io.BytesIO(face_file(weight)))
    known = set(face.getBestCmap())
    assert "Open Font License" in face["name"].getDebugName(OFL)
    assert not {c for c in "At least 74,376 people · ½–“”’…→≥±×−ėğşřŵạ" if ord(c) not in known}
    assert len(face_file(weight)) < 24_000


@pytest.mark.parametrize("path", ["/", "/embed.css", "/sector", "/nowhere"])
def test_every_page_names_the_face_that_is_served(client: FlaskClient, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html,text/css"}).text
    linked = []
    for address in re.findall(r'href="(/assets/(?:page-|type)[^"]*)"', page):
        with client.get(address) as answer:
            linked.append(answer.text)
    named = set(re.findall(r"/assets/type/([\w-]+)\.woff2", "".join([page, *linked])))
    assert named == NAMES.keys()
    for name in sorted(named):
        answer = client.get(f"/assets/type/{name}.woff2")
        assert (answer.status_code, answer.mimetype) == (200, "font/woff2")
        assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/assets/type/sans-9-400.woff2").status_code == 404
