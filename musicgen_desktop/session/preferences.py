"""How the window is set: the table `[window]` of the user's settings file."""

import contextlib
import re
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
from msgspec import Meta

from musicgen_desktop.foundation import parse_toml, settings_path, toml_text
from musicgen_desktop.media import make_folder, write_file

__all__ = [
    "LoadedPreferences",
    "Preferences",
    "load_preferences",
    "save_offline",
    "save_preferences",
    "save_soundfont",
]

_TABLE, _SOUNDFONT, _OFFLINE = "window", "soundfont", "offline"
_TOP = (_SOUNDFONT, _OFFLINE)  # what stands above the tables
_LARGEST_BYTES = 1_000_000
_PortName = Annotated[str, Meta(max_length=500)]
_Controller = Annotated[str, Meta(pattern=r"^(CC|note) \d{1,3} channel \d{1,2}$")]
_Offset = Annotated[float, Meta(ge=-500, le=500)]


class Preferences(msgspec.Struct, frozen=True):
    """Everything that the window's settings page offers; everything has a default.

    Attributes:
        device: the name of the device that plays; empty for the system's own choice.
        host_api: the way to it, such as “JACK” or “ASIO”; empty for the usual one.
        device_frames: frames it asks for at once; None for what is usual on its way.
        look_ahead_ms: how far ahead is rendered while playing.
        rate: of new projects, frames per second.
        theme: “dark” or “light”, or as the system is.
        language: an IETF tag such as “de”; empty for the system's.
        snap: what edits snap to at first: “adaptive” goes with the zoom; “bar”, a note value, or “off”.
        autosave_minutes: after which an edited project is saved by itself; 0 for never.
        export_bits: of stems and mixes; 32 is float.
        metronome_db: its level.
        stop_returns_to_start: whether Stop moves the play head back to where Play began.
        exchange_watched: whether files that come into the exchange folder are offered as tracks.
        exchange_folder: where other programs bounce to; empty for the usual one, beside the user's music.
        midi_inputs: the MIDI inputs that are listened to, by name; empty for all there are.
        midi_actions: action id → the controller that triggers it, such as “CC 115 channel 1”.
        midi_takeover: whether a controller moves a parameter once it has come to where that stands, or at
            once.
        midi_virtual: whether the program offers one MIDI output for all tracks, or one for each.
        midi_offsets_ms: MIDI output → how much later its messages are sent; the empty name is for those
            that the program offers.
        sync_clock_to: the MIDI outputs that get MIDI clock, by name; the empty name is one that we offer.
        sync_timecode_to: likewise for MIDI time code.
        sync_timecode_rate: its frames per second.
        sync_jack: whether the JACK server's transport moves with the song.
        sync_follow: what is followed; empty for nothing.
        sync_follow_port: the MIDI input that it comes from; empty for one that we offer.
        sync_offset_ms: how much later clocks are sent, and what is heard of others is meant.
    """

    device: Annotated[str, Meta(max_length=500)] = ""
    host_api: Annotated[str, Meta(max_length=100)] = ""
    device_frames: Annotated[int, Meta(ge=16, le=8192)] | None = None
    look_ahead_ms: Annotated[float, Meta(ge=10, le=2000)] = 100.0
    rate: Literal[44100, 48000, 88200, 96000] = 48000
    theme: Literal["dark", "light", "system"] = "dark"
    language: Annotated[str, Meta(pattern=r"^([A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*)?$")] = ""
    snap: Literal["adaptive", "bar", "1/2", "1/4", "1/8", "1/16", "1/32", "off"] = "adaptive"
    autosave_minutes: Annotated[int, Meta(ge=0, le=120)] = 5
    export_bits: Literal[16, 24, 32] = 24
    metronome_db: Annotated[float, Meta(ge=-60, le=0)] = -6.0
    stop_returns_to_start: bool = True
    exchange_watched: bool = False
    exchange_folder: Annotated[str, Meta(max_length=4000)] = ""
    midi_inputs: Annotated[tuple[_PortName, ...], Meta(max_length=100)] = ()
    midi_actions: Annotated[dict[str, _Controller], Meta(max_length=500)] = {}
    midi_takeover: Literal["pickup", "jump"] = "pickup"
    midi_virtual: Literal["one", "tracks"] = "one"
    midi_offsets_ms: Annotated[dict[_PortName, _Offset], Meta(max_length=100)] = {}
    sync_clock_to: Annotated[tuple[_PortName, ...], Meta(max_length=100)] = ()
    sync_timecode_to: Annotated[tuple[_PortName, ...], Meta(max_length=100)] = ()
    sync_timecode_rate: Literal["24", "25", "29.97df", "30"] = "25"
    sync_jack: bool = False
    sync_follow: Literal["", "clock", "timecode", "jack", "link"] = ""
    sync_follow_port: _PortName = ""
    sync_offset_ms: _Offset = 0.0


class LoadedPreferences(msgspec.Struct, frozen=True):
    """What was read, and one sentence for the user when something of it could not be used."""

    preferences: Preferences
    problem: str = ""


def load_preferences() -> LoadedPreferences:
    """The user's preferences. What is missing or makes no sense has its default; nothing is raised."""
    path = settings_path()
    try:
        table = parse_toml(_read(path)).get(_TABLE, {})
    except FileNotFoundError:
        return LoadedPreferences(Preferences())
    except (OSError, ValueError) as error:
        return LoadedPreferences(
            Preferences(),
            f"The settings in “{path}” cannot be read ({error}); the defaults are used.",
        )
    if not isinstance(table, dict):
        return LoadedPreferences(
            Preferences(), f"“{_TABLE}” in “{path}” is no table of settings; the defaults are used."
        )
    good: dict[str, Any] = {}
    bad: list[str] = []
    for name, kind in get_type_hints(Preferences, include_extras=True).items():
        if name not in table:
            continue
        try:
            good[name] = msgspec.convert(table[name], kind)
        except (ValueError, RecursionError):
            bad.append(name)
    preferences = Preferences(**good)
    if not bad:
        return LoadedPreferences(preferences)
    named = ", ".join(f"“{name}”" for name in bad)
    makes = "makes" if len(bad) == 1 else "make"
    return LoadedPreferences(
        preferences, f"In the settings {named} {makes} no sense, so the default is used; see “{path}”."
    )


def save_preferences(preferences: Preferences) -> None:
    """Write the preferences, whole or not at all. All else in the file stays as its owner wrote it.

    A file that could not be read before is kept beside the new one as `settings.toml.unreadable`.

    Raises:
        UserInputError: when the folder or the disk refuses.
    """
    text, before = _present()
    old = before.get(_TABLE, {})
    known = Preferences.__struct_fields__
    unknown = {key: each for key, each in old.items() if key not in known} if isinstance(old, dict) else {}
    table = {**msgspec.to_builtins(preferences), **unknown}
    _write(text, before, {**before, _TABLE: table})


def save_soundfont(soundfont: Path | None) -> None:
    """Choose the General MIDI SoundFont of the settings; None plays the one that ships. Else as
    `save_preferences`.

    Raises:
        UserInputError: when the folder or the disk refuses.
    """
    _save_top(_SOUNDFONT, None if soundfont is None else str(soundfont))


def save_offline(*, offline: bool) -> None:
    """Forbid every download, or allow those that are asked for. Else as `save_preferences`.

    Raises:
        UserInputError: when the folder or the disk refuses.
    """
    _save_top(_OFFLINE, True if offline else None)


def _save_top(key: str, value: str | bool | None) -> None:  # noqa: FBT001 - a value of the file
    text, before = _present()
    others = {each: kept for each, kept in before.items() if each != key}
    chosen = {} if value is None else {key: value}
    _write(text, before, {**chosen, **others})


def _present() -> tuple[str, dict[str, Any]]:
    """The file's text and what it says; one that makes no sense is put aside."""
    path = settings_path()
    make_folder(path.parent)
    try:
        text = _read(path)
        return text, parse_toml(text)
    except FileNotFoundError:
        pass
    except (OSError, ValueError):
        with contextlib.suppress(OSError):
            path.replace(path.with_name(f"{path.name}.unreadable"))
    return "", {}


def _write(text: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """The file as it was, but for our words; where that cannot be told apart, all of it is written anew."""
    wanted = _without_none(after)
    if wanted == before:
        return
    spliced = _spliced(text, before, wanted)
    try:
        is_right = parse_toml(spliced) == wanted
    except ValueError:
        is_right = False
    write_file(settings_path(), (spliced if is_right else toml_text(wanted)).encode())


def _spliced(text: str, before: dict[str, Any], wanted: dict[str, Any]) -> str:
    new = [key for key in _TOP if before.get(key) != wanted.get(key)]
    is_new = re.compile(rf"\s*({'|'.join(new)})\s*=") if new else None
    kept: list[str] = []
    table = ""
    for line in text.splitlines():
        heading = re.match(r"\s*\[{1,2}\s*([^\]]*?)\s*\]", line)
        if heading is not None:
            table = heading[1].split(".")[0].strip("\"' ")
        is_replaced = not table and is_new is not None and is_new.match(line) is not None
        if table != _TABLE and not is_replaced:
            kept.append(line)
    rest = "\n".join(kept).strip()
    for key in new:
        rest = f"{toml_text(_only(wanted, key)).lstrip()}{rest}"
    return "\n\n".join(part for part in (rest, toml_text(_only(wanted, _TABLE)).strip()) if part) + "\n"


def _only(values: dict[str, Any], key: str) -> dict[str, Any]:
    return {key: values[key]} if key in values else {}


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    """Tuples become lists, as the file gives them back."""
    return {
        key: _without_none(value)
        if isinstance(value, dict)
        else list(value)
        if isinstance(value, tuple)
        else value
        for key, value in values.items()
        if value is not None
    }


def _read(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(_LARGEST_BYTES + 1)
    if len(data) > _LARGEST_BYTES:
        raise ValueError("it is far too long")
    return data.decode("utf-8-sig")  # editors on Windows may begin with a mark
