"""The bar of words offers to log in where readers can, and says as whom a reader reads."""

from data.model.roles import Reader, Role, reading_as
from layouts.page.top_bar import account_words


def test_the_public_may_log_in_and_who_is_in_reads_the_tier() -> None:
    assert "Log in" in str(account_words())
    with reading_as(Reader(Role.BORDER)):
        words = str(account_words())
    assert "You read as border team" in words
    assert "/login" not in words
