"""The columns of lists that the operator supplies: campaigns, and services that search for relatives."""

from typing import Final

import polars as pl

from data.model.columns import EDITION, SHEET, columns

CAMPAIGNS: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    EDITION,
    ("file", pl.String, "", "Name of that file."),
    SHEET,
    ("row", pl.UInt32, "row", "Row in the file or sheet."),
    ("campaign", pl.String, "", "Its name."),
    ("operator", pl.String, "", "The organisation that runs it."),
    ("date_from", pl.Date, "day", "Its first day."),
    ("date_to", pl.Date, "day", "Its last day; null: it is not over, or that is not stated."),
    ("area", pl.String, "", "Where its audience is: ISO 3166 alpha-3; null if not stated."),
    ("channel", pl.String, "", "How it reaches its audience: radio, meetings, social media, as stated."),
    ("cost", pl.Float64, "as currency", "What it costs; null if not stated."),
    ("currency", pl.String, "", "ISO 4217 code of the cost; null where there is none."),
    ("evaluation", pl.String, "", "Link to a published evaluation; null: none was found, or nothing is stated."),
    ("is_evaluated", pl.Boolean, "", "True: there is a link; false: somebody looked and found none; null: not stated."),
)

TRACING_SERVICES: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    EDITION,
    ("file", pl.String, "", "Name of that file."),
    SHEET,
    ("row", pl.UInt32, "row", "Row in the file or sheet."),
    ("service", pl.String, "", "Name of the organisation that searches for relatives."),
    ("country", pl.String, "", "Where it works: ISO 3166 alpha-3; null: in all countries."),
    ("url", pl.String, "", "Its web address, as supplied."),
    ("languages", pl.String, "", "Languages in which it answers, joined by semicolons; null if not stated."),
    ("date_from", pl.Date, "day", "Day on which somebody looked whether the address answers; null if not stated."),
    ("date_to", pl.Date, "day", "The same day."),
)
