"""What the files of a song say of their rights."""

import shutil

import pytest

from musicgen_desktop.document import AudioClip, AudioSource, NotesClip, Origin, Project, Take, Track
from musicgen_desktop.foundation import resources_folder
from musicgen_desktop.music import Patch
from musicgen_desktop.session.controllers._song_rights import SongRights

OURS = Take("t", "Take 1", "composer", licence="The notes are yours. The sounds: built-in synthesizer.")
THEIRS = Origin("rain.wav", "CC-BY-NC 4.0")


@pytest.fixture
def song():
    """A bass of ours, a lead that was drawn, rain of others; all but the rain into a group."""
    source = AudioSource("s", "rain", "audio/rain.wav", "", 48_000, 1, 48_000, (THEIRS,))
    song = Project.new("Song").with_take(OURS).with_source(source)
    patch = Patch("general_midi", program=33)
    for track in (
        Track(
            "bass", "Bass", "notes", clips=(NotesClip("b", "", 0, 1, take_id="t"),), patch=patch, output="g"
        ),
        Track("lead", "Lead", "notes", clips=(NotesClip("l", "", 0, 1),), output="g"),
        Track("rain", "Rain", "audio", clips=(AudioClip("r", "", 0, 1, "s"),)),
        Track("g", "Group", "bus"),
    ):
        song = song.with_track(track)
    return song


def test_the_mix_says_that_nobody_knows_and_names_the_file(song):
    told = SongRights(song, None, None).of_song()

    assert told.commercial_use is None
    assert told.licence == f"The notes are yours. The sounds: built-in synthesizer. {THEIRS.sentence}"


def test_a_stem_speaks_of_its_own_track_alone(song):
    rights = SongRights(song, None, None)

    told = {track.name: rights.of_track(track).commercial_use for track in song.tracks}

    assert told == {"Bass": True, "Lead": True, "Rain": None, "Group": True}
    assert rights.of_track(song.track("lead")).licence == "The sounds: built-in synthesizer."


def test_the_stem_of_a_muted_track_is_judged_too(song):
    rain = song.track("rain").muted_as(muted=True)
    rights = SongRights(song.with_track(rain), None, None)

    assert rights.of_track(rain).commercial_use is None
    assert rights.of_song().commercial_use is True


def test_the_font_that_plays_now_is_judged_not_that_of_the_day_of_composing(song, tmp_path):
    shipped = next((resources_folder() / "soundfonts").glob("*.sf3"))
    own = shutil.copy(shipped, tmp_path / "own.sf3")

    told = SongRights(song, None, own).of_track(song.track("bass"))

    assert told.commercial_use is False
    assert "“own.sf3”" in told.licence


def test_a_recording_of_ones_own_says_so(song):
    source = AudioSource("v", "vox", "audio/vox.wav", "", 48_000, 1, 48_000, ())
    vox = Track("vox", "Vox", "audio", clips=(AudioClip("v", "", 0, 1, "v"),))
    song = song.with_source(source).with_track(vox)

    told = SongRights(song, None, None).of_track(vox)

    assert (told.licence, told.commercial_use) == (
        "Your own: drawn, played or recorded with this program.",
        True,
    )
