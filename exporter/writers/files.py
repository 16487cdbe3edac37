"""Files that appear whole or not at all, whatever fails in between."""

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from exporter.errors import OutputError, Where

STDOUT = Path("-")

_NO_SPACE = ("E304", "free some space, or write to another disk")
_NOT_ALLOWED = ("E303", "write to a folder in which you may make files")
_REASONS = {
    errno.ENOENT: ("E301", "make the folder first: {folder}"),
    errno.ENOTDIR: ("E301", "a part of this path is a file, not a folder: {folder}"),
    errno.EISDIR: ("E302", "give the name of a file inside the folder"),
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: _NOT_ALLOWED,
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EFBIG: ("E304", "raise the limit on the size of a file, or write to another disk"),
    errno.ENAMETOOLONG: ("E305", "choose a shorter name"),
    errno.ELOOP: ("E305", "a symbolic link in this path leads back to itself; remove it"),
}
_OTHER = ("E300", "write to another place")


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file that is there whole, or, after any failure, as it was before.

    A symbolic link stays and its target is replaced. A device or pipe, and stdout for ``-``,
    are written as the chunks come. What the system refuses is an ``OutputError``; what
    ``chunks`` raises passes through.
    """
    write_many({path: chunks})


def write_flowing(path: Path, chunks: Iterable[bytes]) -> None:
    """Write as ``write_whole`` does; the reader of a stream gets each chunk when it is made."""
    if _is_stream(path):
        _stream(path, chunks, flowing=True)
    else:
        write_whole(path, chunks)


def write_many(files: Mapping[Path, Iterable[bytes]]) -> None:
    """Write files that belong together: each is whole before the first one takes its place."""
    streams = [path for path in files if _is_stream(path)]
    with ExitStack() as leftovers:
        drafts = {
            path: leftovers.enter_context(_draft(path)) for path in files if path not in streams
        }
        for path, draft in drafts.items():
            _fill(path, draft, files[path])
        for path in streams:
            _stream(path, files[path])
        for path, draft in drafts.items():
            with _refusals(path):
                draft.replace(_target(path))
        for path, draft in drafts.items():
            with _refusals(path):
                _sync_folder(draft.parent)


def _target(path: Path) -> Path:
    """Follow symbolic links, so that a link is not replaced by a file."""
    return Path(os.path.realpath(path))


def _is_stream(path: Path) -> bool:
    """Tell stdout, devices and pipes, which cannot be replaced, from files and folders."""
    if path == STDOUT:
        return True
    with _refusals(path):
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """Give a new empty file beside the target, with its permissions; it is gone afterwards."""
    target = _target(path)
    draft = target.with_name(f".exporter-{token_hex(8)}.part")
    with _refusals(path):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        draft.touch(exist_ok=False)
    try:
        with _refusals(path), suppress(FileNotFoundError):
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _fill(path: Path, draft: Path, chunks: Iterable[bytes]) -> None:
    with _opened(path, draft) as file:
        _copy(path, chunks, file)
        with _refusals(path):
            file.flush()
            os.fsync(file.fileno())


def _stream(path: Path, chunks: Iterable[bytes], *, flowing: bool = False) -> None:
    if path == STDOUT:
        if sys.stdout is None:  # whoever called us has closed it
            raise OutputError("standard output is closed", hint="write to a file with --output")
        _copy(path, chunks, sys.stdout.buffer, flowing=flowing)
        with _refusals(path):
            sys.stdout.buffer.flush()
        return
    with _opened(path, path) as file:
        _copy(path, chunks, file, flowing=flowing)
        with _refusals(path):
            file.flush()


@contextmanager
def _opened(path: Path, real: Path) -> Iterator[BinaryIO]:
    """Open for writing; closing after a failed write must not hide that failure."""
    with _refusals(path):
        file = real.open("wb")
    try:
        yield file
    except BaseException:
        with suppress(OSError):
            file.close()
        raise
    with _refusals(path):
        file.close()


def _copy(path: Path, chunks: Iterable[bytes], file: BinaryIO, *, flowing: bool = False) -> None:
    for chunk in chunks:
        with _refusals(path):
            file.write(chunk)
            if flowing:
                file.flush()


def _sync_folder(folder: Path) -> None:
    """Make the new names last through a power cut; a folder we may not read cannot be synced."""
    with suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """Turn what the system refuses into an error with the path, its words and a hint."""
    try:
        yield
    except BrokenPipeError:
        raise  # the reader of a pipe went away: nobody is left to be told
    except OSError as refusal:
        code, hint = _REASONS.get(refusal.errno or 0, _OTHER)
        said = (refusal.strerror or str(refusal)).lower()
        name = "standard output" if path == STDOUT else str(path)
        raise OutputError(
            f"cannot be written: {said}",
            code=code,
            where=Where(file=name),
            hint=hint.format(folder=_target(path).parent),
        ) from refusal
