"""From the user's choice to something that plays."""

import msgspec

from ._device import Device, find_device, list_devices
from ._errors import (
    DeviceRefusedError,
    NoOutputError,
    NoSoundSystemError,
    NoSuchDeviceError,
    SpeakerLostError,
)
from ._portaudio import JACK, needs_new_process, rescan
from ._settings import SpeakerSettings
from ._silent import SilentSpeaker
from ._sound_card import SoundCard
from ._speaker import Speaker

_USUAL_FRAMES = 512
_USUAL_RATE = 48000


def open_speaker(settings: SpeakerSettings) -> Speaker:
    """The device that was chosen, not yet started; a silent one where nothing was chosen and nothing opens.

    Who wants inputs wants to record, and silence is no answer to that.

    A rate that the device refuses becomes its own rate, which `remark` says. What has changed since the last
    look (plugged in, a server that started) is looked for when the first try fails.

    Raises:
        NoSuchDeviceError: the device that was named is not there.
        DeviceRefusedError: it does not open, or not so.
        NoSoundSystemError: a device was named, and there is no sound system.
        SpeakerLostError: a JACK server ended while this process used it; open the speaker in a new process.
    """
    if needs_new_process():
        raise SpeakerLostError("The sound server ended; sound comes back once the playback starts again.")
    try:
        return _opened_after_a_second_look(settings)
    except (NoSoundSystemError, NoOutputError, DeviceRefusedError) as error:
        if settings.device is not None or settings.host_api is not None or settings.inputs:
            raise
        return SilentSpeaker(
            rate=settings.rate or _USUAL_RATE,
            device_frames=settings.device_frames or _USUAL_FRAMES,
            inputs=settings.inputs,
            why_silent=f"{error} The song plays without sound.",
        )


def _opened_after_a_second_look(settings: SpeakerSettings) -> Speaker:
    try:
        return _opened(settings)
    except (NoOutputError, NoSuchDeviceError, DeviceRefusedError):
        if not rescan():
            raise
        return _opened(settings)


def _opened(settings: SpeakerSettings) -> Speaker:
    found = list_devices()
    device = find_device(found, settings.device, host_api=settings.host_api)
    source = None
    if settings.inputs:
        source = _input_for(settings, device)
    try:
        return _card(settings, device, source)
    except DeviceRefusedError as error:
        if not error.for_rate or settings.rate in (None, device.default_rate):
            raise
        remark = f"{device.label} does not run at {settings.rate} Hz; it plays at {device.default_rate} Hz."
        own = msgspec.structs.replace(settings, rate=device.default_rate)
        return _card(own, device, source, remark)


def _card(
    settings: SpeakerSettings, device: Device, source: Device | None, remark: str | None = None
) -> SoundCard:
    # A JACK server has one size of block for all; another one would only be cut from it, and be later.
    usual = 0 if device.host_api == JACK else _USUAL_FRAMES
    return SoundCard(
        device,
        rate=settings.rate or device.default_rate,
        device_frames=settings.device_frames or usual,
        device_latency_s=settings.device_latency_s,
        inputs=settings.inputs,
        input_device=source,
        first_output=settings.first_output,
        remark=remark,
    )


def _input_for(settings: SpeakerSettings, device: Device) -> Device:
    """One stream has one way: the input is looked for on the way of the output."""
    if settings.input_device is None and device.inputs >= settings.inputs:
        return device
    source = find_device(list_devices(), settings.input_device, kind="input", host_api=device.host_api)
    if source.inputs < settings.inputs:
        raise DeviceRefusedError(
            f"{source.label} has {source.inputs} inputs, {settings.inputs} were asked for; "
            "choose another device."
        )
    return source
