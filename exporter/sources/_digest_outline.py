"""The outline of a digest: title, front lines, sections and footer, each with its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exporter.sources._digest_header import is_authors, is_header

ENTITIES = frozenset({"linked entities", "full-text entities"})
FIGURES = frozenset({"figures", "tables"})
_PROSE = frozenset({"tl;dr", "contribution", "key findings", "abstract"})
_OTHER_NAMES = {
    "findings": "key findings",
    "tldr": "tl;dr",
    "tl; dr": "tl;dr",
    "full text entities": "full-text entities",
}
_KNOWN = _PROSE | ENTITIES | FIGURES

_LINE_END = re.compile(r"\r\n?|\n")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_RULE = re.compile(r"[ \t]*(?:-[ \t]*){3,}|[ \t]*(?:\*[ \t]*){3,}|[ \t]*(?:_[ \t]*){3,}")
_FOOTER_LINES = 6
_SOURCE = re.compile(r"[ \t]*(?:\*\*|__)?Source(?:\*\*|__)?[ \t]*:(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the text: its number from 1, where it starts, and its words without line end."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Return where the line ends, its line end left out."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Tell whether there is nothing on the line."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section: its name in lower case, the number of its heading's line, its lines."""

    name: str
    line: int
    body: tuple[Line, ...]

    @property
    def known(self) -> bool:
        """Tell whether digests have such a section."""
        return self.name in _KNOWN

    @property
    def telling(self) -> bool:
        """Tell whether the section speaks for a digest: many other texts have figures too."""
        return self.name in _PROSE | ENTITIES

    @property
    def prose(self) -> bool:
        """Tell whether mentions are searched here: not in lists of entities and figures."""
        return self.name not in ENTITIES | FIGURES


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The parts of a digest; ``title`` and ``source`` start at their first letter."""

    title: Line | None
    front: tuple[Line, ...]
    sections: tuple[Section, ...]
    source: Line | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    index: int
    level: int
    text: Line

    @property
    def known(self) -> bool:
        return section_name(self.text.text) in _KNOWN


def lines_of(content: str) -> list[Line]:
    """Return the lines of a text; LF, CR and CR LF end a line, as in an editor."""
    lines: list[Line] = []
    start = 0
    for end in _LINE_END.finditer(content):
        lines.append(Line(number=len(lines) + 1, start=start, text=content[start : end.start()]))
        start = end.end()
    lines.append(Line(number=len(lines) + 1, start=start, text=content[start:]))
    return lines


def outline(content: str) -> Outline:
    """Return the outline of a digest in either form: headings with ``#`` or plain lines."""
    lines = lines_of(content)
    marked = _marked_headings(lines)
    title, headings = _split_title(marked) if marked else (None, _plain_headings(lines))
    end = _footer(lines, headings[-1].index + 1 if headings else 0)
    source = next((line for line in map(_source, lines[end:]) if line is not None), None)
    front = [line for line in lines[: headings[0].index if headings else end] if not line.blank]
    if title is None:
        title = _unmarked_title(front)
    return Outline(
        title=title,
        front=tuple(line for line in front if title is None or line.number != title.number),
        sections=_sections(lines[:end], headings),
        source=source,
    )


def trimmed(content: str, body: Sequence[Line]) -> tuple[int, int]:
    """Return begin and end of a section's text without surrounding white space."""
    if not body:
        return 0, 0
    begin, end = body[0].start, body[-1].end
    text = content[begin:end]
    begin += len(text) - len(text.lstrip())
    return begin, begin + len(text.strip())


def section_name(heading: str) -> str:
    """Return the name of a section, the same for both forms of digest.

    >>> section_name("**Findings:**")
    'key findings'
    """
    name = " ".join(heading.strip().strip("*_:").strip().lower().split())
    return _OTHER_NAMES.get(name, name)


def _marked_headings(lines: Sequence[Line]) -> list[_Heading]:
    headings = []
    for index, line in enumerate(lines):
        match = _HEADING.fullmatch(line.text)
        if match:
            words = match[2].strip()
            bare = words.rstrip("#")
            words = bare.rstrip() if bare[-1:] in ("", " ", "\t") else words
            text = _part_of(line, words, match.start(2))
            headings.append(_Heading(index=index, level=len(match[1]), text=text))
    return headings


def _plain_headings(lines: Sequence[Line]) -> list[_Heading]:
    """Take known names on lines of their own, each once: abstracts have inner headings too."""
    headings: dict[str, _Heading] = {}
    for index, line in enumerate(lines):
        if line.text.lstrip("*_ \t")[:1].isupper() and section_name(line.text) in _KNOWN:
            headings.setdefault(section_name(line.text), _Heading(index=index, level=2, text=line))
    return list(headings.values())


def _split_title(headings: Sequence[_Heading]) -> tuple[Line | None, list[_Heading]]:
    """Tell the title from the headings of sections; deeper headings belong to their section."""
    level = next((heading.level for heading in headings if heading.known), 2)
    title, first = None, headings[0]
    if not first.known and (first.level < level or first.level == 1):
        title = None if first.text.blank else first.text
        headings = headings[1:]
    return title, [heading for heading in headings if heading.level <= level]


def _part_of(line: Line, words: str, after: int = 0) -> Line:
    start = line.text.index(words, after)
    return Line(number=line.number, start=line.start + start, text=words)


def _unmarked_title(front: Sequence[Line]) -> Line | None:
    """Take the first line that is no header: in the form without ``#`` the title has no mark."""
    for line in front[:1]:
        if not (is_authors(line.text) or is_header(line.text) or line.text.startswith("#")):
            return _part_of(line, line.text.strip())
    return None


def _footer(lines: Sequence[Line], first: int) -> int:
    """Return the index at which the footer begins: its rule, or the line that names the source."""
    last = [index for index in range(first, len(lines)) if not lines[index].blank][-_FOOTER_LINES:]
    for index in reversed(last):
        if _source(lines[index]):
            ruled = _skip_back(lines, index, first)
            if ruled < index or "://" in lines[index].text:
                return ruled
    if last and _RULE.fullmatch(lines[last[-1]].text):
        return last[-1]
    return len(lines)


def _skip_back(lines: Sequence[Line], index: int, first: int) -> int:
    """Return the index of a rule right above a line, or the line's own."""
    above = index - 1
    while above >= first and lines[above].blank:
        above -= 1
    return above if above >= first and _RULE.fullmatch(lines[above].text) else index


def _source(line: Line) -> Line | None:
    match = _SOURCE.fullmatch(line.text)
    if match is None:
        return None
    return Line(number=line.number, start=line.start + match.start(1), text=match[1])


def _sections(lines: Sequence[Line], headings: Sequence[_Heading]) -> tuple[Section, ...]:
    ends = [*(heading.index for heading in headings), len(lines)][1:]
    return tuple(
        Section(
            name=section_name(heading.text.text),
            line=lines[heading.index].number,
            body=tuple(lines[heading.index + 1 : end]),
        )
        for heading, end in zip(headings, ends, strict=True)
    )
