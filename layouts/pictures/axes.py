"""How days and numbers become places of one panel of a series."""

from datetime import date

from layouts.pictures.frame import Box


class Axes:
    """How days and numbers become places of one panel."""

    def __init__(self, box: Box, first: date, last: date, low: float, high: float) -> None:
        """Take the box, the first day, the day after the last, and the range of the numbers."""
        self.box, self.first, self.low, self.high = box, first, low, high
        self.days = max((last - first).days, 1)

    def x(self, day: date) -> float:
        """Return where a day begins."""
        share = (day - self.first).days / self.days
        return self.box.left + self.box.wide * min(max(share, 0.0), 1.0)

    def y(self, value: float) -> float:
        """Return the height of a number."""
        return self.box.top + self.box.high * (self.high - value) / (self.high - self.low)
