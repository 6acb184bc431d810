"""The render thread's work: keep the speaker's ring filled with the song, a little ahead of the ear.

Stopping and jumping go back to just ahead of the ear and write over what the ring holds, cross-faded, so that
they are heard at once, however far ahead it was filled.
"""

import math
import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.playback.mixer import LiveMixer, Planar, Prepared
from musicgen_desktop.playback.realtime import ClickVoice, LookAhead, MeterBank, Varispeed
from musicgen_desktop.playback.speaker import Speaker
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.timing import HeardCourse

from ._ear_clock import EarClock
from ._pace import Pace
from ._timetable import Timetable

BLOCK_FRAMES = 1024
_FADE_S = 0.01
_MARGIN_S = 0.02
_LONGEST_WAIT_S = 0.02


class Clicks(Protocol):
    """Where the metronome clicks: (heard clock, is accent) from one clock to another."""

    def __call__(self, course: Playhead, clock: int, frames: int) -> list[tuple[int, bool]]: ...


class Heard(NamedTuple):
    """What the ear is at.

    Attributes:
        clock: of the song's stream; None while nothing plays.
        place: the frame of the timeline.
        at_s: when that was, on the monotonic clock.
    """

    clock: int | None = None
    place: int = 0
    at_s: float = 0.0


class Engine:
    """Renders block after block into a speaker.

    All methods but `post` are called by the render thread; others hand it work by `post`.

    Args:
        speaker: started.
        read: a strip's own sound: (strip id, clock, frames).
        look_ahead: how far to be ahead.
        click: the metronome's voice.
        meters: told what every strip does.
        now: the monotonic clock.
    """

    def __init__(
        self,
        speaker: Speaker,
        read: Callable[[str, int, int], Planar | None],
        look_ahead: LookAhead,
        click: ClickVoice,
        meters: MeterBank,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.speaker = speaker
        self.look_ahead = look_ahead
        self.click = click
        self.meters = meters
        self.share = 0.0
        """Of real time that rendering takes, about the last second."""
        self.clicks: Clicks | None = None
        self.click_gain = 0.5
        self.closed: frozenset[str] = frozenset()
        """Strips of which nothing is to be heard: their meters show nothing."""
        self.heard = Heard()
        """What came out of the speaker at the last look; any thread may read it."""
        self._read = read
        self._now = now
        self._ear = EarClock(speaker.rate)
        self._work: deque[Callable[[], None]] = deque()
        self._cursor = speaker.written
        self._clock = 0
        self._mixer: LiveMixer | None = None
        self._course: Playhead | None = None
        self._next_courses: deque[Playhead] = deque()
        self._begun_clock = self._full_clock = 0
        self._pace: Pace | None = None
        """With whom it runs; None runs at its own speed."""
        self._varispeed: Varispeed | None = None
        self._silent = 0
        """Frames before the song sets in."""
        self._block = (0.0, 1.0)
        """The clock that is heard at the cursor, and the speed there."""
        self._fade = round(_FADE_S * speaker.rate)
        self._margin = max(round(_MARGIN_S * speaker.rate), 2 * speaker.device_frames)
        self._rise = (0.5 - 0.5 * np.cos(np.pi * np.arange(self._fade) / self._fade)).astype(np.float32)
        self._fall = np.float32(1.0) - self._rise
        self._faded = self._fade
        """How far the cross-fade from what the ring held before has come."""
        self._timetable = Timetable()
        self._seen_starvations = 0

    @property
    def fade_frames(self) -> int:
        """How long before a place a course has to begin, for the fade to it."""
        return self._fade

    @property
    def clock(self) -> int:
        """The clock that is rendered next; a stale value is fine for other threads."""
        return self._clock

    @property
    def queued(self) -> int:
        """Frames between the ear and what is written next; a stale value is fine."""
        return max(self._cursor - self.speaker.played(), 0)

    @property
    def rolling(self) -> bool:
        """Whether a song plays."""
        return self._course is not None

    def post(self, work: Callable[[], None]) -> None:
        """Have the render thread do something between two blocks; may be called by any thread."""
        self._work.append(work)

    def begin(self, course: Playhead, mixer: LiveMixer, full_clock: int, pace: Pace | None = None) -> None:
        """Play a course from its beginning on, heard as soon as can be, or when its pace wants it.

        Args:
            course: its `clock` is the first that is rendered.
            mixer: a fresh one, that has heard nothing.
            full_clock: the clock from which on it is as loud as it should be; it fades in to there.
            pace: whose clock is kept; what should have been heard already is left out.
        """
        self._go_back()
        self._mixer, self._course = mixer, course
        self._next_courses.clear()
        self._pace, self._varispeed = pace, None if pace is None else Varispeed()
        left_out = self._wait_for(pace, course)
        self._begun_clock, self._full_clock = (
            course.clock,
            max(full_clock, course.clock + left_out + self._fade),
        )
        self._clock = course.clock + left_out
        self._block = (float(self._clock), 1.0)
        self.click.silence()
        self.meters.measure_anew()
        late = mixer.latency_frames
        if late:  # nothing of the song comes out yet
            mixer.process(self._clock, late, course, self._read, None)
            self._clock += late
        self._mark(self._silent)

    def _wait_for(self, pace: Pace | None, course: Playhead) -> int:
        """Put as much silence before the course as it is early; how many of its frames are over already."""
        self._silent = 0
        moment_s = None if pace is None else self.moment_of(self._cursor)
        wanted = None if pace is None or moment_s is None else pace.clock_at(moment_s)
        if wanted is None:
            return 0
        self._silent = max(round(course.clock - wanted), 0)
        if self._silent:
            self._timetable.rest(self._cursor, course.place)
        return max(math.ceil(wanted - course.clock), 0)

    def run_freely(self) -> None:
        """Keep nobody's clock any longer; the song goes on at its own speed."""
        self._pace = None

    def halt(self) -> None:
        """Fall silent as soon as can be, and stand where the ear was."""
        heard = self._listen()
        self._go_back()
        self._mixer = self._course = self._pace = self._varispeed = None
        self._silent = 0
        self._next_courses.clear()
        self.click.silence()
        self._timetable.rest(self._cursor, heard.place)

    def rest_at(self, place: int) -> None:
        """While nothing plays, stand at another place."""
        if self._course is None:
            self._timetable.rest(self._cursor, place)

    def swap(self, prepared: Prepared) -> None:
        """Let a changed plan sound from the next block on."""
        if self._mixer is None:
            return
        before = self._mixer.latency_frames
        self._mixer.swap(prepared)
        if self._mixer.latency_frames != before and self._varispeed is None:
            self._mark()

    def turn_into(self, course: Playhead) -> None:
        """Go on with another course from its clock on, which lies ahead: the loop was changed."""
        if self._course is None:
            return
        while self._next_courses and self._next_courses[-1].clock >= course.clock:
            self._next_courses.pop()
        self._next_courses.append(course)

    def _listen(self) -> Heard:
        clock, place = self._timetable.at(self.speaker.played() - self.speaker.latency_frames)
        return Heard(clock, place, self._now())

    def clock_of(self, frame: int) -> int | None:
        """The clock that a frame of the speaker sounds, or would if the song had not stopped before it.

        May be called by any thread. None where nothing has sounded yet.
        """
        return self._timetable.clock_of(frame)

    def clock_at(self, at_s: float) -> int | None:
        """The clock that was heard at a moment of the monotonic clock, also between two device blocks."""
        frame = self._ear.frame_at(at_s, self.speaker.device_frames)
        return None if frame is None else self.clock_of(frame - self.speaker.latency_frames)

    def moment_of(self, frame: int) -> float | None:
        """When a frame of the speaker is heard, on the monotonic clock; None before the first look."""
        return self._ear.moment_of(frame + self.speaker.latency_frames, self.speaker.device_frames)

    def heard_courses(self) -> tuple[HeardCourse, ...]:
        """What is heard from now on, as far as it is known: ascending by the speaker's frame."""
        ear = self.speaker.played() - self.speaker.latency_frames
        fading_in = range(self._begun_clock, self._full_clock)
        return self._timetable.heard_from(ear, self._next_courses, fading_in)

    def step(self) -> float:
        """Do the next piece of work.

        Returns:
            For how many seconds nothing needs to be done; 0 when there is more.

        Raises:
            SpeakerLostError: when the device went away.
        """
        while self._work:
            self._work.popleft()()
        self.speaker.check()
        if self.speaker.starvations != self._seen_starvations:
            self._seen_starvations = self.speaker.starvations
            self.look_ahead.starved(self.speaker.played())
        now = self._now()  # before the look: a pause between the two must not count
        played = self.speaker.played()
        self._ear.see(now, played)
        self.heard = self._listen()
        if self._cursor < played:  # it was written over too late, and the old sound was heard
            self._cursor = min(self.speaker.written, played + self._margin)
            if self._varispeed is None or self._silent:  # else each block tells where it is
                self._mark(self._silent)
        queued = self._cursor - played
        target = self.look_ahead.note(played, queued)
        beyond = queued + BLOCK_FRAMES - target
        if beyond > 0:
            return min(beyond / self.speaker.rate + 0.001, _LONGEST_WAIT_S)
        begun = time.perf_counter()
        self._put(self._next_block(BLOCK_FRAMES))
        spent = (time.perf_counter() - begun) * self.speaker.rate / BLOCK_FRAMES
        self.share += 0.02 * (spent - self.share)
        return 0.0

    def _next_block(self, frames: int) -> Audio:
        """[frames, 2] of what comes next, at the speed at which it is to be heard."""
        if self._silent:
            silent = min(self._silent, frames)
            self._silent -= silent
            return np.zeros((silent, 2), np.float32)
        if self._varispeed is None or self._mixer is None:
            return self._rendered(frames)
        clock = self._clock - self._mixer.latency_frames - self._varispeed.ahead
        moment_s = self.moment_of(self._cursor)
        speed = 1.0
        if self._pace is not None and moment_s is not None:
            speed = self._pace.speed_from(clock, moment_s, frames)
        self._block = (clock, speed)
        self._timetable.sound(self._cursor, round(clock), self._course, speed)
        return self._varispeed.given(frames, speed, self._rendered)

    def _rendered(self, frames: int, after: int = 0) -> Audio:
        """[frames, 2] of what comes next, so many frames behind the cursor."""
        if self._mixer is None or self._course is None:
            return np.zeros((frames, 2), np.float32)
        if self._next_courses:
            ahead = self._next_courses[0].clock - self._clock
            if ahead <= 0:
                self._course = self._next_courses.popleft()
                self._mark(after)
                return self._rendered(frames, after)
            if ahead < frames:
                first = self._rendered(ahead, after)
                return np.concatenate([first, self._rendered(frames - ahead, after + ahead)])
        late = self._mixer.latency_frames
        heard = self._clock - late
        self.meters.begin(heard, frames)
        mix = self._mixer.process(self._clock, frames, self._course, self._read, self._tap)
        self._clock += frames
        self._fade_in(mix, heard)
        self._click(mix, heard)
        return np.ascontiguousarray(mix.T)

    def _tap(self, strip: str, block: Planar) -> None:
        if strip not in self.closed:
            self.meters.tap(strip, block)

    def _fade_in(self, mix: Planar, clock: int) -> None:
        first = self._full_clock - self._fade
        if clock >= self._full_clock:
            return
        silent = min(max(first - clock, 0), mix.shape[1])
        mix[:, :silent] = 0.0
        part = self._rise[max(clock - first, 0) :][: mix.shape[1] - silent]
        mix[:, silent : silent + len(part)] *= part

    def _click(self, mix: Planar, clock: int) -> None:
        clicks: list[tuple[int, bool]] = []
        if self.clicks is not None and self._course is not None:
            clicks = self.clicks(self._course, clock, mix.shape[1])
        self.click.mix_into(mix, clock, clicks, self.click_gain)

    def _go_back(self) -> None:
        """Write on just ahead of the ear, fading over from what is there."""
        played = self.speaker.played()
        self.look_ahead.refilling(played)
        ahead = played + self._margin
        self._cursor = min(self._cursor, ahead)
        self._faded = 0

    def _mark(self, after: int = 0) -> None:
        """Note which clock goes to which frame of the speaker, from so many frames behind the cursor on."""
        if self._mixer is None:
            return
        heard = self._clock - self._mixer.latency_frames
        clock, speed = self._block
        if self._varispeed is not None and not self._silent:
            after = round((heard - clock) / speed)
        self._timetable.sound(self._cursor + after, heard, self._course, speed)

    def _put(self, block: Audio) -> None:
        inside = min(max(self.speaker.written - self._cursor, 0), len(block))
        if self._faded < self._fade:
            count = min(self._fade - self._faded, len(block))
            old = min(count, inside)
            if old:
                fall = self._fall[self._faded : self._faded + old, np.newaxis]
                block[:old] += self.speaker.read_back(self._cursor, old) * fall
            self._faded += count
        if inside:
            self.speaker.rewrite(self._cursor, block[:inside])
        if inside < len(block):
            self.speaker.write(block[inside:])
        self._cursor += len(block)
