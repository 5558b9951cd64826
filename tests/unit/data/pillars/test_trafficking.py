"""Links with trafficking: two sources side by side, of a route's nationalities; small cells merged, none recoverable."""

from datetime import date
from pathlib import Path

import pytest

from data.pillars.models import Asked, View
from data.pillars.views import VIEWS, view_of
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage

UNODC = "Iso3_code,Indicator,Dimension,Category,Sex,Age,Year,txtVALUE\n"
BOATS = "Date,Year,Quarter,NRM referral,Nationality,Region,Sex,Age Group,Referrals\n"
YEAR = Asked(None, date(2020, 1, 1), date(2020, 12, 31))
DETECTED = {"Tunisia": {"ITA": 400, "FRA": 33, "DEU": 6, "ESP": 3}, "Egypt": {"ITA": 7}, "Sudan": {"GBR": 90},
            "Ghana": {"GBR": 12}}  # fmt: skip


@pytest.fixture
def held(tmp_path: Path) -> Vintage:
    """Return a store of detected victims in four states and of people who came by small boat."""
    victims, boats = tmp_path / "victims.csv", tmp_path / "boats.csv"
    rows = [f"{area},Detected trafficking victims,by citizenship,{one},{sex},{age},2020,{value}\n"
            for one, by_area in DETECTED.items() for area, people in by_area.items()
            for sex, age, value in (("Total", "Total", people if people > 4 else "<5"), ("Female", "Total", 0), ("Total", "0 to 17 years", 0))]  # fmt: skip
    victims.write_text(UNODC + "".join(rows), encoding="utf-8")
    came = [("2020-03-31", "No NRM referral raised", "Sudan", 50), ("2020-03-31", "NRM referral raised", "Sudan", 40),
            ("2020-06-30", "No NRM referral raised", "Egypt", 30), ("2020-06-30", "NRM referral raised", "Egypt", 4),
            ("2020-06-30", "No NRM referral raised", "Iran", 25), ("2020-06-30", "NRM referral raised", "Iran", 11),
            ("2020-06-30", "No NRM referral raised", "Syria", 20)]  # fmt: skip
    boats.write_text(BOATS + "".join(f"{day},2020,1,{what},{one},Somewhere,Male,18 to 24,{people}\n"
                                     for day, what, one, people in came), encoding="utf-8")  # fmt: skip
    store = Store(tmp_path / "store")
    ingest([victims, boats], store)
    return store.current()


def cells(view: View, what: str) -> dict[str, tuple[float | None, str]]:
    return {row.part: (row.value, row.status) for row in view.rows if row.what == what}


def test_victims_are_by_citizenship_and_country_and_small_cells_are_merged(held: Vintage) -> None:
    found = cells(view_of(held, VIEWS["trafficking"], YEAR), "victims of trafficking detected")
    assert found == {
        "TUN": (439, "published"), "SDN": (90, "published"), "GHA": (None, "withheld"), "EGY": (None, "below_threshold"),
        "TUN/ITA": (400, "published"), "TUN/others": (39, "published"), "SDN/GBR": (90, "published"),
    }  # fmt: skip


def test_referrals_are_divided_by_the_people_who_came_and_none_is_zero(held: Vintage) -> None:
    view = view_of(held, VIEWS["trafficking"], YEAR)
    shares = cells(view, "referred as possible victims ÷ arrived by small boat")
    assert shares["referred/all"] == (pytest.approx(55 / 180), "published")
    assert shares["referred/SDN"] == (pytest.approx(40 / 90), "published")
    assert (shares["referred/EGY"], shares["referred/IRN"]) == ((None, "below_threshold"), (None, "withheld"))
    assert shares["referred/SYR"] == (0, "published")
    assert "of 180 people who arrived in" in view.words
    assert "55 (30.6%)" in view.words


def test_no_sum_of_what_is_shown_tells_a_merged_cell(held: Vintage) -> None:
    """Beside a citizenship's sum the merged cells have more than one solution, each small one from 5 to 9."""
    found = cells(view_of(held, VIEWS["trafficking"], YEAR), "victims of trafficking detected")
    merged = (found["TUN"][0] or 0) - (found["TUN/ITA"][0] or 0)
    assert merged == found["TUN/others"][0] == 33 + 6
    assert "TUN/DEU" not in found
    assert "TUN/FRA" not in found


def test_without_either_file_there_is_no_figure_and_it_says_why(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("unit,route,place,country,nationality,date_from,date_to,value\n"
                    "persons_arrived,darien,,,,2020-01-01,2020-12-31,5\n", encoding="utf-8")  # fmt: skip
    store = Store(tmp_path / "store")
    ingest([path], store)
    view = view_of(store.current(), VIEWS["trafficking"], YEAR)
    assert (view.is_computable, view.value) == (False, None)
    assert view.words == "Not computable: no file of this store holds “Detected victims of trafficking” of these years."
