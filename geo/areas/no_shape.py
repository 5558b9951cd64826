"""Why corners make no shape of the globe."""

from decimal import Decimal


class NoShapeError(ValueError):
    """Corners that make no shape of the globe: why, as a short stable ``code`` with its ``values``."""

    def __init__(self, code: str, **values: int | str | Decimal) -> None:
        """Keep why; whoever shows it to a reader says it in the reader's language."""
        super().__init__(" ".join([code, *(f"{name}={value}" for name, value in values.items())]))
        self.code, self.values = code, values
