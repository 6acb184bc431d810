import numpy as np
import pytest

from musicgen_desktop.playback.plan import ClipReader, ClipsSource, SoundFiles
from musicgen_desktop.playback.sources._messages import NotesToPlay
from musicgen_desktop.playback.sources._performance import Performance
from musicgen_desktop.playback.sources._players import ClipsPlayer, NotesPlayer
from musicgen_desktop.playback.transport import Playhead

RATE = 48000


def played(performance, course, clock, frames, piece=3000):
    blocks = [
        performance.render(course, at, min(piece, clock + frames - at))
        for at in range(clock, clock + frames, piece)
    ]
    return np.concatenate(blocks, axis=1)


def of_notes(source):
    return Performance(NotesPlayer(NotesToPlay(source, RATE, None)), RATE)


@pytest.fixture
def clips(ramp_source):
    return Performance(ClipsPlayer(ramp_source, SoundFiles(RATE)), RATE)


@pytest.fixture
def reader(ramp_source):
    return ClipReader(ramp_source, SoundFiles(RATE))


@pytest.mark.parametrize("piece", [999, 2048, 16384])
def test_a_loop_of_clips_is_exact_a_hundred_times(clips, reader, piece):
    course = Playhead(500, 2000, (3000, 7777))

    sound = played(clips, course, 500, 5777 + 100 * 4777, piece)

    assert np.array_equal(sound[:, :5777], reader.read(2000, 5777))
    rounds = sound[:, 5777:].reshape(2, 100, 4777)
    assert np.array_equal(rounds, np.repeat(reader.read(3000, 4777)[:, np.newaxis], 100, axis=1))


def test_a_long_loop_that_is_not_kept_is_exact_too(clips, reader):
    course = Playhead(0, 0, (0, 5 * RATE))

    sound = played(clips, course, 5 * RATE - 100, 1200)

    assert np.array_equal(sound[:, 100:], reader.read(0, 1100))


def test_a_loop_that_skipped_a_piece_finds_its_way_back(clips, reader):
    course = Playhead(0, 1000, (1000, 6000))
    played(clips, course, 0, 7000)
    # 1500 frames were too late and are left out.
    played(clips, course, 8500, 3000)

    sound = played(clips, course, 11500, 13500)

    expected = np.tile(reader.read(1000, 5000), 5)
    assert np.array_equal(sound, expected[:, 11500:][:, :13500])


def test_a_count_in_is_silent_and_the_song_begins_on_its_frame(clips, reader):
    course = Playhead(100, -4000, None, 1500)

    sound = played(clips, course, 100, 9000)

    assert not sound[:, :5500].any()
    assert np.array_equal(sound[:, 5500:], reader.read(1500, 3500))


def test_an_instrument_plays_as_it_does_offline_wherever_it_begins(make):
    tune = make.tune()

    sound = played(of_notes(tune), Playhead(10, 33333), 10, 60000)

    assert np.array_equal(sound, make.alone(tune, 33333, 60000))


def test_a_note_that_began_before_the_place_is_heard(make):
    pad = make.melody((0, 200000, 60), preset="warm_pad")

    sound = played(of_notes(pad), Playhead(0, 90000), 0, 4000)

    assert np.abs(sound).max() > 0.01


def test_what_is_prepared_is_used_and_sounds_the_same(make):
    tune = make.tune()
    performance = of_notes(tune)
    performance.prepare(48000, 8192)

    sound = played(performance, Playhead(7, 48000), 7, 30000)

    assert np.array_equal(sound, make.alone(tune, 48000, 30000))


@pytest.mark.parametrize("preset", ["warm_pad", "saw_lead"])
def test_the_seam_of_a_loop_in_the_middle_of_long_notes_does_not_click(make, preset):
    held = make.melody((0, 400000, 48), (30000, 400000, 55), (60000, 400000, 64), preset=preset)
    course = Playhead(0, 50000, (50000, 98765))

    sound = played(of_notes(held), course, 0, 3 * 48765)

    rough = make.roughness(sound)
    seams = np.concatenate([rough[seam - 20 : seam + 2000] for seam in (48765, 2 * 48765)])
    elsewhere = np.concatenate([rough[5000:46000], rough[55000:95000]])
    assert seams.max() < 1.3 * elsewhere.max()


def test_a_cut_without_a_seam_would_click(make):
    held = make.melody((0, 400000, 48), (30000, 400000, 55), preset="warm_pad")
    whole = make.alone(held, 0, 100000)

    cut = np.concatenate([whole[:, 50000:98765], whole[:, 50000:98765]], axis=1)

    rough = make.roughness(cut)
    assert rough[48740:48780].max() > 3 * rough[5000:46000].max()


def test_no_note_hangs_over_the_end_of_a_loop(make):
    late = make.melody((90000, 400000, 60), preset="warm_pad")
    course = Playhead(0, 48000, (48000, 96000))

    sound = played(of_notes(late), course, 0, 80000)

    assert np.abs(sound[:, 47900:48000]).max() > 0.001
    assert not sound[:, 48000 + 960 : 80000].any()


def test_a_note_on_the_first_frame_of_a_loop_keeps_its_attack(make):
    stroke = make.melody((48000, 50000, 36), preset="kit_909", is_drums=True)
    course = Playhead(0, 48000, (48000, 96000))

    sound = played(of_notes(stroke), course, 0, 60000)

    assert np.array_equal(sound[:, 48000:], make.alone(stroke, 48000, 12000))


def test_every_later_round_of_a_loop_sounds_alike(make):
    tune = make.tune()
    course = Playhead(0, 0, (24000, 96000))

    sound = played(of_notes(tune), course, 0, 24000 + 5 * 72000)

    rounds = sound[:, 24000 + 72000 :].reshape(2, 4, 72000)
    assert np.array_equal(rounds, np.repeat(rounds[:, :1], 4, axis=1))
    assert np.array_equal(rounds[:, 0, 960:], make.alone(tune, 24960, 71040))


def test_silence_between_clips_costs_no_file(tmp_path, make):
    missing = ClipsSource((make.clip(tmp_path / "gone.wav", start_frame=100000),))
    files = SoundFiles(RATE)

    sound = played(Performance(ClipsPlayer(missing, files), RATE), Playhead(), 0, 5000)

    assert not sound.any()
    assert not files.problems
