import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.dsp import integrated_lufs
from musicgen_desktop.foundation import StopFlag, UserInputError, no_report
from musicgen_desktop.media import read_audio
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.session.controllers import ExportProject, RenderProject, _long_songs
from musicgen_desktop.session.controllers._long_songs import kept, spilled, stems_in_batches
from musicgen_desktop.storage import save_project


@pytest.fixture
def three_tracks():
    project = Project.new("Three")
    for number in range(3):
        clip = NotesClip(f"c{number}", "", 0, 3_840, notes=(Note(0, 960, 48 + number, 100),))
        patch = Patch(source="synth", preset="fat_bass")
        project = project.with_track(Track(f"t{number}", f"T{number}", "notes", clips=(clip,), patch=patch))
    return project


def test_a_spilled_stem_is_the_same_sound_and_can_be_changed():
    stem = np.linspace(-1.0, 1.0, 2_000, dtype=np.float32).reshape(-1, 2)

    found = spilled([stem[:300], stem[300:]], 1_000)

    assert np.array_equal(found, stem)
    found *= 0.5
    assert np.array_equal(found, stem * np.float32(0.5))


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is POSIX's")
def test_a_stem_that_finds_no_room_is_told(monkeypatch, tmp_path):
    import resource
    import signal

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, hard))
    try:
        with pytest.raises(UserInputError, match="free some space"):
            spilled([np.ones((4_096, 2), np.float32)], 4_096)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_long_songs_stems_come_two_at_a_time_and_sound_the_same(monkeypatch, three_tracks):
    plan = compile_plan(three_tracks)
    at_once = list(stems_in_batches(plan, frames=9_600, report=no_report, stop=StopFlag()))

    monkeypatch.setattr(_long_songs, "LONG_FRAMES", 1_000)
    few = list(stems_in_batches(plan, frames=9_600, report=no_report, stop=StopFlag()))

    assert [list(batch) for batch in at_once] == [["t0", "t1", "t2"]]
    assert [list(batch) for batch in few] == [["t0", "t1"], ["t2"]]
    together = few[0] | few[1]
    assert all(np.array_equal(sound, together[each]) for each, sound in at_once[0].items())


def test_progress_of_batches_never_goes_back(monkeypatch, three_tracks):
    monkeypatch.setattr(_long_songs, "LONG_FRAMES", 1_000)
    told = []

    for _ in stems_in_batches(
        compile_plan(three_tracks),
        frames=9_600,
        report=lambda done, _stage: told.append(done),
        stop=StopFlag(),
    ):
        pass

    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


@pytest.mark.parametrize("longest", [1_000, 100_000])
def test_blocks_are_kept_as_one_sound_long_ones_on_the_disk(monkeypatch, longest):
    monkeypatch.setattr(_long_songs, "LONG_FRAMES", longest)
    sound = np.linspace(-1.0, 1.0, 10_000, dtype=np.float32).reshape(-1, 2)

    found = kept((sound[at : at + 700] for at in range(0, 5_000, 700)), 5_000)

    assert np.array_equal(found, sound)
    assert isinstance(found, np.memmap) is (longest == 1_000)


@pytest.mark.parametrize("longest", [1_000, 100_000_000])
def test_long_songs_are_written_as_short_ones_are(monkeypatch, tmp_path, three_tracks, longest):
    save_project(three_tracks, tmp_path / "x.mgproj")
    monkeypatch.setattr(_long_songs, "LONG_FRAMES", longest)

    told = RenderProject(tmp_path / "x.mgproj", tmp_path / "mix.wav", tmp_path / "stems", bits=32).run()
    exported = ExportProject(tmp_path / "x.mgproj", "stems", tmp_path / "out", bits=32).run()

    mix, rate = read_audio(tmp_path / "mix.wav")
    stems = [read_audio(path)[0] for path in told.stems]
    assert np.abs(sum(stems) - mix).max() < 10 ** (-90 / 20)
    assert told.lufs == pytest.approx(integrated_lufs(mix, rate), abs=0.01)
    stems_out = [name for name in exported.files if name.endswith(".wav")]
    assert [tmp_path / "stems" / name for name in stems_out] == [Path(stem) for stem in told.stems]
    for name in stems_out:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "stems" / name).read_bytes()
