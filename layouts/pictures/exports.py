"""The pages and pictures that can be exported, each in its formats with their media types."""

from typing import Final

from layouts.pictures.write import MEDIA as PICTURE_MEDIA

DRAWN: Final = {kind: media.partition(";")[0] for kind, media in PICTURE_MEDIA.items()}


PICTURES: Final = {  # figure: its formats, each with its media type
    "map": DRAWN,
    "series": DRAWN,
    "pillar": DRAWN,
    "brief": {"pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml"},
    "view": {"html": "text/html"},
}
