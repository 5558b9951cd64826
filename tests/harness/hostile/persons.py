"""Files with columns and texts of persons, in the languages of the field: refused, or the row set aside unseen."""

from typing import Final

from tests.harness.hostile.entry import (
    COUNT,
    COUNTS,
    Hostile,
    Make,
    as_json,
    counts,
    incident_records,
    incidents,
    put,
    table,
)

TOLD: Final = "Zzyzx"
HEADINGS: Final = (
    "Full name", "first_name", "Nom complet", "Prénom", "Apellidos", "nombre completo", "Cognome", "Nachname", "Soyadı",
    "Фамилия", "Имя погибшего", "Прізвище", "الاسم الكامل", "اسم الضحية", "نام پدر", "姓名", "身份证号码", "Date of birth",
    "fecha_de_nacimiento", "تاريخ الميلاد", "Дата рождения", "出生日期", "WhatsApp", "N° de téléphone", "رقم الهاتف", "Номер телефона",
    "Correo electrónico", "البريد الإلكتروني", "Passport No.", "رقم جواز السفر", "Паспорт", "护照号", "Fingerprints", "بصمة", "MMSI",
    "photo_url", "Safe house", "живое фото",
)  # fmt: skip
TEXTS: Final = {
    "an e-mail address": "write to amina.k@example.org", "a telephone number": "call +218 91 234 5678",
    "a telephone number behind a word": "WhatsApp: 0912345678", "a telephone number in Arabic digits": "هاتف: ٠٩١٢٣٤٥٦٧٨",
    "a telephone number in Russian": "тел. 8 912 345 67 89", "a passport": "passport no. AB1234567", "a passport in Chinese": "护照号 E12345678",
    "a passport in Arabic": "جواز رقم 12345678", "a Spanish document": "12345678Z", "an account": "GB82 WEST 1234 5698 7654 32",
    "a line that machines read": "P<SYRALI<<AHMAD<<<<<<<", "a name and an age": "Fatima Ali (7)", "a name and years": "Ahmad Hassan, aged 24",
    "a name in Arabic and years": "محمد علي، 24 عاما", "a name in Russian and years": "Анна Иванова, 5 лет",
}  # fmt: skip


def with_column(heading: str) -> Make:
    return put(table([[*COUNTS, heading], [*COUNT.values(), TOLD]]))


PERSONS: Final[dict[str, Hostile]] = {
    **{f"a column '{one}'": Hostile(with_column(one), "PERSONAL_DATA", (f"'{one}'",), (TOLD,)) for one in HEADINGS},
    **{
        f"{what} in a place of counts": Hostile(
            put(counts({}, {"place": text, "nationality": "Syria"})), accepted=1, quarantined=1, value=7,
            set_aside=[(3, "place", None)], says=("PERSONAL_DATA",), never=(text,),
        )
        for what, text in TEXTS.items()
    },
    **{
        f"{what} in a place of incidents": Hostile(
            put(incidents({}, {"Location of Incident": text})), accepted=1, quarantined=1, value=7,
            set_aside=[(3, "Location of Incident", None)], says=("PERSONAL_DATA",), never=(text,),
        )
        for what, text in TEXTS.items()
    },
    "a column of persons in JSON": Hostile(as_json([one | {"Prénom": TOLD} for one in incident_records({})]), "PERSONAL_DATA", ("Prénom",), (TOLD,)),
}  # fmt: skip
