"""Reads what states decided: treaties by participant, and dated policies and agreements."""
