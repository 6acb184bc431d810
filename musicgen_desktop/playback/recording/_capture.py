"""Input blocks become one file for each armed track, in place on the timeline."""

import contextlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.playback.transport import Playhead

from ._log_lines import LONGEST_FAILURE, Ended, LoggedTrack, Lost, Progress, SpanBegan
from ._take_log import TakeLog
from ._take_writer import RESERVE_S, TakeWriter
from ._values import ArmedTrack, FinishedTake, Overflow, RecordingSetup, TakeSpan
from ._window import Piece, RecordingWindow

_LONGEST_GAP_S = 60
_LONGEST_STANDSTILL_S = 10
_SILENCE_FRAMES = 1 << 15


class _Written(NamedTuple):
    """A stretch of the stream, and where in the files it lies."""

    clock: int
    frames: int
    offset: int


class Capture:
    """Writes what the armed tracks hear. One thread calls it; see `Recorder` for that thread.

    A frame of the input belongs to the frame of the stream that its player heard: the one that went out when
    it came in, and `latency_frames` back. Where that frame lies on the timeline says the course.

    Args:
        setup: of the recording.
        course: how the song runs at the start.
        log: told where spans begin, what was lost, and every second how far the files are safe.
        files: what the tracks are called on the disk, in their order.
        reserve_s: see `TakeWriter`.

    Raises:
        DiskFullError: here and in `feed`: no room. What was captured is kept; see `feed`.
        CannotRecordError: likewise.
    """

    def __init__(
        self,
        setup: RecordingSetup,
        course: Playhead,
        log: TakeLog,
        files: tuple[LoggedTrack, ...],
        *,
        reserve_s: float = RESERVE_S,
    ) -> None:
        self._setup, self._log = setup, log
        self._window = RecordingWindow(course, from_clock=setup.from_clock, punch=setup.punch)
        self._spans: list[TakeSpan] = []
        self._overflows: list[Overflow] = []
        self._written: list[_Written] = []
        self._next_input: int | None = None
        self._next_clock: int | None = None
        self._frames = self._safe_frames = 0
        self._failed = False
        self._writers: list[tuple[ArmedTrack, TakeWriter]] = []
        try:
            for track, file in zip(setup.tracks, files, strict=True):
                path = Path(setup.folder) / file.file
                writer = TakeWriter(path, setup.rate, len(track.inputs), setup.bits, reserve_s=reserve_s)
                self._writers.append((track, writer))
        except BaseException:
            for _, writer in self._writers:
                with contextlib.suppress(UserInputError, OSError):
                    writer.close()
                    writer.path.unlink()
            raise

    @property
    def clock(self) -> int:
        """Up to this frame of the stream everything has been captured."""
        return self._setup.from_clock if self._next_clock is None else self._next_clock

    @property
    def done(self) -> bool:
        """Whether the end that `end_at` set has been reached."""
        end = self._window.end_clock
        return end is not None and self.clock >= end

    def set_course(self, course: Playhead) -> None:
        """From `course.clock` on the song runs otherwise; told before the input of that time comes in."""
        self._window.set_course(course)

    def end_at(self, clock: int) -> None:
        """Keep nothing from this frame of the stream on, nor what was kept of it already."""
        self._window.end_at(clock)
        kept = [written for written in self._written if written.clock < clock]
        if self.clock <= clock or not self._written:
            return
        last = kept[-1] if kept else None
        self._frames = 0 if last is None else last.offset + min(last.frames, clock - last.clock)
        for _, writer in self._writers:
            writer.cut_to(self._frames)

    def feed(self, block: Audio, input_clock: int, clock: int) -> None:
        """Take what came in.

        Where the input's clock ran ahead of what came in before, frames were lost, and silence holds their
        place. Where only the stream's clock does not follow on, nothing was: the speaker starved, or the
        latency is another one now. What was played meanwhile stays in the file, and a new span begins where
        the song went on.

        After an error all of the block is kept still, and so are blocks that are fed afterwards as long as
        the reserve lasts; the recording should be ended.

        Args:
            block: [frames, inputs] float32; an input that the device does not have is silent.
            input_clock: of its first frame; frames that were fed before are passed over.
            clock: the frame of the stream that went out as that one came in.
        """
        block, heard = self._new_of(block, input_clock, clock - self._setup.latency_frames)
        failure = self._keep(block, heard)
        self._window.forget_before(self.clock - _LONGEST_STANDSTILL_S * self._setup.rate)
        failure = failure or self._keep_safe()
        if failure is not None and not self._failed:
            self._failed = True
            raise failure

    def finish(self, failure: str = "") -> tuple[FinishedTake, ...]:
        """Close all files; those without a frame are removed.

        Args:
            failure: what ended the recording, for the log.
        """
        finished = []
        for track, writer in self._writers:
            with contextlib.suppress(UserInputError):
                writer.close()
            if writer.frames:
                finished.append(self._finished(track, writer))
            else:
                with contextlib.suppress(OSError):
                    writer.path.unlink()
        with contextlib.suppress(UserInputError):
            self._log.append(Ended(self._frames, self.clock, failure[:LONGEST_FAILURE]))
        return tuple(finished)

    def _new_of(self, block: Audio, input_clock: int, heard: int) -> tuple[Audio, int]:
        """What of a block was not fed before, and the frame of the stream that was heard with it."""
        before, self._next_input = self._next_input, input_clock + len(block)
        if before is None:
            return block, heard
        known = max(before - input_clock, 0)
        self._next_input = max(self._next_input, before)
        if 0 < input_clock - before <= _LONGEST_GAP_S * self._setup.rate:
            self._lose(self.clock, input_clock - before)
        return block[known:], heard + known

    def _keep(self, block: Audio, heard: int) -> UserInputError | None:
        """Write what of it is recorded."""
        failure: UserInputError | None = None
        for piece in self._window.pieces(heard, len(block)):
            failure = self._begin_span(piece, heard) or failure
            failure = self._write(block[piece.offset : piece.offset + piece.frames]) or failure
        self._next_clock = heard + len(block)
        return failure

    def _lose(self, clock: int, frames: int) -> None:
        """Silence for frames that the device dropped."""
        for piece in self._window.pieces(clock, frames):
            self._begin_span(piece, clock)
            self._overflows.append(Overflow(self._frames, piece.frames))
            with contextlib.suppress(UserInputError):
                self._log.append(Lost(self._frames, piece.frames))
            silence = np.zeros((min(piece.frames, _SILENCE_FRAMES), 1), np.float32)
            for at in range(0, piece.frames, _SILENCE_FRAMES):
                self._write(silence[: piece.frames - at])

    def _begin_span(self, piece: Piece, block_clock: int) -> UserInputError | None:
        """Note where the next frames of the files belong."""
        clock, before = block_clock + piece.offset, self._written[-1] if self._written else None
        if before is not None and before.clock + before.frames == clock:
            self._written[-1] = before._replace(frames=before.frames + piece.frames)
        else:
            self._written.append(_Written(clock, piece.frames, self._frames))
        last = self._spans[-1] if self._spans else None
        if last is not None and last.end_place == piece.place:
            self._spans[-1] = TakeSpan(last.offset_frames, last.frames + piece.frames, last.place)
            return None
        self._spans.append(TakeSpan(self._frames, piece.frames, piece.place))
        tick = self._setup.tempo_map.tick_at(piece.place / self._setup.rate)
        try:  # first the log: frames without a line would be taken for more of the span before
            self._log.append(SpanBegan(self._frames, piece.place, round(tick, 3)))
        except UserInputError as error:
            return error
        return None

    def _write(self, part: Audio) -> UserInputError | None:
        failure: UserInputError | None = None
        for track, writer in self._writers:
            try:
                writer.write(_heard(part, track.inputs))
            except UserInputError as error:
                failure = failure or error
        self._frames += len(part)
        return failure

    def _keep_safe(self) -> UserInputError | None:
        """Every second all files and the log are on the disk, and room ahead is taken."""
        if self._failed:
            return None
        try:
            for _, writer in self._writers:
                writer.reserve()
            if self._frames - self._safe_frames >= self._setup.rate:
                for _, writer in self._writers:
                    writer.sync()
                self._safe_frames = self._frames
                self._log.append(Progress(self._frames, self.clock))
        except UserInputError as error:
            return error
        return None

    def _finished(self, track: ArmedTrack, writer: TakeWriter) -> FinishedTake:
        spans = [
            TakeSpan(span.offset_frames, min(span.frames, writer.frames - span.offset_frames), span.place)
            for span in self._spans
            if span.offset_frames < writer.frames
        ]
        return FinishedTake(
            track_id=track.track_id,
            name=track.name,
            path=str(writer.path.absolute()),
            rate=self._setup.rate,
            channels=len(track.inputs),
            frames=writer.frames,
            spans=tuple(spans),
            overflows=tuple(
                Overflow(lost.offset_frames, min(lost.frames, writer.frames - lost.offset_frames))
                for lost in self._overflows
                if lost.offset_frames < writer.frames
            ),
        )


def _heard(part: Audio, inputs: tuple[int, ...]) -> Audio:
    """[frames, len(inputs)]: the columns of the block; one column of silence stands for all."""
    if part.shape[1] > max(inputs):
        return part[:, inputs]
    heard = np.zeros((len(part), len(inputs)), np.float32)
    for column, each in enumerate(inputs):
        if each < part.shape[1]:
            heard[:, column] = part[:, each]
    return heard
