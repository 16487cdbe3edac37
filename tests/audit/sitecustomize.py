"""Watch what a process does with sockets; write down and refuse what no test may do.

Python imports this when it starts, as its folder is on PYTHONPATH: so every process that a test
starts is watched as the one of the tests is. The variables of the environment say what is allowed.
"""

import os
import sys
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib is slow to import
ALLOWED = "NETWORK_AUDIT_ALLOWED"
"""``loopback`` lets a process talk to servers on this machine; anything else to none at all."""

LOG = "NETWORK_AUDIT_LOG"
"""The file into which each process writes what it tried; without it nothing is watched."""

_BY_SOCKET = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
_BY_NAME = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_MARK = "_network_is_watched"


class NetworkTouchedError(RuntimeError):
    """Something was tried that a test must not do."""


def watch() -> None:
    """Begin to watch; a process is watched once, and until it ends."""
    if not hasattr(sys, _MARK):
        setattr(sys, _MARK, True)
        sys.addaudithook(_audited)


def _audited(event: str, arguments: tuple[Any, ...]) -> None:
    if LOG not in os.environ:
        return
    if event == "subprocess.Popen":
        if not _hands_down_the_watch(arguments[3]):
            _refuse(f"a process that is not watched: {arguments[1]}")
    elif event[:7] == "socket.":
        host = _host(event, arguments)
        if host is not None and not (os.environ.get(ALLOWED) == "loopback" and _is_loopback(host)):
            _refuse(f"{event} {arguments[1] if event in _BY_SOCKET else arguments[:2]}")


def _refuse(what: str) -> None:
    test = os.environ.get("PYTEST_CURRENT_TEST", "outside of any test")
    with open(os.environ[LOG], "a", encoding="utf-8") as log:  # noqa: PTH123 - pathlib is slow to import
        log.write(f"{test}: {what}\n")
    raise NetworkTouchedError(what)


def _hands_down_the_watch(environment: dict[str, str] | None) -> bool:
    if environment is None:
        return True
    return LOG in environment and HERE in environment.get("PYTHONPATH", "").split(os.pathsep)


def _host(event: str, arguments: tuple[Any, ...]) -> str | None:
    """Return the host that an event is about; None for what stays within the machine."""
    if event in _BY_NAME:
        host = arguments[0]
    elif event in _BY_SOCKET and arguments[0].family != getattr(
        sys.modules["_socket"], "AF_UNIX", -1
    ):
        # A connected socket needs no address to send; that it connected was seen.
        host = arguments[1][0] if arguments[1] else None
    else:
        return None
    return host.decode("ascii", "replace") if isinstance(host, bytes) else host


def _is_loopback(host: object) -> bool:
    from ipaddress import ip_address

    if host == "localhost":
        return True
    try:
        return ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _run_the_one_this_hides() -> None:
    """Let a ``sitecustomize`` of this machine, which has the same name, do its work, too."""
    from importlib.machinery import PathFinder

    places = [place for place in sys.path if os.path.abspath(place) != HERE]  # noqa: PTH100 - as above
    hidden = PathFinder.find_spec(__name__, places)
    if hidden and hidden.loader:
        from importlib.util import module_from_spec

        hidden.loader.exec_module(module_from_spec(hidden))


if __name__ == "sitecustomize":
    _run_the_one_this_hides()
    watch()
