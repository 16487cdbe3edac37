"""The rules of this house that no other tool checks, over every file that is kept."""

import ast
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]
MODULES = sorted((TOP / "exporter").rglob("*.py"))
SCRIPTS = sorted(path for path in (TOP / "scripts").iterdir() if path.name != "environment")
REQUIREMENTS = ("run", "dev")
PROSE = (".py", ".md", ".toml", ".yaml", ".yml", "")
# What is quoted from elsewhere (papers, cases, the licence) keeps its own words.
QUOTED = ("examples/", "ontology/", "requirements/", "LICENSE")

# The forbidden words are put together here, so that this file does not hold them.
PLACES = [rf"(?<![\w.-])/{name}/" for name in ("wo" + "rk", "ro" + "ot", "ho" + "me")]
PLACES += [r"\b[A-Z]:\\\\?" + "Users"]
HOSTS = ["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)"]
HOSTS += ["deb" + r"ian\.org", "crates" + r"\.io", "ana" + r"conda\.org", "maven" + r"\.org"]
ORGANISING = ["ses" + "sions?", "hel" + "pers?", "land" + "ings?", "accept" + "ance"]
ORGANISING += ["C" + "EO", "iss" + r"ues? #?\d+", r"(?<![:.])age" + "nts?"]
UNFINISHED = ["TO" + "DO", "FIX" + "ME", "X" * 3, "Not" + "ImplementedError"]


@cache
def kept() -> dict[str, str]:
    """Return the text of every file that is or would be committed, by its path."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=TOP, capture_output=True, check=True)  # noqa: S603 - a fixed command
    names = [name for name in os.fsdecode(listed.stdout).split("\0") if (TOP / name).is_file()]
    return {name: (TOP / name).read_bytes().decode("utf-8", "replace") for name in names}


def prose() -> dict[str, str]:
    """Return the files that hold our own words."""
    return {
        name: text
        for name, text in kept().items()
        if Path(name).suffix in PROSE and not name.startswith(QUOTED) and "/cases/" not in name
    }


def found(files: dict[str, str], patterns: list[str], flags: int = 0) -> list[str]:
    """Return the place of each match, for the reader of a failed test."""
    pattern = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)
    return [
        f"{name}:{number}: {match.group()}"
        for name, text in files.items()
        for number, line in enumerate(text.splitlines(), start=1)
        for match in pattern.finditer(line)
    ]


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def pins(kind: str) -> dict[str, str]:
    text = (TOP / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert [(str(path), n) for path, n in lengths.items() if n > 300] == []


def test_no_function_is_longer_than_40_lines() -> None:
    lengths = {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in MODULES
        for node in functions(path)
    }
    assert [(place, n) for place, n in lengths.items() if n > 40] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "help" + "ers", "common", "manager", "misc", "tools"}
    assert [str(path) for path in MODULES if path.stem.strip("_") in empty] == []


def test_no_handler_catches_everything_and_goes_on() -> None:
    broad = [
        f"{path}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not any(isinstance(below, ast.Raise) for below in node.body)
    ]
    assert broad == []


@pytest.mark.needs("git checkout")
def test_no_file_names_a_place_on_one_machine() -> None:
    assert found(kept(), PLACES) == []


@pytest.mark.needs("git checkout")
def test_no_file_names_the_host_of_a_registry() -> None:
    assert found(kept(), HOSTS) == []


@pytest.mark.needs("git checkout")
def test_no_file_tells_how_the_work_is_organised() -> None:
    ours = {
        name: re.sub(r'scope="ses\w+"|"User-Agent"', "", text) for name, text in prose().items()
    }
    assert found(ours, [rf"\b{word}\b" for word in ORGANISING], re.IGNORECASE) == []


@pytest.mark.needs("git checkout")
def test_nothing_is_left_unfinished() -> None:
    assert found(prose(), [rf"\b{word}\b" for word in UNFINISHED]) == []


@pytest.mark.needs("git checkout")
def test_the_search_finds_what_it_forbids() -> None:
    decoy = {"a.md": "see /" + "home/me/x.ttl\nand https://" + "py" + "pi.org/simple\n"}
    assert found(decoy, PLACES) == ["a.md:1: /" + "home/"]
    assert found(decoy, HOSTS) == ["a.md:2: " + "py" + "pi.org"]
    assert found({"a.md": "https://example.org/home/x and ../home/x"}, PLACES) == []


@pytest.mark.parametrize("kind", REQUIREMENTS)
def test_every_requirement_is_an_exact_version_with_hashes_and_no_address(kind: str) -> None:
    text = (TOP / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    exact = re.compile(r"[a-z0-9-]+==[\w.]+( ; [^\\\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+")
    assert [block for block in blocks if not exact.fullmatch(block)] == []


def test_development_uses_the_versions_that_users_get() -> None:
    assert pins("run").items() <= pins("dev").items()


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    grouped = [entry for group in groups.values() for entry in group if isinstance(entry, str)]
    for kind, wanted in (("run", project["project"]["dependencies"]), ("dev", grouped)):
        names = {re.split(r"[<>=!~\[ ]", entry)[0].lower() for entry in wanted}
        assert names <= pins(kind).keys(), "run scripts/lock"


@pytest.mark.parametrize("script", [*SCRIPTS, TOP / ".ci" / "run"], ids=lambda path: path.name)
def test_every_script_can_be_run_and_stops_at_the_first_failure(script: Path) -> None:
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
