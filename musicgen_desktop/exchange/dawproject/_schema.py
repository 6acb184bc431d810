"""The DAWproject format 1.0 as data: which element may hold what, in which order, with which attributes.

The facts are those of the schema that its makers publish (bitwig/dawproject, state of 2025-07).
"""

from typing import NamedTuple

MANY = 1 << 30


class Part(NamedTuple):
    """So many elements, each of one of these names."""

    names: frozenset[str]
    least: int = 0
    most: int = 1


class Kind(NamedTuple):
    """What an element is like: `attributes` by name, of which kind each is; whether it may not be empty."""

    parts: tuple[Part, ...]
    attributes: dict[str, str]
    required: frozenset[str]
    needs_parts: bool


ENUMS = {
    "unit": "linear normalized percent decibel hertz semitones seconds beats bpm",
    "time_unit": "beats seconds",
    "device_role": "instrument noteFX audioFX analyzer",
    "band": "highPass lowPass bandPass highShelf lowShelf bell notch",
    "mixer_role": "regular master effect submix vca",
    "send_type": "pre post",
    "interpolation": "hold linear",
    "expression": "gain pan transpose timbre formant pressure channelController channelPressure"
    " polyPressure pitchBend programChange",
}
CONTENT_TYPES = frozenset({"audio", "automation", "notes", "video", "markers", "tracks"})

_NAMEABLE = "name:text color:text comment:text"
_REFERENCEABLE = f"{_NAMEABLE} id:id"
_PARAMETER = f"{_REFERENCEABLE} parameterID:int"
_REAL = f"{_PARAMETER} max:text min:text unit:unit! value:text"
_BOOL = f"{_PARAMETER} value:bool"
_TIMELINE = f"{_REFERENCEABLE} timeUnit:time_unit track:idref"
_MEDIA = f"{_TIMELINE} duration:double! algorithm:text channels:int! sampleRate:int!"
_DEVICE = (
    f"{_REFERENCEABLE} deviceID:text deviceName:text! deviceRole:device_role! deviceVendor:text loaded:bool"
)
_PLUGIN = f"{_DEVICE} pluginVersion:text"

_TIMELINES = "Timeline|Lanes|Notes|Clips|ClipSlot|markers|Warps|Audio|Video|Points"
_DEVICES = (
    "Device|Vst2Plugin|Vst3Plugin|ClapPlugin|BuiltinDevice|Equalizer|Compressor|NoiseGate|Limiter|AuPlugin"
)
_PARAMETERS = "parameter|RealParameter|BoolParameter|IntegerParameter|EnumParameter|TimeSignatureParameter"
_POINTS = "Point|RealPoint|EnumPoint|BoolPoint|IntegerPoint|TimeSignaturePoint"
_DEVICE_PARTS = "Parameters? Enabled? State?"


def _kind(parts: str, attributes: str = "") -> Kind:
    """Read “A? B|C* D” and “name:kind other:kind!”."""
    counts = {"?": (0, 1), "*": (0, MANY), "+": (1, MANY)}
    listed: list[Part] = []
    for word in parts.split():
        least, most = counts.get(word[-1], (1, 1))
        listed.append(Part(frozenset(word.rstrip("?*+").split("|")), least, most))
    pairs = [word.split(":") for word in attributes.split()]
    return Kind(
        tuple(listed),
        {name: kind.rstrip("!") for name, kind in pairs},
        frozenset(name for name, kind in pairs if kind.endswith("!")),
        any(part.least for part in listed),
    )


_REALS = (
    "Tempo", "Pan", "Volume", "RealParameter", "Freq", "Gain", "Q", "InputGain", "OutputGain", "Attack",
    "Ratio", "Release", "Threshold", "Range",
)  # fmt: skip
_BOOLS = ("Mute", "Enable", "Enabled", "BoolParameter", "AutoMakeup")

KINDS: dict[str, Kind] = {
    "Project": _kind("Application Transport? Structure? Arrangement? Scenes?", "version:text!"),
    "Application": _kind("", "name:text! version:text!"),
    "Transport": _kind("Tempo? TimeSignature?"),
    "Structure": _kind("Track|Channel*"),
    "Scenes": _kind("Scene*"),
    "Scene": _kind(_TIMELINES, _REFERENCEABLE),
    "Track": _kind("Channel? Track*", f"{_REFERENCEABLE} contentType:contents loaded:bool"),
    "Channel": _kind(
        "Devices? Mute? Pan? Sends? Volume?",
        f"{_REFERENCEABLE} audioChannels:int destination:idref role:mixer_role solo:bool",
    ),
    "Devices": _kind(f"{_DEVICES}*"),
    "Sends": _kind("Send*"),
    "Send": _kind("Enable? Pan? Volume", f"{_REFERENCEABLE} destination:idref type:send_type"),
    "Parameters": _kind(f"{_PARAMETERS}*"),
    "State": _kind("", "path:text! external:bool"),
    "File": _kind("", "path:text! external:bool"),
    "Device": _kind(_DEVICE_PARTS, _DEVICE),
    "BuiltinDevice": _kind(_DEVICE_PARTS, _DEVICE),
    "Vst2Plugin": _kind(_DEVICE_PARTS, _PLUGIN),
    "Vst3Plugin": _kind(_DEVICE_PARTS, _PLUGIN),
    "ClapPlugin": _kind(_DEVICE_PARTS, _PLUGIN),
    "AuPlugin": _kind(_DEVICE_PARTS, _PLUGIN),
    "Equalizer": _kind(f"{_DEVICE_PARTS} Band* InputGain? OutputGain?", _DEVICE),
    "Band": _kind("Freq Gain? Q? Enabled?", "type:band! order:int"),
    "Compressor": _kind(
        f"{_DEVICE_PARTS} Attack? AutoMakeup? InputGain? OutputGain? Ratio? Release? Threshold?", _DEVICE
    ),
    "NoiseGate": _kind(f"{_DEVICE_PARTS} Attack? Range? Ratio? Release? Threshold?", _DEVICE),
    "Limiter": _kind(f"{_DEVICE_PARTS} Attack? InputGain? OutputGain? Release? Threshold?", _DEVICE),
    **{name: _kind("", _REAL) for name in _REALS},
    **{name: _kind("", _BOOL) for name in _BOOLS},
    "IntegerParameter": _kind("", f"{_PARAMETER} max:int min:int value:int"),
    "EnumParameter": _kind("", f"{_PARAMETER} count:int! labels:text value:int"),
    "TimeSignature": _kind("", f"{_PARAMETER} denominator:int! numerator:int!"),
    "TimeSignatureParameter": _kind("", f"{_PARAMETER} denominator:int! numerator:int!"),
    "Arrangement": _kind("Lanes? Markers? TempoAutomation? TimeSignatureAutomation?", _REFERENCEABLE),
    "Lanes": _kind(f"{_TIMELINES}*", _TIMELINE),
    "Markers": _kind("Marker+", _TIMELINE),
    "markers": _kind("Marker+", _TIMELINE),
    "Marker": _kind("", f"{_NAMEABLE} time:double!"),
    **{
        name: _kind(f"Target {_POINTS}*", f"{_TIMELINE} unit:unit")
        for name in ("Points", "TempoAutomation", "TimeSignatureAutomation")
    },
    "Target": _kind("", "parameter:idref expression:expression channel:int key:int controller:int"),
    "RealPoint": _kind("", "time:text! value:text! interpolation:interpolation"),
    "EnumPoint": _kind("", "time:text! value:int!"),
    "BoolPoint": _kind("", "time:text! value:bool!"),
    "IntegerPoint": _kind("", "time:text! value:int!"),
    "TimeSignaturePoint": _kind("", "time:text! numerator:int! denominator:int!"),
    "Clips": _kind("Clip*", _TIMELINE),
    "ClipSlot": _kind("Clip?", f"{_TIMELINE} hasStop:bool"),
    "Clip": _kind(
        f"{_TIMELINES}?",
        f"{_NAMEABLE} time:double! duration:double contentTimeUnit:time_unit playStart:double playStop:double"
        " loopStart:double loopEnd:double fadeTimeUnit:time_unit fadeInTime:double fadeOutTime:double"
        " enable:bool reference:idref",
    ),
    "Notes": _kind("Note*", _TIMELINE),
    "Note": _kind(f"{_TIMELINES}?", "time:text! duration:text! channel:int! key:int! vel:text rel:text"),
    "Warps": _kind(f"{_TIMELINES} Warp+", f"{_TIMELINE} contentTimeUnit:time_unit!"),
    "Warp": _kind("", "time:double! contentTime:double!"),
    "Audio": _kind("File", _MEDIA),
    "Video": _kind("File", _MEDIA),
    "MetaData": _kind(
        "Title? Artist? Album? OriginalArtist? Composer? Songwriter? Producer? Arranger? Year? Genre?"
        " Copyright? Website? Comment?"
    ),
}
"""By the name of the element; one name means one kind wherever it stands."""

METADATA_FIELDS = frozenset(name for part in KINDS["MetaData"].parts for name in part.names)
