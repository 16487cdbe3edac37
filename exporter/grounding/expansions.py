"""What a text itself says that its abbreviations mean: ``corticosteroid (CS)``.

The letters of the short form are looked for from right to left in the words before the
bracket, as Schwartz and Hearst (2003) proposed; the first letter must begin a word.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from exporter.grounding.spelling import WORD, key, words

_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,120})[)\]]")
_SHORT = re.compile(r"[^\W_][\w+/.&-]{1,11}")
_SPACED = re.compile(r"\S+")
_LONGEST = 400
_NUMBERS = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six"}
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
    found = [*_bracketed(prose), *_in_legends(prose)]
    return tuple(sorted(found, key=lambda expansion: (expansion.start, expansion.short)))


def _bracketed(prose: str) -> Iterator[Expansion]:
    for bracket in _BRACKET.finditer(prose):
        inside = re.split(r"[;,]", bracket.group(1))[0].strip().strip("'\"\u201c\u201d\u2018\u2019")
        before = _words_before(prose, bracket.start(), len(inside))
        short = _as_short(inside)
        span = best_long_form(short, prose, before) if short else None
        long = re.sub(r"[()\[\]]", "", prose[slice(*span)]) if span else ""
        if short and span and _is_read_out_of(short, long):
            yield Expansion(short=short, long=long, start=span[0], end=span[1])
        elif reverse := _reversed(prose, bracket):
            yield reverse


def _as_short(inside: str) -> str | None:
    """Return the short form in a bracket, in the singular, if it looks like one."""
    if not _SHORT.fullmatch(inside) or not any(letter.isupper() for letter in inside):
        return None
    return inside[:-1] if re.search(r"[A-Z]s$", inside) else inside


def _words_before(prose: str, end: int, length: int) -> tuple[int, int]:
    """Return the stretch in which a long form may stand: some words of the same sentence."""
    stops = (". ", "; ", "\n")
    earliest = max(0, end - _LONGEST)
    ends = [(prose.rfind(stop, earliest, end), len(stop)) for stop in stops]
    start = max((at + length for at, length in ends if at >= 0), default=earliest)
    spans = [word.span() for word in _SPACED.finditer(prose, start, end)]
    most = min(length + 5, length * 2)
    return (spans[-most:][0][0], spans[-1][1]) if spans else (end, end)


def best_long_form(short: str, prose: str, within: tuple[int, int]) -> tuple[int, int] | None:
    """Return the shortest stretch at the end of ``within`` that spells the short form.

    Words whose initials are the short form are preferred to letters within words.
    """
    begin, end = within
    place = end
    letters = _letters(short, prose[begin:end])
    if initials := _spelt_by_initials(letters, prose, within):
        return initials
    for index in range(len(letters) - 1, -1, -1):
        place = _previous(letters[index], prose, begin, place, first=index == 0)
        if place < begin:
            return None
    long = prose[place:end]
    too_short = len(long) <= len(short) or key(short) in {key(part) for part in long.split()}
    crosses = ("(" in long or ")" in long) and not _are_initials(letters, long)
    return None if too_short or crosses else (place, end)


def _letters(short: str, stretch: str) -> list[str]:
    """Return what is looked for: a number may be written out, as in one second for FEV1."""
    said = set(stretch.casefold().split())
    letters = [_fold(letter) for letter in short if letter.isalnum()]
    return [
        _NUMBERS[each][0] if _NUMBERS.get(each) in said and each not in stretch else each
        for each in letters
    ]


def _is_read_out_of(short: str, long: str) -> bool:
    """Tell whether most words of the long form give their initial to the short form, in order.

    Letters alone are found in almost any words: TNF is not "three inflammatory markers".
    """
    letters = _letters(short, long)
    parts = [part.group() for part in WORD.finditer(long) if words(part.group())]
    place = given = 0
    for part in parts:
        if _fold(part[0]) in letters[place:]:
            place = letters.index(_fold(part[0]), place) + 1
            given += 1
    return 3 * given >= 2 * len(parts) > 0


def _are_initials(letters: list[str], long: str) -> bool:
    """Tell whether the letters begin words of the long form, in this order."""
    initials = iter(_fold(part.group()[0]) for part in WORD.finditer(long))
    return all(letter in initials for letter in letters)


def _spelt_by_initials(
    letters: list[str], prose: str, within: tuple[int, int]
) -> tuple[int, int] | None:
    parts = list(WORD.finditer(prose, *within))
    found = [part for part in parts if words(part.group())][-len(letters) :]
    if len(found) < 2 or [_fold(part.group()[0]) for part in found] != letters:
        return None
    crosses = any(bracket in prose[found[0].start() : within[1]] for bracket in "()")
    return None if crosses else (found[0].start(), within[1])


def _fold(letter: str) -> str:
    """Return a letter without case and accent, for comparison with another letter."""
    return unicodedata.normalize("NFKD", letter).casefold()[:1]


def _previous(letter: str, prose: str, begin: int, place: int, *, first: bool) -> int:
    """Return the last place before ``place`` with this letter; the first one begins a word."""
    for at in range(place - 1, begin - 1, -1):
        begins = at == 0 or not prose[at - 1].isalnum()
        if _fold(prose[at]) == letter and (begins or not first):
            return at
    return begin - 1


def _reversed(prose: str, bracket: re.Match[str]) -> Expansion | None:
    """Read ``CAT (Cutaneous Assessment Tool)``."""
    nearby = prose[max(0, bracket.start() - 12) : bracket.start()]
    before = re.search(r"(?<![\w-])([A-Z][\w-]{1,9})\s?$", nearby)
    if before is None:
        return None
    return _spelt(prose, before.group(1), bracket.span(1))


def _in_legends(prose: str) -> Iterator[Expansion]:
    for legend in _LEGEND.finditer(prose):
        span = legend.span(2 if legend.group(2) else 3)
        if expansion := _spelt(prose, legend.group(1), span):
            yield expansion


def _spelt(prose: str, short: str, span: tuple[int, int]) -> Expansion | None:
    """Return the expansion if the whole stretch, from its first letter, spells the short form."""
    found = best_long_form(short, prose, span)
    if found is None or found[0] != span[0] or not _is_read_out_of(short, prose[slice(*span)]):
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


def abbreviates(short: str, long: str) -> bool:
    """Tell whether a short form in capitals can be read out of the whole long form.

    >>> abbreviates("JDM", "juvenile dermatomyositis"), abbreviates("JDM", "dermatomyositis")
    (True, False)
    """
    if _as_short(short) is None or sum(letter.isupper() for letter in short) < 2:
        return False
    if len(short) < 3:
        return spells_initials(short, long)
    found = best_long_form(short, long, (0, len(long)))
    return found is not None and found[0] == 0


def spells_initials(short: str, long: str) -> bool:
    """Tell whether a short form is made of the initials of the whole long form.

    >>> spells_initials("AA", "alopecia areata"), spells_initials("TS", "tumors")
    (True, False)
    """
    letters = [_fold(letter) for letter in short if letter.isalnum()]
    found = _spelt_by_initials(letters, long, (0, len(long)))
    return found is not None and found[0] == 0


def may_stand_for(short: str, long: str) -> bool:
    """Tell whether capitals are a likely short form of a whole name.

    Every word gives its initial, and a word put together of several may give those of its parts.

    >>> may_stand_for("JDM", "juvenile dermatomyositis"), may_stand_for("DM", "dermatomyositis")
    (True, True)
    >>> may_stand_for("DM", "deformity"), may_stand_for("ATD", "atrophic disease")
    (False, False)
    """
    parts = [key(part.group()) for part in WORD.finditer(long) if words(part.group())]
    first, *rest = (re.escape(_fold(letter)) for letter in short)
    following = (rf"(?:\w*\s{letter}|\w*[ioy]{letter}(?=\w{{3}}))" for letter in rest)
    return bool(re.fullmatch(rf"{first}{''.join(following)}\w*", " ".join(parts)))
