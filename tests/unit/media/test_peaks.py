import numpy as np
import pytest

from musicgen_desktop.media import (
    Peaks,
    UnreadableAudioError,
    build_peaks,
    content_hash,
    load_or_build_peaks,
    write_wav,
)

RATE = 48_000


def some_sound(frames=100_000, channels=2):
    return np.random.default_rng(frames).uniform(-1, 1, (frames, channels)).astype(np.float32)


@pytest.mark.parametrize("frames", [1, 255, 256, 257, 65_536, 100_000])
def test_every_level_holds_the_extremes_of_its_frames(frames):
    sound = some_sound(frames)

    peaks = build_peaks(sound, RATE)

    assert len(peaks.levels[-1]) == 1
    for k, level in enumerate(peaks.levels):
        width = 256 << k
        assert len(level) == -(-frames // width)
        for i in {0, len(level) // 2, len(level) - 1}:
            part = sound[i * width : (i + 1) * width]
            np.testing.assert_array_equal(level[i, :, 0], part.min(axis=0))
            np.testing.assert_array_equal(level[i, :, 1], part.max(axis=0))


def test_a_file_has_the_peaks_of_its_sound_and_its_hash(tmp_path):
    sound = some_sound(200_001)
    write_wav(tmp_path / "a.wav", sound, RATE, 32)

    peaks = build_peaks(tmp_path / "a.wav")

    assert (peaks.rate, peaks.channels, peaks.frames) == (RATE, 2, 200_001)
    assert peaks.source_hash == content_hash(tmp_path / "a.wav")
    for found, expected in zip(peaks.levels, build_peaks(sound, RATE).levels, strict=True):
        np.testing.assert_array_equal(found, expected)


def test_saved_peaks_come_back(tmp_path):
    peaks = build_peaks(some_sound(), RATE)

    peaks.save(tmp_path / "a.peaks")
    found = Peaks.load(tmp_path / "a.peaks")

    assert (found.rate, found.channels, found.frames) == (RATE, 2, 100_000)
    for a, b in zip(found.levels, peaks.levels, strict=True):
        np.testing.assert_array_equal(a, b)


def test_stale_damaged_and_missing_peak_files_are_not_used(tmp_path):
    path = tmp_path / "a.peaks"
    build_peaks(some_sound(), RATE).save(path)
    raw = path.read_bytes()

    assert Peaks.load(path, source_hash="blake2b-00") is None
    assert Peaks.load(tmp_path / "none.peaks") is None
    for damaged in (b"", raw[:50], raw[:-1], raw + b"\0", b"XXXX" + raw[4:], raw[:4] + b"\x63" + raw[5:]):
        path.write_bytes(damaged)
        assert Peaks.load(path) is None


def test_peaks_are_kept_beside_others_and_made_anew_when_the_sound_changes(tmp_path):
    write_wav(tmp_path / "a.wav", some_sound(1000), RATE)
    first = load_or_build_peaks(tmp_path / "a.wav", tmp_path / "peaks")
    kept = sorted(path.name for path in (tmp_path / "peaks").iterdir())

    again = load_or_build_peaks(tmp_path / "a.wav", tmp_path / "peaks")
    write_wav(tmp_path / "a.wav", some_sound(2000), RATE)
    changed = load_or_build_peaks(tmp_path / "a.wav", tmp_path / "peaks")

    assert kept == [f"{first.source_hash}.peaks"]
    np.testing.assert_array_equal(again.levels[0], first.levels[0])
    assert (first.frames, changed.frames) == (1000, 2000)


def test_a_cache_folder_that_cannot_be_made_does_not_prevent_drawing(tmp_path):
    write_wav(tmp_path / "a.wav", some_sound(1000), RATE)
    (tmp_path / "file").write_bytes(b"")

    assert load_or_build_peaks(tmp_path / "a.wav", tmp_path / "file" / "peaks").frames == 1000


@pytest.mark.parametrize("zoom", [100.0, 256.0, 300.7, 5000.0, 99_999.0])
@pytest.mark.parametrize("start", [0.0, 12_345.6, 90_000.0])
def test_every_sample_under_a_pixel_is_inside_its_column(zoom, start):
    sound = some_sound()
    peaks = build_peaks(sound, RATE)

    columns = peaks.columns(start, zoom, 40)

    for i, column in enumerate(columns):
        part = sound[int(start + i * zoom) : int(np.ceil(start + (i + 1) * zoom))]
        if start + i * zoom >= len(sound):
            assert not column.any()
        else:
            assert (column[:, 0] <= part.min(axis=0)).all()
            assert (column[:, 1] >= part.max(axis=0)).all()


def test_a_click_widens_no_column_far_from_it():
    sound = np.zeros((100_000, 1), np.float32)
    sound[50_000] = 1.0

    columns = build_peaks(sound, RATE).columns(0, 1000.0, 100)

    assert set(np.flatnonzero(columns[:, 0, 1])) <= {49, 50, 51}


def test_outside_the_sound_nothing_is_drawn():
    peaks = build_peaks(some_sound(1000), RATE)

    assert not peaks.columns(-5000, 500.0, 10).any()
    assert not peaks.columns(1000, 500.0, 10).any()
    assert peaks.columns(-1000, 500.0, 5)[2:4].any()
    assert build_peaks(np.zeros((0, 2), np.float32), RATE).columns(0, 1.0, 3).shape == (3, 2, 2)


def test_an_array_needs_a_rate_and_a_file_must_be_sound(tmp_path):
    (tmp_path / "a.wav").write_bytes(b"")

    with pytest.raises(ValueError, match="rate"):
        build_peaks(some_sound())
    with pytest.raises(UnreadableAudioError, match="empty"):
        build_peaks(tmp_path / "a.wav")
