"""What belongs to one run of the stream: rings, voices, and the course; a new rate begins all anew."""

from collections.abc import Iterable, Mapping

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.transport import Playhead

from ._agreement import agree_until
from ._pool import RingPool
from ._ring_folder import RingFolder
from ._voice import Change, Fades, Lease, Timing, Voice

_KEPT_CHANGES = 16


class Stage:
    """State of a bank. The control thread changes it; `voices` and `timing` are replaced whole.

    Args:
        rate: frames per second.

    Raises:
        MusicgenDesktopError: when there is no room for rings.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.pool, self._folder = self._new_pool()
        self.fades = Fades(rate)
        self.sources: dict[str, bytes] = {}
        self.voices: Mapping[str, Voice] = {}
        self.timing = Timing(rolls=False)
        self.course: Playhead | None = None
        self.number = 0
        """Of the course."""
        self.from_clock = 0
        """Where the course was set."""
        self.place: int | None = None
        """Where the next one will probably begin."""
        self.late_before = 0
        """Frames that voices missed which are gone."""
        self.without_room: set[str] = set()
        """Strips for which there was no ring."""
        self._free: list[int] = []
        self._slots = 0

    @property
    def late_frames(self) -> int:
        """Of all voices, also of those that are gone."""
        return self.late_before + sum(voice.late_frames for voice in self.voices.values())

    def lease(self, generation: int, *, continues: bool = False) -> Lease:
        """A ring that nobody uses. Arguments as `Lease`.

        Raises:
            OSError: when there is no room for another one.
        """
        if not self._free:
            self._free.append(self._slots)
            self._slots += 1
        ring = self.pool.ring(self._free[-1])
        return Lease(self._free.pop(), ring, generation, continues=continues)

    def take_back(self, leases: Iterable[Lease]) -> None:
        """Rings that are over."""
        self._free += [lease.slot for lease in leases]

    def move_if_evicted(self) -> None:
        """Where somebody removed the folder: take another one. Old rings play on as far as they reach.

        Raises:
            MusicgenDesktopError: when there is no room for rings.
        """
        if self._folder.path.exists():
            return
        clock = self.pool.reader_clock
        self._folder.close()
        self.pool, self._folder = self._new_pool()
        self.pool.reader_clock = clock

    def voice(self, strip: str) -> Voice:
        """The strip's voice, a new one if need be."""
        voice = self.voices.get(strip)
        if voice is None:
            voice = Voice(self.fades)
            self.voices = {**self.voices, strip: voice}
        return voice

    def forget(self, strip: str) -> None:
        """Let go of a voice that is over."""
        self.late_before += self.voices[strip].late_frames
        self.voices = {name: voice for name, voice in self.voices.items() if name != strip}

    def turn(self, course: Playhead | None, from_clock: int) -> int:
        """Set the next course.

        Returns:
            The first frame of the stream at which it differs from the one before.
        """
        differs = agree_until(self.course, course, from_clock)
        self.number += 1
        changes = (*self.timing.changes, Change(self.number, differs))[-_KEPT_CHANGES:]
        starts = from_clock if differs <= from_clock else self.timing.starts
        self.course, self.from_clock = course, from_clock
        self.timing = Timing(changes, starts, course is not None)
        return differs

    def spans(self) -> list[tuple[int, int]]:
        """(first clock, clock behind the last) that each source has; may be called by any thread."""
        timing = self.timing
        spans = [voice.span(timing) for voice in self.voices.values()]
        return [span for span in spans if span is not None]

    def remove(self) -> None:
        """Remove the folder, where the system allows it; what is mapped stays until it is let go of."""
        self._folder.close()

    def close(self) -> None:
        """Let go of the shared memory, and remove it where nobody else has it."""
        self.voices = {}
        self.pool.close()
        self._folder.close()

    def _new_pool(self) -> tuple[RingPool, RingFolder]:
        folder: RingFolder | None = None
        try:
            folder = RingFolder()
            return RingPool(folder.path, self.rate, owns=True), folder
        except OSError as error:
            if folder is not None:
                folder.close()
            raise MusicgenDesktopError(
                f"There is no room for the sound of instruments and files ({error.strerror}). "
                "Free some memory or disk space, then open the sound device again."
            ) from error
