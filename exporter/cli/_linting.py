"""What ``lint`` does with its options: explain a rule, or read, judge and tell of documents."""

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from exporter.cli._overwriting import refuse_folder, refuse_overwriting
from exporter.cli._printable import printable
from exporter.cli._reading import ReadingRun, reading_of
from exporter.cli._verbosity import note, problem
from exporter.cli._verdicts import applied_verdicts
from exporter.errors import InputError, UsageError, Where
from exporter.grounding.review_table import DEFAULT_NAME
from exporter.model.findings import Finding, Level
from exporter.model.linting import Account, LeftOut, LintedDocument, RuleText, Shown
from exporter.pipeline.inputs import Reading
from exporter.pipeline.knowledge import open_knowledge
from exporter.pipeline.linting import Demand, Linter
from exporter.pipeline.rule_texts import rule_texts
from exporter.writers.files import STDOUT, write_flowing, write_whole
from exporter.writers.lint_reports.html import html
from exporter.writers.lint_reports.json_lines import account_line, document_line, left_out_line
from exporter.writers.lint_reports.kept import Kept
from exporter.writers.lint_reports.sarif import sarif
from exporter.writers.lint_reports.text import (
    account_lines,
    document_lines,
    explained,
    left_out_lines,
)

_NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(ReadingRun):
    """The options of one call of ``lint``, as the command line gives them."""

    output: Path = STDOUT
    form: str = "text"
    fail_on: str = "error"
    level: str = "note"
    rules: tuple[str, ...] = ()
    no_rules: tuple[str, ...] = ()
    everything: bool = False
    explain: str | None = None


def run(call: Run) -> int:
    """Return the exit status: 1 if what was found is as grave as was asked for."""
    if call.explain is not None:
        text = printable(
            "".join(f"{each}\n" for each in explained(_known(call.explain))), keep="\n"
        )
        write_whole(call.output, [text.encode("utf-8")])
        return 0
    _refuse(call)
    shown = _shown(call)
    knowledge = open_knowledge(call.packs, call.namespaces, call.pins)
    verdicts = applied_verdicts(call.reviews, call.no_review, knowledge.ontologies)
    linter = Linter(
        knowledge,
        verdicts,
        Demand(shown=shown, everything=call.everything, how=_how(call)),
    )
    reading = reading_of(call, knowledge)
    write_flowing(call.output, _FORMS[call.form](linter, _documents(linter, reading, call.output)))
    account = linter.account()
    _refuse_nothing(account, call)
    _tell(account, call)
    return int(call.fail_on != _NEVER and account.fails(Level(call.fail_on)))


def _refuse(call: Run) -> None:
    """Refuse calls that cannot work, before anything is read."""
    if not call.inputs:
        raise UsageError(
            "nothing to lint is named",
            code="E260",
            hint="name annotated papers or cases, as in exporter lint papers/",
        )
    if call.everything and call.form != "json":
        raise UsageError(
            f"--all tells of every annotation, and a report as {call.form} has no room for that",
            code="E261",
            hint="add --format json",
        )
    refuse_folder(call.output)
    tables = (*call.namespaces, *call.reviews, Path(DEFAULT_NAME))
    refuse_overwriting(call.output, [*call.inputs, *tables])


def _shown(call: Run) -> Shown:
    only, without = (
        frozenset(_known(code).code for code in codes) for codes in (call.rules, call.no_rules)
    )
    return Shown(level=Level(call.level), only=only, without=without)


def _known(code: str) -> RuleText:
    """Return what a rule means; of an unknown one those with a similar name are told."""
    texts = rule_texts()
    if code in texts:
        return texts[code]
    near = get_close_matches(code.lower(), texts, cutoff=0.5)
    raise UsageError(
        f"no rule is named {code!r}",
        code="E262",
        hint=f"perhaps {' or '.join(near)}" if near else f"known rules: {', '.join(texts)}",
    )


def _how(call: Run) -> str:
    """Return the options without which ``review`` would not find the same annotation again."""
    options = [("--from", call.wanted), ("--id", call.document_id)]
    options += [("--pack", str(pack)) for pack in call.packs]
    options += [("--namespaces", str(table)) for table in call.namespaces]
    return " ".join(f"{name} {shlex.quote(value)}" for name, value in options if value)


Report = Iterator[LintedDocument | LeftOut]


def _documents(linter: Linter, reading: Reading, output: Path) -> Report:
    """Yield what a report tells of; a report that would replace what it is about is refused.

    Files that are passed over are told on stderr, and may be replaced.
    """
    last = None
    for each in linter.lint(reading):
        if isinstance(each, Finding):
            note(f"note: {each}")
            continue
        file = each.where.file
        if file and file != last:
            refuse_overwriting(output, [file])
            last = file
        yield each


def _text(linter: Linter, documents: Report) -> Iterator[bytes]:
    for each in documents:
        lines = left_out_lines(each) if isinstance(each, LeftOut) else document_lines(each)
        yield _printed(lines)
    yield _printed(account_lines(linter.account()))


def _printed(lines: Iterator[str]) -> bytes:
    return "".join(f"{printable(each)}\n" for each in lines).encode("utf-8")


def _json(linter: Linter, documents: Report) -> Iterator[bytes]:
    everything = linter.demand.everything
    for each in documents:
        if isinstance(each, LeftOut):
            yield left_out_line(each).encode("utf-8")
        else:
            yield document_line(each, everything=everything).encode("utf-8")
    yield account_line(linter.account()).encode("utf-8")


Whole = Callable[[Kept, Account, Mapping[str, RuleText]], str]


def _whole(report: Whole) -> Callable[[Linter, Report], Iterator[bytes]]:
    """Return how to write a report that can be made only when everything was read."""

    def written(linter: Linter, documents: Report) -> Iterator[bytes]:
        kept = Kept()
        for each in documents:
            if isinstance(each, LintedDocument):
                kept.add(each.doubts)
        page = report(kept, linter.account(), rule_texts())
        yield page.encode("utf-8", "backslashreplace")

    return written


_FORMS: dict[str, Callable[[Linter, Report], Iterator[bytes]]] = {
    "text": _text,
    "json": _json,
    "sarif": _whole(sarif),
    "html": _whole(html),
}


def _refuse_nothing(account: Account, call: Run) -> None:
    if not (account.papers or account.cases or account.number_left_out):
        raise InputError(
            "no paper and no case was read",
            code="E115",
            where=Where(file=", ".join(call.inputs)),
            hint="name a digest (.md), a case file (.yaml) or PubTator text, or a folder of some",
        )


def _tell(account: Account, call: Run) -> None:
    """Tell on stderr what the report does not, and end a run in which something was not read."""
    if call.output != STDOUT:
        levels = ", ".join(f"{n} {level}" for level, n in account.levels.items()) or "none"
        note(f"findings    {account.findings} ({levels}); the report is in {call.output}")
    if account.number_left_out:
        for record in account.left_out:
            for reason, _ in record.reasons:
                problem(f"error: {reason}")
        number = account.number_left_out
        counted = f"{number} record{'s were' if number != 1 else ' was'}"
        raise InputError(f"{counted} left out; the rest is in the report", code="E116")
