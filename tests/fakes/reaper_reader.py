"""A REAPER project as the independent package `rpp` reads it, and time as REAPER reckons it."""

from bisect import bisect_right
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

import numpy as np
import rpp
import soundfile


class ReadNote(NamedTuple):
    tick: int
    length: int
    pitch: int
    velocity: int


def read(text):
    return rpp.loads(text)


def values(element, tag):
    """The values of the first line with that word."""
    return next(child[1:] for child in element if not hasattr(child, "tag") and child[0] == tag)


def lines(element, tag):
    return [child[1:] for child in element if not hasattr(child, "tag") and child[0] == tag]


def blocks(element, tag):
    return [child for child in element if getattr(child, "tag", None) == tag]


def tracks(root):
    """Name → track."""
    return {values(track, "NAME")[0]: track for track in blocks(root, "TRACK")}


def points(element, tag):
    """The points of an envelope as numbers."""
    (envelope,) = blocks(element, tag)
    return [tuple(float(value) for value in line) for line in lines(envelope, "PT")]


def notes_of(source):
    """(notes, length in ticks) of a MIDI source; every key must be let go, and once."""
    events = lines(source, "E")
    assert values(source, "HASDATA") == ["1", "960", "QN"]
    assert events[-1][1][0] + events[-1][2] == "b7b"
    now, held, notes = 0, {}, []
    for delta, status, first, second in events:
        now += int(delta)
        assert int(delta) >= 0
        kind, pitch, value = int(status, 16) >> 4, int(first, 16), int(second, 16)
        if kind == 9:
            assert pitch not in held
            held[pitch] = (now, value)
        elif kind == 8:
            start, velocity = held.pop(pitch)
            notes.append(ReadNote(start, now - start, pitch, velocity))
    assert not held
    return sorted(notes), now


def item_notes(item):
    """The notes an item sounds from its start on, its loop repeated; its end is the caller's to cut at."""
    (source,) = blocks(item, "SOURCE")
    notes, length = notes_of(source)
    return notes, length, values(item, "LOOP") == ["1"]


class Beats:
    """Quarter notes ↔ seconds by REAPER's rule: between points the tempo is held, or straight in seconds."""

    def __init__(self, root):
        self.points = [(point[0], point[1], int(point[2])) for point in points(root, "TEMPOENVEX")]
        self.at = [0.0]
        for here, after in pairwise(self.points):
            last = here[1] if here[2] else after[1]
            self.at.append(self.at[-1] + (here[1] + last) / 120.0 * (after[0] - here[0]))

    def beats_at(self, seconds):
        index = max(0, bisect_right([point[0] for point in self.points], seconds) - 1)
        start, bpm, shape = self.points[index]
        passed = seconds - start
        slope = 0.0
        if not shape and index + 1 < len(self.points):
            slope = (self.points[index + 1][1] - bpm) / (self.points[index + 1][0] - start)
        return self.at[index] + (bpm * passed + slope * passed * passed / 2.0) / 60.0

    def seconds_at(self, beats):
        index = max(0, bisect_right(self.at, beats) - 1)
        start, bpm, shape = self.points[index]
        left = 60.0 * (beats - self.at[index])
        slope = 0.0
        if not shape and index + 1 < len(self.points):
            slope = (self.points[index + 1][1] - bpm) / (self.points[index + 1][0] - start)
        return start + 2.0 * left / (bpm + sqrt(max(0.0, bpm * bpm + 2.0 * slope * left)))


def mixed(root, folder, rate, frames):
    """The sound of a project's audio items as its faders, pans and folders mix them, [frames, 2].

    Envelopes, fades and live sends are left out: the caller's song has none.
    """
    mix = np.zeros((frames, 2))
    open_folders = []
    for track in blocks(root, "TRACK"):
        gains = [*open_folders, _sides(track)]
        if values(track, "MUTESOLO")[0] == "0":
            for item in blocks(track, "ITEM"):
                (source,) = blocks(item, "SOURCE")
                if source.attrib != ["MIDI"]:
                    _add(mix, item, source, folder, rate, np.prod(gains, axis=0))
        kind, depth = (int(value) for value in values(track, "ISBUS"))
        if kind == 1:
            open_folders.append(_sides(track))
        elif kind == 2:
            del open_folders[depth:]
    return mix


def _sides(track):
    """Left and right gain: a balance, or with a law below 1 equal power."""
    level, pan, law = (float(value) for value in values(track, "VOLPAN")[:3])
    if law < 1.0:
        angle = (pan + 1.0) * np.pi / 4.0
        return level * np.array([np.cos(angle), np.sin(angle)])
    return level * np.array([min(1.0, 1.0 - pan), min(1.0, 1.0 + pan)])


def _add(mix, item, source, folder, rate, sides):
    sound, file_rate = soundfile.read(folder / values(source, "FILE")[0], always_2d=True)
    assert file_rate == rate
    at, length, offset = (
        round(float(values(item, tag)[0]) * rate) for tag in ("POSITION", "LENGTH", "SOFFS")
    )
    level = float(lines(item, "VOLPAN")[0][0]) if lines(item, "VOLPAN") else 1.0
    piece = sound[offset : offset + length][: len(mix) - at]
    mix[at : at + len(piece)] += piece * level * sides
