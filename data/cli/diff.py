"""What differs between two vintages, in words."""

from data.store.diff import Amount, VintageDiff


def diff_in_words(found: VintageDiff) -> str:
    """Return what differs as lines to read."""
    lines = [f"{found.before} → {found.after}:" + ("" if found.sources or found.came or found.went else " no change.")]
    lines += [f"  file {sign} {', '.join(files)}" for sign, files in (("+", found.came), ("−", found.went)) if files]
    for one in found.sources:
        lines.append(f"{one.source}, {one.unit.replace('_', ' ')}: {_number(one.before)} → {_number(one.after)}")
        parts = (("+", one.added, "added"), ("−", one.withdrawn, "withdrawn"),
                 ("−", one.removed, "gone with their file"), ("−", one.restated_before, "as they were stated before"),
                 ("+", one.restated_after, "as they are stated now"))  # fmt: skip
        lines += [f"  {sign} {_number(part)} {what} ({part.rows:,} rows)" for sign, part, what in parts if part.rows]
        lines += [f"  of these at another point: {one.moved.rows:,} rows"] if one.moved.rows else []
        for name, changes in (("year", one.years), ("route", one.routes)):
            lines += [f"  {name} {c.key or 'not stated'}: {_number(c.before)} → {_number(c.after)}" for c in changes]
    return "\n".join(lines)


def _number(amount: Amount) -> str:
    return "unknown" if amount.number is None else f"{amount.number:,}"
