"""What a text itself says that its abbreviations mean: ``corticosteroid (CS)``."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from exporter.grounding.initials import as_short, best_long_form, is_read_out_of

_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,120})[)\]]")
_SPACED = re.compile(r"\S+")
_LONGEST = 400
_PART = re.compile(r"[;,]")
_SHORT_BEFORE = re.compile(r"(?<![\w-])([A-Z][\w-]{1,9})\s?$")
_LEGEND_SIGNS = ":=,"
_LEGEND = re.compile(
    r"(?<![\w-])([A-Z][\w-]{1,9})(?:\s*[:=]\s*([^.,;:=()\[\]]{4,120})|,\s([^.,;:=()\[\]]{4,120})(?=;))"
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Expansion:
    """A short form with the long form that the text gives for it.

    ``start`` and ``end`` are the places of the long form in the searched prose.
    """

    short: str
    long: str
    start: int
    end: int


def expansions(prose: str) -> tuple[Expansion, ...]:
    """Return every short form that the prose explains, in order of appearance.

    >>> [(e.short, e.long) for e in expansions("The corticosteroid (CS) dose fell (n = 3).")]
    [('CS', 'corticosteroid')]
    >>> [(e.short, e.long) for e in expansions("HC: healthy controls; CR = complete response.")]
    [('HC', 'healthy controls'), ('CR', 'complete response')]
    """
    in_brackets = (_in_bracket(prose, bracket) for bracket in _BRACKET.finditer(prose))
    in_legends = (_in_legend(prose, legend) for legend in _LEGEND.finditer(prose))
    return _in_order((*in_brackets, *in_legends))


def expansions_of(wanted: Collection[str], prose: str) -> tuple[Expansion, ...]:
    """Return what the prose explains of some short forms, and of longer ones that begin so.

    >>> [e.long for e in expansions_of({"CS"}, "The corticosteroid (CS) dose fell (CAT).")]
    ['corticosteroid']
    """
    if not wanted:
        return ()
    in_brackets = (
        _in_bracket(prose, bracket)
        for bracket in _BRACKET.finditer(prose)
        if any(_is_wanted(short, wanted) for short in _shorts_at(prose, bracket))
    )
    in_legends = (
        _in_legend(prose, legend) for short in wanted for legend in _legends_of(short, prose)
    )
    return _in_order((*in_brackets, *in_legends))


def _in_order(found: Iterable[Expansion | None]) -> tuple[Expansion, ...]:
    return tuple(sorted(filter(None, found), key=lambda each: (each.start, each.short)))


def _is_wanted(short: str, wanted: Collection[str]) -> bool:
    return short in wanted or short.partition("-")[0] in wanted


def _inside(bracket: re.Match[str]) -> str:
    """Return what may be a short form in a bracket: what stands before a comma or semicolon."""
    return _PART.split(bracket[1], maxsplit=1)[0].strip().strip("'\"\u201c\u201d\u2018\u2019")


def _shorts_at(prose: str, bracket: re.Match[str]) -> Iterator[str]:
    """Yield what may be a short form in a bracket, and what may be one before it."""
    if short := as_short(_inside(bracket)):
        yield short
    if before := _before(prose, bracket):
        yield before


def _in_bracket(prose: str, bracket: re.Match[str]) -> Expansion | None:
    inside = _inside(bracket)
    short = as_short(inside)
    before = _words_before(prose, bracket.start(), len(inside))
    span = best_long_form(short, prose, before) if short else None
    long = re.sub(r"[()\[\]]", "", prose[slice(*span)]) if span else ""
    if short and span and is_read_out_of(short, long):
        return Expansion(short=short, long=long, start=span[0], end=span[1])
    return _reversed(prose, bracket)


def _words_before(prose: str, end: int, length: int) -> tuple[int, int]:
    """Return the stretch in which a long form may stand: some words of the same sentence."""
    stops = (". ", "; ", "\n")
    earliest = max(0, end - _LONGEST)
    ends = [(prose.rfind(stop, earliest, end), len(stop)) for stop in stops]
    start = max((at + length for at, length in ends if at >= 0), default=earliest)
    spans = [word.span() for word in _SPACED.finditer(prose, start, end)]
    most = min(length + 5, length * 2)
    return (spans[-most:][0][0], spans[-1][1]) if spans else (end, end)


def _before(prose: str, bracket: re.Match[str]) -> str:
    """Return the word in capitals right before a bracket, if there is one."""
    found = _SHORT_BEFORE.search(prose[max(0, bracket.start() - 12) : bracket.start()])
    return found[1] if found else ""


def _reversed(prose: str, bracket: re.Match[str]) -> Expansion | None:
    """Read ``CAT (Cutaneous Assessment Tool)``."""
    before = _before(prose, bracket)
    return _spelt(prose, before, bracket.span(1)) if before else None


def _legends_of(short: str, prose: str) -> Iterator[re.Match[str]]:
    """Yield the legends, such as ``HC: healthy controls``, that begin with a short form."""
    place = prose.find(short)
    while place >= 0:
        after = prose[place + len(short) : place + len(short) + 4].lstrip()
        if after[:1] in _LEGEND_SIGNS and after and (legend := _LEGEND.match(prose, place)):
            yield legend
        place = prose.find(short, place + 1)


def _in_legend(prose: str, legend: re.Match[str]) -> Expansion | None:
    return _spelt(prose, legend[1], legend.span(2 if legend[2] else 3))


def _spelt(prose: str, short: str, span: tuple[int, int]) -> Expansion | None:
    """Return the expansion if the whole stretch, from its first letter, spells the short form."""
    found = best_long_form(short, prose, span)
    if found is None or found[0] != span[0] or not is_read_out_of(short, prose[slice(*span)]):
        return None
    return Expansion(short=short, long=prose[slice(*span)], start=span[0], end=span[1])


def meanings(found: tuple[Expansion, ...]) -> dict[str, tuple[str, ...]]:
    """Return the long forms of each short form, and of the first part of one with a dash.

    >>> text = "the Cutaneous Assessment Tool in its binary form (CAT-BM)"
    >>> sorted(meanings(expansions(text)))
    ['CAT', 'CAT-BM']
    """
    forms: dict[str, list[str]] = {}
    for expansion in found:
        forms.setdefault(expansion.short, []).append(expansion.long)
    for expansion in found:
        head, dash, _ = expansion.short.partition("-")
        if dash and len(head) > 1 and head not in forms:
            forms[head] = [expansion.long]
    return {short: tuple(dict.fromkeys(longs)) for short, longs in forms.items()}
