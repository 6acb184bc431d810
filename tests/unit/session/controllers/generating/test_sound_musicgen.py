"""MusicGen with a tiny model in its own process: a take that goes on, and bars that are made again."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import StopFlag
from musicgen_desktop.media import read_audio
from musicgen_desktop.playback.offline import render_mix
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.session.controllers.generating import (
    GenerateSound,
    RemakeRange,
    SoundClient,
    Wish,
    keep,
    resumed,
)
from tests.fakes.tiny_musicgen import install_tiny


@pytest.fixture
def client():
    client = SoundClient()
    yield client
    client.close()


def test_a_stopped_take_goes_on_to_what_it_would_have_been_and_its_bars_are_made_again(client, tmp_path):
    model = install_tiny(tmp_path / "tiny")
    wish = Wish(prompt="warm piano", engine="musicgen", model=model, bars=16, tempo=97.0, seed=7)
    stop = StopFlag()

    def sound(take):
        return read_audio(tmp_path / take.project.sources[0].path)[0]

    (short,) = GenerateSound(client, wish, tmp_path, preview=lambda *_: stop.set()).run(stop=stop)
    (longer,) = GenerateSound(client, resumed(short), tmp_path).run()
    (whole,) = GenerateSound(client, wish, tmp_path).run()

    assert len(sound(short)) < len(sound(whole))
    np.testing.assert_allclose(sound(longer), sound(whole), atol=1e-6)

    song = keep(Project.new("Untitled"), whole, folder=tmp_path).project
    mode = RemakeRange((), 5, 6, song.tracks[0].id)
    (remade,) = GenerateSound(
        client, msgspec.structs.replace(wish, bars=None, mode=mode), tmp_path, song
    ).run()
    again = keep(song, remade, folder=tmp_path).project
    old, new = (
        render_mix(compile_plan(each, media_folder=tmp_path, soundfont=None)) for each in (song, again)
    )
    first, last = (song.tempo_map.frame_at(song.meter_map.tick_of_bar(bar), 48_000) for bar in (5, 7))
    step = 960
    np.testing.assert_allclose(new[:first], old[:first], atol=2e-6)
    np.testing.assert_allclose(new[last + step + 1 :], old[last + step + 1 :], atol=2e-6)
    assert np.abs(new - old)[first + step : last].max() > 0.0
    assert remade.take.measured["worst_seam_dbfs"] <= -40.0
