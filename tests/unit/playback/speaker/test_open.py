"""What opens, and what is said when it does not. Each machine has other devices: PortAudio is hidden here."""

import json
import subprocess
import sys

import pytest

from musicgen_desktop.playback.speaker import (
    NoSoundSystemError,
    SilentSpeaker,
    SpeakerSettings,
    needs_new_process,
    open_speaker,
)


@pytest.fixture
def _no_sound_system(monkeypatch):
    monkeypatch.setitem(sys.modules, "sounddevice", None)


@pytest.mark.usefixtures("_no_sound_system")
def test_without_a_sound_system_the_song_plays_silently_and_says_why():
    speaker = open_speaker(SpeakerSettings(rate=44100, device_frames=256))

    assert isinstance(speaker, SilentSpeaker)
    assert (speaker.rate, speaker.device_frames) == (44100, 256)
    assert "sounddevice is missing" in speaker.why_silent


@pytest.mark.usefixtures("_no_sound_system")
@pytest.mark.parametrize(
    "settings",
    [SpeakerSettings(device="Scarlett"), SpeakerSettings(host_api="JACK"), SpeakerSettings(inputs=1)],
)
def test_who_chose_a_device_or_wants_to_record_never_gets_silence(settings):
    with pytest.raises(NoSoundSystemError):
        open_speaker(settings)


@pytest.mark.usefixtures("_no_sound_system")
def test_a_process_that_never_opened_anything_needs_no_successor():
    assert not needs_new_process()


OPENING = """
import json
from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.speaker import SpeakerSettings, open_speaker
for settings in (
    SpeakerSettings(rate=96000), SpeakerSettings(device="no such"), SpeakerSettings(inputs=9),
    SpeakerSettings(first_output=7), SpeakerSettings(host_api="JACK", first_output=7),
    SpeakerSettings(host_api="JACK", inputs=9),
):
    try:
        speaker = open_speaker(settings)
        print(json.dumps([type(speaker).__name__, speaker.rate, speaker.remark, speaker.why_silent]))
        speaker.close()
    except MusicgenDesktopError as error:
        print(json.dumps([type(error).__name__, str(error)]))
"""


def test_a_real_device_refuses_in_sentences_and_keeps_its_own_rate(stage):
    server = stage(256).server

    answer = subprocess.run(
        [sys.executable, "-c", OPENING], env=server.environment, capture_output=True, text=True, check=True
    )
    opened, unknown, inputs, outputs, chosen_outputs, chosen_inputs = map(
        json.loads, answer.stdout.splitlines()
    )

    assert opened[:2] == ["SoundCard", 48000]
    assert "does not run at 96000 Hz; it plays at 48000 Hz" in opened[2]
    assert unknown[0] == "NoSuchDeviceError"
    assert outputs[0] == "SilentSpeaker"
    assert inputs[0] == chosen_outputs[0] == chosen_inputs[0] == "DeviceRefusedError"
    assert "fewer outputs" in chosen_outputs[1]
    assert "has 2 inputs, 9 were asked for" in chosen_inputs[1]
