"""A row's model has the columns of its table, in their order, and refuses another table."""

import msgspec
import polars as pl
import pytest

from data.counting.tables import table_of
from data.exports.list_models import IncidentRow, SegmentRow, SeriesPeriod, SourceRow, rows_of
from data.model.answers import Answer, as_builtins
from data.query.selection import Selection
from data.store.store import Store

ROWS: dict[str, type[Answer]] = {"incidents": IncidentRow, "segments": SegmentRow, "series": SeriesPeriod}


@pytest.mark.parametrize("figure", ROWS)
def test_a_model_has_the_columns_of_its_table(demonstration_store: Store, figure: str) -> None:
    table = table_of(demonstration_store.current(), Selection(), figure).head(50)
    assert ROWS[figure].__struct_fields__ == tuple(table.columns)
    texts = table.with_columns(pl.col(pl.Date).cast(pl.String)).to_dicts()
    assert list(as_builtins(rows_of(table, ROWS[figure]))) == texts


def test_a_table_with_a_column_more_is_refused(demonstration_store: Store) -> None:
    table = demonstration_store.current().sources
    with pytest.raises(msgspec.ValidationError):
        rows_of(table.with_columns(ship=pl.lit(1)), SourceRow)
