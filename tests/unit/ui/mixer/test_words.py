import msgspec

from musicgen_desktop.document import Frozen
from musicgen_desktop.ui.mixer._parts import MUTE, NAME, PEAK, Part
from musicgen_desktop.ui.mixer._words import words_of


def test_the_badges_of_a_name_are_told_in_words(song_project):
    track = msgspec.structs.replace(
        song_project.track_of("bass"), polarity_inverted=True, trim_db=-3.0, frozen=Frozen("source-1", "hash")
    )

    said = words_of(track, NAME)

    assert said.startswith("Bass")
    assert "Frozen" in said
    assert "Polarity inverted" in said
    assert "−3.0 dB" in said


def test_a_clip_light_says_how_high_it_was(song_project):
    track = song_project.track_of("bass")

    assert "Clipped" in words_of(track, PEAK, top_db=1.2)
    assert "+1.2 dB" in words_of(track, PEAK, top_db=1.2)
    assert "Clipped" not in words_of(track, PEAK, top_db=-1.2)


def test_a_switch_says_its_state(song_project):
    track = song_project.track_of("bass")

    assert words_of(track, MUTE) != words_of(track.muted_as(True), MUTE)  # noqa: FBT003


def test_an_effect_says_whether_it_is_bypassed(song_project):
    track = song_project.track_of("bass")
    insert = track.inserts[0]
    off = track.with_insert(msgspec.structs.replace(insert, bypassed=True))

    assert words_of(track, Part("insert", insert.id)) == "Equalizer"
    assert "bypassed" in words_of(off, Part("insert", insert.id))
