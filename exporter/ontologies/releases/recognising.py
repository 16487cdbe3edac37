"""What a file holds, told by its content first and by its name where that does not tell."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import file_digest
from itertools import islice
from pathlib import Path

from exporter.errors import InputError, Where
from exporter.model.identifiers import Namespaces
from exporter.ontologies.formats import About, known_by, reader
from exporter.ontologies.merging import Identifiers
from exporter.ontologies.releases.tables import Table, tables
from exporter.ontologies.releases.versions import date, version
from exporter.ontologies.sssom import MappingTable
from exporter.ontologies.stanzas import opened

SSSOM, TABLE = "sssom", "table"
_START = 1 << 16
_SAMPLE = 2_000
_MOST = 0.8
_OBO_ADDRESS = re.compile(r"https?://purl\.obolibrary\.org/obo/")
_ENDING = re.compile(r"\.(?:obo|owl|json|ttl|rdf|ofn)$")
_OF_A_PART = re.compile(
    r"import|slice|subset|slim|extension|module|bridge|component", re.IGNORECASE
)
_PAGE = re.compile(r"\ufeff?\s*<(?:!doctype html|html)", re.IGNORECASE)
_SSSOM_COLUMNS = {"subject_id", "predicate_id", "object_id", "mapping_justification"}


class Role(StrEnum):
    """What a file gives of an ontology: all of it, a part, or names of some of its terms."""

    RELEASE = "release"
    PART = "part"
    NAMES = "names"
    MAPPINGS = "mappings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A file that can be read; ``shown`` is its name for the user, free of the folder it lies in.

    ``prefix`` is that of the ontology that it is mainly of, empty for names of many; ``taxa``
    counts the genes of a table by taxon.
    """

    path: Path
    shown: str
    form: str
    role: Role
    prefix: str = ""
    version: str = ""
    licence: str = ""
    table: Table | None = None
    taxa: tuple[tuple[str, int], ...] = ()
    name: str = ""
    sha256: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file as it was found: ``address`` if it was downloaded, with the date of the server.

    ``table`` and ``name`` are told of a file of the list of releases.
    """

    path: Path
    shown: str
    address: str = ""
    dated: str = ""
    table: str = ""
    name: str = ""


class UnknownFormError(InputError):
    """A file is in none of the forms that are read."""


def recognised(found: Found, namespaces: Namespaces) -> Recognised:
    """Tell what a file is; one in no known form is an ``UnknownFormError`` with the reason."""
    start = _start(found)
    for name, form in known_by().items():
        if form.recognises(start):
            return _ontology(found, name, form.about(found.path), namespaces)
    if set(_columns(start)) >= _SSSOM_COLUMNS:
        return _mappings(found, namespaces)
    for table in tables():
        if table.name == found.table or (not found.table and table.fits(start, found.path.name)):
            return _table(found, table, namespaces)
    raise _unknown(found, "it is in no form that is read here")


def _start(found: Found) -> str:
    """Return the beginning of a file; of one that can be none of an ontology, the reason."""
    with opened(found.path, lines=False) as file:
        try:
            start = file.read(_START)
        except UnicodeDecodeError:
            raise _unknown(found, "it is no text") from None
    if _PAGE.match(start):
        raise _unknown(found, "it is a web page, no ontology")
    if "<!DOCTYPE" in start:
        raise _unknown(found, "it declares a document type, which is not read")
    return start


def _unknown(found: Found, problem: str) -> UnknownFormError:
    return UnknownFormError(
        problem,
        code="E163",
        where=Where(file=found.shown),
        hint="give OBO, an OBO graph, OWL, Turtle, MeSH, SSSOM, or a table of genes or of FamPlex",
    )


def _columns(start: str) -> list[str]:
    lines = (line for line in start.removeprefix("\ufeff").splitlines() if line[:1] != "#")
    return next(csv.reader(islice(lines, 1), delimiter="\t"), [])


def _ontology(found: Found, form: str, about: About, namespaces: Namespaces) -> Recognised:
    prefix, whole = _named(about.ontology, namespaces)
    if not whole:
        shares = _shares(found.path, form, namespaces)
        prefix = prefix if prefix in shares and not _OF_A_PART.search(about.ontology) else ""
        prefix = prefix or next(iter(shares), "")
        share = shares.get(prefix, 0.0)
        whole = not about.ontology and share >= _MOST and not _OF_A_PART.search(found.path.name)
    return Recognised(
        path=found.path,
        shown=found.shown,
        form=form,
        role=Role.RELEASE if whole else Role.PART,
        prefix=prefix,
        version=version(about.version) or date(found.path.name) or found.dated,
        licence=about.licence,
        sha256=_sha256(found.path),
        address=found.address,
    )


def _named(ontology: str, namespaces: Namespaces) -> tuple[str, bool]:
    """Return the prefix of the ontology that a header names, and whether it is all of that.

    ``mondo``, ``hp/hp-base`` and ``http://purl.obolibrary.org/obo/go.owl`` are whole ones,
    ``mondo/imports/go_import`` is none.
    """
    plain = _OBO_ADDRESS.sub("", ontology.strip())
    parts = [part for part in re.split(r"[/#]", plain) if part]
    if not parts:
        return "", False
    last = _ENDING.sub("", parts[-1]).casefold()
    for namespace in namespaces:
        for name in (namespace.prefix, *namespace.aliases):
            if name.casefold() == (
                last if "://" in plain else _ENDING.sub("", parts[0]).casefold()
            ):
                named_so = re.match(rf"{re.escape(name.casefold())}(?![a-z])", last) is not None
                return namespace.prefix, named_so and not _OF_A_PART.search(plain)
    return "", False


def _shares(path: Path, form: str, namespaces: Namespaces) -> dict[str, float]:
    """Return how much of the first terms each ontology has, the largest share first."""
    identifiers = Identifiers(namespaces)
    prefixes: Counter[str] = Counter()
    seen = 0

    def wanted(text: str) -> bool:
        nonlocal seen
        entity = identifiers.entity(text)
        seen += 1
        prefixes[entity.prefix if entity else ""] += 1
        return True

    for _ in islice(reader(form)(path, {}, wanted), _SAMPLE):
        pass
    return {prefix: count / seen for prefix, count in prefixes.most_common() if prefix}


def _mappings(found: Found, namespaces: Namespaces) -> Recognised:
    table = MappingTable(found.path, namespaces)
    stated = version(table.said("mapping_set_version")) or date(found.path.name)
    newest = stated or _newest_mapping(table) or found.dated
    return Recognised(
        path=found.path,
        shown=found.shown,
        form=SSSOM,
        role=Role.MAPPINGS,
        version=newest,
        licence=table.said("license"),
        name=found.name or _set_name(table.said("mapping_set_id")) or _stem(found.path),
        sha256=_sha256(found.path),
        address=found.address,
    )


def _newest_mapping(table: MappingTable) -> str:
    return max((date(row.get("mapping_date", "")) for _, row in table.rows()), default="")


_SAYS_LITTLE = re.compile(
    r"positive|negative|predictions|unsure|mappings?|index|latest|sssom", re.IGNORECASE
)


def _set_name(identifier: str) -> str:
    """Return the name in the address of a mapping set, with what makes it tell something."""
    parts = [re.sub(r"(\.sssom)?\.tsv$", "", part) for part in identifier.split("/") if part]
    if not parts or "://" not in identifier:
        return ""
    name = parts.pop()
    while parts and _SAYS_LITTLE.fullmatch(name.partition("_")[0]):
        above = parts.pop()
        if not _SAYS_LITTLE.fullmatch(above):
            name = f"{above}_{name}"
    return re.sub(r"[^\w.-]+", "_", name)


_DATE_AT_END = re.compile(r"[-_.](19|20)\d\d[-_.]?\d\d([-_.]?\d\d)?$")


def _stem(path: Path) -> str:
    """Return the name of a file without endings, and without its date: that is the version."""
    stem = re.sub(r"(\.sssom)?(\.(tsv|csv|txt))?(\.gz)?$", "", path.name)
    return _DATE_AT_END.sub("", stem)


def _table(found: Found, table: Table, namespaces: Namespaces) -> Recognised:
    newest, taxa = table.survey(found.path)
    dated = newest or date(found.path.name) or found.dated
    roles = [Role(each["role"]) for each in table.terms if each["role"] in set(Role)]
    return Recognised(
        path=found.path,
        shown=found.shown,
        form=TABLE,
        role=Role.MAPPINGS if not table.terms else (roles or [Role.NAMES])[0],
        version=dated,
        licence=table.licence,
        table=table,
        taxa=tuple(sorted(taxa.items())),
        name=found.name or _stem(found.path),
        sha256=_sha256(found.path),
        address=found.address,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def listed(folder: Path) -> Iterator[Found]:
    """Yield the files in a folder and below it, in order; links that lead out of it are not."""
    top = folder.resolve()
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.resolve().is_relative_to(top):
            yield Found(path=path, shown=path.relative_to(folder).as_posix())
