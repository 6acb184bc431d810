"""What is told of clocks that are sent, and what is an error of its own."""

import pytest

from musicgen_desktop.exchange.live_sync import ClocksTaken, OpenedPort, PortsOpened
from musicgen_desktop.foundation import MusicgenDesktopError, StopFlag, UserInputError
from musicgen_desktop.session.controllers.sync import _sending
from musicgen_desktop.session.controllers.sync._sending import Sending

BOX = OpenedPort("box", "The Box", "ALSA")
MISSING = OpenedPort("synth", "", "", "It is not there.")


@pytest.fixture
def told():
    return []


@pytest.fixture
def sending(told):
    return Sending(told.append)


def test_what_is_told_before_is_kept_back_until_all_is_sent(sending, told):
    sending.note("The process was started again.")
    sending.take_ports(PortsOpened((BOX,)))
    sending.take_clocks(ClocksTaken())
    before = list(told)

    sending.wait_until_sent(StopFlag())
    sending.note("The Box is gone.")

    assert before == []
    assert told == sending.notes == ["The process was started again.", "The Box is gone."]


@pytest.mark.parametrize(
    ("ports", "clocks", "says"),
    [
        ((BOX, MISSING), ClocksTaken(), "It is not there."),
        ((BOX,), ClocksTaken("No server."), "No server."),
    ],
)
def test_what_is_not_sent_is_an_error_and_no_note(sending, told, ports, clocks, says):
    sending.note(says)
    sending.take_ports(PortsOpened(ports))
    sending.take_clocks(clocks)

    with pytest.raises(UserInputError, match=says):
        sending.wait_until_sent(StopFlag())

    assert told == []


def test_no_answer_is_an_error(sending, monkeypatch):
    monkeypatch.setattr(_sending, "_OPEN_S", -1.0)

    with pytest.raises(MusicgenDesktopError, match="does not answer"):
        sending.wait_until_sent(StopFlag())


def test_being_stopped_ends_the_waiting(sending, told):
    stop = StopFlag()
    stop.set()

    sending.wait_until_sent(stop)

    assert told == []


def test_a_port_that_was_lost_and_is_back_is_named_once(sending):
    for ports in ((BOX,), (MISSING,), (BOX,)):
        sending.take_ports(PortsOpened(ports))

    assert list(sending.ports) == ["The Box"]
