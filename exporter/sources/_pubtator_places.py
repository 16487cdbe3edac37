"""Where mentions of a PubTator file stand: what the offsets count, proven by the words there."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.errors import Where
from exporter.model.document import Mention, PositionSource
from exporter.sources._pubtator_lines import Block, broken
from exporter.sources._statements import made_mention
from exporter.sources._text_units import Unit, places_more, spells, starts_of, units_of

Span = tuple[int, int]
"""Begin and end in the pinned text, the end excluded."""
_GIVEN = PositionSource.GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file counts: in which unit, and with what between title and abstract.

    ``restarts`` tells that offsets start again with each title.
    """

    unit: Unit = Unit.CODE_POINTS
    between: str = "\n"
    restarts: bool = True


_USUAL = Layout()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pinned text of a paper, and begin and end of title and abstract of each block."""

    content: str
    parts: tuple[tuple[Span, Span], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where the annotations of a paper stand in its pinned text, in the order of the file.

    An annotation without a mention is one whose words are not at their place. ``respelt`` are
    those whose words differ in spelling from those at their place.
    """

    pages: Pages
    mentions: Sequence[tuple[Mention, ...]]
    layout: Layout = _USUAL
    respelt: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """An annotation's offsets and words as written, with the number of its block."""

    block: int
    begin: int
    end: int
    words: str


def place(blocks: Sequence[Block], where: Where) -> Placed:
    """Return where the mentions stand, in the layout that they all speak for.

    Another layout than the usual one is taken only if it places all that the usual one does and
    at least half of the rest. Words that differ only in spelling are at their place. Offsets that
    are no numbers are refused with their line.
    """
    pages = _pages(blocks, _USUAL.between)
    usual = Placed(pages=pages, mentions=_usual_mentions(blocks, pages, where))
    missed = usual.mentions.count(())
    if not missed:
        return usual
    written = _written(blocks)
    best = usual
    for layout in _layouts(pages.content, len(blocks)):
        other = _placed(blocks, written, layout)
        if places_more(other.mentions, best.mentions):
            best = other
    if best.mentions.count(()) * 2 > missed:
        best = usual
    return _with_other_spellings(best, written)


def _usual_mentions(
    blocks: Sequence[Block], pages: Pages, where: Where
) -> list[tuple[Mention, ...]]:
    content = pages.content
    mentions: list[tuple[Mention, ...]] = []
    for block, ((base, _), (_, stop)) in zip(blocks, pages.parts, strict=True):
        for number, fields in block.rows:
            try:
                start, after = base + int(fields[1]), base + int(fields[2])
            except ValueError:
                raise broken(fields, where, number) from None
            words = fields[3]
            if start + len(words) == after <= stop and content.startswith(words, start) and words:
                mentions.append((made_mention(start, after, words, _GIVEN),))
            else:
                mentions.append(())
    return mentions


def _written(blocks: Sequence[Block]) -> list[_Written]:
    return [
        _Written(block=index, begin=int(fields[1]), end=int(fields[2]), words=fields[3])
        for index, block in enumerate(blocks)
        for _, fields in block.rows
    ]


def _pages(blocks: Sequence[Block], between: str) -> Pages:
    """Join the blocks by line ends; what stands between title and abstract belongs to neither."""
    pieces: list[str] = []
    parts: list[tuple[Span, Span]] = []
    at = 0
    for block in blocks:
        if at:
            pieces.append("\n")
            at += 1
        title = (at, at + len(block.title))
        gap = between if block.abstract else ""
        start = title[1] + len(gap)
        abstract = (start, start + len(block.abstract or ""))
        pieces += (block.title, gap, block.abstract or "")
        parts.append((title, abstract))
        at = abstract[1]
    return Pages(content="".join(pieces), parts=tuple(parts))


def _layouts(content: str, blocks: int) -> Iterator[Layout]:
    """Yield the layouts besides the usual one that may tell the places of this text."""
    units = units_of(content)
    for restarts in (True, False)[: 2 if blocks > 1 else 1]:
        for unit in units:
            for between in ("\n", " ", ""):
                yield Layout(unit=unit, between=between, restarts=restarts)


def _placed(blocks: Sequence[Block], written: Sequence[_Written], layout: Layout) -> Placed:
    pages = _pages(blocks, layout.between)
    starts = starts_of(pages.content, layout.unit)
    found = ((each, _stretch(each, pages, starts, layout)) for each in written)
    mentions = [
        _there(span, pages) if span and _stands(each.words, span, pages) else ()
        for each, span in found
    ]
    return Placed(pages=pages, mentions=mentions, layout=layout)


def _stands(words: str, span: Span, pages: Pages) -> bool:
    start, end = span
    return start + len(words) == end and pages.content.startswith(words, start)


def _there(span: Span, pages: Pages) -> tuple[Mention]:
    """Return the mention that stands on a stretch of the text."""
    start, end = span
    return (made_mention(start, end, pages.content[start:end], _GIVEN),)


def _stretch(written: _Written, pages: Pages, starts: Sequence[int], layout: Layout) -> Span | None:
    """Return the stretch that the offsets mean, if it lies in the block and cuts no character."""
    (base, _), (_, stop) = pages.parts[written.block]
    zero = starts[base] if layout.restarts else 0
    begin, end = (bisect_left(starts, zero + at) for at in (written.begin, written.end))
    if not base <= begin < end <= stop:
        return None
    exact = starts[begin] == zero + written.begin and starts[end] == zero + written.end
    return (begin, end) if exact else None


def _with_other_spellings(placed: Placed, written: Sequence[_Written]) -> Placed:
    content = placed.pages.content
    starts = starts_of(content, placed.layout.unit)
    mentions, respelt = list(placed.mentions), set[int]()
    for index, each in enumerate(written):
        span = None if mentions[index] else _stretch(each, placed.pages, starts, placed.layout)
        if span and spells(content[slice(*span)], each.words):
            mentions[index] = _there(span, placed.pages)
            respelt.add(index)
    return replace(placed, mentions=mentions, respelt=frozenset(respelt))
