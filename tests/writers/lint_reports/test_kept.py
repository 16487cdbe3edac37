"""Reports that are read as a whole hold the worst findings, and say how many they do not hold."""

import json

from exporter.errors import Where
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import bundled_namespaces
from exporter.model.linting import Account, Doubt, Shown
from exporter.ontologies.index import Ontologies
from exporter.pipeline.tallying import Tally
from exporter.writers.lint_reports.html import html
from exporter.writers.lint_reports.kept import Kept
from exporter.writers.lint_reports.sarif import sarif

LEVELS = (Level.NOTE, Level.ERROR, Level.NOTE, Level.WARNING, Level.NOTE)


def doubt(number: int, level: Level) -> Doubt:
    where = Where(file="a.md", line=number + 1)
    finding = Finding(level=level, code="wrong-id", message=f"number {number}", where=where)
    return Doubt(document="a", finding=finding)


def kept(most: int) -> Kept:
    found = Kept(most)
    for number, level in enumerate(LEVELS):
        found.add([doubt(number, level)])
    return found


def account() -> Account:
    tally = Tally(Shown())
    for number, level in enumerate(LEVELS):
        tally.finding(doubt(number, level).finding)
    return tally.account(Ontologies((), (), bundled_namespaces()), None)


def test_the_worst_are_kept_however_late_they_come() -> None:
    told = [each.finding.message for each in kept(3).doubts()]
    assert told == ["number 1", "number 3", "number 0"]
    assert kept(3).left_out == 2


def test_nothing_is_left_out_while_there_is_room() -> None:
    assert (len(kept(5).doubts()), kept(5).left_out) == (5, 0)


def test_sarif_and_page_say_how_many_they_leave_out() -> None:
    (run,) = json.loads(sarif(kept(3), account(), {}))["runs"]
    assert (len(run["results"]), run["properties"]["leftOut"]) == (3, 2)
    assert "2 findings of 5 left out" in html(kept(3), account(), {})
    assert "left out of this page" not in html(kept(5), account(), {})
