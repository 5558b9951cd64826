"""The icon of the page, as an address that holds its picture."""

from typing import Final

ICON: Final = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Cpath fill='%23703263' d='M16 2l12 7v14l-12 7-12-7V9z'/%3E%3C/svg%3E"
)
