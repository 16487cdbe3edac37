"""Where mentions stand, for a reader: section, line and column, and the sentence around them."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from exporter.model.document import Annotation, Mention, Text
from exporter.model.linting import Excerpt, Spot
from exporter.rdf.quoting import LONGEST_QUOTE

_SENTENCE_ENDS = re.compile(
    r"[.!?][\"')\]\u2019\u201d]*\s+(?=[\"'(\[\u2018\u201c]?[^\W\d_a-z])|\n+"
)
_ITEM_BEGINS = re.compile(r"(?:^|[,:*_\-+\u2022])\s*\Z")
_ITEM_GOES_ON = re.compile(r"\s*(?:[(\[{,]|\Z)")
_CUT = "\u2026"
# Each item looks through its whole line; nobody wrote a longer one by hand.
_LONGEST_LINE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of a file that is one text, to tell line and column of an offset."""

    content: str
    starts: tuple[int, ...]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return a line without its end; one that is not there is empty."""
        if not 1 <= number <= len(self.starts):
            return ""
        stop = self.starts[number] if number < len(self.starts) else None
        return self.content[self.starts[number - 1] : stop].rstrip("\n")


def lines_of(content: str) -> Lines:
    """Return the lines of a text."""
    starts = (0, *(match.end() for match in re.finditer("\n", content)))
    return Lines(content=content, starts=starts)


def spots_of(text: Text, annotation: Annotation, lines: Lines | None) -> Iterator[Spot]:
    """Yield the place of each mention; line and column only where ``lines`` are given."""
    for mention in annotation.mentions:
        line, column = lines.place(mention.start) if lines else (None, None)
        yield Spot(
            section=_section(text, mention),
            start=mention.start,
            end=mention.end,
            exact=mention.exact,
            line=line,
            column=column,
        )


def _section(text: Text, mention: Mention) -> str:
    found = (each.section for each in text.passages if each.start <= mention.start < each.end)
    return next(found, "")


def excerpt_of(text: Text, annotation: Annotation) -> Excerpt | None:
    """Return the sentence around the first mention, cut to what may be quoted of any text.

    Without a mention there is nothing to quote.
    """
    if not annotation.mentions:
        return None
    mention = annotation.mentions[0]
    begin, end = _sentence(text, mention)
    exact = mention.exact[:LONGEST_QUOTE]
    room = LONGEST_QUOTE - len(exact)
    before, after = text.content[begin : mention.start], text.content[mention.end : end]
    share = max(room // 2, room - len(after))
    before = before if len(before) <= share else _last(before, share)
    room -= len(before)
    after = after if len(after) <= room else _first(after, room)
    return Excerpt(before=before.lstrip(), exact=exact, after=after.rstrip())


def _sentence(text: Text, mention: Mention) -> tuple[int, int]:
    """Return where the sentence of a mention begins and ends, inside its passage."""
    passages = [each for each in text.passages if each.start <= mention.start < each.end]
    begin, end = (passages[0].start, passages[0].end) if passages else (0, len(text.content))
    begin = max(begin, mention.start - LONGEST_QUOTE)
    end = max(mention.end, min(end, mention.end + LONGEST_QUOTE))
    before = [match.end() for match in _SENTENCE_ENDS.finditer(text.content, begin, mention.start)]
    after = _SENTENCE_ENDS.search(text.content, mention.end, end)
    return (before[-1] if before else begin), (after.end() if after else end)


def _last(words: str, length: int) -> str:
    """Return the end of some words, from the start of a word on, with a mark that it is cut."""
    kept = words[len(words) - max(length - 1, 0) :]
    return _CUT + (kept.partition(" ")[2] or kept)


def _first(words: str, length: int) -> str:
    kept = words[: max(length - 1, 0)]
    return (kept.rpartition(" ")[0] or kept) + _CUT


def column_of_item(annotation: Annotation, lines: Lines | None) -> int | None:
    """Return the column of an annotation's label in its line, if only one place can be meant."""
    if lines is None or annotation.line is None:
        return None
    line = lines.line(annotation.line)
    if len(line) > _LONGEST_LINE:
        return None
    places = [match.start() for match in re.finditer(re.escape(annotation.label), line)]
    items = [each for each in places if _is_item(line, each, each + len(annotation.label))]
    return items[0] + 1 if len(items) == 1 else None


def _is_item(line: str, start: int, end: int) -> bool:
    begins = _ITEM_BEGINS.search(line[max(0, start - 3) : start] if start > 3 else line[:start])
    return begins is not None and _ITEM_GOES_ON.match(line[end : end + 3]) is not None
