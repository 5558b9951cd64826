"""The icon of the page, as an address that holds its picture, and as that of its file."""

from typing import Final
from urllib.parse import quote

from layouts.standalone.jinja import ASSETS, read_file

ICON_FILE: Final = "/assets/icon.svg"  # where the content policy lets no picture in an address
SAFE: Final = " '=/:"  # what an address holds as it is
ICON: Final = "data:image/svg+xml," + quote(read_file("icon.svg", ASSETS), safe=SAFE)
