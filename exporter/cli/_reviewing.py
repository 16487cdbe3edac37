"""What ``review`` does with its options: list, decide, take back, or ask in the terminal."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from exporter.cli._deciding import (
    Lines,
    Wanted,
    decided,
    lines_to_decide,
    signature,
    taken_back,
    tell_decided,
    tell_taken_back,
)
from exporter.cli._interactive import Desk, ask, refuse_no_terminal
from exporter.cli._left_out import refuse_rejects, tell_left_out
from exporter.cli._overwriting import refuse_folder, refuse_overwriting
from exporter.cli._reading import ReadingRun, reading_of
from exporter.cli._verbosity import note
from exporter.cli._verdicts import review_files
from exporter.errors import InputError, UsageError, Where
from exporter.grounding.review import Verdicts, read_verdicts
from exporter.grounding.review_lines import State, last_decided, without_outdated
from exporter.grounding.review_table import DEFAULT_NAME, read_table, table
from exporter.model.review import Decision
from exporter.pipeline.inputs import Gathered, gather
from exporter.pipeline.knowledge import Knowledge, open_knowledge
from exporter.pipeline.papers import PaperExport, ground_papers
from exporter.pipeline.reviewing import (
    Merged,
    every_line,
    merged,
    open_lines,
    sentences,
    signed,
)
from exporter.writers.files import STDOUT, write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(ReadingRun):
    """The options of one call of ``review``, as the command line gives them."""

    output: Path | None = None
    accept: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    replace: tuple[tuple[str, str], ...] = ()
    narrow: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    curator: str = ""
    undo: bool = False
    interactive: bool = False
    everything: bool = False

    @property
    def decisions(self) -> tuple[Wanted, ...]:
        """Return what is to be decided, in the order of the options' help."""
        plain = {
            Decision.ACCEPT: self.accept,
            Decision.KEEP: self.keep,
            Decision.REJECT: self.reject,
        }
        with_id = {Decision.REPLACE_WITH: self.replace, Decision.NARROW_TO: self.narrow}
        found = [Wanted(key, decision) for decision, keys in plain.items() for key in keys]
        found += [
            Wanted(key, decision, id_) for decision, each in with_id.items() for key, id_ in each
        ]
        return tuple(found)

    @property
    def changed_file(self) -> Path:
        """Return the file that decisions are written to."""
        if self.output is not None:
            return self.output
        if len(self.reviews) > 1:
            raise UsageError(
                "several review files are named, and one is to be changed",
                code="E251",
                hint="name it with --output FILE",
            )
        return self.reviews[0] if self.reviews else Path(DEFAULT_NAME)


def run(call: Run) -> None:
    """Do the one thing that is asked for."""
    asked = [call.undo, call.interactive, bool(call.decisions)]
    if sum(asked) > 1:
        raise UsageError(
            "--undo, --interactive and decisions by key do not go together",
            code="E258",
            hint="call exporter review once for each",
        )
    if call.undo:
        _undo(call)
    elif call.decisions:
        _decide(call)
    elif call.interactive:
        _ask(call)
    else:
        _list(call)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The papers of a run with their groundings, and what else the run knows."""

    gathered: Gathered
    knowledge: Knowledge
    papers: tuple[PaperExport, ...]


def _list(call: Run) -> None:
    output = STDOUT if call.output is None else call.output
    read, found = _merged(call, output)
    write_whole(output, table(found.lines))
    _tell(found)
    tell_left_out(read.gathered, "the rest is in the table")


def _merged(call: Run, output: Path) -> tuple[_Read, Merged]:
    """Return the lines of the output, if it is there, with those of the papers."""
    refuse_folder(output)
    existing = without_outdated(_lines_of(output))
    files = [each for each in review_files(call.reviews, call.no_review) if each != output]
    knowledge = open_knowledge(call.packs, call.namespaces)
    files += [output] if existing else []
    read = _read(call, knowledge, read_verdicts(files, knowledge.ontologies))
    _refuse_overwriting(call, output, read.gathered)
    if call.curator.strip():
        existing = signed(existing, call.curator.strip(), _today())
    listed = every_line if call.everything else open_lines
    found = [line for paper in read.papers for line in listed(paper, knowledge.ontologies)]
    return read, merged(existing, found, read.papers)


def _read(call: Run, knowledge: Knowledge, verdicts: Verdicts | None) -> _Read:
    if not call.inputs:
        raise UsageError(
            "no paper is named",
            code="E252",
            hint="name annotated papers or folders that hold some, as in exporter review papers/",
        )
    gathered = gather(reading_of(call, knowledge), knowledge)
    refuse_rejects(gathered, keep_going=call.keep_going)
    if not gathered.documents:
        raise InputError(
            "no paper was read",
            code="E115",
            where=Where(file=", ".join(call.inputs)),
            hint="name annotated papers, or a folder that holds some",
        )
    papers = ground_papers(gathered.documents, knowledge, verdicts)
    return _Read(gathered=gathered, knowledge=knowledge, papers=papers)


def _lines_of(file: Path) -> Lines:
    """Return the lines of a review file; one that is not there or empty has none."""
    if file == STDOUT or not file.is_file() or not file.stat().st_size:
        return ()
    return read_table(file)


def _refuse_overwriting(call: Run, output: Path, gathered: Gathered) -> None:
    read = [text.where.file for document in gathered.documents for text in document.texts]
    read += [case.where.file for case in gathered.cases]
    files = [file for file in read if file]
    refuse_overwriting(output, [*call.inputs, *map(str, call.namespaces), *files])


def _decide(call: Run) -> None:
    file, by = call.changed_file, signature(call.curator, _today(), call.reason)
    refuse_folder(file)
    lines = without_outdated(_lines_of(file))
    knowledge = open_knowledge(call.packs, call.namespaces)
    read = _read(call, knowledge, None) if call.inputs else None
    if read:
        _refuse_overwriting(call, file, read.gathered)
    papers = read.papers if read else ()
    found = [line for paper in papers for line in every_line(paper, knowledge.ontologies)]
    made = []
    for wanted in call.decisions:
        for line in lines_to_decide(wanted, found, lines):
            lines = decided(lines, line, wanted, by, knowledge.ontologies)
            made.append(last_decided(lines))
    write_whole(file, table(lines))
    for each in made:
        if each:
            tell_decided(each, str(file))
    if read:
        tell_left_out(read.gathered, "what was decided is recorded")


def _undo(call: Run) -> None:
    file = call.changed_file
    lines, last = taken_back(_lines_of(file), str(file))
    write_whole(file, table(lines))
    tell_taken_back(last, str(file))


def _ask(call: Run) -> None:
    refuse_no_terminal()
    file, by = call.changed_file, signature(call.curator, _today(), call.reason)
    read, found = _merged(call, file)
    queue = _to_ask(found.lines)
    desk = Desk(
        lines=found.lines,
        queue=queue,
        sentences=sentences(read.papers, {line.key for line in queue}),
        by=by,
        ontologies=read.knowledge.ontologies,
        save=lambda lines: write_whole(file, table(lines)),
    )
    if not queue:
        note("nothing is open")
        return
    left = ask(desk)
    note(f"open        {left} of {len(queue)}; decisions are in {file}")


def _to_ask(lines: Lines) -> Lines:
    """Return what is open, and decisions that no longer apply to anything that is open."""
    fresh = {line.key for line in lines if line.state == State.OPEN}
    return tuple(
        line
        for line in lines
        if line.state == State.OPEN or (line.is_stale and line.key not in fresh)
    )


def _tell(found: Merged) -> None:
    decisions = sum(line.is_decided for line in found.lines)
    still_open = sum(not line.is_filled for line in found.lines)
    note(f"open        {still_open} ({found.added} new, {found.gone} gone since)")
    note(f"decided     {decisions} ({found.stale} no longer apply)")


def _today() -> str:
    """Return the day of the decision where the curator is; it is written to the file only."""
    return datetime.now().astimezone().date().isoformat()
