"""Medical examiners on the border of the United States and Mexico, as Pima County and Humane Borders publish them.

Each row is one person whose remains were found: names, ages and case numbers never come in. The day is that of the
report of a find, which may be long after a death. Points are official (RULES Q3).
"""

from typing import Final

from data.model.sources import Publication
from data.readers.incident_layout import IncidentLayout

_PUBLISHER: Final = "Pima County Office of the Medical Examiner and Humane Borders"
_CITED: Final = "Pima County Office of the Medical Examiner and Humane Borders, migrant deaths"

LAYOUT: Final = IncidentLayout(
    id="medical-examiner",
    source="medical-examiner",
    publication=Publication(_PUBLISHER, "Recovered remains, by person", _CITED, "Not stated",
                            "https://humaneborders.info"),
    needs=frozenset({"mlnumber", "reportingdate", "causeofdeath", "latitude", "longitude"}),
    fields={
        "date": "reportingdate", "year": "reportingyear", "month": "reportingmonth", "cause": "causeofdeath",
        "place": "location", "latitude": "latitude", "longitude": "longitude",
    },
    persons=("name", "firstname", "lastname", "decedent", "decedentname"),
    dropped=("age", "sex", "gender", "dateofbirth", "dob"),
    rows="people",
    key="mlnumber",
    priority=4,
    notes=("Each row is one person; the day is that of the find, not of the death.",),
)  # fmt: skip

GROUPED: Final = IncidentLayout(
    id="recovered-remains-by-year",
    source="recovered-remains",
    publication=Publication(_PUBLISHER, "Recovered remains, by year and corridor", _CITED, "Not stated",
                            "https://humaneborders.info"),
    needs=frozenset({"reportingyear", "corridor", "causeofdeath", "postmorteminterval", "n"}),
    fields={"year": "reportingyear", "dead": "n", "cause": "causeofdeath", "place": "corridor"},
    rows="groups",
    priority=5,
    notes=("The year is that of the find; how long before it a person died is not read.",),
)  # fmt: skip
