"""Words that every report uses: counts with their nouns, the place of a mention."""

from collections.abc import Iterable, Mapping

from exporter.model.linting import Doubt, Spot


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "error"), counted(2, "error")
    ('1 error', '2 errors')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(counts: Mapping[str, int]) -> str:
    """Return counts in one line, in their order."""
    return ", ".join(f"{number} {name}" for name, number in counts.items()) or "none"


def spot_words(spot: Spot) -> str:
    """Return a place in a text for a person: line and column if known, offsets, section."""
    line = f"line {spot.line}:{spot.column}, " if spot.line else ""
    section = f" in {spot.section}" if spot.section else ""
    return f"{line}{spot.start}-{spot.end}{section}"


def mention_words(doubt: Doubt) -> str:
    """Return what a finding is about: the item as written and what kind of thing it is said to be.

    Without an annotation that is the value as the source wrote it.
    """
    if doubt.judged is None:
        return doubt.finding.value
    annotation = doubt.judged.annotation
    stated = f" {annotation.stated_as}" if annotation.stated_as else ", without an id"
    kind = f" ({annotation.kind})" if annotation.kind else ""
    return f"{annotation.label}{stated}{kind}"


def first(items: Iterable[tuple[str, int]], number: int) -> str:
    """Return some counts by name and how many names are not told.

    >>> first([("a", 3), ("b", 1), ("c", 1)], 2)
    'a 3, b 1, and 1 more'
    """
    every = list(items)
    told = ", ".join(f"{name} {count}" for name, count in every[:number])
    rest = len(every) - number
    return f"{told}, and {rest} more" if rest > 0 else told
