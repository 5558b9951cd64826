"""Fifteen things that readers come for: the answer is right, and it takes few clicks, or keys alone."""

from collections.abc import Callable

import pytest

from tests.browser.tasks.reader import Keys, Pointer, Reader
from tests.browser.tasks.tasks import TASKS, Task

pytestmark = pytest.mark.browser
Meet = Callable[[type[Reader], Task], Reader]
EACH = pytest.mark.parametrize("task", TASKS, ids=[task.act.__name__ for task in TASKS])
OFTEN = {"how_sure", "a_sheet_of_my_sector", "a_place_is_found", "the_numbers_behind_exactly_it"}  # the rest at length
BY_POINTER = pytest.mark.parametrize("task", [
    pytest.param(task, id=task.act.__name__, marks=[] if task.act.__name__ in OFTEN else [pytest.mark.long])
    for task in TASKS
])  # fmt: skip


def done(reader: Reader, task: Task) -> None:
    task.act(reader)
    assert reader.clicks <= task.most, f"{reader.clicks} clicks"
    reader.settled()


def test_what_is_done_often_is_among_the_tasks() -> None:
    assert {task.act.__name__ for task in TASKS} >= OFTEN


@BY_POINTER
def test_a_reader_gets_the_right_answer_in_few_clicks(meet: Meet, task: Task) -> None:
    done(meet(Pointer, task), task)


@pytest.mark.long
@EACH
def test_keys_alone_get_the_same_answer(meet: Meet, task: Task) -> None:
    done(meet(Keys, task), task)
