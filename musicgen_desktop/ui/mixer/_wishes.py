"""Edits of several strips at once."""

from collections.abc import Mapping

from musicgen_desktop.document import Project
from musicgen_desktop.session.commands import Edit, set_gain
from musicgen_desktop.ui.widgets.fader_law import BOTTOM_DB, held


def set_gains(project: Project, gains_db: Mapping[str, float]) -> Edit:
    """Move several faders in one edit.

    Raises:
        UserInputError: when a track is not there.
    """
    edit = Edit("Move fader" if len(gains_db) == 1 else f"Move {len(gains_db)} faders", project)
    for track_id, gain_db in gains_db.items():
        edit = Edit(edit.label, set_gain(edit.project, track_id, gain_db).project)
    return edit


def linked_gains(starts_db: Mapping[str, float], led_by: str, gain_db: float) -> dict[str, float]:
    """Where linked faders go when one of them is moved: all by the same dB; a shut one stays shut.

    Args:
        starts_db: track id → where each fader stood when the hand took hold.
        led_by: the track whose fader the hand holds.
        gain_db: where that one is now.
    """
    start = starts_db[led_by]
    if start <= BOTTOM_DB:  # opened from silence: there is no way in dB that others could share
        return {led_by: gain_db}
    by_db = gain_db - start
    return {
        track_id: gain_db
        if track_id == led_by
        else stood
        if stood <= BOTTOM_DB
        else round(held(stood + by_db), 2)
        for track_id, stood in starts_db.items()
    }
