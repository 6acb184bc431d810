import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.speaker import SilentSpeaker

RATE, BLOCK = 48000, 480


class Clock:
    """Stands still until it is told."""

    def __init__(self):
        self.frames = 0

    def __call__(self):
        return self.frames / RATE


class Heard:
    def __init__(self):
        self.blocks = []

    def __call__(self, block):
        self.blocks.append(block)

    def all(self):
        return np.concatenate([np.zeros((0, 2), np.float32), *self.blocks])


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def speaker(clock, heard):
    speaker = SilentSpeaker(rate=RATE, device_frames=BLOCK, inputs=1, clock=clock, heard=heard)
    yield speaker
    speaker.close()


def ramp(frames, begins=0):
    return np.repeat(np.arange(begins + 1, begins + frames + 1, dtype=np.float32)[:, None], 2, axis=1)


def test_frames_leave_in_whole_blocks_as_the_clock_goes(speaker, clock, heard):
    speaker.write(ramp(2000))
    speaker.start()
    clock.frames = 2 * BLOCK + 100

    assert (speaker.written, speaker.played(), speaker.queued()) == (2000, 2 * BLOCK, 2000 - 2 * BLOCK)
    np.testing.assert_array_equal(heard.all(), ramp(2 * BLOCK))


def test_nothing_written_yet_is_no_starvation(speaker, clock):
    speaker.start()
    clock.frames = 10 * BLOCK
    speaker.check()

    assert speaker.starvations == 0
    assert speaker.played() == 0


def test_a_starvation_is_counted_once_and_playing_goes_on_when_enough_waits(speaker, clock, heard):
    speaker.resume_frames = 3 * BLOCK
    speaker.write(ramp(BLOCK + 10))
    speaker.start()
    clock.frames = 4 * BLOCK
    speaker.check()
    speaker.check()
    speaker.write(ramp(BLOCK, BLOCK + 10))
    clock.frames = 5 * BLOCK
    waited = speaker.played()
    speaker.write(ramp(2 * BLOCK, 2 * BLOCK + 10))
    clock.frames = 7 * BLOCK

    assert speaker.starvations == 1
    assert waited == BLOCK + 10
    assert speaker.played() == 3 * BLOCK + 10
    sounding = heard.all()
    np.testing.assert_array_equal(sounding[sounding[:, 0] > 0], ramp(3 * BLOCK + 10))


def test_the_relation_of_input_to_output_grows_by_what_was_missed(speaker, clock):
    speaker.write(ramp(BLOCK))
    speaker.start()
    clock.frames = 3 * BLOCK
    speaker.check()
    speaker.write(ramp(4 * BLOCK))
    clock.frames = 5 * BLOCK
    speaker.check()

    assert speaker.read_input().shape == (5 * BLOCK, 1)
    assert speaker.clock_of_input(BLOCK - 1) == BLOCK - 1
    assert speaker.clock_of_input(2 * BLOCK) == BLOCK  # awaited meanwhile
    assert speaker.clock_of_input(4 * BLOCK) == 2 * BLOCK


def test_live_sound_is_added_and_its_end_is_no_starvation(speaker, clock, heard):
    speaker.write(ramp(4 * BLOCK))
    speaker.start()
    speaker.write_live(np.full((2 * BLOCK, 2), 0.5, np.float32))
    clock.frames = 4 * BLOCK
    speaker.check()

    expected = ramp(4 * BLOCK)
    expected[: 2 * BLOCK] += 0.5
    assert speaker.live_queued() == 0
    assert speaker.starvations == 0
    np.testing.assert_array_equal(heard.all(), expected)


def test_more_than_fits_is_refused_whole(speaker):
    speaker.write(ramp(speaker.capacity - 5))

    with pytest.raises(ValueError, match="more than fit"):
        speaker.write(ramp(6))

    assert speaker.capacity >= RATE
    assert speaker.written == speaker.capacity - 5


def test_what_was_never_written_can_be_neither_read_nor_rewritten(speaker):
    speaker.write(ramp(100))

    with pytest.raises(ValueError, match="not in the ring"):
        speaker.read_back(90, 11)
    with pytest.raises(ValueError, match="not in the ring"):
        speaker.rewrite(90, ramp(11))


def test_rewriting_tells_how_much_came_too_late(speaker, clock):
    speaker.write(ramp(2000))
    speaker.start()
    clock.frames = BLOCK
    speaker.check()

    assert speaker.rewrite(BLOCK - 20, ramp(50)) == 20
    assert speaker.rewrite(BLOCK, ramp(50)) == 0


@given(
    steps=st.lists(
        st.tuples(st.integers(1, 30000), st.integers(0, 40000), st.integers(0, 20000)),
        min_size=4,
        max_size=25,
    )
)
def test_what_is_heard_is_what_was_last_written_there(steps):
    clock, heard = Clock(), Heard()
    speaker = SilentSpeaker(rate=RATE, device_frames=BLOCK, clock=clock, heard=heard)
    meant = np.zeros((0, 2), np.float32)
    speaker.start()
    for turn, (frames, back, passed) in enumerate(steps):
        block = ramp(min(frames, speaker.capacity - speaker.queued()), begins=100000 * turn)
        speaker.write(block)
        meant = np.concatenate([meant, block])
        at = max(speaker.played(), speaker.written - back)
        other = -ramp(min(777, speaker.written - at), begins=100000 * turn)
        np.testing.assert_array_equal(speaker.read_back(at, len(other)), meant[at : at + len(other)])
        assert speaker.rewrite(at, other) == 0
        meant[at : at + len(other)] = other
        clock.frames += passed
        speaker.check()

    sounding = heard.all()
    np.testing.assert_array_equal(sounding[sounding[:, 0] != 0], meant[: speaker.played()])
