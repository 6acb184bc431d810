"""Devices of a channel → patch, trim and inserts."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from musicgen_desktop.document import Insert
from musicgen_desktop.foundation import new_id
from musicgen_desktop.music import Patch

from ._archive import Archive
from ._patch_text import patch_of
from ._read_values import BadNumberError, clean, name_of, real, truth
from ._remarks import Remarks
from ._seen import mark_left_out, mark_read
from ._values import INSTRUMENT, OUR_DEVICE, PLUGINS, TRIM

_MOST_INSERTS = 64
_MOST_PARAMETERS = 500
_LONGEST_ID = 300
_LARGEST_STATE = 32 << 20
_ALL_STATES = 128 << 20


@dataclass
class Devices:
    """What was understood of a channel's devices.

    Attributes:
        moved: what an automation of ours is called, by the id of the parameter.
    """

    patch: Patch | None = None
    trim_db: float = 0.0
    inserts: list[Insert] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)


class DeviceReader:
    """Reads devices; what is not ours and no plugin is told and left out."""

    def __init__(self, archive: Archive, remarks: Remarks) -> None:
        self._archive = archive
        self._remarks = remarks
        self._states_left = _ALL_STATES

    def read(self, channel: Element | None, track: str) -> Devices:
        """The devices of one channel; `track` is what the remarks call it."""
        found = Devices()
        listed = None if channel is None else channel.find("Devices")
        for device in listed if listed is not None else ():
            own = device.get("deviceID", "")
            if own.startswith(OUR_DEVICE):
                self._read_ours(device, own.removeprefix(OUR_DEVICE)[:_LONGEST_ID], found)
            elif device.get("deviceRole") in ("instrument", "noteFX"):
                mark_left_out(device)
                self._remarks.add(
                    "Instruments of other programs are not here; choose one for",
                    f"{track} ({_called(device)})",
                )
            elif (kind := _plugin_kind(device.tag)) is not None:
                self._read_plugin(device, kind, found, track)
            else:
                mark_left_out(device)
                self._remarks.add("Effects of other programs were left out", f"{_called(device)} on {track}")
        if len(found.inserts) > _MOST_INSERTS:
            self._remarks.add(f"Of the effects the first {_MOST_INSERTS} were kept on", track)
            kept = {insert.id for insert in found.inserts[:_MOST_INSERTS]}
            found.inserts = found.inserts[:_MOST_INSERTS]
            found.moved = {id_: target for id_, target in found.moved.items() if target.split(":")[1] in kept}
        return found

    def _read_ours(self, device: Element, what: str, found: Devices) -> None:
        mark_read(device, "deviceName", "deviceRole", "name")
        if what.startswith(INSTRUMENT):
            found.patch = patch_of(what.removeprefix(INSTRUMENT), name_of(device))
            trim_db = _values(device, {}).get(TRIM, 0.0)
            found.trim_db = min(48.0, max(-144.0, trim_db))
            return
        parameters: dict[str, str] = {}
        values = _values(device, parameters)
        insert = Insert(
            id=new_id("insert"),
            effect=clean(what),
            name=name_of(device),
            parameters=values,
            bypassed=not truth(device.find("Enabled"), "value", default=True),
        )
        found.inserts.append(insert)
        found.moved |= {id_: f"insert:{insert.id}:{name}" for id_, name in parameters.items()}

    def _read_plugin(self, device: Element, kind: str, found: Devices, track: str) -> None:
        called = _called(device)
        mark_read(device, "deviceName")
        plugin = clean(device.get("deviceID", "")) or called
        self._remarks.add(
            "Plugins are kept with their settings, but the track sounds without them", f"{called} on {track}"
        )
        found.inserts.append(
            Insert(
                id=new_id("insert"),
                effect=f"{kind}:{plugin}",
                name="" if called == plugin else called,
                bypassed=not truth(device.find("Enabled"), "value", default=True),
                state=self._state(device, called),
            )
        )

    def _state(self, device: Element, called: str) -> bytes | None:
        element = device.find("State")
        if element is None:
            return None
        state = None
        if not truth(element, "external"):
            state = self._archive.read(element.get("path", ""), min(_LARGEST_STATE, self._states_left))
        if state is None:
            self._remarks.add("The settings of a plugin are missing or too large", called)
            return None
        self._states_left -= len(state)
        mark_left_out(device.find("Parameters"))  # the state has their values too
        return state


def _values(device: Element, ids: dict[str, str]) -> dict[str, float]:
    """The parameters of one of our devices that have a value; all their names by id go into `ids`."""
    values: dict[str, float] = {}
    listed = device.find("Parameters")
    for parameter in listed if listed is not None else ():
        name = name_of(parameter)
        if not name or len(ids) >= _MOST_PARAMETERS:
            continue
        mark_read(parameter, "unit")
        if "id" in parameter.attrib:
            ids[parameter.attrib["id"]] = name
        if "value" in parameter.attrib:
            try:
                values[name] = real(parameter, "value")
            except BadNumberError:
                continue
    return values


def _called(device: Element) -> str:
    return name_of(device) or clean(device.get("deviceName", "")) or device.tag


def _plugin_kind(tag: str) -> str | None:
    return next((kind for kind, plugin in PLUGINS.items() if plugin.element == tag), None)
