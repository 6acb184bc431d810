"""Play the open project: every edit is heard, and the playback process is watched."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from musicgen_desktop.document import Project, Track
from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.playback.board import BoardReading
from musicgen_desktop.playback.host import (
    Event,
    FollowMaster,
    ListenToMidi,
    LivePart,
    Locate,
    MeasureLatency,
    OpenSpeaker,
    Play,
    PlaybackClient,
    PlayNote,
    Problem,
    Refused,
    Return,
    Scrub,
    SetLive,
    SetLoop,
    SetMetronome,
    SetRecording,
    SpeakerOpened,
    Stop,
)
from musicgen_desktop.playback.plan import PIANO, RenderPlan, compile_plan
from musicgen_desktop.playback.speaker import SpeakerSettings
from musicgen_desktop.session.controllers._asked import chosen_soundfont


class Player:
    """The transport of one project.

    Every method may be called from any thread and none waits, but for `close`. Edits are
    handed in with `show`; a plan is made of the newest one on a thread of the player's, only what changed is
    made anew, and it sounds about a tenth of a second later.

    Args:
        project: what to play.
        folder: the project's folder, in which its audio lies; None when it was never saved.
        on_event: told what happened, on a thread of the player's.
        soundfont: a General MIDI SoundFont instead of the chosen one.
    """

    def __init__(
        self,
        project: Project,
        folder: Path | None,
        *,
        on_event: Callable[[Event], None],
        soundfont: Path | None = None,
    ) -> None:
        self._project = project
        self._folder = folder
        self._on_event = on_event
        self._wished_soundfont = soundfont
        self._changed = threading.Condition()
        self._wanted: Project | None = project
        self._rate: int | None = None
        self._plan: RenderPlan | None = None
        self._orders: dict[int, tuple[str, ...]] = {}
        self._told: frozenset[str] = frozenset()
        self._closing = False
        self._speaker = OpenSpeaker()
        self._armed = SetRecording("")
        self._client = PlaybackClient(self._hear)
        self._planner = threading.Thread(target=self._plan_edits, name="plans", daemon=True)

    def open(self, speaker: OpenSpeaker | None = None) -> None:
        """Start the playback process and have it open a device; its events tell how that went.

        Raises:
            PlaybackDiedError: when the process cannot be started.
        """
        self._speaker = speaker or OpenSpeaker(SpeakerSettings(rate=self._project.rate))
        self._client.start(self._speaker)
        self._planner.start()
        self._set_loop(self._project)

    def change_device(self, speaker: OpenSpeaker) -> None:
        """Go on through another device; playing stops."""
        self._speaker = speaker
        self._client.send(speaker)

    def show(self, project: Project) -> None:
        """Let this be what sounds: the project after an edit, or after an undo."""
        with self._changed:
            before, self._project = self._project, project
            self._wanted = project
            self._changed.notify()
        if before.loop != project.loop:
            self._set_loop(project)

    def move_to(self, folder: Path) -> None:
        """The project was saved into another folder: its audio is played from there; what plays goes on."""
        with self._changed:
            self._folder, self._wanted = folder, self._project
            self._changed.notify()

    def turn_to(self, project: Project, folder: Path | None) -> None:
        """Go on with another project; what played stops."""
        self._client.send(Stop())
        with self._changed:
            self._folder, self._plan = folder, None
        self.show(project)
        self._client.send(Locate(0.0))

    def play(
        self,
        tick: float | None = None,
        *,
        count_in_bars: int = 0,
        until_end: bool = False,
        until_tick: float | None = None,
    ) -> None:
        """Play from a tick, or from where the play head stands; to the song's end or to a tick if wished."""
        self._client.send(Play(tick, count_in_bars, until_end=until_end, until_tick=until_tick))

    def arm(self, wish: SetRecording) -> None:
        """Say what `record` records; the device is opened anew when it has too few inputs open."""
        needed = max((max(track.inputs) + 1 for track in wish.tracks), default=0)
        if needed > self._speaker.settings.inputs:
            settings = msgspec.structs.replace(self._speaker.settings, inputs=needed)
            self.change_device(msgspec.structs.replace(self._speaker, settings=settings))
        self._armed = wish
        self._client.send(wish)

    def record(self, tick: float | None = None, *, count_in_bars: int = 0) -> None:
        """Play, and record on the armed tracks; `RecordingEnded` brings the takes after a stop."""
        self._client.send(Play(tick, count_in_bars, record=True))

    def play_live(self, *tracks: Track, midi_port: str | None = "") -> None:
        """Let tracks sound at once: notes tracks from a keyboard, audio tracks from the armed inputs.

        Args:
            tracks: none ends it.
            midi_port: a keyboard's name or a part of it; empty for the first one, None for none.
        """
        soundfont = chosen_soundfont(self._wished_soundfont, self._project)
        inputs = {armed.track_id: armed.inputs for armed in self._armed.tracks}
        parts = tuple(
            LivePart(track.id, track.patch or PIANO)
            if track.kind == "notes"
            else LivePart(track.id, inputs=inputs.get(track.id, (0,)))
            for track in tracks
        )
        wants_keys = any(part.patch is not None for part in parts)
        self._client.send(
            SetLive(midi_port if wants_keys else None, parts, None if soundfont is None else str(soundfont))
        )

    def play_note(self, track: Track, pitch: int, velocity: int, *, is_down: bool) -> None:
        """Strike a key of a notes track, 0 … 127, or let it go, whether the song runs or not."""
        soundfont = chosen_soundfont(self._wished_soundfont, self._project)
        part = LivePart(track.id, track.patch or PIANO)
        self._client.send(
            PlayNote(part, pitch, velocity, is_down, None if soundfont is None else str(soundfont))
        )

    def listen_to_midi(self, wish: ListenToMidi) -> None:
        """Say which MIDI inputs' controllers are told of; `MidiInputsOpened` is the answer."""
        self._client.send(wish)

    def measure_latency(self) -> None:
        """Play a chirp and listen for it; `LatencyMeasured` or `Refused` is the answer."""
        self._client.send(MeasureLatency())

    def stop(self, *, go_back: bool = False) -> None:
        """Stop there, or go back to where playing began."""
        self._client.send(Stop(go_back))

    def locate(self, tick: float) -> None:
        """Move the play head; what plays goes on there."""
        self._client.send(Locate(tick))

    def return_to_start(self) -> None:
        """Go to the beginning of the loop when it is on, else of the song."""
        self._client.send(Return())

    def scrub(self, tick: float | None) -> None:
        """Sound a moment around a tick, again and again; None ends it."""
        self._client.send(Scrub(tick))

    def set_metronome(self, *, enabled: bool, gain_db: float = -6.0) -> None:
        """The click on or off; −60 to 0 dB."""
        self._client.send(SetMetronome(enabled, max(-60.0, min(0.0, gain_db))))

    def follow(self, page: Path | None) -> None:
        """Run with the master clock that is told on this page, a `MasterClockPage`; None follows nobody."""
        self._client.send(FollowMaster("" if page is None else str(page)))

    def reading(self) -> BoardReading:
        """Place, state and meters as they are heard just now."""
        return self._client.reading()

    def strips_of(self, reading: BoardReading) -> tuple[str, ...]:
        """The track of each row of a reading's levels; nothing while the rows are being arranged anew."""
        order = self._orders.get(reading.strips_number, ())
        return order if len(order) == len(reading.levels) else ()

    def close(self) -> None:
        """End the playback process. May be called again."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._planner.is_alive():
            self._planner.join()
        self._client.close()

    @property
    def clock_path(self) -> Path:
        """Where is told what is heard when, for those who keep time with the song: a `PlayClock`."""
        return self._client.clock_path

    @property
    def pid(self) -> int | None:
        """The playback process's number."""
        return self._client.pid

    def _tell_notes(self, plan: RenderPlan) -> None:
        """Missing files and effects, each told once while it lasts."""
        for note in plan.notes:
            if note not in self._told:
                self._on_event(Problem(note))
        self._told = frozenset(plan.notes)

    def _set_loop(self, project: Project) -> None:
        loop = project.loop
        self._client.send(SetLoop(loop.start_ticks, loop.end_ticks, loop.enabled))

    def _hear(self, event: Event) -> None:
        if isinstance(event, SpeakerOpened):
            with self._changed:
                self._rate = event.rate
                if self._plan is None or self._plan.rate != event.rate:
                    self._wanted = self._project
                self._changed.notify_all()
        self._on_event(event)

    def _plan_edits(self) -> None:
        """Turn the newest edit into a plan, and again while there are newer ones."""
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._closing or (self._wanted is not None and self._rate is not None)
                )
                if self._closing:
                    return
                project, self._wanted = self._wanted, None
                folder, rate, previous = self._folder, self._rate, self._plan
            if project is None or rate is None:
                continue
            try:
                plan = compile_plan(
                    project,
                    media_folder=folder,
                    soundfont=chosen_soundfont(self._wished_soundfont, project, frozen_in=folder),
                    rate=rate,
                    previous=previous,
                )
            except MusicgenDesktopError as error:
                self._on_event(Refused(str(error)))
                continue
            except Exception:
                # A bug in one plan must not make all later edits unheard.
                logging.getLogger(__name__).exception("A plan failed")
                self._on_event(Refused("This edit cannot be played; undo it, and send us the log."))
                continue
            self._plan = plan
            number = self._client.set_plan(plan, project.meter_map)
            self._orders = {
                **dict(list(self._orders.items())[-7:]),
                number: tuple(each.id for each in plan.strips),
            }
            self._tell_notes(plan)
