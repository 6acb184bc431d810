"""Freezing in a project on the disk and in an open one."""

from pathlib import Path

import msgspec
import numpy as np
import psutil
import pytest

from musicgen_desktop.document import Insert, NotesClip, Project, Take, Track
from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.media import read_audio, read_info
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.playback.offline import PlacedBlock, render_mix
from musicgen_desktop.playback.plan import compile_plan, frozen_inputs
from musicgen_desktop.session.controllers import FreezeProject, FreezeTrack, RenderProject, UnfreezeTrack
from musicgen_desktop.session.controllers._kept_sound import keep_sound
from musicgen_desktop.session.controllers.freeze import freeze_in
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.storage import open_project, save_project


@pytest.fixture
def song():
    song = Project.new("Song", 240.0)
    for name, preset in (("Bass", "fat_bass"), ("Lead", "saw_lead")):
        clip = NotesClip(
            f"c-{name}", name, 0, 3_840, notes=tuple(Note(at, 700, 40, 100) for at in range(0, 3_840, 960))
        )
        track = Track(
            name.lower(),
            name,
            "notes",
            role=name.lower(),
            clips=(clip,),
            patch=Patch("synth", preset=preset),
            inserts=(Insert("eq", "equalizer", parameters={"peak1_db": 6.0}),),
        )
        song = song.with_track(track)
    return song.with_track(Track("room", "Room", "bus"))


@pytest.fixture
def folder(tmp_path, song):
    save_project(song, tmp_path / "Song.mgproj")
    return tmp_path / "Song.mgproj"


@pytest.fixture
def store(folder):
    store = ProjectStore.open(folder)
    yield store
    store.close()


def audio_files(folder):
    return sorted(path.name for path in (folder / "audio").iterdir())


def mixed(project, folder):
    return render_mix(compile_plan(project, media_folder=folder), frames=72_000)


def test_a_project_with_frozen_tracks_sounds_the_same(folder, song):
    told = FreezeProject(folder, ("bass", "Lead")).run()

    project = open_project(folder).project
    assert (told.frozen, told.thawed, told.notes) == (("Bass", "Lead"), (), ())
    assert audio_files(folder) == ["Bass frozen.wav", "Lead frozen.wav"]
    assert compile_plan(project, media_folder=folder).strip_of("bass").settings.inserts == ()
    assert np.abs(mixed(project, folder) - mixed(song, folder)).max() < 1e-6


def test_a_sound_with_equal_sides_is_kept_as_one(tmp_path):
    sound = np.linspace(-0.5, 0.5, 800, dtype=np.float32).reshape(-1, 1).repeat(2, axis=1)
    blocks = [PlacedBlock(100, sound[:300]), PlacedBlock(400, sound[300:])]

    kept = keep_sound(iter(blocks), tmp_path, "x", 48_000, from_frame=90, to_frame=700, may_be_mono=True)

    found = read_audio(tmp_path / kept.source.path)[0]
    assert (kept.start_frame, kept.source.channels, kept.source.frames) == (90, 1, 610)
    assert np.array_equal(found[10:, 0], sound[:600, 0])
    assert not found[:10].any()


def test_thawing_brings_back_the_very_project_and_sweeps_the_file(folder):
    before = open_project(folder).project
    FreezeProject(folder, ("bass",)).run()

    told = FreezeProject(folder, ("bass",), undo=True).run()

    assert told.thawed == ("Bass",)
    assert open_project(folder).project == before
    assert audio_files(folder) == []


def test_freezing_twice_writes_nothing_new(folder):
    FreezeProject(folder, ("bass",)).run()

    told = FreezeProject(folder, ("bass",)).run()

    assert told.notes == ("Track “Bass” was frozen already.",)
    assert audio_files(folder) == ["Bass frozen.wav"]


def test_freezing_anew_after_an_edit_takes_the_old_file_away(folder):
    FreezeProject(folder, ("bass",)).run()
    project = open_project(folder).project
    track = project.track("bass")
    save_project(
        project.with_track(track.with_insert(track.inserts[0].with_parameter("peak1_db", 1.0))), folder
    )

    FreezeProject(folder, ("bass",)).run()

    project = open_project(folder).project
    assert compile_plan(project, media_folder=folder).notes == ()
    assert audio_files(folder) == [project.sources[0].path.removeprefix("audio/")]


def test_in_an_open_project_it_is_one_step_that_undo_takes_back(store):
    freeze_in(store, ("bass", "lead"))
    frozen = store.project

    store.undo()

    assert store.project.track("bass").frozen is None
    assert store.project.sources == ()
    store.redo()
    assert store.project == frozen
    assert store.history == ("Freeze Bass, Lead",)
    assert compile_plan(frozen, media_folder=store.folder).notes == ()


def test_a_freeze_rendered_elsewhere_is_applied_to_the_project_as_it_is_then(store):
    freeze = FreezeTrack(store.project, store.folder, "bass").run()
    store.apply("Move fader", store.project.with_track(store.project.track("bass").with_gain(-6.0)))

    store.apply("Freeze", freeze.applied_to(store.project))

    assert store.project.track("bass").gain_db == -6.0
    assert compile_plan(store.project, media_folder=store.folder).notes == ()


def test_unfreezing_hands_back_the_project_without_the_file(store):
    freeze_in(store, ("bass",))

    thawed = UnfreezeTrack(store.project, "bass").run()

    assert thawed.track("bass").frozen is None
    assert thawed.sources == ()


def test_stopping_leaves_project_and_folder_as_they_were(folder):
    before = (folder / "project.json").read_bytes()
    stop = StopFlag()

    def after_the_first(done, _stage):
        if done > 0.6:
            stop.set()

    with pytest.raises(Stopped):
        FreezeProject(folder, ("bass", "lead")).run(after_the_first, stop)

    assert (folder / "project.json").read_bytes() == before
    assert audio_files(folder) == []


def test_progress_rises_to_one_and_names_the_track(folder):
    told = []

    FreezeProject(folder, ("bass", "lead")).run(lambda done, stage: told.append((done, stage)))

    shares = [share for share, _stage in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert {"Freezing Bass", "Freezing Lead"} <= {stage for _share, stage in told}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(("flute",), "there is: Bass, Lead"), (("room",), "no track “room”"), (("9",), "no track “9”")],
)
def test_a_track_that_cannot_be_had_is_told(folder, words, sentence):
    with pytest.raises(UserInputError, match=sentence):
        FreezeProject(folder, words).run()


def test_an_effect_that_is_not_here_is_not_left_out_in_silence(song, folder):
    track = song.track("bass").with_insert(Insert("x", "vst3:Great", name="Great"))

    with pytest.raises(UserInputError, match="“Great” on track “Bass” is not available"):
        FreezeTrack(song.with_track(track), folder, "bass").run()


def test_an_empty_or_silent_track_is_told(song, folder):
    empty = song.with_track(msgspec.structs.replace(song.track("bass"), clips=()))

    with pytest.raises(UserInputError, match="plays nothing"):
        FreezeTrack(empty, folder, "bass").run()


def test_a_bus_is_not_frozen(song, folder):
    with pytest.raises(UserInputError, match="“Room” is a bus"):
        FreezeTrack(song, folder, "room").run()


def test_a_project_without_a_folder_is_told(song):
    with pytest.raises(UserInputError, match="Save the project first"):
        freeze_in(ProjectStore(song), ("bass",))


def test_frozen_tracks_stay_frozen_when_the_song_is_rendered_at_another_rate(folder, tmp_path):
    FreezeProject(folder, ("bass", "lead")).run()

    told = RenderProject(folder, tmp_path / "mix.wav", rate=44_100).run()

    assert told.notes == ()
    assert read_info(tmp_path / "mix.wav").rate == 44_100


def test_a_song_is_rendered_without_its_font_while_all_that_it_plays_is_frozen(folder, tmp_path):
    font = tmp_path / "gone.sf2"
    take = Take("t", "t", "composer", request={"soundfont": str(font)})
    frozen = msgspec.structs.replace(frozen_by(font, folder), takes=(take,))
    save_project(frozen, folder)

    told = RenderProject(folder, tmp_path / "mix.wav").run()

    assert told.notes == ()
    (folder / "audio" / "Bass frozen.wav").unlink()
    with pytest.raises(UserInputError, match="that this song was made with is missing"):
        RenderProject(folder, tmp_path / "mix.wav").run()


def frozen_by(font, folder):
    """The project with its bass on General MIDI, frozen as if by that font, which goes then."""
    song = open_project(folder).project
    song = song.with_track(msgspec.structs.replace(song.track("bass"), patch=Patch("general_midi")))
    freeze = FreezeTrack(song, folder, "bass").run()
    font.write_bytes(b"font" * 100)
    inputs = frozen_inputs(song.track("bass"), song, font)
    font.unlink()
    return msgspec.structs.replace(
        freeze, frozen=msgspec.structs.replace(freeze.frozen, inputs=inputs)
    ).applied_to(song)


def test_what_fails_after_the_file_is_written_takes_it_away(tmp_path, monkeypatch):
    def refuse(_path):
        raise OSError("the disk was taken out")

    monkeypatch.setattr("musicgen_desktop.session.controllers._kept_sound.content_hash", refuse)

    with pytest.raises(OSError, match="taken out"):
        keep_sound(iter([PlacedBlock(0, np.zeros((100, 2), np.float32))]), tmp_path, "x", 48_000)

    assert audio_files(tmp_path) == []


def test_a_file_is_made_mono_where_open_files_cannot_be_replaced(tmp_path, monkeypatch):
    replace = Path.replace

    def replace_as_windows_does(path, target):
        if str(target) in [file.path for file in psutil.Process().open_files()]:
            raise PermissionError(13, "The process cannot access the file")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", replace_as_windows_does)
    sound = np.full((100, 2), 0.5, np.float32)

    kept = keep_sound(iter([PlacedBlock(0, sound)]), tmp_path, "x", 48_000, may_be_mono=True)

    assert read_info(tmp_path / kept.source.path).channels == 1
