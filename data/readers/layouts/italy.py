"""The Italian Ministry of the Interior: landings by day, nationalities declared, and people in reception."""

from typing import Final

from data.model.sources import Publication
from data.readers.count_figures import Figure, From
from data.readers.count_layout import CountLayout, Expected
from data.readers.periods import Day, ToDate

_ROUTE: Final = "central-mediterranean"
_IN: Final = "Migranti presenti "


def _publication(title: str) -> Publication:
    return Publication(
        publisher="Italian Ministry of the Interior",
        title=title,
        citation="Italian Ministry of the Interior, daily dashboard, extracted by onData",
        licence="CC BY 4.0",
        url="https://github.com/ondata/liberiamoli-tutti",
    )  # fmt: skip


def _present(column: str, unit: str) -> Figure:
    return Figure(f"{_IN}{column}", unit, place=From("Regione"), country="ITA")


ITALY: Final = (
    # A day stands in several reports; to the end of a report's month, days that were yet to come are listed as 0.
    CountLayout(
        id="italy-landings",
        source="italy-landings",
        publication=_publication("People landed in Italy, daily"),
        headers=frozenset({"Data", "Valore", "Data_Report"}),
        ignored=frozenset({"Note", "Fonte"}),
        period=Day("Data", "2024-06-30"),
        latest="Data_Report",
        figures=(Figure("Valore", "persons_arrived", route=_ROUTE, place="Italy", country="ITA", mode="sea"),),
        blank="refused",
        again={"unhcr-arrivals": "country"},
        expected=Expected(rows=(30, 50_000), per_period=(0, 8_000), totals={"persons_arrived": (1_000, 3_000_000)}),
    ),
    # Counts since 1 January: a year's newest report counts; "altre" are all others.
    CountLayout(
        id="italy-nationalities",
        source="italy-nationalities",
        publication=_publication("People landed in Italy, by nationality declared, since 1 January"),
        headers=frozenset({"Data_Report", "Nazione", "ISO_3166-1", "Valore"}),
        ignored=frozenset({"Nazione"}),
        period=ToDate("Data_Report", "2024-06-30"),
        latest="Data_Report",
        figures=(
            Figure("Valore", "persons_arrived", route=_ROUTE, place="Italy", country="ITA", mode="sea",
                   nationality=From("ISO_3166-1", form="nationality")),
        ),
        blank="refused",
        again={"unhcr-arrivals": "country", "italy-landings": "all", "unhcr-daily-italy": "all",
               "iom-mediterranean": "country"},
        expected=Expected(rows=(8, 20_000), per_period=(500, 300_000), totals={"persons_arrived": (1_000, 3_000_000)}),
    ),
    # People present on the day of a report: stocks, never added up over time. SIPROIMI has been called SAI since 2021.
    CountLayout(
        id="italy-reception",
        source="italy-reception",
        publication=_publication("People in reception in Italy, by region"),
        headers=frozenset({"Regione", "Data_Report", f"{_IN}nei centri di accoglienza"}),
        optional=frozenset({f"{_IN}negli hot spot", f"{_IN}nei centri SIPROIMI", f"{_IN}nei centri SAI"}),
        ignored=frozenset({"CodiceRegione", "DenominazioneRegione"}),
        period=Day("Data_Report", "2024-06-30"),
        figures=(
            _present("negli hot spot", "persons_in_hotspots"),
            _present("nei centri di accoglienza", "persons_in_reception_centres"),
            _present("nei centri SIPROIMI", "persons_in_integration_centres"),
            _present("nei centri SAI", "persons_in_integration_centres"),
        ),
        totals={"Regione": ("Totale", "TOTALE", "Italia")},
        blank="absent",
        expected=Expected(rows=(20, 50_000), per_period=(0, 300_000)),
    ),
)  # fmt: skip
