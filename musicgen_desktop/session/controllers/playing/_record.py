"""Record into a project from the command line: armed tracks, from a bar on, until it is stopped."""

import time
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from musicgen_desktop.document import LoopRange, Project, Track, TrackKind
from musicgen_desktop.foundation import (
    MusicgenDesktopError,
    Report,
    StopFlag,
    UserInputError,
    new_id,
    no_report,
)
from musicgen_desktop.playback.host import (
    LiveReady,
    OpenSpeaker,
    PlanTaken,
    Problem,
    RecordingEnded,
    Refused,
    SetRecording,
    SpeakerLost,
    SpeakerOpened,
    StateChanged,
)
from musicgen_desktop.playback.recording import ArmedNotes, ArmedTrack, Recorded
from musicgen_desktop.session.controllers.record import (
    keep_takes,
    recordings_folder,
    recover_recordings,
    tidy_recordings,
)
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.storage import project_folder

from ._inbox import Inbox, refusal
from ._latencies import residual_of
from ._player import Player

_START_S = 30.0
_LOOK_S = 0.1
_END_S, _NOTHING_S, _LAST_WORDS_S = 20.0, 1.0, 0.3
_CUT_OFF = "An earlier recording was cut off; “record PROJECT --recover” keeps it."
_STAGES = {"counting_in": "Counting in", "playing": "Playing", "recording": "Recording"}


class RecordReport(msgspec.Struct, frozen=True):
    """What was recorded.

    Attributes:
        clips: how many clips came into the project.
        recorded_s: seconds of sound on each track.
        notes_played: how many notes a keyboard played.
        cut_short: whether something else than the user, or the last bar, ended or disturbed it.
        thru_ms: from a key to the ear, as measured; 0 without a keyboard.
        residual_frames: the part of the latency that a loop-back measurement found; 0 when there was none.
    """

    device: str
    rate: int
    clips: int
    tracks: tuple[str, ...]
    recorded_s: float
    notes_played: int
    overflows: int
    residual_frames: int
    thru_ms: float
    cut_short: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class RecordProject:
    """Record onto tracks of a project.

    Attributes:
        project: its folder.
        track: the name of the track; a new one when there is none of that name.
        inputs: which inputs of the device, from 1: one for mono, two for stereo.
        midi_port: record notes from this keyboard instead, by its name or a part of it; empty for the first.
        speaker: the device, and how to open it.
        first_bar: where to begin.
        last_bar: where to stop by itself, included; None records until stopped.
        count_in_bars: clicked before.
        metronome: with clicks while recording.
    """

    project: Path
    track: str
    inputs: tuple[int, ...] = (1,)
    midi_port: str | None = None
    speaker: OpenSpeaker = field(default_factory=OpenSpeaker)
    first_bar: int = 1
    last_bar: int | None = None
    count_in_bars: int = 1
    metronome: bool = True

    def run(self, report: Report = no_report, stop: StopFlag | None = None) -> RecordReport:
        """Do it; being stopped is the usual end.

        Raises:
            UserInputError: when the project cannot be opened or written, or the bars or inputs cannot be.
            MusicgenDesktopError: when the device cannot be opened.
        """
        stop = stop or StopFlag()
        if not 1 <= len(self.inputs) <= 2 or min(self.inputs) < 1:
            raise UserInputError("A track records one input (mono) or two (stereo), counted from 1.")
        if len(set(self.inputs)) != len(self.inputs) or not self.track.strip():
            raise UserInputError("A track needs a name, and two different inputs for stereo.")
        if self.first_bar < 1 or (self.last_bar is not None and self.last_bar < self.first_bar):
            raise UserInputError("Bars count from 1, and the last one does not come before the first.")
        store = ProjectStore.open(project_folder(self.project))
        try:
            recordings_folder(store)  # refused at once where nothing can be written
            cut_off = frozenset(earlier.log for earlier in recover_recordings(store))
            track = self._armed(store.project)
            inbox = Inbox()
            settings = msgspec.structs.replace(
                self.speaker.settings,
                rate=self.speaker.settings.rate or store.project.rate,
                inputs=max(self.inputs) if self.midi_port is None else 0,
            )
            # From here straight on: a loop is for the window, where one sees the rounds.
            straight = msgspec.structs.replace(store.project, loop=LoopRange())
            player = Player(straight, store.folder, on_event=inbox.put)
            try:
                report(0.0, "Opening the sound card")
                player.open(msgspec.structs.replace(self.speaker, settings=settings))
                done = self._record(store, player, inbox, track, cut_off, report, stop)
                return msgspec.structs.replace(done, notes=(*done.notes, _CUT_OFF)) if cut_off else done
            finally:
                player.close()
        finally:
            store.close()

    @property
    def _channels(self) -> tuple[int, ...]:
        return tuple(number - 1 for number in self.inputs)

    def _armed(self, project: Project) -> Track:
        """The track to record on; a new one comes into the project with its first take."""
        kind: TrackKind = "audio" if self.midi_port is None else "notes"
        for track in project.tracks:
            if track.name == self.track:
                if track.kind != kind:
                    raise UserInputError(
                        f"The track “{track.name}” plays no {kind}; name a track that does, or a new one."
                    )
                return track
        return Track(id=new_id("track"), name=self.track, kind=kind)

    def _record(
        self,
        store: ProjectStore,
        player: Player,
        inbox: Inbox,
        track: Track,
        known: frozenset[str],
        report: Report,
        stop: StopFlag,
    ) -> RecordReport:
        opened = inbox.wait_for(SpeakerOpened, _START_S)
        inbox.wait_for(PlanTaken, _START_S)
        residual = residual_of(opened)
        project = store.project
        start, end = project.meter_map.tick_of_bar(self.first_bar), self._end(project)
        wish = SetRecording(
            str(recordings_folder(store)),
            punch=None if end is None else (start, end),
            residual_frames=residual,
        )
        if self.midi_port is None:
            armed = ArmedTrack(track.id, track.name, self._channels)
            player.arm(msgspec.structs.replace(wish, tracks=(armed,)))
        else:
            player.arm(msgspec.structs.replace(wish, notes=(ArmedNotes(track.id, track.name),)))
        player.set_metronome(enabled=self.metronome)
        if self.midi_port is not None:
            player.play_live(track, midi_port=self.midi_port)
            inbox.wait_for(LiveReady, _START_S)
        player.record(start, count_in_bars=self.count_in_bars)
        notes: list[str] = []
        ended = self._listen(player, inbox, project, notes, report, stop)
        thru_ms = round(player.reading().thru_ms, 1)
        player.close()
        # What was begun and not told of is there too: the playback process may have died meanwhile.
        left = [each for each in recover_recordings(store) if each.log not in known]
        recorded: list[Recorded] = [] if ended is None else [ended]
        recorded += [each for each in left if ended is None or each.log != ended.log]
        if not any(each.takes or each.notes for each in recorded):
            raise MusicgenDesktopError(" ".join((*notes, "Nothing was recorded.")))
        clips = sum(len(keep_takes(store, each).clip_ids) for each in recorded)
        store.save()
        tidy_recordings(store)
        takes = [take for each in recorded for take in each.takes]
        played = [take for each in recorded for take in each.notes]
        said = (*notes, *(each.failure for each in recorded))
        return RecordReport(
            device=opened.name,
            rate=opened.rate,
            clips=clips,
            tracks=tuple(dict.fromkeys((*(take.name for take in takes), *(take.name for take in played)))),
            recorded_s=round(sum(take.frames / take.rate for take in takes), 3),
            notes_played=sum(len(span.notes) for take in played for span in take.spans),
            overflows=sum(len(take.overflows) for take in takes),
            residual_frames=residual,
            thru_ms=thru_ms,
            cut_short=bool(notes) or any(each.failure for each in recorded),
            notes=tuple(dict.fromkeys(each for each in said if each)),
        )

    def _listen(
        self,
        player: Player,
        inbox: Inbox,
        project: Project,
        notes: list[str],
        report: Report,
        stop: StopFlag,
    ) -> Recorded | None:
        """Until it was stopped, or the last bar is over: the takes; None when none was told of.

        Raises:
            MusicgenDesktopError: when it did not even begin.
        """
        end = self._end(project)
        has_begun = False
        give_up: float | None = None
        ended: Recorded | None = None
        while give_up is None or time.monotonic() < give_up:
            for event in inbox.taken(_LOOK_S):
                match event:
                    case RecordingEnded(recorded=recorded):
                        ended = recorded
                        give_up = time.monotonic() + _LAST_WORDS_S  # why it ended may be told after that
                    case StateChanged(state="playing" | "recording"):
                        has_begun = True
                    case StateChanged(state="stopped") if ended is None:
                        give_up = time.monotonic() + (_END_S if has_begun else _NOTHING_S)
                    case Problem(sentence=sentence) | SpeakerLost(sentence=sentence):
                        notes.append(sentence)
                    case Refused(sentence=sentence):
                        if not has_begun:
                            raise refusal(event)
                        notes.append(sentence)  # a keyboard that was pulled out, say: what there is is kept
                        stop.set()
            tick = _shown(player, project, report)
            if give_up is None and (stop.is_set or (end is not None and tick >= end)):
                player.stop()
                give_up = time.monotonic() + _END_S
        return ended

    def _end(self, project: Project) -> int | None:
        return None if self.last_bar is None else project.meter_map.tick_of_bar(self.last_bar + 1)


def _shown(player: Player, project: Project, report: Report) -> float:
    """Tell where it is; the tick that is heard."""
    reading = player.reading()
    if not reading.rate:
        return 0.0
    tick = project.tempo_map.tick_at(reading.place / reading.rate)
    position = project.meter_map.position_of(int(tick // 1))
    stage = _STAGES.get(reading.state, "Getting ready")
    report(0.0, f"{stage}, bar {position.bar}.{position.beat}")
    return tick
