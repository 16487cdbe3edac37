"""The report as SARIF 2.1.0, which code reviews and editors show beside the line."""

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from exporter import __version__
from exporter.model.findings import Level
from exporter.model.linting import Account, Doubt, Judged, LeftOut, RuleText
from exporter.writers.lint_reports.json_lines import account_values
from exporter.writers.lint_reports.kept import Kept
from exporter.writers.lint_reports.words import mention_words

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def sarif(kept: Kept, account: Account, texts: Mapping[str, RuleText]) -> str:
    """Return the log: findings as results, worst first, and the account among the properties."""
    doubts = kept.doubts()
    codes = sorted({*texts, *(doubt.finding.code for doubt in doubts)})
    numbers = {code: number for number, code in enumerate(codes)}
    driver = {
        "name": "exporter",
        "semanticVersion": __version__,
        "rules": [_rule(texts.get(code) or RuleText(code=code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(account)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(doubt, numbers) for doubt in doubts],
        "properties": {"leftOut": kept.left_out, "account": account_values(account)},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(text: RuleText) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": text.code, "shortDescription": {"text": text.title or text.code}}
    if text.sense:
        rule["fullDescription"] = {"text": text.sense}
    if text.remedy:
        rule["help"] = {"text": text.remedy}
    if text.level:
        rule["defaultConfiguration"] = {"level": text.level.value}
    return rule


def _invocation(account: Account) -> dict[str, Any]:
    """Return how the run went; what could not be read is a notification."""
    return {
        "executionSuccessful": not account.number_left_out,
        "toolExecutionNotifications": [_notification(record) for record in account.left_out],
    }


def _notification(record: LeftOut) -> dict[str, Any]:
    found: dict[str, Any] = {
        "level": Level.ERROR.value,
        "message": {"text": "\n".join(problem for problem, _ in record.reasons)},
    }
    if record.where.file:
        found["locations"] = [{"physicalLocation": _physical(record.where.file, None)}]
    return found


def _result(doubt: Doubt, numbers: Mapping[str, int]) -> dict[str, Any]:
    finding = doubt.finding
    properties: dict[str, Any] = {"value": finding.value, "remedy": doubt.remedy}
    if doubt.command:
        properties["accept"] = doubt.command
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": numbers[finding.code],
        "level": finding.level.value,
        "message": {"text": _message(doubt)},
        "locations": [_location(doubt)],
        "properties": properties,
    }
    if doubt.judged:
        result["partialFingerprints"] = {"annotation/v1": doubt.judged.key}
        properties |= _ids(doubt.judged)
    return result


def _message(doubt: Doubt) -> str:
    about = mention_words(doubt)
    said = f"{about}: {doubt.finding.message}" if about else doubt.finding.message
    proposed = doubt.judged.proposed if doubt.judged else None
    return f"{said} (proposed: {proposed})" if proposed else said


def _ids(judged: Judged) -> dict[str, str]:
    ids = {"is": judged.stated, "leadsTo": judged.concept, "proposed": judged.proposed}
    return {name: str(each) for name, each in ids.items() if each}


def _location(doubt: Doubt) -> dict[str, Any]:
    where = doubt.finding.where
    location: dict[str, Any] = {"logicalLocations": [_logical(doubt)]}
    if where.file:
        region = {"startLine": where.line, "startColumn": where.column} if where.line else {}
        known = {name: number for name, number in region.items() if number}
        location["physicalLocation"] = _physical(where.file, known)
    return location


def _logical(doubt: Doubt) -> dict[str, str]:
    spots: Sequence[Any] = doubt.judged.spots if doubt.judged else ()
    within = f"/{spots[0].section}" if spots and spots[0].section else ""
    return {"name": doubt.document, "fullyQualifiedName": f"{doubt.document}{within}"}


def _physical(file: str, region: Mapping[str, int] | None) -> dict[str, Any]:
    path = PurePath(file)
    uri = quote(path.as_posix(), errors="surrogateescape")
    artifact = {"uri": f"file://{uri}" if path.is_absolute() else uri}
    found: dict[str, Any] = {"artifactLocation": artifact}
    return found | {"region": dict(region)} if region else found
