"""The answer to "Where was more recorded than around?"."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from callbacks.questions.about import about, counted
from callbacks.reading import ranking_kept
from data.hotspots import hot_spots_answer
from data.selection import Selection
from data.store import Store
from data.study import COUNTED, Question, parse_hot_spots
from data.vintage import Vintage
from layouts.questions.hotspots import answer

DEFAULT: Final = {"region": "mediterranean", "measure": "incidents", "resolution": "3", "emerging": "no"}


def view(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Any]:
    """Return the hot spots of a study area for the selection, its ranking with its stability (RULES G6, H6, H7)."""
    del store
    chosen = {name: options.get(name) or words for name, words in DEFAULT.items()}
    asked = counted(vintage, selection)
    given = parse_hot_spots({name: [words] for name, words in chosen.items()}, vintage)
    size = given.selection.size
    kept = ("start", "end", "routes", "causes", "countries", "min_quality", "source")
    question = Question(
        Selection(size=size).but(**{name: getattr(asked, name) for name in kept}), given.area, given.measure,
        given.is_emerging,
    )  # fmt: skip
    ranking = ranking_kept(vintage, question.selection.but(measure=COUNTED[question.measure]))
    return [*answer(_answer(vintage, question), ranking), about(vintage, asked)]


@lru_cache(maxsize=32)
def _answer(vintage: Vintage, question: Question) -> dict[str, Any]:
    return hot_spots_answer(vintage, question)
