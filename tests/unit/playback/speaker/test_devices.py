import json
import subprocess
import sys

import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.playback.speaker import (
    Device,
    DeviceList,
    NoOutputError,
    NoSoundSystemError,
    NoSuchDeviceError,
    find_device,
    list_devices,
)

JACK = "JACK Audio Connection Kit"


def a_device(index, name, host_api="ALSA", *, inputs=2, outputs=2, usual=False):
    return Device(index, name, host_api, inputs, outputs, 48000, 0.01, 0.04, 0.01, usual, usual)


def a_list(*devices, default=None):
    return DeviceList(devices, tuple({each.host_api for each in devices}), default, default)


STUDIO = a_list(
    a_device(0, "HDA Intel: ALC257", usual=True),
    a_device(1, "Scarlett 2i2 USB"),
    a_device(2, "USB Microphone", outputs=0),
    a_device(3, "USB Speakers"),
    default=0,
)


@pytest.mark.parametrize(
    ("wanted", "index"), [("Scarlett 2i2 USB", 1), ("scarlett", 1), ("3", 3), ("speakers", 3), (None, 0)]
)
def test_a_device_is_found_by_its_name_a_part_of_it_its_number_or_as_the_usual_one(wanted, index):
    assert find_device(STUDIO, wanted).index == index


def test_a_part_that_fits_several_devices_names_them_all():
    with pytest.raises(NoSuchDeviceError, match=r"1 “Scarlett 2i2 USB”.*3 “USB Speakers”") as caught:
        find_device(STUDIO, "usb")

    assert isinstance(caught.value, UserInputError)


def test_an_unknown_name_is_answered_with_what_there_is():
    with pytest.raises(NoSuchDeviceError, match="no sound device “moog” for output; there are: 0 “HDA"):
        find_device(STUDIO, "moog")


def test_only_devices_that_can_do_it_are_looked_at():
    assert find_device(STUDIO, "usb m", kind="input").index == 2
    with pytest.raises(NoSuchDeviceError):
        find_device(STUDIO, "usb m")


def test_a_device_that_is_reached_in_several_ways_is_reached_in_the_best():
    found = a_list(
        a_device(0, "Speakers (Realtek)", "MME", usual=True),
        a_device(1, "Speakers (Realtek)", "Windows WASAPI"),
        a_device(2, "Speakers (Realtek)", "Windows DirectSound"),
        default=0,
    )

    assert find_device(found, "realtek").index == 1
    assert find_device(found, "realtek", host_api="directsound").index == 2
    assert find_device(found, None).index == 0


def test_a_jack_server_that_runs_is_the_usual_device_because_it_holds_the_card():
    found = a_list(a_device(0, "default", usual=True), a_device(1, "system", JACK, usual=True), default=0)

    assert find_device(found, None).index == 1
    assert find_device(found, None, host_api="alsa").index == 0


def test_a_machine_without_a_device_says_so():
    with pytest.raises(NoOutputError, match="no device that plays sound"):
        find_device(a_list(), None)
    with pytest.raises(NoOutputError, match="takes sound in through ALSA"):
        find_device(a_list(a_device(0, "x", inputs=0)), None, kind="input", host_api="ALSA")


def test_without_the_library_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "sounddevice", None)

    with pytest.raises(NoSoundSystemError, match="install"):
        list_devices()


LISTING = """
import json, msgspec
from musicgen_desktop.playback.speaker import find_device, list_devices, rescan
devices = list_devices()
rescanned = rescan() and list_devices() == devices
system = find_device(devices, "system", host_api="jack")
print(json.dumps([msgspec.to_builtins(system), rescanned]))
"""


def test_a_real_server_is_listed_with_its_rate_and_channels_also_after_a_rescan(stage):
    server = stage(256).server

    answer = subprocess.run(
        [sys.executable, "-c", LISTING], env=server.environment, capture_output=True, text=True, check=True
    )
    system, rescanned = json.loads(answer.stdout)

    assert (system["name"], system["host_api"]) == ("system", JACK)
    assert (system["inputs"], system["outputs"], system["default_rate"]) == (2, 2, 48000)
    assert rescanned
