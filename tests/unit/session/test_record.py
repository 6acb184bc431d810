import errno
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.document import AudioClip, AudioSource, NotesClip, Project, Track
from musicgen_desktop.foundation import UserInputError, user_data_folder
from musicgen_desktop.media import content_hash
from musicgen_desktop.playback.plan import ClipReader, ClipsSource, SoundFiles, compile_plan
from musicgen_desktop.playback.recording import (
    ArmedNotes,
    ArmedTrack,
    FinishedTake,
    Kept,
    KeptTake,
    Recorder,
    RecordingSetup,
    TakeSpan,
    append_to_log,
)
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.session.controllers import _recorded_files
from musicgen_desktop.session.controllers._recorded_clips import audio_clips
from musicgen_desktop.session.controllers.playing import DiscardRecordings, RecoverRecordings
from musicgen_desktop.session.controllers.record import (
    discard_recording,
    keep_takes,
    recordings_folder,
    recover_recordings,
    tidy_recordings,
)
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.storage import open_project
from musicgen_desktop.timing import TempoMap, TempoPoint

RATE = 48_000
BAR = 96_000  # frames at 120 BPM


def a_song(tempo_map=None):
    project = Project.new("Song", rate=RATE)
    if tempo_map is not None:
        project = msgspec.structs.replace(project, tempo_map=tempo_map)
    return project.with_track(Track("vox", "Vox", "audio")).with_track(Track("keys", "Keys", "notes"))


@pytest.fixture
def store(tmp_path):
    store = ProjectStore(a_song())
    store.save_as(tmp_path / "Song.mgproj")
    yield store
    store.close()


def ramp(frames, start=0):
    return (np.arange(start + 1, start + frames + 1, dtype=np.float64)[:, np.newaxis] / 2**23).astype(
        np.float32
    )


def a_recording(store, *, course=None, frames=BAR, notes=(), **figures):
    setup = RecordingSetup(
        str(recordings_folder(store)),
        figures.pop("rate", RATE),
        store.project.tempo_map,
        (ArmedTrack("vox", "Vox", (0,)),) if frames else (),
        (ArmedNotes("keys", "Keys"),) if notes else (),
        **figures,
    )
    recorder = Recorder(setup, course or Playhead())
    for clock, *data in notes:
        recorder.hear("keys", bytes(data), clock)
    if frames:
        recorder.feed(ramp(frames), 0, 0)
    else:
        recorder.advance(BAR)
    return recorder.finish(10.0)


def heard(store, track_id, start, frames, rate=RATE):
    """What a track plays, [frames] of its left side."""
    plan = compile_plan(store.project, media_folder=store.folder, rate=rate)
    strip = next(strip for strip in plan.strips if strip.id == track_id)
    assert plan.notes == ()
    if not isinstance(strip.source, ClipsSource):
        return np.zeros(frames, np.float32)
    return ClipReader(strip.source, SoundFiles(rate)).read(start, frames)[0]


def test_a_take_sounds_where_it_was_played_and_is_one_step(store):
    before = store.project
    recorded = a_recording(store, course=Playhead(0, BAR))

    kept = keep_takes(store, recorded)

    np.testing.assert_array_equal(heard(store, "vox", BAR, BAR), ramp(BAR)[:, 0])
    assert not heard(store, "vox", 0, BAR).any()
    assert kept.track_ids == ("vox",)
    assert store.project.track_of_clip(kept.clip_ids[0]).id == "vox"
    assert store.undo_label == "Record"
    store.undo()
    assert store.project is before


def test_the_file_lies_in_the_audio_folder_and_the_log_is_gone(store):
    keep_takes(store, a_recording(store))

    (source,) = store.project.sources
    assert source.path == "audio/Vox.wav"
    assert source.content_hash == content_hash(store.folder / source.path)
    assert soundfile.info(store.folder / source.path).frames == source.frames == BAR
    assert list((store.folder / "takes").iterdir()) == []


def test_what_was_recorded_came_from_no_file_of_others(store):
    keep_takes(store, a_recording(store))

    assert [source.origins for source in store.project.sources] == [()]


def test_two_takes_of_one_track_have_two_files_and_the_newer_one_is_heard(store):
    keep_takes(store, a_recording(store, course=Playhead(0, 0), frames=2 * BAR))
    keep_takes(store, a_recording(store, course=Playhead(0, BAR // 2)))

    sound = heard(store, "vox", 0, 2 * BAR)

    assert [source.path for source in store.project.sources] == ["audio/Vox.wav", "audio/Vox 2.wav"]
    np.testing.assert_array_equal(sound[: BAR // 2], ramp(BAR)[: BAR // 2, 0])
    np.testing.assert_array_equal(sound[BAR // 2 : 3 * BAR // 2], ramp(BAR)[:, 0])
    np.testing.assert_array_equal(sound[3 * BAR // 2 :], ramp(2 * BAR)[3 * BAR // 2 :, 0])
    assert sum(clip.muted for clip in store.project.track("vox").clips) == 1


def test_of_the_rounds_of_a_loop_the_newest_whole_one_is_heard(store):
    course = Playhead(0, BAR // 2, (BAR, 2 * BAR))  # half a bar before the loop, two rounds, and a bit

    keep_takes(store, a_recording(store, course=course, frames=2 * BAR + BAR // 2 + 5_000))

    sound, played = heard(store, "vox", 0, 3 * BAR), ramp(3 * BAR)[:, 0]
    np.testing.assert_array_equal(sound[BAR // 2 : BAR], played[: BAR // 2])
    np.testing.assert_array_equal(sound[BAR : 2 * BAR], played[3 * BAR // 2 : 5 * BAR // 2])
    assert not sound[2 * BAR :].any()
    clips = store.project.track("vox").clips
    assert [(clip.name, clip.muted) for clip in clips] == [
        ("Vox take 1", False),
        ("Vox take 1", True),
        ("Vox take 2", False),
        ("Vox take 3", True),
    ]


def test_played_notes_become_a_clip(store):
    notes = [(BAR // 4, 0x90, 60, 100), (BAR // 2, 0x80, 60, 0)]

    keep_takes(store, a_recording(store, frames=0, notes=notes, course=Playhead(0, BAR)))

    (clip,) = store.project.track("keys").clips
    assert isinstance(clip, NotesClip)
    assert (clip.start_ticks, clip.length_ticks) == (3_840, 3_840)
    assert [(note.start_ticks, note.length_ticks, note.pitch) for note in clip.sounding_notes()] == [
        (4_800, 960, 60)
    ]


def test_sound_and_notes_recorded_together_are_one_step(store):
    before = store.project
    notes = [(BAR // 4, 0x90, 60, 100)]

    kept = keep_takes(store, a_recording(store, notes=notes))
    store.undo()

    assert kept.track_ids == ("vox", "keys")
    assert store.project is before


def test_a_track_that_is_gone_is_made_anew(store):
    recorded = a_recording(store)
    store.apply("Delete", store.project.without_track("vox"))

    kept = keep_takes(store, recorded)

    made = store.project.track(kept.track_ids[0])
    assert (made.name, made.kind, len(made.clips)) == ("Vox", "audio", 1)


def test_a_recording_that_was_empty_changes_nothing(store):
    before = store.project

    kept = keep_takes(store, a_recording(store, frames=10, from_clock=100))

    assert kept.clip_ids == ()
    assert store.project is before


def test_another_rate_of_the_device_is_no_obstacle(store):
    keep_takes(store, a_recording(store, rate=44_100, course=Playhead(0, 88_200), frames=88_200))

    np.testing.assert_array_equal(heard(store, "vox", 88_200, 88_200, 44_100), ramp(88_200)[:, 0])


@given(
    slow=st.floats(20, 400),
    fast=st.floats(20, 400),
    ramped=st.booleans(),
    place=st.integers(0, 200_000),
    loop=st.none() | st.tuples(st.integers(0, 100_000), st.integers(2_000, 50_000)),
    frames=st.integers(500, 60_000),
)
def test_every_sample_that_sounds_is_in_its_place(tmp_path_factory, slow, fast, ramped, place, loop, frames):
    tempo = TempoMap((TempoPoint(0, slow, ramped), TempoPoint(1_000, fast)))
    store = ProjectStore(a_song(tempo))
    course = Playhead(0, place, None if loop is None else (loop[0], sum(loop)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MUSICGEN_DESKTOP_HOME", str(tmp_path_factory.mktemp("home")))

        keep_takes(store, a_recording(store, course=course, frames=frames))
        sound = heard(store, "vox", 0, 270_000)

    frame = np.rint(sound.astype(np.float64) * 2**23).astype(int) - 1  # which input frame is heard where
    for at in np.flatnonzero(sound):
        assert course.place_at(int(frame[at])) == at
    tick = max(60 / bpm / 960 * RATE for bpm in (slow, fast))
    lengths = [frames] if loop is None else [frames, loop[1]]
    assert np.count_nonzero(sound) >= min(lengths) - 4 * (tick + 1) - (0 if loop is None else loop[1])


def test_a_project_without_a_folder_records_beside_the_users_data_and_takes_it_along(tmp_path):
    store = ProjectStore(a_song())
    recorded = a_recording(store)

    keep_takes(store, recorded)
    before = heard(store, "vox", 0, BAR)
    store.save_as(tmp_path / "Song.mgproj")
    tidy_recordings(store)

    assert Path(recorded.log).parent == user_data_folder() / "recordings" / store.project.id
    np.testing.assert_array_equal(before, ramp(BAR)[:, 0])
    np.testing.assert_array_equal(heard(store, "vox", 0, BAR), ramp(BAR)[:, 0])
    assert list((user_data_folder() / "recordings").iterdir()) == []
    store.close()


def test_what_one_unsaved_project_plays_no_other_project_takes_or_removes(tmp_path):
    unsaved = ProjectStore(a_song())
    keep_takes(unsaved, a_recording(unsaved))
    other = ProjectStore(a_song())
    other.save_as(tmp_path / "Other.mgproj")

    offered = recover_recordings(other)
    tidy_recordings(other)

    assert offered == ()
    np.testing.assert_array_equal(heard(unsaved, "vox", 0, BAR), ramp(BAR)[:, 0])
    other.close()


def test_a_recording_that_another_project_has_taken_is_not_forgotten(store):
    recorded = a_recording(store)
    theirs = Kept((KeptTake("vox", "source-of-theirs"),), "another project")
    append_to_log(Path(recorded.log), theirs)

    offered = recover_recordings(store)
    keep_takes(store, recorded)
    tidy_recordings(store)

    assert offered == ()
    assert Path(recorded.log).exists()
    assert Path(recorded.takes[0].path).exists()


def test_a_recording_in_an_unsaved_project_is_not_offered_to_itself():
    store = ProjectStore(a_song())
    keep_takes(store, a_recording(store))

    assert recover_recordings(store) == ()


KILLED = """
import os, signal, sys
from pathlib import Path
import numpy as np
from musicgen_desktop.playback.recording import (
    ArmedNotes,
    ArmedTrack,
    FinishedTake,
    Kept,
    KeptTake,
    Recorder,
    RecordingSetup,
    TakeSpan,
    append_to_log,
)
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import TempoMap

tracks, notes = (ArmedTrack("vox", "Vox", (0,)),), (ArmedNotes("keys", "Keys"),)
setup = RecordingSetup(sys.argv[1], 48_000, TempoMap.constant(120), tracks, notes)
recorder = Recorder(setup, Playhead(0, 96_000))
recorder.hear("keys", bytes((0x90, 60, 100)), 24_000)
sound = (np.arange(1, 96_001, dtype=np.float64)[:, None] / 2**23).astype(np.float32)
recorder.feed(sound, 0, 0)
while recorder._capture._frames < 96_000:
    pass
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
def test_what_a_killed_process_recorded_comes_back_in_its_place(store):
    subprocess.run([sys.executable, "-c", KILLED, recordings_folder(store)], check=False)

    (offered,) = recover_recordings(store)
    keep_takes(store, offered)

    np.testing.assert_array_equal(heard(store, "vox", BAR, BAR), ramp(BAR)[:, 0])
    (clip,) = store.project.track("keys").clips
    assert [(note.start_ticks, note.pitch) for note in clip.sounding_notes()] == [(4_800, 60)]
    assert recover_recordings(store) == ()
    assert list((store.folder / "takes").iterdir()) == []


def test_a_crash_between_keeping_and_the_journal_loses_nothing_and_doubles_nothing(store, monkeypatch):
    recorded = a_recording(store)
    monkeypatch.setattr(ProjectStore, "apply", lambda *_: None)
    monkeypatch.setattr(ProjectStore, "flush", lambda *_: False)
    keep_takes(store, recorded)  # the files have moved, the log knows, the project does not
    monkeypatch.undo()

    (offered,) = recover_recordings(store)
    keep_takes(store, offered)

    assert [path.name for path in (store.folder / "audio").iterdir()] == ["Vox.wav"]
    np.testing.assert_array_equal(heard(store, "vox", 0, BAR), ramp(BAR)[:, 0])


def test_a_crash_after_the_journal_offers_nothing(store, monkeypatch):
    monkeypatch.setattr(ProjectStore, "flush", lambda *_: False)
    keep_takes(store, a_recording(store))
    folder = store.folder
    store.close()

    again = ProjectStore.open(folder)
    offered = recover_recordings(again)
    again.save()
    tidy_recordings(again)

    assert offered == ()
    assert len(again.project.track("vox").clips) == 1
    assert list((folder / "takes").iterdir()) == []
    again.close()


def test_a_disk_without_hard_links_gets_a_copy(store, monkeypatch):
    def refused(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(_recorded_files.os, "link", refused)

    keep_takes(store, a_recording(store))

    np.testing.assert_array_equal(heard(store, "vox", 0, BAR), ramp(BAR)[:, 0])
    assert list((store.folder / "takes").iterdir()) == []


def test_a_take_that_cannot_be_placed_stays_to_be_offered_again(store):
    recorded, before = a_recording(store), store.project
    (store.folder / "audio").rmdir()
    (store.folder / "audio").write_bytes(b"in the way")

    with pytest.raises(UserInputError):
        keep_takes(store, recorded)
    (store.folder / "audio").unlink()

    assert store.project is before
    assert [each.takes for each in recover_recordings(store)] == [recorded.takes]


def test_a_discarded_recording_is_gone(store):
    recorded = a_recording(store)

    discard_recording(recorded)

    assert recover_recordings(store) == ()
    assert list((store.folder / "takes").iterdir()) == []


def test_a_project_that_may_not_be_written_refuses_to_record(store, monkeypatch):
    monkeypatch.setattr(ProjectStore, "read_only", True)

    with pytest.raises(UserInputError, match="save it somewhere else"):
        recordings_folder(store)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of four megabytes; only the administrator of a Linux may mount one."""
    folder, mount = tmp_path / "disk", shutil.which("mount")
    folder.mkdir()
    disk = ["-t", "tmpfs", "-o", "size=4m", "none", folder]
    done = mount and subprocess.run([mount, *disk], capture_output=True, check=False)
    if not done or done.returncode:
        pytest.skip("a small disk can only be mounted by root on Linux")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_what_was_recorded_until_the_disk_was_full_comes_into_the_project_all_the_same(small_disk):
    store = ProjectStore(a_song())
    store.save_as(small_disk / "Song.mgproj")
    setup = RecordingSetup(
        str(recordings_folder(store)), RATE, store.project.tempo_map, (ArmedTrack("vox", "Vox", (0,)),)
    )
    recorder = Recorder(setup, Playhead())
    fed = 0
    give_up = time.monotonic() + 20
    while not recorder.done:
        assert time.monotonic() < give_up
        if recorder._capture._frames > fed - RATE:  # no faster than the disk
            recorder.feed(ramp(RATE) + np.float32(fed / 2**23), fed, fed)
            fed += RATE
    recorded = recorder.finish(10.0)
    free = os.statvfs(small_disk)
    (small_disk / "other").write_bytes(bytes(free.f_bavail * free.f_frsize))

    keep_takes(store, recorded)

    frames = recorded.takes[0].frames
    assert "is full" in recorded.failure
    assert frames >= 5 * RATE
    np.testing.assert_array_equal(heard(store, "vox", 0, frames), ramp(frames)[:, 0])
    (small_disk / "other").unlink()
    store.save()
    store.close()


def test_older_audio_that_plays_backwards_is_cut_in_place(store):
    soundfile.write(store.folder / "audio.wav", ramp(2 * BAR), RATE, subtype="FLOAT")
    source = AudioSource("s", "old", "audio.wav", content_hash(store.folder / "audio.wav"), RATE, 1, 2 * BAR)
    clip = AudioClip("c", "old", 0, 2 * 3_840, "s", reversed=True)
    store.apply("Import", store.project.with_source(source).with_clip("vox", clip))

    keep_takes(store, a_recording(store, course=Playhead(0, BAR // 2)))

    sound, old = heard(store, "vox", 0, 2 * BAR), ramp(2 * BAR)[::-1, 0]
    np.testing.assert_array_equal(sound[: BAR // 2], old[: BAR // 2])
    np.testing.assert_array_equal(sound[BAR // 2 : 3 * BAR // 2], ramp(BAR)[:, 0])
    np.testing.assert_array_equal(sound[3 * BAR // 2 :], old[3 * BAR // 2 :])


def test_the_project_with_its_takes_opens_again(store):
    keep_takes(store, a_recording(store, course=Playhead(0, 0, (0, BAR // 2))))
    store.save()

    assert open_project(store.folder).project == store.project


def test_one_recording_that_cannot_be_kept_does_not_hold_up_the_others(store):
    a_recording(store, course=Playhead(0, 0))
    a_recording(store, course=Playhead(0, BAR))
    folder = store.folder
    first = min((folder / "takes").glob("*.wav"))
    store.close()

    with pytest.MonkeyPatch.context() as patch:
        link = os.link

        def refused(source, target):
            if source == first:
                raise PermissionError(1, "Operation not permitted")
            link(source, target)

        patch.setattr(_recorded_files.os, "link", refused)
        patch.setattr(_recorded_files.shutil, "copyfileobj", refused_copy)
        report = RecoverRecordings(folder).run()

    assert (report.recordings, report.clips, len(report.notes)) == (1, 1, 1)
    assert "“Vox.wav” cannot be written" in report.notes[0]
    assert first.exists()
    assert RecoverRecordings(folder).run().recordings == 1
    assert list((folder / "takes").iterdir()) == []


def refused_copy(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_discarding_throws_away_what_a_crash_left_and_nothing_else(store):
    keep_takes(store, a_recording(store))
    a_recording(store, course=Playhead(0, BAR))
    store.save()
    folder = store.folder
    store.close()

    report = DiscardRecordings(folder).run()

    assert (report.recordings, report.recorded_s) == (1, BAR / RATE)
    assert list((folder / "takes").iterdir()) == []
    assert [path.name for path in (folder / "audio").iterdir()] == ["Vox.wav"]
    assert DiscardRecordings(folder).run().recordings == 0


def test_of_thousands_of_rounds_one_is_heard(store):
    rounds, frames = 5_000, 480
    spans = tuple(TakeSpan(number * frames, frames, BAR) for number in range(rounds))
    take = FinishedTake("vox", "Vox", "x.wav", RATE, 1, rounds * frames, spans)
    source = AudioSource("s", "x", "audio/x.wav", "0" * 64, RATE, 1, rounds * frames)

    clips = audio_clips(take, source, store.project.tempo_map)

    assert [clip.name for clip in clips if not clip.muted] == ["Vox take 5000"]
    assert len(clips) == rounds
