import os

import numpy as np
import pytest

from musicgen_desktop.document import AudioClip, AudioSource, Track
from musicgen_desktop.media import write_wav
from musicgen_desktop.playback.offline import render_mix, render_sources, render_stems
from musicgen_desktop.playback.plan import ClipReader, SoundFiles, _sound_files, compile_plan
from musicgen_desktop.playback.plan._stored_sound import RawSound

RATE = 48000


@pytest.fixture
def ramp(tmp_path):
    """A file whose every frame says where it is: left 0 … 1 in 10 000 frames, right its negative."""
    left = np.arange(10000, dtype=np.float32) / 10000
    sound = np.stack([left, -left], axis=1)
    write_wav(tmp_path / "ramp.wav", sound, RATE, bits=32)
    return sound


def a_song(make, clip, *, channels=2, rate=RATE, path="ramp.wav", **strip):
    source = AudioSource("file", "file", path, "", rate, channels, 10000)
    track = Track(id="audio", name="Audio", kind="audio", clips=(clip,), **strip)
    # 60 BPM: a tick is 50 frames.
    return make.song(track, tempo_bpm=60.0).with_source(source)


def a_clip(start_ticks=0, length_ticks=200, **settings):
    return AudioClip("c", "c", start_ticks, length_ticks, "file", **settings)


def rendered(song, folder, frames=20000):
    return render_mix(compile_plan(song, media_folder=folder), frames=frames)


def test_a_clip_sounds_at_its_place_and_nowhere_else(make, ramp, tmp_path):
    mix = rendered(a_song(make, a_clip(start_ticks=100, length_ticks=100)), tmp_path)

    assert np.array_equal(mix[5000:10000], ramp[:5000])
    assert np.abs(mix[:5000]).max() == 0.0
    assert np.abs(mix[10000:]).max() == 0.0


def test_an_offset_begins_inside_the_file_and_silence_follows_its_end(make, ramp, tmp_path):
    mix = rendered(a_song(make, a_clip(source_offset_frames=7000)), tmp_path)

    assert np.array_equal(mix[:3000], ramp[7000:])
    assert np.abs(mix[3000:]).max() == 0.0


def test_a_reversed_clip_plays_the_same_span_backwards(make, ramp, tmp_path):
    clip = a_clip(length_ticks=40, source_offset_frames=1000, reversed=True)

    mix = rendered(a_song(make, clip), tmp_path)

    assert np.array_equal(mix[:2000], ramp[1000:3000][::-1])


def test_gain_and_fades_shape_a_clip(make, ramp, tmp_path):
    clip = a_clip(gain_db=-6.0, fade_in_ms=50.0, fade_out_ms=25.0, fade_shape="linear")

    mix = rendered(a_song(make, clip), tmp_path)

    gain = 10 ** (-6 / 20)
    assert mix[0, 0] == 0.0
    assert mix[1200, 0] == pytest.approx(ramp[1200, 0] * gain * 0.5, rel=1e-5)
    assert mix[5000, 0] == pytest.approx(ramp[5000, 0] * gain, rel=1e-5)
    assert mix[9400, 0] == pytest.approx(ramp[9400, 0] * gain * 0.5, rel=1e-5)


@pytest.mark.parametrize("block", [1, 64, 511, 4096])
@pytest.mark.usefixtures("ramp")
def test_clips_sound_the_same_at_any_block_size(make, tmp_path, block):
    clip = a_clip(start_ticks=3, length_ticks=31, fade_in_ms=9.0, fade_out_ms=13.0, reversed=True)
    plan = compile_plan(a_song(make, clip), media_folder=tmp_path)

    cut = render_mix(plan, frames=1900, block_frames=block)

    assert np.array_equal(cut, render_mix(plan, frames=1900))


def test_overlapping_clips_sum(make, ramp, tmp_path):
    song = a_song(make, a_clip())
    song = song.with_clip("audio", AudioClip("d", "d", 100, 100, "file"))

    mix = rendered(song, tmp_path)

    np.testing.assert_allclose(mix[5000:10000], ramp[5000:] + ramp[:5000], atol=1e-6)


@pytest.mark.usefixtures("ramp")
def test_a_muted_clip_is_silent(make, tmp_path):
    assert np.abs(rendered(a_song(make, a_clip(muted=True)), tmp_path)).max() == 0.0


def test_a_mono_file_lies_in_the_middle_3_db_down(make, tmp_path):
    write_wav(tmp_path / "mono.wav", np.full((10000, 1), 0.5, np.float32), RATE, bits=32)

    mix = rendered(a_song(make, a_clip(), channels=1, path="mono.wav"), tmp_path)

    np.testing.assert_allclose(mix[:10000], 0.5 * np.sqrt(0.5), rtol=1e-6)


def test_a_file_at_another_rate_keeps_its_pitch_and_length(make, tmp_path):
    wave = 0.5 * np.sin(2 * np.pi * 1000.0 * np.arange(44100) / 44100)
    write_wav(tmp_path / "a.wav", np.stack([wave, wave], axis=1), 44100, bits=32)
    song = a_song(make, a_clip(length_ticks=960), rate=44100, path="a.wav")

    mix = rendered(song, tmp_path, frames=RATE)

    wanted = 0.5 * np.sin(2 * np.pi * 1000.0 * np.arange(RATE) / RATE)
    np.testing.assert_allclose(mix[2000:-2000, 0], wanted[2000:-2000], atol=1e-4)


@pytest.mark.usefixtures("ramp")
def test_missing_audio_is_silence_of_the_same_length(make, tmp_path):
    song = a_song(make, a_clip(), path="gone.wav")
    plan = compile_plan(song, media_folder=tmp_path)

    stems = render_stems(plan)

    assert len(stems["audio"]) == plan.song_frames
    assert np.abs(stems["audio"]).max() == 0.0
    assert len(plan.notes) == 1


def test_a_damaged_file_is_silent_and_named(make, tmp_path):
    (tmp_path / "bad.wav").write_bytes(b"RIFF no sound at all")
    plan = compile_plan(a_song(make, a_clip(), path="bad.wav"), media_folder=tmp_path)
    files = SoundFiles(RATE)

    sources = render_sources(plan, files=files)

    assert np.abs(sources["audio"]).max() == 0.0
    assert "bad.wav" in files.problems[0]


@pytest.mark.parametrize("rate", [48000, 44100])
def test_a_long_file_is_read_from_the_cache_and_sounds_the_same(make, tmp_path, monkeypatch, rate):
    wave = make.noise(150000)
    write_wav(tmp_path / "long.wav", wave, rate, bits=32)
    plan = compile_plan(
        a_song(make, a_clip(length_ticks=2000), rate=rate, path="long.wav"), media_folder=tmp_path
    )
    in_memory = SoundFiles(RATE, tmp_path / "cache")
    source = plan.strip_of("audio").source
    wanted = ClipReader(source, in_memory).read(0, 100000)

    monkeypatch.setattr(_sound_files, "_MOST_IN_MEMORY", 1000)
    stored = SoundFiles(RATE, tmp_path / "cache")
    found = ClipReader(source, stored).read(0, 100000)

    np.testing.assert_allclose(found, wanted, atol=1e-6)
    assert isinstance(stored.sound_of(source.clips[0]), RawSound)
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_the_cache_is_swept_and_a_sound_that_is_used_again_counts_as_new(make, tmp_path, monkeypatch):
    write_wav(tmp_path / "long.wav", make.noise(2000), RATE, bits=32)
    plan = compile_plan(a_song(make, a_clip(), path="long.wav"), media_folder=tmp_path)
    clip = plan.strip_of("audio").source.clips[0]
    monkeypatch.setattr(_sound_files, "_MOST_IN_MEMORY", 1000)
    killed = tmp_path / "cache" / "killed.part"
    killed.parent.mkdir()
    killed.touch()
    os.utime(killed, (1000, 1000))
    SoundFiles(RATE, tmp_path / "cache").sound_of(clip)
    (cached,) = (tmp_path / "cache").iterdir()
    os.utime(cached, (1000, 1000))

    SoundFiles(RATE, tmp_path / "cache").sound_of(clip)

    assert cached.stat().st_mtime > 1000


def test_a_long_file_that_lies_at_the_right_rate_can_be_read_in_place(make, ramp, tmp_path):
    plan = compile_plan(a_song(make, a_clip(length_ticks=2000)), media_folder=tmp_path)
    source = plan.strip_of("audio").source
    files = SoundFiles(RATE, tmp_path / "cache", in_place=True, most_in_memory=1000)

    found = ClipReader(source, files).read(0, 20000)

    assert np.array_equal(found[:, :10000].T, ramp)
    assert not (tmp_path / "cache").exists()


def test_a_file_that_is_cut_while_it_is_read_falls_silent_and_is_named_once(make, ramp, tmp_path):
    plan = compile_plan(a_song(make, a_clip(length_ticks=2000)), media_folder=tmp_path)
    source = plan.strip_of("audio").source
    files = SoundFiles(RATE, tmp_path / "cache", in_place=True, most_in_memory=1000)
    reader = ClipReader(source, files)
    before = reader.read(0, 1000)
    os.truncate(tmp_path / "ramp.wav", 20000)

    after = [reader.read(at, 1000) for at in (6000, 7000)]

    assert np.array_equal(before.T, ramp[:1000])
    assert not np.any(after)
    assert len(files.problems) == 1
    assert "ramp.wav" in files.problems[0]


def test_a_file_that_comes_back_is_read_after_all(make, ramp, tmp_path):
    plan = compile_plan(a_song(make, a_clip(length_ticks=2000)), media_folder=tmp_path)
    source = plan.strip_of("audio").source
    files = SoundFiles(RATE)
    (tmp_path / "ramp.wav").rename(tmp_path / "away.wav")
    missing = ClipReader(source, files).read(0, 1000)
    (tmp_path / "away.wav").rename(tmp_path / "ramp.wav")
    files.try_again(source.clips)

    found = ClipReader(source, files).read(0, 1000)

    assert not missing.any()
    assert np.array_equal(found.T, ramp[:1000])
