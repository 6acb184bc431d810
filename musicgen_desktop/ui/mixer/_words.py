"""What each part of a strip is called, with its value: for tooltips and screen readers."""

from PySide6.QtCore import QCoreApplication

from musicgen_desktop.document import Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.catalogue import effect_entry
from musicgen_desktop.ui.widgets import pan_text
from musicgen_desktop.ui.widgets.fader_law import text_of_db

from ._parts import Part


def words_of(track: Track, part: Part, *, top_db: float | None = None) -> str:
    """The part in words.

    Args:
        track: of the strip.
        part: of it.
        top_db: the highest peak that its meter saw.
    """
    if part.name in ("insert", "power"):
        return _insert(track, part)
    if part.name in ("send", "tap"):
        return _send(track, part) if part.name == "send" else _tap(track, part)
    if part.name in ("mute", "solo", "arm"):
        return _switch(track, part)
    if part.name == "peak":
        return _peak(top_db)
    if part.name == "name":
        return _name(track)
    say = QCoreApplication.translate
    plain = {
        "fold": say("Mixer", "Fold or unfold the tracks of {name}").format(name=track.name),
        "add_insert": say("Mixer", "Add effect"),
        "more_inserts": say("Mixer", "All %n effect(s)", "", len(track.inserts)),
        "add_send": say("Mixer", "Add send"),
        "more_sends": say("Mixer", "All %n send(s)", "", len(track.sends)),
        "output": say("Mixer", "Output of {name}").format(name=track.name),
        "pan": say("Mixer", "Pan: {value}").format(value=pan_text(track.pan)),
        "trim": say("Mixer", "Trim: {value}").format(value=text_of_db(track.trim_db)),
    }
    level = say("Mixer", "Level: {value}").format(value=text_of_db(track.gain_db))
    return plain.get(part.name, level)


def _name(track: Track) -> str:
    say = QCoreApplication.translate
    lines = [say("Mixer", "{name}: double-click renames").format(name=track.name)]
    if track.frozen is not None:
        lines.append(say("Mixer", "Frozen: it plays a file of its sound"))
    if track.polarity_inverted:
        lines.append(say("Mixer", "ø Polarity inverted"))
    if track.trim_db:
        lines.append(say("Mixer", "± Trim: {value}").format(value=text_of_db(track.trim_db)))
    return "\n".join(lines)


def _switch(track: Track, part: Part) -> str:
    say = QCoreApplication.translate
    if part.name == "mute":
        return say("Mixer", "Muted (M)") if track.muted else say("Mixer", "Mute (M)")
    if part.name == "arm":
        return say("Mixer", "Armed for recording (Shift+R)") if track.armed else say("Mixer", "Arm (Shift+R)")
    if track.soloed:
        return say("Mixer", "Soloed (S)")
    return say("Mixer", "Solo (S); with Ctrl this one alone")


def _insert(track: Track, part: Part) -> str:
    say = QCoreApplication.translate
    insert = next((each for each in track.inserts if each.id == part.id), None)
    if insert is None:
        return ""
    try:
        name = insert.name or effect_entry(insert.effect).name
    except UserInputError:
        return say("Mixer", "{name} is not installed: the sound passes it unchanged").format(
            name=insert.effect
        )
    if part.name == "power":
        text = say("Mixer", "Switch {name} on") if insert.bypassed else say("Mixer", "Bypass {name}")
        return text.format(name=name)
    return say("Mixer", "{name} (bypassed)").format(name=name) if insert.bypassed else name


def _send(track: Track, part: Part) -> str:
    say = QCoreApplication.translate
    send = next((each for each in track.sends if each.id == part.id), None)
    if send is None:
        return ""
    if not send.enabled:
        return say("Mixer", "Send, switched off")
    return say("Mixer", "Send: {value}").format(value=text_of_db(send.gain_db))


def _tap(track: Track, part: Part) -> str:
    say = QCoreApplication.translate
    pre = any(each.id == part.id and each.pre_fader for each in track.sends)
    return say("Mixer", "Taken before the fader") if pre else say("Mixer", "Taken behind the fader")


def _peak(top_db: float | None) -> str:
    say = QCoreApplication.translate
    if top_db is None:
        return say("Mixer", "Peak level")
    if top_db > 0.0:
        text = say("Mixer", "Clipped: the highest peak was {value}. A click forgets it.")
    else:
        text = say("Mixer", "The highest peak was {value}. A click forgets it.")
    return text.format(value=text_of_db(top_db))
