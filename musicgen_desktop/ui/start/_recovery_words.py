"""What is said, and offered, about a project that was open when the program ended unexpectedly."""

from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication

from musicgen_desktop.session.workspace import LeftBehind

translate = QCoreApplication.translate

RecoveryChoice = Literal["recover", "saved", "safe", "backup", "later"]
"""Open with all edits; as it was saved; without playback and waveforms; its last backup; not now."""


class RecoveryOffer(NamedTuple):
    """One button."""

    choice: RecoveryChoice
    text: str
    tip: str


def recovery_sentence(left: LeftBehind) -> str:
    """What happened, and what of it is kept."""
    name = left.folder.stem
    if left.wants_safe_mode:
        return _while_opening(left, name)
    happened = translate("Recovery", "“{name}” was open when the program ended unexpectedly.").format(
        name=name
    )
    if left.problem:
        return f"{happened} {left.problem}"
    if left.edits:
        kept = translate("Recovery", "Kept: %n edit(s) since the last save.", "", left.edits)
    else:
        kept = translate("Recovery", "Everything had been saved.")
    return f"{happened} {kept}"


def recovery_offers(left: LeftBehind) -> tuple[RecoveryOffer, ...]:
    """What can be done, the best first; “not now” is always the last."""
    offers: list[RecoveryOffer] = []
    if left.wants_safe_mode:
        if not left.problem:
            offers.append(
                RecoveryOffer(
                    "safe",
                    translate("Recovery", "Open safely"),
                    translate("Recovery", "Without playback and waveforms, with all edits"),
                )
            )
    elif not left.problem and left.edits:
        offers += [
            RecoveryOffer(
                "recover",
                translate("Recovery", "Recover"),
                translate("Recovery", "Open it with all edits that are kept"),
            ),
            RecoveryOffer(
                "saved",
                translate("Recovery", "Open as saved"),
                translate("Recovery", "Leave the edits since the last save out"),
            ),
        ]
    elif not left.problem:
        offers.append(
            RecoveryOffer(
                "recover", translate("Recovery", "Open"), translate("Recovery", "Go on where it stopped")
            )
        )
    if left.last_backup is not None and (left.wants_safe_mode or left.problem):
        offers.append(
            RecoveryOffer(
                "backup",
                translate("Recovery", "Open last backup"),
                translate("Recovery", "An earlier version of the project; the newer one is kept too"),
            )
        )
    offers.append(
        RecoveryOffer(
            "later",
            translate("Recovery", "Not now"),
            translate("Recovery", "The project stays as it is; you will not be asked again"),
        )
    )
    return tuple(offers)


def _while_opening(left: LeftBehind, name: str) -> str:
    happened = translate("Recovery", "The program ended unexpectedly while it was opening “{name}”.").format(
        name=name
    )
    if left.attempts > 1:
        times = translate("Recovery", "That has happened %n time(s) now.", "", left.attempts)
        happened = f"{happened} {times}"
    if left.problem:
        return f"{happened} {left.problem}"
    safe = translate("Recovery", "Opened safely, without playback and waveforms, it may go well.")
    return f"{happened} {safe}"
