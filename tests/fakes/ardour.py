"""The real Ardour 7, without a window: it opens a session, tells what it holds, and renders it.

Debian: `apt install --no-install-recommends ardour`.
"""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np

from musicgen_desktop.dsp import Audio
from musicgen_desktop.media import read_audio

_TRIES = 8
_WAIT_S = 60

_SCRIPT = r"""
AudioEngine:set_backend("None (Dummy)", "", "")
local s = load_session(os.getenv("SESSION_FOLDER"), os.getenv("SESSION_NAME"))
assert(s, "the session cannot be opened")
local function tell(...) print("@" .. table.concat({...}, "\t")) end
local function yes(value) return value and "yes" or "no" end
local exported = 0
for route in s:get_routes():iter() do
  local track = route:to_track()
  local kind = "bus"
  if not track:isnil() then
    kind = route:to_track():to_midi_track():isnil() and "audio" or "midi"
  end
  tell("route", route:name(), kind, route:gain_control():get_value(), yes(route:muted()), yes(route:soloed()))
  local i = 0
  while not route:nth_send(i):isnil() do
    local send = route:nth_send(i)
    tell("send", route:name(), send:name(), yes(send:active()), send:to_send():gain_control():get_value())
    i = i + 1
  end
  if not track:isnil() then
    for region in track:playlist():region_list():iter() do
      local midi, file = region:to_midiregion(), ""
      if not midi:isnil() then
        exported = exported + 1
        file = os.getenv("EXPORT_FOLDER") .. "/" .. exported .. ".mid"
        assert(midi:do_export(file))
      end
      tell("region", route:name(), region:name(), region:position():samples(), region:length():samples(),
        yes(region:muted()), file)
    end
  end
end
for location in s:locations():list():iter() do
  local kind = location:is_mark() and "mark" or location:is_auto_loop() and "loop"
    or location:is_session_range() and "session" or "range"
  tell("location", location:name(), kind, location:start():samples(), location:_end():samples())
end
local map = Temporal.TempoMap.read()
for beat = 0, tonumber(os.getenv("BEATS")) do
  local place = Temporal.timepos_t.from_ticks(beat * 1920)
  tell("beat", beat, map:sample_at(place), map:bbt_at(place):str())
end
close_session()
quit()
"""


def is_installed() -> bool:
    """Whether there is an Ardour to ask."""
    return shutil.which("ardour7-lua") is not None and shutil.which("ardour7-export") is not None


class Ardour:
    """Runs it with settings of its own.

    Args:
        home: a folder for its settings and for what it exports.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        home.mkdir(parents=True, exist_ok=True)

    def told(self, session: Path, *, beats: int = 0) -> dict[str, list[list[str]]]:
        """What is in a session, by kind of thing; MIDI regions are exported by Ardour, and named.

        Args:
            session: the `.ardour` file.
            beats: so many quarter notes are placed.
        """
        script = self._home / "tell.lua"
        script.write_text(_SCRIPT)
        out = self._run(
            ["ardour7-lua", str(script)],
            SESSION_FOLDER=str(session.parent),
            SESSION_NAME=session.stem,
            EXPORT_FOLDER=str(self._home),
            BEATS=str(beats),
        )
        found: dict[str, list[list[str]]] = {}
        for line in out.splitlines():
            if line.startswith("@"):
                kind, *values = line[1:].split("\t")
                found.setdefault(kind, []).append(values)
        return found

    def rendered(self, session: Path, rate: int) -> Audio:
        """The session's mix, from its start to its end."""
        out = self._home / "out.wav"
        words = ["ardour7-export", "-b", "float", "-s", str(rate), "-o", str(out)]
        self._run([*words, str(session.parent), session.stem])
        return read_audio(out)[0]

    def _run(self, words: list[str], **more: str) -> str:
        """What a command prints. Its threads hang or crash now and then as it ends, so it has more tries."""
        place = {**os.environ, "HOME": str(self._home), "XDG_CONFIG_HOME": str(self._home), **more}
        said = ""
        for _ in range(_TRIES):
            try:
                done = subprocess.run(
                    words, env=place, capture_output=True, text=True, check=False, timeout=_WAIT_S
                )
            except subprocess.TimeoutExpired:
                continue
            said = f"{done.stdout}\n{done.stderr}"
            if done.returncode == 0 and "Error:" not in said:
                return done.stdout
        raise AssertionError(f"{words[0]} failed:\n{said}")


def difference_dbfs(one: Audio, other: Audio) -> float:
    """How loud the difference is where both sound; -200 for none."""
    frames = min(len(one), len(other))
    return float(20.0 * np.log10(np.abs(one[:frames] - other[:frames]).max() + 1e-10))
