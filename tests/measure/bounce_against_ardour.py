# ruff: noqa: T201 - it prints its table
"""How long do we take to bounce a song, and how long does a DAW? The same audio through both.

    python tests/measure/bounce_against_ardour.py                        64 tracks of 60 s, three times
    python tests/measure/bounce_against_ardour.py --tracks 8 --seconds 10 --repeat 1    a taste
    python tests/measure/bounce_against_ardour.py --markdown             as README has it

The song: stereo audio tracks with an equalizer (five bands here, six there) and a compressor each; the
first eight send to two reverbs. Ardour runs its own “ACE” equalizer, compressor and reverb. Both programs are
run as a person runs them, as one command, start and end included: `musicgen-desktop render` and
`ardour7-export` (Debian: `apt install --no-install-recommends ardour`), 32-bit float files. Ours measures
loudness and true peak beside it. The best of the runs counts.

First the same tracks are bounced bare, without effects and sends, and both files are compared sample by
sample: the two songs really are the same. Ardour's command has no stems; ours writes all of them in the same
pass as the mix.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from musicgen_desktop.document import AudioClip, AudioSource, Insert, Project, Send, Track
from musicgen_desktop.dsp import peak_dbfs
from musicgen_desktop.foundation import machine_text
from musicgen_desktop.media import content_hash, read_audio, write_wav
from musicgen_desktop.storage import save_project

RATE = 48_000
SUPERCLOCK = 5_880
"""Ardour's ticks per frame at 48 kHz."""

SENDING, DISTINCT = 8, 8
_EQUALIZER = {"low_shelf_db": 2.0, "peak1_db": -3.0, "peak2_db": 2.0, "peak3_db": -1.5, "high_shelf_db": 2.5}
_COMPRESSOR = {"threshold_db": -24.0, "ratio": 3.0}


class Wish(NamedTuple):
    """How large the song is."""

    tracks: int
    seconds: int
    repeat: int


class Song(NamedTuple):
    """The song as both programs have it."""

    ours: Path
    theirs: Path


def main() -> int:
    """Make, time, print."""
    parser = argparse.ArgumentParser(description="Bounce the same song here and in Ardour.")
    parser.add_argument("--tracks", type=int, default=64)
    parser.add_argument("--seconds", type=int, default=60, help="even")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--markdown", action="store_true")
    words = parser.parse_args()
    if shutil.which("ardour7-export") is None or shutil.which("ardour7-lua") is None:
        print("Ardour 7 is not installed: apt install --no-install-recommends ardour", file=sys.stderr)
        return 1
    wish = Wish(words.tracks, words.seconds // 2 * 2, words.repeat)
    with tempfile.TemporaryDirectory(prefix="bounce-") as folder:
        rows = _measured(Path(folder), wish)
    _print(rows, wish, markdown=words.markdown)
    return 0


def _measured(folder: Path, wish: Wish) -> list[tuple[str, float | None, float | None]]:
    sounds = _make_sounds(folder / "sounds", wish.seconds)
    bare = _make_song(folder / "bare", sounds, wish, with_effects=False)
    ours = best_s(lambda: _render(bare.ours, folder / "ours.wav", wish), wish.repeat)
    theirs = best_s(lambda: _export(bare.theirs, folder / "theirs.wav"), wish.repeat)
    difference = _difference_db(folder / "ours.wav", folder / "theirs.wav")
    rows = [(f"mix of the bare tracks (difference {difference:.0f} dBFS)", ours, theirs)]
    full = _make_song(folder / "full", sounds, wish, with_effects=True)
    ours = best_s(lambda: _render(full.ours, folder / "ours.wav", wish), wish.repeat)
    theirs = best_s(lambda: _export(full.theirs, folder / "full.wav"), wish.repeat)
    if _difference_db(folder / "theirs.wav", folder / "full.wav") < -60.0:
        raise SystemExit("Ardour's effects changed nothing, so there is nothing to compare.")
    rows.append((f"mix with effects and {min(SENDING, wish.tracks)} sends", ours, theirs))
    stems = best_s(
        lambda: _render(full.ours, folder / "ours.wav", wish, "--stems", folder / "stems"), wish.repeat
    )
    return [*rows, (f"the same, mix and {wish.tracks} stems", stems, None)]


def best_s(work: Callable[[], None], repeat: int) -> float:
    """The shortest of several runs, in seconds. Runs that fail (Ardour crashes now and then) do not count."""
    times: list[float] = []
    failures: list[str] = []
    while len(times) < repeat:
        started = time.perf_counter()
        try:
            work()
            times.append(time.perf_counter() - started)
        except FailedError as error:
            failures.append(str(error))
            if len(failures) > repeat:
                raise SystemExit(failures[-1]) from error
    return min(times)


class FailedError(Exception):
    """A command that ended badly."""


def _print(rows: list[tuple[str, float | None, float | None]], wish: Wish, *, markdown: bool) -> None:
    def told(seconds: float | None) -> str:
        return "–" if seconds is None else f"{seconds:.1f} s ({wish.seconds / seconds:.1f} ×)"

    print(f"{wish.tracks} stereo tracks of {wish.seconds} s, {machine_text()}; best of {wish.repeat}\n")
    if markdown:
        print("| bounce | MusicGen Desktop | Ardour 7 |\n| --- | --- | --- |")
    for what, ours, theirs in rows:
        cells = (what, told(ours), told(theirs))
        print(f"| {' | '.join(cells)} |" if markdown else f"{cells[0]:<52} {cells[1]:>18} {cells[2]:>18}")


def _make_sounds(folder: Path, seconds: int) -> list[Path]:
    """A few sounds, each as a stereo file and as its two sides (so Ardour imports)."""
    folder.mkdir()
    stereo = []
    for number in range(DISTINCT):
        rng = np.random.default_rng(number)
        noise = rng.standard_normal((seconds * RATE, 2)).astype(np.float32)
        beat = np.exp(-(np.arange(len(noise)) % (RATE // 2)) / 4_000.0).astype(np.float32)
        sound = 0.02 * noise * beat[:, np.newaxis]
        stereo.append(folder / f"{number}.wav")
        write_wav(stereo[-1], sound, RATE, 32)
        for side, name in enumerate("LR"):
            write_wav(folder / f"{number}{name}.wav", sound[:, side], RATE, 32)
    return stereo


def _make_song(folder: Path, sounds: list[Path], wish: Wish, *, with_effects: bool) -> Song:
    folder.mkdir()
    return Song(
        _make_ours(folder / "Ours.mgproj", sounds, wish, with_effects=with_effects),
        _make_theirs(folder, sounds, wish, with_effects=with_effects),
    )


def _make_ours(folder: Path, sounds: list[Path], wish: Wish, *, with_effects: bool) -> Path:
    (folder / "audio").mkdir(parents=True)
    ticks = wish.seconds * 1_920  # at 120 BPM
    song = Project.new("Bounce", 120.0, rate=RATE)
    tracks: list[Track] = []
    sources: list[AudioSource] = []
    for number in range(wish.tracks):
        name = f"{number}.wav"
        os.link(sounds[number % DISTINCT], folder / "audio" / name)
        key = content_hash(folder / "audio" / name)
        sources.append(AudioSource(f"s{number}", name, f"audio/{name}", key, RATE, 2, wish.seconds * RATE))
        inserts = (
            Insert("e", "equalizer", parameters=_EQUALIZER),
            Insert("c", "compressor", parameters=_COMPRESSOR),
        )
        track = Track(
            f"t{number}",
            f"T {number + 1}",
            "audio",
            clips=(AudioClip(f"c{number}", name, 0, ticks, f"s{number}"),),
            inserts=inserts if with_effects else (),
            sends=(Send("s", f"r{number % 2}"),) if with_effects and number < SENDING else (),
        )
        tracks.append(track)
    if with_effects:
        room = (Insert("r", "reverb", parameters={"wet": 1.0}),)
        tracks += [Track(f"r{number}", f"Room {number + 1}", "bus", inserts=room) for number in range(2)]
    song = msgspec.structs.replace(song, tracks=tuple(tracks), sources=tuple(sources), end_ticks=ticks)
    save_project(song, folder)
    return folder


_SCRIPT = """
AudioEngine:set_backend("None (Dummy)", "", "")
local s = create_session("{folder}", "S", {rate})
assert(s)
local max = ARDOUR.PresentationInfo.max_order
local function add(route, urn, place)
  local proc = ARDOUR.LuaAPI.new_plugin(s, urn, ARDOUR.PluginType.LV2, "")
  assert(not proc:isnil(), urn)
  assert(route:add_processor_by_index(proc, place, nil, true) == 0)
  return proc
end
local function meter_of(route)
  local i = 0
  while not string.match(route:nth_processor(i):name(), "^meter") do i = i + 1 end
  return route:nth_processor(i)
end
local rooms = {{}}
if {effects} then
  local flag = ARDOUR.PresentationInfo.Flag.AudioBus
  for r in s:new_audio_route(2, 2, nil, 2, "Room", flag, max):iter() do
    add(r, "urn:ardour:a-reverb", 0)
    rooms[#rooms + 1] = r
  end
end
local n = 0
for r in s:new_audio_track(2, 2, nil, {tracks}, "T", max, ARDOUR.TrackMode.Normal, true):iter() do
  if {effects} then
    local eq = add(r, "urn:ardour:a-eq", 0)
    for place, gain in pairs({{ [1] = 2, [3] = -3, [6] = 2, [9] = -1.5, [12] = 1, [15] = 2.5 }}) do
      ARDOUR.LuaAPI.set_processor_param(eq, place, gain)
    end
    local comp = add(r, "urn:ardour:a-comp#stereo", 1)
    ARDOUR.LuaAPI.set_processor_param(comp, 3, 3)
    ARDOUR.LuaAPI.set_processor_param(comp, 4, -24)
    if n < {sending} then s:add_internal_send(rooms[n % 2 + 1], meter_of(r), r) end
  end
  n = n + 1
end
s:save_state("")
close_session()
quit()
"""


def _make_theirs(folder: Path, sounds: list[Path], wish: Wish, *, with_effects: bool) -> Path:
    """A session with routes made by Ardour itself; audio comes in by way of its file."""
    session = folder / "S"
    script = folder / "make.lua"
    script.write_text(
        _SCRIPT.format(
            folder=session,
            rate=RATE,
            tracks=wish.tracks,
            effects=str(with_effects).lower(),
            sending=min(SENDING, wish.tracks),
        )
    )
    _run("ardour7-lua", script, home=folder)
    place = session / "interchange" / "S" / "audiofiles"
    place.mkdir(parents=True, exist_ok=True)
    file = session / "S.ardour"
    tree = ET.parse(file)  # noqa: S314 - just written by the program beside us
    root = tree.getroot()
    ids = iter(range(int(root.attrib["id-counter"]) + 1, 1 << 30))
    length = wish.seconds * RATE * SUPERCLOCK
    playlists = {each.attrib["name"]: each for each in _child(root, "Playlists")}
    tracks = [each for each in _child(root, "Routes") if "audio-playlist" in each.attrib]
    for number, track in enumerate(tracks):
        sources = []
        for side in "LR":
            name = f"{number}{side}.wav"
            os.link(sounds[number % DISTINCT].with_name(f"{number % DISTINCT}{side}.wav"), place / name)
            sources.append(str(next(ids)))
            ET.SubElement(
                _child(root, "Sources"), "Source", name=name, type="audio", flags="", id=sources[-1],
                channel="0", origin="", gain="1",
            ).set("take-id", "")  # fmt: skip
        playlist = playlists[track.attrib["name"]]
        ET.SubElement(playlist, "Region", _region(str(next(ids)), f"R{number}", sources, length))
    ET.SubElement(
        _child(root, "Locations"), "Location",
        {"id": str(next(ids)), "name": "session", "start": "a0", "end": f"a{length}",
         "flags": "IsSessionRange", "locked": "0", "timestamp": "0"},
    )  # fmt: skip
    root.set("id-counter", str(next(ids)))
    tree.write(file, encoding="UTF-8", xml_declaration=True)
    return session


def _region(region_id: str, name: str, sources: list[str], length: int) -> dict[str, str]:
    left, right = sources
    return {
        "name": name, "id": region_id, "type": "audio", "channels": "2", "source-0": left, "source-1": right,
        "master-source-0": left, "master-source-1": right, "start": "a0", "length": f"a{length}@a0",
        "sync-position": "a0", "ancestral-start": "a0", "ancestral-length": f"a{length}@a0", "stretch": "1",
        "shift": "1", "muted": "0", "opaque": "1", "locked": "0", "automatic": "0", "whole-file": "0",
        "import": "0", "external": "0", "hidden": "0", "layering-index": "0", "fade-in-active": "0",
        "fade-out-active": "0", "default-fade-in": "0", "default-fade-out": "0", "scale-amplitude": "1",
    }  # fmt: skip


def _child(root: ET.Element, name: str) -> ET.Element:
    found = root.find(name)
    assert found is not None, name
    return found


def _render(project: Path, out: Path, wish: Wish, *more: str | Path) -> None:
    bars = str(wish.seconds // 2)  # no tail
    words = ("render", project, "--out", out, "--to-bar", bars, "--bits", "32", "--replace", *more)
    _run(sys.executable, "-m", "musicgen_desktop", *words)


def _export(session: Path, out: Path) -> None:
    _run("ardour7-export", "-b", "float", "-s", str(RATE), "-o", out, session, "S", home=session.parent)


def _run(*words: str | Path, home: Path | None = None) -> None:
    """A command that has to succeed; Ardour keeps its settings in a home of its own."""
    place = os.environ if home is None else {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    done = subprocess.run(
        [str(word) for word in words], env=place, capture_output=True, text=True, check=False, timeout=900
    )
    if done.returncode:
        raise FailedError(f"{words[0]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


def _difference_db(one: Path, other: Path) -> float:
    ours, theirs = read_audio(one)[0], read_audio(other)[0]
    length = min(len(ours), len(theirs))
    if length < 0.9 * max(len(ours), len(theirs)):
        raise SystemExit(f"{one} and {other} are not of one length: {len(ours)} and {len(theirs)} frames")
    return max(peak_dbfs(ours[:length] - theirs[:length]), -200.0)


if __name__ == "__main__":
    sys.exit(main())
