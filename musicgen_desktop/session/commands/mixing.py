"""Edits of a strip: fader, pan, trim, inserts and sends."""

from collections.abc import Mapping

import msgspec

from musicgen_desktop.document import Insert, Project, Send, Track
from musicgen_desktop.foundation import UserInputError, new_id
from musicgen_desktop.playback.mixer import EFFECTS, check_effect

from ._edit import Edit, edited
from ._find import find_track, with_tracks


def set_gain(project: Project, track_id: str, gain_db: float) -> Edit:
    """Move a fader: −144 to 24 dB, shut at `SILENT_DB` and below.

    Raises:
        UserInputError: for a gain out of range, or when the track is not there.
    """
    track = find_track(project, track_id).with_gain(float(gain_db))
    return edited("Move fader", project, project.with_track(track))


def set_pan(project: Project, track_id: str, pan: float) -> Edit:
    """Place a track between left (−1) and right (1).

    Raises:
        UserInputError: for a pan out of range, or when the track is not there.
    """
    track = find_track(project, track_id).with_pan(float(pan))
    return edited("Pan track", project, project.with_track(track))


def set_trim(project: Project, track_id: str, trim_db: float) -> Edit:
    """Set the level at which a track meets its inserts: −144 to 48 dB.

    Raises:
        UserInputError: for a trim out of range, or when the track is not there.
    """
    track = msgspec.structs.replace(find_track(project, track_id), trim_db=float(trim_db))
    return edited("Set trim", project, project.with_track(track))


def invert_polarity(project: Project, track_id: str) -> Edit:
    """Turn a track's wave upside down, or back.

    Raises:
        UserInputError: when the track is not there.
    """
    track = find_track(project, track_id)
    turned = msgspec.structs.replace(track, polarity_inverted=not track.polarity_inverted)
    return edited("Invert polarity", project, project.with_track(turned))


def add_insert(project: Project, track_id: str, effect: str, position: int | None = None) -> tuple[Edit, str]:
    """Put an effect with its default settings into a strip.

    Args:
        project: as it is.
        track_id: of the strip, the master's too.
        effect: a name from `playback.mixer.EFFECTS`: “equalizer”, “reverb”.
        position: where it stands afterwards, from 0; None is last.

    Returns:
        The edit and the insert's id.

    Raises:
        UserInputError: for an effect that does not exist, too many inserts, or when the track is not there.
    """
    track = find_track(project, track_id)
    check_effect(effect, {})
    insert = Insert(id=new_id("insert"), effect=effect)
    after = project.with_track(track.with_insert(insert, _held(position, len(track.inserts))))
    return edited(f"Add {_title(insert)}", project, after), insert.id


def remove_insert(project: Project, track_id: str, insert_id: str) -> Edit:
    """Take an effect out of a strip, and the automation that moved it.

    Raises:
        UserInputError: when it is not there.
    """
    track, insert = _find_insert(project, track_id, insert_id)
    return edited(f"Remove {_title(insert)}", project, project.with_track(track.without_insert(insert_id)))


def move_insert(
    project: Project, track_id: str, insert_id: str, position: int, to_track: str | None = None
) -> Edit:
    """Move an effect within its strip or to another one; its automation goes with it.

    Args:
        project: as it is.
        track_id: of the strip that has it.
        insert_id: of the effect.
        position: where it stands afterwards, from 0; beyond the ends means at the end.
        to_track: the strip that gets it; None is its own.

    Raises:
        UserInputError: when it or the other track is not there.
    """
    track, insert = _find_insert(project, track_id, insert_id)
    label = f"Move {_title(insert)}"
    target = track if to_track is None else find_track(project, to_track)
    if target.id == track.id:
        moved = track.with_insert(insert, _held(position, len(track.inserts) - 1))
        return edited(label, project, project.with_track(moved))
    prefix = f"insert:{insert_id}:"
    curves = [curve for curve in track.automation if curve.target.startswith(prefix)]
    if any(other.id == insert_id for other in target.inserts):
        insert = msgspec.structs.replace(insert, id=new_id("insert"))
    target = target.with_insert(insert, _held(position, len(target.inserts)))
    for curve in curves:
        name = curve.target.removeprefix(prefix)
        target = target.with_automation(
            msgspec.structs.replace(curve, id=new_id("automation"), target=f"insert:{insert.id}:{name}")
        )
    return edited(label, project, with_tracks(project, [track.without_insert(insert_id), target]))


def bypass_insert(project: Project, track_id: str, insert_id: str, *, bypassed: bool = True) -> Edit:
    """Let the sound pass an effect unchanged, or through it again.

    Raises:
        UserInputError: when it is not there.
    """
    track, insert = _find_insert(project, track_id, insert_id)
    verb = "Bypass" if bypassed else "Enable"
    changed = msgspec.structs.replace(insert, bypassed=bypassed)
    return edited(f"{verb} {_title(insert)}", project, project.with_track(track.with_insert(changed)))


def set_parameter(project: Project, track_id: str, insert_id: str, name: str, value: float) -> Edit:
    """Turn a knob of an effect; a switch goes to the nearest whole number.

    Raises:
        UserInputError: for a knob that the effect has not or a value out of its range, or when the effect is
            not there.
    """
    track, insert = _find_insert(project, track_id, insert_id)
    others = {each: old for each, old in insert.parameters.items() if each != name}
    changed = msgspec.structs.replace(insert, parameters=others | _stored(insert.effect, {name: value}))
    return edited(f"Adjust {_title(insert)}", project, project.with_track(track.with_insert(changed)))


def load_parameters(project: Project, track_id: str, insert_id: str, parameters: Mapping[str, float]) -> Edit:
    """Set all knobs of an effect at once, as a preset does; those not named go to their defaults.

    Raises:
        UserInputError: for a knob that the effect has not or a value out of its range, or when the effect is
            not there.
    """
    track, insert = _find_insert(project, track_id, insert_id)
    changed = msgspec.structs.replace(insert, parameters=_stored(insert.effect, parameters))
    return edited(f"Load preset of {_title(insert)}", project, project.with_track(track.with_insert(changed)))


def add_send(project: Project, track_id: str, target: str, gain_db: float = -12.0) -> tuple[Edit, str]:
    """Tap a strip behind its fader into a bus as well.

    Args:
        project: as it is.
        track_id: of the strip.
        target: the id of the bus.
        gain_db: −144 to 24.

    Returns:
        The edit and the send's id.

    Raises:
        UserInputError: for a second send to one bus, a target that is no bus, the master, a routing in a
            circle, or a gain out of range; or when a track is not there.
    """
    track, bus = find_track(project, track_id), find_track(project, target)
    if track is project.master:
        raise UserInputError("The master has no sends: add the effect to the master itself.")
    if any(send.target == target for send in track.sends):
        raise UserInputError(f"“{track.name}” sends to “{bus.name}” already: turn up that send.")
    send = Send(id=new_id("send"), target=target, gain_db=float(gain_db))
    changed = msgspec.structs.replace(track, sends=(*track.sends, send))
    return edited(f"Add send to {bus.name}", project, project.with_track(changed)), send.id


def set_send_gain(project: Project, track_id: str, send_id: str, gain_db: float) -> Edit:
    """Set the level of a send: −144 to 24 dB.

    Raises:
        UserInputError: for a gain out of range, or when it is not there.
    """
    track, send = _find_send(project, track_id, send_id)
    return edited("Set send", project, _with_send(project, track, send.with_gain(float(gain_db))))


def toggle_send(project: Project, track_id: str, send_id: str) -> Edit:
    """Switch a send off, or on again.

    Raises:
        UserInputError: when it is not there.
    """
    track, send = _find_send(project, track_id, send_id)
    changed = msgspec.structs.replace(send, enabled=not send.enabled)
    label = "Switch send off" if send.enabled else "Switch send on"
    return edited(label, project, _with_send(project, track, changed))


def set_send_tap(project: Project, track_id: str, send_id: str, *, pre_fader: bool) -> Edit:
    """Take a send's sound before or behind the fader.

    Raises:
        UserInputError: when it is not there.
    """
    track, send = _find_send(project, track_id, send_id)
    changed = msgspec.structs.replace(send, pre_fader=pre_fader)
    label = "Send before fader" if pre_fader else "Send behind fader"
    return edited(label, project, _with_send(project, track, changed))


def remove_send(project: Project, track_id: str, send_id: str) -> Edit:
    """Take a send away, and the automation that moved it.

    Raises:
        UserInputError: when it is not there.
    """
    track, _ = _find_send(project, track_id, send_id)
    return edited("Remove send", project, project.with_track(track.without_send(send_id)))


def _find_insert(project: Project, track_id: str, insert_id: str) -> tuple[Track, Insert]:
    track = find_track(project, track_id)
    for insert in track.inserts:
        if insert.id == insert_id:
            return track, insert
    raise UserInputError(f"This effect is no longer on “{track.name}”; choose another one.")


def _find_send(project: Project, track_id: str, send_id: str) -> tuple[Track, Send]:
    track = find_track(project, track_id)
    for send in track.sends:
        if send.id == send_id:
            return track, send
    raise UserInputError(f"“{track.name}” no longer has this send; choose another one.")


def _with_send(project: Project, track: Track, send: Send) -> Project:
    sends = tuple(send if other.id == send.id else other for other in track.sends)
    return project.with_track(msgspec.structs.replace(track, sends=sends))


def _stored(effect: str, parameters: Mapping[str, float]) -> dict[str, float]:
    """What the document keeps of these parameters: only what differs from the defaults."""
    check_effect(effect, parameters)
    stored = {}
    for name, value in parameters.items():
        knob = EFFECTS[effect].parameter(name)
        held = float(round(value)) if knob.scale == "switch" else float(value)
        if held != knob.default:
            stored[name] = held
    return stored


def _title(insert: Insert) -> str:
    """What stands behind the verb of a label."""
    spec = EFFECTS.get(insert.effect)
    return insert.name or (spec.title.lower() if spec is not None else insert.effect)


def _held(position: int | None, last: int) -> int:
    return last if position is None else min(max(position, 0), last)
