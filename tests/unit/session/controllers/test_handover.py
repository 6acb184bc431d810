"""What is handed to another program: real files, made once, that stay."""

import json

import mido
import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import ChordChange, Marker, Section
from musicgen_desktop.exchange.midi_file import parse_midi
from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError, user_data_folder
from musicgen_desktop.media import read_audio, read_tags
from musicgen_desktop.session.controllers._excerpt import excerpt
from musicgen_desktop.session.controllers.export import ExportProject
from musicgen_desktop.session.controllers.handover import Bars, Clips, Mix, RenderHandOver, Stem
from musicgen_desktop.session.controllers.render import RenderProject
from musicgen_desktop.timing import Meter, MeterChange, MeterMap, TempoMap, TempoPoint

BAR = 3_840
BAR_FRAMES = 48_000


@pytest.fixture
def handed(folder):
    """Hands a part of a song over; its files."""

    def hand_over(song, part, *kinds, **values):
        return RenderHandOver(song, folder, part, kinds or ("wav",), **values).run()

    return hand_over


def notes_of(path):
    return [note for track in parse_midi(path.read_bytes(), path).tracks for note in track.notes]


def test_a_stem_is_the_file_that_an_export_would_write(song, folder, handed, tmp_path):
    ExportProject(folder, "stems", tmp_path / "stems").run()

    (path,) = handed(song, Stem("vox"))

    assert path.name == "03_vox_240bpm_Fm.wav"
    assert path.parent.parent == folder / "exports"
    assert path.read_bytes() == (tmp_path / "stems" / path.name).read_bytes()


def test_a_second_drag_costs_nothing_and_gives_the_same_file(song, folder, handed, monkeypatch):
    (path,) = handed(song, Stem("bass"))
    before = path.stat().st_mtime_ns
    monkeypatch.setattr(RenderHandOver, "_write_wav", None)  # would fail

    assert handed(song, Stem("bass")) == (path,)
    assert RenderHandOver(song, folder, Stem("bass")).ready() == (path,)
    assert path.stat().st_mtime_ns == before


def test_what_was_never_rendered_is_not_ready(song, folder):
    assert RenderHandOver(song, folder, Stem("bass")).ready() is None


@pytest.mark.parametrize(
    "edited",
    [
        lambda song: song.with_track(song.track("bass").with_gain(-3.0)),
        lambda song: song.with_track(song.track("bass").without_clip("c2")),
        lambda song: song.with_track(song.track("group").with_gain(-3.0)),
        lambda song: song.with_take(song.take("t1").renamed("Other")),
        lambda song: msgspec.structs.replace(song, tempo_map=TempoMap.constant(120.0)),
    ],
    ids=["fader", "clip", "group", "provenance", "tempo"],
)
def test_an_edit_gives_another_file_and_leaves_the_old_one(song, handed, edited):
    (path,) = handed(song, Stem("bass"))
    old = path.read_bytes()

    (other,) = handed(edited(song), Stem("bass"))

    assert other.parent != path.parent
    assert path.read_bytes() == old


def test_an_edit_elsewhere_leaves_the_file_ready(song, folder, handed):
    paths = handed(song, Stem("bass"))
    edited = song.with_track(song.track("drums").with_gain(-9.0)).with_track(
        msgspec.structs.replace(song.track("vox"), soloed=True)
    )

    assert RenderHandOver(edited, folder, Stem("bass")).ready() == paths


def test_a_clip_begins_where_it_lies_and_is_as_long(song, handed):
    wav, midi = handed(song, Clips(("c2",)), "wav", "midi")

    assert (wav.name, midi.name) == ("01_bass_240bpm_Fm.wav", "01_bass_240bpm_Fm.mid")
    assert len(read_audio(wav)[0]) == BAR_FRAMES
    assert read_tags(wav).bext.time_reference_frames == BAR_FRAMES
    assert read_tags(wav).acid.tempo_bpm == 240.0
    assert "<TEMPO>240</TEMPO>" in read_tags(wav).ixml
    assert [(note.start_ticks, note.pitch) for note in notes_of(midi)] == [
        (at, 52) for at in range(0, BAR, 960)
    ]


def test_a_clip_sounds_as_in_the_song_even_when_its_track_is_muted(song, handed):
    muted = song.with_track(song.track("vox").muted_as(muted=True))

    (clip,) = handed(muted, Clips(("c4",)))
    (stem,) = handed(song, Stem("vox"))

    sound = read_audio(clip)[0]
    assert np.abs(sound - read_audio(stem)[0][BAR_FRAMES : 2 * BAR_FRAMES]).max() < 1e-6
    assert np.abs(sound).max() > 0.01


def test_a_stem_sounds_though_its_group_is_muted_and_another_track_soloed(song, handed):
    silenced = song.with_track(song.track("group").muted_as(muted=True))
    silenced = silenced.with_track(song.track("vox").soloed_as(soloed=True))

    (path,), (usual,) = handed(silenced, Stem("bass")), handed(song, Stem("bass"))

    assert np.array_equal(read_audio(path)[0], read_audio(usual)[0])
    assert np.abs(read_audio(path)[0]).max() > 0.01


def test_clips_of_several_tracks_line_up(song, handed):
    bass, vox = handed(song, Clips(("c1", "c4")))

    assert (bass.name, vox.name) == ("01_low_240bpm_Fm.wav", "03_vox_240bpm_Fm.wav")
    assert {len(read_audio(path)[0]) for path in (bass, vox)} == {2 * BAR_FRAMES}


def test_bars_of_the_mix_are_what_is_heard_there(song, folder, handed, tmp_path):
    RenderProject(folder, tmp_path / "mix.wav", first_bar=2, last_bar=2).run()

    (path,) = handed(song, Bars(2, 2))

    assert path.name == "00_night-drive-bar-2_240bpm_Fm.wav"
    assert path.read_bytes() == (tmp_path / "mix.wav").read_bytes()


def test_bars_of_tracks_are_a_file_for_each(song, handed):
    paths = handed(song, Bars(1, 2, ("drums", "bass")))

    assert [path.name for path in paths] == [
        "01_bass-bars-1-2_240bpm_Fm.wav",
        "02_drums-bars-1-2_240bpm_Fm.wav",
    ]


def test_the_mix_as_midi_holds_every_track_of_notes(song, handed):
    (path,) = handed(song, Mix(), "midi")

    assert path.name == "00_night-drive_240bpm_Fm.mid"
    assert [track.name for track in mido.MidiFile(path).tracks] == ["Night Drive", "Bass", "Drums"]


def test_a_bus_hands_over_all_that_plays_into_it(song, handed):
    group, bass = handed(song, Stem("group"))[0], handed(song, Stem("bass"))[0]

    assert group.name == "04_group_240bpm_Fm.wav"
    assert np.abs(read_audio(group)[0]).max() > 0.05
    assert len(read_audio(group)[0]) == len(read_audio(bass)[0])


def test_a_song_that_was_never_saved_hands_over_from_the_users_data(song):
    song = song.without_track("vox")

    (path,) = RenderHandOver(song, None, Stem("drums")).run()

    assert path.is_relative_to(user_data_folder() / "exports" / song.id)


@pytest.mark.parametrize(
    ("part", "kinds", "says"),
    [
        (Stem("gone"), ("wav",), "no longer in the song"),
        (Clips(("c1", "gone")), ("wav",), "no longer in the song"),
        (Clips(()), ("wav",), "no longer in the song"),
        (Stem("vox"), ("midi",), "no notes"),
        (Bars(2, 9), ("wav",), "bar 9 is behind its end"),
    ],
)
def test_what_cannot_be_handed_over_is_told(song, handed, folder, part, kinds, says):
    with pytest.raises(UserInputError, match=says):
        handed(song, part, *kinds)

    assert not (folder / "exports").exists()


def test_an_empty_track_has_nothing_to_hand_over(song, handed):
    empty = song.with_track(msgspec.structs.replace(song.track("bass"), clips=()))

    with pytest.raises(UserInputError, match="“Bass” plays nothing"):
        handed(empty, Stem("bass"))


def test_a_missing_file_is_told_before_anything_is_written(song, folder, handed):
    (folder / "audio" / "vox.wav").unlink()

    with pytest.raises(UserInputError, match="is missing"):
        handed(song, Stem("vox"))


def test_a_stopped_drag_leaves_no_half_file(song, folder):
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        RenderHandOver(song, folder, Mix()).run(stop=stop)

    assert [path for path in (folder / "exports").rglob("*") if path.is_file()] == []


def test_an_excerpt_begins_with_the_chord_and_the_section_that_hold_there(song):
    song = msgspec.structs.replace(
        song,
        chords=(ChordChange(0, BAR, "Fm"), ChordChange(BAR, BAR, "Db")),
        sections=(Section("s1", "verse", 0, BAR), Section("s2", "chorus", BAR, 4 * BAR)),
    )

    part = excerpt(song, BAR // 2, 2 * BAR)

    assert part.chords == (ChordChange(0, BAR // 2, "Fm"), ChordChange(BAR // 2, BAR, "Db"))
    assert part.sections == (Section("s1", "verse", 0, BAR // 2), Section("s2", "chorus", BAR // 2, BAR))


def test_an_excerpt_has_the_tempo_meter_and_key_of_its_place(song):
    song = msgspec.structs.replace(
        song,
        tempo_map=TempoMap((TempoPoint(0, 100.0, ramp=True), TempoPoint(2 * BAR, 200.0))),
        meter_map=MeterMap(
            (MeterChange(1, Meter(4, 4)), MeterChange(2, Meter(3, 4)), MeterChange(3, Meter(6, 8)))
        ),
        markers=(Marker("m1", "A", 0), Marker("m2", "B", BAR)),
    )

    part = excerpt(song, BAR, 2 * BAR)

    assert part.tempo_map == TempoMap((TempoPoint(0, 150.0, ramp=True), TempoPoint(BAR, 200.0)))
    assert part.meter_map == MeterMap((MeterChange(1, Meter(3, 4)), MeterChange(2, Meter(6, 8))))
    assert [key.key for key in part.keys] == ["F minor"]
    assert [(marker.name, marker.tick) for marker in part.markers] == [("B", 0)]
    assert [clip.start_ticks for clip in part.track("bass").clips] == [0]
    assert part.track("drums").clips[0].sounding_notes()[0].start_ticks == 0


@pytest.mark.parametrize(("part", "takes"), [(Stem("bass"), ["Take 1"]), (Mix(), ["Take 1", "Take 2"])])
def test_the_rights_of_what_is_handed_over_lie_beside_it(song, folder, part, takes):
    (file,) = RenderHandOver(song, folder, part).run()

    rights = json.loads((file.parent / "rights.json").read_bytes())
    assert [take["name"] for take in rights["takes"]] == takes
    assert rights["commercial_use"] is (takes == ["Take 1"])
    assert (file.parent / "RIGHTS.md").is_file()
