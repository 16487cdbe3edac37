"""Whether a short form can be read out of words, and out of which of them.

The letters of the short form are looked for from right to left in the words before it, as Schwartz
and Hearst (2003) proposed; the first letter must begin a word.
"""

import re
import unicodedata
from functools import lru_cache

from exporter.grounding.spelling import WORD, key, words

_SHORT = re.compile(r"[^\W_][\w+/.&-]{1,11}")
_PLURAL = re.compile(r"[A-Z]s$")
_NUMBERS = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six"}


def as_short(inside: str) -> str | None:
    """Return the short form in a bracket, in the singular, if it looks like one."""
    if inside == inside.lower() or not _SHORT.fullmatch(inside):
        return None
    return inside[:-1] if _PLURAL.search(inside) else inside


def may_be_short(label: str) -> bool:
    """Tell whether a label looks like a short form that a text may explain.

    >>> may_be_short("MDA5"), may_be_short("myositis")
    (True, False)
    """
    return as_short(label) is not None


def best_long_form(short: str, prose: str, within: tuple[int, int]) -> tuple[int, int] | None:
    """Return the shortest stretch at the end of ``within`` that spells the short form.

    Words whose initials are the short form are preferred to letters within words.
    """
    begin, end = within
    letters = _letters(short, prose[begin:end])
    if initials := _spelt_by_initials(letters, prose, within):
        return initials
    found = _first_letter(letters, prose, within)
    if found is None:
        return None
    long = prose[found:end]
    too_short = len(long) <= len(short) or key(short) in {key(part) for part in long.split()}
    crosses = ("(" in long or ")" in long) and not _are_initials(letters, long)
    return None if too_short or crosses else (found, end)


def _first_letter(letters: list[str], prose: str, within: tuple[int, int]) -> int | None:
    """Return where the letters begin if they are looked for from the end; the first, in a word."""
    begin, end = within
    stretch = folded(prose[begin:end])
    place = len(stretch)
    for letter in letters[:0:-1]:
        place = stretch.rfind(letter, 0, place)
        if place < 0:
            return None
    while (place := stretch.rfind(letters[0], 0, place)) >= 0:
        at = begin + place
        if at == 0 or not prose[at - 1].isalnum():
            return at
    return None


def folded(stretch: str) -> str:
    """Return a stretch of the same length without case and accents.

    >>> folded("Aicardi-Gouti\u00e8res")
    'aicardi-goutieres'
    """
    if stretch.isascii():
        return stretch.lower()
    return "".join(_fold(letter) or "\0" for letter in stretch)


def _letters(short: str, stretch: str) -> list[str]:
    """Return what is looked for: a number may be written out, as in one second for FEV1."""
    letters = [_fold(letter) for letter in short if letter.isalnum()]
    if _NUMBERS.keys().isdisjoint(letters):
        return letters
    said = set(stretch.casefold().split())
    return [
        _NUMBERS[each][0] if _NUMBERS.get(each) in said and each not in stretch else each
        for each in letters
    ]


def is_read_out_of(short: str, long: str) -> bool:
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
    begin, rest = within[1], list(letters)
    for part in reversed([*WORD.finditer(prose, *within)]):
        if not words(part[0]):
            continue
        if not rest or _fold(part[0][0]) != rest.pop():
            break
        begin = part.start()
        if not rest:
            crosses = any(bracket in prose[begin : within[1]] for bracket in "()")
            return None if crosses or len(letters) < 2 else (begin, within[1])
    return None


@lru_cache(maxsize=10_000)
def _fold(letter: str) -> str:
    """Return a letter without case and accent, for comparison with another letter."""
    return unicodedata.normalize("NFKD", letter).casefold()[:1]


@lru_cache(maxsize=100_000)
def abbreviates(short: str, long: str) -> bool:
    """Tell whether a short form in capitals can be read out of the whole long form.

    >>> abbreviates("JDM", "juvenile dermatomyositis"), abbreviates("JDM", "dermatomyositis")
    (True, False)
    """
    if as_short(short) is None or sum(letter.isupper() for letter in short) < 2:
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
    first, *rest = (_fold(letter) for letter in short)
    # How much is read at least of each word in which the letter so far may stand.
    read = {0: 1} if parts and parts[0].startswith(first) else {}
    for letter in rest:
        within = re.compile(rf"[ioy]{re.escape(letter)}(?=\w{{3}})")
        inner = {at: found.end() for at in read if (found := within.search(parts[at], read[at]))}
        following = {at + 1: 1 for at in read if parts[at + 1 : at + 2]}
        read = inner | {at: end for at, end in following.items() if parts[at].startswith(letter)}
    return len(parts) - 1 in read
