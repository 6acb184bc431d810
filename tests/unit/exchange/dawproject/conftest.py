"""A song with one of everything that leaves for another program."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import (
    AudioClip,
    AudioSource,
    Automation,
    AutomationPoint,
    Insert,
    Marker,
    NotesClip,
    Project,
    Section,
    Send,
    Track,
)
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.music import Control, Note, Patch
from musicgen_desktop.timing import Meter, MeterChange, MeterMap, TempoMap, TempoPoint

RATE = 44_100


def curve(id_, target, *points):
    """Points are (tick, value) or (tick, value, how it goes on)."""
    return Automation(id_, target, tuple(AutomationPoint(*point) for point in points))


@pytest.fixture
def media_folder(tmp_path):
    folder = tmp_path / "Song.mgproj"
    (folder / "audio").mkdir(parents=True)
    sound = 0.1 * np.random.default_rng(3).standard_normal((RATE * 4, 2)).astype(np.float32)
    write_wav(folder / "audio" / "vox.wav", sound, RATE, 32)
    return folder


@pytest.fixture
def song(media_folder):
    """Eight bars with a tempo ramp and 7/8, a group, a return, curves, loops and fades."""
    path = media_folder / "audio" / "vox.wav"
    source = AudioSource("s1", "vox", "audio/vox.wav", content_hash(path), RATE, 2, RATE * 4)
    riff = tuple(Note(at, 220, 40 + at // 480, 1 + at // 40) for at in range(0, 3_360, 480))
    bass = Track(
        "bass",
        "Bass & “Low” <1>",
        "notes",
        role="bass",
        color="#3388ff",
        clips=(
            NotesClip("n1", "Riff", 0, 10_080, riff, content_offset_ticks=480, loop_length_ticks=3_360),
            NotesClip(
                "n2",
                "Moves",
                13_440,
                3_840,
                riff[:3],
                (
                    Control(0, "cc", 64, 127),
                    Control(960, "cc", 64, 0),
                    Control(100, "pitch_bend", 0, -8_192),
                    Control(700, "pitch_bend", 0, 0),
                    Control(800, "pressure", 0, 99),
                ),
                muted=True,
                color="#102030",
            ),
        ),
        patch=Patch("synth", preset="fat_bass", name="Fat Bass"),
        trim_db=-4.5,
        gain_db=-7.3,
        pan=-0.25,
        soloed=True,
        inserts=(
            Insert("i1", "compressor", "Glue", {"ratio": 3.0, "threshold_db": -18.5}, bypassed=True),
            Insert("i2", "vst3:ABCD", "Space", state=b"\0state\xff"),
        ),
        sends=(Send("x1", "room", -12.0), Send("x2", "room", -3.0, pre_fader=True, enabled=False)),
        output="group",
        automation=(
            curve("a1", "gain_db", (0, -7.3), (3_840, -7.3, "hold"), (7_680, -1.0)),
            curve("a2", "pan", (0, -1.0), (3_840, 0.5)),
            curve("a3", "insert:i1:mix", (0, 0.0, "hold"), (960, 1.0)),
            curve("a4", "send:x1:gain_db", (0, -12.0, "hold"), (960, -6.0, "hold")),
            curve("a5", "muted", (0, 0.0, "hold"), (1_920, 1.0, "hold")),
        ),
    )
    vox = Track(
        "vox",
        "Vox",
        "audio",
        color="#ff8a65",
        clips=(
            AudioClip(
                "w1", "Vox 1", 3_840, 1_920, "s1", 11_025, fade_in_ms=12.5, fade_out_ms=40.0, color="#abcdef"
            ),
            AudioClip("w2", "Vox 2", 5_760, 961, "s1", 7, muted=True),
        ),
        gain_db=3.25,
        muted=True,
        output="group",
    )
    project = Project.new("Night Drive", rate=RATE)
    for track in (
        bass,
        vox,
        Track("group", "Group", "bus", color="#ffd54f", gain_db=-2.0),
        Track("room", "Room", "bus", color="#aed581", solo_safe=True),
    ):
        project = project.with_track(track)
    return msgspec.structs.replace(
        project.with_source(source),
        tempo_map=TempoMap(
            (TempoPoint(0, 100.0, ramp=True), TempoPoint(7_680, 140.5), TempoPoint(9_600, 92.0))
        ),
        meter_map=MeterMap((MeterChange(1, Meter(4, 4)), MeterChange(3, Meter(7, 8)))),
        sections=(Section("e1", "Verse", 0, 7_680, 0.25), Section("e2", "Drop", 7_680, 6_720, 0.9)),
        markers=(Marker("m1", "Here", 960),),
        master=msgspec.structs.replace(project.master, gain_db=-1.5, color="#90a4ae"),
    )
