"""Which device, and how."""

import msgspec


class SpeakerSettings(msgspec.Struct, frozen=True):
    """What the user chose; None is "the usual".

    Attributes:
        device: name, part of the name, or number of the device that plays.
        host_api: the way to it, or a part of its name: "JACK", "ALSA", "WASAPI", "ASIO".
        rate: frames per second; None for the device's own.
        device_frames: frames that the device asks for at once; None for the JACK server's, elsewhere 512.
        device_latency_s: what the device may hold behind its callback, in seconds; None for what is usual on
            its way. JACK has its own.
        inputs: how many channels are recorded, from the first one on; 0 for none.
        input_device: where they come from; None for the device that plays when it has enough inputs.
        first_output: the left channel's output, from 1; the right channel's is the next.
    """

    device: str | None = None
    host_api: str | None = None
    rate: int | None = None
    device_frames: int | None = None
    device_latency_s: float | None = None
    inputs: int = 0
    input_device: str | None = None
    first_output: int = 1
