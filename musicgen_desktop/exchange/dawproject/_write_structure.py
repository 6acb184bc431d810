"""Tracks and their strips. A group holds its tracks; a return stands beside them."""

from xml.etree.ElementTree import Element, SubElement

from musicgen_desktop.document import TRACK_COLOURS, Project, Send, Track

from ._numbers import gain_of, normalized_pan, number
from ._remarks import Remarks
from ._values import ROLE_COMMENT
from ._write_devices import DeviceWriter
from ._write_ids import Ids

_DEEPEST = 12  # groups in groups
_USUAL_MAX = 2.0  # +6 dB, where faders of most programs end


class StructureWriter:
    """Writes the structure of a project."""

    def __init__(self, project: Project, ids: Ids, devices: DeviceWriter, remarks: Remarks) -> None:
        self._project = project
        self._ids = ids
        self._devices = devices
        self._remarks = remarks
        self._buses = {track.id: track for track in project.tracks if track.kind == "bus"}
        self._groups = {track.output for track in project.tracks if track.output is not None}

    def structure(self) -> Element:
        """All tracks, the master last. A group stands where its first track stood."""
        element = Element("Structure")
        inside: dict[str | None, list[Track]] = {}
        firsts: dict[str, int] = {}
        positions = {track.id: position for position, track in enumerate(self._project.tracks)}
        for track in self._project.tracks:
            groups = self._groups_around(track)
            # Deeper than programs care to nest, a group stands outside; its output says where it leads.
            inside.setdefault(track.output if len(groups) <= _DEEPEST else None, []).append(track)
            for group in groups:
                firsts[group] = min(firsts.get(group, positions[track.id]), positions[track.id])

        def add(parent: Element, group: str | None) -> None:
            tracks = inside.get(group, [])
            for track in sorted(tracks, key=lambda each: firsts.get(each.id, positions[each.id])):
                own = self._track(track, positions[track.id])
                parent.append(own)
                add(own, track.id)

        add(element, None)
        element.append(self._track(self._project.master, len(positions)))
        return element

    def _groups_around(self, track: Track) -> list[str]:
        """The buses that a track plays through, the nearest first."""
        found: list[str] = []
        while track.output is not None:
            found.append(track.output)
            track = self._buses[track.output]
        return found

    def _track(self, track: Track, position: int) -> Element:
        content = {"notes": "notes", "audio": "audio", "bus": "audio", "master": "audio notes"}[track.kind]
        element = Element(
            "Track",
            id=self._ids.track(track.id),
            name=track.name,
            color=track.color or TRACK_COLOURS[position % len(TRACK_COLOURS)],
            contentType="tracks" if track.id in self._groups else content,
            loaded="true",
        )
        if track.role:
            element.set("comment", f"{ROLE_COMMENT} {track.role}")
        element.append(self._channel(track))
        if track.polarity_inverted:
            self._remarks.add("The format knows no inverted polarity; it is lost on", track.name)
        if track.midi_output is not None:
            self._remarks.add("The format knows no MIDI ports; the notes are sent to none from", track.name)
        if track.frozen is not None:
            self._remarks.add("A frozen track leaves with its clips, not with its frozen sound", track.name)
        return element

    def _channel(self, track: Track) -> Element:
        ids = self._ids
        role = {"bus": "submix" if track.id in self._groups else "effect", "master": "master"}
        element = Element(
            "Channel",
            id=ids.channel(track.id),
            role=role.get(track.kind, "regular"),
            audioChannels="2",
            solo="true" if track.soloed else "false",
        )
        if track.kind != "master":
            element.set("destination", ids.channel(track.output or self._project.master.id))
        devices = self._devices.devices(track)
        if devices is not None:
            element.append(devices)
        SubElement(
            element,
            "Mute",
            id=ids.parameter(track.id, "muted", "mute"),
            name="Mute",
            value="true" if track.muted else "false",
        )
        SubElement(
            element,
            "Pan",
            id=ids.parameter(track.id, "pan", "pan"),
            name="Pan",
            unit="normalized",
            min="0",
            max="1",
            value=number(normalized_pan(track.pan)),
        )
        if track.sends:
            sends = SubElement(element, "Sends")
            for count, send in enumerate(track.sends, start=1):
                sends.append(self._send(track, send, count))
        element.append(self._volume(track))
        return element

    def _volume(self, track: Track) -> Element:
        folded_db = folded_trim_db(track)
        if folded_db:
            self._remarks.add("The trim became part of the fader on", track.name)
        values = [track.gain_db, *_moved_to(track, "gain_db")]
        return _volume(
            self._ids.parameter(track.id, "gain_db", "volume"),
            gain_of(track.gain_db + folded_db),
            max(gain_of(value + folded_db) for value in values),
        )

    def _send(self, track: Track, send: Send, count: int) -> Element:
        element = Element(
            "Send",
            id=self._ids.part(track.id, "send", count),
            destination=self._ids.channel(send.target),
            type="pre" if send.pre_fader else "post",
        )
        SubElement(
            element,
            "Enable",
            id=self._ids.part(track.id, "send", count, "enable"),
            value="true" if send.enabled else "false",
        )
        target = f"send:{send.id}:gain_db"
        values = [send.gain_db, *_moved_to(track, target)]
        id_ = self._ids.parameter(track.id, target, "send", count, "level")
        element.append(_volume(id_, gain_of(send.gain_db), max(map(gain_of, values))))
        return element


def folded_trim_db(track: Track) -> float:
    """What of a track's trim its fader takes over: all of it, but for tracks of notes with an instrument."""
    return 0.0 if track.patch is not None else track.trim_db


def _volume(id_: str, gain: float, highest: float) -> Element:
    return Element(
        "Volume",
        id=id_,
        name="Volume",
        unit="linear",
        min="0",
        max=number(max(_USUAL_MAX, highest)),
        value=number(gain),
    )


def _moved_to(track: Track, target: str) -> list[float]:
    return [point.value for curve in track.automation if curve.target == target for point in curve.points]
