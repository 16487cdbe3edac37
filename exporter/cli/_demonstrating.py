"""What ``demo`` shows: what was read, what is doubtful, one case as Turtle, the verdict."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

from exporter.cli._exporting import Run, run
from exporter.cli._printable import printable
from exporter.cli._summary import doubts, summary, violations
from exporter.errors import NotConformingError
from exporter.model.findings import Finding
from exporter.pipeline import CaseExport, Exported, PaperExport, export, quads
from exporter.pipeline.checking import check
from exporter.pipeline.inputs import Reading, gather
from exporter.pipeline.knowledge import Knowledge, open_knowledge
from exporter.rdf.formats import Format, write
from exporter.rdf.iris import Iris
from exporter.rdf.quoting import TextMode
from exporter.resources import data
from exporter.sources import Settings


def demonstrate(output: Path | None) -> None:
    """Run the main job on the examples and print what a user wants to see."""
    examples, iris, knowledge = data("examples"), Iris(), open_knowledge()
    settings = Settings(namespaces=knowledge.namespaces)
    gathered = gather(Reading(paths=(str(examples),), settings=settings), knowledge)
    exported = export(gathered, knowledge)
    statements = list(quads(exported, knowledge, iris, TextMode.FULL))
    case, paper = _shown(exported)
    _section("What was read", summary(gathered, exported, len(statements)))
    only_paper = Exported(papers=(paper,), cases=(), findings=_of(paper, exported))
    _section(f"What is doubtful in {paper.document.id}", doubts(only_paper))
    only_case = Exported(papers=(), cases=(case,), findings=())
    _section(f"The case {case.case.case_id} as Turtle", _turtle(only_case, knowledge, iris))
    report = check(statements, gathered, knowledge, iris)
    _section("The verdict of the shapes on all of it", violations(report))
    if report.fails():
        raise NotConformingError("the examples break a rule", code="E401")
    if output is not None:
        run(Run(inputs=(str(examples),), output=output, no_review=True))


def _shown(exported: Exported) -> tuple[CaseExport, PaperExport]:
    shown = tomllib.loads((data("examples") / "demo.toml").read_text(encoding="utf-8"))["case"]
    case = next(case for case in exported.cases if case.case.case_id == shown)
    paper = next(p for p in exported.papers if p.document == case.sources.paper)
    return case, paper


def _of(paper: PaperExport, exported: Exported) -> tuple[Finding, ...]:
    files = {text.where.file for text in paper.document.texts}
    return tuple(finding for finding in exported.findings if finding.where.file in files)


def _turtle(exported: Exported, knowledge: Knowledge, iris: Iris) -> Iterator[str]:
    statements = quads(exported, knowledge, iris, TextMode.FULL)
    yield b"".join(write(statements, Format.TURTLE, iris.base)).decode("utf-8")


def _section(title: str, lines: Iterator[str]) -> None:
    click.echo(click.style(f"== {title}", bold=True))
    for line in lines:
        click.echo(printable(line.replace(f"{data('examples').parent}/", ""), keep="\n"))
    click.echo()
