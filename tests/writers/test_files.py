"""Real disks, real permissions, real limits: what is left after a failed write."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from exporter.errors import OutputError
from exporter.writers.files import write_many, write_whole

NOBODY = 65534
MEGABYTE = b"x" * 1_000_000


def left(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(path: Path) -> OutputError:
    with pytest.raises(OutputError) as caught:
        write_whole(path, [b"new"])
    assert caught.value.where is not None
    assert caught.value.where.file == str(path)
    return caught.value


def program(code: str, *, stream: str = "stdout") -> str:
    """Run a program that writes, and return what it prints."""
    start = (
        "import os, resource\nfrom pathlib import Path\nfrom exporter.errors import OutputError\n"
    )
    start += "from exporter.writers.files import write_many, write_whole\n"
    result = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", start + code], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return str(getattr(result, stream))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    subprocess.run(mount, check=True)  # noqa: S603 - a fixed command
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S603, S607 - a fixed command


def test_a_file_holds_all_chunks_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.ttl", iter([b"one ", b"", b"two"]))
    assert left(tmp_path) == {"a.ttl": b"one two"}


def test_an_old_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(b"old and longer")
    path.chmod(0o640)
    write_whole(path, [b"new"])
    assert left(tmp_path) == {"a.ttl": b"new"}
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_permissions_that_the_user_asks_for(tmp_path: Path) -> None:
    program(f"os.umask(0o027)\nwrite_whole(Path({str(tmp_path / 'a')!r}), [b'new'])")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a.ttl", tmp_path / "link.ttl"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, [b"new"])
    assert link.is_symlink()
    assert left(tmp_path / "real") == {"a.ttl": b"new"}


def test_a_link_to_nothing_makes_its_target(tmp_path: Path) -> None:
    link = tmp_path / "link.ttl"
    link.symlink_to(tmp_path / "a.ttl")
    write_whole(link, [b"new"])
    assert link.is_symlink()
    assert (tmp_path / "a.ttl").read_bytes() == b"new"


def test_what_the_chunks_raise_passes_and_the_old_file_stays(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise FileNotFoundError("of an input, not of the output")

    path = tmp_path / "a.ttl"
    path.write_bytes(b"old")
    with pytest.raises(FileNotFoundError, match="of an input"):
        write_whole(path, chunks())
    assert left(tmp_path) == {"a.ttl": b"old"}


def test_an_interruption_leaves_the_old_file(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    (tmp_path / "a.ttl").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.ttl", chunks())
    assert left(tmp_path) == {"a.ttl": b"old"}


def test_several_files_appear_only_when_all_are_whole(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"

    def chunks() -> Iterator[bytes]:
        yield b"half"
        assert not first.exists()
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_many({first: [b"1"], second: chunks()})
    assert left(tmp_path) == {}
    write_many({first: [b"1"], second: [b"2"]})
    assert left(tmp_path) == {"first": b"1", "second": b"2"}


def test_of_several_files_none_appears_when_one_place_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="is a directory"):
        write_many({tmp_path / "first": [b"1"], tmp_path / "folder": [b"2"]})
    assert left(tmp_path) == {}


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    error = refused(tmp_path)
    assert (error.code, error.problem) == ("E302", "cannot be written: is a directory")
    assert "inside the folder" in error.hint
    assert left(tmp_path) == {}


def test_a_missing_folder_is_named_in_the_hint(tmp_path: Path) -> None:
    error = refused(tmp_path / "none" / "a.ttl")
    assert (error.code, error.problem) == ("E301", "cannot be written: no such file or directory")
    assert error.hint == f"make the folder first: {tmp_path / 'none'}"


def test_a_file_in_the_way_is_named_in_the_hint(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    error = refused(tmp_path / "file" / "a.ttl")
    assert (error.code, error.problem) == ("E301", "cannot be written: not a directory")
    assert left(tmp_path) == {"file": b"old"}


def test_a_name_that_is_too_long_is_an_expected_error(tmp_path: Path) -> None:
    assert refused(tmp_path / ("x" * 300)).code == "E305"
    assert left(tmp_path) == {}


def test_links_in_a_circle_are_an_expected_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert refused(tmp_path / "a").code == "E305"


def test_the_longest_name_that_a_disk_takes_is_written(tmp_path: Path) -> None:
    write_whole(tmp_path / ("x" * 255), [b"new"])
    assert left(tmp_path) == {"x" * 255: b"new"}


@pytest.mark.needs("mount")
def test_a_full_disk_leaves_the_old_file_and_nothing_else(small_disk: Path) -> None:
    path = small_disk / "a.ttl"
    path.write_bytes(b"old")
    with pytest.raises(OutputError, match="no space left on device") as caught:
        write_whole(path, [MEGABYTE])
    assert (caught.value.code, caught.value.exit_status) == ("E304", 3)
    assert left(small_disk) == {"a.ttl": b"old"}
    write_whole(path, [b"it fits again"])
    assert left(small_disk) == {"a.ttl": b"it fits again"}


@pytest.mark.needs("mount")
def test_a_read_only_disk_is_an_expected_error(small_disk: Path) -> None:
    (small_disk / "a.ttl").write_bytes(b"old")
    remount = ["mount", "-o", "remount,ro", str(small_disk)]
    subprocess.run(remount, check=True)  # noqa: S603 - a fixed command
    error = refused(small_disk / "a.ttl")
    assert (error.code, error.problem) == ("E303", "cannot be written: read-only file system")
    assert left(small_disk) == {"a.ttl": b"old"}


def test_a_limit_on_the_size_of_files_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(b"old")
    told = program(f"""
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_whole(Path({str(tmp_path / "a.ttl")!r}), [b"x" * 60_000, b"x" * 60_000])
except OutputError as error:
    print(error.code, error.problem)
""")
    assert told == "E304 cannot be written: file too large\n"
    assert left(tmp_path) == {"a.ttl": b"old"}


@pytest.mark.parametrize(("mode", "told"), [(0o555, "E303"), (0o777, "written")])
def test_only_a_folder_that_the_user_may_not_write_refuses(mode: int, told: str) -> None:
    with TemporaryDirectory() as name:  # not below pytest's own folder, which is closed to others
        folder = Path(name)
        folder.chmod(mode)
        answer = program(f"""
if os.geteuid() == 0:
    os.setuid({NOBODY})
try:
    write_whole(Path({str(folder / "a.ttl")!r}), [b"new"])
    print("written")
except OutputError as error:
    print(error.code)
""")
        assert answer == f"{told}\n"
        assert left(folder) == ({"a.ttl": b"new"} if told == "written" else {})


def test_a_device_is_written_and_stays_a_device() -> None:
    null = Path(os.devnull)
    write_whole(null, [b"gone"])
    assert null.is_char_device()


def test_a_device_without_space_is_an_expected_error() -> None:
    error = refused(Path("/dev/full"))
    assert (error.code, error.problem) == ("E304", "cannot be written: no space left on device")
    assert Path("/dev/full").is_char_device()


def test_a_dash_is_stdout_and_makes_no_other_file(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    write_many({Path("-"): [b"\xff", b"\n"], tmp_path / "a.ttl": [b"new"]})
    assert capfdbinary.readouterr().out == b"\xff\n"
    assert left(tmp_path) == {"a.ttl": b"new"}
    assert not Path("-").exists()


def test_a_full_disk_behind_stdout_is_told_before_any_file_appears(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    told = program(
        f"""
os.dup2(os.open("/dev/full", os.O_WRONLY), 1)
try:
    write_many({{Path("-"): [b"x" * 100_000], Path({str(file)!r}): [b"new"]}})
except OutputError as error:
    os.dup2(2, 1)
    os.write(2, str(error).encode())
""",
        stream="stderr",
    )
    assert told == "standard output: E304 cannot be written: no space left on device"
    assert left(tmp_path) == {}
