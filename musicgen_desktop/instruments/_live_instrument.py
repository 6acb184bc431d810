"""What every live instrument does with keys, the sustain pedal and panic."""

from abc import ABC, abstractmethod
from typing import Any

from ._schedule import Audio

_SUSTAIN, _ALL_SOUND_OFF, _RESET_CONTROLS, _ALL_NOTES_OFF = 64, 120, 121, 123
_PEDAL_DOWN = 64


class LiveInstrument(ABC):
    """Sounds keys as they are struck. One thread at a time may use it; it never waits for anything.

    `at` is always a frame within the block that is rendered next, and what happens is told in order of time.
    """

    most_keys = 64
    """How many keys may be down or held by the pedal; one more lets the one that was struck first go."""

    def __init__(self) -> None:
        self._now = 0
        self._down: dict[int, Any] = {}
        self._held: list[Any] = []
        self._pedal = False

    @property
    @abstractmethod
    def sounding(self) -> bool:
        """Whether anything is heard, or may be."""

    @property
    def keys_down(self) -> int:
        """How many keys are down or held by the pedal."""
        return len(self._down) + len(self._held)

    def note_on(self, pitch: int, velocity: int, at: int = 0) -> None:
        """Strike a key; one that is down already is let go first.

        Raises:
            ValueError: outside pitch 0..127 and velocity 1..127.
        """
        if not (0 <= pitch <= 127 and 1 <= velocity <= 127):
            raise ValueError(f"not a MIDI note: {pitch}, {velocity}")
        self.note_off(pitch, at)
        if self.keys_down >= self.most_keys:
            oldest = self._held.pop(0) if self._held else self._down.pop(next(iter(self._down)))
            self._release(oldest, self._frame(at))
        self._down[pitch] = self._start(pitch, velocity, self._frame(at))

    def note_off(self, pitch: int, at: int = 0) -> None:
        """Let a key go; nothing for one that is not down."""
        note = self._down.pop(pitch, None)
        if note is None:
            return
        if self._pedal:
            self._held.append(note)
        else:
            self._release(note, self._frame(at))

    def control(self, kind: str, number: int, value: int, at: int = 0) -> None:
        """Move a controller: `kind`, `number` and `value` as in `music.Control`.

        The pedal (64), “all sound off” (120), “reset all controllers” (121) and “all notes off” (123) are
        understood by all; pitch bend, 1, 7, 10 and 11 by those that can. Any other is passed over.
        """
        if kind != "cc" or number not in {_SUSTAIN, _ALL_SOUND_OFF, _RESET_CONTROLS, _ALL_NOTES_OFF}:
            self._control(kind, number, value, self._frame(at))
        elif number == _SUSTAIN:
            self._move_pedal(at, down=value >= _PEDAL_DOWN)
        elif number == _ALL_SOUND_OFF:
            self.panic()
        elif number == _ALL_NOTES_OFF:
            self._let_all_go(at)
        else:
            self._move_pedal(at, down=False)
            self._at_rest(self._frame(at))

    def panic(self) -> None:
        """Silence within some milliseconds, whatever keys and pedals say; wheels and pedals are at rest."""
        self._down.clear()
        self._held.clear()
        self._pedal = False
        self._silence()
        self._at_rest(self._now)

    def render(self, frames: int) -> Audio:
        """[frames, 2] of what follows the last block; 1 or more frames."""
        block = self._render(frames)
        self._now += frames
        return block

    def _frame(self, at: int) -> int:
        return self._now + max(at, 0)

    def _move_pedal(self, at: int, *, down: bool) -> None:
        self._pedal = down
        if not down:
            for note in self._held:
                self._release(note, self._frame(at))
            self._held.clear()

    def _let_all_go(self, at: int) -> None:
        for pitch in list(self._down):
            self.note_off(pitch, at)

    @abstractmethod
    def _start(self, pitch: int, velocity: int, frame: int) -> Any:
        """A new note from this frame on; what is returned names it."""

    @abstractmethod
    def _release(self, note: Any, frame: int) -> None:
        """The note's key is up, and so is the pedal."""

    @abstractmethod
    def _control(self, kind: str, number: int, value: int, frame: int) -> None:
        """Any controller that is not about keys."""

    @abstractmethod
    def _at_rest(self, frame: int) -> None:
        """The wheels go back to where they rest."""

    @abstractmethod
    def _silence(self) -> None:
        """All notes fade out at once."""

    @abstractmethod
    def _render(self, frames: int) -> Audio:
        """[frames, 2] from `_now` on."""
