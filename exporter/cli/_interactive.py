"""Walk through what is open in a terminal: one key for each decision, saved at once."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import click

from exporter.cli._deciding import Lines, Signature, Wanted, decided
from exporter.cli._keys import pressed, single_keys, whole_lines
from exporter.cli._printable import printable
from exporter.errors import ExporterError, UsageError
from exporter.grounding.review_lines import Line, cleared, last_decided, undo
from exporter.model.linting import Excerpt
from exporter.model.review import Decision
from exporter.ontologies.index import Ontologies

_DECISIONS = {
    "a": Decision.ACCEPT,
    "k": Decision.KEEP,
    "r": Decision.REJECT,
    "p": Decision.REPLACE_WITH,
    "n": Decision.NARROW_TO,
}
_KEYS = "a accept  k keep  r reject  p replace  n narrow  s skip  u undo  q quit  ? help"
_HELP = """\
a  accept   take the proposal (without one: the annotation is right as stated)
k  keep     the annotation is right as stated
r  reject   the annotation is wrong
p  replace  it means another concept: type its id or name
n  narrow   it means a narrower concept: type its id or name
s  skip     decide later
u  undo     take the last decision back; again for the one before
q  quit     every decision is saved already
"""
_END_OF_INPUT = ("", "\x04")


@dataclass(slots=True, kw_only=True)
class Desk:
    """What is open, the sentences of it, and where decisions go; only ``ask`` changes ``lines``.

    ``save`` writes the lines; it is called after every change.
    """

    lines: Lines
    queue: Sequence[Line]
    sentences: Mapping[str, Excerpt]
    by: Signature
    ontologies: Ontologies
    save: Callable[[Lines], None]
    done: set[tuple[str, str]] = field(default_factory=set)


def refuse_no_terminal() -> None:
    """Refuse to ask where nobody can answer."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            "--interactive asks in a terminal, and standard input is none",
            code="E257",
            hint="write a table instead: exporter review FILE -o review.tsv",
        )


def ask(desk: Desk) -> int:
    """Ask for a decision on each open line in turn; return how many are still open."""
    with single_keys(sys.stdin.fileno()):
        return _asked(desk)


def _asked(desk: Desk) -> int:
    place = 0
    while place < len(desk.queue):
        line = desk.queue[place]
        if line.subject in desk.done:
            place += 1
            continue
        _show(desk, place)
        step = _answered(desk, line)
        if step is None:
            break
        place = step if step >= 0 else place + 1
    return len({line.subject for line in desk.queue} - desk.done)


def _answered(desk: Desk, line: Line) -> int | None:
    """Return the next place to show: -1 for the one that follows, None to stop."""
    while True:
        key = _pressed()
        if key in _END_OF_INPUT or key == "q":
            return None
        if key == "s":
            return -1
        if key == "u" and (back := _taken_back(desk)) is not None:
            return back
        if key in _DECISIONS and _decided(desk, line, _DECISIONS[key]):
            return -1
        if key == "?":
            click.echo(_HELP, nl=False)
        elif key not in (*_DECISIONS, "u"):
            click.echo(_KEYS)


def _pressed() -> str:
    click.echo("> ", nl=False)
    key = pressed(sys.stdin.fileno())
    click.echo(printable(key))
    return key


def _decided(desk: Desk, line: Line, decision: Decision) -> bool:
    concept = _typed(decision) if decision.takes_target else ""
    if decision.takes_target and not concept:
        return False
    wanted = Wanted(line.key, decision, concept)
    try:
        lines = decided(desk.lines, cleared(line), wanted, desk.by, desk.ontologies)
    except ExporterError as refusal:
        click.echo(click.style(printable(refusal.problem), fg="red"))
        if refusal.hint:
            click.echo(printable(f"hint: {refusal.hint}"))
        return False
    _changed(desk, lines)
    desk.done.add(line.subject)
    last = last_decided(lines)
    click.echo(printable(f"{decision} {last.target if last else ''}".rstrip()) + ", saved")
    return True


def _typed(decision: Decision) -> str:
    try:
        with whole_lines(sys.stdin.fileno()):
            typed = click.prompt(f"{decision}, id or name", default="", show_default=False)
    except click.Abort:
        click.echo()
        return ""
    return str(typed).strip()


def _taken_back(desk: Desk) -> int | None:
    """Return the place of the decision that was taken back; None if it is not to be shown."""
    last = last_decided(desk.lines)
    if last is None:
        click.echo("there is no decision to take back")
        return None
    _changed(desk, undo(desk.lines))
    desk.done.discard(last.subject)
    click.echo(printable(f"taken back: {last.verdict} {last.target}".rstrip()) + ", saved")
    places = [place for place, line in enumerate(desk.queue) if line.subject == last.subject]
    if places:
        return places[0]
    click.echo(printable(f"it was on {last.label!r} in {last.document}, which is open again"))
    return None


def _changed(desk: Desk, lines: Lines) -> None:
    desk.save(lines)
    desk.lines = lines


def _show(desk: Desk, place: int) -> None:
    line = desk.queue[place]
    head = f"{place + 1} of {len(desk.queue)}  {line.document}, {line.place} ({line.kind})"
    click.echo()
    click.echo(click.style(printable(head), bold=True))
    stated = f" ({line.stated})" if line.stated else ""
    click.echo(printable(f"{line.level} {line.rule}: {line.label}{stated}"))
    if line.concept:
        click.echo(printable(f"  leads to   {line.concept} {line.concept_label}".rstrip()))
    click.echo(printable(f"  {line.says}"))
    _show_sentence(desk.sentences.get(line.key))
    if line.proposal:
        click.echo(printable(f"  proposed   {line.proposal} {line.proposal_label}".rstrip()))
    if line.is_stale:
        click.echo(printable(f"  {line.verdict} {line.target} {line.state}"))
    click.echo(_KEYS)


def _show_sentence(sentence: Excerpt | None) -> None:
    if sentence is None:
        click.echo("  it stands nowhere in the prose of the text")
        return
    exact = click.style(printable(sentence.exact), underline=True)
    before, after = printable(sentence.before), printable(sentence.after)
    click.echo(f"  \u201c{before}{exact}{after}\u201d")
