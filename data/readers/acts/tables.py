"""The tables of acts that are read: three treaties, policies of return, agreements on readmission."""

from typing import Final

from data.model.sources import Publication
from data.readers.acts.layout import ActLayout

ACT: Final = "Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)"
_TREATIES: Final = {
    "convention": ("18-12", "Convention against Transnational Organized Crime"),
    "trafficking-protocol": ("18-12-a", "Protocol against Trafficking in Persons"),
    "smuggling-protocol": ("18-12-b", "Protocol against the Smuggling of Migrants"),
}


def _gaps(title: str) -> Publication:
    return Publication(
        publisher="GAPs project (Horizon Europe)",
        title=title,
        citation=f"GAPs project, {title[:1].lower()}{title[1:]}",
        licence="Not stated",
        url="https://www.returnmigration.eu",
    )


ACT_LAYOUTS: Final = (
    *(
        ActLayout(
            id=f"un-treaty-{treaty}", source=f"un-treaty-{treaty}", kind="treaties", treaty=treaty,
            publication=Publication(
                "United Nations Treaty Collection", title, f"United Nations Treaty Collection, chapter XVIII, {number}",
                "Not stated", f"https://treaties.un.org/pages/ViewDetails.aspx?mtdsg_no=X{number.upper()}",
            ),
            headers=frozenset({"Participant", "Signature", ACT}),
        )
        for treaty, (number, title) in _TREATIES.items()
    ),
    ActLayout(
        id="gaps-return-policies", source="gaps-return-policies", kind="policy_events",
        publication=_gaps("Policies of return and readmission, by country"),
        headers=frozenset({"country", "policy", "themes", "year", "month", "day", "level", "instrument", "url"}),
    ),
    ActLayout(
        id="gaps-cooperation", source="gaps-cooperation", kind="policy_events",
        publication=_gaps("International cooperation on readmission, by country"),
        headers=frozenset({"country", "policy", "instrument", "signatory", "signed", "in_force", "url"}),
    ),
)  # fmt: skip
