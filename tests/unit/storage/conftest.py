"""A project that holds one of everything."""

import pytest

from musicgen_desktop.document import (
    AudioClip,
    AudioSource,
    Automation,
    AutomationPoint,
    ChordChange,
    Insert,
    KeyChange,
    LoopRange,
    Marker,
    NotesClip,
    Project,
    Section,
    Send,
    Take,
    Track,
)
from musicgen_desktop.music import Control, Note, Patch
from musicgen_desktop.timing import Meter, MeterChange, MeterMap, TempoMap, TempoPoint


@pytest.fixture
def song():
    notes = NotesClip(
        id="c1",
        name="Riff",
        start_ticks=0,
        length_ticks=3840,
        notes=tuple(Note(i * 240, 120, 40 + i, 100) for i in range(16)),
        controls=(Control(0, "pitch_bend", 0, -100),),
        loop_length_ticks=1920,
        take_id="t1",
        color="#3388ff",
    )
    audio = AudioClip("c2", "Vox", 960, 1920, "s1", 480, -3.0, 5.0, 10.0, "s_curve", reversed=True)
    bass = Track(
        id="bass",
        name="Bässe “tief”",
        kind="notes",
        role="bass",
        clips=(notes,),
        patch=Patch("synth", preset="saw_lead"),
        inserts=(Insert("i1", "vst3:x", parameters={"wet": 0.1}, state=bytes(range(256))),),
        sends=(Send("x1", "bus", -12.5, pre_fader=True),),
        automation=(
            Automation("a1", "insert:i1:wet", (AutomationPoint(0, 1 / 3), AutomationPoint(960, 0.25))),
        ),
    )
    return Project(
        id="project-1",
        name="Song",
        tempo_map=TempoMap((TempoPoint(0, 82.5, ramp=True), TempoPoint(3840, 97.3))),
        meter_map=MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(3, Meter(7, 8)))),
        master=Track("master", "Master", "master", gain_db=-1.0),
        keys=(KeyChange(0, "F# minor"),),
        chords=(ChordChange(0, 3840, "F#m7b5/C"),),
        sections=(Section("e1", "Verse", 0, 3840, 0.7),),
        markers=(Marker("m1", "Here", 100),),
        tracks=(
            bass,
            Track("vox", "Vox", "audio", clips=(audio,), output="bus"),
            Track("bus", "Room", "bus"),
        ),
        sources=(AudioSource("s1", "vox", "audio/vox.wav", "blake2b-00", 48000, 1, 96000),),
        takes=(
            Take("t1", "Take 1", "composer", prompt="lo-fi", seed=7, request={"bars": 16, "x": [None, 0.5]}),
        ),
        loop=LoopRange(0, 3840, enabled=True),
        end_ticks=7680,
    )
