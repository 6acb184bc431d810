"""A small song to edit."""

import msgspec
import pytest

from musicgen_desktop.document import (
    AudioClip,
    AudioSource,
    Automation,
    AutomationPoint,
    ChordChange,
    Insert,
    KeyChange,
    NotesClip,
    Project,
    Section,
    Send,
    Track,
)
from musicgen_desktop.music import Note

BAR = 3840


@pytest.fixture
def small_song():
    """120 BPM in 4/4: keys and bass with notes, voice and guitar with audio, a reverb bus, two sections.

    At 120 BPM a bar lasts two seconds, 96 000 frames of the voice's eight-second file.
    """
    notes = (Note(0, 960, 60, 90), Note(1920, 1920, 64, 80))
    keys = Track(
        "keys",
        "Keys",
        "notes",
        color="#ff8a65",
        clips=(
            NotesClip("k1", "Verse keys", 0, BAR, notes=notes),
            NotesClip("k2", "Chorus keys", BAR, BAR, notes=notes),
        ),
        inserts=(Insert("eq", "equalizer"), Insert("comp", "compressor")),
        sends=(Send("wet", "reverb"),),
        automation=(
            Automation("fade", "gain_db", (AutomationPoint(0, -12.0), AutomationPoint(4 * BAR, 0.0))),
            Automation("bright", "insert:eq:high_shelf_db", (AutomationPoint(BAR, 3.0),)),
        ),
    )
    voice = AudioClip("v1", "Voice", BAR, BAR, "file", source_offset_frames=96_000)
    project = Project.new("Song")
    return msgspec.structs.replace(
        project,
        keys=(KeyChange(0, "C major"),),
        chords=(ChordChange(0, BAR, "C"), ChordChange(BAR, BAR, "Am")),
        sections=(Section("verse", "Verse", 0, BAR), Section("chorus", "Chorus", BAR, BAR)),
        sources=(AudioSource("file", "Voice", "audio/voice.wav", "hash", 48_000, 1, 8 * 48_000),),
        tracks=(
            keys,
            Track("bass", "Bass", "notes", clips=(NotesClip("b1", "Bass", 0, 2 * BAR, notes=notes),)),
            Track("voice", "Voice", "audio", clips=(voice,)),
            Track("guitar", "Guitar", "audio"),
            Track("reverb", "Reverb", "bus"),
        ),
    )
