"""Sound: instruments, effects, sound card and MIDI ports."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from musicgen_desktop.foundation import MusicgenDesktopError, is_jack_there, load_settings, mending
from musicgen_desktop.instruments import ScheduledNote, available_soundfont, render_notes, synth_presets
from musicgen_desktop.music import Patch
from musicgen_desktop.playback.mixer import make_effect
from musicgen_desktop.timing import TempoMap

from ._child import ask_child
from ._finding import Finding, broken, optional, works

_RATE = 48_000
_NOTE = (ScheduledNote(start_frame=0, end_frame=_RATE // 4, pitch=60, velocity=100),)


def check_instruments() -> Iterator[Finding]:
    """A note through the built-in synthesizer and through the SoundFont."""
    preset = next(iter(synth_presets()))
    sound = render_notes(Patch(source="synth", preset=preset), _NOTE, _RATE, _RATE // 2)
    if np.any(sound):
        yield works("Synthesizer", f"{len(synth_presets())} presets; a test note sounds.")
    else:
        yield broken("Synthesizer", "A test note was silent.", "Install the program again.")
    yield _soundfont()


def _soundfont() -> Finding:
    try:
        font = available_soundfont(_chosen_soundfont())
    except MusicgenDesktopError as error:
        return broken("SoundFont", str(error), "Choose another SoundFont in the settings.")
    if font is None:
        return optional(
            "SoundFont",
            "No SoundFont player: General MIDI sounds come from the built-in synthesizer.",
            _sentence(mending("pip install --no-deps tinysoundfont")),
        )
    try:
        sound = render_notes(
            Patch(source="general_midi", program=0), _NOTE, _RATE, _RATE // 2, soundfont=font
        )
    except MusicgenDesktopError as error:
        return broken("SoundFont", str(error), "Choose another SoundFont in the settings.")
    if np.any(sound):
        return works("SoundFont", f"“{font.name}” plays; a test note sounds.")
    return broken("SoundFont", f"A test note through “{font.name}” was silent.", "Choose another SoundFont.")


def _chosen_soundfont() -> Path | None:
    try:
        return load_settings().soundfont_path
    except MusicgenDesktopError:
        return None  # the settings have a finding of their own


def check_effects() -> Iterator[Finding]:
    """A moment of noise through a built-in effect."""
    noise = np.random.default_rng(1).standard_normal((2, 4800)).astype(np.float32)
    try:
        sound = make_effect("compressor", {}, _RATE, TempoMap.constant(120.0)).process(noise, 0)
    except MusicgenDesktopError as error:
        what, _, mend = str(error).rpartition("; ")
        yield broken("Effects", f"{what}.", _sentence(mend))
        return
    if np.all(np.isfinite(sound)) and np.any(sound):
        yield works("Effects", "The built-in effects process sound.")
    else:
        yield broken(
            "Effects",
            "An effect returned no sound.",
            _sentence(mending("pip install --force-reinstall pedalboard")),
        )


def check_devices() -> Iterator[Finding]:
    """The sound card and the MIDI ports, asked by a child: broken drivers may take the asker with them."""
    if find_spec("sounddevice") is None:
        yield optional(
            "Sound card", "Playing is not installed; composing and rendering need no sound card.", ""
        )
    else:
        fine, answer = ask_child("devices")
        count, _, name = answer.partition("|")
        if fine and count.strip() != "0":
            yield works("Sound card", f"{count.strip()} outputs; the default is “{name.strip()}”.")
        else:
            why = "" if fine else f" ({answer})"
            yield optional("Sound card", f"No output was found{why}.", "Connect or switch on an output.")
    if find_spec("rtmidi") is None:
        yield optional("MIDI ports", "Live MIDI is not installed; MIDI files need no ports.", "")
    else:
        fine, answer = ask_child("midi")
        if fine and answer.strip() != "0":
            yield works("MIDI ports", f"{answer.strip()} inputs.")
        else:
            why = "" if fine else f" ({answer})"
            jack = "start a program that sends MIDI" if is_jack_there() else "start JACK"
            yield optional("MIDI ports", f"No MIDI input was found{why}.", f"Connect a keyboard, or {jack}.")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].removesuffix('.')}."
