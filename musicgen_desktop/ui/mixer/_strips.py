"""From a project to the pictures of its strips."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from musicgen_desktop.document import Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.catalogue import effect_entry
from musicgen_desktop.ui.theme import tokens
from musicgen_desktop.ui.widgets.fader_law import position_of

from ._pictures import InsertPicture, SendPicture, StripPicture


def in_order(project: Project) -> tuple[Track, ...]:
    """Tracks first, then the buses they play into, the master last."""
    buses = tuple(track for track in project.tracks if track.kind == "bus")
    return (*(track for track in project.tracks if track.kind != "bus"), *buses, project.master)


def strips_of(
    project: Project, *, folded: Collection[str] = (), selected: Collection[str] = (), current: str = ""
) -> tuple[StripPicture, ...]:
    """The strips from left to right; the master is the last one.

    Args:
        project: as it is.
        folded: ids of buses that hide their members.
        selected: ids of the selected tracks.
        current: id of the one that the keyboard acts on.
    """
    names = {track.id: track for track in project.all_tracks}
    heard = heard_while_soloed(project)
    members: dict[str, int] = {}
    for track in project.tracks:
        if track.output is not None:
            members[track.output] = members.get(track.output, 0) + 1
    return tuple(
        StripPicture(
            id=track.id,
            name=track.name,
            word=_word(track),
            kind=track.kind,
            color=track.color or tokens().text_faint,
            inserts=tuple(
                _insert(insert.id, insert.effect, insert.name, bypassed=insert.bypassed)
                for insert in track.inserts
            ),
            sends=tuple(
                SendPicture(
                    send.id,
                    names[send.target].name,
                    names[send.target].color or tokens().text_faint,
                    send.gain_db,
                    position_of(send.gain_db),
                    send.pre_fader,
                    send.enabled,
                )
                for send in track.sends
            ),
            output="" if track.kind == "master" else names[track.output or project.master.id].name,
            output_color="" if track.output is None else names[track.output].color,
            pan=track.pan,
            gain_db=track.gain_db,
            muted=track.muted,
            soloed=track.soloed,
            silenced=heard is not None and track.id not in heard,
            armed=track.armed,
            frozen=track.frozen is not None,
            polarity_inverted=track.polarity_inverted,
            trim_db=track.trim_db,
            folded=(track.id in folded) if track.kind == "bus" and track.id in members else None,
            members=members.get(track.id, 0),
            selected=track.id in selected,
            current=track.id == current,
            learned=frozenset(each.target for each in project.midi_bindings if each.track_id == track.id),
        )
        for track in in_order(project)
        if not _is_folded_away(track, names, folded)
    )


def heard_while_soloed(project: Project) -> frozenset[str] | None:
    """The ids of what is heard while tracks are soloed; None while none is.

    Those themselves, what plays into them, what they play into, and what is safe from solo.
    """
    soloed = [track for track in project.tracks if track.soloed]
    if not soloed:
        return None
    by_id = {track.id: track for track in project.tracks}
    heard = {track.id for track in soloed}
    grown = True
    while grown:
        feeders = {track.id for track in project.tracks if track.output in heard}
        grown = not feeders <= heard
        heard |= feeders
    for track_id in tuple(heard):
        output = by_id[track_id].output
        while output is not None:
            heard.add(output)
            output = by_id[output].output
    heard |= {track.id for track in project.tracks if track.solo_safe}
    return frozenset((*heard, project.master.id))


def _is_folded_away(track: Track, tracks: dict[str, Track], folded: Collection[str]) -> bool:
    output = track.output
    while output is not None:
        if output in folded:
            return True
        output = tracks[output].output
    return False


def _insert(insert_id: str, effect: str, name: str, *, bypassed: bool) -> InsertPicture:
    try:
        title, known = effect_entry(effect).name, True
    except UserInputError:
        title, known = effect.rpartition(":")[2], False
    return InsertPicture(insert_id, name or title, bypassed, known)


def _word(track: Track) -> str:
    translate = QCoreApplication.translate
    match track.kind:
        case "notes":
            word = translate("Mixer", "Instrument") if track.patch is None else track.patch.name
            return word or translate("Mixer", "Instrument")
        case "audio":
            return translate("Mixer", "Audio")
        case "bus":
            return translate("Mixer", "Return") if track.role == "return" else translate("Mixer", "Bus")
        case _:
            return translate("Mixer", "Output")
