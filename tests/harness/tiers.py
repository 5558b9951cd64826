"""Vintages and apps as a role sees them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from dash import Dash

from callbacks.build import create_app
from data.model.days import today
from data.model.roles import Role
from data.store.vintage import Vintage


def restricted_view(vintage: Vintage, role: Role = Role.PUBLIC) -> Vintage:
    """Return a vintage as a role sees it where none of its sources is public."""
    held = replace(vintage, role=role, today=today())
    vars(held)["stored_sources"] = vintage.stored_sources.with_columns(sensitivity=pl.lit("restricted"))
    return held


@contextmanager
def stated(**settings: str) -> Iterator[None]:
    """Let the environment state settings within the block, such as ``MODE="public"``."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(f"CROSSINGS_{name}", value)
        yield


def public_app(store: Path) -> Dash:
    """Return the app of a page in public mode, on a store that may hold what is restricted."""
    with stated(MODE="public", RESTRICTED_STORE=str(store)):
        return create_app(store)
