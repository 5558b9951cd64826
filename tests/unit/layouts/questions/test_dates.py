"""Questions where dates are chosen that hold nothing to compare: they say so, and lead on."""

import json
from datetime import date
from urllib.parse import parse_qs

import pytest

from data.model.notices import say
from data.query.selection import Selection
from data.risk.by_period import risk_over_time
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.figures.risk import risk_figure
from tests.unit.layouts.questions.test_answers import ask, of_kind, said


@pytest.mark.rule("T1")
def test_one_year_that_is_chosen_stands_beside_the_earlier_years(demonstration_store: Store) -> None:
    answer = ask(demonstration_store, "year", "from=2023-01-01&to=2023-12-31")
    bars = of_kind(answer, "Graph")[0].figure["data"][0]["y"]
    assert bars[0] == "2023"
    assert "2022" in bars
    assert "in the same days of 2022" in said(of_kind(answer, "H3"))
    assert say("trends.page.aside") in said(answer)
    assert "2023 so far" not in json.dumps(answer, default=lambda one: one.to_plotly_json())
    assert say("trends.page.aside") not in said(ask(demonstration_store, "year", "to=2023-12-31"))


@pytest.mark.rule("R6")
@pytest.mark.parametrize("dates", ["from=2019-01-01&to=2019-12-31", "from=2019-03-01&to=2019-06-30"])
def test_dates_that_hold_nothing_to_compare_lead_to_those_that_do(demonstration_store: Store, dates: str) -> None:
    """The way leads to an address at which the same question is answered."""
    whole = said(of_kind(ask(demonstration_store, "risk", "route=central-mediterranean"), "H3"))
    answer = ask(demonstration_store, "risk", f"route=central-mediterranean&{dates}")
    assert whole not in said(answer)
    (link,) = [one for one in of_kind(answer, "A") if "ask=risk" in (one.href or "")]
    address = parse_qs(link.href.removeprefix("/?"))
    query = "&".join(f"{name}={address[name][0]}" for name in ("route", "from", "to"))
    options = {name.removeprefix("ask."): values[0] for name, values in address.items() if name.startswith("ask.")}
    assert said(of_kind(ask(demonstration_store, "risk", query, **options), "H3")) == whole


@pytest.mark.real
@pytest.mark.rule("R11")
def test_a_count_that_ends_before_the_dates_chosen_is_not_called_uncounted(real: Vintage) -> None:
    """UNHCR counts arrivals of this route to 2019; of 2022 and 2023 there is no figure, and nobody counts the intercepted."""
    asked = Selection(routes=("central-mediterranean",), start=date(2022, 1, 1), end=date(2023, 12, 31))
    found = risk_over_time(real, asked, "year")
    words = [one["text"] for one in risk_figure(found, "rho_arr")["layout"]["annotations"]]
    assert words.count(say("risk.picture.none_here")) == 1
    assert words.count(say("risk.picture.no_figure")) == 1
