"""The open device with all that works on it, and who keeps one open."""

import queue
import time
from collections.abc import Callable

import msgspec

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.recording import Recorded
from musicgen_desktop.playback.sources import SourceBank
from musicgen_desktop.playback.speaker import needs_new_process, rescan
from musicgen_desktop.playback.transport import TransportState

from ._commands import OpenSpeaker
from ._hands import Hands
from ._midi_inputs import MidiInputs
from ._output import Output
from ._rolling import Rolling
from ._score import Score
from ._tape import Tape

_RETRY_S = 1.0


class Rig:
    """An open device, and what plays, records and takes notes by hand on it.

    Args:
        output: the device.
        bank: the strips' own sounds, at the device's rate.
        score: the song.
        inputs: the MIDI inputs.
        become: told when the transport's state changes, with the place in ticks.
    """

    def __init__(
        self,
        output: Output,
        bank: SourceBank,
        score: Score,
        inputs: MidiInputs,
        become: Callable[[TransportState, float], None],
    ) -> None:
        self.output = output
        self.tape = Tape(output, score)
        self.rolling = Rolling(output, bank, score, self.tape, become)
        self.hands = Hands(output, score, self.tape, inputs, time.monotonic)

    def close(self) -> list[Recorded]:
        """Stop, and let the device go; what was recorded until then."""
        self.rolling.stop()
        self.hands.close()
        takes = self.tape.close()
        self.output.close()
        return takes


class RigKeeper:
    """Keeps the device open that is wished for, and tries one that went away again every second.

    Args:
        make: opens a device, whose last words go to the second argument.
        on_opened: a rig is there now.
        let_go: closes the rig, which is there until this returns.
        on_lost: told why the device went away, once it is closed.
    """

    def __init__(
        self,
        make: Callable[[OpenSpeaker, Callable[[str], None]], Rig],
        on_opened: Callable[[Rig], None],
        let_go: Callable[[Rig], None],
        on_lost: Callable[[str], None],
    ) -> None:
        self.rig: Rig | None = None
        self._make, self._on_opened, self._let_go, self._on_lost = make, on_opened, let_go, on_lost
        self._wish: OpenSpeaker | None = None
        self._lost: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._retry_at = 0.0

    @property
    def needs_new_process(self) -> bool:
        """Whether the device went away and took this process's sound system with it."""
        return self.rig is None and self._wish is not None and needs_new_process()

    def open(self, wish: OpenSpeaker) -> None:
        """Open another device; the one before comes back when that cannot be. A patient wish waits for it.

        Raises:
            MusicgenDesktopError: when it cannot be opened.
        """
        try:
            self._change_to(wish)
        except MusicgenDesktopError:
            if not wish.is_patient:
                raise
            self._retry_at = time.monotonic() + _RETRY_S

    def close(self) -> None:
        """Close the device, if one is open."""
        if self.rig is None:
            return
        try:
            self._let_go(self.rig)
        finally:
            self.rig = None

    def look_around(self) -> None:
        """Notice that the device went away, or that it may be back."""
        while not self._lost.empty():
            sentence = self._lost.get()
            if self.rig is not None:
                self.close()
                self._retry_at = time.monotonic() + _RETRY_S
                self._on_lost(sentence)
        if self.rig is None and self._retry_at and time.monotonic() >= self._retry_at:
            self._try_again()

    def _change_to(self, wish: OpenSpeaker) -> None:
        before = self._wish if self.rig is not None else None
        self.close()
        try:
            self._connect(wish)
        except MusicgenDesktopError:
            if before is not None:
                self._connect(before)
            raise

    def _try_again(self) -> None:
        if self._wish is None:
            return
        try:
            rescan()
            self.open(msgspec.structs.replace(self._wish, is_patient=True))
        except MusicgenDesktopError:
            self._retry_at = time.monotonic() + _RETRY_S

    def _connect(self, wish: OpenSpeaker) -> None:
        self._wish, self._retry_at = wish, 0.0
        self._lost = queue.SimpleQueue()  # an older device's last words are not about this one
        self.rig = self._make(wish, self._lost.put)
        self._on_opened(self.rig)
