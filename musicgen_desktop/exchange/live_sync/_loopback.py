"""How long a note takes from an output to an input: by a cable, or through a program that sends it back."""

import queue
import statistics
import threading
import time
from typing import Any

import msgspec

from musicgen_desktop.foundation import (
    MIDI_CLIENT_NAME,
    MidiPort,
    MusicgenDesktopError,
    Report,
    StopFlag,
    midi_api_of,
    rtmidi_module,
)

from ._messages import PortWish
from ._ports import output_names
from ._rtmidi_port import RtMidiPort
from ._score import is_note_on

_NOTES, _FIRST_PITCH = 24, 48
_PATIENCE = 4
"""So many notes that do not come back, and none will."""
_CHANNEL, _VELOCITY = 15, 64
_WAIT_S, _APART_S, _HOLD_S = 0.5, 0.09, 0.01


class NothingCameBackError(MusicgenDesktopError):
    """What was sent was not heard."""

    def __init__(self, output: str, input_name: str) -> None:
        super().__init__(
            f"Nothing that was sent to “{output}” came back at “{input_name}”: connect them, with a cable or"
            " in the device's settings, and try again."
        )


class LoopbackReport(msgspec.Struct, frozen=True):
    """How long notes took there and back.

    Attributes:
        output: what they were sent to.
        input: where they were heard.
        median_ms: half of them took longer.
        least_ms: the quickest.
        most_ms: the slowest.
        came: how many came back.
        sent: of so many.
        offset_ms: that sends so much sooner that they arrive in time; within −500 and 0.
    """

    output: str
    input: str
    median_ms: float
    least_ms: float
    most_ms: float
    came: int
    sent: int
    offset_ms: float


def measure_loopback(
    output: MidiPort, input_port: MidiPort, report: Report, stop: StopFlag
) -> LoopbackReport:
    """Send notes on channel 16, softly, and listen for them; takes about three seconds.

    Raises:
        NoMidiError: when python-rtmidi is not installed.
        NoSuchMidiOutputError: when the output does not open.
        NothingCameBackError: when fewer than half of them came.
        Stopped: when the flag is set.
    """
    heard: queue.SimpleQueue[tuple[float, int]] = queue.SimpleQueue()

    def hear(message: tuple[list[int], float], _data: object = None) -> None:
        at, data = time.monotonic(), bytes(message[0])
        if len(data) == 3 and is_note_on(data):
            heard.put((at, data[1]))

    module = rtmidi_module()
    ear = module.MidiIn(midi_api_of(module, input_port.system), name=f"{MIDI_CLIENT_NAME} listens")
    port = RtMidiPort(PortWish("latency", output.name, is_virtual=False, system=output.system))
    took: list[float] = []
    try:
        ear.set_callback(hear)
        ear.open_port(output_names(module, ear).index(input_port.name), name="latency")
        _settle(stop)
        for number in range(_NOTES):
            stop.raise_if_set()
            report(number / _NOTES, "Sending notes")
            found = _one(port, heard, _FIRST_PITCH + number)
            if found is not None:
                took.append(1000.0 * found)
            elif not took and number + 1 >= _PATIENCE:
                break
    finally:
        _free(ear)
        port.close()
    if len(took) < _NOTES // 2:
        raise NothingCameBackError(output.name, input_port.name)
    median = statistics.median(took)
    return LoopbackReport(
        output=output.name,
        input=input_port.name,
        median_ms=round(median, 2),
        least_ms=round(min(took), 2),
        most_ms=round(max(took), 2),
        came=len(took),
        sent=_NOTES,
        offset_ms=-min(round(median, 1), 500.0),
    )


def _one(port: RtMidiPort, heard: "queue.SimpleQueue[tuple[float, int]]", pitch: int) -> float | None:
    """Seconds until this note was heard; None when it was not."""
    began = time.monotonic()
    port.send(began, bytes((0x90 | _CHANNEL, pitch, _VELOCITY)))
    give_up = began + _WAIT_S
    found: float | None = None
    while found is None and (left := give_up - time.monotonic()) > 0.0:
        try:
            at, came = heard.get(timeout=left)
        except queue.Empty:
            break
        if came == pitch:
            found = at - began
    # Held a moment, or a receiver may leave it out; and not all notes at the same place of a period.
    threading.Event().wait(_HOLD_S)
    port.send(time.monotonic(), bytes((0x80 | _CHANNEL, pitch, 0)))
    threading.Event().wait(_APART_S * (0.5 + pitch % 7 / 7.0))
    return found


def _settle(stop: StopFlag) -> None:
    """Connections take a moment to be made."""
    for _ in range(3):
        stop.raise_if_set()
        threading.Event().wait(_APART_S)


def _free(client: Any) -> None:
    client.cancel_callback()
    client.close_port()
    client.delete()
