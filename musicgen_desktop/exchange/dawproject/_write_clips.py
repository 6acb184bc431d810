"""Clips, one level deep: more than that some programs do not read."""

import math
from xml.etree.ElementTree import Element, SubElement

from musicgen_desktop.document import AudioClip, NotesClip, Project, Track
from musicgen_desktop.music import Control, Note

from ._numbers import beats, number
from ._remarks import Remarks
from ._write_sounds import SoundFile, Sounds

_DRUM_CHANNEL = 9
_NO_RELEASE = "0.5"  # what MIDI means by a release velocity that nobody measured
_BEND_RANGE = 16_383


class ClipWriter:
    """Writes the clips of tracks, and keeps which sounds the archive needs for them."""

    def __init__(self, project: Project, sounds: Sounds, remarks: Remarks) -> None:
        self._project = project
        self._sounds = sounds
        self._remarks = remarks

    def clips(self, track: Track) -> Element:
        """All clips of a track."""
        element = Element("Clips")
        channel = _DRUM_CHANNEL if track.patch is not None and track.patch.is_drums else 0
        for clip in track.clips:
            if isinstance(clip, AudioClip):
                element.append(self._audio(clip))
            else:
                element.append(_notes(clip, channel))
        return element

    def _audio(self, clip: AudioClip) -> Element:
        element = _placed(clip)
        source = self._project.source(clip.source_id)
        length_s = self._project.tempo_map.seconds_between(clip.start_ticks, clip.end_ticks)
        if clip.gain_db or clip.reversed:
            self._remarks.add(
                "The clip’s own gain or direction was written into a copy of its sound", clip.name
            )
            frames = math.ceil(length_s * source.rate - 1e-6)
            file = self._sounds.changed(clip, source, frames)
            offset_s = 0.0
        else:
            file = self._sounds.whole(source)
            offset_s = clip.source_offset_frames / source.rate
        element.set("contentTimeUnit", "seconds")
        element.set("playStart", number(offset_s))
        if clip.fade_in_ms or clip.fade_out_ms:
            element.set("fadeTimeUnit", "seconds")
            element.set("fadeInTime", number(clip.fade_in_ms / 1_000.0))
            element.set("fadeOutTime", number(clip.fade_out_ms / 1_000.0))
            if clip.fade_shape != "equal_power":
                self._remarks.add("Fades keep their lengths, but not their shapes", clip.name)
        element.append(_audio_of(file))
        return element


def _placed(clip: AudioClip | NotesClip) -> Element:
    element = Element("Clip", time=beats(clip.start_ticks), duration=beats(clip.length_ticks), name=clip.name)
    if clip.color:
        element.set("color", clip.color)
    if clip.muted:
        element.set("enable", "false")
    return element


def _audio_of(file: SoundFile) -> Element:
    element = Element(
        "Audio",
        timeUnit="seconds",
        duration=number(file.frames / file.rate),
        channels=str(file.channels),
        sampleRate=str(file.rate),
    )
    SubElement(element, "File", path=file.name)
    return element


def _notes(clip: NotesClip, channel: int) -> Element:
    element = _placed(clip)
    loop = clip.loop_length_ticks
    # Content that begins after the clip does is moved right: no program plays from before its beginning.
    shift = max(0, -clip.content_offset_ticks) if loop is None else 0
    start = clip.content_offset_ticks + shift if loop is None else clip.content_offset_ticks % loop
    element.set("contentTimeUnit", "beats")
    element.set("playStart", beats(start))
    if loop is not None:
        element.set("loopStart", "0")
        element.set("loopEnd", beats(loop))
    notes = Element("Notes", timeUnit="beats")
    notes.extend(_note(note, channel, shift) for note in clip.notes)
    if not clip.controls:
        element.append(notes)
        return element
    lanes = SubElement(element, "Lanes", timeUnit="beats")
    lanes.append(notes)
    by_kind: dict[tuple[str, int], list[Control]] = {}
    for control in clip.controls:
        by_kind.setdefault((control.kind, control.number), []).append(control)
    lanes.extend(_controls(controls, channel, shift) for controls in by_kind.values())
    return element


def _note(note: Note, channel: int, shift: int) -> Element:
    return Element(
        "Note",
        time=beats(note.start_ticks + shift),
        duration=beats(note.length_ticks),
        channel=str(channel),
        key=str(note.pitch),
        vel=number(note.velocity / 127.0),
        rel=_NO_RELEASE,
    )


def _controls(controls: list[Control], channel: int, shift: int) -> Element:
    """The moves of one controller."""
    first = controls[0]
    points = Element("Points", timeUnit="beats", unit="normalized")
    expression = {"cc": "channelController", "pitch_bend": "pitchBend", "pressure": "channelPressure"}
    target = SubElement(points, "Target", expression=expression[first.kind], channel=str(channel))
    if first.kind == "cc":
        target.set("controller", str(first.number))
    for control in sorted(controls, key=lambda each: each.tick):
        bend = first.kind == "pitch_bend"
        value = (control.value + 8_192) / _BEND_RANGE if bend else control.value / 127.0
        SubElement(
            points,
            "RealPoint",
            time=beats(control.tick + shift),
            value=number(value),
            interpolation="hold",
        )
    return points
