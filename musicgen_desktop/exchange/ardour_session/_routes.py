"""Tracks and buses: what Ardour calls routes."""

import math
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Literal, NamedTuple

from musicgen_desktop.document import Automation, Project, Send, Track
from musicgen_desktop.dsp import db_to_gain, pan_gains

from ._curves import add_list, azimuth, curves_of, gain_events, mute_events, pan_events
from ._solo import Solos
from ._values import SessionFiles
from ._xml import Ids, add, gain

Kind = Literal["audio", "midi", "bus", "master"]

_FLAGS: dict[Kind, str] = {
    "audio": "AudioTrack",
    "midi": "MidiTrack",
    "bus": "AudioBus",
    "master": "MasterOut",
}
_BALANCE = "http://ardour.org/plugin/panner_balance"
_MONO_PAN = "http://ardour.org/plugin/panner_1in2out"
_ALL_MUTED, _FADER_MUTED = "PreFader,PostFader,Listen,Main", "PostFader,Listen,Main"


class Row(NamedTuple):
    """A route of the session.

    Attributes:
        track: of the song, whose name, strip or notes it has.
        name: no other route's.
        kind: what it is for Ardour.
        has_strip: it has the track's fader, pan and sends; else it stands at rest.
        is_wide: two channels enter it.
        output: the name of the route that it plays into; empty for none.
        playlist: the id of what it plays; empty for a bus.
    """

    track: Track
    name: str
    kind: Kind
    has_strip: bool
    is_wide: bool
    output: str
    playlist: str


class RouteWriter:
    """Writes the routes of one song.

    Args:
        project: the song.
        files: what its session plays.
        ids: of the session.
        buses: track id → the name of the route that takes its sends.
    """

    def __init__(self, project: Project, files: SessionFiles, ids: Ids, buses: Mapping[str, str]) -> None:
        self._project = project
        self._files = files
        self._ids = ids
        self._buses = buses
        self._solos = Solos(project)
        self._sends = 0

    def write(self, into: ET.Element, row: Row, order: int, feeds: list[tuple[str, int]]) -> None:
        """Add a route.

        Args:
            into: the session's routes.
            row: what it is.
            order: its place in mixer and editor, from 0.
            feeds: the names of the routes that play into it, and how many channels each has.
        """
        track = row.track
        is_midi = row.kind == "midi"
        route = add(
            into,
            "Route",
            version=7002,
            id=self._ids.of(f"route/{row.name}"),
            name=row.name,
            default_type="midi" if is_midi else "audio",
            strict_io=int(is_midi),
            active=1,
            denormal_protection=0,
            meter_point="MeterPostFader",
            disk_io_point="DiskIOPreFader",
            meter_type="MeterPeak",
        )
        if row.kind in ("audio", "midi"):
            route.set(f"{row.kind}-playlist", row.playlist)
            route.set("mode", "Normal")
        colour = int(track.color[1:] + "ff", 16) if track.color else 0
        add(route, "PresentationInfo", order=order, flags=f"{_FLAGS[row.kind]},OrderSet", color=colour)
        self._write_ports(route, row, feeds)
        if row.has_strip:
            self._write_switches(route, row)
            self._write_pan(route, track, row)
        self._write_processors(route, row)

    def _write_ports(self, route: ET.Element, row: Row, feeds: list[tuple[str, int]]) -> None:
        kind = "midi" if row.kind == "midi" else "audio"
        ins = add(route, "IO", name=row.name, id=self._ids.new(), direction="Input", default_type=kind)
        for side in range(1 + (row.is_wide and kind == "audio")):
            port = add(ins, "Port", type=kind, name=f"{row.name}/{kind}_in {side + 1}")
            for name, _channels in feeds:
                add(port, "Connection", other=f"{name}/audio_out {side + 1}")
        outs = add(route, "IO", name=row.name, id=self._ids.new(), direction="Output", default_type=kind)
        for side in range(1 if kind == "midi" else 2):
            port = add(outs, "Port", type=kind, name=f"{row.name}/{kind}_out {side + 1}")
            if row.kind == "master":
                add(port, "Connection", other=f"system:playback_{side + 1}")
            elif row.output:
                add(port, "Connection", other=f"{row.output}/audio_in {side + 1}")

    def _write_switches(self, route: ET.Element, row: Row) -> None:
        track, ids = row.track, self._ids
        above, below = self._solos.upstream[track.id], self._solos.downstream[track.id]
        add(
            route,
            "Controllable",
            name="solo",
            id=ids.new(),
            flags="Toggle,RealTime",
            value=int(track.soloed),
            self_solo=int(track.soloed),
            soloed_by_upstream=above,
            soloed_by_downstream=below,
        )
        isolated = int(track.solo_safe)
        add(
            route,
            "Controllable",
            name="solo-iso",
            id=ids.new(),
            flags="Toggle,RealTime",
            value=isolated,
            solo_isolated=isolated,
        )
        curves = curves_of(track)
        muted = int(track.muted and "muted" not in curves)
        point = _FADER_MUTED if "muted" in curves else _ALL_MUTED
        add(route, "MuteMaster", mute_point=point, muted=muted)
        add(route, "Controllable", name="mute", id=ids.new(), flags="Toggle,RealTime", value=muted)
        turned = track.polarity_inverted and track.id not in self._files.sounds
        bits = ("1" if turned else "0") * (1 + row.is_wide)
        add(
            route,
            "Controllable",
            name="phase",
            id=ids.new(),
            flags="Toggle",
            value=int(turned),
            phase_invert=bits,
        )
        if "muted" in curves:
            automation = add(route, "Automation")
            events = mute_events(curves["muted"], self._project.tempo_map)
            add_list(automation, ids, "mute", events, stepped=True)

    def _write_pan(self, route: ET.Element, track: Track, row: Row) -> None:
        pannable = add(route, "Pannable")
        curves = curves_of(track)
        place = azimuth(track.pan) if row.is_wide else mono_pan(track.pan)[0]
        add(pannable, "Controllable", name="pan-azimuth", id=self._ids.new(), flags="", value=place)
        if curve := curves.get("pan"):
            automation = add(pannable, "Automation")
            events = pan_events(curve, self._project.tempo_map)
            add_list(automation, self._ids, "pan-azimuth", events)

    def _write_processors(self, route: ET.Element, row: Row) -> None:
        track = row.track
        if row.kind in ("audio", "midi"):
            self._processor(route, f"recorder:{row.name}", "diskwriter").set("record-safe", "0")
            self._processor(route, f"player:{row.name}", "diskreader")
        if row.kind == "bus":
            self._processor(route, "Return", "intreturn")
        self._processor(route, "Polarity", "polarity")
        if row.kind != "midi":
            trim = self._processor(route, "Amp", "trim")
            value = self._trim(row) if row.has_strip else 1.0
            add(trim, "Controllable", name="trimcontrol", id=self._ids.new(), flags="GainLike", value=value)
        sends = track.sends if row.has_strip else ()
        self._write_sends(route, row, [send for send in sends if send.pre_fader])
        curve = curves_of(track).get("gain_db") if row.has_strip else None
        level = gain(track.gain_db) if row.has_strip else 1.0
        fader = self._processor(route, "Amp", "amp")
        self._write_level(fader, "gain", level, curve)
        self._processor(route, f"meter-{row.name}", "meter")
        self._write_sends(route, row, [send for send in sends if not send.pre_fader])
        outs = self._processor(route, row.name, "main-outs")
        outs.attrib |= {"own-input": "1", "own-output": "0", "output": row.name, "role": "Main"}
        if row.kind != "midi":
            panner = _BALANCE if row.is_wide else _MONO_PAN
            add(outs, "PannerShell", bypassed=0, user_panner=panner, linked_to_route=1)

    def _trim(self, row: Row) -> float:
        """A sound before the fader has its track's trim already. A mono pan of Ardour's is a bit louder."""
        own = 1.0 if row.track.id in self._files.sounds else gain(row.track.trim_db)
        return own if row.is_wide else own * mono_pan(row.track.pan)[1]

    def _write_sends(self, route: ET.Element, row: Row, sends: list[Send]) -> None:
        for send in sends:
            # Where a return's sound plays into it, what is sent to it would sound twice.
            active = send.enabled and send.target not in self._files.sounds
            name = self._buses[send.target]
            each = self._processor(route, name, "intsend")
            self._sends += 1
            each.attrib |= {
                "active": str(int(active)),
                "own-input": "1",
                "own-output": "1",
                "role": "Aux",
                "bitslot": str(self._sends),
                "selfdestruct": "0",
                "target": self._ids.of(f"route/{name}"),
                "allow-feedback": "0",
            }
            curve = curves_of(row.track).get(f"send:{send.id}:gain_db")
            # Before the pan a mono sound goes to both sides as it is; Ardour pans it all the same.
            factor = 1.0
            if send.pre_fader and not row.is_wide:
                factor /= mono_pan(row.track.pan)[1] * _parabola(0.5)
            panner = _BALANCE if row.is_wide else _MONO_PAN
            shell = add(
                each,
                "PannerShell",
                bypassed=0,
                user_panner=panner,
                linked_to_route=int(not send.pre_fader),
            )
            add(shell, "Panner", uri=panner)
            if send.pre_fader:
                pannable = add(each, "Pannable")
                add(pannable, "Controllable", name="pan-azimuth", id=self._ids.new(), flags="", value=0.5)
            self._write_level(each, "send", gain(send.gain_db), curve, factor)

    def _write_level(
        self, processor: ET.Element, what: str, level: float, curve: Automation | None, factor: float = 1.0
    ) -> None:
        if curve is not None:
            automation = add(processor, "Automation")
            events = gain_events(curve, self._project.tempo_map, factor)
            add_list(automation, self._ids, what, events)
        add(
            processor,
            "Controllable",
            name="gaincontrol",
            id=self._ids.new(),
            flags="GainLike",
            value=level * factor,
        )

    def _processor(self, route: ET.Element, name: str, kind: str) -> ET.Element:
        return add(
            route,
            "Processor",
            id=self._ids.new(),
            name=name,
            active=1,
            user_latency=0,
            use_user_latency=0,
            type=kind,
        )


def mono_pan(pan: float) -> tuple[float, float]:
    """(Ardour's azimuth, a factor) by which its mono pan gives both sides what ours does.

    Its law goes through −3 dB in the centre as ours does, on another curve between: a parabola for each side.
    """
    left, right = pan_gains(pan)
    low, high = 0.0, 1.0
    for _ in range(60):  # the ratio of the sides grows with the azimuth
        middle = (low + high) / 2.0
        theirs = _parabola(middle), _parabola(1.0 - middle)
        if theirs[0] * left < theirs[1] * right:
            low = middle
        else:
            high = middle
    place = 0.0 if right == 0.0 else 1.0 if left == 0.0 else (low + high) / 2.0
    return place, math.hypot(left, right) / math.hypot(_parabola(place), _parabola(1.0 - place))


def _parabola(place: float) -> float:
    """The gain of the side towards which the azimuth, counted from the other one, lies so far."""
    bend = 2.0 - 4.0 * db_to_gain(-3.0)
    return place * (bend * place + 1.0 - bend)
