"""The transport's rules made to sound: courses that begin when their sound is there, and the song's end."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec

from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.mixer import LiveMixer
from musicgen_desktop.playback.sources import SourceBank
from musicgen_desktop.playback.transport import Playhead, Transport, TransportState, count_in_start

from ._commands import Play, SetRecording
from ._output import Output
from ._pace import Pace
from ._score import Score
from ._tape import Tape

_READY_S = 0.2
_PATIENCE_S = 1.5
_COLD_PATIENCE_S = 15.0
_APART_S = 2.0
_TURN_S = 0.25


@dataclass(frozen=True)
class _Start:
    """A course that begins as soon as its sound is there.

    Attributes:
        full_clock: where it is as loud as it should be.
        ruled_clock: where the transport's own course begins, which knows of no fade.
    """

    course: Playhead
    mixer: LiveMixer
    full_clock: int
    ruled_clock: int
    give_up: float
    pace: Pace | None


class Rolling:
    """The song on one open device. Belongs to the control thread.

    Args:
        output: the device.
        bank: the sources, at the device's rate.
        score: the song; its rate must be the device's before anything is played.
        tape: the device's inputs.
        become: told the state and the tick whenever the state is another.
    """

    def __init__(
        self,
        output: Output,
        bank: SourceBank,
        score: Score,
        tape: Tape,
        become: Callable[[TransportState, float], None],
    ) -> None:
        self.transport = Transport()
        self.recording = SetRecording("")
        """What is recorded when it is."""
        self.course: Playhead | None = None
        """What sounds, or is about to."""
        self.full_clock = 0
        """The clock at which the place that was asked for is heard."""
        self.always_clicks = False
        self._output, self._bank, self._score, self._tape = output, bank, score, tape
        self._become = become
        self._told: TransportState = "stopped"
        self._start: _Start | None = None
        self._mixer: LiveMixer | None = None
        self._ruled_clock = 0
        self._begun_clock = 0
        self.pace: Pace | None = None
        """How the course keeps with a master; None while it goes its own way."""
        self._pace_of: Callable[[Playhead], Pace] | None = None
        self._turns = True
        self._counted = range(0)
        self._until: int | None = None
        self._until_end = False
        self._is_recorded = False
        output.engine.clicks = self._clicks

    @property
    def clock(self) -> int:
        """The clock that is heard; where nothing is, the one that is rendered next."""
        heard = self._output.engine.heard.clock
        return self._output.engine.clock if heard is None else heard

    @property
    def has_begun(self) -> bool:
        """Whether what is heard is the course that was asked for last."""
        heard = self._output.engine.heard.clock
        return (
            self._start is None
            and self.course is not None
            and heard is not None
            and heard >= self._begun_clock
        )

    @property
    def state(self) -> TransportState:
        """What a person sees and hears: what was begun is not there before the ear has it."""
        if self.transport.is_rolling and not self.has_begun:
            return "locating"
        return self.transport.state

    @property
    def tick(self) -> float:
        """Where the song is heard, or stands."""
        place = self.transport.cursor
        if self.has_begun and self.transport.state != "scrubbing":
            place = self._output.engine.heard.place
        return self._score.tick_at(place)

    def stand_at(self, tick: float) -> None:
        """While it does not run: stand there."""
        place = max(self._score.frame_at(tick), 0)
        self.transport = self.transport.locate(place, self.clock)
        self._rest()

    def check(self) -> None:
        """See that it can record.

        Raises:
            MusicgenDesktopError: when it cannot.
        """
        self._tape.check(self.recording)

    def play(self, wish: Play) -> None:
        """Play from a tick or from where it stands; what plays already goes on from the tick.

        Raises:
            MusicgenDesktopError: when it should record, and cannot.
        """
        if wish.record:
            self.check()
        clock, tick = self.clock, wish.tick
        if tick is None and self.transport.is_rolling:
            tick = self.tick
        if tick is not None:
            self.transport = self.transport.locate(max(self._score.frame_at(tick), 0), clock)
        if wish.record:
            self.transport = self.transport.with_punch(self._tape.punch(self.recording), clock)
        self.transport = self.transport.with_record(clock, is_on=wish.record)
        if not self.transport.is_rolling:
            first = None
            if wish.count_in_bars:
                score = self._score
                first = count_in_start(
                    self.transport.cursor, wish.count_in_bars, score.rate, score.tempo_map, score.meter_map
                )
            self.transport = self.transport.play(clock, first)
        self._until_end = wish.until_end
        self._until = None if wish.until_tick is None else self._score.frame_at(wish.until_tick)
        self._realise()

    def follow(self, pace_of: Callable[[Playhead], Pace], wish: Play, *, loops: bool) -> None:
        """Play with a master clock, also after a jump of our own, until `run_freely`.

        Args:
            pace_of: makes the pace of a course.
            wish: from where.
            loops: whether our loop turns it back; else it goes wherever the master goes.

        Raises:
            MusicgenDesktopError: when it should record, and cannot.
        """
        self._pace_of, self._turns = pace_of, loops
        self.play(wish)

    def run_freely(self) -> None:
        """Go on at the song's own speed."""
        engine = self._output.engine
        self.pace = self._pace_of = None
        self._turns = True
        self._output.thread.post(engine.run_freely)

    def stop(self, *, go_back: bool = False) -> None:
        """Fall silent as soon as can be."""
        if self.transport.state in ("stopped", "stopping"):
            return
        self._tape.end_at(self.clock)
        # What was begun last may not have reached the ear yet; it stands there, not where the ear was before.
        clock = max(self.clock, self._ruled_clock) if self._start is None else self.clock
        self.transport = msgspec.structs.replace(self.transport, return_on_stop=go_back).stop(clock)
        engine = self._output.engine
        self._output.thread.post(engine.halt)
        self._bank.set_course(None, engine.clock)
        self._start = self._mixer = self.course = self.pace = self._until = None
        self._until_end = False
        self._tell()

    def locate(self, tick: float) -> None:
        """Go elsewhere, and go on there if it plays."""
        self._end_scrubbing()
        if not self.transport.is_rolling:
            self.stand_at(tick)
            return
        self.transport = self.transport.locate(self._score.frame_at(tick), self.clock)
        self._realise()

    def return_to_start(self) -> None:
        """Go to the beginning of the loop when there is one, else of the song."""
        self._end_scrubbing()
        self.transport = self.transport.return_to_start(self.clock)
        if self.transport.is_rolling:
            self._realise()
        else:
            self._rest()

    def set_loop(self, loop: tuple[int, int] | None, *, is_on: bool) -> None:
        """Repeat these frames of the timeline from now on, or no longer."""
        # So far ahead that its sound is there in time.
        at = self._next_clock + round(_TURN_S * self._output.rate)
        before = self.transport.active_loop
        self.transport = self.transport.with_loop(loop, at, is_on=is_on)
        if self.transport.active_loop == before or self.transport.state == "scrubbing" or not self._turns:
            return
        if self._start is not None:
            self._realise()
        elif self.course is not None:
            self.course = turned = self.course.continued(at, self.transport.active_loop)
            self._bank.set_course(turned, at)
            self._tape.turn(turned)
            if self.pace is not None:
                self.pace.turn(turned)
            engine = self._output.engine
            self._output.thread.post(lambda: engine.turn_into(turned))

    def scrub(self, tick: float | None) -> None:
        """Sound a moment around a tick, again and again; None ends it."""
        if tick is None:
            if self.transport.state == "scrubbing":
                self.stop()
            return
        self.transport = self.transport.scrub(self._score.frame_at(tick), self.clock, self._output.rate)
        self._realise()

    def change_plan(self, *, moved_from: float | None) -> None:
        """The score is another now.

        Args:
            moved_from: the tick that was heard, when the tempo is another, so that all places lie elsewhere.
        """
        strips = self._score.strips
        engine, meters = self._output.engine, self._output.meters
        names = [strip.id for strip in strips]
        engine.closed = frozenset(strip.id for strip in strips[:-1] if strip.output is None)
        self._bank.update(self._score.sources, engine.clock)
        self._output.thread.post(lambda: meters.arrange(names))
        if moved_from is not None:
            self.locate(moved_from)
        elif self._start is not None:
            self._start = replace(self._start, mixer=self._score.mixer())
        elif self._mixer is not None:
            prepared = self._mixer.prepare(strips, self._score.tempo_map, self._score.rate)
            self._output.thread.post(lambda: engine.swap(prepared))

    def look_around(self) -> None:
        """Begin what is ready; notice the end of a count-in, of a fade, of the song."""
        self._begin_when_ready()
        engine = self._output.engine
        if self.transport.state == "stopping" and not engine.rolling and engine.heard.clock is None:
            self.transport = self.transport.silent()
            self._rest()
        elif self.has_begun:
            # The fade before the place is no count-in.
            self.transport = self.transport.at(max(self.clock, self._ruled_clock))
            self._record()
            if self._end is not None and engine.heard.place >= self._end:
                self.stop(go_back=True)
        self._tell()

    @property
    def _next_clock(self) -> int:
        """The first clock that nothing has been planned for; a course may have been begun just now."""
        rendered = self._output.engine.clock
        return (
            rendered if self._start is not None or self.course is None else max(rendered, self.course.clock)
        )

    @property
    def _end(self) -> int | None:
        """The frame of the timeline at which it stops by itself."""
        if self._until is not None:
            return self._until
        return self._score.song_frames + self._score.tail_frames if self._until_end else None

    def _end_scrubbing(self) -> None:
        if self.transport.state == "scrubbing":
            self.stop()

    def _realise(self) -> None:
        """Have the transport's course made ready, with a moment before it to fade in."""
        ruled, cursor = self.transport.course, self.transport.cursor
        if ruled is None:
            return
        self._tape.end_at(self.clock)  # a take holds no jumps; what was recorded so far is kept
        self._is_recorded = False
        fade = self._output.engine.fade_frames
        clock = self._next_clock + round(_APART_S * self._output.rate)
        place = min(ruled.place, cursor - fade)
        loop = ruled.loop if self._turns else None
        course = Playhead(clock, place, loop, max(cursor - fade, 0))
        pace_of = None if self.transport.state == "scrubbing" else self._pace_of
        self.pace = None if pace_of is None else pace_of(course)
        self._bank.set_course(course, clock)
        engine = self._output.engine
        self._output.thread.post(lambda: engine.rest_at(cursor))  # until it sounds
        self.course, self.full_clock = course, clock + cursor - place
        self._begun_clock = clock
        self._counted = range(clock, self.full_clock) if ruled.sounds_from is not None else range(0)
        patience_s = _PATIENCE_S if engine.rolling else _COLD_PATIENCE_S
        self._start = _Start(
            course,
            self._score.mixer(),
            self.full_clock,
            clock + ruled.place - place,
            time.monotonic() + patience_s,
            self.pace,
        )
        self._tell()

    def _begin_when_ready(self) -> None:
        start = self._start
        if start is None:
            return
        # The engine takes a whole look-ahead at once; what comes after it must be there as well.
        ahead = self._output.look_ahead.target + start.mixer.latency_frames
        ahead += round(_READY_S * self._output.rate)
        if start.pace is not None:  # what is over already is left out
            ahead += max(round((start.pace.clock_at(time.monotonic()) or 0.0) - start.course.clock), 0)
        if not self._bank.ready(start.course.clock, ahead):
            now = time.monotonic()
            if now < start.give_up:
                return
            if self._output.engine.rolling:  # rather a pause than a song with holes
                self._output.thread.post(self._output.engine.halt)
                self._start = replace(start, give_up=now + _COLD_PATIENCE_S)
                return
        self._start, self._mixer = None, start.mixer
        engine = self._output.engine
        self._output.thread.post(
            lambda: engine.begin(start.course, start.mixer, start.full_clock, start.pace)
        )
        self._ruled_clock = start.ruled_clock
        self.transport = self.transport.started(start.ruled_clock)
        self._tell()

    def _record(self) -> None:
        """Begin a wished-for recording once the course is heard."""
        wanted = self.transport.is_record_on and not self._is_recorded and not self._tape.is_recording
        if wanted and self.course is not None:
            self._is_recorded = True
            try:
                self._tape.begin(self.recording, self.course, self.full_clock)
            except MusicgenDesktopError:
                self.transport = self.transport.with_record(self.clock, is_on=False)
                raise

    def _rest(self) -> None:
        """Show where it stands, and have its first sounds at hand."""
        engine, place = self._output.engine, self.transport.cursor
        self._output.thread.post(lambda: engine.rest_at(place))
        self._bank.prepare(max(place - engine.fade_frames, 0))

    def _clicks(self, course: Playhead, clock: int, frames: int) -> list[tuple[int, bool]]:
        """For the render thread: all clicks when the metronome is on, else those of a count-in."""
        counted = self._counted
        if self.always_clicks:
            return self._score.clicks(course, clock, frames)
        if clock >= counted.stop or clock + frames <= counted.start:
            return []
        return [each for each in self._score.clicks(course, clock, frames) if each[0] in counted]

    def _tell(self) -> None:
        if self.state != self._told:
            self._told = self.state
            self._become(self._told, self.tick)
