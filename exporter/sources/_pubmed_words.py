"""The words of a PubMed record: elements as text, and title and abstract as one pinned text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from exporter.errors import Where
from exporter.model.document import Passage, TextKind
from exporter.model.findings import Finding, Level

_SPACES = re.compile(r"[ \t\r\n]+")
_ANNOTATION = ("annotation", "annotation-xml")
_TRUNCATED = re.compile(r"\s*\(ABSTRACT TRUNCATED[^()]{0,40}\)$")
_TRANSLATED = re.compile(r"\[.+\]\.?", re.DOTALL)
_UNLABELLED = ("", "unlabelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The pinned text of a record with its passages, and the title by itself."""

    title: str
    content: str
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]


def text_of(element: Element | None) -> str:
    """Return what an element says, its markup taken off and every stretch of spaces as one.

    Of formulas only what is shown counts, not their source in another notation.
    """
    if element is None:
        return ""
    words = "".join(_pieces(element)) if len(element) else element.text or ""
    if "  " in words or "\n" in words or "\t" in words or "\r" in words:
        words = _SPACES.sub(" ", words)
    return words.strip(" ")


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag.rpartition("}")[2] not in _ANNOTATION:
            yield from _pieces(child)
        yield child.tail or ""


def below(element: Element, path: str) -> str:
    """Return the text of the first element at a path, empty where there is none."""
    return text_of(element.find(path))


def words_of(article: Element, declared: TextKind | None, where: Where) -> Words:
    """Return title and abstract, each part in a line of its own below its heading.

    They are the publisher's wording; a title in brackets is a translation and so restated.
    """
    content, passages, findings = "", list[Passage](), list[Finding]()
    title = below(article, "ArticleTitle")
    if title:
        kind = declared or (TextKind.RESTATEMENT if _translated(article, title) else None)
        passages.append(_passage("title", 0, len(title), kind))
        content = title
    for label, whole in _parts(article):
        words = _TRUNCATED.sub("", whole)
        if whole != words:
            findings.append(_note("abstract-truncated", "the abstract was cut by PubMed", where))
        heading = label if label.casefold() not in _UNLABELLED else ""
        content += ("\n" if content else "") + (f"{heading}\n" if heading else "")
        if words:
            start = len(content)
            name = heading.lower() or "abstract"
            passages.append(_passage(name, start, start + len(words), declared))
        content += whole
    findings += _not_read(article, where)
    return Words(title=title, content=content, passages=tuple(passages), findings=tuple(findings))


def _parts(article: Element) -> Iterator[tuple[str, str]]:
    for part in article.iterfind("Abstract/AbstractText"):
        words = text_of(part)
        if words:
            yield _SPACES.sub(" ", part.get("Label", "")).strip(), words


def _passage(section: str, start: int, end: int, kind: TextKind | None) -> Passage:
    kind = kind or TextKind.VERBATIM
    return Passage(section=section, start=start, end=end, kind=kind, prose=True)


def _translated(article: Element, title: str) -> bool:
    languages = [text_of(each) for each in article.iterfind("Language")]
    other = article.find("VernacularTitle") is not None or languages not in (["eng"], [])
    return other and _TRANSLATED.fullmatch(title) is not None


def _not_read(article: Element, where: Where) -> Iterator[Finding]:
    title = below(article, "ArticleTitle")
    if not title:
        yield Finding(
            level=Level.WARNING,
            code="missing-field",
            message="the record has no title",
            where=replace(where, field="ArticleTitle"),
        )
    if not below(article, "Abstract"):
        yield _note("missing-field", "the record has no abstract", where)


def other_abstracts(citation: Element, where: Where) -> Iterator[Finding]:
    """Yield a note on each abstract besides the paper's own, which is left out of the text."""
    for each in citation.iterfind("OtherAbstract"):
        said = ", ".join(filter(None, (each.get("Type", ""), each.get("Language", ""))))
        yield _note("other-abstract", "another abstract is not read", where, said)


def _note(code: str, message: str, where: Where, value: str = "") -> Finding:
    place = replace(where, field="OtherAbstract" if code == "other-abstract" else "Abstract")
    return Finding(level=Level.NOTE, code=code, message=message, where=place, value=value)
