"""Run with other machines from the command line, until it is stopped."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, no_report
from musicgen_desktop.playback.host import (
    OpenSpeaker,
    Problem,
    Refused,
    SpeakerLost,
    SpeakerOpened,
    StateChanged,
)
from musicgen_desktop.playback.speaker import SpeakerSettings
from musicgen_desktop.session.controllers.playing import Inbox, Player, PlayProject
from musicgen_desktop.storage import open_project, project_folder
from musicgen_desktop.timing import ClockReading, MasterClock, PlayClock

from ._sending import Sending
from ._settings import SyncSettings
from ._sync import Sync

_OPEN_S = 30.0
_LOOK_S = 0.05
_SETTLED_S = 2.0


class SyncReport(msgspec.Struct, frozen=True):
    """What was run with whom.

    Attributes:
        played_s: how long the song ran.
        bpm: the master's tempo at the end; None where none was followed, or it told none.
        largest_deviation_ms: between what was heard and the master, two seconds after it began to play and
            later; None without a master.
        ports: that clocks were sent on, as others see them.
        notes: what a person should know.
    """

    played_s: float
    bpm: float | None = None
    largest_deviation_ms: float | None = None
    ports: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _unseen(_ports: tuple[str, ...]) -> None:
    """For callers who read the report."""


def _unheard(_sentence: str) -> None:
    """For callers who read the report."""


@dataclass(frozen=True)
class SendSync:
    """Play a project, and have others run with it.

    Attributes:
        project: its folder.
        settings: which clocks are sent.
        first_bar: where to begin; bar 1 when None.
        last_bar: where to end, included; the song's end when None.
        loop: these bars again and again until stopped.
        delay_s: waited before it begins, for others to connect to a port of our own.
        speaker: what it is heard through; None plays without sound.
        on_note: told each sentence that a person should know, at once.
        on_ports: told the names of the ports before it begins.
    """

    project: Path
    settings: SyncSettings
    first_bar: int | None = None
    last_bar: int | None = None
    loop: bool = False
    delay_s: float = 0.0
    speaker: OpenSpeaker | None = None
    on_note: Callable[[str], None] = _unheard
    on_ports: Callable[[tuple[str, ...]], None] = _unseen

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> SyncReport:
        """Do it; being stopped is a way to end, not a failure.

        Raises:
            UserInputError: when the project cannot be opened or lacks the bars, nothing is to be sent, or
                whom it should be sent to is not there.
            MusicgenDesktopError: when the device or the MIDI process does not work.
        """
        if not self.settings.sends:
            raise UserInputError("Say what to send: --clock, --timecode or --jack.")
        stop = stop or StopFlag()
        sending = Sending(self.on_note)

        @contextmanager
        def clocks(player: Player, project: Project) -> Iterator[None]:
            sync = Sync(
                player,
                project,
                on_problem=sending.note,
                on_ports=sending.take_ports,
                on_clocks=sending.take_clocks,
            )
            try:
                sync.set(self.settings)
                sending.wait_until_sent(stop)
                self.on_ports(tuple(sending.ports))
                _wait(self.delay_s, stop)
                yield
            finally:
                sync.close()

        is_heard = self.speaker is not None
        played = PlayProject(
            self.project,
            self.speaker or OpenSpeaker(SpeakerSettings(device="silent")),
            first_bar=self.first_bar,
            last_bar=self.last_bar,
            loop=self.loop,
            on_note=self.on_note if is_heard else _unheard,
            beside=clocks,
        ).run(report, stop)
        told = played.notes if is_heard else ()
        return SyncReport(played.played_s, ports=tuple(sending.ports), notes=(*sending.notes, *told))


@dataclass(frozen=True)
class FollowSync:
    """Play a project together with another machine, until stopped.

    Attributes:
        project: its folder.
        settings: what is followed.
        seconds: end after so long; None for never.
        speaker: what it is heard through.
        on_note: told each sentence that a person should know, at once.
    """

    project: Path
    settings: SyncSettings
    seconds: float | None = None
    speaker: OpenSpeaker = field(default_factory=OpenSpeaker)
    on_note: Callable[[str], None] = _unheard

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> SyncReport:
        """Do it; being stopped is a way to end, not a failure.

        Raises:
            UserInputError: when the project cannot be opened, there is no such device, or nobody is followed.
            MusicgenDesktopError: when the device or the MIDI process does not work.
        """
        if self.settings.follow is None:
            raise UserInputError("Say what to follow: --clock, --timecode, --jack or --link.")
        stop = stop or StopFlag()
        folder = project_folder(self.project)
        project = open_project(folder).project
        inbox = Inbox()
        player = Player(project, folder, on_event=inbox.put)
        watch = _Watch(project, self.on_note)
        try:
            settings = self.speaker.settings
            settings = msgspec.structs.replace(settings, rate=settings.rate or project.rate)
            player.open(msgspec.structs.replace(self.speaker, settings=settings))
            opened = inbox.wait_for(SpeakerOpened, _OPEN_S, stop=stop)
            for sentence in (opened.silent_because, opened.remark):
                watch.note(sentence)
            sync = Sync(player, project, on_problem=watch.note)
            try:
                sync.set(self.settings)
                self._listen(player, sync, inbox, watch, report, stop)
            finally:
                sync.close()
        finally:
            player.close()
        return watch.report()

    def _listen(
        self,
        player: Player,
        sync: Sync,
        inbox: Inbox,
        watch: "_Watch",
        report: Report,
        stop: StopFlag,
    ) -> None:
        end = None if self.seconds is None else time.monotonic() + self.seconds
        asked = False
        clock = PlayClock.open(player.clock_path)
        while not stop.is_set and (end is None or time.monotonic() < end):
            for event in inbox.taken(_LOOK_S):
                watch.take(event)
            master = sync.master
            if master.bar is not None and master.state == "rolling" and not asked:
                asked = True
                player.play()  # on the next bar
            watch.look(clock.read(), master)
            report(0.0, sentence_of(master))


class _Watch:
    """What happens while somebody is followed."""

    def __init__(self, project: Project, on_note: Callable[[str], None]) -> None:
        self._project, self._on_note = project, on_note
        self._notes: list[str] = []
        self._played_s = 0.0
        self._begun_at: float | None = None
        self._bpm: float | None = None
        self._largest_s: float | None = None

    def note(self, sentence: str) -> None:
        """Tell a sentence, once."""
        if sentence and sentence not in self._notes:
            self._notes.append(sentence)
            self._on_note(sentence)

    def take(self, event: object) -> None:
        """Something happened."""
        match event:
            case StateChanged(state="playing"):
                self._begun_at = self._begun_at or time.monotonic()
            case StateChanged(state="stopped"):
                self._end()
            case SpeakerLost(sentence=sentence) | Problem(sentence=sentence) | Refused(sentence=sentence):
                self.note(sentence)

    def look(self, reading: ClockReading, master: MasterClock) -> None:
        """Compare what is heard with what the master says."""
        self._bpm = master.bpm or self._bpm
        now = time.monotonic()
        if self._begun_at is None or now - self._begun_at < _SETTLED_S or master.state != "rolling":
            return
        place = reading.place_at(now) if reading.is_live(now) else None
        if place is not None and reading.is_rolling_at(now) and master.speed > 0.0:
            late_s = abs(self._behind(place / reading.rate, master, now)) / master.speed
            self._largest_s = max(late_s, self._largest_s or 0.0)

    def _behind(self, heard_s: float, master: MasterClock, now: float) -> float:
        """How far the song lies behind, in the master's unit."""
        tempo = self._project.tempo_map
        behind = master.place_at(now) - (tempo.tick_at(heard_s) if master.unit == "ticks" else heard_s)
        if master.bar is None:
            return behind
        line, length = master.bar
        return (behind - line + 0.5 * length) % length - 0.5 * length

    def report(self) -> SyncReport:
        """What became of it."""
        self._end()
        return SyncReport(
            round(self._played_s, 2),
            None if self._bpm is None else round(self._bpm, 3),
            None if self._largest_s is None else round(1000.0 * self._largest_s, 3),
            notes=tuple(self._notes),
        )

    def _end(self) -> None:
        if self._begun_at is not None:
            self._played_s += time.monotonic() - self._begun_at
        self._begun_at = None


def sentence_of(master: MasterClock) -> str:
    """How things stand with the machine that is followed, in a few words."""
    match master.state:
        case "rolling" if master.bpm is not None:
            return f"Following at {master.bpm:.1f} BPM"
        case "rolling":
            return "Following"
        case "stopped":
            return "The other machine stands"
        case "lost":
            return "The clock is lost"
        case _:
            return "Waiting for a clock"


def _wait(seconds: float, stop: StopFlag) -> None:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up and not stop.is_set:
        time.sleep(min(_LOOK_S, seconds))
