"""Tracks, groups and channels → strips of ours, before anybody knows what lies on them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import msgspec

from musicgen_desktop.document import MASTER_ID, Automation, Clip, Insert, Send, Track, TrackKind
from musicgen_desktop.foundation import new_id
from musicgen_desktop.music import Patch

from ._numbers import db_of, pan_of
from ._read_devices import DeviceReader
from ._read_values import BadNumberError, clean, colour_of, name_of, real, truth
from ._read_ways import Ways
from ._remarks import Remarks
from ._seen import mark_left_out, mark_read
from ._values import ROLE_COMMENT, UnreadableDawProjectError

_MOST_TRACKS = 900
_MOST_SENDS = 64


class Moved(NamedTuple):
    """What a parameter of the file moves here: an automation target, and the unit the file counts it in."""

    strip: "Strip"
    target: str
    unit: str


@dataclass(eq=False)
class Strip:
    """A track in the making; `kind` is empty while only its clips can tell."""

    element: Element
    channel: Element | None
    parent: "Strip | None"
    name: str
    id: str
    kind: TrackKind | str = ""
    patch: Patch | None = None
    trim_db: float = 0.0
    inserts: list[Insert] = field(default_factory=list)
    sends: list[Send] = field(default_factory=list)
    output: str | None = None
    clips: list[Clip] = field(default_factory=list)
    automation: list[Automation] = field(default_factory=list)
    twin_of: "Strip | None" = None

    @property
    def role(self) -> str:
        """Of its channel in the mixer."""
        return "" if self.channel is None else self.channel.get("role", "")


class StructureReader:
    """Reads the structure of a file.

    Attributes:
        strips: in the order of the file, the master not among them.
        master: None when the file has none.
        moved: what automation means, by the id of the parameter.

    Raises:
        UnreadableDawProjectError: more tracks than a project holds.
    """

    def __init__(self, root: Element, devices: DeviceReader, remarks: Remarks, path: Path) -> None:
        self.strips: list[Strip] = []
        self.master: Strip | None = None
        self.moved: dict[str, Moved] = {}
        self._remarks = remarks
        self._by_xml_id: dict[str, Strip] = {}
        structure = root.find("Structure")
        for strip in self._walked(structure, None) if structure is not None else ():
            self.strips.append(strip)
            if len(self.strips) > _MOST_TRACKS:
                raise UnreadableDawProjectError(
                    path, f"has more than {_MOST_TRACKS} tracks; export it in parts."
                )
        self._choose_master()
        for strip in [*self.strips, *([self.master] if self.master else [])]:
            self._read_strip(strip, devices)
        self._route()

    def strip_of(self, xml_id: str) -> Strip | None:
        """The track with this id in the file, or the one whose channel has it."""
        return self._by_xml_id.get(xml_id)

    def _walked(self, elements: Iterable[Element], above: Strip | None) -> Iterator[Strip]:
        """The strips of these tracks, and of those inside them; a channel may also stand alone."""
        for element in elements:
            if element.tag == "Channel" and above is None and not self._is_vca(element, name_of(element)):
                strip = Strip(element, element, None, name_of(element, "Channel"), new_id("track"), "bus")
                self._know(strip, element)
                yield strip
            if element.tag != "Track":
                continue
            channel, inner = element.find("Channel"), element.findall("Track")
            if channel is None and (inner or "tracks" in element.get("contentType", "").split()):
                self._remarks.add("Folders are not here; what lies in one stands beside it", name_of(element))
                mark_read(element, "contentType", "color")
                yield from self._walked(inner, above)
                continue
            name = name_of(element) or ("" if channel is None else name_of(channel)) or "Track"
            strip = Strip(element, channel, above, name, new_id("track"))
            if self._is_vca(channel, strip.name):
                mark_read(element, "contentType", "color")
                yield from self._walked(inner, above)
                continue
            strip.kind = _kind_of(strip, has_tracks=bool(inner))
            for known in (element, channel):
                if known is not None:
                    self._know(strip, known)
            yield strip
            yield from self._walked(inner, strip)

    def _is_vca(self, channel: Element | None, name: str) -> bool:
        if channel is None or channel.get("role") != "vca":
            return False
        self._remarks.add("VCA faders are not here; set the levels of their tracks", name)
        mark_left_out(channel)
        return True

    def _know(self, strip: Strip, element: Element) -> None:
        if "id" in element.attrib:
            self._by_xml_id.setdefault(element.attrib["id"], strip)

    def _choose_master(self) -> None:
        """The master is one that nothing lies in: some programs call the strip of a group so too."""
        parents = {id(strip.parent) for strip in self.strips}
        for strip in self.strips:
            if strip.role == "master" and strip.parent is None and id(strip) not in parents:
                self.master = strip
                strip.kind, strip.id = "master", MASTER_ID
                self.strips.remove(strip)
                return

    def _read_strip(self, strip: Strip, devices: DeviceReader) -> None:
        found = devices.read(strip.channel, strip.name)
        strip.patch, strip.trim_db, strip.inserts = found.patch, found.trim_db, found.inserts
        for id_, target in found.moved.items():
            self.moved[id_] = Moved(strip, target, "linear")
        for tag, target in (("Volume", "gain_db"), ("Pan", "pan"), ("Mute", "muted")):
            self._know_parameter(strip, None if strip.channel is None else strip.channel.find(tag), target)

    def _know_parameter(self, strip: Strip, element: Element | None, target: str) -> None:
        if element is not None and "id" in element.attrib:
            self.moved[element.attrib["id"]] = Moved(strip, target, element.get("unit", ""))

    def _route(self) -> None:
        """Outputs and sends that lead to buses and never back to where they came from."""
        ways = Ways()
        for strip in self.strips:
            target = self._output(strip)
            if target is not None and self._may_lead(strip, target, ways):
                strip.output = target.id
        for strip in self.strips:
            for element in strip.channel.findall("Sends/Send") if strip.channel is not None else ():
                self._add_send(strip, element, ways)

    def _output(self, strip: Strip) -> Strip | None:
        """The bus that a strip plays into; None is the master."""
        wanted = "" if strip.channel is None else strip.channel.get("destination", "")
        if not wanted:
            return strip.parent
        target = self._by_xml_id.get(wanted)
        if target is None or target is self.master:
            if target is None:
                self._remarks.add("An output leads nowhere; it was led to the master", strip.name)
            return None
        return target

    def _add_send(self, strip: Strip, element: Element, ways: Ways) -> None:
        target = self._by_xml_id.get(element.get("destination", ""))
        if target is None or target is self.master or len(strip.sends) >= _MOST_SENDS:
            self._remarks.add("A send that leads to no bus was left out", strip.name)
            mark_left_out(element)
            return
        if not self._may_lead(strip, target, ways):
            mark_left_out(element)
            return
        volume = element.find("Volume")
        send = Send(
            id=new_id("send"),
            target=target.id,
            gain_db=self._gain_db(volume, strip.name),
            pre_fader=element.get("type") == "pre",
            enabled=truth(element.find("Enable"), "value", default=True),
        )
        strip.sends.append(send)
        self._know_parameter(strip, volume, f"send:{send.id}:gain_db")

    def _may_lead(self, strip: Strip, target: Strip, ways: Ways) -> bool:
        """Whether the one may play into the other; notes it when it may."""
        if target.kind != "bus":
            self._remarks.add("A way into a track that is no bus was left out", strip.name)
            return False
        if not ways.add(strip.id, target.id):
            self._remarks.add("A signal that ran in a circle was cut", strip.name)
            return False
        return True

    def track_of(self, strip: Strip, kind: TrackKind) -> Track:
        """The finished track, without clips and curves."""
        source = strip.twin_of or strip
        if source.kind == "bus" and source is not strip:  # it plays through that bus, which has the fader
            return Track(strip.id, strip.name, kind, color=colour_of(source.element), output=strip.output)
        channel = source.channel
        comment = source.element.attrib.get("comment", "")
        if comment.startswith(ROLE_COMMENT):
            mark_read(source.element, "comment")
        muted = None if channel is None else channel.find("Mute")
        return Track(
            id=strip.id,
            name=strip.name,
            kind=kind,
            role=clean(comment.removeprefix(ROLE_COMMENT)) if comment.startswith(ROLE_COMMENT) else "",
            color=colour_of(source.element),
            patch=strip.patch if kind == "notes" else None,
            trim_db=strip.trim_db,
            gain_db=self._gain_db(None if channel is None else channel.find("Volume"), strip.name),
            pan=self._pan(None if channel is None else channel.find("Pan"), strip.name),
            muted=truth(muted, "value"),
            soloed=truth(channel, "solo"),
            solo_safe=kind == "bus" and source.role == "effect",
            inserts=tuple(strip.inserts),
            sends=tuple(strip.sends),
            output=strip.output,
        )

    def _gain_db(self, element: Element | None, name: str) -> float:
        if element is None:
            return 0.0
        try:
            value = real(element, "value", 1.0 if element.get("unit") != "decibel" else 0.0)
        except BadNumberError:
            self._remarks.add("A level cannot be read and stands at 0 dB", name)
            return 0.0
        gain_db = value if element.get("unit") == "decibel" else db_of(value)
        if gain_db > 24.0:
            self._remarks.add("A level above +24 dB was lowered to that", name)
        return min(24.0, max(-144.0, gain_db))

    def _pan(self, element: Element | None, name: str) -> float:
        if element is None:
            return 0.0
        try:
            value = real(element, "value", 0.0 if element.get("unit") == "linear" else 0.5)
        except BadNumberError:
            self._remarks.add("A pan cannot be read and stands in the middle", name)
            return 0.0
        return pan_in(value, element.get("unit", ""))


def pan_in(value: float, unit: str) -> float:
    """A pan in one of the format's units as ours: −1 is left, 1 is right."""
    pan = value if unit == "linear" else pan_of(value / 100.0 if unit == "percent" else value)
    return min(1.0, max(-1.0, pan))


def _kind_of(strip: Strip, *, has_tracks: bool) -> TrackKind | str:
    contents = strip.element.get("contentType", "").split()
    if has_tracks or "tracks" in contents or strip.role in ("effect", "submix", "master"):
        return "bus"
    if "notes" in contents and "audio" not in contents:
        return "notes"
    return "audio" if "audio" in contents and "notes" not in contents else ""


def twin(strip: Strip, kind: TrackKind) -> Strip:
    """A second track beside one, for what lies on it that it cannot hold; it plays where that one plays."""
    made = Strip(strip.element, strip.channel, strip.parent, strip.name, new_id("track"), kind)
    made.twin_of = strip
    made.output = strip.id if strip.kind == "bus" else strip.output
    return made


def with_contents(track: Track, strip: Strip) -> Track:
    """The track with the clips and curves that were found for it."""
    clips = tuple(sorted(strip.clips, key=lambda clip: clip.start_ticks))
    return msgspec.structs.replace(track, clips=clips, automation=tuple(strip.automation))
