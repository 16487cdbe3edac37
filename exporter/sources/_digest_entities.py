"""The entity sections of a digest: every item becomes one annotation, whatever its id."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.errors import InputError, Where
from exporter.model.document import Annotation
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import Namespaces
from exporter.sources._digest_ids import WrittenIds
from exporter.sources._digest_items import (
    Item,
    UnbalancedError,
    open_after,
    read_item,
    split_items,
)
from exporter.sources._digest_outline import Line, Section
from exporter.sources._placing import Prose, checked_count, mentions_of

_BULLET = r"[ \t]*(?:[-*+•][ \t]+)"
_BOLD_KIND = re.compile(
    rf"(?:{_BULLET})?[ \t]*(?:\*\*|__)([^*_:]+)(?::[ \t]*(?:\*\*|__)|(?:\*\*|__)[ \t]*:)[ \t]*"
)
_PLAIN_KIND = re.compile(
    rf"(?:{_BULLET})?[ \t]*([^\W\d_][\w/-]*(?: [\w/-]+){{0,2}}):(?=[ \t]|$)[ \t]*(?!https?://)"
)
_NO_KIND = re.compile(_BULLET)


@dataclass(frozen=True, slots=True, kw_only=True)
class _EntityLine:
    """The list of one kind: where its items stand; ``starts`` are the starts of its lines."""

    kind: str
    begin: int
    end: int
    line: int
    starts: tuple[int, ...]

    def place(self, offset: int, where: Where) -> Where:
        """Return line and column of an offset in the text."""
        index = bisect_right(self.starts, offset) - 1
        return replace(where, line=self.line + index, column=offset - self.starts[index] + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlacedItem:
    """An item with the place of its first letter."""

    item: Item
    where: Where


def annotations_in(
    sections: Sequence[Section], prose: Prose, namespaces: Namespaces, where: Where
) -> tuple[tuple[Annotation, ...], tuple[Finding, ...]]:
    """Return one annotation per entity item in order, and what is wrong with their ids.

    Brackets that do not pair are refused with their line and column.
    """
    ids = WrittenIds(namespaces)
    annotations: list[Annotation] = []
    findings: list[Finding] = []
    ordinals: Counter[tuple[str, str]] = Counter()
    mentions = 0
    for section in sections:
        lines, unread = _entity_lines(section)
        findings += [_unread(line, replace(where, field=section.name)) for line in unread]
        for line in lines:
            place = replace(where, line=line.line, field=_field(section, line))
            findings += _line_findings(line, place)
            for placed in _items(prose.content, line, place, ids):
                ordinal = ordinals[section.name, line.kind]
                annotation = _annotation(placed, section.name, line.kind, ordinal, prose)
                mentions = checked_count(mentions + len(annotation.mentions))
                ordinals[section.name, line.kind] += 1
                findings += _id_findings(placed)
                annotations.append(annotation)
    return tuple(annotations), tuple(findings)


def _entity_lines(section: Section) -> tuple[list[_EntityLine], list[Line]]:
    """Return the lists of a section, which may go on for lines, and the lines that hold none."""
    lists: list[tuple[str, int, list[Line]]] = []
    unread: list[Line] = []
    goes_on = False
    depth = 0
    for line in section.body:
        start = _start_of_list(line)
        if start is not None:
            kind, begin = start
            lists.append((kind, line.start + begin, [line]))
            goes_on, depth = True, open_after(line.text)
        elif goes_on and not line.blank and (depth > 0 or line.text[0] in " \t"):
            lists[-1][2].append(line)
            depth = max(0, depth) + open_after(line.text)
        else:
            goes_on = False
            unread += [] if line.blank else [line]
    return [_entity_line(*found) for found in lists], unread


def _entity_line(kind: str, begin: int, lines: Sequence[Line]) -> _EntityLine:
    return _EntityLine(
        kind=kind,
        begin=begin,
        end=lines[-1].end,
        line=lines[0].number,
        starts=tuple(line.start for line in lines),
    )


def _start_of_list(line: Line) -> tuple[str, int] | None:
    """Return the kind and where the items begin, if a list begins on the line."""
    match = _BOLD_KIND.match(line.text) or _PLAIN_KIND.match(line.text)
    if match:
        return " ".join(match[1].split()), match.end()
    bullet = _NO_KIND.match(line.text)
    return ("", bullet.end()) if bullet and "://" not in line.text else None


def _items(content: str, line: _EntityLine, where: Where, ids: WrittenIds) -> Iterator[_PlacedItem]:
    text = content[line.begin : line.end]
    try:
        spans = split_items(text)
    except UnbalancedError as error:
        raise InputError(
            f"the bracket {error.bracket!r} has no partner",
            code="E182",
            where=line.place(line.begin + error.offset, where),
            hint="close or remove the bracket: commas inside brackets do not separate items",
        ) from None
    for begin, end in spans:
        if begin < end:
            words = text[begin:end]
            item = read_item(" ".join(words.split()) if len(line.starts) > 1 else words, ids)
            yield _PlacedItem(item=item, where=line.place(line.begin + begin, where))


def _annotation(
    placed: _PlacedItem, annotator: str, kind: str, ordinal: int, prose: Prose
) -> Annotation:
    item = placed.item
    others = [name for name in (item.gloss, *item.aliases) if name]
    return Annotation(
        annotator=annotator,
        kind=kind,
        ordinal=ordinal,
        label=item.label,
        gloss=item.gloss,
        stated_as=item.stated_as,
        stated=item.stated,
        aliases=item.aliases,
        mentions=mentions_of(prose, item.label, others),
        line=placed.where.line,
    )


def _field(section: Section, line: _EntityLine) -> str:
    return f"{section.name}, {line.kind}" if line.kind else section.name


def _id_findings(placed: _PlacedItem) -> Iterator[Finding]:
    item = placed.item
    if item.trouble is not None:
        unknown = item.trouble.code == "E121"
        yield Finding(
            level=Level.WARNING,
            code="unknown-namespace" if unknown else "malformed-id",
            message=f"the id of {item.label!r} is kept as written: {item.trouble.problem}",
            where=placed.where,
            value=item.stated_as,
            hint=item.trouble.hint,
        )
    if item.spare_id:
        yield Finding(
            level=Level.WARNING,
            code="second-id",
            message=f"{item.label!r} has two ids; {item.stated_as!r} is used",
            where=placed.where,
            value=item.spare_id,
        )


def _line_findings(line: _EntityLine, where: Where) -> Iterator[Finding]:
    if not line.kind:
        yield Finding(
            level=Level.WARNING,
            code="missing-kind",
            message="the list of entities does not say of what kind they are",
            where=where,
            hint="write the kind first, as in - **Genes:** JAK1, TYK2",
        )


def _unread(line: Line, where: Where) -> Finding:
    return Finding(
        level=Level.NOTE,
        code="unread-line",
        message="the line holds no list of entities; it is kept as text only",
        where=replace(where, line=line.number),
        value=line.text.strip()[:200],
    )
