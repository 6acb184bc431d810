"""The control thread's work: follows commands, hands the plan on, tells what happened."""

import time
from collections.abc import Callable
from contextlib import suppress

from musicgen_desktop.foundation import MusicgenDesktopError, UserInputError
from musicgen_desktop.playback.board import Board
from musicgen_desktop.playback.live import list_midi_inputs
from musicgen_desktop.playback.mixer import Planar
from musicgen_desktop.playback.sources import SourceBank
from musicgen_desktop.playback.speaker import NoOutputError, list_devices, rescan
from musicgen_desktop.playback.transport import TransportState

from ._clock_face import ClockFace
from ._commands import (
    Command,
    FollowMaster,
    ListDevices,
    ListenToMidi,
    Locate,
    MeasureLatency,
    OpenSpeaker,
    Play,
    PlayNote,
    Return,
    Scrub,
    SetLive,
    SetLoop,
    SetMetronome,
    SetPlan,
    SetRecording,
    Stop,
)
from ._events import Devices, Event, PlanTaken, Problem, RecordingEnded, Refused, SpeakerLost, StateChanged
from ._follower import Follower
from ._midi_inputs import MidiInputs
from ._output import Output
from ._rig import Rig, RigKeeper
from ._rolling import Rolling
from ._score import Score
from ._show import Show


class Conductor:
    """Follows commands and tells events. All calls come from the control thread.

    Args:
        board: where meters and place are shown.
        tell: takes events for the client.
        face: tells other processes what is heard when.
    """

    def __init__(self, board: Board, tell: Callable[[Event], None], face: ClockFace | None = None) -> None:
        self._tell = tell
        self._face = face
        self._show = Show(board)
        self._score = Score()
        self._bank: SourceBank | None = None
        self._keeper = RigKeeper(
            self._make, self._set_out, self._let_go, lambda sentence: tell(SpeakerLost(sentence))
        )
        self._inputs = MidiInputs(time.monotonic)
        self._follower = Follower(self._score, lambda sentence: tell(Problem(sentence)))
        self._live = SetLive()
        self._recording = SetRecording("")
        self._rest_tick = 0.0
        self._waiting: Play | None = None
        """Came before a plan that fits the device."""
        self._loop = SetLoop(0.0, 0.0, enabled=False)
        self._click = SetMetronome(enabled=False)

    @property
    def needs_new_process(self) -> bool:
        """Whether the device went away and took this process's sound system with it."""
        return self._keeper.needs_new_process

    def follow(self, command: Command) -> None:
        """Do what the client wishes; what cannot be done is answered with a sentence."""
        try:
            self._follow(command)
        except MusicgenDesktopError as error:
            self._tell(_refused(error))

    def look_around(self) -> None:
        """Notice what happened by itself: sound that is ready, the song's end, a lost device."""
        self._keeper.look_around()
        rig = self._rig
        try:
            if rig is not None:
                rig.rolling.look_around()
                if self._is_set_up:
                    self._follower.look_around(rig.rolling)
                self._listen_to_inputs(rig)
                rig.hands.look_around()
                for key in rig.hands.moved_keys():
                    self._tell(key)
            self._listen_to_controllers()
        except MusicgenDesktopError as error:
            self._tell(_refused(error))
        if self._bank is not None:
            for sentence in self._bank.problems():
                self._tell(Problem(sentence))
        output, thru_ms = (None, 0.0) if rig is None else (rig.output, rig.hands.thru_ms)
        self._show.refresh(output, self._bank, self._score, self._state, self._tick, thru_ms)

    def close(self) -> None:
        """Let go of everything."""
        self._keeper.close()
        self._inputs.close()
        if self._bank is not None:
            self._bank.close()
        self._bank = None

    @property
    def _rig(self) -> Rig | None:
        return self._keeper.rig

    @property
    def _rolling(self) -> Rolling | None:
        return None if self._rig is None else self._rig.rolling

    @property
    def _state(self) -> TransportState:
        if self._waiting is not None:
            return "locating"
        return "stopped" if self._rolling is None else self._rolling.state

    @property
    def _tick(self) -> float:
        return self._rest_tick if self._rolling is None or not self._is_set_up else self._rolling.tick

    @property
    def _is_set_up(self) -> bool:
        """Whether there is a device, and a plan for it."""
        return self._rig is not None and self._score.fits(self._rig.output.rate)

    def _follow(self, command: Command) -> None:  # noqa: C901 - one case for each command
        match command:
            case OpenSpeaker():
                self._keeper.open(command)
            case SetPlan():
                self._take_plan(command)
            case SetRecording():
                self._recording = command
                if self._rolling is not None:
                    self._rolling.recording = command
            case SetLive():
                self._live = command
                self._set_live()
            case ListenToMidi():
                self._tell(self._inputs.listen(command))
            case FollowMaster():
                self._follower.follow(command.page)
                if self._rolling is not None:
                    self._rolling.run_freely()
            case ListDevices():
                self._list_devices()
            case SetLoop():
                self._loop = command
                self._set_loop()
            case SetMetronome():
                self._click = command
                self._set_clicks()
            case _:
                self._move(command)

    # ---- the device ----------------------------------------------------------------------------

    def _make(self, wish: OpenSpeaker, on_lost: Callable[[str], None]) -> Rig:
        output = Output(wish, self._read, on_lost, None if self._face is None else self._face.show)
        if wish.is_patient and output.is_substitute:
            output.close()
            raise NoOutputError("The device is not back yet.")
        try:
            if self._bank is None:
                self._bank = SourceBank(output.rate)
            else:
                self._bank.restart(output.rate)
            return Rig(output, self._bank, self._score, self._inputs, self._become)
        except BaseException:
            output.close()
            raise

    def _set_out(self, rig: Rig) -> None:
        rig.rolling.recording = self._recording
        self._follower.renew()
        self._set_clicks()
        if self._is_set_up:
            self._set_up(rig.rolling)
        self._tell(rig.output.told())

    def _let_go(self, rig: Rig) -> None:
        """Close the device, and stand where the ear was."""
        was_stopped = self._state == "stopped"
        self._rest_tick = tick = self._tick
        self._waiting = None
        takes = rig.close()
        if self._face is not None:
            self._face.go_dark()
        for recorded in takes:
            self._tell(RecordingEnded(recorded))
        if not was_stopped:
            self._tell(StateChanged("stopped", tick))

    def _listen_to_inputs(self, rig: Rig) -> None:
        recorded = rig.tape.look_around()
        if recorded is not None:
            self._tell(RecordingEnded(recorded))
            if recorded.failure:
                self._tell(Problem(recorded.failure))
                self._stop(Stop())
        measured = rig.tape.measured()
        if measured is not None:
            self._tell(measured)

    def _listen_to_controllers(self) -> None:
        moved = self._inputs.moved()
        if moved is not None:
            self._tell(moved)
        for event in self._inputs.look_around():
            self._tell(event)

    def _read(self, strip: str, clock: int, frames: int) -> Planar | None:
        """For the render thread."""
        return None if self._bank is None else self._bank.read(strip, clock, frames)

    def _list_devices(self) -> None:
        if self._rig is None or self._rig.output.speaker.why_silent:
            rescan()
        midi: tuple[str, ...] = ()
        with suppress(MusicgenDesktopError):  # without the library there are none
            midi = tuple(port.name for port in list_midi_inputs())
        self._tell(Devices(list_devices(), midi))

    # ---- the plan ------------------------------------------------------------------------------

    def _take_plan(self, message: SetPlan) -> None:
        was_set_up, tick = self._is_set_up, self._tick
        moved = self._score.take(message)
        if self._face is not None:
            self._face.plan_number = message.number
        if self._rig is None or not self._is_set_up:
            return
        if not was_set_up:
            self._set_up(self._rig.rolling)
        else:
            self._rig.rolling.change_plan(moved_from=tick if moved else None)
            if moved:
                self._set_loop()
            self._rig.hands.change_plan()
        self._tell(PlanTaken(message.number))
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            try:
                self._play(waiting)
            except MusicgenDesktopError:
                self._tell(StateChanged("stopped", self._tick))
                raise

    def _set_up(self, rolling: Rolling) -> None:
        """A device and a plan for it have come together."""
        rolling.change_plan(moved_from=None)
        rolling.stand_at(self._rest_tick)
        self._set_loop()
        if self._live.parts:
            try:
                self._set_live()
            except MusicgenDesktopError as error:  # the song plays all the same
                self._tell(_refused(error))

    # ---- the transport -------------------------------------------------------------------------

    def _move(self, command: Command) -> None:
        match command:
            case Play():
                self._play(command)
            case Stop():
                self._stop(command)
            case Locate():
                self._locate(command.tick)
            case Return():
                self._return_to_start()
            case MeasureLatency():
                if self._rig is None:
                    raise MusicgenDesktopError("There is no sound device to measure just now.")
                self._rig.rolling.stop()
                self._rig.tape.measure()
            case PlayNote():
                self._strike(command)
            case Scrub():
                if self._rolling is not None and self._is_set_up:
                    self._rolling.scrub(command.tick)

    def _play(self, command: Play) -> None:
        if self._rolling is None:
            raise MusicgenDesktopError("There is no sound device to play on just now.")
        if not self._is_set_up:
            self._waiting = command
            self._tell(StateChanged("locating", self._tick if command.tick is None else command.tick))
            return
        if self._follower.is_on:
            self._follower.play(self._rolling, command)
        else:
            self._rolling.play(command)

    def _stop(self, command: Stop) -> None:
        if self._waiting is not None:
            self._waiting = None
            self._tell(StateChanged("stopped", self._tick))
        elif self._rolling is not None:
            self._follower.stopped()
            self._rolling.stop(go_back=command.go_back)

    def _locate(self, tick: float) -> None:
        if self._rolling is not None and self._is_set_up:
            if self._is_following(self._rolling):
                self._go_on_from(self._rolling, tick)
            else:
                self._rolling.locate(tick)
        else:
            self._rest_tick = max(tick, 0.0)

    def _strike(self, command: PlayNote) -> None:
        if self._rig is not None and self._is_set_up:
            self._rig.hands.strike(command)

    def _return_to_start(self) -> None:
        if self._rolling is not None and self._is_set_up:
            if self._is_following(self._rolling):
                has_loop = self._rolling.transport.active_loop is not None
                self._go_on_from(self._rolling, self._loop.start_tick if has_loop else 0.0)
            else:
                self._rolling.return_to_start()
        else:
            self._rest_tick = 0.0

    def _is_following(self, rolling: Rolling) -> bool:
        return self._follower.is_on and rolling.transport.is_rolling

    def _go_on_from(self, rolling: Rolling, tick: float) -> None:
        """Go elsewhere while a master is followed; what is recorded goes on there, as it does without one."""
        self._follower.play(rolling, Play(tick, record=rolling.transport.is_record_on))

    def _set_loop(self) -> None:
        if self._rolling is not None and self._is_set_up:
            start = self._score.frame_at(self._loop.start_tick)
            end = self._score.frame_at(self._loop.end_tick)
            self._rolling.set_loop((start, end) if start < end else None, is_on=self._loop.enabled)

    def _set_clicks(self) -> None:
        if self._rig is not None:
            self._rig.output.engine.click_gain = 10.0 ** (self._click.gain_db / 20.0)
            self._rig.rolling.always_clicks = self._click.enabled

    def _set_live(self) -> None:
        """Let the live tracks sound, once there is a song for them."""
        if self._rig is not None and (self._is_set_up or not self._live.parts):
            self._tell(self._rig.hands.play(self._live))

    def _become(self, state: TransportState, tick: float) -> None:
        self._tell(StateChanged(state, tick))


def _refused(error: MusicgenDesktopError) -> Refused:
    return Refused(str(error), isinstance(error, UserInputError))
