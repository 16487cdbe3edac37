"""What every test can ask for, and which tests are left out on this machine, by name."""

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from click.testing import CliRunner, Result

from exporter.cli import main
from exporter.ontologies.installed import DATA_VARIABLE
from exporter.resources import data
from tests.audit import sitecustomize as audit

TOP = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LINKED_CASE_SHARED") or TOP.parent / "shared")
PROGRAMS = {"virtuoso": "virtuoso-t"}
LEFT_OUT = pytest.StashKey[dict[str, list[str]]]()
CAP_SYS_ADMIN = 21
collect_ignore = ["audit"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real papers, cases, ontologies and corpora; only for tests marked shared."""
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def _nothing_fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test, and no process that one starts, see what the user of this machine fetched."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(tmp_path_factory.mktemp("no-data")))
        yield


@pytest.fixture(scope="session")
def full_index(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the index of all ontologies that are shared; not to be written to."""
    folder = tmp_path_factory.mktemp("full-data")
    call = [sys.executable, "-m", "exporter", "ontology", "fetch", "--from", str(shared / "data")]
    environment = {**os.environ, DATA_VARIABLE: str(folder)}
    result = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the test's own, for it and the processes that it starts."""
    folder = tmp_path / "data"
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    return folder


@pytest.fixture(scope="session")
def examples() -> Path:
    return data("examples")


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run the command line; a bug in it fails the test with its traceback."""

    def call(*arguments: str | Path, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
        assert result.exit_code != 70, result.stderr
        return result

    return call


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test, and the processes that it starts, talk to servers on this machine."""
    monkeypatch.setenv(audit.ALLOWED, "loopback")
    monkeypatch.setenv("no_proxy", "*")


def pytest_configure() -> None:
    """Watch this process and all that it starts, so that nothing touches the network."""
    folder = mkdtemp(prefix="network-audit-")
    paths = [audit.HERE, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    os.environ[audit.LOG] = str(Path(folder) / "touched")
    os.environ[audit.ALLOWED] = ""
    audit.watch()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that touched the network, even if nobody saw the error."""
    report = yield
    if touched := _touched():
        report.outcome = "failed"
        report.longrepr = f"the network was touched: {touched}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main() -> Generator[None, pytest.ExitCode, pytest.ExitCode]:
    """Fail the run for what was touched when the last test was over."""
    status = yield
    touched = _touched()
    shutil.rmtree(Path(os.environ[audit.LOG]).parent, ignore_errors=True)
    if touched:
        sys.stderr.write(f"the network was touched after the last test: {touched}\n")
        return pytest.ExitCode.TESTS_FAILED
    return status


def _touched() -> str:
    log = Path(os.environ[audit.LOG])
    touched = log.read_text(encoding="utf-8") if log.exists() else ""
    log.unlink(missing_ok=True)
    return touched


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out: dict[str, list[str]] = defaultdict(list)
    config.stash[LEFT_OUT] = left_out
    kept = []
    for item in items:
        reason = _reason_to_leave_out(item)
        if reason is None:
            kept.append(item)
        else:
            left_out[reason].append(item.nodeid)
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = _missing_tools(item)
    if missing:
        pytest.fail(f"REQUIRE_ALL=1, and this machine has no {', '.join(missing)}", pytrace=False)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for reason, names in sorted(config.stash.get(LEFT_OUT, {}).items()):
        terminalreporter.section(f"{len(names)} left out: {reason}", sep="-")
        for name in sorted(names):
            terminalreporter.write_line(name)


def _reason_to_leave_out(item: pytest.Item) -> str | None:
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        return "the folder of shared material is missing (LINKED_CASE_SHARED)"
    missing = _missing_tools(item)
    if missing and os.environ.get("REQUIRE_ALL") != "1":
        return f"this machine has no {', '.join(missing)}"
    return None


def _missing_tools(item: pytest.Item) -> list[str]:
    tools = [tool for marker in item.iter_markers("needs") for tool in marker.args]
    return [tool for tool in tools if not _has(tool)]


def _has(tool: str) -> bool:
    if tool == "mount":
        return _may_mount()
    if tool == "git checkout":
        return shutil.which("git") is not None and (TOP / ".git").exists()
    return shutil.which(PROGRAMS.get(tool, tool)) is not None


def _may_mount() -> bool:
    status = Path("/proc/self/status")
    if not status.is_file():
        return False
    lines = (line.split() for line in status.read_text(encoding="ascii").splitlines())
    effective = next((int(words[1], 16) for words in lines if words[0] == "CapEff:"), 0)
    return bool(effective >> CAP_SYS_ADMIN & 1)
