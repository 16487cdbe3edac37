"""What each code of a finding means: from the docstring of its rule, or the table of checks."""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType

from exporter.grounding.rule import Rule
from exporter.grounding.rules import rules
from exporter.model.findings import Level
from exporter.model.linting import RuleText
from exporter.resources import data

_PART = re.compile(r"^(Sense|Example|Decoy): *", re.MULTILINE)


@cache
def rule_texts() -> Mapping[str, RuleText]:
    """Return what every known code means, sorted by code."""
    found = {text.code: text for text in (*_of_checks(), *map(_of_rule, rules()))}
    return MappingProxyType(dict(sorted(found.items())))


def _of_rule(rule: Rule) -> RuleText:
    said = _parts(_module_of(rule).__doc__ or "")
    return RuleText(
        code=rule.code,
        level=rule.level,
        title=f"this annotation {rule.title}",
        sense=" ".join(filter(None, (said.get("", ""), _begun(said.get("Sense", ""))))),
        example=said.get("Example", ""),
        decoy=said.get("Decoy", ""),
        remedy=rule.remedy,
    )


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _module_of(rule: Rule) -> ModuleType:
    return import_module(f"{rules.__module__}.{rule.code.replace('-', '_')}")


def _parts(docstring: str) -> dict[str, str]:
    """Return the first sentence of a docstring under "", and its named parts, each on one line."""
    first, *rest = _PART.split(docstring)
    parts = {"": first, **dict(zip(rest[::2], rest[1::2], strict=True))}
    return {name: " ".join(words.replace("``", "").split()) for name, words in parts.items()}


def _of_checks() -> Iterator[RuleText]:
    """Yield what the readers and the checks of cases find."""
    table = data("ontology") / "checks.csv"
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield RuleText(
                code=row["code"],
                level=Level(row["level"]),
                title=row["title"],
                sense=row["sense"],
                example=row["example"],
                decoy=row["decoy"],
                remedy=row["remedy"],
            )
