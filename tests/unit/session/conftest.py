"""A small take that needs no engine."""

import pytest

from musicgen_desktop.generation import NotesTake, PlacedChord, Provenance, Stem
from musicgen_desktop.music import Chord, Key, Note, Patch
from musicgen_desktop.timing import Meter, MeterMap, TempoMap

BAR = 3840


@pytest.fixture
def a_take():
    """Makes takes of two bars whose bass plays one note in the first."""

    def make(source="general_midi", pitch=40):
        patch = Patch(source=source, preset="fat_bass", program=33)
        return NotesTake(
            title="Test",
            tempo_map=TempoMap.constant(100.0),
            meter_map=MeterMap.constant(Meter(4, 4)),
            key=Key.parse("C"),
            bars=2,
            style="pop",
            chords=(PlacedChord(0, 2 * BAR, Chord.parse("C")),),
            sections=(),
            stems=(Stem("Bass", "bass", patch, (Note(0, 960, pitch, 90),)),),
            returns=(),
            master=(),
            provenance=Provenance(
                engine="composer",
                model="",
                licence="The notes are yours.",
                commercial_use=True,
                seed=1,
                prompt="",
                request={"prompt": "", "seed": 1},
                versions={},
            ),
        )

    return make
