"""Edits of what lies outside the program: learned controllers, and MIDI ports that notes go to."""

from collections.abc import Collection

import msgspec

from musicgen_desktop.document import (
    ControllerMode,
    MidiBinding,
    MidiController,
    MidiOutput,
    Project,
    Track,
)
from musicgen_desktop.foundation import UserInputError, new_id

from ._edit import Edit, counted, edited
from ._find import find_track
from .automation import AutomationTarget, automation_targets


def learnable_targets(project: Project, track: Track) -> list[AutomationTarget]:
    """All that a controller can move on a track: what can be automated, and its other switches."""
    switches: list[tuple[str, str]] = []
    if track.kind != "master":
        switches.append(("soloed", "Solo"))
    if track.kind in ("audio", "notes"):
        switches.append(("armed", "Arm"))
    switches += [
        (f"insert:{insert.id}:bypassed", f"{insert.name or insert.effect.capitalize()}: bypass")
        for insert in track.inserts
    ]
    return [
        *automation_targets(project, track),
        *(AutomationTarget(target, label, 0.0, 1.0, 0.0, "", is_switch=True) for target, label in switches),
    ]


def find_learnable(project: Project, track_id: str, target: str) -> AutomationTarget | None:
    """What is moved; None while the track, or what it is of, is not there."""
    track = next((each for each in project.all_tracks if each.id == track_id), None)
    if track is None:
        return None
    return next((each for each in learnable_targets(project, track) if each.target == target), None)


def learn_controller(project: Project, track_id: str, target: str, controller: MidiController) -> Edit:
    """Let a controller move a parameter, in place of what moved it before. It may move others as well.

    A switch turns over with each press; anything else follows the controller.

    Raises:
        UserInputError: when the track has no such parameter or is not there, or when a key should move
            something that is no switch.
    """
    track = find_track(project, track_id)
    found = find_learnable(project, track_id, target)
    if found is None:
        raise UserInputError(f"“{track.name}” no longer has this parameter; choose another one.")
    if controller.kind == "note" and not found.is_switch:
        raise UserInputError(f"A key cannot move “{found.label}”: use a knob or a fader.")
    binding = MidiBinding(
        new_id("controller"), controller, track_id, target, "toggle" if found.is_switch else "absolute"
    )
    kept = tuple(
        each
        for each in project.midi_bindings
        if (each.track_id, each.target) != (track_id, target)
        and find_learnable(project, each.track_id, each.target) is not None
    )
    after = msgspec.structs.replace(project, midi_bindings=(*kept, binding))
    return edited(f"Learn controller for {found.label}", project, after)


def forget_controllers(project: Project, binding_ids: Collection[str]) -> Edit:
    """Let controllers move nothing any more; those that are gone already are passed over."""
    kept = tuple(each for each in project.midi_bindings if each.id not in binding_ids)
    count = len(project.midi_bindings) - len(kept)
    after = msgspec.structs.replace(project, midi_bindings=kept)
    return edited(counted("Forget", "controller", count), project, after)


def set_controller_mode(project: Project, binding_id: str, mode: ControllerMode) -> Edit:
    """Say what a controller sends: places, presses, or steps.

    Raises:
        UserInputError: when it was forgotten, or when something that is no switch should be turned over.
    """
    binding = next((each for each in project.midi_bindings if each.id == binding_id), None)
    if binding is None:
        raise UserInputError("This controller was forgotten; learn it again.")
    found = find_learnable(project, binding.track_id, binding.target)
    if mode == "toggle" and found is not None and not found.is_switch:
        raise UserInputError(f"“{found.label}” is no switch: choose another way for its controller.")
    bindings = tuple(
        msgspec.structs.replace(each, mode=mode) if each is binding else each
        for each in project.midi_bindings
    )
    after = msgspec.structs.replace(project, midi_bindings=bindings)
    return edited("Set controller mode", project, after)


def change_controller(project: Project, binding_id: str, controller: MidiController) -> Edit:
    """Let another controller move what this one moves, in the same way.

    Raises:
        UserInputError: when it was forgotten, or when a key should move something that is no switch.
        BadProjectError: for a channel or a number that no message has.
    """
    binding = next((each for each in project.midi_bindings if each.id == binding_id), None)
    if binding is None:
        raise UserInputError("This controller was forgotten; learn it again.")
    found = find_learnable(project, binding.track_id, binding.target)
    if controller.kind == "note" and found is not None and not found.is_switch:
        raise UserInputError(f"A key cannot move “{found.label}”: use a knob or a fader.")
    bindings = tuple(
        msgspec.structs.replace(each, controller=controller) if each is binding else each
        for each in project.midi_bindings
    )
    after = msgspec.structs.replace(project, midi_bindings=bindings)
    return edited("Change controller", project, after)


def set_midi_output(project: Project, track_id: str, output: MidiOutput | None) -> Edit:
    """Let a track's notes go to a MIDI port as well; None ends that.

    Raises:
        UserInputError: for a track without notes or a channel that is none, or when it is not there.
    """
    track = find_track(project, track_id)
    if output is not None and track.kind != "notes":
        raise UserInputError("Only an instrument track has notes to send: choose one.")
    return edited("Set MIDI output", project, project.with_track(track.sent_to(output)))
