"""The papers of the expert corpora, each with what the linter says of its annotations."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from exporter.errors import ExporterError
from exporter.grounding import placed_findings
from exporter.model.document import Annotation, Document, Text
from exporter.model.findings import Finding, Level
from exporter.model.grounding import Grounding
from exporter.pipeline.knowledge import Knowledge
from exporter.pipeline.papers import ground_paper
from exporter.sources import Settings, inputs, parse, records

TOP = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("LINKED_CASE_SHARED") or TOP.parent / "shared")
CORPORA_FOLDER = SHARED / "data" / "corpora"
CORPORA = {
    "BioRED": ("biored/Train.PubTator.gz", "biored/Dev.PubTator.gz"),
    "BC5CDR": ("bc5cdr/BC5CDR_TrainDev.mentions.PubTator.gz",),
    "NLM-Gene": ("aioner/NLMgene_Train.PubTator.gz",),
    "NCBI-Disease": ("aioner/NCBIdisease_TrainDev.PubTator.gz",),
    "NLM-Chem": ("aioner/NLMchem_Test.part.PubTator.gz",),
    "tmVar": ("aioner/tmVar3_Train.PubTator.gz",),
}
EXPERTS = ("BioRED", "BC5CDR", "NLM-Gene", "NCBI-Disease")
"""The corpora that faults are put into, and that flags are judged on."""
_GRAVEST = list(Level)
_AROUND = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An annotation of a paper with its grounding and findings, gravest first."""

    document: Document
    text: Text
    annotation: Annotation
    grounding: Grounding
    findings: tuple[Finding, ...]

    @property
    def flag(self) -> Finding | None:
        """Return the gravest finding, if there is any."""
        return self.findings[0] if self.findings else None

    @property
    def level(self) -> Level | None:
        """Return the level of the gravest finding."""
        return self.flag.level if self.flag else None

    @property
    def is_flagged(self) -> bool:
        """Tell whether an error or a warning was found; a note is no accusation."""
        return self.level in {Level.ERROR, Level.WARNING}

    @property
    def surroundings(self) -> str:
        """Return the words around the first mention, which stands in double brackets."""
        if not self.annotation.mentions:
            return ""
        place, content = self.annotation.mentions[0], self.text.content
        before = content[max(0, place.start - _AROUND) : place.start]
        after = content[place.end : place.end + _AROUND]
        return " ".join(f"{before}[[{place.exact}]]{after}".split())


def files_of(corpus: str) -> list[Path]:
    """Return the files of one of ``CORPORA``."""
    return [CORPORA_FOLDER / name for name in CORPORA[corpus]]


def papers(
    paths: Iterable[Path], knowledge: Knowledge, most: int | None = None
) -> Iterator[Document]:
    """Yield the first papers of files, all if ``most`` is None; one not to be read is named."""
    settings = Settings(namespaces=knowledge.namespaces)
    found = (record for source in inputs(map(str, paths)) for record in records(source))
    for record in islice(found, most):
        if isinstance(record, Finding):
            raise SystemExit(str(record))
        try:
            paper = parse(record, settings)
        except ExporterError as error:
            print(f"left out: {error}")
            continue
        if isinstance(paper, Document):
            yield paper


def checked(documents: Iterable[Document], knowledge: Knowledge) -> Iterator[Checked]:
    """Yield every annotation of the papers with what is found about it."""
    for document in documents:
        for text, groundings in ground_paper(document, knowledge).pairs():
            found: dict[int, list[Finding]] = {}
            for number, finding in placed_findings(text, groundings):
                found.setdefault(number, []).append(finding)
            own = _by_line(text.findings)
            for number, annotation in enumerate(text.annotations):
                about = [each for each in own.get(annotation.line, ()) if _fits(each, annotation)]
                yield Checked(
                    document=document,
                    text=text,
                    annotation=annotation,
                    grounding=groundings[number],
                    findings=tuple(sorted((*found.get(number, ()), *about), key=_gravity)),
                )


def _by_line(findings: Iterable[Finding]) -> dict[int | None, list[Finding]]:
    found: dict[int | None, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.where.line, []).append(finding)
    return found


def _fits(finding: Finding, annotation: Annotation) -> bool:
    """Tell whether what a reader found in a line is about one of its annotations."""
    label, stated = annotation.label, annotation.stated_as
    return finding.value in {label, stated, f"{label} ({stated})"}


def _gravity(finding: Finding) -> tuple[int, str]:
    return _GRAVEST.index(finding.level), finding.code
