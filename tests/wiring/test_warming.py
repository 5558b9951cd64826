"""What a worker reads beside as it starts is what the first answers ask for."""

from callbacks.questions.warming import warm
from geo.areas import study_areas
from geo.map import gazetteer as towns


def test_what_the_first_answers_need_is_read_ahead() -> None:
    caches = [study_areas.area_cells, towns._towns]
    for cache in (*caches, towns._called):
        cache.cache_clear()
    warm()
    assert all(cache.cache_info().currsize for cache in caches)
