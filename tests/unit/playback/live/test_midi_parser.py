"""Bytes from a cable: whole channel messages come out, whatever else is on it."""

from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.live import MidiEvent, MidiParser

LENGTHS = {0x80: 3, 0x90: 3, 0xA0: 3, 0xB0: 3, 0xC0: 2, 0xD0: 2, 0xE0: 3}


def messages():
    value = st.integers(0, 127)
    return st.tuples(st.sampled_from(sorted(LENGTHS)), st.integers(0, 15), value, value).map(
        lambda parts: bytes((parts[0] | parts[1], parts[2], parts[3]))[: LENGTHS[parts[0]]]
    )


def clutter():
    """System messages that may stand between two messages."""
    sysex = st.binary(max_size=40).map(lambda body: b"\xf0" + bytes(b & 0x7F for b in body) + b"\xf7")
    return st.one_of(
        sysex, st.just(b"\xf6"), st.binary(min_size=2, max_size=2).map(lambda _: b"\xf2\x01\x02")
    )


@given(stream=st.binary(max_size=400))
def test_any_bytes_give_only_whole_messages(stream):
    found = MidiParser().feed(stream)

    for data in found:
        assert len(data) == LENGTHS[data[0] & 0xF0]
        assert all(value < 0x80 for value in data[1:])


@given(sent=st.lists(st.tuples(messages(), clutter()), max_size=20), cut=st.integers(1, 7))
def test_what_was_sent_comes_out_in_order_however_the_stream_is_cut(sent, cut):
    stream = b"".join(message + more for message, more in sent)
    parser = MidiParser()

    found = [data for at in range(0, len(stream), cut) for data in parser.feed(stream[at : at + cut])]

    assert found == [message for message, _ in sent]


@given(values=st.lists(st.tuples(st.integers(0, 127), st.integers(0, 127)), min_size=1, max_size=20))
def test_running_status_and_clock_bytes_anywhere_are_understood(values):
    stream = b"\x93" + b"".join(bytes((pitch, 0xF8, velocity, 0xFE)) for pitch, velocity in values)

    found = MidiParser().feed(stream)

    assert found == [bytes((0x93, pitch, velocity)) for pitch, velocity in values]


def test_a_system_message_ends_the_running_status():
    found = MidiParser().feed(b"\x90\x3c\x40\xf1\x05\x3d\x40\x80\x3c\x40")

    assert found == [b"\x90\x3c\x40", b"\x80\x3c\x40"]


def test_an_endless_system_exclusive_message_is_not_kept():
    parser = MidiParser()
    parser.feed(b"\xf0")

    for _ in range(100):
        assert parser.feed(b"\x11" * 10_000) == []

    assert len(parser._data) == 0
    assert parser.feed(b"\xf7\x90\x3c\x40") == [b"\x90\x3c\x40"]


def test_a_stroke_of_velocity_zero_lets_the_key_go():
    event = MidiEvent(0.0, b"\x95\x3c\x00")

    assert (event.kind, event.channel) == (0x80, 5)


def test_a_wheel_in_the_middle_is_zero():
    assert [MidiEvent(0.0, data).bend for data in (b"\xe0\x00\x40", b"\xe0\x00\x00", b"\xe0\x7f\x7f")] == [
        0,
        -8192,
        8191,
    ]
