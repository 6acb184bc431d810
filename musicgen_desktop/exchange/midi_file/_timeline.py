"""Absolute ticks become the delta times of a MIDI track."""

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

import mido

_LONGEST = 200


class Timed(NamedTuple):
    """A message at a tick; `order` sorts messages that fall together."""

    tick: int
    order: int
    message: mido.Message | mido.MetaMessage


def track_of(name: str, events: Iterable[Timed], *, end_tick: int) -> mido.MidiTrack:
    """A track with its name first and its end at `end_tick`, or at the last event when that is later."""
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=midi_text(name))])
    now = 0
    for tick, _, message in sorted(events, key=lambda event: (event.tick, event.order)):
        placed = message.copy()  # with a changed time mido would check all of it once more
        placed.time = tick - now
        track.append(placed)
        now = tick
    track.append(mido.MetaMessage("end_of_track", time=max(0, end_tick - now)))
    return track


def midi_text(text: str) -> str:
    """Text as mido can write it: the standard names no encoding, latin-1 is what most readers take."""
    plain = text.replace("“", '"').replace("”", '"').replace("’", "'").replace("–", "-")
    plain = plain.replace("♭", "b").replace("♯", "#")
    return plain.encode("latin-1", "replace").decode("latin-1")


def clean_text(text: str, longest: int = _LONGEST) -> str:
    """Text that mido read, as a line can hold it; most write UTF-8 today, others Latin-1."""
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode()
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()[:longest]
