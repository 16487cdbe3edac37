"""The prose of a text, searchable by name: where it stands, in which sentence, in which words."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from exporter.grounding.spelling import WORD, key
from exporter.model.document import Annotation, PositionSource, Text

_GAP = re.compile(r"(?:['\u2019]s)?[\s/'\u2019\-\u2010-\u2015]{0,2}")
_POSSESSIVE_S = re.compile(r"(?<=['\u2019])s\b")
_SENTENCE_END = re.compile(r"(?:[.!?][)\]]?\s+(?=[^a-z])|\n)")
_LONGEST_NAME = 8
_LONGEST_SENTENCE = 600
_LONGEST_WORD = 500


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Occurrence:
    """A place in the prose where a name stands, with what stands around it in the sentence."""

    start: int
    end: int
    exact: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word of the prose, with the key under which it is compared."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The prose of a text; ``content`` has the text's offsets, all else is line ends.

    ``places`` are the numbers of the ``tokens`` with one key.
    """

    content: str
    tokens: tuple[Token, ...]
    places: Mapping[str, list[int]]

    def occurrences(self, name: str) -> tuple[Occurrence, ...]:
        """Return every place where a name stands as whole words, in text order.

        Case, dashes, Greek letters and a plural s do not matter, except that a short name of
        letters only has to stand as it is or in capitals: ``cat`` is not ``CAT``.
        """
        return tuple(self.at(*span) for span in sorted(self.spans(name)))

    def spans(self, name: str) -> Iterator[tuple[int, int]]:
        """Yield begin and end of every place of a name, in no order."""
        wanted = key(name)
        longest = min(len(wanted), _LONGEST_WORD)
        beginnings = (wanted[:length] for length in range(1, longest + 1))
        for beginning in (*beginnings, f"{wanted}s") if wanted else ():
            for first in self.places.get(beginning, ()):
                end = self._end_of(wanted, first)
                if end is not None and self._stands(name, self.tokens[first].start, end):
                    yield self.tokens[first].start, end

    def _end_of(self, wanted: str, first: int) -> int | None:
        """Return where the words from a token on end that spell a key, or None."""
        rest = wanted
        for number in range(first, min(first + _LONGEST_NAME, len(self.tokens))):
            token = self.tokens[number]
            gap = self.content[self.tokens[number - 1].end : token.start]
            if number > first and not _GAP.fullmatch(gap):
                return None
            if token.key in {rest, f"{rest}s"}:
                return token.end
            if not rest.startswith(token.key):
                return None
            rest = rest.removeprefix(token.key)
        return None

    def says(self, name: str) -> bool:
        """Tell whether a name stands anywhere in the prose."""
        return any(True for _ in self.spans(name))

    def words_with_initials(self, letters: str) -> str:
        """Return the first plain words in a row whose initials these letters are, or nothing."""
        pattern = r"\s".join(rf"{re.escape(letter)}[a-z]{{3,}}" for letter in letters.lower())
        found = re.search(rf"(?<![\w-]){pattern}(?![\w-])", self.content, re.IGNORECASE)
        return found.group() if found else ""

    def _stands(self, name: str, start: int, end: int) -> bool:
        exact = self.content[start:end]
        if len(key(name)) <= 4 and any(letter.isspace() for letter in exact):
            return any(letter.isspace() for letter in name)
        return len(name) > 5 or not name.isalpha() or _same_case(exact, name)

    def at(self, start: int, end: int) -> Occurrence:
        """Return a place with the rest of its sentence, or of some hundred characters of it."""
        earliest = max(0, start - _LONGEST_SENTENCE)
        ends = [match.end() for match in _SENTENCE_END.finditer(self.content, earliest, start)]
        latest = min(len(self.content), end + _LONGEST_SENTENCE)
        stop = _SENTENCE_END.search(self.content, end, latest)
        return Occurrence(
            start=start,
            end=end,
            exact=self.content[start:end],
            before=self.content[ends[-1] if ends else earliest : start],
            after=self.content[end : stop.start() if stop else latest],
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
    tokens = tuple(
        Token(start=word.start(), end=word.end(), key=key(word.group()))
        for word in WORD.finditer(content)
        if not _POSSESSIVE_S.match(content, word.start())
    )
    places: dict[str, list[int]] = {}
    for number, token in enumerate(tokens):
        places.setdefault(token.key, []).append(number)
    return Prose(content=content, tokens=tokens, places=places)


def occurrences_of(
    annotation: Annotation, names: Iterable[str], prose: Prose
) -> tuple[Occurrence, ...]:
    """Return where an annotation stands: its given places, else every place of its names.

    Of places that overlap the longest one counts: in "type I interferon" no bare "interferon".
    """
    given = [m for m in annotation.mentions if m.source is PositionSource.GIVEN]
    if given:
        return tuple(prose.at(m.start, m.end) for m in given)
    found = {span for name in dict.fromkeys(names) for span in prose.spans(name)}
    return tuple(prose.at(*span) for span in _longest(found))


def _longest(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        following = bisect(kept, (start, end))
        after_previous = following == 0 or kept[following - 1][1] <= start
        before_next = following == len(kept) or end <= kept[following][0]
        if after_previous and before_next:
            kept.insert(following, (start, end))
    return kept
