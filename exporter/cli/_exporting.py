"""What ``export`` does with its options: gather, export, check, write, and tell about it."""

from dataclasses import dataclass
from pathlib import Path

from exporter.cli._left_out import refuse_rejects, tell_left_out
from exporter.cli._overwriting import refuse_folder, refuse_overwriting
from exporter.cli._reading import ReadingRun, reading_of
from exporter.cli._summary import (
    counts,
    doubts,
    grounded,
    notes,
    reviewed,
    summary,
    unread,
    violations,
)
from exporter.cli._verbosity import detail, note, problem
from exporter.cli._verdicts import applied_verdicts
from exporter.errors import InputError, NotConformingError, UsageError, Where
from exporter.grounding.review_table import DEFAULT_NAME
from exporter.model.linting import Account
from exporter.pipeline import Exported, export, quads
from exporter.pipeline.checking import check
from exporter.pipeline.inputs import Gathered, gather
from exporter.pipeline.knowledge import (
    Knowledge,
    grounded_by,
    knowledge_quads,
    mapping_path_quads,
    open_knowledge,
)
from exporter.pipeline.telling import account_of, left_out_of, told_papers
from exporter.rdf.formats import WRITTEN, Format, format_named, format_of_path, write
from exporter.rdf.iris import Iris
from exporter.rdf.quoting import TextMode
from exporter.rdf.terms import Quad
from exporter.rdf.vocabulary import DEFAULT_BASE
from exporter.writers.files import STDOUT, write_whole
from exporter.writers.lint_reports.json_lines import export_lines
from exporter.writers.lint_reports.text import uncertain_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(ReadingRun):
    """The options of one call of ``export``, as the command line gives them."""

    output: Path = STDOUT
    form: str | None = None
    base: str | None = None
    text_mode: str = "full"
    ontologies: bool | None = None
    no_validate: bool = False
    dry_run: bool = False
    as_json: bool = False


def run(call: Run) -> None:
    """Export; nothing is written when a record is broken (unless asked) or the data fail."""
    form = _form(call)
    _refuse_two_answers(call)
    iris = Iris(DEFAULT_BASE if call.base is None else call.base)
    knowledge = open_knowledge(call.packs, call.namespaces, call.pins)
    verdicts = applied_verdicts(call.reviews, call.no_review, knowledge.ontologies)
    gathered = gather(reading_of(call, knowledge), knowledge)
    refuse_overwriting(call.output, _read_files(gathered, call))
    refuse_rejects(gathered, keep_going=call.keep_going)
    _refuse_nothing(gathered, call)
    exported = export(gathered, knowledge, verdicts)
    statements = list(quads(exported, knowledge, iris, TextMode(call.text_mode)))
    account = account_of(gathered, exported, knowledge, verdicts)
    written = len(statements)
    _report(gathered, exported, account, written)
    for line in grounded(grounded_by(knowledge, exported.groundings())):
        note(line)
    for line in reviewed(account.verdicts):
        note(line)
    _check(statements, gathered, (knowledge, iris), call)
    if not call.dry_run:
        if _with_ontologies(call, form):
            statements += knowledge_quads(knowledge, iris, gathered.documents, statements)
        else:
            statements += mapping_path_quads(statements, knowledge, iris)
        write_whole(call.output, write(statements, form, iris.base))
    if call.as_json:
        more = counts(gathered, exported) | {"statements": written}
        told = told_papers(exported, knowledge), left_out_of(gathered)
        write_whole(STDOUT, export_lines(*told, account, more))
    tell_left_out(gathered, "the rest was exported")


def _form(call: Run) -> Format:
    """Return the syntax asked for, else that of the file's name; standard output is Turtle."""
    refuse_folder(call.output)
    if call.form is not None:
        form: Format | None = format_named(call.form)
    else:
        form = Format.TURTLE if call.output == STDOUT else format_of_path(call.output)
    if form not in WRITTEN:
        raise UsageError(
            f"{form or call.output.suffix or 'a name without an ending'} tells no format to write",
            code="E204",
            hint=f"choose one with --to: {', '.join(WRITTEN)}",
        )
    return form


def _read_files(gathered: Gathered, call: Run) -> set[Path | str]:
    """Return what was named or read; a file of a folder that was passed over may be replaced."""
    wheres = [text.where for document in gathered.documents for text in document.texts]
    wheres += [case.where for case in gathered.cases]
    wheres += [reject.where for reject in gathered.rejects]
    tables = (*call.namespaces, *call.reviews, Path(DEFAULT_NAME))
    return {*call.inputs, *tables, *(where.file for where in wheres if where.file)}


def _refuse_nothing(gathered: Gathered, call: Run) -> None:
    if not (gathered.documents or gathered.cases):
        raise InputError(
            "no paper and no case was read",
            code="E115",
            where=Where(file=", ".join(call.inputs)),
            hint="name a digest (.md), a case file (.yaml) or PubTator text, or a folder of some",
        )


def _refuse_two_answers(call: Run) -> None:
    if call.as_json and call.output == STDOUT and not call.dry_run:
        raise UsageError(
            "standard output cannot hold both the data and the account as JSON",
            code="E206",
            hint="name a file for the data with --output, or add --dry-run",
        )


def _report(gathered: Gathered, exported: Exported, account: Account, statements: int) -> None:
    for line in (*unread(gathered), *doubts(exported)):
        note(line)
    for line in notes(exported):
        detail(line)
    for line in (*summary(gathered, exported, statements), *uncertain_lines(account)):
        note(line)


def _check(
    statements: list[Quad], gathered: Gathered, known: tuple[Knowledge, Iris], call: Run
) -> None:
    if call.no_validate:
        note("not validated: --no-validate was given, do not pass this file on as checked")
        return
    report = check(statements, gathered, *known)
    tell = problem if report.fails() else note
    for line in violations(report):
        tell(line)
    if report.fails():
        raise NotConformingError(
            "the data breaks a rule: nothing was written",
            code="E401",
            hint="mend what is named above; --no-validate writes it unchecked",
        )


def _with_ontologies(call: Run, form: Format) -> bool:
    return form.holds_graphs if call.ontologies is None else call.ontologies
