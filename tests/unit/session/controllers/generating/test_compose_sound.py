"""Songs of sound in a folder, and takes of a project that go on."""

from pathlib import Path

import msgspec

from musicgen_desktop.foundation import StopFlag
from musicgen_desktop.media import read_info
from musicgen_desktop.session.controllers.generating import (
    ComposeSound,
    GenerateSound,
    ResumeSound,
    SoundWish,
    TakesShelf,
    Wish,
    keep,
)
from musicgen_desktop.storage import open_project, save_project
from tests.fakes.sound_maker import SoundMakerFake

WISH = Wish(prompt="slow piano", engine="musicgen", model="tiny", seconds=4.0)


def test_a_song_whose_name_begins_like_a_takes_id_goes_on(tmp_path):
    wish = msgspec.structs.replace(WISH, prompt="take-off")
    (short,) = ComposeSound(SoundMakerFake(stop_after=2), wish, tmp_path / "song").run()

    longer = ResumeSound(SoundMakerFake(), Path(short.folder) / short.project).run()

    assert (short.stopped, longer.stopped) == (True, False)
    assert read_info(tmp_path / "song" / "mix.wav").frames == 4 * 48_000


def test_a_take_along_a_track_of_the_project_goes_on_along_it(tmp_path, song):
    place = tmp_path / "Song.mgproj"
    save_project(song, place)
    track = next(track for track in song.tracks if track.role == "bass")
    wish = msgspec.structs.replace(WISH, seconds=None, sound=SoundWish(melody_track=track.id))
    client = SoundMakerFake(follows_melody=True, stop_after=2)
    (short,) = GenerateSound(client, wish, place, song).run(stop=StopFlag())
    TakesShelf(place).add(short)
    save_project(keep(song, short, folder=place).project, place)

    client = SoundMakerFake(follows_melody=True)
    longer = ResumeSound(client, place / short.id).run()

    (request,) = client.requests
    assert request.melody is not None
    assert request.tokens == (b"\1\0",)
    assert not longer.stopped
    project = open_project(place).project
    (clip,) = next(each for each in project.tracks if each.kind == "audio").clips
    assert (clip.take_id, clip.end_ticks) == (longer.take, song.length_ticks)
