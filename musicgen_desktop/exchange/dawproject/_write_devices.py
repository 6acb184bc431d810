"""Inserts and instruments as devices. Our own have ids that nobody else knows; plugins have theirs."""

from xml.etree.ElementTree import Element, SubElement

from musicgen_desktop.document import Insert, Track
from musicgen_desktop.music import Patch

from ._numbers import number
from ._patch_text import patch_text
from ._remarks import Remarks
from ._values import INSTRUMENT, OUR_DEVICE, OUR_NAME, PLUGINS, PLUGINS_FOLDER, TRIM
from ._write_ids import Ids


class DeviceWriter:
    """Writes the devices of strips, and keeps the states of their plugins.

    Attributes:
        states: what plugins know of themselves, by the name in the archive.
    """

    def __init__(self, ids: Ids, remarks: Remarks) -> None:
        self.states: dict[str, bytes] = {}
        self._ids = ids
        self._remarks = remarks

    def devices(self, track: Track) -> Element | None:
        """What a strip holds: its instrument first, then its inserts; None when it holds nothing."""
        element = Element("Devices")
        if track.patch is not None:
            element.append(self._instrument(track, track.patch))
        for position, insert in enumerate(track.inserts, start=1):
            element.append(self._insert(track, insert, position))
        return element if len(element) else None

    def _instrument(self, track: Track, patch: Patch) -> Element:
        self._remarks.add(
            "Instruments of MusicGen Desktop are named in the file, but other programs do not have them: "
            "choose one of yours for",
            track.name,
        )
        device = Element(
            "BuiltinDevice",
            deviceID=f"{OUR_DEVICE}{INSTRUMENT}{patch_text(patch)}",
            deviceName=patch.name or patch.preset or "General MIDI",
            deviceRole="instrument",
            deviceVendor=OUR_NAME,
        )
        if patch.name:
            device.set("name", patch.name)
        if track.trim_db:
            # Of a track of notes the trim belongs to the instrument: another one is as loud as it is.
            parameters = SubElement(device, "Parameters")
            SubElement(parameters, "RealParameter", name=TRIM, unit="decibel", value=number(track.trim_db))
        return device

    def _insert(self, track: Track, insert: Insert, position: int) -> Element:
        state = ""
        kind, _, plugin = insert.effect.partition(":")
        if plugin and kind in PLUGINS:
            device = Element(PLUGINS[kind].element, deviceID=plugin, deviceName=insert.name or plugin)
            if insert.state is not None:
                name = self._ids.part(track.id, "insert", position)
                state = f"{PLUGINS_FOLDER}/{name}.{PLUGINS[kind].suffix}"
                self.states[state] = insert.state
        else:
            self._remarks.add(
                "Effects of MusicGen Desktop are named in the file, but other programs do not have them",
                f"{insert.name or insert.effect} on {track.name}",
            )
            device = Element(
                "BuiltinDevice",
                deviceID=f"{OUR_DEVICE}{insert.effect}",
                deviceName=insert.effect,
                deviceVendor=OUR_NAME,
            )
        device.set("deviceRole", "audioFX")
        if insert.name:
            device.set("name", insert.name)
        self._add_parameters(device, track, insert, position)
        SubElement(
            device,
            "Enabled",
            id=self._ids.part(track.id, "insert", position, "enabled"),
            value="false" if insert.bypassed else "true",
        )
        if state:
            SubElement(device, "State", path=state)
        return device

    def _add_parameters(self, device: Element, track: Track, insert: Insert, position: int) -> None:
        """Those that are set, and those that only a curve moves: these stand there without a value."""
        start = f"insert:{insert.id}:"
        moved = {curve.target[len(start) :] for curve in track.automation if curve.target.startswith(start)}
        names = sorted(moved.union(insert.parameters))
        if not names:
            return
        element = SubElement(device, "Parameters")
        for index, name in enumerate(names, start=1):
            parameter = SubElement(
                element,
                "RealParameter",
                id=self._ids.parameter(track.id, f"{start}{name}", "insert", position, index),
                name=name,
                unit="linear",
            )
            if name in insert.parameters:
                parameter.set("value", number(insert.parameters[name]))
