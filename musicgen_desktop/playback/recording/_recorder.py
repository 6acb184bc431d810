"""The thread that writes a recording to the disk."""

import contextlib
import logging
import secrets
import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import UserInputError, safe_file_name
from musicgen_desktop.playback.transport import Playhead

from ._capture import Capture
from ._errors import disk_error
from ._log_lines import LONGEST_NAME, CourseSet, Heard, LoggedTrack, Progress, Started
from ._midi_capture import MidiCapture
from ._take_log import LOG_SUFFIX, TakeLog
from ._take_writer import RESERVE_S
from ._values import ArmedNotes, FinishedNotes, Recorded, RecordingSetup

_MOST_WAITING_BYTES = 256 << 20
_MISTAKE = (
    "Recording stopped because of a mistake in this program, which is in its log; everything recorded so far "
    "is kept."
)

_log = logging.getLogger(__name__)

Job = Callable[[], None]


class Recorder:
    """One recording, from the first frame to the finished takes.

    `feed`, `hear`, `advance`, `set_course` and `end_at` may be called by any thread and never wait for the
    disk: what they are given is written by a thread of the recorder's own. When the disk fails, all that was
    handed in so far is still written into the room that was reserved for it, and the recording is over.

    Args:
        setup: of the recording.
        course: how the song runs at the start.
        reserve_s: room on the disk that is held ready, in seconds.

    Raises:
        DiskFullError: when there is no room to begin.
        CannotRecordError: when the folder cannot be written.
    """

    def __init__(
        self,
        setup: RecordingSetup,
        course: Playhead,
        *,
        reserve_s: float = RESERVE_S,
    ) -> None:
        self.failure = ""
        """The sentence that ended it, or empty."""
        self._setup = setup
        self._started = datetime.now(UTC).isoformat(timespec="seconds")
        self._log, files = _begin(setup, self._started)
        try:
            self._log.append(CourseSet(course), sync=False)
            self._capture = Capture(setup, course, self._log, files, reserve_s=reserve_s)
        except BaseException:
            self._log.close()
            self._log.path.unlink(missing_ok=True)
            raise
        self._notes = {track.track_id: MidiCapture(track, setup, course) for track in setup.notes}
        self._heard_clock = self._safe_clock = setup.from_clock
        self._end_clock: int | None = None
        self._unsynced = False
        self._waiting: deque[Job] = deque()
        self._waiting_bytes = 0
        self._ending = False
        self._result: Recorded | None = None
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._write_on, name="recorder", daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether all up to the end, or to a failure, is on the disk; `finish` then answers at once."""
        return not self._thread.is_alive()

    def feed(self, block: Audio, input_clock: int, clock: int) -> None:
        """Take what came in at the device's inputs.

        Args:
            block: [frames, inputs] float32; a copy is kept.
            input_clock: of its first frame: how many came in before.
            clock: the frame of the stream that went out as that one came in.
        """
        with self._changed:
            if self._waiting_bytes + block.nbytes > _MOST_WAITING_BYTES:
                return  # the disk hangs; the gap in the clock will tell of it
            self._waiting_bytes += block.nbytes
        held = np.array(block, np.float32)
        self._post(lambda: self._feed(held, input_clock, clock))

    def hear(self, track_id: str, data: bytes, clock: int) -> None:
        """Take a MIDI message of a track that records notes.

        Args:
            track_id: whose keyboard.
            data: status and data bytes of one channel message; others are passed over.
            clock: the frame of the stream that was heard then.
        """
        self._post(lambda: self._hear(track_id, bytes(data), clock))

    def advance(self, clock: int) -> None:
        """Tell that the song is heard as far as this frame of the stream; for recordings without inputs."""
        self._post(lambda: self._advance(clock))

    def set_course(self, course: Playhead) -> None:
        """From `course.clock` on the song runs otherwise: another loop, another place."""
        self._post(lambda: self._set_course(course))

    def end_at(self, clock: int) -> None:
        """Stop at this frame of the stream; go on feeding until `done`, for its sound is still under way."""
        self._post(lambda: self._end_at(clock))

    def finish(self, timeout_s: float | None = None) -> Recorded | None:
        """End now, with what was handed in so far.

        Returns:
            The takes; None when the disk did not answer in time (it goes on; ask again).
        """
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        self._thread.join(timeout_s)
        return None if self._thread.is_alive() else self._result

    def _post(self, job: Job) -> None:
        with self._changed:
            if not self._ending:
                self._waiting.append(job)
                self._changed.notify_all()

    def _write_on(self) -> None:
        """The thread. Whatever happens, the files are closed as they should be."""
        try:
            self._work()
        finally:
            self._result = self._finished()

    def _work(self) -> None:
        """Until the end is reached, do what waits."""
        over = False
        while not over:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ending)
                jobs, over = tuple(self._waiting), self._ending
                self._waiting.clear()
            for job in jobs:
                self._attempt(job)
            if self._unsynced:
                self._unsynced = False
                self._attempt(self._log.sync)
            if self.failure or self._reached_end:
                with self._changed:
                    over = self._ending = True
        for job in self._waiting:  # what came in while the end was decided
            self._attempt(job)

    @property
    def _reached_end(self) -> bool:
        if self._end_clock is None:
            return False
        clock = self._capture.clock if self._setup.tracks else self._heard_clock
        return clock >= self._end_clock

    def _attempt(self, job: Job) -> None:
        try:
            job()
        except UserInputError as error:
            self.failure = self.failure or str(error)
        except Exception:  # noqa: BLE001 - a mistake must not cost what was played
            if not self.failure:
                _log.exception("A recording stopped")
            self.failure = self.failure or _MISTAKE

    def _feed(self, block: Audio, input_clock: int, clock: int) -> None:
        with self._changed:
            self._waiting_bytes -= block.nbytes
        self._capture.feed(block, input_clock, clock)

    def _hear(self, track_id: str, data: bytes, clock: int) -> None:
        if track_id in self._notes and self._notes[track_id].hear(data, clock):
            self._heard_clock = max(self._heard_clock, clock)
            self._unsynced = True
            self._log.append(Heard(track_id, clock, data.hex()), sync=False)

    def _advance(self, clock: int) -> None:
        self._heard_clock = max(self._heard_clock, clock)
        if not self._setup.tracks and self._heard_clock - self._safe_clock >= self._setup.rate:
            self._safe_clock = self._heard_clock
            self._log.append(Progress(0, self._heard_clock))

    def _set_course(self, course: Playhead) -> None:
        self._capture.set_course(course)
        for notes in self._notes.values():
            notes.set_course(course)
        self._log.append(CourseSet(course))

    def _end_at(self, clock: int) -> None:
        self._end_clock = clock if self._end_clock is None else min(clock, self._end_clock)
        self._capture.end_at(clock)

    def _finished(self) -> Recorded:
        clock = max(self._heard_clock, self._capture.clock)
        clock = clock if self._end_clock is None else min(clock, self._end_clock)
        takes = self._capture.finish(self.failure)  # first of all: sound cannot be played again from a log
        notes: list[FinishedNotes] = []
        for capture in self._notes.values():
            self._attempt(partial(_finish_notes, capture, clock, notes))
        self._log.close()
        recorded = Recorded(
            log=str(self._log.path.absolute()),
            started=self._started,
            takes=takes,
            notes=tuple(each for each in notes if each.spans),
            failure=self.failure,
        )
        if not recorded.takes and not recorded.notes:
            with contextlib.suppress(OSError):
                self._log.path.unlink()
        return recorded


def _finish_notes(capture: MidiCapture, clock: int, into: list[FinishedNotes]) -> None:
    into.append(capture.finish(clock))


def _begin(setup: RecordingSetup, started: str) -> tuple[TakeLog, tuple[LoggedTrack, ...]]:
    """A log that says what is about to be recorded."""
    folder = Path(setup.folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(folder, error) from error
    stem = f"{started[:19].replace(':', '').replace('-', '').replace('T', '-')}-{secrets.token_hex(3)}"
    files = tuple(
        LoggedTrack(
            track.track_id,
            track.name[:LONGEST_NAME],
            f"{stem}-{number}-{safe_file_name(track.name, fallback='take', longest_bytes=100)}.wav",
            len(track.inputs),
        )
        for number, track in enumerate(setup.tracks, 1)
    )
    log = TakeLog(folder / f"{stem}{LOG_SUFFIX}")
    try:
        log.append(
            Started(
                started=started,
                rate=setup.rate,
                bits=setup.bits,
                from_clock=setup.from_clock,
                latency_frames=setup.latency_frames,
                tempo_map=setup.tempo_map,
                punch=setup.punch,
                tracks=files,
                notes=tuple(ArmedNotes(track.track_id, track.name[:LONGEST_NAME]) for track in setup.notes),
            )
        )
    except BaseException:
        log.close()
        log.path.unlink(missing_ok=True)
        raise
    return log, files
