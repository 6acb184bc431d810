"""Play a project from the command line: from a bar to its end, or round in a loop until it is stopped."""

import time
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from musicgen_desktop.document import LoopRange, Project
from musicgen_desktop.foundation import MusicgenDesktopError, Report, StopFlag, UserInputError, no_report
from musicgen_desktop.playback.host import (
    OpenSpeaker,
    Problem,
    Refused,
    SpeakerLost,
    SpeakerOpened,
    StateChanged,
)
from musicgen_desktop.session.controllers._named_tracks import tracks_named
from musicgen_desktop.storage import open_project, project_folder

from ._inbox import Inbox
from ._player import Player

_START_S = 30.0
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
        opened = inbox.wait_for(SpeakerOpened, _START_S)
        first = self.first_bar or 1
        start = project.meter_map.tick_of_bar(first)
        player.set_metronome(enabled=self.metronome)
        last = None
        if self.last_bar is not None and not self.loop:
            last = project.meter_map.tick_of_bar(self.last_bar + 1)
        player.play(start, until_end=last is None and not self.loop, until_tick=last)
        end = project.tempo_map.seconds_at(project.length_ticks)
        notes = [each for each in (opened.silent_because, opened.remark) if each]
        begun: float | None = None
        ended = False
        while not ended and not stop.is_set:
            for event in inbox.taken(_LOOK_S):
                match event:
                    case StateChanged(state="playing"):
                        begun = begun or time.monotonic()
                    case StateChanged(state="stopped") if begun is not None:
                        ended = True
                    case SpeakerLost(sentence=sentence):
                        notes.append(sentence)
                        ended = True
                    case Problem(sentence=sentence):
                        notes.append(sentence)
                    case Refused(sentence=sentence):
                        raise MusicgenDesktopError(sentence)
            reading = player.reading()
            if begun is not None:
                place_s = reading.place / opened.rate
                tick = project.tempo_map.tick_at_frame(max(reading.place, 0), opened.rate)
                position = project.meter_map.position_of(tick)
                report(
                    min(place_s / end, 1.0) if end > 0 else 1.0,
                    f"Bar {position.bar}.{position.beat}  {reading.momentary_lufs:.1f} LUFS",
                )
        # Why it ended may be told after that it did.
        notes += [each.sentence for each in inbox.taken(_LOOK_S) if isinstance(each, Problem | SpeakerLost)]
        played = 0.0 if begun is None else time.monotonic() - begun
        reading = player.reading()
        return PlayReport(
            device=opened.name,
            rate=opened.rate,
            buffer_frames=opened.device_frames,
            silent_because=opened.silent_because,
            first_bar=first,
            played_s=round(played, 2),
            starvations=reading.starvations,
            late_frames=reading.late_frames,
            look_ahead_ms=round(reading.look_ahead_ms, 1),
            notes=tuple(dict.fromkeys(notes)),
        )

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
        bars = project.meter_map.bar_of(max(0, project.length_ticks - 1))
        first, last = self.first_bar or 1, self.last_bar or bars
        if not 1 <= first <= last <= bars:
            raise UserInputError(
                f"Bars {first} to {last} are not in this song; give a range within 1 to {bars}."
            )
        end = project.meter_map.tick_of_bar(last + 1)
        loop = LoopRange(project.meter_map.tick_of_bar(first), end, enabled=self.loop)
        if self.last_bar is not None:
            project = msgspec.structs.replace(project, end_ticks=end)
        return msgspec.structs.replace(project, loop=loop)
