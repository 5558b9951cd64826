"""Risk: its formulas, what they divide, sentences that are safe to print, and the check of a quote."""
