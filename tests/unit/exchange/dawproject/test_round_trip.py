"""A song that went out comes back the same, but for what the format cannot hold."""

import io

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Automation, AutomationPoint, NotesClip, Project, Track
from musicgen_desktop.exchange.dawproject import parse_dawproject, save_dawproject
from musicgen_desktop.generation import Request
from musicgen_desktop.generation.composer import Composer
from musicgen_desktop.music import Control, Note
from musicgen_desktop.session.controllers._project_of_take import project_of_take
from musicgen_desktop.timing import Meter, MeterChange, MeterMap, TempoMap, TempoPoint


def there_and_back(project, tmp_path, media_folder=None):
    path = tmp_path / "song.dawproject"
    save_dawproject(project, path, media_folder=media_folder or tmp_path)
    return parse_dawproject(io.BytesIO(path.read_bytes()), path)


def comparable(project):
    """The project with ids by their order, and without what the format has no place for: keys, chords, takes,
    armed tracks, the loop, the song's set end and its id."""
    ids = {}
    tracks = []
    sources = {source.id: f"source {number}" for number, source in enumerate(project.sources)}
    for number, track in enumerate(project.all_tracks):
        ids[track.id] = f"track {number}"
    for track in project.all_tracks:
        strip = {insert.id: f"i{n}" for n, insert in enumerate(track.inserts)}
        strip |= {send.id: f"s{n}" for n, send in enumerate(track.sends)}

        def renamed(target, strip=strip):
            words = target.split(":")
            return ":".join([words[0], strip[words[1]], *words[2:]]) if len(words) > 1 else target

        changes = {
            "id": ids[track.id],
            "output": ids.get(track.output),
            "armed": False,
            "inserts": tuple(msgspec.structs.replace(each, id=strip[each.id]) for each in track.inserts),
            "sends": tuple(
                msgspec.structs.replace(each, id=strip[each.id], target=ids[each.target])
                for each in track.sends
            ),
            "automation": tuple(
                sorted(
                    (Automation("", renamed(each.target), each.points) for each in track.automation),
                    key=lambda each: each.target,
                )
            ),
            "clips": tuple(
                msgspec.structs.replace(
                    clip,
                    id="",
                    take_id=None,
                    **(
                        {"controls": tuple(sorted(clip.controls, key=lambda each: each.tick))}
                        if isinstance(clip, NotesClip)
                        else {"source_id": sources[clip.source_id]}
                    ),
                )
                for clip in track.clips
            ),
        }
        tracks.append(msgspec.structs.asdict(track) | changes)
    return {
        "name": project.name,
        "rate": project.rate,
        "tempo": project.tempo_map.points,
        "meter": project.meter_map.changes,
        "sections": [msgspec.structs.replace(each, id="") for each in project.sections],
        "markers": [msgspec.structs.replace(each, id="") for each in project.markers],
        "sources": [(each.rate, each.channels, each.frames) for each in project.sources],
        "tracks": tracks,
    }


def assert_same(found, expected):
    for track, other in zip(found.pop("tracks"), expected.pop("tracks"), strict=True):
        for name, value in other.items():
            assert track[name] == value, (other["name"], name)
    assert found == expected


def test_a_song_with_one_of_everything_comes_back_equal(song, media_folder, tmp_path):
    told = there_and_back(song, tmp_path, media_folder)

    expected = comparable(song)
    # The one listed difference: a slope of 6.3 dB is drawn with a point at each decibel.
    found = comparable(told.project)
    for side in (expected, found):
        curves = side["tracks"][0]["automation"]
        side["tracks"][0]["automation"] = [curve for curve in curves if curve.target != "gain_db"]
    assert_same(found, expected)
    (remark,) = told.remarks
    assert remark.endswith("the track sounds without them: “Space on Bass & “Low” <1>”.")


def test_a_slope_in_decibels_sounds_the_same(tmp_path):
    points = (AutomationPoint(0, -60.0), AutomationPoint(9_600, 6.0, "hold"), AutomationPoint(9_600, -3.0))
    curve = Automation("a", "gain_db", points)
    project = Project.new("x").with_track(Track("t", "T", "bus", automation=(curve,)))

    told = there_and_back(project, tmp_path).project.tracks[0].automation[0]

    for tick in range(0, 9_600, 37):
        assert told.value_at(tick) == pytest.approx(curve.value_at(tick), abs=0.03)
    assert told.value_at(9_600) == pytest.approx(-3.0)


def test_what_a_sound_is_in_the_archive_is_the_path_of_its_source(song, media_folder, tmp_path):
    (source,) = there_and_back(song, tmp_path, media_folder).project.sources

    assert (source.path, source.content_hash) == ("audio/vox.wav", "")


def test_plain_tracks_go_out_and_in_whether_they_have_a_sound_or_clips_or_neither(tmp_path):
    clip = NotesClip("c", "C", 0, 3_840, (Note(0, 960, 60, 100),), (Control(0, "cc", 7, 5),))
    project = Project.new("x").with_track(Track("a", "Plain", "notes", color="#ffd54f", clips=(clip,)))
    project = msgspec.structs.replace(
        project, master=msgspec.structs.replace(project.master, color="#90a4ae")
    )
    for kind in ("notes", "audio", "bus"):
        project = project.with_track(Track(kind, kind, kind, color="#ffd54f", solo_safe=kind == "bus"))

    told = there_and_back(project, tmp_path)

    assert_same(comparable(told.project), comparable(project))
    assert told.remarks == ()


@pytest.mark.parametrize("offset", [-960, 0, 240, 4_000])
@pytest.mark.parametrize("loop", [None, 960, 1_440])
def test_clips_sound_the_same_wherever_they_begin(offset, loop, tmp_path):
    notes = tuple(Note(at, 300, 60 + at // 480, 90) for at in range(0, 3_840, 480))
    clip = NotesClip("c", "C", 960, 3_000, notes, content_offset_ticks=offset, loop_length_ticks=loop)
    project = Project.new("x").with_track(Track("t", "T", "notes", clips=(clip,)))

    (told,) = there_and_back(project, tmp_path).project.tracks[0].clips

    assert told.sounding_notes() == clip.sounding_notes()
    assert (told.start_ticks, told.length_ticks, told.loop_length_ticks) == (960, 3_000, loop)


def test_hundreds_of_buses_in_a_row_go_out_and_in(tmp_path):
    project = Project.new("x")
    for number in range(800):
        output = f"b{number - 1}" if number else None
        project = project.with_track(Track(f"b{number}", f"B{number}", "bus", color="#ffd54f", output=output))

    told = there_and_back(project, tmp_path).project

    names = {track.id: track.name for track in told.tracks}
    assert {track.name: names.get(track.output) for track in told.tracks} == {
        f"B{number}": f"B{number - 1}" if number else None for number in range(800)
    }


PROMPTS = (
    "lofi hip hop, 82 bpm, F minor",
    "techno, 128 bpm",
    "jazz waltz, 3/4, 140 bpm",
    "rock in 7/8",
    "ambient, slow",
    "drum and bass, 174 bpm",
)


@pytest.mark.parametrize("seed", range(6))
def test_composed_songs_come_back_equal(seed, tmp_path):
    rng = np.random.default_rng(seed)
    song = project_of_take(Composer().generate(Request(prompt=PROMPTS[seed], bars=8, seed=seed)))
    song = with_more(song, rng)

    told = there_and_back(song, tmp_path)

    assert_same(comparable(told.project), comparable(song))
    assert [remark for remark in told.remarks if "Copyright" not in remark] == []


def with_more(song, rng):
    """Ramps, 9/8 and 7/8, a group, and curves whose steps need no points between."""
    ticks = sorted({0, *(int(each) for each in rng.integers(1, 30_000, 5))})
    tempo = TempoMap(
        tuple(
            TempoPoint(tick, float(round(rng.uniform(60, 180), 3)), bool(rng.integers(2))) for tick in ticks
        )
    )
    meters = MeterMap((song.meter_map.changes[0], MeterChange(3, Meter(9, 8)), MeterChange(6, Meter(7, 8))))
    group = Track("group", "Group", "bus", color="#ffd54f", gain_db=-1.25)
    for track in [track for track in song.tracks if track.kind == "notes"][:2]:
        points = tuple(
            AutomationPoint(int(tick), float(round(rng.uniform(-40, 6), 2)), "hold")
            for tick in sorted(rng.integers(0, 30_000, 20))
        )
        pans = tuple(AutomationPoint(tick, float(round(rng.uniform(-1, 1), 3))) for tick in ticks)
        curves = (Automation("v", "gain_db", points), Automation("p", "pan", pans))
        song = song.with_track(msgspec.structs.replace(track, output="group", automation=curves))
    song = song.with_track(group, position=len([track for track in song.tracks if track.kind == "notes"]))
    for track in song.all_tracks:  # one without a colour leaves with the next of ours
        song = song.with_track(msgspec.structs.replace(track, color=track.color or "#4fc3f7"))
    return msgspec.structs.replace(song, tempo_map=tempo, meter_map=meters)
