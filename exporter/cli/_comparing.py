"""What ``ontology diff`` does: two releases compared, and the corpus gone through."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exporter.cli._change_account import account_lines, account_values
from exporter.cli._changes import Words
from exporter.cli._overwriting import refuse_folder, refuse_overwriting
from exporter.cli._printable import printable
from exporter.cli._reading import ReadingRun, reading_of
from exporter.cli._verbosity import note, problem
from exporter.cli._verdicts import applied_verdicts
from exporter.errors import InputError, UsageError, Where
from exporter.grounding.review_table import DEFAULT_NAME
from exporter.model.findings import Finding
from exporter.model.identifiers import EntityId
from exporter.model.linting import LeftOut
from exporter.ontologies.comparing import Change, Comparison, Kind, changes
from exporter.ontologies.releases.compared import Pair, Side, opened_side, pairs
from exporter.ontologies.releases.recognising import listed
from exporter.pipeline.knowledge import Knowledge, open_knowledge
from exporter.pipeline.touched import Tally, Touch, Toucher
from exporter.sources import inputs
from exporter.writers.files import STDOUT, write_flowing
from exporter.writers.lint_reports.json_lines import line


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(ReadingRun):
    """The options of one call of ``ontology diff``, as the command line gives them."""

    old: str
    new: str
    everything: bool = False
    fail_on: str = "never"
    output: Path = STDOUT
    as_json: bool = False


def run(call: Run) -> int:
    """Return the exit status: 1 if there is what ``--fail-on`` names."""
    _refuse(call)
    knowledge = open_knowledge(call.packs, call.namespaces, call.pins)
    slices, namespaces = knowledge.ontologies.slices, knowledge.namespaces
    with ExitStack() as opened:
        old = opened.enter_context(opened_side(call.old, slices, namespaces))
        new = opened.enter_context(opened_side(call.new, slices, namespaces))
        report = _Report(call, knowledge, (old, new))
        write_flowing(call.output, (part.encode("utf-8") for part in report.parts()))
        return report.status()


def _refuse(call: Run) -> None:
    if call.fail_on == "touched" and not call.inputs:
        raise UsageError(
            "--fail-on touched needs papers or cases that could be touched",
            code="E228",
            hint="name them with --corpus",
        )
    refuse_folder(call.output)
    if call.output != STDOUT and call.output.is_file():
        refuse_overwriting(call.output, _read(call))


def _read(call: Run) -> Iterator[Path | str]:
    """Yield every file that is read."""
    for side in map(Path, (call.old, call.new)):
        yield from (each.path for each in listed(side)) if side.is_dir() else (side,)
    yield from (each.path for each in inputs(call.inputs))
    yield from (*call.reviews, *call.namespaces, Path(DEFAULT_NAME))


class _Report:
    """The report in the order in which it is written; what is counted is told at the end."""

    def __init__(self, call: Run, knowledge: Knowledge, sides: tuple[Side, Side]) -> None:
        self._call = call
        self._knowledge = knowledge
        self._sides = sides
        self._pairs, self._in_passing = pairs(*sides)
        self._words = {pair.name: Words(pair.old, pair.new) for pair in self._pairs}
        self._changes: list[tuple[str, Change]] = []
        self._tally: Tally | None = None

    def status(self) -> int:
        """Return the exit status, after telling what could not be read."""
        tally = self._tally
        found = {
            "never": False,
            "changed": bool(self._changes),
            "touched": bool(tally and tally.kinds),
        }
        if tally:
            self._refuse_nothing(tally)
            _tell_left_out(tally)
        return int(found[self._call.fail_on])

    def parts(self) -> Iterator[str]:
        """Yield the parts of the report."""
        self._changes = [
            (pair.name, change) for pair in self._pairs for change in changes(pair.old, pair.new)
        ]
        yield from self._head()
        if not self._call.inputs or self._call.everything:
            yield from self._listed()
        if self._call.inputs:
            yield from self._touched()
        yield from self._account()

    # --- what is compared ---

    def _head(self) -> Iterator[str]:
        for side in self._sides:
            for unknown in side.passed_over:
                note(f"note: passed over: {unknown}")
        if self._call.as_json:
            yield line({"compared": [_pair_values(pair) for pair in self._pairs]})
            return
        for pair in self._pairs:
            yield _text(f"{'compared':<12} {pair.old} -> {pair.new}")
            for remark in _untold(pair):
                yield _text(f"{'':<12} {remark}")
        if self._in_passing:
            names = ", ".join(self._in_passing)
            yield _text(f"{'not compared':<12} {names}: neither side has all of it")

    def _listed(self) -> Iterator[str]:
        kinds = list(Kind)
        for name, change in sorted(
            self._changes, key=lambda pair: (kinds.index(pair[1].kind), pair[1].id)
        ):
            words = self._words[name]
            if self._call.as_json:
                yield line({"ontology": name, **words.change_values(change)})
            else:
                yield _text(words.change_line(change))

    # --- what is touched ---

    def _touched(self) -> Iterator[str]:
        call, knowledge = self._call, self._knowledge
        verdicts = applied_verdicts(call.reviews, call.no_review, knowledge.ontologies)
        comparisons = [Comparison(pair.old, pair.new) for pair in self._pairs]
        every = (change for _, change in self._changes)
        toucher = Toucher(comparisons, every, knowledge, verdicts)
        document = None
        for each in toucher.touches(reading_of(call, knowledge)):
            if isinstance(each, Finding):
                note(f"note: {each}")
            elif isinstance(each, LeftOut):
                yield from self._left_out(each)
            elif each.asks or call.everything or call.as_json:
                where = each.use.where
                if where.document != document and not call.as_json:
                    document = where.document
                    yield _text(f"{document}")
                yield from self._touch(each)
        self._tally = toucher.tally()

    def _touch(self, touch: Touch) -> Iterator[str]:
        words = self._of(touch.change.id)
        if self._call.as_json:
            yield line({"touched": words.touch_values(touch)})
        else:
            yield from map(_text, words.touch_lines(touch))

    def _left_out(self, record: LeftOut) -> Iterator[str]:
        for reason, hint in record.reasons:
            if self._call.as_json:
                yield line({"left_out": {"problem": reason, "hint": hint}})
            else:
                yield _text(f"left out: {reason}")

    def _of(self, entity: EntityId) -> Words:
        """Return the words for a term: those of the ontology that holds it."""
        for pair in self._pairs:
            if pair.old.term(entity) or pair.new.term(entity):
                return self._words[pair.name]
        return next(iter(self._words.values()))

    def _account(self) -> Iterator[str]:
        counts = Counter(change.kind for _, change in self._changes)
        kinds = {kind: counts[kind] for kind in Kind if counts[kind]}
        if self._call.as_json:
            yield line({"account": account_values(kinds, self._tally)})
        else:
            yield from map(_text, account_lines(kinds, self._tally, self._pairs))

    def _refuse_nothing(self, tally: Tally) -> None:
        if not (tally.papers or tally.cases or tally.left_out):
            raise InputError(
                "no paper and no case was read",
                code="E115",
                where=Where(file=", ".join(self._call.inputs)),
                hint="name a digest (.md), a case file (.yaml) or PubTator text, or a folder",
            )


def _text(text: str) -> str:
    return f"{printable(text)}\n"


def _untold(pair: Pair) -> Iterator[str]:
    """Say what cannot be told from these releases."""
    if not pair.new.lists_all:
        yield f"{pair.new} is a part only: nothing is told of terms that it lacks"
    if not pair.old.lists_all:
        yield f"{pair.old} is a part only: nothing is told of terms that are new beside it"
    for each in dict.fromkeys((pair.old, pair.new)):
        if not each.tells_parents:
            yield f"{each} does not tell what terms are below of: no moves are found"
        if not each.tells_names:
            yield f"{each} tells of no names beside labels: none is lost or gained"


def _pair_values(pair: Pair) -> dict[str, Any]:
    return {
        "ontology": pair.name,
        "old": pair.old.held.release.version,
        "new": pair.new.held.release.version,
        "not_told": list(_untold(pair)),
    }


def _tell_left_out(tally: Tally) -> None:
    if tally.left_out:
        for record in tally.left_out:
            for reason, _ in record.reasons:
                problem(f"error: {reason}")
        number = len(tally.left_out)
        counted = f"{number} record{'s were' if number != 1 else ' was'}"
        raise InputError(f"{counted} left out; the rest is in the report", code="E116")
