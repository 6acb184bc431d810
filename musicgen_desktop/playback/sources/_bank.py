"""The sources of a song, rendered ahead by a process of their own and read by the render thread."""

import threading
from collections import deque
from collections.abc import Mapping, Sequence

import msgspec

from musicgen_desktop.playback.mixer import Planar
from musicgen_desktop.playback.transport import Playhead

from ._child import SourceChild, source_program
from ._messages import DropSource, Prepare, Problem, SetCourse, SetSource, Start, ToParent
from ._stage import Stage
from ._voice import Lease

_MOST_PROBLEMS = 256
_GIVEN_UP_S = 1.0


class SourceBank:
    """Reads what the source process renders.

    `read` belongs to the render thread: it never waits, whatever happens to the other process. `ready` may
    be called by any thread; all else by one control thread, which does not wait either. When the process
    dies or hangs a new one takes over, while the rings play on as far as they reach.

    Args:
        rate: frames per second of the stream.
        program: the words that start the source process; this program's own when None.

    Raises:
        MusicgenDesktopError: when there is no room for rings.
    """

    def __init__(self, rate: int, *, program: Sequence[str] | None = None) -> None:
        self._lock = threading.RLock()
        self._problems: deque[str] = deque(maxlen=_MOST_PROBLEMS)
        self._generation = 0
        self._stage = Stage(rate)
        self._old_stages: list[Stage] = []
        self._is_closing = False
        self._child = SourceChild(program or source_program(), self._hear, self._brief)
        self._child.start()

    @property
    def rate(self) -> int:
        """Frames per second."""
        return self._stage.rate

    @property
    def pid(self) -> int | None:
        """The source process's; None while there is none."""
        return self._child.pid

    @property
    def late_frames(self) -> int:
        """Frames that were not there when they were read, of all strips together since the last `restart`."""
        return self._stage.late_frames

    def update(self, sources: Mapping[str, bytes], from_clock: int) -> None:
        """Play these sources and no others; those that are what they were are not touched.

        Args:
            sources: strip id → what `encode_source` made, at the bank's rate.
            from_clock: the frame of the stream from which on changes may be heard.
        """
        with self._lock:
            stage = self._stage
            for strip in [strip for strip in stage.sources if strip not in sources]:
                del stage.sources[strip]
                stage.voices[strip].play(None)
            for strip, source in sources.items():
                if stage.sources.get(strip) != source:
                    self._change(strip, source, from_clock)
            self._tidy()

    def set_course(self, course: Playhead | None, from_clock: int) -> None:
        """Go another way from this frame of the stream on; before it the course set last goes on.

        Where both courses say the same for a while, nothing is rendered anew until they part.

        Args:
            course: None stops rendering.
            from_clock: a course that does not continue the last one begins here, at `course.clock`.
        """
        with self._lock:
            stage = self._stage
            differs = stage.turn(course, from_clock)
            self._child.send(SetCourse(stage.number, course, from_clock, differs))
            self._tidy()

    def prepare(self, place: int) -> None:
        """Tell where, while `set_course(None, …)` holds, the next course will probably begin.

        Args:
            place: the frame of the timeline.
        """
        with self._lock:
            self._stage.place = place
            self._child.send(Prepare(place))

    def read(self, strip_id: str, clock: int, frames: int) -> Planar | None:
        """A strip's own sound.

        Returns:
            [2, frames] float32, a new array; None where nothing plays.
        """
        stage = self._stage
        stage.pool.reader_clock = clock
        voice = stage.voices.get(strip_id)
        return None if voice is None else voice.read(clock, frames, stage.timing)

    def ready(self, clock: int, frames: int) -> bool:
        """Whether every source has all of this."""
        return all(first <= clock and clock + frames <= end for first, end in self._stage.spans())

    def problems(self) -> list[str]:
        """Sentences about what cannot sound, each told once. Call it often: it also looks after things."""
        self._child.look_after()
        with self._lock:
            self._tidy()
        found: list[str] = []
        while self._problems:
            found.append(self._problems.popleft())
        return found

    def restart(self, rate: int) -> None:
        """The stream begins anew at clock 0, maybe at another rate: no sources, no course.

        Raises:
            MusicgenDesktopError: when there is no room for rings.
        """
        with self._lock:
            new = Stage(rate)
            # The render thread may be reading from the stage before this one.
            self._old_stages.append(self._stage)
            self._stage = new
            self._child.send(Start(str(new.pool.folder), rate))
            self._sweep()

    def close(self) -> None:
        """End the source process and let go of the shared memory."""
        with self._lock:
            self._is_closing = True
            self._old_stages.append(self._stage)
        self._sweep()  # before the process ends: folders that are left then are left to it
        self._child.close()
        self._stage.close()
        self._sweep()

    def _sweep(self) -> None:
        for stage in self._old_stages:  # again at the end: some systems keep what is still mapped
            stage.remove()

    def _change(self, strip: str, source: bytes, from_clock: int) -> None:
        stage = self._stage
        voice = stage.voice(strip)
        stage.sources[strip] = source
        lease = self._leased(strip)
        if lease is not None:
            before = voice.newest
            self._order(lease, source, from_clock, -1 if before is None else before.slot)
        voice.play(lease)

    def _leased(self, strip: str, *, continues: bool = False) -> Lease | None:
        """A ring for the strip's source; without room there is none, and no source until the next edit."""
        stage = self._stage
        self._generation += 1
        try:
            lease = stage.lease(self._generation, continues=continues)
        except OSError as error:
            del stage.sources[strip]
            if not stage.without_room:
                self._problems.append(
                    f"Some tracks are silent: there is no room for their sound ({error.strerror}). "
                    "Free some memory or disk space, then change a track."
                )
            stage.without_room.add(strip)
            return None
        stage.without_room.discard(strip)
        return lease

    def _order(self, lease: Lease, source: bytes, from_clock: int, like: int = -1) -> None:
        self._child.send(SetSource(lease.slot, lease.generation, msgspec.Raw(source), from_clock, like))

    def _tidy(self) -> None:
        """Take back rings that are over, and voices that nobody listens to."""
        stage = self._stage
        clock = stage.pool.reader_clock
        for strip, voice in stage.voices.items():
            read = voice.read_clock
            if stage.course is None or (read is not None and clock - read > _GIVEN_UP_S * stage.rate):
                voice.settle()
            retired = voice.take_retired()
            for lease in retired:
                self._child.send(DropSource(lease.slot))
            stage.take_back(retired)
            if strip not in stage.sources and voice.is_over:
                stage.forget(strip)

    def _brief(self) -> None:
        """A new process knows nothing: tell it all. Rings that still play keep what they hold."""
        with self._lock:
            stage = self._stage
            if self._is_closing:
                return
            stage.move_if_evicted()
            self._child.send(Start(str(stage.pool.folder), stage.rate))
            self._child.send(SetCourse(stage.number, stage.course, stage.from_clock, stage.from_clock))
            if stage.place is not None:
                self._child.send(Prepare(stage.place))
            for strip, voice in stage.voices.items():
                source = stage.sources.get(strip)
                # An edit that was on its way is another source, but one that nobody has heard yet.
                continues = not voice.waits
                stage.take_back(voice.forget_silent())  # first: there may be no room for more
                lease = None if source is None else self._leased(strip, continues=continues)
                if lease is not None and source is not None:
                    self._order(lease, source, stage.from_clock)
                if lease is not None or not voice.is_over:
                    was_silent = voice.is_over
                    voice.play(lease)
                    if continues and was_silent:
                        voice.settle()  # as the one before it was, of which nothing was heard

    def _hear(self, message: ToParent) -> None:
        if isinstance(message, Problem) and message.sentence not in self._problems:
            self._problems.append(message.sentence)
