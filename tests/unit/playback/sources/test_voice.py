import numpy as np
import pytest

from musicgen_desktop.playback.sources._ring import SourceRing
from musicgen_desktop.playback.sources._voice import Change, Fades, Lease, Timing, Voice

RATE = 48000
CROSS = 480
BLOCK = 1024
ALWAYS = Timing(starts=0)


def a_lease(level, first=0, end=20000, generation=1, course=0, frames=40000):
    """A ring full of one level."""
    ring = SourceRing(bytearray(64 + 8 * frames), 0, 64, frames)
    ring.begin(generation, course, first)
    ring.write(np.full((2, end - first), level, np.float32))
    return Lease(0, ring, generation)


def levels(block):
    return sorted(set(np.round(block[0].astype(np.float64), 5).tolist()))


@pytest.fixture
def voice():
    return Voice(Fades(RATE))


def steepest(sound):
    return np.abs(np.diff(sound, axis=1)).max()


def test_a_voice_without_a_source_is_none(voice):
    assert voice.read(0, BLOCK, ALWAYS) is None


def test_a_source_that_is_there_when_the_song_begins_is_not_faded(voice):
    voice.play(a_lease(0.5))

    block = voice.read(0, BLOCK, ALWAYS)

    assert levels(block) == [0.5]


def test_a_source_that_comes_later_fades_in(voice):
    voice.play(a_lease(0.5))

    block = voice.read(BLOCK, BLOCK, ALWAYS)

    assert block[0, 0] == 0.0
    assert steepest(block) < 0.002
    assert levels(block[:, CROSS:]) == [0.5]


def test_the_old_source_sounds_until_the_new_one_has_enough_then_they_cross(voice):
    old, new = a_lease(0.5), a_lease(0.1, first=2048, end=2048)
    voice.play(old)
    voice.read(0, BLOCK, ALWAYS)
    voice.play(new)
    before = voice.read(BLOCK, BLOCK, ALWAYS)
    new._ring.write(np.full((2, 10000), 0.1, np.float32))

    after = voice.read(2 * BLOCK, BLOCK, ALWAYS)

    assert levels(before) == [0.5]
    assert steepest(after) < 0.001
    assert levels(after[:, CROSS:]) == [0.1]
    assert voice.take_retired() == [old]


def test_the_same_sound_crosses_into_itself_unchanged(voice):
    voice.play(a_lease(0.5))
    voice.read(0, BLOCK, ALWAYS)
    voice.play(a_lease(0.5, generation=2))

    block = voice.read(BLOCK, BLOCK, ALWAYS)

    np.testing.assert_allclose(block, 0.5, rtol=1e-6)
    assert len(voice.take_retired()) == 1


def test_a_source_that_is_taken_away_fades_out_and_the_voice_is_over(voice):
    voice.play(a_lease(0.5))
    voice.read(0, BLOCK, ALWAYS)
    voice.play(None)

    block = voice.read(BLOCK, BLOCK, ALWAYS)

    assert steepest(block) < 0.002
    assert not block[:, CROSS:].any()
    assert voice.read(2 * BLOCK, BLOCK, ALWAYS) is None
    assert voice.is_over


def test_of_many_edits_the_newest_that_is_ready_is_taken(voice):
    voice.play(a_lease(0.5))
    voice.read(0, BLOCK, ALWAYS)
    for level in (0.1, 0.2, 0.3):
        voice.play(a_lease(level))
    voice.play(a_lease(0.4, end=10))

    block = voice.read(BLOCK, BLOCK, ALWAYS)

    assert levels(block[:, CROSS:]) == [0.1]
    assert len(voice.take_retired()) == 3
    assert voice.waits


def test_missing_sound_is_silence_with_soft_edges_and_counted(voice):
    lease = a_lease(0.5, end=1500)
    voice.play(lease)
    blocks = [voice.read(at * BLOCK, BLOCK, ALWAYS) for at in range(3)]
    lease._ring.skip_to(3 * BLOCK)
    lease._ring.write(np.full((2, 5000), 0.5, np.float32))

    blocks += [voice.read(at * BLOCK, BLOCK, ALWAYS) for at in (3, 4)]

    sound = np.concatenate(blocks, axis=1)
    assert steepest(sound) < 0.01
    assert not sound[:, 1500:3072].any()
    assert levels(sound[:, 4000:]) == [0.5]
    assert voice.late_frames == 3 * BLOCK - 1500


def test_sound_that_breaks_off_between_two_blocks_is_let_down(voice):
    voice.play(a_lease(0.5, end=BLOCK))
    sound = [voice.read(0, BLOCK, ALWAYS), voice.read(BLOCK, BLOCK, ALWAYS)]

    sound = np.concatenate(sound, axis=1)

    assert steepest(sound) < 0.01
    assert voice.late_frames == BLOCK


def test_what_another_course_made_void_is_not_played(voice):
    voice.play(a_lease(0.5, course=1))
    timing = Timing((Change(1, 0), Change(2, 1500)), 0)

    sound = np.concatenate([voice.read(at, BLOCK, timing) for at in (0, BLOCK)], axis=1)

    assert sound[0, 1000] == 0.5
    assert not sound[:, 1500:].any()


def test_where_a_song_is_jumped_to_nothing_is_faded(voice):
    voice.play(a_lease(0.5, end=BLOCK))
    voice.read(0, BLOCK, ALWAYS)
    voice.read(BLOCK, BLOCK, ALWAYS)
    voice.play(a_lease(0.25, first=5000, end=9000))

    block = voice.read(5000, BLOCK, Timing(starts=5000))

    assert levels(block) == [0.25]


def test_when_nobody_listens_the_newest_is_taken_at_once(voice):
    for level in (0.1, 0.2, 0.3):
        voice.play(a_lease(level))

    voice.settle()

    assert len(voice.take_retired()) == 2
    assert not voice.waits


def test_the_render_thread_does_not_wait_for_the_control_thread(voice):
    voice.play(a_lease(0.5))
    voice.read(0, BLOCK, ALWAYS)
    voice.play(a_lease(0.1))
    voice._lock.acquire()

    block = voice.read(BLOCK, BLOCK, ALWAYS)

    voice._lock.release()
    assert levels(block) == [0.5]


def test_a_source_that_is_taken_away_between_two_looks_at_it_is_read_to_the_end_of_its_block():
    looks = []

    class SettledMeanwhile(Voice):
        @property
        def _current(self):
            looks.append(self._kept)
            return self._kept if len(looks) < 3 else None

        @_current.setter
        def _current(self, lease):
            self._kept = lease

    voice = SettledMeanwhile(Fades(RATE))
    voice._current = a_lease(0.5)

    block = voice.read(0, BLOCK, ALWAYS)

    assert levels(block) == [0.5]


def test_a_block_that_is_read_while_the_song_is_being_stopped_misses_nothing(voice):
    voice.play(a_lease(0.5))
    voice.read(0, BLOCK, ALWAYS)

    sound = voice.read(BLOCK, BLOCK, Timing((Change(1, BLOCK),), 0, rolls=False))

    assert steepest(sound) < 0.01
    assert voice.late_frames == 0
