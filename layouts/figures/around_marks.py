"""Cells around zero, on the page's map while a question is answered: fewer on one side, more on the other (RULES P6).

One table for what the server codes, the map draws and the key says; ``assets/map/marks.mjs`` and ``assets/cells.css``
have the same values, which a test compares.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from data.counting.classes import HATCHED_FROM
from data.hotspots.answer_model import HotSpotCell

STEPS: Final = (-3, -2, -1, 1, 2, 3)  # far fewer to far more, in the order of their codes
SHARES: Final = (0.92, 0.74, 0.56, 0.56, 0.74, 0.92, 0.4)  # of the true hexagon; the last: neither, or not known
TOKENS: Final = ("fewer-3", "fewer-2", "fewer-1", "more-1", "more-2", "more-3")
HATCHES: Final = ("paper", "paper", "fewer-edge", "more-edge", "paper", "paper")  # on each class
UNKNOWN: Final = 6  # not to be compared, not computable: hatched
DOMINATED: Final = 8  # added to a class: one event is more than half of the people (RULES X5)
NEITHER: Final = UNKNOWN + DOMINATED  # as many as before, as many as around: an outline alone
HALF: Final = 0.5
STEP_OF_SPOT: Final = {"cold 99%": -3, "cold 95%": -2, "cold 90%": -1, "hot 90%": 1, "hot 95%": 2, "hot 99%": 3}


def token_of(step: int) -> str:
    """Return the name of the colour of a class; of no change that of a quiet ground."""
    return TOKENS[STEPS.index(step)] if step else "hairline"


def code_of(step: int | None) -> int:
    """Return the code of a class from −3 to 3; null: not known."""
    if step is None:
        return UNKNOWN
    return STEPS.index(step) if step else NEITHER


def code_of_spot(one: HotSpotCell) -> int:
    """Return the code of a hot or cold spot; hatched where one event is most of its people."""
    if one.class_name not in STEP_OF_SPOT:
        return UNKNOWN if one.class_name == "not computable" else NEITHER
    is_one_event = (one.dominance or 0) > HALF and (one.dead_or_missing or 0) >= HATCHED_FROM
    return code_of(STEP_OF_SPOT[one.class_name]) + DOMINATED * is_one_event


def coded(codes: list[int]) -> npt.NDArray[np.uint8]:
    """Return codes as they travel."""
    return np.array(codes, dtype=np.uint8)
