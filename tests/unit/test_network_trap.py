"""The trap itself: it refuses what leads away and lets through what stays here."""

import socket

import pytest

from tests.fakes.network_trap import network_trap


@pytest.fixture
def forgiven():
    """Attempts that the test means to make."""
    before = len(network_trap.attempts)
    yield network_trap.attempts
    del network_trap.attempts[before:]


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).connect(("192.0.2.1", 80)),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 80)),
        lambda: socket.getaddrinfo("example.org", 80),
        lambda: socket.gethostbyname("example.org"),
    ],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_what_leads_away_is_refused_and_noted(forgiven, reach):
    before = len(forgiven)

    with pytest.raises(network_trap.BeyondThisMachineError):
        reach()
    assert len(forgiven) > before


def test_this_machine_may_talk_to_itself():
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        with socket.create_connection((host, port)) as client:
            client.sendall(b"x")
        socket.getaddrinfo("localhost", port)
