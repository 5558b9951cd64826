"""The fifteen tasks, each with the most clicks that it may take from a fresh page."""

from collections.abc import Callable
from typing import Final, NamedTuple

from tests.browser.tasks import border_team, journalist, policymaker
from tests.browser.tasks.reader import Reader


class Task(NamedTuple):
    """What a reader wants, who asks, what is done, and the most clicks; ``is_own``: in a browser that knows nothing."""

    words: str
    who: str
    act: Callable[[Reader], None]
    most: int
    is_own: bool = False


TASKS: Final = (
    Task("This year against the same dates of last year", "policymaker", policymaker.this_year_against_the_last, 2),
    Task("More dangerous, or busier?", "policymaker", policymaker.more_dangerous_or_busier, 2),
    Task("Which rose when this fell?", "policymaker", policymaker.which_rose_when_this_fell, 2),
    Task("How sure is it?", "policymaker", policymaker.how_sure, 2),
    Task("A hand-over of two pages", "policymaker", policymaker.a_hand_over_of_two_pages, 4),
    Task("What is new in my sector since my last visit?", "border team", border_team.what_is_new_since_my_last_visit,
         3, is_own=True),
    Task("Where to look this month", "border team", border_team.where_to_look_this_month, 4),
    Task("A sheet of my sector", "border team", border_team.a_sheet_of_my_sector, 4),
    Task("A threshold with a test alert", "border team", border_team.a_threshold_with_a_test_alert, 5),
    Task("Find a place", "border team", border_team.a_place_is_found, 2),
    Task("Keep a view offline", "border team", border_team.a_view_is_kept_offline, 2, is_own=True),
    Task("A clean chart of deaths alone", "journalist", journalist.a_chart_of_deaths_alone, 3),
    Task("The numbers behind exactly it", "journalist", journalist.the_numbers_behind_exactly_it, 4),
    Task("Check a quote", "journalist", journalist.check_a_quote, 3),
    Task("A link and an embed that do not change", "journalist", journalist.a_link_and_an_embed_that_do_not_change, 3),
)  # fmt: skip
