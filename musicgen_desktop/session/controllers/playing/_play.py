"""Play a project from the command line: from a bar to its end, or round in a loop until it is stopped."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from musicgen_desktop.document import LoopRange, Project
from musicgen_desktop.foundation import MusicgenDesktopError, Report, StopFlag, no_report
from musicgen_desktop.playback.host import (
    Event,
    OpenSpeaker,
    Problem,
    Refused,
    SpeakerLost,
    SpeakerOpened,
    StateChanged,
)
from musicgen_desktop.session.controllers._bars import checked_bars
from musicgen_desktop.session.controllers._named_tracks import tracks_named
from musicgen_desktop.storage import open_project, project_folder

from ._inbox import Inbox, refusal
from ._player import Player

_START_S = 30.0
_GONE_S, _LAST_WORDS_S = 60.0, 0.3
_LOOK_S = 0.1


class PlayReport(msgspec.Struct, frozen=True):
    """What was played, through what, and how well.

    Attributes:
        silent_because: a sentence when there was no device and nothing could be heard.
        starvations: how often the sound card found nothing to play.
        late_frames: that were not there in time and sounded as silence, of all tracks together.
        look_ahead_ms: how far ahead the song was mixed at the end.
        notes: what a person should know.
    """

    device: str
    rate: int
    buffer_frames: int
    silent_because: str
    first_bar: int
    played_s: float
    starvations: int
    late_frames: int
    look_ahead_ms: float
    notes: tuple[str, ...]


def _unheard(_sentence: str) -> None:
    """For callers who read the report."""


def _alone(_player: Player, _project: Project) -> AbstractContextManager[None]:
    """Nothing goes on beside it."""
    return nullcontext()


@dataclass(frozen=True)
class PlayProject:
    """Play a project.

    Attributes:
        project: its folder.
        speaker: the device, and how to open it.
        first_bar: where to begin; bar 1 when None.
        last_bar: where to end, included; the song's end, with its tail, when None.
        loop: play these bars again and again until stopped.
        metronome: with clicks.
        solo: names, roles or numbers of the tracks to be heard alone; none is all.
        mute: of those not to be heard.
        soundfont: a General MIDI SoundFont instead of the chosen one.
        on_note: told each sentence that a person should know, at once.
        beside: what goes on beside it, from before it begins to play until it has ended.
    """

    project: Path
    speaker: OpenSpeaker = field(default_factory=OpenSpeaker)
    first_bar: int | None = None
    last_bar: int | None = None
    loop: bool = False
    metronome: bool = False
    solo: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    soundfont: Path | None = None
    on_note: Callable[[str], None] = _unheard
    beside: Callable[[Player, Project], AbstractContextManager[object]] = _alone

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> PlayReport:
        """Do it; being stopped is a way to end, not a failure.

        Raises:
            UserInputError: when the project cannot be opened, lacks the bars, or there is no such device.
            MusicgenDesktopError: when the device cannot be opened.
        """
        stop = stop or StopFlag()
        folder = project_folder(self.project)
        project = self._heard(self._cut(open_project(folder).project))
        inbox = Inbox()
        player = Player(project, folder, on_event=inbox.put, soundfont=self.soundfont)
        try:
            report(0.0, "Opening the sound card")
            settings = self.speaker.settings
            settings = msgspec.structs.replace(settings, rate=settings.rate or project.rate)
            wish = msgspec.structs.replace(self.speaker, settings=settings)
            player.open(wish)
            return self._listen(player, project, inbox, report, stop)
        finally:
            player.close()

    def _listen(
        self,
        player: Player,
        project: Project,
        inbox: Inbox,
        report: Report,
        stop: StopFlag,
    ) -> PlayReport:
        opened = inbox.wait_for(SpeakerOpened, _START_S, stop=stop)
        first = 1 if self.first_bar is None else self.first_bar
        player.set_metronome(enabled=self.metronome)
        hearing = _Hearing(player, project, self._until(project), self.on_note)
        for sentence in (opened.silent_because, opened.remark):
            hearing.note(sentence)
        with self.beside(player, project):
            hearing.play(project.meter_map.tick_of_bar(first))
            while not hearing.is_over and not stop.is_set:
                for event in inbox.taken(_LOOK_S):
                    hearing.take(event)
                hearing.show(report)
            hearing.end()
        reading = player.reading()
        return PlayReport(
            device=opened.name,
            rate=opened.rate,
            buffer_frames=opened.device_frames,
            silent_because=opened.silent_because,
            first_bar=first,
            played_s=round(hearing.played_s, 2),
            starvations=reading.starvations,
            late_frames=reading.late_frames,
            look_ahead_ms=round(reading.look_ahead_ms, 1),
            notes=tuple(hearing.notes),
        )

    def _until(self, project: Project) -> int | None:
        """The tick at which it ends; None for the song's own end and its tail."""
        if self.last_bar is None or self.loop:
            return None
        return project.meter_map.tick_of_bar(self.last_bar + 1)

    def _heard(self, project: Project) -> Project:
        """The project with what is to be heard alone, and without what is not; nothing of it is saved."""
        if self.solo:
            wanted = tracks_named(project, self.solo, buses=True)
            project = project.soloed_alone(*(track.id for track in wanted))
        if self.mute:
            for track in tracks_named(project, self.mute, buses=True):
                project = project.with_track(track.muted_as(muted=True))
        return project

    def _cut(self, project: Project) -> Project:
        """The project with its end, or its loop, where the last bar ends."""
        first, last = checked_bars(project, self.first_bar, self.last_bar)
        end = project.meter_map.tick_of_bar(last + 1)
        loop = LoopRange(project.meter_map.tick_of_bar(first), end, enabled=self.loop)
        if self.last_bar is not None:
            project = msgspec.structs.replace(project, end_ticks=end)
        return msgspec.structs.replace(project, loop=loop)


class _Hearing:
    """What happens while it plays.

    Args:
        player: opened.
        project: what it plays.
        until: the tick at which it ends; None for the song's end, or never in a loop.
        on_note: told each sentence at once.
    """

    def __init__(
        self, player: Player, project: Project, until: int | None, on_note: Callable[[str], None]
    ) -> None:
        self.notes: list[str] = []
        self.played_s = 0.0
        self._player, self._project, self._until, self._on_note = player, project, until, on_note
        self._begun_at: float | None = None
        self._stopped_at: float | None = None
        self._lost_at: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether it came to its end.

        Raises:
            MusicgenDesktopError: when the sound card went away and did not come back in time.
        """
        now = time.monotonic()
        if self._lost_at is not None:
            if now - self._lost_at > _GONE_S:
                raise MusicgenDesktopError(f"The sound card did not come back within {_GONE_S:.0f} s.")
            return False
        # Why it stopped may be told a moment after that it did.
        return self._stopped_at is not None and now - self._stopped_at > _LAST_WORDS_S

    def note(self, sentence: str) -> None:
        """Tell a sentence, once."""
        if sentence and sentence not in self.notes:
            self.notes.append(sentence)
            self._on_note(sentence)

    def play(self, tick: float | None) -> None:
        """Play from a tick, or from where it stands."""
        loops = self._project.loop.enabled
        self._player.play(tick, until_end=self._until is None and not loops, until_tick=self._until)

    def take(self, event: Event) -> None:
        """Something happened.

        Raises:
            MusicgenDesktopError: when it cannot be played.
        """
        match event:
            case StateChanged(state="playing"):
                self._begun_at, self._stopped_at = time.monotonic(), None
            case StateChanged(state="stopped") if self._begun_at is not None:
                self._stopped_at = time.monotonic()
                self.end()
            case SpeakerLost(sentence=sentence):
                self._lost_at = time.monotonic()
                self.note(sentence)
            case SpeakerOpened() if self._lost_at is not None:
                self._lost_at = self._stopped_at = None
                self.note("It is back, and the song goes on.")
                self.play(None)
            case Problem(sentence=sentence):
                self.note(sentence)
            case Refused():
                raise refusal(event)

    def end(self) -> None:
        """Count what was played up to now; who is stopped from outside hears no more of the player."""
        if self._begun_at is not None:
            self.played_s += time.monotonic() - self._begun_at
            self._begun_at = None

    def show(self, report: Report) -> None:
        """Tell where it is."""
        reading = self._player.reading()
        if self._lost_at is not None:
            report(0.0, "Waiting for the sound card")
        elif self._begun_at is not None and reading.rate:
            end = self._project.tempo_map.seconds_at(self._project.length_ticks)
            tick = self._project.tempo_map.tick_at_frame(max(reading.place, 0), reading.rate)
            position = self._project.meter_map.position_of(tick)
            report(
                min(reading.place / reading.rate / end, 1.0) if end > 0 else 1.0,
                f"Bar {position.bar}.{position.beat}  {reading.momentary_lufs:.1f} LUFS",
            )
