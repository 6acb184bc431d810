import os
import struct
import threading

import pytest

from musicgen_desktop.foundation import FramedPipe


@pytest.fixture
def ends():
    """Two pipes that face each other."""
    (a_in, b_out), (b_in, a_out) = os.pipe(), os.pipe()
    pair = tuple(
        FramedPipe(os.fdopen(incoming, "rb", 0), os.fdopen(outgoing, "wb", 0))
        for incoming, outgoing in ((a_in, a_out), (b_in, b_out))
    )
    yield pair
    for pipe in pair:
        pipe.close()


@pytest.mark.parametrize("message", [b"", b"x", b"longer than one read of a pipe " * 20000])
def test_messages_arrive_whole_and_in_order(ends, message):
    here, there = ends
    sender = threading.Thread(target=lambda: [here.send(each) for each in (message, b"end")])
    sender.start()

    received = [there.receive(), there.receive()]

    sender.join()
    assert received == [message, b"end"]


def test_many_threads_may_send_at_once(ends):
    here, there = ends
    messages = [bytes([number]) * 9000 for number in range(20)]
    senders = [threading.Thread(target=here.send, args=(message,)) for message in messages]
    for sender in senders:
        sender.start()

    received = [there.receive() for _ in messages]

    for sender in senders:
        sender.join()
    assert sorted(received) == messages


def test_a_side_that_is_gone_sends_nothing_more(ends):
    here, there = ends
    here.close()

    received = there.receive()

    assert received is None
    with pytest.raises(BrokenPipeError):
        there.send(b"hello")


def test_what_was_cut_off_is_no_message(tmp_path):
    path = tmp_path / "cut"
    path.write_bytes(struct.pack("<I", 10) + b"only")

    with path.open("rb") as incoming, (tmp_path / "out").open("wb") as outgoing:
        received = FramedPipe(incoming, outgoing).receive()

    assert received is None


def test_an_absurd_length_is_no_message(tmp_path):
    path = tmp_path / "absurd"
    path.write_bytes(b"\xff" * 100)

    with path.open("rb") as incoming, (tmp_path / "out").open("wb") as outgoing:
        received = FramedPipe(incoming, outgoing).receive()

    assert received is None
