"""Who reads: the public where nobody said, whoever a block names within it, and what each may see (RULES 9)."""

import pytest

from data.model.roles import LIMITS, Limits, Reader, Role, reader_in_use, reading_as, role_in_use

PARTNER, BORDER = Reader(Role.PARTNER, "p", "A-1"), Reader(Role.BORDER, "b")


def test_the_table_of_limits_is_that_of_the_rules() -> None:
    assert {
        Role.PUBLIC: Limits(finest=4, days=7, days_at_sea=30, smallest_group=10, sees_lines=False),
        Role.PARTNER: Limits(finest=5, days=3, days_at_sea=3, smallest_group=5, sees_lines=False),
        Role.BORDER: Limits(finest=6, days=0, days_at_sea=0, smallest_group=5, sees_lines=True),
    } == LIMITS


def test_the_words_of_the_roles_are_those_of_accounts_and_logs() -> None:
    assert [str(role) for role in Role] == ["public", "partner", "border", "operator"]


def test_where_nobody_said_who_reads_it_is_the_public() -> None:
    assert (reader_in_use(), role_in_use()) == (None, Role.PUBLIC)
    with reading_as(PARTNER), reading_as(None):
        assert (reader_in_use(), role_in_use()) == (None, Role.PUBLIC)


def test_a_reader_holds_for_its_block_and_the_one_around_it_after() -> None:
    with reading_as(PARTNER):
        with reading_as(BORDER):
            assert (reader_in_use(), role_in_use()) == (BORDER, Role.BORDER)
        assert (reader_in_use(), role_in_use()) == (PARTNER, Role.PARTNER)
    assert reader_in_use() is None


def test_a_block_that_fails_leaves_no_reader_behind() -> None:
    with pytest.raises(KeyError), reading_as(BORDER):
        raise KeyError
    assert (reader_in_use(), role_in_use()) == (None, Role.PUBLIC)


def test_an_account_and_an_agreement_are_part_of_who_reads() -> None:
    assert (Reader(Role.PARTNER).account, Reader(Role.PARTNER).agreement) == ("", "")
    assert len({PARTNER, Reader(Role.PARTNER, "q", "A-1"), Reader(Role.PARTNER, "p", "A-2"), BORDER}) == 4
