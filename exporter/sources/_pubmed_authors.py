"""The authors of a PubMed record: people with their ORCID ids and affiliations, and groups."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from exporter.errors import Where
from exporter.model.document import Author
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import EntityId, Namespaces
from exporter.sources._pubmed_words import below, text_of

_ORCID = re.compile(
    r"(?:https?://)?(?:www\.)?(?:orcid\.org/+)?(?:orcid:?\s*)?"
    r"(\d{4})[-\s]?(\d{4})[-\s]?(\d{4})[-\s]?(\d{3}[\dX])/?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authors:
    """The authors in order, whether these are all, and which ids of theirs cannot be used."""

    authors: tuple[Author, ...] = ()
    complete: bool = True
    findings: tuple[Finding, ...] = ()


def authors_of(article: Element, namespaces: Namespaces, where: Where) -> Authors:
    """Return the authors; editors of books and names marked as not valid are none.

    An ORCID id that two of them have belongs to nobody: they would become one person.
    """
    people, complete = list[Author](), True
    findings: list[Finding] = []
    lists = [each for each in article.iterfind("AuthorList") if _of_authors(each)]
    for each in lists:
        complete = complete and each.get("CompleteYN", "Y") == "Y"
        for element in each.iterfind("Author"):
            name = _name(element)
            if not name or element.get("ValidYN", "Y") != "Y":
                continue
            place = replace(where, field=f"Author {len(people) + 1}")
            orcid, wrong = _orcid(element, namespaces, place)
            findings += wrong
            people.append(_author(element, name, orcid))
    shared = _shared(people)
    findings += [_shared_by_two(each, where) for each in sorted(shared)]
    return Authors(
        authors=tuple(replace(p, orcid=None) if p.orcid in shared else p for p in people),
        complete=complete and bool(people),
        findings=tuple(findings),
    )


def orcid_in(written: str, namespaces: Namespaces) -> EntityId | None:
    """Return the ORCID id in any of its spellings; None where its check digit is another.

    >>> from exporter.model.identifiers import bundled_namespaces
    >>> str(orcid_in("http://orcid.org/0000000218250097", bundled_namespaces()))
    'ORCID:0000-0002-1825-0097'
    """
    match = _ORCID.fullmatch(written.strip())
    if match is None:
        return None
    digits = "".join(match.groups()).upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        return None
    return namespaces.make("ORCID", "-".join(match.groups()).upper())


def _of_authors(element: Element) -> bool:
    return element.get("Type", "authors") == "authors"


def _name(element: Element) -> str:
    collective = below(element, "CollectiveName")
    if collective:
        return collective
    given = below(element, "ForeName") or below(element, "Initials")
    return " ".join(filter(None, (given, below(element, "LastName"), below(element, "Suffix"))))


def _author(element: Element, name: str, orcid: EntityId | None) -> Author:
    found = (text_of(each) for each in element.iterfind("AffiliationInfo/Affiliation"))
    return Author(
        name=name,
        orcid=orcid,
        affiliations=tuple(dict.fromkeys(filter(None, found))),
        collective=bool(below(element, "CollectiveName")),
    )


def _orcid(
    element: Element, namespaces: Namespaces, where: Where
) -> tuple[EntityId | None, list[Finding]]:
    found: dict[EntityId, None] = {}
    findings = []
    for each in element.iterfind("Identifier"):
        if each.get("Source", "").upper() != "ORCID":
            continue
        orcid = orcid_in(text_of(each), namespaces)
        if orcid is None:
            findings.append(_wrong("is no ORCID id", text_of(each), where))
        else:
            found[orcid] = None
    if len(found) > 1:
        several = ", ".join(each.local for each in found)
        return None, [*findings, _wrong("are two ORCID ids of one author", several, where)]
    return next(iter(found), None), findings


def _shared(people: Sequence[Author]) -> set[EntityId]:
    counted = Counter(each.orcid for each in people)
    return {orcid for orcid, number in counted.items() if orcid is not None and number > 1}


def _shared_by_two(orcid: EntityId, where: Where) -> Finding:
    place = replace(where, field="AuthorList")
    return _wrong("is given to more than one author", orcid.local, place)


def _wrong(what: str, value: str, where: Where) -> Finding:
    return Finding(
        level=Level.WARNING,
        code="wrong-orcid",
        message=f"{value[:200]!r} {what}; it is not used",
        where=where,
        value=value,
        hint="see the record of the person at orcid.org",
    )
