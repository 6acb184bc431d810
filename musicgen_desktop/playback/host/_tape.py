"""Recording: what comes in goes to the disk, each frame to the place that it was played to."""

import time
from collections import deque

from musicgen_desktop.dsp import Audio
from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.live import LiveInput
from musicgen_desktop.playback.recording import NoLoopbackError, Recorded, Recorder, RecordingSetup
from musicgen_desktop.playback.transport import Playhead

from ._commands import SetRecording
from ._events import LatencyMeasured
from ._latency import LatencyCheck
from ._output import Output
from ._score import Score

_BACKLOG_S = 2.0
_FINISH_S = 10.0
_PATIENCE_S = 2.0


class Tape:
    """The inputs of one open device. Belongs to the control thread.

    Args:
        output: the device.
        score: the song.
    """

    def __init__(self, output: Output, score: Score) -> None:
        self._output, self._score = output, score
        self._recorder: Recorder | None = None
        self._input_clock = 0
        self._backlog: deque[tuple[int, Audio]] = deque()
        self._late = self._lost = self._next_out = 0
        self._overflows = output.speaker.input_overflows
        self._give_up: float | None = None
        self._closing: list[Recorder] = []
        self.monitors: tuple[LiveInput, ...] = ()
        """Are handed what comes in, to be heard at once."""
        self._notes: tuple[str, ...] = ()
        self._check: LatencyCheck | None = None
        self._measured: LatencyMeasured | None = None
        self._not_measured: NoLoopbackError | None = None

    @property
    def is_recording(self) -> bool:
        """Whether something is being written."""
        return self._recorder is not None

    def begin(self, wish: SetRecording, course: Playhead, from_clock: int) -> None:
        """Record from this clock on; what came in up to two seconds ago is still there.

        Args:
            wish: what to record, and into which folder.
            course: what is heard by now: the engine's origin tells where.
            from_clock: nothing before it is kept.

        Raises:
            UserInputError: when the disk refuses.
            MusicgenDesktopError: when the device has too few inputs open.
        """
        self.check(wish)
        speaker = self._output.speaker
        self._late = speaker.latency_frames + speaker.input_latency_frames + wish.residual_frames
        setup = RecordingSetup(
            folder=wish.folder,
            rate=speaker.rate,
            tempo_map=self._score.tempo_map,
            tracks=wish.tracks,
            notes=wish.notes,
            latency_frames=self._late,
            from_clock=from_clock,
            punch=self.punch(wish),
            bits=wish.bits,
        )
        self._notes = tuple(track.track_id for track in wish.notes)
        self._recorder = Recorder(setup, course)
        self._give_up = None
        self._overflows = speaker.input_overflows
        for clock, block in self._backlog:
            self._feed(clock, block)
        self._backlog.clear()

    def check(self, wish: SetRecording) -> None:
        """See that this can be recorded.

        Raises:
            MusicgenDesktopError: when nothing is armed, or the device has too few inputs open.
        """
        if not wish.tracks and not wish.notes:
            raise MusicgenDesktopError("No track is armed; arm one to record on it.")
        speaker = self._output.speaker
        if wish.tracks and speaker.why_silent:
            raise MusicgenDesktopError(
                "There is no sound device to record from; connect one and choose it, then record again."
            )
        needed = max((max(track.inputs) + 1 for track in wish.tracks), default=0)
        if needed > speaker.inputs:
            raise MusicgenDesktopError(
                f"Input {needed} is armed, and “{speaker.name}” was opened with {speaker.inputs} inputs;"
                " choose another input for the track, or another device."
            )

    def punch(self, wish: SetRecording) -> tuple[int, int] | None:
        """The frames of the timeline between which is recorded."""
        if wish.punch is None:
            return None
        start, end = (self._score.frame_at(tick) for tick in wish.punch)
        return (start, end) if start < end else None

    def measure(self) -> None:
        """Have a chirp played, and listen for it.

        Raises:
            MusicgenDesktopError: when no input is open.
        """
        if not self._output.speaker.inputs:
            raise MusicgenDesktopError("No input is open; choose a device with inputs to measure it.")
        self._check = LatencyCheck(self._output)

    def turn(self, course: Playhead) -> None:
        """The song goes another way from the course's clock on."""
        if self._recorder is not None:
            self._recorder.set_course(course)

    def end_at(self, clock: int) -> None:
        """Record nothing from this clock on; `look_around` tells when all before it is on the disk."""
        if self._recorder is not None and self._give_up is None:
            now = time.monotonic()
            self._give_up = now + _PATIENCE_S
            # The ear is looked at now and then; a key may have been struck since.
            clock = max(clock, self._output.engine.clock_at(now) or clock)
            self._recorder.end_at(clock)
            self._recorder.advance(clock)

    def hear_all(self, data: bytes, at_s: float) -> None:
        """Take a MIDI message for all tracks that record notes. May be called by any thread.

        Args:
            data: one channel message.
            at_s: when it came, on the monotonic clock.
        """
        recorder, clock = self._recorder, self._output.engine.clock_at(at_s)
        if recorder is None or clock is None:
            return
        for track_id in self._notes:
            recorder.hear(track_id, data, clock)

    def look_around(self) -> Recorded | None:
        """Fetch what came in. Returns the takes, once, when a recording is over."""
        block = self._output.speaker.read_input()
        if len(block):
            clock, self._input_clock = self._input_clock, self._input_clock + len(block)
            for monitor in self.monitors:
                monitor.feed(block)
            if self._recorder is not None:
                self._feed(clock, block)
            else:
                self._remember(clock, block)
            self._listen(clock, block)
        recorder = self._recorder
        if recorder is not None:
            heard = self._output.engine.heard.clock
            if heard is not None:
                recorder.advance(heard)
            # A device that gives no more input must not keep the take open.
            if recorder.done or (self._give_up is not None and time.monotonic() > self._give_up):
                self._recorder = None
                self._closing.append(recorder)
        for closing in self._closing:
            recorded = closing.finish(0.0)
            if recorded is not None:
                self._closing.remove(closing)
                return recorded
        return None

    def measured(self) -> LatencyMeasured | None:
        """What `measure` found, once.

        Raises:
            NoLoopbackError: when the chirp did not come back.
        """
        found, failure = self._measured, self._not_measured
        self._measured = self._not_measured = None
        if failure is not None:
            raise failure
        return found

    def close(self) -> list[Recorded]:
        """The device goes: end what is being recorded, keeping all that came in."""
        found = [self.look_around()]  # what came in since the last look
        if self._recorder is not None:
            self._closing.append(self._recorder)
        self._recorder = None
        found += [recorder.finish(_FINISH_S) for recorder in self._closing]
        self._closing = []
        return [recorded for recorded in found if recorded is not None]

    def _feed(self, input_clock: int, block: Audio) -> None:
        # What comes in now was played to what went out a round trip ago, maybe before a jump.
        speaker = self._output.speaker
        went_out = speaker.clock_of_input(input_clock)
        if speaker.input_overflows != self._overflows:  # what the device lost counts as if it had come
            self._overflows = speaker.input_overflows
            self._lost += max(went_out - self._next_out, 0)
        self._next_out = went_out + len(block)
        clock = self._output.engine.clock_of(went_out - self._late)
        if self._recorder is not None and clock is not None:
            self._recorder.feed(block, input_clock + self._lost, clock + self._late)

    def _listen(self, clock: int, block: Audio) -> None:
        if self._check is None:
            return
        try:
            self._measured = self._check.feed(clock, block)
        except NoLoopbackError as error:
            self._not_measured = error
        if self._measured is not None or self._not_measured is not None:
            self._check = None

    def _remember(self, clock: int, block: Audio) -> None:
        self._backlog.append((clock, block))
        while clock - self._backlog[0][0] > _BACKLOG_S * self._output.rate:
            self._backlog.popleft()
