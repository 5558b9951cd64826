"""Numbers in words."""

import pytest

from data.model.wording import two_digits


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.01234, "0.012"), (1.25, "1.2"), (9.96, "10"), (104.0, "100"), (12_345.0, "12,000"), (0.00000123, "0.0000012")],
)
def test_a_density_has_two_digits_and_never_an_exponent(value: float, words: str) -> None:
    assert two_digits(value) == words
