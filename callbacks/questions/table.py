"""The questions that the sheet asks, in their order: a row here, and its module, is all that a question is."""

from typing import Final

from callbacks.questions import compare, corridors, hotspots, pillars, quote, risk, sector, year
from layouts.questions import compare as compare_form
from layouts.questions import corridors as corridors_form
from layouts.questions import hotspots as hotspots_form
from layouts.questions import pillars as pillars_form
from layouts.questions import quote as quote_form
from layouts.questions import risk as risk_form
from layouts.questions import sector as sector_form
from layouts.questions import year as year_form
from layouts.questions.question import Question

QUESTIONS: Final = (
    Question("year", year_form.form, year.answer_panel),
    Question("risk", risk_form.form, risk.answer_panel, is_folded=True),
    Question("hotspots", hotspots_form.form, hotspots.answer_panel, is_folded=True),
    Question("corridors", corridors_form.form, corridors.answer_panel, is_folded=True),
    Question("compare", compare_form.form, compare.answer_panel, is_folded=True),
    Question("pillars", pillars_form.form, pillars.answer_panel),
    Question("quote", quote_form.form, quote.answer_panel),
    Question("sector", sector_form.form, sector.answer_panel),
)
