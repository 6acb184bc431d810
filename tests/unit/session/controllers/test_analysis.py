import numpy as np
import pytest

from musicgen_desktop.document import AudioClip, AudioSource, NotesClip, Project, Track
from musicgen_desktop.dsp import peak_dbfs
from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.session.controllers.analysis import (
    RenderSpan,
    correlation,
    goniometer,
    loudness_over_time,
    spectrogram,
    spectrum,
)

RATE = 48_000
BAR = 3840  # two seconds at 120 BPM


def sine(hertz, gain, seconds=4.0):
    return (gain * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


def stereo(left, right):
    return np.stack([left, right], axis=1)


def noise(seed, seconds=2.0):
    return (np.random.default_rng(seed).standard_normal(round(seconds * RATE)) * 0.1).astype(np.float32)


def test_a_sine_at_minus_six_peaks_there_at_its_frequency():
    found = spectrum(stereo(sine(1500.0, 0.5012), sine(6000.0, 0.0501)), RATE)

    left, right = found.level_db.T
    assert found.hertz[left.argmax()] == pytest.approx(1500.0, abs=6.0)
    assert left.max() == pytest.approx(-6.0, abs=0.05)
    assert found.hertz[right.argmax()] == pytest.approx(6000.0, abs=6.0)
    assert right.max() == pytest.approx(-26.0, abs=0.05)
    assert np.median(left) < -100.0


def test_smoothing_evens_out_noise_and_keeps_its_level():
    rough, smooth = (
        spectrum(noise(1), RATE, smoothing_octaves=width).level_db[200:3800, 0] for width in (0.0, 1 / 3)
    )

    assert smooth.std() < rough.std() / 3
    assert smooth.mean() == pytest.approx(10 * np.log10((10 ** (rough / 10)).mean()), abs=0.5)


def test_silence_and_less_than_a_window_have_a_spectrum_too():
    assert spectrum(np.zeros((0, 2), np.float32), RATE).level_db.max() == -180.0
    assert spectrum(np.zeros((100, 1), np.float32), RATE).level_db.max() == -180.0


def test_an_image_shows_each_tone_in_its_row_and_its_time():
    sound = np.concatenate([sine(110.0, 0.5, 2.0), sine(3520.0, 0.5, 2.0)])

    image = spectrogram(sound, RATE, columns=100, bins=200)

    assert image.level_db.shape == (200, len(image.times_s))
    assert len(image.times_s) == 100
    assert image.level_db.dtype == np.float32
    for column, hertz in ((20, 110.0), (80, 3520.0)):
        loudest = image.level_db[:, column].argmax()
        assert image.hertz[loudest] == pytest.approx(hertz, rel=0.06)
        assert image.level_db[loudest, column] == pytest.approx(-6.0, abs=1.5)
        assert image.times_s[column] == pytest.approx(0.04 * (column + 0.5), abs=0.1)


def test_an_image_of_nothing_is_empty_and_one_of_little_is_small():
    assert spectrogram(np.zeros((0, 2), np.float32), RATE).level_db.shape == (256, 0)
    assert spectrogram(sine(440.0, 0.1, 0.05), RATE).level_db.shape == (256, 5)


def test_an_image_can_be_stopped():
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        spectrogram(noise(1), RATE, stop=stop)


def test_a_tone_of_minus_23_lufs_is_measured_so_at_every_moment():
    # EBU Tech 3341, case 1: a stereo sine of 1 kHz at −23 dBFS.
    tone = sine(1000.0, 10 ** (-23 / 20), 10.0)

    found = loudness_over_time(stereo(tone, tone), RATE)

    assert found.integrated_lufs == pytest.approx(-23.0, abs=0.1)
    assert found.momentary_lufs[3:] == pytest.approx(-23.0, abs=0.1)
    assert found.short_term_lufs == pytest.approx(-23.0, abs=0.1)
    assert found.true_peak_dbtp == pytest.approx(-23.0, abs=0.1)
    assert (found.momentary_s[0], found.short_term_s[0]) == (0.4, 3.0)
    assert found.momentary_s[-1] == pytest.approx(10.0)


@pytest.mark.parametrize(("gain", "value"), [(1.0, 1.0), (0.25, 1.0), (-1.0, -1.0), (0.0, 0.0)])
def test_mono_correlates_fully_and_inverted_not_at_all(gain, value):
    one = noise(2)

    found = correlation(stereo(one, gain * one), RATE)

    assert found.values == pytest.approx(value)
    assert found.overall == pytest.approx(value)
    assert found.times_s[:2] == pytest.approx([0.05, 0.15])


def test_two_noises_have_nothing_in_common_and_one_channel_is_mono():
    assert correlation(stereo(noise(3), noise(4)), RATE).overall == pytest.approx(0.0, abs=0.05)
    assert correlation(noise(3), RATE).overall == pytest.approx(1.0)
    assert correlation(np.zeros((0, 2), np.float32), RATE).values.shape == (0,)


def test_a_goniometer_stands_upright_for_mono_and_leans_to_the_side_that_sounds():
    one = noise(5)

    mono, left = goniometer(stereo(one, one)), goniometer(stereo(one, 0 * one), 500)

    assert mono[:, 0] == pytest.approx(0.0)
    assert mono.shape[0] <= 4096
    assert left.shape[0] <= 500
    assert left[:, 0] == pytest.approx(-left[:, 1])


@pytest.fixture
def song(tmp_path):
    """A tone in the second bar on one track, a louder one in all bars on another, which is muted."""
    (tmp_path / "audio").mkdir()
    sources, tracks = [], []
    for name, hertz, gain in (("low", 300.0, 0.1), ("high", 3000.0, 0.4)):
        path = tmp_path / "audio" / f"{name}.wav"
        write_wav(path, sine(hertz, gain, 6.0), RATE, 32)
        sources.append(AudioSource(name, name, f"audio/{name}.wav", content_hash(path), RATE, 1, 6 * RATE))
        span = (BAR, BAR) if name == "low" else (0, 3 * BAR)
        clip = AudioClip(f"clip-{name}", name, *span, source_id=name)
        tracks.append(Track(name, name, "audio", clips=(clip,), muted=name == "high"))
    project = Project.new("Song")
    for source, track in zip(sources, tracks, strict=True):
        project = project.with_source(source).with_track(track)
    return project, tmp_path


def loudest_hz(sound, rate):
    found = spectrum(sound, rate)
    return found.hertz[found.level_db[:, 0].argmax()]


def test_a_span_sounds_as_the_mix_does_there(song):
    project, folder = song

    sound, rate = RenderSpan(project, folder, BAR, 2 * BAR).run()

    assert (sound.shape, rate) == ((2 * RATE, 2), RATE)
    assert loudest_hz(sound, rate) == pytest.approx(300.0, abs=6.0)
    assert peak_dbfs(RenderSpan(project, folder, 0, BAR // 2).run()[0]) < -90.0


def test_chosen_tracks_are_heard_alone_even_when_they_are_muted(song):
    project, folder = song

    sound, rate = RenderSpan(project, folder, BAR, 2 * BAR, ("high",)).run()

    assert loudest_hz(sound, rate) == pytest.approx(3000.0, abs=6.0)
    found = spectrum(sound, rate)
    assert found.level_db[np.abs(found.hertz - 300.0).argmin(), 0] < -100.0


def test_a_muted_group_does_not_silence_a_chosen_track(song):
    project, folder = song
    project = project.with_track(Track("group", "Group", "bus", muted=True))
    project = project.with_track(project.track("low").routed_to("group"))

    sound, rate = RenderSpan(project, folder, BAR, 2 * BAR, ("low",)).run()

    assert loudest_hz(sound, rate) == pytest.approx(300.0, abs=6.0)


def test_notes_of_a_project_without_a_folder_are_heard_too():
    clip = NotesClip("c", "Riff", 0, BAR, notes=(Note(0, BAR, 45, 100),))
    track = Track("t", "Bass", "notes", clips=(clip,), patch=Patch("synth", preset="fat_bass"))

    sound, rate = RenderSpan(Project.new("Song").with_track(track), None, 0, BAR).run()

    assert loudest_hz(sound[RATE // 2 :], rate) % 110.0 == pytest.approx(0.0, abs=6.0)


@pytest.mark.parametrize(
    ("start", "end", "tracks", "why"),
    [
        (BAR, BAR, None, "Nothing is selected"),
        (0, 3000 * BAR, None, "100 minutes"),
        (0, BAR, ("gone",), "not in the project any more"),
        (0, BAR, (), "not in the project any more"),
    ],
)
def test_a_span_that_cannot_be_is_refused_in_a_sentence(song, start, end, tracks, why):
    project, folder = song

    with pytest.raises(UserInputError, match=why):
        RenderSpan(project, folder, start, end, tracks).run()
