"""Where the annotations of a BioC document stand: proven by the words, whatever offsets count."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.model.document import Mention, PositionSource
from exporter.sources._bioc_sheet import Location, Mark, Part
from exporter.sources._statements import made_mention
from exporter.sources._text_units import Unit, places_more, spells, starts_of, units_of

MOST_BETWEEN = 1_000
"""Letters between two passages that blanks stand for; from here on the offset is not believed."""
Span = tuple[int, int]
"""Begin and end in the pinned text, the end excluded."""
_GIVEN = PositionSource.GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a document counts: in which unit, and from its own start or from that of each passage."""

    unit: Unit = Unit.CODE_POINTS
    restarts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pinned text, where each part stands in it, and which offset each part is said to have.

    ``moved`` are the parts that do not stand where their offset says. ``starts`` tells where each
    character starts in the unit of the offsets, and the end. ``ordered`` tells that the parts come
    in the order of their offsets.
    """

    content: str
    spans: Sequence[Span]
    stated: Sequence[int]
    moved: Sequence[int]
    starts: Sequence[int]
    ordered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where the annotations stand in the pinned text, in their order.

    An annotation without a mention is one whose words are not at their place. ``respelt`` are
    those whose words differ in spelling from those at their place.
    """

    pages: Pages
    mentions: Sequence[tuple[Mention, ...]]
    layout: Layout = Layout()
    respelt: frozenset[int] = frozenset()


def place(parts: Sequence[Part], marks: Sequence[Mark]) -> Placed:
    """Return where the mentions stand, in the layout that they all speak for.

    Another layout than the usual one is taken only if it places all that the usual one does and
    at least half of the rest. Words that differ only in spelling are at their place.
    """
    usual = _usual(_pages(parts, Unit.CODE_POINTS), marks)
    missed = sum(1 for index in _unplaced(usual) if marks[index].locations)
    if not missed:
        return usual
    best = usual
    for layout in _layouts(usual.pages.content, len(parts)):
        other = _placed(parts, marks, layout)
        if places_more(other.mentions, best.mentions):
            best = other
    if sum(1 for index in _unplaced(best) if marks[index].locations) * 2 > missed:
        best = usual
    return _with_other_spellings(best, marks)


def _unplaced(placed: Placed) -> Iterator[int]:
    return (index for index, mentions in enumerate(placed.mentions) if not mentions)


def _pages(parts: Sequence[Part], unit: Unit) -> Pages:
    """Join the parts at their offsets; a part that cannot stand at its own follows the last one."""
    pieces, spans, stated, moved = list[str](), list[Span](), list[int](), list[int]()
    at, end, before = 0, 0, None
    for number, part in enumerate(parts):
        offset = end + (1 if at else 0) if part.offset is None else part.offset
        stated.append(offset)
        if not part.text:
            spans.append((at, at))
            continue
        gap = offset - end
        if not 0 <= gap <= MOST_BETWEEN or part.offset is None:
            gap = 1 if at else 0
            if offset != end + gap or part.offset is None:
                moved.append(number)
        last = " " if before == part.passage else "\n"
        pieces += (" " * (gap - 1) + last if gap else "", part.text)
        spans.append((at + gap, at + gap + len(part.text)))
        at, before = spans[-1][1], part.passage
        end = offset + _length(part.text, unit)
    content = "".join(pieces)
    return Pages(
        content=content,
        spans=spans,
        stated=stated,
        moved=moved,
        starts=starts_of(content, unit),
        ordered=stated == sorted(stated),
    )


def _length(text: str, unit: Unit) -> int:
    if unit is Unit.CODE_POINTS or text.isascii():
        return len(text)
    return len(text.encode()) if unit is Unit.BYTES else len(text.encode("utf-16-le")) // 2


def _usual(pages: Pages, marks: Sequence[Mark]) -> Placed:
    """Place what stands in its own part by characters; most annotations do."""
    content, mentions = pages.content, list[tuple[Mention, ...]]()
    bases = [span[0] - stated for span, stated in zip(pages.spans, pages.stated, strict=True)]
    for mark in marks:
        if len(mark.locations) == 1 and mark.part >= 0:
            (offset, length), words = mark.locations[0], mark.words
            start = bases[mark.part] + offset
            end = start + length
            inside = start >= pages.spans[mark.part][0] and end <= pages.spans[mark.part][1]
            if inside and length == len(words) != 0 and content.startswith(words, start):
                mentions.append((made_mention(start, end, words, _GIVEN),))
                continue
        mentions.append(_mentions(mark, pages, Layout(), respelt=False))
    return Placed(pages=pages, mentions=mentions)


def _layouts(content: str, parts: int) -> Iterator[Layout]:
    """Yield the layouts besides the usual one that may tell the places of this text."""
    units = units_of(content)
    for restarts in (False, True)[: 2 if parts > 1 else 1]:
        for unit in units:
            yield Layout(unit=unit, restarts=restarts)


def _placed(parts: Sequence[Part], marks: Sequence[Mark], layout: Layout) -> Placed:
    pages = _pages(parts, layout.unit)
    mentions = [_mentions(mark, pages, layout, respelt=False) for mark in marks]
    return Placed(pages=pages, mentions=mentions, layout=layout)


def _mentions(mark: Mark, pages: Pages, layout: Layout, *, respelt: bool) -> tuple[Mention, ...]:
    """Return the mentions of an annotation if the words of all its locations make up its own."""
    found = [_stretch(each, mark.part, pages, layout) for each in mark.locations]
    spans = [span for span in found if span is not None]
    if not spans or len(spans) < len(found):
        return ()
    there = [pages.content[start:end] for start, end in spans]
    if not _fits(there, mark.words, respelt=respelt):
        return ()
    pairs = zip(spans, there, strict=True)
    return tuple(made_mention(start, end, exact, _GIVEN) for (start, end), exact in pairs)


def _fits(there: Sequence[str], words: str, *, respelt: bool) -> bool:
    """Tell whether pieces of the text are the words; between several pieces blanks do not count."""
    if respelt:
        return spells(" ".join(there), words)
    if len(there) == 1:
        return there[0] == words or not words
    return "".join("".join(there).split()) == "".join(words.split()) != ""


def _stretch(location: Location, part: int, pages: Pages, layout: Layout) -> Span | None:
    """Return the stretch that a location means, if it lies in a part and cuts no character."""
    offset, length = location
    own = _part_at(offset, part, pages, layout)
    if length <= 0 or own < 0:
        return None
    starts, (begin, end) = pages.starts, pages.spans[own]
    first = starts[begin] + offset - (0 if layout.restarts else pages.stated[own])
    start, stop = bisect_left(starts, first), bisect_left(starts, first + length)
    if not begin <= start < end or not start < stop < len(starts):
        return None
    return (start, stop) if starts[start] == first and starts[stop] == first + length else None


def _part_at(offset: int, part: int, pages: Pages, layout: Layout) -> int:
    """Return the part in which an offset is: its own, else the last one that begins before it."""
    if part >= 0:
        begin, end = pages.spans[part]
        stated = 0 if layout.restarts else pages.stated[part]
        if layout.restarts or 0 <= offset - stated < pages.starts[end] - pages.starts[begin]:
            return part
    if layout.restarts or not pages.ordered:
        return -1
    return bisect_right(pages.stated, offset) - 1


def _with_other_spellings(placed: Placed, marks: Sequence[Mark]) -> Placed:
    mentions, respelt = list(placed.mentions), set[int]()
    for index in _unplaced(placed):
        found = _mentions(marks[index], placed.pages, placed.layout, respelt=True)
        if found:
            mentions[index] = found
            respelt.add(index)
    return replace(placed, mentions=mentions, respelt=frozenset(respelt))
