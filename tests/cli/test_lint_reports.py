"""The reports of the linter under hostile names, on streams, and in the forms of other programs."""

import ast
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from exporter.grounding.rules import rules
from exporter.pipeline.rule_texts import rule_texts

Run = Callable[..., Result]
TOP = Path(__file__).resolve().parents[2]
DIGESTS = TOP / "examples" / "digests"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>'\"&{{7*7}}\x1b[31m\u202e"


def block(number: int, label: str = "MDA5", title: str = "Antibodies") -> str:
    """A PubTator block with an annotation that is a finding, in a text that holds the label."""
    start = len(title) + len(" The boy had anti-")
    return (
        f"{number}|t|{title}\n{number}|a|The boy had anti-{label} antibodies.\n"
        f"{number}\t{start}\t{start + len(label)}\t{label}\tGene\t64135\n\n"
    )


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose name, title and mention hold markup, a template, an escape and a turn."""
    monkeypatch.chdir(tmp_path)
    path = Path("a<b>'\"&{{7}} -x.pubtator")
    path.write_text(block(7000001, HOSTILE, HOSTILE), "utf-8")
    return path


class Page(HTMLParser):
    """Collects elements, attributes and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.open: list[str] = []
        self.marked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.open and self.open[-1] == "mark":
            self.marked.append(data)


def page(text: str) -> Page:
    found = Page()
    found.feed(text)
    found.close()
    assert found.open == []
    return found


def test_nothing_of_a_hostile_paper_becomes_part_of_the_page(run: Run, hostile: Path) -> None:
    result = run("lint", hostile, "--format", "html")
    found = page(result.stdout)
    assert not {"script", "img", "b", "a", "link", "iframe"} & set(found.tags)
    assert found.attributes <= {"lang", "charset", "name", "content", "class", "open", "http-equiv"}
    assert "<script>alert(1)</script>" in found.text
    assert "{{7*7}}" in found.text
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "https://" not in result.stdout


def test_a_page_marks_the_mention_in_its_sentence(run: Run) -> None:
    result = run("lint", DIGESTS / "PMC12841639.md", "--format", "html")
    found = page(result.stdout)
    assert {"MDA5", "IFN"} <= set(found.marked)
    assert [tag for tag in found.tags if tag == "details"] == ["details"] * 3
    assert "Anti-MDA5 antibody positivity" in found.text


def test_a_page_of_nothing_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.pubtator"
    path.write_text("7000009|t|A title.\n7000009|a|A text.\n\n", "utf-8")
    assert "Nothing was found." in page(run("lint", path, "--format", "html").stdout).text


def test_no_name_can_steer_the_terminal(run: Run, hostile: Path) -> None:
    result = run("lint", hostile, "--fail-on", "never")
    assert "\x1b" not in result.stdout + result.stderr
    assert "\u202e" not in result.stdout + result.stderr
    assert "\\x1b[31m" in result.stdout


def test_hostile_names_are_plain_values_for_programs(run: Run, hostile: Path) -> None:
    lines = run("lint", hostile, "--format", "json", "--all").stdout.splitlines()
    paper = json.loads(lines[0])
    assert paper["annotations"][0]["label"] == HOSTILE
    assert paper["where"]["file"] == str(hostile)
    assert len(lines) == 2


def locations(log: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for result in log["runs"][0]["results"]:
        yield from result["locations"]


def test_sarif_has_what_the_standard_asks_for(run: Run, hostile: Path) -> None:
    log = json.loads(run("lint", hostile, DIGESTS, "--format", "sarif").stdout)
    (only,) = log["runs"]
    known = only["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert only["tool"]["driver"]["name"] == "exporter"
    assert len({rule["id"] for rule in known}) == len(known)
    assert only["results"]
    for result in only["results"]:
        assert known[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
    places = [place["physicalLocation"] for place in locations(log) if "physicalLocation" in place]
    for place in places:
        assert re.fullmatch(r"[A-Za-z0-9_.~%/:-]+", place["artifactLocation"]["uri"])
        assert all(number >= 1 for number in place.get("region", {}).values())
    assert any(place["artifactLocation"]["uri"].startswith("file:///") for place in places)
    assert only["columnKind"] == "unicodeCodePoints"
    assert only["properties"]["account"]["findings"] == len(only["results"])


def test_sarif_tells_what_could_not_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    arguments = (tmp_path / "empty.md", DIGESTS, "--keep-going", "--format", "sarif")
    result = run("lint", *arguments)
    invocation = json.loads(result.stdout)["runs"][0]["invocations"][0]
    assert result.exit_code == 3
    assert not invocation["executionSuccessful"]
    assert len(invocation["toolExecutionNotifications"]) == 1


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "exporter", "lint", *map(str, arguments)]


def fed(pipe: Path, enough: threading.Event, written: list[int]) -> None:
    """Write papers until somebody has seen enough; a run that waits for the end never does."""
    with pipe.open("wb") as papers:
        for number in range(1, 10_000):
            papers.write(block(number, title="Antibodies " * 1_000).encode())
            written.append(number)
            if enough.is_set():
                return


@pytest.mark.parametrize("form", ["text", "json"])
def test_papers_are_told_while_others_are_still_to_come(tmp_path: Path, form: str) -> None:
    pipe, enough, written = tmp_path / "papers", threading.Event(), list[int]()
    os.mkfifo(pipe)
    writer = threading.Thread(target=fed, args=(pipe, enough, written))
    writer.start()
    with subprocess.Popen(  # noqa: S603 - a fixed command
        command(pipe, "--format", form), stdout=subprocess.PIPE, cwd=TOP
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        enough.set()
        rest = process.stdout.read()
    writer.join()
    assert b"PMID1" in first
    assert process.returncode == 1
    assert len(written) < 9_000
    assert f"PMID{written[-1]}".encode() in rest


def test_a_reader_that_goes_away_ends_the_run_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "many.pubtator"
    path.write_text("".join(block(number) for number in range(1, 1_500)), "utf-8")
    with subprocess.Popen(  # noqa: S603 - a fixed command
        command(path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=TOP
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (141, b"")


def test_standard_input_is_linted_and_its_command_reads_it_again(run: Run) -> None:
    result = run("lint", "-", "--format", "json", stdin=block(7000001).encode())
    (finding, *_) = json.loads(result.stdout.splitlines()[0])["findings"]
    assert finding["accept"].startswith("exporter review - --accept r")


def test_every_rule_is_explained_with_sense_example_decoy_and_remedy(run: Run) -> None:
    for rule in rules():
        told = run("lint", "--explain", rule.code).stdout
        assert told.startswith(f"{rule.code} ({rule.level}): this annotation {rule.title}")
        for part in ("sense", "example", "decoy", "remedy"):
            assert f"\n  {part}" in told, (rule.code, part)


def test_an_unknown_rule_is_refused_with_those_that_are_near(run: Run) -> None:
    for option in ("--explain", "--rule", "--no-rule"):
        result = run("lint", DIGESTS, option, "wrongid")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "perhaps wrong-id" in result.stderr
    assert "known rules: " in run("lint", "--explain", "0").stderr


def emitted() -> set[str]:
    """The codes that readers and checks give to a finding, as far as they stand in their calls."""
    calls = {"Finding", "Remark", "error", "warning", "note", "remark", "_fault", "_note"}
    calls |= {"_length", "_statistics"}
    found = set[str]()
    for module in (TOP / "exporter" / "sources").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                values = [*node.args, *(each.value for each in node.keywords)]
                found |= {
                    str(each.value)
                    for each in values
                    if name in calls and isinstance(each, ast.Constant)
                    if re.fullmatch(r"[a-z]+(-[a-z]+)+", str(each.value))
                }
    return found - {"left-out"}  # a file that is passed over is counted, not judged


def test_every_code_that_a_reader_or_a_check_gives_is_explained() -> None:
    assert emitted()
    assert emitted() <= set(rule_texts())


def test_every_explanation_is_whole() -> None:
    for text in rule_texts().values():
        parts = (text.level, text.title, text.sense, text.example, text.decoy, text.remedy)
        assert all(parts), text.code


@pytest.mark.shared
def test_a_corpus_of_experts_is_read_to_its_end_and_adds_up(run: Run, shared: Path) -> None:
    path = shared / "data" / "corpora" / "biored" / "Dev.PubTator.gz"
    result = run("lint", path, "--format", "json", "--fail-on", "never")
    *papers, last = (json.loads(line) for line in result.stdout.splitlines())
    told = last["account"]
    assert len(papers) == told["papers"] == 100
    assert told["annotations"] == sum(told["statuses"].values()) == 3649
    assert told["findings"] == sum(len(paper["findings"]) for paper in papers)
    assert told["left_out"] == 0
