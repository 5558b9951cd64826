"""A view of the pillars as a picture: ``/api/v1/exports/pillar.svg?pillar_view=visas&route=…``, and what it says."""

from callbacks.server.address import reader_address
from data.model.answers import as_builtins
from data.model.notices import say
from data.pillars.models import View
from data.pillars.request import asked_of, own_part
from data.pillars.views import VIEWS, view_of
from data.query.restriction import reader_marks
from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts.pictures import words as said
from layouts.pictures.description import ViewPicture, Words
from layouts.text.views import line_names, line_words, selection_words


def picture_of_view(vintage: Vintage, selection: Selection, name: str) -> ViewPicture:
    """Return the picture of a view for what of a selection it answers for: a route and days."""
    view = view_of(vintage, VIEWS[name], asked_of(selection))
    return ViewPicture(words=words_of_view(vintage, selection, view), view=view)


def words_of_view(vintage: Vintage, selection: Selection, view: View) -> Words:
    """Return what stands around the picture: its sentence, what it is of, formula, denominator, caveat, sources."""
    how = said_of(view)
    of = selection_words(asked_of(selection), vintage.names["route"])
    notes = f"{view.question} {of} {how}"
    caution = " ".join([view.caveat, *view.notes])
    sources = said.sources([as_builtins(one) | {"last_date": one.last_date} for one in view.sources])
    sources = sources or [say("pillars.page.no_sources")]
    query = own_part(selection).to_query()
    where = "&".join(part for part in (query, f"ask=pillars&ask.view={view.view}") if part)
    reopened = said.address(reader_address(), where, vintage.name, None)
    banner = say("statement.demonstration") if vintage.is_demonstration else ""
    marks = [str(one) for one in reader_marks(vintage)]
    told = [line_words(line, name) for line, name in zip(view.series, line_names(view.series), strict=True)]
    whole = (banner, view.words, notes, *told, caution, *marks, *sources, reopened)
    return Words(
        title=view.words.removesuffix("."), notes=notes, sources=(*sources, reopened), terms=(*marks, caution),
        alternative=" ".join(part for part in whole if part), banner=banner,
        mark=say("page.words.demonstration_mark") if vintage.is_demonstration else "",
    )  # fmt: skip


def said_of(view: View) -> str:
    """Return how a view is counted: its formula, and what it divides by."""
    parts = ((say(f"pillars.page.{what}"), getattr(view, what)) for what in ("formula", "denominator"))
    return " ".join(f"{head}: {words}." for head, words in parts)
