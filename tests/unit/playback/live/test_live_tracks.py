"""A track under the fingers: through its strip, at its level, and never a click when the strip changes."""

import numpy as np
import pytest

from musicgen_desktop.instruments import make_live_instrument
from musicgen_desktop.music import Patch
from musicgen_desktop.playback.live import LiveTrack, MidiEvent, _live_strip
from musicgen_desktop.playback.mixer import InsertSettings, SendSettings, StripSettings, resolve_parameters

RATE = 48_000


def a_track(settings=None, *, preset="soft_sine_lead", **options):
    instrument = make_live_instrument(Patch("synth", preset=preset), RATE)
    return LiveTrack("track", instrument, settings or StripSettings("track"), RATE, **options)


def strike(track, pitch=60, channel=0):
    return track.hear(MidiEvent(0.0, bytes((0x90 | channel, pitch, 100))))


def rendered(track, blocks, frames=256):
    return np.concatenate([track.render(frames) for _ in range(blocks)])


def rms_db(audio):
    return 10 * np.log10(np.mean(np.square(audio, dtype=np.float64)) + 1e-30)


def an_insert(effect, **parameters):
    return InsertSettings(effect, effect, resolve_parameters(effect, parameters))


def test_the_strip_is_heard_without_its_ways_to_other_strips():
    settings = StripSettings(
        "track", gain_db=-6.0, pan=1.0, output="bus", sends=(SendSettings("send", "hall"),), arrival_frames=99
    )
    plain, placed = a_track(), a_track(settings)
    strike(plain)
    strike(placed)

    dry, wet = rendered(plain, 40), rendered(placed, 40)

    assert not np.any(wet[:, 0])
    assert np.allclose(wet[:, 1], dry[:, 1] * 10 ** (-6 / 20), atol=1e-6)


def test_inserts_are_heard():
    settings = StripSettings("track", inserts=(an_insert("gain", gain_db=-12.0),))
    plain, quiet = a_track(), a_track(settings)
    strike(plain)
    strike(quiet)

    difference = rms_db(rendered(quiet, 40)) - rms_db(rendered(plain, 40))

    assert difference == pytest.approx(-12.0, abs=0.1)


@pytest.mark.parametrize(
    ("settings", "heard"),
    [
        (StripSettings("track", gain_db=-20.0), True),
        (StripSettings("track", inserts=(an_insert("gain", gain_db=-20.0),)), True),
        (StripSettings("track"), False),
    ],
)
def test_a_change_of_the_strip_does_not_click(settings, heard):
    track = a_track()
    strike(track, pitch=45)
    steady = rendered(track, 100)

    track.set_strip(track.prepare_strip(settings, heard=heard))
    changed = rendered(track, 100)

    both = np.concatenate((steady[-4000:], changed))
    assert np.max(np.abs(np.diff(both, 3, axis=0))) < 3 * np.max(np.abs(np.diff(steady[-4000:], 3, axis=0)))
    assert rms_db(changed[-4000:]) < rms_db(steady[-4000:]) - 15


def test_effects_are_made_before_the_thread_that_plays_is_told(monkeypatch):
    track = a_track()
    prepared = track.prepare_strip(StripSettings("track", inserts=(an_insert("gain", gain_db=-20.0),)))
    strike(track)
    loud = rendered(track, 40)
    monkeypatch.setattr(_live_strip, "Strip", None)

    track.set_strip(prepared)
    quiet = rendered(track, 40)

    assert rms_db(quiet[1000:]) < rms_db(loud) - 15


def test_of_changes_that_wait_together_the_last_one_holds():
    track = a_track()
    quiet = track.prepare_strip(StripSettings("track", gain_db=-60.0))
    as_before = track.prepare_strip(StripSettings("track"))
    strike(track)

    track.set_strip(quiet)
    track.set_strip(as_before)

    assert rms_db(rendered(track, 40)) > -40


def test_a_muted_track_is_heard_again_where_its_hand_is():
    track = a_track(heard=False)
    strike(track)
    silence = rendered(track, 20)

    track.set_strip(track.prepare_strip(StripSettings("track")))
    sound = rendered(track, 20)

    assert not np.any(silence)
    assert rms_db(sound) > -40


def test_only_its_channel_is_heard():
    track = a_track(channel=2)

    assert not strike(track, channel=1)
    assert strike(track, channel=2)


@pytest.mark.parametrize("data", [b"\xa0\x3c\x40", b"\xc0\x05", b"\xd0\x40", b"\xb0\x05\x7f"])
def test_what_no_instrument_knows_is_passed_over(data):
    track = a_track()

    struck = track.hear(MidiEvent(0.0, data))

    assert not struck
    assert not np.any(rendered(track, 4))


def test_the_wheel_and_the_pedal_reach_the_instrument():
    track = a_track()
    for data in (b"\xb0\x40\x7f", b"\x90\x3c\x64", b"\x80\x3c\x00", b"\xe0\x7f\x7f"):
        track.hear(MidiEvent(0.0, data))

    rendered(track, 100)
    sound = rendered(track, 32)[:8192, 0]

    spectrum = np.abs(np.fft.rfft(sound * np.hanning(8192)))
    assert np.argmax(spectrum) * RATE / 8192 == pytest.approx(261.63 * 2 ** (2 / 12), rel=0.02)
