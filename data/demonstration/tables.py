"""What the demonstration is invented from: routes, their rough intensity, causes, countries. No real figure."""

from typing import Final, NamedTuple


class Route(NamedTuple):
    """An invented situation on one route: yearly incidents, how deadly, who counts what there."""

    name: str
    region: str
    countries: tuple[str, ...]
    incidents: int
    toll: float
    cause: str
    detections: int = 0
    arrivals: int = 0
    frontex: str | None = None


DROWNING: Final = "Drowning"
HARSH: Final = "Harsh environmental conditions / lack of adequate shelter, food, water"
VEHICLE: Final = "Vehicle accident / death linked to hazardous transport"
SICKNESS: Final = "Sickness / lack of access to adequate healthcare"
VIOLENCE: Final = "Violence"
ACCIDENT: Final = "Accidental death"
UNKNOWN: Final = "Mixed or unknown"
CAUSES: Final = (DROWNING, HARSH, VEHICLE, SICKNESS, VIOLENCE, ACCIDENT, UNKNOWN)

ROUTES: Final[dict[str, Route]] = {
    "central-mediterranean": Route("Central Mediterranean", "Mediterranean", ("Libya", "Tunisia", "Italy", "Malta"),
                                   70, 1.5, DROWNING, 6200, 5200, "Central Mediterranean Route"),
    "eastern-mediterranean": Route("Eastern Mediterranean", "Mediterranean", ("Greece", "Türkiye", "Cyprus"),
                                   34, 1.0, DROWNING, 5200, 4300, "Eastern Mediterranean Route"),
    "western-mediterranean": Route("Western Mediterranean", "Mediterranean", ("Spain", "Morocco", "Algeria"),
                                   46, 0.8, DROWNING, 1700, 1500, "Western Mediterranean Route"),
    "western-africa-atlantic": Route("Western Africa / Atlantic route to the Canary Islands", "Western Africa",
                                     ("Spain", "Mauritania", "Morocco", "Senegal"), 28, 1.7, DROWNING, 1300, 1150,
                                     "Western African Route"),
    "sahara-desert-crossing": Route("Sahara Desert crossing", "Northern Africa",
                                    ("Niger", "Libya", "Algeria", "Sudan", "Mali"), 62, 0.6, HARSH),
    "us-mexico-border-crossing": Route("US-Mexico border crossing", "North America",
                                       ("United States of America", "Mexico"), 118, 0.1, HARSH, 61000),
    "afghanistan-to-iran": Route("Afghanistan to Iran", "Southern Asia",
                                 ("Iran (Islamic Republic of)", "Afghanistan"), 48, 0.2, VEHICLE),
    "eastern-route-ehoa": Route("Eastern Route to/from EHOA", "Western Asia", ("Yemen", "Djibouti", "Saudi Arabia"),
                                20, 1.3, DROWNING),
    "western-balkans": Route("Western Balkans", "Europe", ("Serbia", "Bosnia and Herzegovina", "Croatia"),
                             14, 0.2, DROWNING, 4100, 0, "Western Balkan Route"),
    "turkiye-europe-land-route": Route("Türkiye-Europe land route", "Europe", ("Greece", "Türkiye", "Bulgaria"),
                                       12, 0.3, VEHICLE),
    "english-channel": Route("English Channel to the UK", "Europe", ("France",), 8, 0.5, DROWNING, 0, 2300),
    "darien": Route("Darien", "Central America", ("Panama", "Colombia"), 16, 0.3, DROWNING),
    "caribbean-to-us": Route("Caribbean to US", "Caribbean", ("Bahamas", "Cuba", "Haiti"), 7, 1.3, DROWNING),
    "belarus-eu-border": Route("Belarus-EU border", "Europe", ("Poland", "Belarus", "Lithuania"), 5, 0.0, HARSH),
    "sea-crossings-to-mayotte": Route("Sea crossings to Mayotte", "Eastern Africa", ("Comoros", "Mayotte"),
                                      3, 1.5, DROWNING),
    "bay-of-bengal-andaman-sea": Route("Bay of Bengal/Andaman Sea", "South-eastern Asia",
                                       ("Myanmar", "Thailand", "Indonesia"), 9, 1.9, DROWNING),
    "syria-to-turkiye": Route("Syria to Türkiye", "Western Asia", ("Syrian Arab Republic", "Türkiye"),
                              9, 0.3, VIOLENCE),
}  # fmt: skip
NATIONALITIES: Final = ("SYR", "AFG", "BGD", "TUN", "EGY", "MAR", "SEN", "GIN", "ERI", "SOM", "PAK", "IRQ")
AMERICAN: Final = ("MEX", "GTM", "HND", "SLV", "VEN", "CUB")
SECTORS: Final = ("Tucson Sector", "Rio Grande Valley Sector", "El Paso Sector", "Del Rio Sector", "Yuma Sector")
ORIGINS: Final = ("Unknown", "Syrian Arab Republic", "Afghanistan", "Nigeria", "Guatemala", "Eritrea", "Sudan")
ORIGIN_REGIONS: Final = ("Western Africa (P)", "Northern Africa", "Southern Asia", "Unknown", "Eastern Africa (P)")

INCIDENT_HEADER: Final = (
    "Main ID", "Incident ID", "Incident Type", "Region of Incident", "Incident Date", "Incident Year", "Month",
    "Number of Dead", "Minimum Estimated Number of Missing", "Total Number of Dead and Missing",
    "Number of Survivors", "Number of Females", "Number of Males", "Number of Children", "Country of Origin",
    "Region of Origin", "Cause of Death", "Country of Incident", "Migration Route", "Location of Incident",
    "Coordinates", "UNSD Geographical Grouping", "Information Source", "URL", "Source Quality", "demonstration",
)  # fmt: skip
