"""Where an annotation's words stand in the prose of a text: whole words, case as written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from exporter.errors import LimitError
from exporter.model.document import Mention, Passage, PositionSource

# Letters and digits of any script; an accent written as a mark of its own belongs to its letter.
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
MAX_MENTIONS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The prose of a text with an index: where each word starts and its passage begins and ends."""

    content: str
    words: Mapping[str, list[tuple[int, int, int]]]


def prose_of(content: str, passages: Iterable[Passage]) -> Prose:
    """Return the prose passages of a text, ready to be searched."""
    words: dict[str, list[tuple[int, int, int]]] = {}
    for passage in passages:
        if passage.prose:
            for match in _WORD.finditer(content, passage.start, passage.end):
                place = (match.start(), passage.start, passage.end)
                words.setdefault(match[0], []).append(place)
    return Prose(content=content, words=words)


def places(prose: Prose, term: str) -> Iterator[int]:
    """Yield where a term starts as a whole word: no letter or digit before or after it.

    A hyphen ends a word: ``MDA5`` stands in ``anti-MDA5``, ``JAK`` not in ``JAK1``.
    """
    first = _WORD.search(term)
    if first is None:
        return
    for place, begin, end in prose.words.get(first[0], ()):
        start = place - first.start()
        stop = start + len(term)
        fits = begin <= start and stop <= end and prose.content.startswith(term, start)
        if fits and not (_is_letter(prose.content, start - 1) or _is_letter(prose.content, stop)):
            yield start


def mentions_of(prose: Prose, label: str, others: Iterable[str]) -> tuple[Mention, ...]:
    """Return every place of the label, else of the first of the other names that occurs.

    No place at all gives no mention: none is ever invented.
    """
    found = _mentions(prose, label, PositionSource.LABEL_SEARCH)
    for other in () if found else others:
        found = _mentions(prose, other, PositionSource.ALIAS_SEARCH)
        if found:
            break
    return found


def checked_count(count: int) -> int:
    """Return the number of mentions of a text, or refuse one that would fill the memory."""
    if count > MAX_MENTIONS:
        raise LimitError(
            f"the text has more than {MAX_MENTIONS} mentions",
            code="E502",
            hint="split the list of entities over several files",
        )
    return count


def _mentions(prose: Prose, term: str, source: PositionSource) -> tuple[Mention, ...]:
    return tuple(
        Mention(start=start, end=start + len(term), exact=term, source=source)
        for start in places(prose, term)
    )


def _is_letter(content: str, offset: int) -> bool:
    return 0 <= offset < len(content) and _WORD.match(content[offset]) is not None
