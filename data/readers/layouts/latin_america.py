"""Events, returns, transits and entries that Mexico, Honduras and Panama register, as IOM tidied them."""

from typing import Final

from data.readers.count_figures import Figure, From
from data.readers.count_layout import CountLayout, Expected
from data.readers.layouts.tidied import NATIONALITY, tidied
from data.readers.periods import Month

_UPM: Final = "Mexico, Unidad de Política Migratoria"
_PANAMA: Final = "Panama, Servicio Nacional de Migración"
_LAST_YEARLY: Final = 2019

LATIN_AMERICA: Final = (
    # Its headings are those of Honduras, too. Neither state registers its own nationals as irregular.
    CountLayout(
        id="mexico-irregular",
        source="mexico-irregular",
        publication=tidied(_UPM, "Events of people in an irregular situation, by nationality",
                           "UPM, events of people in an irregular migration situation",
                           "https://portales.segob.gob.mx"),
        headers=frozenset({"t", "nat", "n"}),
        never={"nat": ("MEX",)},
        period=Month("t"),
        figures=(Figure("n", "irregular_migration_events", place="Mexico", country="MEX", nationality=NATIONALITY),),
        blank="refused",
        expected=Expected(rows=(50, 30_000), per_period=(500, 300_000),
                          totals={"irregular_migration_events": (100_000, 20_000_000)}),
    ),
    CountLayout(
        id="honduras-irregular",
        source="honduras-irregular",
        publication=tidied("Honduras, Instituto Nacional de Migración", "Irregular entries, by nationality",
                           "INM Honduras, irregular entries", "https://inm.gob.hn"),
        headers=frozenset({"t", "nat", "n"}),
        never={"nat": ("HND",)},
        period=Month("t"),
        figures=(Figure("n", "irregular_entries", place="Honduras", country="HND", nationality=NATIONALITY),),
        blank="refused",
        expected=Expected(rows=(50, 30_000), per_period=(1, 300_000),
                          totals={"irregular_entries": (50_000, 10_000_000)}),
    ),
    CountLayout(
        id="mexico-returns",
        source="mexico-returns",
        publication=tidied(_UPM, "Deportations and assisted returns, by nationality",
                           "UPM, returns of people by the Mexican migration authority",
                           "https://portales.segob.gob.mx"),
        headers=frozenset({"t", "nat", "type", "n"}),
        period=Month("t"),
        figures=(
            Figure(
                "n",
                From("type", words={
                    "deportation": "persons_deported",
                    "assisted return": "persons_assisted_return",
                    "assisted return of children": "persons_assisted_return",
                }),
                place="Mexico", country="MEX", nationality=NATIONALITY,
            ),
        ),
        blank="refused",
        expected=Expected(rows=(50, 30_000), per_period=(1, 50_000),
                          totals={"persons_assisted_return": (50_000, 5_000_000)}),
    ),
    CountLayout(
        id="darien-nationality",
        source="darien-nationality",
        publication=tidied(_PANAMA, "Irregular transits through Darien, by nationality",
                           "SNM Panama, irregular transits through Darien", "https://www.migracion.gob.pa"),
        headers=frozenset({"t", "q", "nat", "n"}),
        ignored=frozenset({"q"}),
        period=Month("t", yearly_until=_LAST_YEARLY),
        figures=(Figure("n", "transits", route="darien", country="PAN", nationality=NATIONALITY),),
        blank="refused",
        expected=Expected(rows=(50, 20_000), per_period=(1, 600_000), totals={"transits": (50_000, 5_000_000)}),
    ),
    # The same people as by nationality, month for month: told beside them, never added to them.
    CountLayout(
        id="darien-demographics",
        source="darien-demographics",
        publication=tidied(_PANAMA, "Irregular transits through Darien, by age and sex",
                           "SNM Panama, irregular transits through Darien", "https://www.migracion.gob.pa"),
        headers=frozenset({"t", "q", "demog", "n"}),
        ignored=frozenset({"q", "demog"}),
        known={"demog": ("men", "women", "boys", "girls")},
        period=Month("t"),
        figures=(Figure("n", "transits", route="darien", country="PAN"),),
        blank="refused",
        again={"darien-nationality": "all"},
        expected=Expected(rows=(10, 2_000), per_period=(1, 150_000), totals={"transits": (50_000, 5_000_000)}),
    ),
)  # fmt: skip
