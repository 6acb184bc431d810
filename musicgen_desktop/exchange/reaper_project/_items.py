"""Clips as items of a track, at the second where they begin."""

from pathlib import PurePosixPath

from musicgen_desktop.document import AudioClip, AudioSource, NotesClip, Project
from musicgen_desktop.music import Patch

from ._midi_source import content_of, write_midi_source
from ._text import Block, colour, gain, guid, quoted
from ._values import TrackSound

_FADE_SHAPES = {"linear": 0, "equal_power": 1, "s_curve": 5}
_SOURCE_KINDS = {".flac": "FLAC", ".mp3": "MP3", ".ogg": "VORBIS", ".oga": "VORBIS", ".opus": "OPUS"}
_BACKWARDS = 3
"""A section's mode that plays the whole file from its end."""


def write_notes_item(
    into: Block, project: Project, clip: NotesClip, patch: Patch | None, platform: str
) -> None:
    """Add a clip of notes; its MIDI is in the project file itself."""
    content = content_of(clip)
    item = _item(into, project, clip, platform, loops=content.loops)
    item.line("VOLPAN", 1, 0, 1, -1)
    item.line("SOFFS", 0)
    _finish(item, project, clip)
    write_midi_source(item, project, clip, content, patch)


def write_audio_item(
    into: Block, project: Project, clip: AudioClip, source: AudioSource, path: str, platform: str
) -> None:
    """Add a clip of sound that plays the file at `path`, at the file's own speed."""
    length_s = project.tempo_map.seconds_between(clip.start_ticks, clip.end_ticks)
    offset_s = clip.source_offset_frames / source.rate
    if clip.reversed:
        # Counted from the file's end, and before it where the clip is longer than what is left of the file.
        offset_s = source.frames / source.rate - offset_s - length_s
    item = _item(into, project, clip, platform, loops=False)
    for tag, fade_ms in (("FADEIN", clip.fade_in_ms), ("FADEOUT", clip.fade_out_ms)):
        shape = _FADE_SHAPES[clip.fade_shape]
        item.line(tag, shape, min(fade_ms / 1000.0, length_s), 0, shape, 0, 0, 0)
    item.line("VOLPAN", gain(clip.gain_db), 0, 1, -1)
    item.line("SOFFS", offset_s)
    _finish(item, project, clip)
    if clip.reversed:
        item = item.block("SOURCE", "SECTION")
        item.line("LENGTH", source.frames / source.rate)
        item.line("MODE", _BACKWARDS)
        item.line("STARTPOS", 0)
        item.line("OVERLAP", 0.01)
    _write_file(item, path)


def write_sound_item(into: Block, project: Project, track_id: str, name: str, sound: TrackSound) -> None:
    """Add the file of what a track of notes sounds like."""
    item = into.block("ITEM")
    item.line("POSITION", sound.start_s)
    item.line("LENGTH", sound.length_s)
    item.line("LOOP", 0)
    for tag in ("FADEIN", "FADEOUT"):  # without these REAPER puts its usual short fades
        item.line(tag, 0, 0, 0, 0, 0, 0, 0)
    item.line("IGUID", guid(project, track_id, "sound", "item"))
    item.line("NAME", quoted(name))
    item.line("SOFFS", 0)
    item.line("GUID", guid(project, track_id, "sound", "take"))
    _write_file(item, sound.path)


def _item(into: Block, project: Project, clip: AudioClip | NotesClip, platform: str, *, loops: bool) -> Block:
    item = into.block("ITEM")
    item.line("POSITION", project.tempo_map.seconds_at(clip.start_ticks))
    item.line("LENGTH", project.tempo_map.seconds_between(clip.start_ticks, clip.end_ticks))
    item.line("LOOP", int(loops))
    item.line("MUTE", int(clip.muted), 0)
    if clip.color:
        item.line("COLOR", colour(clip.color, platform), "B")
    item.line("IGUID", guid(project, clip.id, "item"))
    item.line("NAME", quoted(clip.name))
    return item


def _finish(item: Block, project: Project, clip: AudioClip | NotesClip) -> None:
    """What stands between a take's offset and its source: its speed, channels and id."""
    item.line("PLAYRATE", 1, 1, 0, -1, 0, 0.0025)
    item.line("CHANMODE", 0)
    item.line("GUID", guid(project, clip.id, "take"))


def _write_file(into: Block, path: str) -> None:
    kind = _SOURCE_KINDS.get(PurePosixPath(path).suffix.lower(), "WAVE")
    into.block("SOURCE", kind).line("FILE", quoted(path))
