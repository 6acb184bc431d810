"""The arrangement: lanes of clips and curves, and the places along the song."""

from xml.etree.ElementTree import Element

from musicgen_desktop.document import Marker, Section
from musicgen_desktop.foundation import new_id

from ._read_clips import ClipReader
from ._read_curves import read_curve
from ._read_notes import expression_of
from ._read_structure import Strip, StructureReader
from ._read_values import BadNumberError, Reading, clean, name_of, real, tick_of
from ._seen import mark_left_out, mark_read
from ._values import SECTION_COMMENT

_MOST_PLACES = 9_000
_TEMPO_AND_METER = ("Transport/Tempo", "Transport/TimeSignature")


class ArrangementReader:
    """Reads the arrangement of a file onto the strips of its structure."""

    def __init__(
        self, root: Element, structure: StructureReader, clips: ClipReader, reading: Reading
    ) -> None:
        self.markers: list[Marker] = []
        self.sections: list[Section] = []
        self._structure = structure
        self._clips = clips
        self._reading = reading
        self._conductors = {
            found.get("id") for place in _TEMPO_AND_METER if (found := root.find(place)) is not None
        }
        arrangement = root.find("Arrangement")
        if arrangement is None:
            return
        unit = arrangement.get("timeUnit", "beats")
        for child in arrangement:
            if child.tag in ("Lanes", "Clips", "Notes", "Points"):
                self._read_timeline(child, None, unit)
            elif child.tag in ("Markers", "markers"):
                self._read_markers(child, child.get("timeUnit", unit))

    def _read_timeline(self, element: Element, strip: Strip | None, unit: str) -> None:
        unit = element.get("timeUnit", unit)
        track = element.get("track")
        if track is not None:
            strip = self._structure.strip_of(track)
            if strip is None:
                self._reading.remarks.add("A lane that belongs to no track was left out", name_of(element))
                mark_left_out(element)
                return
        if element.tag == "Lanes":
            for child in element:
                self._read_timeline(child, strip, unit)
        elif element.tag == "Points":
            self._read_points(element, strip, unit)
        elif element.tag in ("Markers", "markers"):
            self._read_markers(element, unit)
        else:
            self._read_clips(element, strip, unit)

    def _read_clips(self, element: Element, strip: Strip | None, unit: str) -> None:
        """What lies on a track: clips, or content that no clip is around."""
        match element.tag:
            case "Clips":
                for clip in element.iterfind("Clip"):
                    self._place(clip, strip, unit)
            case "Notes" | "Audio" | "Warps" | "Video":
                clip = Element("Clip", time="0", contentTimeUnit=unit)
                clip.append(element)
                self._place(clip, strip, unit)
            case "ClipSlot":
                self._tell_slot(element, strip)
            case _:
                unknown = f"An unknown lane, {clean(element.tag)[:40]}, was left out"
                self._reading.remarks.add(unknown, "" if strip is None else strip.name)
                mark_left_out(element)

    def _place(self, clip: Element, strip: Strip | None, unit: str) -> None:
        if strip is None:
            named = name_of(clip) or "".join(child.tag for child in clip)
            self._reading.remarks.add("Clips that belong to no track were left out", named)
            mark_left_out(clip)
            for child in clip:
                mark_left_out(child)
        else:
            self._clips.place(clip, strip, self._reading.ruler(unit))

    def _tell_slot(self, element: Element, strip: Strip | None) -> None:
        """A place in the launcher; an empty one says nothing."""
        mark_left_out(element)
        for clip in element.iter("Clip"):
            track = "" if strip is None else strip.name
            self._reading.remarks.add("Clips in the launcher were left out", name_of(clip) or track)

    def _read_points(self, element: Element, strip: Strip | None, unit: str) -> None:
        target = element.find("Target")
        id_ = "" if target is None else target.get("parameter", "")
        moved = self._structure.moved.get(id_)
        if moved is not None:
            read_curve(element, moved, self._reading.ruler(unit), self._reading)
            return
        mark_left_out(element)
        if id_ in self._conductors:
            self._reading.remarks.add("Tempo and meter that change in a lane of a track were left out")
            return
        parameter = self._reading.by_id.get(id_)
        name = expression_of(target) if parameter is None else clean(parameter.attrib.get("name", ""))
        on = "the song" if strip is None else strip.name
        told = "Automation of what is not here was left out"
        self._reading.remarks.add(told, f"{name or 'a parameter'} on {on}")

    def _read_markers(self, element: Element, unit: str) -> None:
        ruler = self._reading.ruler(unit)
        for marker in element.iterfind("Marker"):
            if len(self.markers) + len(self.sections) >= _MOST_PLACES:
                self._reading.remarks.add(f"Of the markers the first {_MOST_PLACES:,} were kept")
                mark_left_out(element)
                return
            try:
                tick = max(0, tick_of(ruler.tick(real(marker, "time"))))
            except BadNumberError:
                self._reading.remarks.add("A marker cannot be read and was left out", name_of(marker))
                mark_left_out(marker)
                continue
            section = _section_of(marker, tick)
            if section is None:
                self.markers.append(Marker(new_id("marker"), name_of(marker), tick))
            else:
                self.sections.append(section)


def _section_of(marker: Element, tick: int) -> Section | None:
    """A marker that we wrote for a section."""
    words = marker.attrib.get("comment", "").split()
    if len(words) != 3 or words[0] != SECTION_COMMENT or not words[1].isdecimal():
        return None
    try:
        length, intensity = tick_of(int(words[1][:15])), float(words[2])
    except ValueError:
        return None
    if length < 1 or not 0.0 <= intensity <= 1.0:
        return None
    mark_read(marker, "comment")
    return Section(new_id("section"), name_of(marker), tick, length, intensity)
