"""Precision and recall of the linter on digests whose findings a curator has listed."""

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lint.intervals import Share
from benchmarks.lint.reading import SHARED, TOP, Checked, checked, papers
from exporter.model.document import Document
from exporter.model.findings import Finding
from exporter.pipeline.knowledge import Knowledge, open_knowledge

SETS = {
    "shared": (SHARED / "corpus" / "digests", SHARED / "corpus" / "expected-findings.tsv"),
    "held out": (
        TOP / "tests" / "grounding" / "held-out",
        TOP / "tests" / "grounding" / "held-out" / "expected-findings.tsv",
    ),
}
GRAVE = {"wrong-id", "autoantibody-target"}
NOTES = {"label-is-synonym", "second-label", "old-symbol"}
NO_ERROR = NOTES | {"unresolved", "missing-field", "arguable"}
HEADER = "header"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a curator found about one annotation, or about the header of a digest."""

    document: str
    section: str
    kind: str
    mention: str
    finding: str
    reason: str

    def is_about(self, name: str, row: Checked) -> bool:
        """Tell whether it is about this annotation of the digest with this name."""
        said = row.annotation
        place = (said.annotator.startswith(self.section), said.kind, said.label)
        return name == self.document and place == (True, self.kind, self.mention)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How the flags of a set of digests meet what was expected, one unit being one annotation."""

    met: tuple[tuple[Expected, Checked | None], ...]
    extra: tuple[tuple[str, Checked], ...]
    headers: tuple[tuple[Expected, bool], ...]

    def recall(self, codes: Iterable[str] | None = None, *, exactly: bool = False) -> Share:
        """Return the share of errors flagged; ``exactly`` asks for the code of the curator."""
        wanted = [
            (each, row)
            for each, row in self.met
            if each.finding not in NO_ERROR and (codes is None or each.finding in set(codes))
        ]
        hits = [
            each
            for each, row in wanted
            if row and row.is_flagged and (not exactly or _says(row, each.finding))
        ]
        return Share(len(hits), len(wanted))

    @property
    def precision(self) -> Share:
        """Return the share of flags, errors and warnings, on what a curator found wrong."""
        hits = self.recall().hits
        return Share(hits, hits + len(self.extra))

    @property
    def missed(self) -> list[Expected]:
        """Return the errors that were not flagged."""
        errors = ((each, row) for each, row in self.met if each.finding not in NO_ERROR)
        return [each for each, row in errors if not (row and row.is_flagged)]

    @property
    def notes_too_grave(self) -> list[tuple[Expected, Checked]]:
        """Return what a curator found odd but right, and the linter found wrong."""
        return [
            (each, row)
            for each, row in self.met
            if each.finding in NOTES and row and row.is_flagged
        ]


def result(folder: Path, table: Path, knowledge: Knowledge) -> Result:
    """Return how the digests of a folder fare against the table of expected findings."""
    wanted = list(expected(table))
    rows: list[tuple[str, Checked]] = []
    headers: set[str] = set()
    for path in sorted(folder.glob("*.md")):
        for document in papers([path], knowledge):
            rows += [(path.stem, row) for row in checked([document], knowledge)]
            if any(each.code == "missing-field" for each in _own_findings(document)):
                headers.add(path.stem)
    found = [
        (each, next((row for name, row in rows if each.is_about(name, row)), None))
        for each in wanted
        if each.section != HEADER
    ]
    return Result(
        met=tuple(found),
        extra=tuple(_extra(rows, wanted)),
        headers=tuple((e, e.document in headers) for e in wanted if e.section == HEADER),
    )


def expected(table: Path) -> Iterator[Expected]:
    """Yield the findings of a table, those of a list of mentions one by one."""
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            section, _, kind = row["line"].partition(" ")
            for mention in row["mention"].split(", ") if kind else [row["mention"]]:
                yield Expected(
                    document=row["document"],
                    section=section.casefold(),
                    kind=kind,
                    mention=re.sub(r" \(alias .*", "", mention),
                    finding=row["finding"],
                    reason=row["reason"],
                )


def _extra(
    rows: Iterable[tuple[str, Checked]], wanted: Iterable[Expected]
) -> Iterator[tuple[str, Checked]]:
    listed = [each for each in wanted if each.finding not in NOTES]
    for name, row in rows:
        if row.is_flagged and not any(each.is_about(name, row) for each in listed):
            yield name, row


def _own_findings(document: Document) -> Iterator[Finding]:
    yield from document.findings
    for text in document.texts:
        yield from text.findings


def _says(row: Checked, code: str) -> bool:
    return any(finding.code == code for finding in row.findings)


def report(name: str, found: Result) -> Iterator[str]:
    """Yield the lines about one set of digests."""
    yield f"{name} digests"
    yield f"  recall, wrong-id and autoantibody-target: {found.recall(GRAVE)}"
    yield f"  recall, all kinds of errors:              {found.recall()}"
    yield f"  recall, with the curator's very code:     {found.recall(exactly=True)}"
    yield f"  precision of errors and warnings:         {found.precision}"
    missing = [each.document for each, is_found in found.headers if not is_found]
    yield f"  headers found incomplete: {len(found.headers) - len(missing)} of {len(found.headers)}"
    for each in found.missed:
        yield f"  missed: {each.document}: {each.mention}: {each.finding} ({each.reason})"
    for each, row in found.notes_too_grave:
        yield f"  too grave: {each.document}: {each.mention}: {_told(row)}"
    for document, row in found.extra:
        yield f"  extra: {document}: {row.annotation.label}: {_told(row)}"


def _told(row: Checked) -> str:
    return f"{row.flag.level} {row.flag.code}: {row.flag.message}" if row.flag else ""


def main() -> None:
    """Print precision and recall for each set of digests, with every miss and every extra flag."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", action="append", choices=list(SETS), dest="sets")
    knowledge = open_knowledge()
    for name in parser.parse_args().sets or SETS:
        print("\n".join(report(name, result(*SETS[name], knowledge))))


if __name__ == "__main__":
    main()
