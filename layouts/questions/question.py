"""A question of the sheet: its form, and the function that answers it. ``callbacks.questions.table`` lists them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from data.model.notices import say
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage

Options = Mapping[str, str]
Form = Callable[[Vintage], list[Any]]
"""Makes the fields that a question has of its own, for one vintage; components, in order."""
View = Callable[[Store, Vintage, Selection, Options], list[Any]]
"""Answers a question for what is chosen on the page and what stands in its fields; raises CrossingsError."""


@dataclass(frozen=True)
class Question:
    """One question; ``id`` names it in addresses (``ask=compare``) and in the messages (``questions.name.compare``)."""

    id: str
    form: Form
    view: View
    is_folded: bool = False  # the fields, behind "Change what is compared", as the answer stands without them

    @property
    def name(self) -> str:
        """The question in words."""
        return say(f"questions.name.{self.id}")
