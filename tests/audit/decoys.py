"""Tests that touch the network, each in another way; tests/test_network_audit.py runs them.

The addresses are those reserved for documentation: nobody is there, should the watch be blind.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from socket import AF_INET, AF_UNIX, SOCK_DGRAM, SOCK_STREAM, create_server, getaddrinfo, socket
from threading import Thread

import pytest

FOREIGN = ("192.0.2.1", 80)
CONNECT = "import socket; socket.socket().connect_ex(('192.0.2.1', 80))"


def connect_and_hide_it(host: str, port: int) -> None:
    with socket() as ours, suppress(Exception):
        ours.connect((host, port))


def test_connecting_fails() -> None:
    with socket() as ours:
        ours.connect(FOREIGN)


def test_connecting_and_hiding_it_fails() -> None:
    connect_and_hide_it(*FOREIGN)


def test_connecting_in_a_thread_fails() -> None:
    thread = Thread(target=connect_and_hide_it, args=FOREIGN)
    thread.start()
    thread.join()


def test_connecting_in_a_child_fails() -> None:
    subprocess.run([sys.executable, "-c", CONNECT], capture_output=True, check=False)  # noqa: S603


def test_connecting_in_a_child_of_a_child_fails() -> None:
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CONNECT!r}])"
    subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)  # noqa: S603


def test_connecting_in_a_spawned_process_fails() -> None:
    process = get_context("spawn").Process(target=connect_and_hide_it, args=FOREIGN)
    process.start()
    process.join()


def test_a_child_that_is_not_watched_fails() -> None:
    with suppress(Exception):
        subprocess.run([sys.executable, "-c", "pass"], env={}, check=False)


def test_asking_for_the_address_of_a_name_fails() -> None:
    with suppress(Exception):
        getaddrinfo("linked-case.example", 443)


def test_sending_without_a_connection_fails() -> None:
    with socket(AF_INET, SOCK_DGRAM) as ours, suppress(Exception):
        ours.sendto(b"?", FOREIGN)


def test_this_machine_without_the_fixture_fails() -> None:
    connect_and_hide_it("127.0.0.1", 9)


def test_serving_without_the_fixture_fails() -> None:
    with suppress(Exception):
        create_server(("127.0.0.1", 0)).close()


@pytest.mark.usefixtures("network")
def test_this_machine_with_the_fixture_passes() -> None:
    with create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        program = f"import socket; socket.create_connection(({host!r}, {port})).close()"
        subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603
        assert getaddrinfo("localhost", port)


@pytest.mark.usefixtures("network")
def test_elsewhere_with_the_fixture_fails() -> None:
    connect_and_hide_it(*FOREIGN)


@pytest.mark.usefixtures("network")
def test_serving_to_everybody_with_the_fixture_fails() -> None:
    with suppress(Exception):
        create_server(("0.0.0.0", 0)).close()  # noqa: S104 - this is what must be refused


@pytest.mark.xfail(reason="even so")
def test_connecting_where_a_failure_is_expected_fails() -> None:
    with socket() as ours:
        ours.connect(FOREIGN)


@pytest.fixture
def connects_at_its_end() -> Iterator[None]:
    yield
    connect_and_hide_it(*FOREIGN)


@pytest.mark.usefixtures("connects_at_its_end")
def test_connecting_when_all_is_over_fails() -> None:
    pass


def test_a_socket_within_the_machine_passes(tmp_path: Path) -> None:
    with socket(AF_UNIX, SOCK_STREAM) as server, socket(AF_UNIX, SOCK_STREAM) as ours:
        server.bind(str(tmp_path / "s"))
        server.listen()
        ours.connect(str(tmp_path / "s"))


def test_a_child_that_touches_nothing_passes() -> None:
    subprocess.run([sys.executable, "-c", "import socket; socket.socket().close()"], check=True)
