"""The sound devices of this machine, and which one is meant."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from ._errors import NoOutputError, NoSuchDeviceError
from ._portaudio import JACK, portaudio

Kind = Literal["output", "input"]

WASAPI = "Windows WASAPI"

# The same device is often listed once for each way to reach it: the first of these is taken.
_BETTER_FIRST = (JACK, "Core Audio", "ASIO", WASAPI, "ALSA", "Windows WDM-KS", "Windows DirectSound", "MME")


class Device(msgspec.Struct, frozen=True):
    """One way to one sound device.

    Attributes:
        index: PortAudio's number, good until the next `rescan`.
        name: as the system calls it.
        host_api: the way to it, "ALSA", "JACK Audio Connection Kit", "Core Audio", "Windows WASAPI" …
        inputs, outputs: how many channels it has at most.
        default_rate: frames per second that it runs at by itself.
        low_latency_s, high_latency_s: PortAudio's two offers for its output, in seconds.
        low_input_latency_s: the lower one for its input.
        is_default_output, is_default_input: whether its host API would take it unasked.
    """

    index: int
    name: str
    host_api: str
    inputs: int
    outputs: int
    default_rate: int
    low_latency_s: float
    high_latency_s: float
    low_input_latency_s: float
    is_default_output: bool
    is_default_input: bool

    def channels(self, kind: Kind) -> int:
        """How many channels it has that way."""
        return self.outputs if kind == "output" else self.inputs

    @property
    def label(self) -> str:
        """Its name and way, for a sentence."""
        return f"“{self.name}” ({self.host_api})"


class DeviceList(msgspec.Struct, frozen=True):
    """What there is.

    Attributes:
        devices: in PortAudio's order.
        host_apis: their names, also of those without a device.
        default_output, default_input: what is taken unasked; None for nothing.
    """

    devices: tuple[Device, ...]
    host_apis: tuple[str, ...]
    default_output: int | None = None
    default_input: int | None = None


def list_devices() -> DeviceList:
    """All devices, as they were at the start or at the last `rescan`.

    Raises:
        NoSoundSystemError: there is no sound system.
    """
    library = portaudio()
    apis = library.query_hostapis()
    devices = []
    for index, each in enumerate(library.query_devices()):
        api = apis[each["hostapi"]]
        devices.append(
            Device(
                index=index,
                name=each["name"],
                host_api=api["name"],
                inputs=each["max_input_channels"],
                outputs=each["max_output_channels"],
                default_rate=round(each["default_samplerate"]),
                low_latency_s=each["default_low_output_latency"],
                high_latency_s=each["default_high_output_latency"],
                low_input_latency_s=each["default_low_input_latency"],
                is_default_output=api["default_output_device"] == index,
                is_default_input=api["default_input_device"] == index,
            )
        )
    default_input, default_output = library.default.device
    found = DeviceList(
        devices=tuple(devices),
        host_apis=tuple(api["name"] for api in apis),
        default_output=_first_default(default_output, [api["default_output_device"] for api in apis]),
        default_input=_first_default(default_input, [api["default_input_device"] for api in apis]),
    )
    return msgspec.structs.replace(
        found, default_output=_unasked(found, "output"), default_input=_unasked(found, "input")
    )


def find_device(
    found: DeviceList, wanted: str | None, *, kind: Kind = "output", host_api: str | None = None
) -> Device:
    """The device that is meant.

    Args:
        found: what there is.
        wanted: its name, a part of its name, its number, or None for the usual one. A JACK server that runs
            is the usual one: it holds the sound card.
        kind: what it must be able to do.
        host_api: only devices of this way; a part of its name is enough.

    Raises:
        NoSuchDeviceError: none is called so, or several are.
        NoOutputError: nothing was asked for and nothing is there.
    """
    able = [each for each in found.devices if each.channels(kind)]
    if host_api is not None:
        able = [each for each in able if host_api.casefold() in each.host_api.casefold()]
    if wanted is None:
        return _usual(found, able, kind, host_api)
    if wanted.isdecimal():
        fitting = [each for each in able if each.index == int(wanted)]
    else:
        fitting = [each for each in able if each.name == wanted]
        part = wanted.casefold()
        fitting = fitting or [each for each in able if part in each.name.casefold()]
    if not fitting:
        there = f"there are: {_labels(able)}" if able else f"there is none for {kind} at all"
        raise NoSuchDeviceError(f"There is no sound device “{wanted}” for {kind}; {there}.")
    best = min(_rank(each) for each in fitting)
    fitting = [each for each in fitting if _rank(each) == best]
    if len(fitting) > 1:
        raise NoSuchDeviceError(
            f"“{wanted}” may be any of several sound devices: {_labels(fitting)}; "
            "give its whole name or its number."
        )
    return fitting[0]


def _unasked(found: DeviceList, kind: Kind) -> int | None:
    try:
        return find_device(found, None, kind=kind).index
    except NoOutputError:
        return None


def _usual(found: DeviceList, able: Sequence[Device], kind: Kind, host_api: str | None) -> Device:
    if not able:
        through = "" if host_api is None else f" through {host_api}"
        does = "plays sound" if kind == "output" else "takes sound in"
        raise NoOutputError(f"This machine has no device that {does}{through}.")
    of_the_way = [each for each in able if _is_default(each, kind)]
    for each in of_the_way:
        if each.host_api == JACK:
            return each
    chosen = found.default_output if kind == "output" else found.default_input
    for each in able:
        if each.index == chosen:
            return each
    return of_the_way[0] if of_the_way else able[0]


def _is_default(device: Device, kind: Kind) -> bool:
    return device.is_default_output if kind == "output" else device.is_default_input


def _rank(device: Device) -> int:
    names = _BETTER_FIRST
    return names.index(device.host_api) if device.host_api in names else len(names)


def _labels(devices: Sequence[Device]) -> str:
    return ", ".join(f"{each.index} {each.label}" for each in devices)


def _first_default(chosen: int, of_the_ways: Sequence[int]) -> int | None:
    return next((index for index in (chosen, *of_the_ways) if index >= 0), None)
