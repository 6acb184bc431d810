"""Songs of other programs come into a project, with their sounds."""

import zipfile

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import (
    Automation,
    AutomationPoint,
    Marker,
    NotesClip,
    Project,
    Track,
    check_project,
)
from musicgen_desktop.exchange.dawproject import save_dawproject
from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.media import read_audio, write_wav
from musicgen_desktop.music import Note
from musicgen_desktop.session.controllers import _unpacked_song
from musicgen_desktop.session.controllers.import_files import ImportFiles, place_imported
from musicgen_desktop.timing import Meter, MeterMap, TempoMap

BAR = 3_840


@pytest.fixture
def file(song, folder, tmp_path):
    """The song of this room as one file: two bars at 240 BPM, soloed, its bass slowly louder."""
    curve = Automation("a", "gain_db", (AutomationPoint(0, -3.0), AutomationPoint(BAR, -2.5)))
    bass = msgspec.structs.replace(song.track("bass"), soloed=True, automation=(curve,))
    song = msgspec.structs.replace(
        song.with_track(bass),
        markers=(Marker("m", "Here", BAR),),
        meter_map=MeterMap.constant(Meter(3, 4)),
        master=msgspec.structs.replace(song.master, gain_db=-1.5),
    )
    path = tmp_path / "Theirs.dawproject"
    save_dawproject(song, path, media_folder=folder)
    return path


@pytest.fixture
def other(tmp_path):
    return tmp_path / "Other.mgproj"


def imported_into(project, path, folder, *, at_tick=None):
    imported = ImportFiles(project, (path,), folder).run()
    edit, remarks = place_imported(project, imported, at_tick=at_tick)
    check_project(edit.project)
    return edit.project, " ".join(remarks)


def with_clip(project):
    clip = NotesClip("mine", "", 0, BAR, (Note(0, 960, 60, 90),))
    return project.with_track(Track("lead", "Lead", "notes", clips=(clip,))).with_track(
        Track("bus", "Bus", "bus")
    )


def test_an_empty_project_becomes_the_song(file, other):
    project, told = imported_into(Project.new("Mine", 100.0, rate=44_100), file, other)

    assert (project.name, project.rate) == ("Mine", 48_000)
    assert [track.name for track in project.tracks] == ["Bass", "Drums", "Vox", "Group", "Room"]
    assert project.tempo_map == TempoMap.constant(240.0)
    assert project.meter_map == MeterMap.constant(Meter(3, 4))
    assert [marker.name for marker in project.markers] == ["Here"]
    assert project.master.gain_db == -1.5
    assert project.tracks[0].soloed
    (source,) = project.sources
    assert (other / source.path).is_file()
    assert source.content_hash.startswith("blake2b-")
    assert "no place here" not in told
    assert "“Theirs.dawproject” is a file of others, which says of its rights: “The notes are yours." in told


def test_notes_and_sounds_remember_the_file_and_what_it_says_of_its_rights(file, other):
    project, _ = imported_into(Project.new("Mine"), file, other)

    (origin,) = project.tracks[0].clips[0].origins
    assert origin.file == "Theirs.dawproject"
    assert origin.rights.startswith("The notes are yours. CC-BY-NC 4.0")
    assert [source.origins for source in project.sources] == [(origin,)]


def test_a_project_with_clips_keeps_its_tempo_and_its_master(file, other):
    mine = with_clip(Project.new("Mine", 120.0))

    project, told = imported_into(mine, file, other, at_tick=4 * BAR)

    assert [track.name for track in project.tracks] == [
        "Lead",
        "Bass",
        "Drums",
        "Vox",
        "Bus",
        "Group",
        "Room",
    ]
    bass, vox = project.tracks[1], project.tracks[3]
    assert project.tempo_map == mine.tempo_map
    assert project.master is mine.master
    assert [clip.start_ticks for clip in bass.clips] == [4 * BAR, 5 * BAR]
    assert [point.tick for point in bass.automation[0].points] == [4 * BAR, 5 * BAR]
    assert not bass.soloed
    # A bar at 240 BPM lasts half of one at 120: the sound keeps its seconds.
    assert (vox.clips[0].start_ticks, vox.clips[0].length_ticks) == (5 * BAR, BAR // 2)
    for word in ("240 BPM", "master", "Markers"):
        assert word in told


def test_the_same_song_twice_has_its_sound_once(file, other):
    once, _ = imported_into(Project.new("Mine"), file, other)

    twice, _ = imported_into(once, file, other, at_tick=8 * BAR)

    assert len(twice.sources) == 1
    assert [path.name for path in (other / "audio").iterdir()] == ["vox.wav"]
    assert len({clip.id for track in twice.tracks for clip in track.clips}) == 8


def test_a_sound_of_that_name_that_is_there_already_stays(file, other):
    (other / "audio").mkdir(parents=True)
    write_wav(other / "audio" / "VOX.wav", np.zeros((10, 1), np.float32), 48_000)

    project, _ = imported_into(Project.new("Mine"), file, other)

    assert project.sources[0].path == "audio/vox-2.wav"
    assert len(list((other / "audio").iterdir())) == 2


def rewritten(file, changed):
    """The file with some members changed."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()} | changed
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_a_sound_that_cannot_be_read_is_left_out_and_told(file, other):
    rewritten(file, {"audio/vox.wav": b"no sound at all"})

    project, told = imported_into(Project.new("Mine"), file, other)

    assert project.sources == ()
    assert [len(track.clips) for track in project.tracks] == [2, 1, 0, 0, 0]
    assert "“vox”" in told
    assert list((other / "audio").iterdir()) == []


def test_a_sound_of_another_rate_than_was_told_plays_from_the_same_second(file, other, tmp_path):
    with zipfile.ZipFile(file) as archive:
        text = archive.read("project.xml").decode()
    write_wav(tmp_path / "half.wav", np.full((24_000, 1), 0.1, np.float32), 24_000)
    text = text.replace(
        'contentTimeUnit="seconds" playStart="0"', 'contentTimeUnit="seconds" playStart="0.25"'
    )
    changed = {"project.xml": text.encode(), "audio/vox.wav": (tmp_path / "half.wav").read_bytes()}
    rewritten(file, changed)

    project, _ = imported_into(Project.new("Mine"), file, other)

    assert (project.sources[0].rate, project.sources[0].frames) == (24_000, 24_000)
    assert project.tracks[2].clips[0].source_offset_frames == 6_000


WARPED = """<Project version="1.0"><Application name="x" version="1"/>
<Transport><Tempo unit="bpm" value="90"/>
</Transport><Structure><Track id="t" name="Loop" contentType="audio"/></Structure><Arrangement><Lanes>
<Lanes track="t"><Clips><Clip time="0" duration="4" name="Loop"><Warps timeUnit="beats"
contentTimeUnit="seconds"><Audio channels="1" duration="2" sampleRate="48000"><File path="loop.wav"/></Audio>
<Warp time="0" contentTime="0"/><Warp time="4" contentTime="2"/></Warps></Clip></Clips></Lanes></Lanes>
</Arrangement></Project>"""


@pytest.fixture
def loop(tmp_path):
    """Four beats at 120 BPM, a click on each, in a song at 90 BPM."""
    sound = np.zeros((96_000, 1), np.float32)
    for beat in range(4):
        sound[beat * 24_000 : beat * 24_000 + 300] = 0.5
    write_wav(tmp_path / "loop.wav", sound, 48_000)
    path = tmp_path / "Loop.dawproject"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.xml", WARPED)
        archive.write(tmp_path / "loop.wav", "loop.wav")
    return path


def test_a_loop_that_followed_the_tempo_is_stretched_to_it(loop, other):
    project, told = imported_into(Project.new("Mine"), loop, other)

    (clip,) = project.tracks[0].clips
    (source,) = project.sources
    assert (clip.source_id, clip.source_offset_frames) == (source.id, 0)
    assert [path.name for path in (other / "audio").iterdir()] == ["loop.wav"]
    sound, rate = read_audio(other / source.path)
    assert (len(sound), rate) == (128_000, 48_000)
    loud = np.flatnonzero(np.abs(sound[:, 0]) > 0.1) / rate
    for beat in range(4):  # 90 BPM: one every two thirds of a second
        assert np.abs(loud - beat * 2 / 3).min() < 0.01
    assert "Sound that followed the tempo was stretched: “Loop”." in told


def test_a_loop_that_cannot_be_read_is_left_out_and_leaves_nothing(loop, other):
    rewritten(loop, {"loop.wav": b"no sound"})

    project, told = imported_into(Project.new("Mine"), loop, other)

    assert (project.sources, project.tracks[0].clips) == ((), ())
    assert "cannot be read were left out with their clips: “loop”" in told
    assert list((other / "audio").iterdir()) == []


def test_a_loop_that_is_far_larger_than_was_told_is_left_out(loop, other, monkeypatch):
    monkeypatch.setattr(_unpacked_song, "MOST_SAMPLES", 1_000)

    project, told = imported_into(Project.new("Mine"), loop, other)

    assert project.sources == ()
    assert "left out with their clips: “loop”" in told
    assert list((other / "audio").iterdir()) == []


def test_nothing_is_left_when_the_work_is_stopped_or_fails(file, other):
    stop = StopFlag()
    stop.set()
    with pytest.raises(Stopped):
        ImportFiles(Project.new("Mine"), (file,), other).run(stop=stop)

    data = bytearray(file.read_bytes())
    at = data.index(b"audio/vox.wav") + 2_000
    data[at : at + 8] = b"\xff" * 8  # the sound no longer is what the archive says
    file.write_bytes(bytes(data))
    with pytest.raises(UserInputError, match="damaged"):
        ImportFiles(Project.new("Mine"), (file,), other).run()

    assert not (other / "audio").exists() or list((other / "audio").iterdir()) == []


def test_a_project_that_was_never_saved_has_no_place_for_the_sounds(file):
    with pytest.raises(UserInputError, match="Save the project"):
        ImportFiles(Project.new("Mine"), (file,), None).run()
