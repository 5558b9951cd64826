"""CSV whose bytes, separators, headings or rows are not what they should be."""

from typing import Final

from tests.harness.hostile.entry import COUNT, COUNTS, Hostile, counts, put, table

GOOD: Final = counts()
ACCENT: Final = counts({"place": "Córdoba"})
TWO: Final = counts({}, {"nationality": "Syria", "value": "5"})
WHOLE: Final = {"accepted": 1, "value": 7}
BOTH: Final = {"accepted": 2, "value": 12}
ROW: Final = list(COUNT.values())


def rows(*more: object, header: object = COUNTS) -> str:
    return table([header, ROW, *more])  # type: ignore[list-item]


CSV_SHAPES: Final[dict[str, Hostile]] = {
    "UTF-8 with a mark": Hostile(put(GOOD.encode("utf-8-sig")), **WHOLE),
    "UTF-16 with a mark": Hostile(put(ACCENT.encode("utf-16")), **WHOLE, says=("UTF-16",), stored={"place": "Córdoba"}),
    "UTF-16 of the other order": Hostile(put(b"\xfe\xff" + ACCENT.encode("utf-16-be")), **WHOLE, says=("UTF-16",), stored={"place": "Córdoba"}),
    "UTF-16 without a mark": Hostile(put(GOOD.encode("utf-16-le")), **WHOLE, says=("UTF-16",)),
    "UTF-32": Hostile(put(GOOD.encode("utf-32")), "ENCODING", ("UTF-32",)),
    "UTF-32 without a mark": Hostile(put(GOOD.encode("utf-32-le")), "NUL"),
    "Windows-1252": Hostile(put(ACCENT.encode("cp1252")), **WHOLE, says=("Windows-1252",), stored={"place": "Córdoba"}),
    "Cyrillic of an old Mac": Hostile(put(counts({"place": "Стамбул"}).encode("mac_cyrillic")), "ENCODING", ("UTF-8",)),
    "Shift JIS": Hostile(put(counts({"place": "東京都"}).encode("shift_jis")), "ENCODING", ("UTF-8",)),
    "UTF-16 that breaks off in a letter": Hostile(put(ACCENT.encode("utf-16")[:-1]), "ENCODING", ("breaks off",)),
    "UTF-8 that breaks off in a letter": Hostile(put("\ufeff".encode() + ACCENT.encode()[: ACCENT.encode().index("ó".encode()) + 1]), "ENCODING", ("breaks off",)),
    "two encodings in one file": Hostile(put("\ufeff".encode() + ACCENT.encode() + counts({"place": "Málaga"}).encode("cp1252")), "ENCODING", ("changes at byte",)),
    "a NUL byte": Hostile(put(GOOD.replace("Darien", "Dar\x00ien")), "NUL", ("NUL",)),
    "NUL bytes at its end": Hostile(put(GOOD.encode() + bytes(4_096)), "NUL", ("NUL",)),
    "line ends of CR alone": Hostile(put(TWO.replace("\r\n", "\r")), **BOTH),
    "line ends of LF alone": Hostile(put(TWO.replace("\r\n", "\n")), **BOTH),
    "line ends of all three kinds": Hostile(put(TWO.replace("\r\n", "\n", 1).rstrip() + "\r" + ",".join([*ROW[:-1], "1"]).replace("Darien,,,", "Darien,,,Iraq") + "\r\n"), accepted=3, value=13),
    "no line end at its end": Hostile(put(TWO.rstrip()), **BOTH),
    "a file cut within its last row": Hostile(put(TWO[:-12]), accepted=1, quarantined=1, value=7, set_aside=[(3, None, None)], says=("found 7 fields, expected 8",)),
    "empty lines between rows": Hostile(put(TWO.replace("\r\n", "\r\n\r\n\r\n")), **BOTH),
    "rows of separators alone": Hostile(put(TWO + ",,,,,,,\r\n" * 3), **BOTH),
    "semicolons": Hostile(put(counts(mark=";")), **WHOLE),
    "tabs": Hostile(put(counts(mark="\t"), "hostile.tsv"), **WHOLE),
    "pipes": Hostile(put(counts(mark="|")), **WHOLE),
    "a first line that names the separator": Hostile(put("sep=;\r\n" + counts(mark=";")), **WHOLE),
    "a first line that names another separator": Hostile(put("sep=|\r\n" + counts(mark=";")), "HEADER", ("header",)),
    "a separator that nobody uses": Hostile(put(counts(mark="\x1f")), "HEADER", ("header",)),
    "columns apart by blanks": Hostile(put("unit route value\ndetections Darien 7\n"), "HEADER", ("header",)),
    "all in quotation marks": Hostile(put('"' + GOOD.strip().replace("\r\n", '"\r\n"') + '"\r\n'), "HEADER", ("header",)),
    "a line break inside a field": Hostile(put(counts({"place": "Bajo\nChiquito"})), **WHOLE, stored={"place": "Bajo Chiquito"}),
    "a quotation mark that is not closed": Hostile(put(GOOD + 'detections,"Darien,,,Syria,2024-01-01,2024-01-31,5\r\n'), "QUOTE", ("row", "not closed")),
    "a quotation mark within a field": Hostile(put(counts({"place": "X"}).replace("X", 'Bajo "C" Chiquito')), **WHOLE, stored={"place": 'Bajo "C" Chiquito'}),
    "a row too short": Hostile(put(rows(ROW[:5])), accepted=1, quarantined=1, value=7, set_aside=[(3, None, None)], says=("found 5 fields, expected 8",)),
    "a row too long": Hostile(put(rows([*ROW, "9"])), accepted=1, quarantined=1, value=7, set_aside=[(3, None, None)], says=("found 9 fields, expected 8",)),
    "decimal commas that split a field": Hostile(put(GOOD + "detections,Darien,,,Syria,2024-01-01,2024-01-31,1,5\r\n"), accepted=1, quarantined=1, value=7, set_aside=[(3, None, None)], says=("found 9 fields",)),
    "a heading twice": Hostile(put(table([[*COUNTS, "value"], [*ROW, "9"]])), "DUPLICATE_HEADER", ("value", "twice")),
    "a heading twice, of other blanks": Hostile(put(table([[*COUNTS, " value "], [*ROW, "9"]])), "DUPLICATE_HEADER", ("value", "twice")),
    "headings alone": Hostile(put(",".join(COUNTS) + "\r\n"), "NO_ROWS", ("no rows",)),
    "headings alone, without a line end": Hostile(put(",".join(COUNTS)), "NO_ROWS", ("no rows",)),
    "headings twice": Hostile(put(rows(COUNTS, [*ROW[:4], "Syria", *ROW[5:]])), accepted=2, quarantined=1, value=14, set_aside=[(3, "unit", "unit")], says=("found unit",)),
    "headings twice and nothing else": Hostile(put(table([COUNTS, COUNTS])), "NOTHING_ACCEPTED", ("none of its 1 rows",)),
    "no headings": Hostile(put(table([ROW, ROW])), "LAYOUT", ("no known layout",)),
    "one heading missing": Hostile(put(table([COUNTS[:-1], ROW[:-1]])), "LAYOUT", ("it lacks value", "template")),
    "one heading renamed": Hostile(put(table([[*COUNTS[:-1], "persons"], ROW])), "LAYOUT", ("it lacks value", "persons")),
    "headings in capitals": Hostile(put(table([[name.upper() for name in COUNTS], ROW])), "LAYOUT", ("UNIT",)),
    "headings that nobody sees the whole of": Hostile(put(table([["x" * 100_000, "\x1b[2J", "\u202egnp"], ["1", "2", "3"]])), "LAYOUT", ("\\x1b[2J",), ("\x1b", "\u202e", "x" * 1_000)),
    "a column more": Hostile(put(table([[*COUNTS, "remark"], [*ROW, "as told"]])), **WHOLE, says=("remark",)),
    "columns without headings": Hostile(put(table([[*COUNTS, "", ""], [*ROW, "", "stray"]])), **WHOLE, says=("column 10, no heading",)),
    "100,000 columns": Hostile(put(",".join(f"c{n}" for n in range(100_000)) + "\n1\n"), "LIMIT", ("100,000 columns",)),
    "100,000 columns in quotation marks": Hostile(put(",".join(f'"c{n}"' for n in range(100_000)) + "\n1\n"), "LIMIT", ("100,000 columns",)),
    "50,000 columns below a title": Hostile(put("title\n\n" + ",".join(f"c{n}" for n in range(50_000)) + "\n1\n"), "LIMIT", ("row 3", "50,000 columns")),
    "a row of two million fields below two": Hostile(put("a,b\n" + "x," * 2_000_000 + "\n"), "LIMIT", ("row 2", "2,000,001 columns")),
    "a row of two million fields below good ones": Hostile(put(counts() + "," * 2_000_000 + "x\n"), accepted=1, quarantined=1, value=7, set_aside=[(3, None, None)], says=("found 2,000,001 fields",)),
    "a field of 11 million letters": Hostile(put(counts({"place": "x" * 11_000_000})), "LIMIT", ("longer",)),
    "100,000 rows of junk": Hostile(put(",".join(COUNTS) + "\n" + "a,b,c\n" * 100_000), "NOTHING_ACCEPTED", ("none of its 100,000 rows", "3 fields")),
    "a totals row": Hostile(put(rows(["detections", "Total", "", "", "", "2024-01-01", "2024-01-31", "7"])), accepted=1, quarantined=1, value=7, set_aside=[(3, "route", "Total")], says=("sums up others",)),
    "totals alone": Hostile(put(table([COUNTS, ["detections", "Total", *ROW[2:]]])), "NOTHING_ACCEPTED", ("the file has none of those",), ("Nothing is to be done",)),
    "a grand total below": Hostile(put(rows(["Grand total", "", "", "", "", "", "", "7"])), accepted=1, quarantined=1, value=7, says=("total",)),
    "footnotes below": Hostile(put(GOOD + "* provisional figures,,,,,,,\r\n"), accepted=1, quarantined=1, value=7, says=("provisional",)),
    "a title above": Hostile(put("Crossings of the Darien\r\n\r\n" + GOOD), **WHOLE, says=("Crossings of the Darien", "above the header")),
    "the same row twice": Hostile(put(rows(ROW)), "HELD", ("1 row differs", "--approve")),
    "the same group with another number": Hostile(put(rows([*ROW[:-1], "9"])), "HELD", ("1 row differs", "--approve")),
    "a column of names": Hostile(put(table([[*COUNTS, "Victim name"], [*ROW, "Jane Roe"]])), "PERSONAL_DATA", ("Victim name", "never stored"), ("Jane",)),
    "a column of telephone numbers": Hostile(put(table([[*COUNTS, "WhatsApp"], [*ROW, "+49 170 1234567"]])), "PERSONAL_DATA", ("WhatsApp",), ("1234567",)),
    "a column of positions of boats": Hostile(put(table([[*COUNTS, "MMSI"], [*ROW, "211234560"]])), "PERSONAL_DATA", ("MMSI",), ("211234560",)),
}  # fmt: skip
