"""Which cells lie in each one's first ring."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from geo.cells import first_rings


def neighbours_of(cells: npt.NDArray[np.int64]) -> csr_array:
    """Return which cells lie in each one's first ring, itself included: binary weights, one row per cell.

    Cells outside ``cells`` are nobody's neighbours, so edge cells and pentagons have fewer (RULES G3).

    Raises
    ------
    ValueError
        ``cells`` is not sorted, or one is there twice.
    """
    if (np.diff(cells) <= 0).any():
        raise ValueError("cells must be sorted and distinct; pass them through numpy.unique")
    counts, around = first_rings(cells)
    owner = np.repeat(np.arange(cells.size), counts)
    place = np.minimum(np.searchsorted(cells, around), max(cells.size - 1, 0))
    is_here = cells[place] == around
    ends = np.cumsum(np.bincount(owner[is_here], minlength=cells.size))
    starts = np.concatenate(([0], ends))
    return csr_array((np.ones(int(starts[-1])), place[is_here], starts), shape=(cells.size, cells.size))
