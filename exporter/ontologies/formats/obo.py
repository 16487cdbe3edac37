"""OBO files, read term by term without holding the file."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from exporter.errors import InputError, Where
from exporter.ontologies.formats import About, KnownBy
from exporter.ontologies.stanzas import Stanza, Wanted, opened
from exporter.ontologies.terms import Scope, Synonym

_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\s+(EXACT|BROAD|NARROW|RELATED))?')
_XREF_NAME = re.compile(r'(\S+)\s+"((?:[^"\\]|\\.)+)"')
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "W": " "}
_START = re.compile(
    r"\ufeff?(?:\s|!.*\n)*(?:format-version:|\[Term\]\s*\n\s*id:"
    r"|(?:ontology|data-version|date|default-namespace|saved-by|idspace|subsetdef):[^\0]*^\[Term\]\s)",
    re.MULTILINE,
)
_LICENCE = re.compile(r"property_value: \S*(?:license|licence|rights)\S* \"?([^\"\s][^\"\n]*)")


def read_header(path: Path) -> dict[str, str]:
    """Return the tags before the first term; of a tag that stands twice the first."""
    header: dict[str, str] = {}
    with opened(path) as lines:
        for line in lines:
            if line.startswith("["):
                break
            tag, colon, value = line.rstrip("\r\n").partition(": ")
            if colon:
                header.setdefault(tag, value)
    return header


def data_version(path: Path) -> str:
    """Return the release that the file names, as written."""
    return read_header(path).get("data-version", "")


def _about(path: Path) -> About:
    """Return what the header says; of a version that only a remark tells the first date."""
    licence = remarks = ""
    with opened(path) as lines:
        for line in lines:
            if line.startswith("["):
                break
            stated = _LICENCE.match(line)
            if stated and not licence:
                licence = stated[1].split(" ")[0] if stated[1].startswith("http") else stated[1]
            if line.startswith("remark:"):
                remarks += line
    header = read_header(path)
    told = _DAY.search(remarks)
    version = header.get("data-version") or header.get("date") or (told[0] if told else "")
    return About(ontology=header.get("ontology", ""), version=version, licence=licence.strip())


def read(path: Path, _options: Any, wanted: Wanted) -> Iterator[Stanza]:
    """Yield the wanted terms of the file; relation types and instances are not terms.

    A term without an id and a line that is no tag are refused.
    """
    with opened(path) as lines:
        tags: list[tuple[str, str]] | None = None
        start = 0
        for number, line in enumerate(lines, start=1):
            if line.startswith("["):
                yield from _stanza(tags, path, start)
                tags, start = ([], number) if line.startswith("[Term]") else (None, number)
            elif tags is not None:
                tag, colon, value = line.partition(":")
                if not colon:
                    _refuse_text(line, path, number)
                elif tag == "id" and not wanted(_bare(value.strip())):
                    tags = None
                else:
                    tags.append((tag, value.strip()))
        yield from _stanza(tags, path, start)


def _refuse_text(line: str, path: Path, number: int) -> None:
    if line.strip() and not line.startswith("!"):
        raise _broken(path, number, f"this is no line of a term: {line.strip():.60}")


def _stanza(tags: list[tuple[str, str]] | None, path: Path, line: int) -> Iterator[Stanza]:
    if tags is None:
        return
    values: dict[str, list[str]] = {}
    for tag, value in tags:
        values.setdefault(tag, []).append(value)
    if "id" not in values:
        raise _broken(path, line, "a term without an id")
    xrefs = values.get("xref", ())
    yield Stanza(
        id=_bare(values["id"][0]),
        label=_unescaped(values.get("name", [""])[0]),
        synonyms=tuple(_synonyms(values.get("synonym", ()))),
        parents=tuple(_bare(value) for value in values.get("is_a", ())),
        obsolete=values.get("is_obsolete", [""])[0].startswith("true"),
        replaced_by=_bare(values.get("replaced_by", [""])[0]),
        consider=tuple(_bare(value) for value in values.get("consider", ())),
        relations=tuple(_relations(values.get("relationship", ()))),
        xrefs=tuple(value.split(" ", 1)[0] for value in xrefs),
        xref_names=tuple(_xref_names(xrefs)),
        alternatives=tuple(_bare(value) for value in values.get("alt_id", ())),
    )


def _bare(value: str) -> str:
    """Drop the comment with the label (``! …``) and the qualifiers (``{…}``)."""
    return value.split(" ", 1)[0].partition("{")[0]


def _synonyms(values: Iterable[str]) -> Iterator[Synonym]:
    for value in values:
        match = _SYNONYM.match(value)
        if match:
            yield Synonym(_unescaped(match[1]), Scope((match[2] or "RELATED").lower()))


def _relations(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        name, _, target = value.partition(" ")
        yield name, _bare(target)


def _xref_names(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        match = _XREF_NAME.match(value) if '"' in value else None
        if match:
            yield match[1], _unescaped(match[2])


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text)


def _broken(path: Path, line: int, problem: str) -> InputError:
    return InputError(
        problem,
        code="E157",
        where=Where(file=str(path), line=line),
        hint="the file is damaged or no OBO file; get it again",
    )


READ = read
KNOWN_BY = KnownBy(recognises=lambda start: _START.match(start) is not None, about=_about)
