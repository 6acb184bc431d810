"""Playing as Qt sees it: the transport's state, the place that is heard, and the meters."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import MusicgenDesktopError
from musicgen_desktop.session.controllers.learning import ControlsMoved, ListenToMidi, MidiInputsOpened
from musicgen_desktop.session.controllers.playing import (
    BoardReading,
    Event,
    KeyMoved,
    LatencyMeasured,
    LiveReady,
    OpenSpeaker,
    Player,
    Problem,
    RecordingEnded,
    Refused,
    SetRecording,
    SpeakerLost,
    SpeakerOpened,
    StateChanged,
)

from ._midi_out import MidiOutBridge
from ._project import ProjectBridge
from ._sync import SyncBridge

_EVERY_MS = 16
_AT_REST_MS = 250
_REST_AFTER = 90
"""So many pictures of silence after a stop, then the meters rest."""


class PlayerBridge(QObject):
    """The transport of the open project. Edits are heard by themselves; an audition sounds in their place.

    `read` brings a reading about sixty times a second while anything sounds, and four times a second at rest.
    """

    state_changed = Signal(str)
    """stopped, locating, counting_in, playing, recording, stopping or scrubbing."""
    place_changed = Signal(float)
    """The tick that is heard."""
    read = Signal(object)
    opened = Signal(object)
    """A device is open: a `SpeakerOpened`, which says so when it is silent, and why."""
    problem = Signal(str)
    refused = Signal(str)
    recorded = Signal(object)
    """A `RecordingEnded`."""
    key_moved = Signal(int, int)
    """Pitch and velocity of a key of the keyboard that is listened to; 0 when it was let go."""
    keyboards_changed = Signal()
    """Armed tracks hear other keyboards now: `keyboards`."""
    controls_moved = Signal(object)
    """A `ControlsMoved`: controllers of the inputs that are listened to."""
    midi_inputs_opened = Signal(object)
    """A `MidiInputsOpened`, the answer to `listen_to_midi`, or that inputs came or went."""
    latency_measured = Signal(object)
    audition_changed = Signal(str)
    """The key of what sounds in place of the project; empty for none."""
    _event = Signal(object)

    def __init__(self, project: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._player: Player | None = None
        self._audition: Project | None = None
        self.audition = ""
        self.state = "stopped"
        self.tick = 0.0
        self.speaker: SpeakerOpened | None = None
        self.metronome = False
        self.metronome_db = -6.0
        self.returns_on_stop = False
        """Whether `toggle` goes back to where playing began."""
        self._listening: dict[str, tuple[str, ...]] = {}
        self._midi: ListenToMidi | None = None
        self.keyboards: tuple[str, ...] = ()
        """The MIDI inputs that armed tracks hear, by name."""
        self.midi_out = MidiOutBridge(self)
        """What plays, sent to MIDI ports."""
        self.midi_out.problem.connect(self.problem)
        self.sync = SyncBridge(self)
        """What keeps it together with other machines."""
        self.sync.problem.connect(self.problem)
        self._quiet = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._event.connect(self._take)
        project.changed.connect(lambda change: self._show(change.after))
        project.opened.connect(self._turn)
        project.moved.connect(self._move)

    @property
    def is_running(self) -> bool:
        """Whether the song runs, or is about to."""
        return self.state not in ("stopped", "stopping")

    @property
    def is_open(self) -> bool:
        """Whether the playback process was started."""
        return self._player is not None

    def open(self, speaker: OpenSpeaker | None = None) -> None:
        """Start the playback process; `opened` tells of the device."""
        if self._player is not None:
            return
        # The signal carries each event from the player's thread to this one.
        player = Player(self._project.project, self._project.folder, on_event=self._event.emit)
        try:
            player.open(speaker)
        except MusicgenDesktopError as error:
            self.refused.emit(str(error))
            return
        self._player = player
        player.set_metronome(enabled=self.metronome, gain_db=self.metronome_db)
        if self._midi is not None:
            player.listen_to_midi(self._midi)
        self.midi_out.open(player.clock_path, self._audition or self._project.project)
        self.sync.open(player, self._audition or self._project.project)
        self._timer.start(_AT_REST_MS)

    def close(self) -> None:
        """End the playback process; `open` starts another one."""
        self._timer.stop()
        self.sync.close()
        self.midi_out.close()
        if self._player is not None:
            self._player.close()
            self._player = None
        if self.state != "stopped":
            self.state = "stopped"
            self.state_changed.emit("stopped")

    def change_device(self, speaker: OpenSpeaker) -> None:
        """Go on through another device."""
        if self._player is not None:
            self._player.change_device(speaker)

    def play(self, tick: float | None = None, *, count_in_bars: int = 0) -> None:
        """Play from a tick, or from where the play head stands."""
        if self._player is not None:
            self._player.play(tick, count_in_bars=count_in_bars)
            self._wake()

    def toggle(self) -> None:
        """Play or stop."""
        if self.is_running:
            self.stop(go_back=self.returns_on_stop and self.state != "recording")
        else:
            self.play()

    def stop(self, *, go_back: bool = False) -> None:
        """Stop there, or go back to where playing began."""
        if self._player is not None:
            self._player.stop(go_back=go_back)

    def locate(self, tick: float) -> None:
        """Move the play head."""
        tick = max(0.0, tick)
        if self._player is not None:
            self._player.locate(tick)
            self._wake()
        if not self.is_running:
            self._set_tick(tick)

    def return_to_start(self) -> None:
        """To the loop's or the song's beginning."""
        if self._player is not None:
            self._player.return_to_start()
            self._wake()
        if not self.is_running:
            # Nothing is told of a stopped song that stays stopped.
            loop = self._project.project.loop
            self._set_tick(float(loop.start_ticks) if loop.enabled else 0.0)

    def scrub(self, tick: float | None) -> None:
        """Sound a moment around a tick; None ends it."""
        if self._player is not None:
            self._player.scrub(tick)
            self._wake()

    def set_metronome(self, *, enabled: bool, gain_db: float | None = None) -> None:
        """The click on or off."""
        self.metronome = enabled
        self.metronome_db = self.metronome_db if gain_db is None else gain_db
        if self._player is not None:
            self._player.set_metronome(enabled=enabled, gain_db=self.metronome_db)

    def arm(self, wish: SetRecording) -> None:
        """Say what `record` records."""
        if self._player is not None:
            self._player.arm(wish)

    def record(self, tick: float | None = None, *, count_in_bars: int = 0) -> None:
        """Play, and record on the armed tracks."""
        if self._player is not None:
            self._player.record(tick, count_in_bars=count_in_bars)
            self._wake()

    def listen(self, why: str, *track_ids: str) -> None:
        """Let tracks sound from the keyboard, together with those that others listen to.

        Args:
            why: who asks: “armed” tracks, “steps”; the last word of each holds.
            track_ids: none ends it.
        """
        before = {each for ids in self._listening.values() for each in ids}
        self._listening[why] = track_ids
        now = list(dict.fromkeys(each for ids in self._listening.values() for each in ids))
        if self._player is not None and set(now) != before:
            there = {track.id: track for track in self._project.project.tracks}
            self._player.play_live(*(there[each] for each in now if each in there))

    def listen_to_midi(self, wish: ListenToMidi) -> None:
        """Say which MIDI inputs' controllers are told of, also before the playback process runs."""
        self._midi = wish
        if self._player is not None:
            self._player.listen_to_midi(wish)

    def audition_note(self, track_id: str, pitch: int, velocity: int, *, on: bool) -> None:
        """Strike a key of a notes track, or let it go."""
        if self._player is not None:
            tracks = (each for each in self._project.project.tracks if each.id == track_id)
            for track in tracks:
                self._player.play_note(track, pitch, max(1, velocity), is_down=on)

    def measure_latency(self) -> None:
        """Find by a cable how late the device is."""
        if self._player is not None:
            self._player.measure_latency()

    def set_audition(self, project: Project | None, key: str = "") -> None:
        """Let another project value sound in place of the open one; None ends it."""
        self._audition = project
        self.audition = key if project is not None else ""
        if self._player is not None:
            self._player.show(project or self._project.project)
            self.midi_out.show(project or self._project.project)
            self._wake()
        self.audition_changed.emit(self.audition)

    def levels(self, reading: BoardReading) -> dict[str, tuple[float, float, float, float]]:
        """Track id → peak left and right, RMS left and right, linear, as they are heard."""
        if self._player is None:
            return {}
        strips = self._player.strips_of(reading)
        return (
            {
                each: (float(row[0]), float(row[1]), float(row[2]), float(row[3]))
                for each, row in zip(strips, reading.levels, strict=True)
            }
            if strips
            else {}
        )

    @property
    def pid(self) -> int | None:
        """The playback process's number."""
        return None if self._player is None else self._player.pid

    def _show(self, project: Project) -> None:
        if self._player is not None and self._audition is None:
            self._player.show(project)
            self.midi_out.show(project)
            self.sync.show(project)

    def _turn(self) -> None:
        self._audition = None
        self.audition = ""
        if self._player is not None:
            folder: Path | None = self._project.folder
            self._player.turn_to(self._project.project, folder)
            self.midi_out.show(self._project.project)
            self.sync.show(self._project.project)
        self._set_tick(0.0)
        self.audition_changed.emit("")

    def _move(self) -> None:
        folder = self._project.folder
        if self._player is not None and folder is not None:
            self._player.move_to(folder)

    def _wake(self) -> None:
        self._quiet = 0
        self._timer.start(_EVERY_MS)

    def _look(self) -> None:
        if self._player is None:
            return
        reading = self._player.reading()
        if reading.rate and self.is_running and self.state != "locating":
            tempo = (self._audition or self._project.project).tempo_map
            self._set_tick(tempo.tick_at(reading.place_now() / reading.rate))
        self.read.emit(reading)
        self.sync.look()
        if self.is_running or bool(np.any(reading.levels > 1e-5)):
            self._quiet = 0
        else:
            self._quiet += 1
            if self._quiet == _REST_AFTER:
                self._timer.start(_AT_REST_MS)

    def _set_tick(self, tick: float) -> None:
        if tick != self.tick:
            self.tick = tick
            self.place_changed.emit(tick)

    def _take(self, event: Event) -> None:
        match event:
            case StateChanged():
                self.state = event.state
                if event.state in ("stopped", "locating"):
                    self._set_tick(event.tick)
                self._wake()
                self.state_changed.emit(event.state)
            case SpeakerOpened():
                self.speaker = event
                self.opened.emit(event)
            case SpeakerLost() | Problem():
                self.problem.emit(event.sentence)
            case Refused():
                self.refused.emit(event.sentence)
            case RecordingEnded():
                self.recorded.emit(event)
            case LatencyMeasured():
                self.latency_measured.emit(event)
            case _:
                self._take_midi(event)

    def _take_midi(self, event: Event) -> None:
        match event:
            case KeyMoved():
                self.key_moved.emit(event.pitch, event.velocity)
            case LiveReady():
                self.keyboards = event.keyboards
                self.keyboards_changed.emit()
            case ControlsMoved():
                self.controls_moved.emit(event)
            case MidiInputsOpened():
                self.midi_inputs_opened.emit(event)
            case _:
                pass
