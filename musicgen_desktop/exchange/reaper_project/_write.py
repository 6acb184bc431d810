"""Project → the text of a REAPER project."""

import sys
from collections.abc import Mapping

import msgspec

from musicgen_desktop.document import Project

from ._remarks import reaper_remarks
from ._rows import rows_of
from ._tempo import write_tempo
from ._text import Block, guid, quoted
from ._tracks import TrackWriter, curves_of, fader_and_pan, write_envelopes
from ._values import TrackSound

_REGION = 1
_CENTRE_PAN = 3
"""REAPER's stereo balance, which is ours."""


class ReaperProject(msgspec.Struct, frozen=True):
    """A project file's text, and a sentence on each thing that it cannot hold."""

    text: str
    remarks: tuple[str, ...]


def reaper_project(
    project: Project,
    files: Mapping[str, str],
    *,
    sounds: Mapping[str, TrackSound] | None = None,
    comment: str = "",
    platform: str = sys.platform,
) -> ReaperProject:
    """Write the whole song as a REAPER project.

    Items lie at the seconds where our clips do, tempo ramps included, and MIDI at our ticks. A bus becomes a
    folder of the tracks that play into it; a track of notes that has a sound becomes one too, with the sound
    in it and the notes on it. So does an effect return that has one: the sends into it are muted then, ready
    for effects of REAPER's. The same project gives the same text.

    Args:
        project: the song.
        files: source id → path of its file, relative to the project file and with forward slashes. Clips
            whose source is not there are left out, and a remark says so.
        sounds: track id → what that track of notes or return sounds like, effects included.
        comment: the project's notes in REAPER.
        platform: `sys.platform` of the machine that is to open it, on which the order of colours hangs.
    """
    sounds = sounds or {}
    root = Block("REAPER_PROJECT", "0.1", f'"7.0/{_SYSTEMS.get(platform, "linux-x86_64")}"', 0)
    _write_comment(root, comment)
    _write_song(root, project)
    write_tempo(root, project)
    _write_master(root, project)
    _write_places(root, project)
    rows = rows_of(project, sounds)
    writer = TrackWriter(project, rows, files, sounds, platform)
    for row in rows:
        writer.write(root, row)
    return ReaperProject(root.text(), reaper_remarks(project, files, sounds))


_SYSTEMS = {"win32": "win64", "darwin": "macOS-arm64"}


def _write_comment(root: Block, comment: str) -> None:
    if comment:
        notes = root.block("NOTES", 0, 2)
        for line in comment.splitlines():
            notes.line(f"|{line}")


def _write_song(root: Block, project: Project) -> None:
    meter = project.meter_map.changes[0].meter
    root.line("TITLE", quoted(project.name))
    root.line("PANLAW", 1)
    root.line("PANMODE", _CENTRE_PAN)
    root.line("LOOP", int(project.loop.enabled))
    root.line("TIMELOCKMODE", 1)
    root.line("TEMPOENVLOCKMODE", 1)
    root.line("SAMPLERATE", project.rate, 1, 0)
    root.line("TEMPO", project.tempo_map.points[0].bpm, meter.numerator, meter.denominator)
    root.line("PLAYRATE", 1, 0, 0.25, 4)
    start, end = (
        project.tempo_map.seconds_at(tick) for tick in (project.loop.start_ticks, project.loop.end_ticks)
    )
    root.line("SELECTION", start, end)
    root.line("SELECTION2", start, end)


def _write_master(root: Block, project: Project) -> None:
    master = project.master
    curves = curves_of(master)
    root.line("MASTERAUTOMODE", 0)
    root.line("MASTERMUTESOLO", int(master.muted and "muted" not in curves))
    root.line("MASTER_NCH", 2, 2)
    root.line("MASTER_VOLUME", *fader_and_pan(master, curves, master.trim_db), -1, -1, 1)
    root.line("MASTER_PANMODE", _CENTRE_PAN)
    root.line("MASTER_FX", 1)
    tags = ("MASTERVOLENV2", "MASTERPANENV2", "MASTERMUTEENV")
    write_envelopes(root, project, master, curves, master.trim_db, tags)


def _write_places(root: Block, project: Project) -> None:
    """Markers, and sections as regions: each kind is counted from 1."""
    seconds_at = project.tempo_map.seconds_at
    for index, marker in enumerate(project.markers, start=1):
        own = guid(project, marker.id)
        root.line("MARKER", index, seconds_at(marker.tick), quoted(marker.name), 0, 0, 1, "R", own, 0)
    for index, section in enumerate(project.sections, start=1):
        own = guid(project, section.id)
        start, end = seconds_at(section.start_ticks), seconds_at(section.end_ticks)
        root.line("MARKER", index, start, quoted(section.name), _REGION, 0, 1, "R", own, 0)
        root.line("MARKER", index, end, '""', _REGION)
