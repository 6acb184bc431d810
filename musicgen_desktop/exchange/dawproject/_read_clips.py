"""Clips of any depth → clips of ours on strips."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import msgspec

from musicgen_desktop.document import AudioClip, Clip, NotesClip, TrackKind
from musicgen_desktop.foundation import new_id
from musicgen_desktop.music import Control, Note
from musicgen_desktop.timing import PPQ, Tick

from ._read_audio_clips import audio_clips, faded_as, fades_ms
from ._read_notes import controls_of, expression_of, is_control, notes_of
from ._read_sounds import SoundReader, WarpMap, warp_map_of
from ._read_spans import Placed, Span, placed_clip
from ._read_structure import Strip, twin
from ._read_values import BadNumberError, Reading, Ruler, clean, tick_of
from ._seen import mark_left_out
from ._values import UnreadableDawProjectError

_TIMELINES = (
    "Lanes",
    "Notes",
    "Clips",
    "Warps",
    "Audio",
    "Video",
    "Points",
    "ClipSlot",
    "markers",
    "Markers",
)
_WITH_PITCH = ("repitch", "resampl", "tape")  # words in the names of ways to stretch
_AT_OWN_SPEED = "raw"
_DEEPEST = 8
_MOST_CLIPS = 100_000
_MOST_NOTES = 120_000  # and moves of controllers; a clip may play the content of another once more


class ClipReader:
    """Puts clips on strips.

    Attributes:
        twins: second tracks for what a strip cannot hold itself, by strip and kind.
    """

    def __init__(self, reading: Reading, sounds: SoundReader, path: Path) -> None:
        self.twins: dict[tuple[int, str], Strip] = {}
        self._reading = reading
        self._remarks = reading.remarks
        self._sounds = sounds
        self._path = path
        self._clips_left = _MOST_CLIPS
        self._notes_left = _MOST_NOTES

    def place(
        self, element: Element, strip: Strip, ruler: Ruler, around: Placed | None = None, depth: int = 0
    ) -> None:
        """Put one clip, and those inside it, on a strip.

        Args:
            element: Clip.
            strip: whose it is.
            ruler: of the clip's own time.
            around: the clip in which it lies.
            depth: how many clips lie around it.

        Raises:
            UnreadableDawProjectError: there are more clips or notes than a project holds.
        """
        self._use(1)
        content = self._content_of(element)
        try:
            placed = placed_clip(element, content, ruler, self._reading, around)
            if not placed.name:
                placed = placed._replace(name=strip.name)
            if content is None or placed.end - placed.start < 0.5:
                self._remarks.add("Empty clips were left out", placed.name)
                mark_left_out(element)
            elif depth >= _DEEPEST:
                self._remarks.add("Clips nested too deep were left out", placed.name)
                mark_left_out(element)
            else:
                self._place_content(placed, content, strip, depth)
        except BadNumberError:
            self._remarks.add("A clip that cannot be read was left out", strip.name)
            mark_left_out(element)

    def _use(self, clips: int) -> None:
        self._clips_left -= clips
        if self._clips_left < 0:
            raise UnreadableDawProjectError(
                self._path, f"has more than {_MOST_CLIPS:,} clips; export it in parts."
            )

    def _use_notes(self, notes: int) -> None:
        self._notes_left -= notes
        if self._notes_left < 0:
            raise UnreadableDawProjectError(
                self._path, f"plays more than {_MOST_NOTES:,} notes and controllers; export it in parts."
            )

    def _spans(self, placed: Placed) -> list[Span]:
        """Each round of a loop counts as a clip."""
        spans = placed.spans(self._reading)
        self._use(len(spans))
        return spans

    def _content_of(self, element: Element) -> Element | None:
        """The timeline in a clip, or the one of another clip that it plays again."""
        for _ in range(_DEEPEST):
            content = next((child for child in element if child.tag in _TIMELINES), None)
            if content is not None:
                return content
            if element.tag != "Clip":
                return element
            target = self._reading.by_id.get(element.get("reference", ""))
            if target is None:
                return None
            element = target
        return None

    def _place_content(self, placed: Placed, content: Element, strip: Strip, depth: int) -> None:
        leaves = [*_leaves(content, placed.unit, 0)]
        notes = [each for each in leaves if each.element.tag == "Notes"]
        controls = [each for each in leaves if each.element.tag == "Points" and is_control(each.element)]
        if notes or controls:
            self._place_notes(placed, notes, controls, strip)
        for leaf, unit in leaves:
            if leaf.tag == "Clips":
                self._place_inner(placed, leaf, unit, strip, depth)
            elif leaf.tag == "Audio":
                seconds = placed.unit == "seconds"
                bpm = self._reading.tempo_map.bpm_at(placed.start)
                anchors = [] if seconds else [(0.0, 0.0), (1.0, 60.0 / bpm)]
                self._place_audio(placed, leaf, WarpMap(anchors), strip)
            elif leaf.tag == "Warps":
                self._place_warped(placed, leaf, unit, strip)
            elif leaf.tag == "Video":
                self._remarks.add("Video was left out", placed.name)
                mark_left_out(leaf)
            elif leaf.tag != "Notes" and not any(leaf is each.element for each in controls):
                what = self._moved_by(leaf)
                name = f"{what} in {placed.name}" if what else placed.name
                self._remarks.add("Automation and markers inside clips were left out", name)
                mark_left_out(leaf)

    def _moved_by(self, points: Element) -> str:
        """What a line of points moves, in words; empty for what is no such line."""
        target = points.find("Target")
        parameter = None if target is None else self._reading.by_id.get(target.attrib.get("parameter", ""))
        return expression_of(target) if parameter is None else clean(parameter.attrib.get("name", ""))

    def _place_inner(self, placed: Placed, clips: Element, unit: str, strip: Strip, depth: int) -> None:
        before = len(self._sounds_on(strip))
        for span in self._spans(placed):
            low, high = max(placed.low, span.start), min(placed.high, span.end)
            ruler = self._reading.ruler_from(unit, span.start, span.content)
            for inner in clips.iterfind("Clip"):
                self.place(inner, strip, ruler, placed._replace(low=low, high=high), depth + 1)
        fades = fades_ms(placed, self._reading)
        if fades != (0.0, 0.0):
            sounds = self._sounds_on(strip)
            sounds[before:] = [
                faded_as(clip, placed, fades) if isinstance(clip, AudioClip) else clip
                for clip in sounds[before:]
            ]

    def _sounds_on(self, strip: Strip) -> list[Clip]:
        """Where the clips of sound on a strip lie."""
        home = strip if strip.kind in ("", "audio") else self.twins.get((id(strip), "audio"))
        return [] if home is None else home.clips

    # Notes

    def _place_notes(
        self, placed: Placed, timelines: list["_Leaf"], points: list["_Leaf"], strip: Strip
    ) -> None:
        notes: list[tuple[Tick, Tick, int, int]] = []
        controls: list[tuple[Tick, Control]] = []
        self._use_notes(sum(len(each.element) for each in (*timelines, *points)))
        for timeline, unit in timelines:
            ruler = self._content_ruler(placed, unit)
            notes += notes_of(timeline, ruler, self._reading, placed.name)
        for timeline, unit in points:
            ruler = self._content_ruler(placed, unit)
            controls += controls_of(timeline, ruler, self._reading, placed.name)
        ruler = self._content_ruler(placed, placed.unit)
        start, end, offset = (
            tick_of(placed.start),
            tick_of(placed.end),
            tick_of(ruler.tick(placed.play_start)),
        )
        home = self._home(strip, "notes")
        if placed.loop is None:
            self._add_notes(placed, home, (start, end, offset, None), notes, controls)
            return
        first, last = (tick_of(ruler.tick(time)) for time in placed.loop)
        if offset >= last or last <= first:
            self._add_notes(placed, home, (start, end, offset, None), notes, controls)
            return
        if offset < first:  # once up to the loop's end; only then it begins to repeat
            turn = min(end, start + last - offset)
            self._add_notes(placed, home, (start, turn, offset, None), notes, controls)
            start, offset = turn, first
        if start < end:
            looped = [(at - first, length, pitch, loud) for at, length, pitch, loud in notes if at >= first]
            moved = [(at - first, control) for at, control in controls if at >= first]
            self._add_notes(placed, home, (start, end, offset - first, last - first), looped, moved)

    def _content_ruler(self, placed: Placed, unit: str) -> Ruler:
        """Ticks of a clip's content; seconds go by the tempo at its start."""
        scale = PPQ * (self._reading.tempo_map.bpm_at(placed.start) / 60.0 if unit == "seconds" else 1.0)
        return Ruler(unit, lambda time: time * scale)

    def _add_notes(
        self,
        placed: Placed,
        strip: Strip,
        where: tuple[Tick, Tick, Tick, Tick | None],
        notes: list[tuple[Tick, Tick, int, int]],
        controls: list[tuple[Tick, Control]],
    ) -> None:
        start, end, offset, loop = where
        earliest = min([0, *(note[0] for note in notes), *(tick for tick, _ in controls)])
        clip = NotesClip(
            id=new_id("clip"),
            name=placed.name,
            start_ticks=start,
            length_ticks=max(1, end - start),
            notes=tuple(Note(at - earliest, length, pitch, loud) for at, length, pitch, loud in notes),
            controls=tuple(
                msgspec.structs.replace(control, tick=tick - earliest)
                for tick, control in sorted(controls, key=lambda each: each[0])
            ),
            content_offset_ticks=offset - earliest,
            loop_length_ticks=loop,
            muted=placed.muted,
            color=placed.colour or None,
        )
        low, high = placed.seen_of(clip)
        if high <= low:
            return
        if (low, high) != (clip.start_ticks, clip.end_ticks):
            clip = clip.trimmed_to(low, high - low)
        strip.clips.append(clip)

    # Sound

    def _place_warped(self, placed: Placed, warps: Element, unit: str, strip: Strip) -> None:
        audio = warps.find("Audio")
        if audio is None or warps.get("contentTimeUnit", "seconds") != "seconds":
            self._remarks.add("Content that is bent in time was left out", placed.name)
            mark_left_out(warps)
            return
        beat_s = 60.0 / self._reading.tempo_map.bpm_at(placed.start)
        # The clip may count its content in one unit and the anchors in the other.
        scale = 1.0 if unit == placed.unit else beat_s if unit == "beats" else 1.0 / beat_s
        self._place_audio(placed, audio, warp_map_of(warps, scale), strip)

    def _place_audio(self, placed: Placed, audio: Element, warps: WarpMap, strip: Strip) -> None:
        if warps.runs_back:
            self._remarks.add("Sound that stands still or runs back was left out", placed.name)
            mark_left_out(audio)
            return
        source = self._sounds.source_of(audio, placed.name)
        if source is None:
            mark_left_out(placed.element)
            return
        spans = self._spans(placed)
        if len(spans) > 1:
            self._remarks.add("Loops of sound were written out", placed.name)
        self._home(strip, "audio").clips.extend(
            audio_clips(
                placed,
                spans,
                warps,
                source,
                self._sounds,
                self._reading,
                may_stretch=self._may_stretch(audio, placed),
            )
        )

    def _may_stretch(self, audio: Element, placed: Placed) -> bool:
        """Whether the other program stretches a sound. Some do with its pitch: that is told."""
        algorithm = audio.get("algorithm", "").lower()
        if any(word in algorithm for word in _WITH_PITCH):
            self._remarks.add("Sound that changed its pitch with the tempo keeps it", placed.name)
        return algorithm != _AT_OWN_SPEED

    # Where it goes

    def _home(self, strip: Strip, kind: TrackKind) -> Strip:
        """The strip itself when it can hold such clips, else a second one beside it."""
        if strip.kind == "":
            strip.kind = kind
        if strip.kind == kind:
            return strip
        key = (id(strip), kind)
        if key not in self.twins:
            told = "Clips on groups, returns and the master got a track of their own"
            mixed = "Tracks with notes and sound became two"
            self._remarks.add(told if strip.kind in ("bus", "master") else mixed, strip.name)
            self.twins[key] = twin(strip, kind)
        return self.twins[key]


class _Leaf(NamedTuple):
    """A timeline in a clip, and the unit of its times."""

    element: Element
    unit: str


def _leaves(content: Element, unit: str, depth: int) -> Iterator[_Leaf]:
    """The timelines in a clip, whatever lanes lie around them."""
    if depth > _DEEPEST:
        return
    told = content.get("timeUnit", "")
    unit = told if told in ("beats", "seconds") else unit
    if content.tag != "Lanes":
        yield _Leaf(content, unit)
        return
    for child in content:
        if child.tag in _TIMELINES:
            yield from _leaves(child, unit, depth + 1)
