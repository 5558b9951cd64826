"""An address of the page opens whatever it holds, and says which part of it was not understood."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.query.address import ABSENT, CONTRADICTION, TOO_LONG, UNKNOWN, UNREADABLE, Misreading, open_address, versioned
from data.query.selection import Selection
from data.store.store import Store


@pytest.mark.parametrize(
    ("address", "misread", "shown"),
    [
        ("?from=2023-02-30&to=2023-03-31", [Misreading(UNREADABLE, "from", "2023-02-30")], Selection()),
        ("?from=2023-05-01&to=2023-03-31", [Misreading(CONTRADICTION, "from", "2023-05-01 – 2023-03-31")], Selection()),
        ("?utm_source=x&cause=drowning", [Misreading(UNKNOWN, "utm_source", "x")], Selection(causes=("drowning",))),
        ("?route=atlantis,central-mediterranean", [Misreading(ABSENT, "route", "atlantis")],
         Selection(routes=("central-mediterranean",))),
        ("?route=central-med", [], Selection(routes=("central-mediterranean",))),
        ("?country=T%C3%BCrkiye", [], Selection(countries=("TUR",))),
        ("?route=Central Mediterranean,Darien", [], Selection(routes=("central-mediterranean", "darien"))),
        ("?country=Turkey,libya", [], Selection(countries=("LBY", "TUR"))),
        ("?view=999,1,2", [Misreading(UNREADABLE, "view", "999,1,2")], Selection()),
        ("?resolution=3&resolution=4", [Misreading(UNREADABLE, "resolution", "3, 4")], Selection()),
        ("?route=", [Misreading(UNREADABLE, "route", "")], Selection()),
        ("?v=9", [Misreading(UNREADABLE, "v", "9")], Selection()),
        ("?vintage=v999999&to=2020-01-01", [Misreading(ABSENT, "vintage", "v999999")], Selection(end=date(2020, 1, 1))),
        ("?source=nobody", [Misreading(ABSENT, "source", "nobody")], Selection()),
        ("?ask=table&ask.kind=periods", [], Selection()),
        ("?ask=sources", [], Selection()),
        ("?ask=table&ask.kind=chairs", [Misreading(UNREADABLE, "ask.kind", "chairs")], Selection()),
        ("?ask=why", [Misreading(UNKNOWN, "ask", "why")], Selection()),
        ("?ask=hotspots&ask.study_area=narnia", [Misreading(UNREADABLE, "ask.study_area", "narnia")], Selection()),
        ("?ask=hotspots&ask.area=sahara", [], Selection()),
        ("?v=1&ask=compare&ask.area=sahara", [], Selection()),
        ("?ask=year&ask.colour=red", [Misreading(UNKNOWN, "ask.colour", "red")], Selection()),
        (f"?route={'a' * 9000}", [Misreading(TOO_LONG, "")], Selection()),
        ("", [], Selection()),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told_and_left_out(
    demonstration_store: Store, address: str, misread: list[Misreading], shown: Selection
) -> None:
    found = open_address(demonstration_store, address)
    assert list(found.misread) == misread
    assert found.selection == shown


@settings(deadline=None, derandomize=True)
@given(text=st.text(max_size=200))
def test_an_address_may_contain_anything(demonstration_store: Store, text: str) -> None:
    found = open_address(demonstration_store, text)
    assert open_address(demonstration_store, versioned(found.selection.to_query())).misread == ()


def test_a_name_that_is_nearly_here_is_offered(demonstration_store: Store) -> None:
    near, far = (
        open_address(demonstration_store, f"?route={one}").misread[0] for one in ("central-mediteranean", "zzz")
    )
    assert near.near[0] == ("central-mediterranean", "Central Mediterranean")
    assert far.near == ()
