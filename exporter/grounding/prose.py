"""The prose of a text, searchable by name: where it stands, in which sentence, in which words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from exporter.grounding.spelling import WORD, key
from exporter.model.document import Annotation, PositionSource, Text

_GAP = re.compile(r"(?:['\u2019]s)?[\s/'\u2019\-\u2010-\u2015]{0,2}")
_POSSESSIVE_S = re.compile(r"(?<=['\u2019])s\b")
_SENTENCE_END = re.compile(r"(?:[.!?][)\]]?\s+(?=[^a-z])|\n)")
_LONGEST_NAME = 8


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Occurrence:
    """A place in the prose where a name stands, with what stands around it in the sentence."""

    start: int
    end: int
    exact: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The prose of a text; ``content`` has the text's offsets, all else is line ends."""

    content: str
    index: Mapping[str, tuple[tuple[int, int], ...]]

    def occurrences(self, name: str) -> tuple[Occurrence, ...]:
        """Return every place where a name stands as whole words, in text order.

        Case, dashes, Greek letters and a plural s do not matter, except that a short name of
        letters only has to stand as it is or in capitals: ``cat`` is not ``CAT``.
        """
        spans = self.index.get(key(name), ())
        return tuple(self._at(*span) for span in spans if self._stands(name, *span))

    def says(self, name: str) -> bool:
        """Tell whether a name stands anywhere in the prose."""
        return bool(self.occurrences(name))

    def _stands(self, name: str, start: int, end: int) -> bool:
        exact = self.content[start:end]
        if len(key(name)) <= 4 and any(letter.isspace() for letter in exact):
            return any(letter.isspace() for letter in name)
        return len(name) > 5 or not name.isalpha() or _same_case(exact, name)

    def _at(self, start: int, end: int) -> Occurrence:
        first = max((m.end() for m in _SENTENCE_END.finditer(self.content, 0, start)), default=0)
        stop = _SENTENCE_END.search(self.content, end)
        last = stop.start() if stop else len(self.content)
        return Occurrence(
            start=start,
            end=end,
            exact=self.content[start:end],
            before=self.content[first:start],
            after=self.content[end:last],
        )


def _same_case(exact: str, name: str) -> bool:
    forms = {name, name.upper(), name.capitalize() if name.islower() else name}
    return exact in forms or exact.removesuffix("s") in forms


def read_prose(text: Text) -> Prose:
    """Return the searchable prose of a text."""
    pieces, place = [], 0
    for passage in sorted(text.passages, key=lambda passage: passage.start):
        start = max(passage.start, place)
        if passage.prose and passage.end > start:
            pieces += ["\n" * (start - place), text.content[start : passage.end]]
            place = passage.end
    return prose_of("".join(pieces))


def prose_of(content: str) -> Prose:
    """Return the searchable form of a stretch of prose."""
    return Prose(content=content, index=MappingProxyType(_index(content)))


def _index(content: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return the places of every run of up to eight words, by key, with plural s dropped too."""
    tokens = [
        (m.start(), m.end(), key(m.group()))
        for m in WORD.finditer(content)
        if not _POSSESSIVE_S.match(content, m.start())
    ]
    places: dict[str, list[tuple[int, int]]] = {}
    for first, (start, _, _) in enumerate(tokens):
        joined = ""
        for position in range(first, min(first + _LONGEST_NAME, len(tokens))):
            token_start, end, token_key = tokens[position]
            gap = content[tokens[position - 1][1] : token_start]
            if position > first and not _GAP.fullmatch(gap):
                break
            joined += token_key
            for form in {joined, joined.removesuffix("s")} if len(joined) > 2 else {joined}:
                places.setdefault(form, []).append((start, end))
    return {form: tuple(sorted(set(spans))) for form, spans in places.items()}


def occurrences_of(
    annotation: Annotation, names: Iterable[str], prose: Prose
) -> tuple[Occurrence, ...]:
    """Return where an annotation stands: its given places, else every place of its names.

    Of places that overlap the longest one counts: in "type I interferon" no bare "interferon".
    """
    given = [m for m in annotation.mentions if m.source is PositionSource.GIVEN]
    if given:
        return tuple(prose._at(m.start, m.end) for m in given)  # noqa: SLF001
    found = {place for name in names for place in prose.occurrences(name)}
    return _longest(found)


def _longest(found: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    kept: list[Occurrence] = []
    for place in sorted(found, key=lambda place: (place.start - place.end, place.start)):
        if all(place.end <= other.start or other.end <= place.start for other in kept):
            kept.append(place)
    return tuple(sorted(kept))
