"""MIDI learn as Qt sees it: what is being learned, what is bound, and controllers that move the project."""

from collections.abc import Mapping

import msgspec
from PySide6.QtCore import QObject, Signal

from musicgen_desktop.document import ControllerMode, MidiBinding, MidiController
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import (
    change_controller,
    find_learnable,
    forget_controllers,
    learn_controller,
    set_controller_mode,
)
from musicgen_desktop.session.controllers.learning import (
    ControlMove,
    ControlsMoved,
    ListenToMidi,
    MidiInputsOpened,
    Takeover,
    button_value,
    controller_of,
    find_parameter,
    is_press,
    read_controller,
    status_of,
    text_of_controller,
)
from musicgen_desktop.session.store import Change

from ._actions import Actions
from ._controller_hand import ControllerHand
from ._player import PlayerBridge
from ._project import ProjectBridge
from ._status import Status

_FIRST_MODE_NUMBER = 120
"""Controllers from here on are orders such as “all notes off”, and belong to no knob."""


class LearnTarget(msgspec.Struct, frozen=True):
    """What a controller can move: a parameter of a track, or an action of the window.

    Attributes:
        track_id, target: as in `MidiBinding`.
        action: the id of an action, such as “transport.play”; then there is no track.
    """

    track_id: str = ""
    target: str = ""
    action: str = ""


class LearnBridge(QObject):
    """Which controllers move what. Parameters are bound in the project, actions in the settings."""

    changed = Signal()
    """What is bound, the inputs, or what is being learned."""
    began = Signal(object)
    """A `LearnTarget` waits for a controller."""
    ended = Signal()
    """It was learned, or that was cancelled."""
    actions_changed = Signal(object)
    """Action id → controller in words, to be kept in the settings."""

    def __init__(
        self,
        project: ProjectBridge,
        player: PlayerBridge,
        actions: Actions,
        status: Status,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._project, self._player, self._actions, self._status = project, player, actions, status
        self._hand = ControllerHand(project, status, self)
        self._bound: dict[str, MidiController] = {}
        self._pressed: dict[MidiController, int] = {}
        self._chosen: tuple[str, ...] = ()
        self._wish: ListenToMidi | None = None
        self.target: LearnTarget | None = None
        """What waits for a controller."""
        self.inputs: tuple[str, ...] | None = None
        """The inputs that are listened to; None while nothing is, or nothing is known yet."""
        self.problem = ""
        """Why there is none, or why one of them does not open, in a sentence."""
        player.controls_moved.connect(self._on_moved)
        player.midi_inputs_opened.connect(self._on_inputs)
        project.changed.connect(self._on_changed)
        project.opened.connect(self._on_opened)

    # What is bound

    @property
    def actions(self) -> dict[str, str]:
        """Action id → controller in words."""
        return {action: text_of_controller(each) for action, each in self._bound.items()}

    @property
    def bindings(self) -> tuple[MidiBinding, ...]:
        """Those of the project whose parameter is there."""
        project = self._project.project
        return tuple(
            each
            for each in project.midi_bindings
            if find_learnable(project, each.track_id, each.target) is not None
        )

    def controller_of(self, target: LearnTarget) -> MidiController | None:
        """What moves it."""
        if target.action:
            return self._bound.get(target.action)
        return next(
            (
                each.controller
                for each in self._project.project.midi_bindings
                if each.track_id == target.track_id and each.target == target.target
            ),
            None,
        )

    def name_of(self, target: LearnTarget) -> str:
        """What it is called: “Drums: Gain”, “Play or stop”; empty when it is not there."""
        if target.action:
            return self._actions[target.action].text() if target.action in self._actions else ""
        found = find_parameter(self._project.project, target.track_id, target.target)
        return "" if found is None else found.label

    def is_switch(self, target: LearnTarget) -> bool:
        """Whether it is on or off, or one of some choices."""
        found = find_learnable(self._project.project, target.track_id, target.target)
        return bool(target.action) or (found is not None and found.is_switch)

    def text_of(self, controller: MidiController) -> str:
        """A controller in words: “CC 7 · channel 1”, “Note 36 · channel 10”."""
        text = self.tr("CC {number} · channel {channel}")
        if controller.kind == "note":
            text = self.tr("Note {number} · channel {channel}")
        return text.format(number=controller.number, channel=controller.channel + 1)

    def mark_of(self, target: LearnTarget) -> str:
        """The controller that moves it, in words; empty for none."""
        controller = self.controller_of(target)
        return "" if controller is None else self.text_of(controller)

    # Settings

    def use(self, actions: Mapping[str, str], inputs: tuple[str, ...], takeover: Takeover) -> None:
        """What the settings say: bound actions, inputs to listen to, and how parameters are taken over."""
        bound: dict[str, MidiController] = {}
        for action, text in actions.items():
            try:
                bound[action] = read_controller(text)
            except UserInputError as error:
                self._status.say(str(error), "warn")
        self._bound, self._chosen = bound, inputs
        self._hand.take_over(takeover)
        self._wish = None
        self._listen()
        self.changed.emit()

    # Learning

    def learn(self, target: LearnTarget) -> None:
        """Wait for a controller that is to move this."""
        self.target = target
        self._listen()
        self.began.emit(target)
        self.changed.emit()

    def cancel(self) -> None:
        """Wait no longer."""
        if self.target is not None:
            self.target = None
            self._listen()
            self.ended.emit()
            self.changed.emit()

    def search(self) -> None:
        """Look for inputs while what is known stays: somebody may be plugging one in."""
        if self._wish is not None:
            self._player.listen_to_midi(self._wish)

    def look_again(self) -> None:
        """Look for inputs anew."""
        self.inputs, self.problem, self._wish = None, "", None
        self._listen()
        self.changed.emit()

    def forget(self, target: LearnTarget) -> None:
        """Let no controller move this."""
        if target.action:
            if self._bound.pop(target.action, None) is not None:
                self._keep_actions()
            return
        ids = [
            each.id
            for each in self._project.project.midi_bindings
            if each.track_id == target.track_id and each.target == target.target
        ]
        if ids:
            self._project.ask(forget_controllers, ids)

    def change(self, target: LearnTarget, controller: MidiController) -> None:
        """Let another controller move this."""
        if target.action:
            self._bound[target.action] = controller
            self._keep_actions()
            return
        for each in self._project.project.midi_bindings:
            if (each.track_id, each.target) == (target.track_id, target.target):
                self._project.ask(change_controller, each.id, controller)

    def set_mode(self, binding: MidiBinding, mode: ControllerMode) -> None:
        """Say what a controller sends."""
        self._project.ask(set_controller_mode, binding.id, mode)

    def forget_all(self) -> None:
        """Let no controller move anything: the project's are one step of the history."""
        ids = [each.id for each in self._project.project.midi_bindings]
        if ids:
            self._project.ask(forget_controllers, ids)
        if self._bound:
            self._bound.clear()
            self._keep_actions()

    def _take(self, move: ControlMove) -> bool:
        """Bind what moved to what waits; False when it is none that can move it."""
        target, controller = self.target, controller_of(move)
        if target is None or (controller.kind == "note" and not move.value):
            return False
        if controller.kind == "control" and controller.number >= _FIRST_MODE_NUMBER:
            return False
        name = self.name_of(target)
        if target.action:
            self._bound[target.action] = controller
            # What was pressed now is not to do it at once.
            self._pressed[controller] = button_value(controller, move.value)
            self._keep_actions()
        elif self._project.ask(learn_controller, target.track_id, target.target, controller):
            self._hand.see(self._project.project.midi_bindings[-1], move.value)
        else:
            return False
        said = self.tr("“{name}” follows {controller} of {port}.")
        self._status.say(said.format(name=name, controller=self.text_of(controller), port=move.port), "good")
        self.cancel()
        return True

    # Controllers

    def _on_moved(self, event: ControlsMoved) -> None:
        moves = list(event.moves)
        while self.target is not None and moves:
            self._take(moves.pop(0))
        made = [(controller_of(each), each.value) for each in moves]
        for controller, value in made:
            self._press(controller, value)
        self._hand.move(made)

    def _press(self, controller: MidiController, value: int) -> None:
        value = button_value(controller, value)
        before = self._pressed.get(controller)
        self._pressed[controller] = value
        if not is_press(before, value):
            return
        for action, bound in tuple(self._bound.items()):
            if bound == controller and action in self._actions and self._actions[action].isEnabled():
                self._actions[action].trigger()

    # Listening

    def _keep_actions(self) -> None:
        self._listen()
        self.actions_changed.emit(self.actions)
        self.changed.emit()

    def _listen(self) -> None:
        """Have inputs open while anything is bound or to be learned."""
        bound = [each.controller for each in self._project.project.midi_bindings]
        bound += self._bound.values()
        wish = ListenToMidi(
            is_on=bool(bound) or self.target is not None,
            inputs=self._chosen,
            reserved=tuple(dict.fromkeys(status_of(each) for each in bound)),
        )
        if wish != self._wish:
            self._wish = wish
            self._player.listen_to_midi(wish)
            if not wish.is_on:
                self.inputs, self.problem = None, ""

    def _on_inputs(self, event: MidiInputsOpened) -> None:
        if self._wish is not None and self._wish.is_on:
            self.inputs, self.problem = event.names, event.problem
            self.changed.emit()

    def _on_changed(self, change: Change) -> None:
        before, after = change.before, change.after
        if before.midi_bindings is not after.midi_bindings:
            self._listen()
            self.changed.emit()
        elif after.midi_bindings and before.tracks is not after.tracks:
            self.changed.emit()  # what is bound may be called otherwise, or be gone

    def _on_opened(self) -> None:
        self._hand.forget()
        self.cancel()
        self._listen()
        self.changed.emit()
