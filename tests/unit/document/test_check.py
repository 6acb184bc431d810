"""What a project may not be."""

import math

import msgspec
import pytest

from musicgen_desktop.document import (
    AudioClip,
    AudioSource,
    Automation,
    AutomationPoint,
    BadProjectError,
    Frozen,
    Insert,
    Marker,
    NotesClip,
    Project,
    Section,
    Send,
    Take,
    Track,
    check_project,
)
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import Note


def a_track(track_id="a", **changes):
    return Track(**{"id": track_id, "name": "Bass", "kind": "notes"} | changes)


def a_bus(track_id, **changes):
    return a_track(track_id, name=track_id, kind="bus", **changes)


def a_clip(clip_id="c", **changes):
    return NotesClip(**{"id": clip_id, "name": "Riff", "start_ticks": 0, "length_ticks": 960} | changes)


def a_source(path="audio/x.wav", **changes):
    plain = {
        "id": "s",
        "name": "x",
        "path": path,
        "content_hash": "",
        "rate": 48000,
        "channels": 2,
        "frames": 9,
    }
    return AudioSource(**plain | changes)


def a_project(*tracks, **changes):
    return msgspec.structs.replace(Project.new("Song"), tracks=tracks, **changes)


BAD = {
    "pan": (a_project(a_track(pan=1.5)), "Track “Bass”: the pan 1.5 does not lie between -1 and 1"),
    "gain not a number": (a_project(a_track(gain_db=math.nan)), "gain"),
    "gain infinite": (a_project(a_track(gain_db=-math.inf)), "gain"),
    "trim": (a_project(a_track(trim_db=1000.0)), "trim"),
    "color": (a_project(a_track(color="red")), "color"),
    "rate": (a_project(rate=0), "sample rate"),
    "enormous rate": (a_project(rate=10**400), "sample rate"),
    "song end": (a_project(end_ticks=-1), "end"),
    "section": (a_project(sections=(Section("s", "Verse", 0, 0),)), "Section “Verse”: the length"),
    "intensity": (a_project(sections=(Section("s", "Verse", 0, 9, 1.5),)), "intensity"),
    "marker": (a_project(markers=(Marker("m", "Here", -1),)), "tick"),
    "two markers": (a_project(markers=(Marker("m", "a", 1), Marker("m", "b", 2))), "two markers with one id"),
    "two tracks": (a_project(a_track("a"), a_track("a")), "two tracks with one id"),
    "track called master": (a_project(a_track("master")), "two tracks with one id"),
    "empty id": (a_project(a_track("")), "id that is empty"),
    "two clips": (
        a_project(a_track("a", clips=(a_clip(),)), a_track("b", clips=(a_clip(),))),
        "two clips with one id",
    ),
    "long name": (a_project(a_track(name="x" * 5000)), "name longer"),
    "unwritable name": (a_project(a_track(name="\udc80")), "cannot be written"),
    "clip length": (a_project(a_track(clips=(a_clip(length_ticks=0),))), "Clip “Riff” on track “Bass”"),
    "clip start": (a_project(a_track(clips=(a_clip(start_ticks=-1),))), "start"),
    "clip on a bus": (a_project(a_bus("a", clips=(a_clip(),))), "cannot play"),
    "notes on an audio track": (a_project(a_track(kind="audio", clips=(a_clip(),))), "cannot play"),
    "far note": (a_project(a_track(clips=(a_clip(notes=(Note(2**40, 1, 60, 1),)),))), "last note's end"),
    "loop length": (a_project(a_track(clips=(a_clip(loop_length_ticks=0),))), "loop length"),
    "loop of a billion rounds": (
        a_project(a_track(clips=(a_clip(length_ticks=2**31, loop_length_ticks=1),))),
        "more than the 2000000 allowed",
    ),
    "unknown file": (
        a_project(a_track(kind="audio", clips=(AudioClip("c", "Vox", 0, 9, "nowhere"),))),
        "audio file that the project does not list",
    ),
    "negative offset": (
        a_project(
            a_track(kind="audio", clips=(AudioClip("c", "Vox", 0, 9, "s", -1),)), sources=(a_source(),)
        ),
        "offset",
    ),
    "unknown output": (a_project(a_track(output="nowhere")), "bus that does not exist"),
    "unknown send": (a_project(a_track(sends=(Send("s", "nowhere"),))), "bus that does not exist"),
    "send to master": (a_project(a_track(sends=(Send("s", "master"),))), "bus that does not exist"),
    "output is no bus": (a_project(a_track("a", output="b"), a_track("b")), "not a bus"),
    "send to itself": (a_project(a_bus("a", sends=(Send("s", "a"),))), "sends to itself"),
    "circle": (a_project(a_bus("a", output="b"), a_bus("b", sends=(Send("s", "a"),))), "circle"),
    "master with an output": (
        a_project(a_bus("a"), master=Track("master", "Master", "master", output="a")),
        "master track",
    ),
    "second master": (a_project(a_track("a", kind="master")), "one master only"),
    "too many inserts": (
        a_project(a_track(inserts=tuple(Insert(str(i), "gain") for i in range(65)))),
        "inserts",
    ),
    "insert value": (
        a_project(a_track(inserts=(Insert("i", "gain", parameters={"db": math.inf}),))),
        "gain db",
    ),
    "automation target": (a_project(a_track(automation=(Automation("c", "colour"),))), "cannot be automated"),
    "automation of nothing": (
        a_project(a_track(automation=(Automation("c", "insert:i:wet"),))),
        "which it does not have",
    ),
    "automation order": (
        a_project(
            a_track(automation=(Automation("c", "pan", (AutomationPoint(9, 0.0), AutomationPoint(0, 0.0))),))
        ),
        "follow each other",
    ),
    "frozen as nothing": (a_project(a_track(frozen=Frozen("s", "hash"))), "frozen as an audio file"),
    "frozen bus": (
        a_project(a_bus("a", frozen=Frozen("s", "hash")), sources=(a_source(),)),
        "only tracks with clips",
    ),
    "frozen before the song": (
        a_project(a_track(frozen=Frozen("s", "hash", -1)), sources=(a_source(),)),
        "frozen sound's start",
    ),
    "frozen of nothing": (a_project(a_track(frozen=Frozen("s", "")), sources=(a_source(),)), "id that is"),
    "made from nothing": (a_project(takes=(Take("t", "T", "bounce", made_from=("",)),)), "id that is empty"),
    "seed": (a_project(takes=(Take("t", "Take", "composer", seed=2**70),)), "seed"),
    "request not a number": (
        a_project(takes=(Take("t", "Take", "composer", request={"x": math.nan}),)),
        "request",
    ),
    "request of an object": (
        a_project(takes=(Take("t", "Take", "composer", request={"x": object()}),)),
        "request",
    ),
    "measured": (a_project(takes=(Take("t", "Take", "composer", measured={"bpm": math.inf}),)), "measured"),
}


@pytest.mark.parametrize(("project", "words"), BAD.values(), ids=BAD)
def test_a_project_that_makes_no_sense_is_refused_in_one_sentence(project, words):
    with pytest.raises(BadProjectError) as caught:
        check_project(project)

    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, UserInputError)


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../x.wav",
        "audio/../../x.wav",
        "C:/x.wav",
        "C:x.wav",
        "\\\\host\\x",
        "a\\b",
        "~/x",
        "",
        ".",
    ],
)
def test_an_audio_file_outside_the_folder_is_refused(path):
    project = a_project(sources=(a_source(path),))

    with pytest.raises(BadProjectError, match="outside the project folder"):
        check_project(project)

    check_project(project, collected=False)


def test_a_full_project_passes():
    audio = a_track("v", kind="audio", clips=(AudioClip("c2", "Vox", 0, 960, "s"),), output="bus")
    curves = (Automation("x", "insert:i:wet", (AutomationPoint(0, 0.5),)), Automation("y", "send:s:gain_db"))
    notes = a_track(
        clips=(a_clip(notes=(Note(0, 9, 60, 100),), loop_length_ticks=480),),
        inserts=(Insert("i", "reverb", parameters={"wet": 0.5}),),
        sends=(Send("s", "bus"),),
        automation=curves,
    )
    request = {"prompt": "x", "bars": 8, "chords": [["Am"], None], "deep": {"yes": True}}
    take = Take("t", "Take", "composer", request=request, measured={"bpm": 92.0, "ok": True})
    project = a_project(notes, audio, a_bus("bus"), sources=(a_source(),), takes=(take,))

    check_project(project)

    assert project.track("bus").kind == "bus"


def test_a_long_row_of_buses_is_walked_without_recursion():
    row = [a_bus(f"b{i}", output=f"b{i + 1}") for i in range(999)]

    check_project(a_project(*row, a_bus("b999")))

    with pytest.raises(BadProjectError, match="circle"):
        check_project(a_project(*row, a_bus("b999", output="b0")))


def test_a_check_after_an_edit_finds_what_the_edit_broke():
    good = a_project(a_track("a", clips=(a_clip(),)), a_track("b"))
    worse = good.with_track(good.track("b").with_clip(a_clip("c")))

    with pytest.raises(BadProjectError, match="two clips"):
        check_project(worse, known=good)


def test_a_check_after_an_edit_finds_a_file_that_went():
    clip = AudioClip("c", "Vox", 0, 9, "s")
    good = a_project(a_track("a", kind="audio", clips=(clip,)), sources=(a_source(),))
    worse = msgspec.structs.replace(good, sources=())

    with pytest.raises(BadProjectError, match="does not list"):
        check_project(worse, known=good)


def test_a_check_after_an_edit_finds_a_frozen_sound_that_went():
    good = a_project(a_track(frozen=Frozen("s", "hash")), sources=(a_source(),))

    with pytest.raises(BadProjectError, match="does not list"):
        check_project(good.without_source("s"), known=good)


def test_a_check_after_an_edit_finds_clips_that_a_track_of_another_kind_cannot_play():
    good = a_project(a_track("a", clips=(a_clip(),)))
    worse = good.with_track(msgspec.structs.replace(good.track("a"), kind="audio"))

    with pytest.raises(BadProjectError, match="cannot play"):
        check_project(worse, known=good)


def test_a_check_after_an_edit_finds_one_clip_put_twice_on_its_track():
    good = a_project(a_track("a", clips=(a_clip("c"), a_clip("d"))))
    track = good.track("a")
    for twin in (a_clip("c", start_ticks=9), track.clips[0]):
        worse = good.with_track(msgspec.structs.replace(track, clips=(track.clips[0], twin)))
        with pytest.raises(BadProjectError, match="two clips"):
            check_project(worse, known=good)
