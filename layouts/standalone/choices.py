"""What a list of links is made of."""

from typing import NamedTuple


class Choice(NamedTuple):
    """One entry of a list: its words, the address that shows it, whether it is what is shown."""

    words: str
    address: str
    is_shown: bool = False
