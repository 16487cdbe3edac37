"""Each rule decides its cases and leaves its decoys to others; the cases are files."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from exporter.cli import main
from exporter.grounding import ground
from exporter.grounding.rules import rules
from exporter.model.document import Document, Text
from exporter.ontologies.index import Ontologies

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CODES = [rule.code for rule in rules()]
Said = Mapping[str, Any]


def cases() -> list[Any]:
    rows = [(file.stem, said) for file in FILES for said in yaml.safe_load(file.read_text("utf-8"))]
    return [
        pytest.param(code, said, id=f"{code}: {said.get('case', said.get('decoy'))}")
        for code, said in rows
    ]


@pytest.mark.parametrize(("code", "said"), cases())
def test_rule_decides_its_cases_and_not_its_decoys(
    code: str,
    said: Said,
    document: Document,
    ontologies: Ontologies,
    make_text: Callable[[Said], Text],
) -> None:
    found = ground(document, make_text(said), ontologies)[0]
    assert (found.rule == code) == ("case" in said), found
    assert found.status == said["status"], found
    for name in ("concept", "proposed", "body"):
        if name in said:
            assert str(getattr(found, name)) == said[name], found


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_a_case_and_a_decoy(code: str) -> None:
    said = yaml.safe_load((FILES[0].parent / f"{code}.yaml").read_text("utf-8"))
    assert {key for each in said for key in each if key in {"case", "decoy"}} == {"case", "decoy"}


def test_every_file_of_cases_belongs_to_a_rule() -> None:
    assert sorted(CODES) == sorted(file.stem for file in FILES)


def test_no_two_rules_have_the_same_place_in_the_order() -> None:
    priorities = [rule.priority for rule in rules()]
    assert priorities == sorted(set(priorities))


@pytest.mark.parametrize("code", CODES)
def test_every_remedy_is_a_change_of_the_input_a_decision_or_a_pack(code: str) -> None:
    remedy = next(rule.remedy for rule in rules() if rule.code == code)
    nothing = remedy.startswith("nothing to do")
    assert nothing or any(way in remedy for way in ("the source", "exporter review", "--pack"))
    assert nothing == ("the source" not in remedy)
    assert "digest" not in remedy  # a rule may judge any of the formats that are read


@pytest.mark.parametrize("code", CODES)
def test_every_command_option_and_verdict_that_a_remedy_names_exists(code: str) -> None:
    remedy = next(rule.remedy for rule in rules() if rule.code == code)
    for name, sub in re.findall(r"exporter ([a-z]+)(?: ([a-z]+))?", remedy):
        command = main.get_command(click.Context(main), name)
        assert command is not None, name
        assert not isinstance(command, click.Group) or sub in command.commands
    assert set(re.findall(r"--[a-z]+", remedy)) <= options_of("lint")
    verdicts = set(re.findall(r"\b(accept|keep|reject|replace|narrow)\b", remedy))
    assert not verdicts or "exporter review" in remedy
    assert {f"--{verdict}" for verdict in verdicts} <= options_of("review")


def options_of(name: str) -> set[str]:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return {option for each in command.params for option in each.opts}


@pytest.mark.parametrize("code", CODES)
def test_every_rule_explains_itself_with_sense_example_and_decoy(code: str) -> None:
    judge = next(rule.judge or rule.of_place for rule in rules() if rule.code == code)
    assert judge is not None
    prose = judge.__globals__["__doc__"]
    assert [f"\n{word}: " in prose for word in ("Sense", "Example", "Decoy")] == [True] * 3
