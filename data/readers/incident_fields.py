"""The fields of an incident, and the headings under which IOM's files and copies of them state each."""

from typing import Final

from data.readers.incident_layout import plain

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "main_id": ("mainid", "webid"),
    "incident_id": ("incidentid",),
    "incident_type": ("incidenttype",),
    "region": ("regionofincident", "region", "incidentregion", "regionincident"),
    "date": (
        "incidentdate",
        "websitedate",
        "reporteddate",
        "datereported",
        "incidentdateclean",
        "dateofincident",
        "date",
    ),
    "year": ("incidentyear", "reportedyear", "yearofincident", "year"),
    "month": ("reportedmonth", "incidentmonth", "monthofincident", "month"),
    "dead": ("numberofdead", "numberdead", "nodead", "numdead", "ndead", "dead"),
    "missing": (
        "minimumestimatednumberofmissing",
        "numberofmissing",
        "numbermissing",
        "nomissing",
        "nummissing",
        "minimumestimatednumbermissing",
        "minimummissing",
        "missing",
    ),
    "total": (
        "totalnumberofdeadandmissing",
        "totaldeadandmissing",
        "nodeadmissing",
        "totaldeadmissing",
        "totalnumberdeadandmissing",
        "deadandmissing",
        "deadormissing",
        "totaldead",
    ),
    "survivors": ("numberofsurvivors", "nosurvivors", "numberofsurvivor", "survivors"),
    "female": ("numberoffemales", "numberoffemale", "nofemale", "nofemales", "females", "female"),
    "male": ("numberofmales", "numberofmale", "nomale", "nomales", "males", "male"),
    "children": ("numberofchildren", "nochildren", "nominors", "children", "minors"),
    "country_origin": ("countryoforigin", "countryorigin", "nationalities"),
    "region_origin": ("regionoforigin", "regionorigin", "originregion"),
    "cause": ("causeofdeath", "causedeath", "causeofdeathcategory", "cause"),
    "country": ("countryofincident", "incidentcountry", "countryincident", "country"),
    "route": ("migrationroute", "migrantionroute", "migrantroute", "route"),
    "place": (
        "locationofdeath",
        "locationofincident",
        "locationdescription",
        "incidentlocation",
        "placeofincident",
        "location",
        "place",
    ),
    "coordinates": (
        "coordinates",
        "locationcoordinates",
        "locationcoodinates",
        "latlon",
        "latlong",
        "latitudelongitude",
    ),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "long", "lng", "x"),
    "quality": ("sourcequality", "inforeliability"),
    "reporter": ("informationsource", "source"),
    "url": ("url", "link"),
    "unsd": ("unsdgeographicalgrouping", "unsdgeographicgrouping", "unsdregion"),
    "article": ("articletitle",),
}
FIELDS: Final = tuple(ALIASES)


def fields_of(columns: list[str]) -> dict[str, str]:
    """Return which column holds each field; of two spellings the first in ALIASES wins."""
    by_plain: dict[str, str] = {}
    for column in columns:
        by_plain.setdefault(plain(column), column)
    fields = {}
    for field, spellings in ALIASES.items():
        found = next((by_plain[s] for s in spellings if s in by_plain), None)
        if found is not None:
            fields[field] = found
    return fields
