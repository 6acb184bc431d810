# ruff: noqa: T201 - it prints its table
"""Do our stems add up to our mix for others, and what do others read in them?

    python -m tests.measure.stems_judged                     three songs at 44.1, 48 and 96 kHz, WAV and FLAC
    python -m tests.measure.stems_judged --songs 0 --rates 96000    a taste
    python -m tests.measure.stems_judged --no-ardour

The songs are composed (4/4, 7/8 and 6/8; one has a tempo that rises) with sends and a return; the master is
bare, so that the mix is what the stems add up to; whole numbers are written with the guard, since such a mix
may exceed full scale. Every file is written by the command `export`. Judges:

- soundfile reads stems and mix; their difference is the largest sample of (sum − mix);
- Ardour 7 plays the stems at the places their `bext` tells, and exports: compared with our mix in the same
  way. It is also asked where it believes each file to lie (its “natural position”);
- Ardour bounces its session from bar 3 on into a watched folder: the file has to be offered once, with its
  place, and to lie at bar 3 when it is imported;
- wavinfo, exiftool, mediainfo and sndfile-info read the chunks: every fact is compared with the song;
- the reference decoder `flac` tests each FLAC file, tells its comments, and makes a WAV file with all chunks.

Debian: `apt install --no-install-recommends ardour flac libimage-exiftool-perl mediainfo sndfile-programs`.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import soundfile
from wavinfo import WavInfoReader

from musicgen_desktop.document import Marker, Project
from musicgen_desktop.session.controllers.exchange_folder import Arrivals
from musicgen_desktop.session.controllers.import_files import ImportIntoProject
from musicgen_desktop.storage import open_project, save_project
from musicgen_desktop.timing import TempoMap, TempoPoint

RATES = (44_100, 48_000, 96_000)
LIMIT_DB = -90.0
_PROGRAMS = ("exiftool", "flac", "mediainfo", "metaflac", "sndfile-info")
_SUPERCLOCK_HZ = 282_240_000
_PROMPTS = (
    ("lofi, 82 bpm, F minor, 4 bars", ()),
    ("synthwave, 118.5 bpm, A minor, 4 bars", ("--meter", "7/8")),
    ("ambient, 96 bpm, D major, 4 bars", ("--meter", "6/8")),
)
_CLIPS = "clips"
_TRIES = 3
_RAMPS = 2
"""The song whose tempo rises."""


class Row(NamedTuple):
    """What was found of one export."""

    song: str
    rate: int
    kind: str
    stems: int
    sum_db: float
    ardour_db: float | None
    facts: int
    wrong: list[str]


def main() -> int:
    """Export, judge, print."""
    parser = argparse.ArgumentParser(description="Let other programs judge our stems.")
    parser.add_argument("--songs", type=int, nargs="*", default=list(range(len(_PROMPTS))), help="0, 1, 2")
    parser.add_argument("--rates", type=int, nargs="*", default=list(RATES))
    parser.add_argument("--no-ardour", action="store_true")
    words = parser.parse_args()
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    if missing:
        print(f"Not installed: {', '.join(missing)}", file=sys.stderr)
        return 1
    asks_ardour = not words.no_ardour and shutil.which("ardour7-export") is not None
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="judged-") as folder:
        for number in words.songs:
            place = _composed(Path(folder) / str(number), number)
            for rate in words.rates:
                for row in _judged(place, rate, Path(folder) / f"{number}-{rate}", asks_ardour=asks_ardour):
                    rows.append(row)
                    _print(row)
    wrong = [text for row in rows for text in row.wrong]
    loud = [row for row in rows if max(row.sum_db, row.ardour_db or -200.0) > LIMIT_DB]
    facts = sum(row.facts for row in rows)
    print(f"{facts} facts read by others, {len(wrong)} wrong; {len(loud)} sums too loud")
    for text in wrong:
        print(f"  {text}")
    return 1 if wrong or loud else 0


def _print(row: Row) -> None:
    ardour = "–" if row.ardour_db is None else f"{row.ardour_db:.1f}"
    total = "–" if row.kind == _CLIPS else f"{row.sum_db:.1f}"
    print(
        f"{row.song:<16} {row.rate:>6} Hz {row.kind:<10} {row.stems:>2} files  sum−mix {total:>6} dBFS"
        f"  Ardour {ardour:>7}  {row.facts:>4} facts, {len(row.wrong)} wrong",
        flush=True,
    )


def _composed(folder: Path, number: int) -> Path:
    """A seeded song in its project folder, with a bare master."""
    prompt, more = _PROMPTS[number]
    _run(
        sys.executable,
        "-m",
        "musicgen_desktop",
        "compose",
        prompt,
        "--seed",
        str(number),
        "-o",
        folder,
        *more,
    )
    place = next(folder.glob("*.mgproj"))
    song = open_project(place).project
    master = msgspec.structs.replace(song.master, inserts=(), gain_db=0.0, automation=())
    song = msgspec.structs.replace(song, master=master, markers=(Marker("m", "Größer", 5_000),))
    if number == _RAMPS:
        bpm = song.tempo_map.points[0].bpm
        points = (TempoPoint(0, bpm), TempoPoint(2 * 2_880, bpm, ramp=True), TempoPoint(4 * 2_880, bpm + 30))
        song = msgspec.structs.replace(song, tempo_map=TempoMap(points))
    save_project(song, place)
    return place


def _judged(place: Path, rate: int, out: Path, *, asks_ardour: bool) -> Iterator[Row]:
    song = msgspec.structs.replace(open_project(place).project, rate=rate)
    for kind, words in (
        ("24 bit", ("--bits", "24", "--guard")),
        ("32 float", ("--bits", "32")),
        ("FLAC 24", ("--flac", "--guard")),
        ("bars 3–4", ("--guard", "--from-bar", "3", "--to-bar", "4")),
        ("with tails", ("--guard", "--from-bar", "3", "--to-bar", "4", "--tail")),
        (_CLIPS, ("--per-clip",)),
    ):
        folder = out / kind.replace(" ", "-")
        _run(
            sys.executable, "-m", "musicgen_desktop", "export", place, "--to", "stems", "--mix",
            "--rate", str(rate), "--out", folder, *words,
        )  # fmt: skip
        stems = sorted(
            each for each in folder.iterdir() if each.suffix in (".wav", ".flac") and each.stem != "mix"
        )
        mix = next(folder.glob("mix.*"))
        facts, wrong = 0, []
        for stem in (*stems, mix):
            found = _flac_facts(stem, song) if stem.suffix == ".flac" else _wav_facts(stem, song, kind)
            facts += len(found)
            wrong += [
                f"{stem.name} at {rate}: {what} is {is_!r}, not {want!r}"
                for what, is_, want in found
                if is_ != want
            ]
        ardour_db = None
        if asks_ardour and kind == "24 bit":
            told, ardour_db = _ardour(stems, mix, out / "ardour", rate)
            told += _bounced_back(place, out / "ardour", song)
            facts += len(told)
            wrong += [
                f"Ardour at {rate}: {what} is {is_!r}, not {want!r}"
                for what, is_, want in told
                if is_ != want
            ]
        sum_db = -200.0 if kind == _CLIPS else _difference_db(stems, mix)
        yield Row(song.name, rate, kind, len(stems), sum_db, ardour_db, facts, wrong)


def _difference_db(stems: Sequence[Path], mix: Path) -> float:
    total = sum(soundfile.read(stem, dtype="float64", always_2d=True)[0] for stem in stems)
    wanted = soundfile.read(mix, dtype="float64", always_2d=True)[0]
    return _peak_db(total - wanted)


def _peak_db(sound: Any) -> float:
    return max(-200.0, 20.0 * np.log10(max(1e-12, float(np.abs(sound).max()))))


Fact = tuple[str, Any, Any]
"""(what, as it was read, as the song has it)."""


def _wav_facts(path: Path, song: Project, kind: str) -> list[Fact]:
    """What four programs read in a WAV file, beside what the song says."""
    info = WavInfoReader(path)
    exif = json.loads(_run("exiftool", "-j", "-n", path))[0]
    media = json.loads(_run("mediainfo", "--Output=JSON", path))["media"]["track"]
    sndfile = _run("sndfile-info", path)
    start, frames = info.bext.time_reference, info.data.frame_count
    bars = 3 if kind in ("bars 3–4", "with tails") else 1
    tick = song.tempo_map.tick_at_frame(start, song.rate)
    end = song.tempo_map.tick_at_frame(start + frames, song.rate)
    facts: list[Fact] = [
        ("rate by wavinfo", info.fmt.sample_rate, song.rate),
        ("rate by exiftool", exif["SampleRate"], song.rate),
        ("rate by mediainfo", int(media[1]["SamplingRate"]), song.rate),
        ("time reference by exiftool", exif["TimeReference"], start),
        ("delay by mediainfo", round(float(media[1].get("Delay", 0.0)) * song.rate), start),
        ("originator by wavinfo", info.bext.originator, "MusicGen Desktop"),
        ("originator by exiftool", exif["Originator"], "MusicGen Desktop"),
        ("history by wavinfo", f"F={song.rate}," in info.bext.coding_history, True),
        ("history by mediainfo", f"F={song.rate}," in media[0]["Encoded_Library_Settings"], True),
        ("song by wavinfo", info.info.product, song.name),
        ("song by exiftool", exif["Product"], song.name),
        ("song in iXML by wavinfo", info.ixml.project, song.name),
        ("tempo in iXML by exiftool", exif["BwfxmlUserTempo"], round(song.tempo_map.bpm_at(tick), 4)),
        ("title by exiftool", exif["Title"], info.info.title),
        ("title by mediainfo", media[0]["Title"], info.info.title),
        ("title by sndfile-info", f"INAM : {info.info.title}" in sndfile, True),
        (
            "track in iXML",
            exif["BwfxmlTrackListTrackName"],
            f"{info.info.title} L",
        ),
    ]
    if kind != _CLIPS or path.stem == "mix":
        wanted = song.tempo_map.frame_at(song.meter_map.tick_of_bar(bars), song.rate)
        facts.append(("time reference by wavinfo", start, wanted))
    else:
        starts = {
            song.tempo_map.frame_at(clip.start_ticks, song.rate)
            for track in song.tracks
            for clip in track.clips
        }
        facts.append(("a clip begins where its file says", start in starts, True))
    facts += _tempo_facts(exif, sndfile, song, tick, end)
    facts += _loop_facts(info, exif, sndfile, song, kind)
    return facts + _label_facts(info, sndfile, song, range(start, start + frames))


def _tempo_facts(exif: dict[str, Any], sndfile: str, song: Project, tick: int, end: int) -> list[Fact]:
    """The acid chunk; a tempo that changes has none."""
    bpm = song.tempo_map.bpm_at(tick)
    if any(abs(song.tempo_map.bpm_at(at) - bpm) > 1e-9 for at in range(tick, end, 240)):
        return [("no tempo where it changes", "Tempo" in exif, False)]
    meter = song.meter_map.meter_at(tick)
    return [
        ("tempo by exiftool", round(exif["Tempo"], 3), round(bpm, 3)),
        ("tempo by sndfile-info", f"Tempo     : {bpm:f}" in sndfile, True),
        ("beats by exiftool", exif["Beats"], round((end - tick) / 960)),
        ("meter by sndfile-info", f"Meter     : {meter.numerator}/{meter.denominator}" in sndfile, True),
        ("loop or one-shot", bool(exif["AcidizerFlags"] & 1), abs((end - tick) / 960 % 1 - 0.5) < 0.49),
    ]


def _loop_facts(info: Any, exif: dict[str, Any], sndfile: str, song: Project, kind: str) -> list[Fact]:
    if kind not in ("bars 3–4", "with tails") or info.smpl is None:
        return [("no loop where none is meant", exif.get("NumSampleLoops", 0) if info.smpl is None else 0, 0)]
    tick_of, frame_at = song.meter_map.tick_of_bar, song.tempo_map.frame_at
    last = frame_at(tick_of(5), song.rate) - frame_at(tick_of(3), song.rate) - 1
    (loop,) = info.smpl.sample_loops
    return [
        ("loop by wavinfo", (loop.start, loop.end), (0, last)),
        ("loops by exiftool", exif["NumSampleLoops"], 1),
        ("loop by sndfile-info", f"End : {last:>6}" in sndfile, True),
    ]


def _label_facts(info: Any, sndfile: str, song: Project, span: range) -> list[Fact]:
    frame_at = song.tempo_map.frame_at
    wanted = [
        (max(frame_at(section.start_ticks, song.rate), span.start) - span.start, section.name)
        for section in song.sections
        if frame_at(section.end_ticks, song.rate) > span.start
        and frame_at(section.start_ticks, song.rate) < span.stop
    ]
    wanted += [
        (frame_at(marker.tick, song.rate) - span.start, marker.name)
        for marker in song.markers
        if frame_at(marker.tick, song.rate) in span
    ]
    names = {label.name: label.text for label in info.cues.labels} if info.cues else {}
    found = [(cue.sample_offset, names[cue.name]) for cue in info.cues.cues] if info.cues else []
    facts: list[Fact] = [
        ("labels by wavinfo", sorted(found), sorted((at, _latin(name)) for at, name in wanted))
    ]
    facts += [("position by sndfile-info", f"Offset : {at:>5}" in sndfile, True) for at, _ in wanted]
    facts += [("label by sndfile-info", f" : {name}\n" in sndfile, True) for _, name in wanted]
    return facts


def _latin(text: str) -> str:
    """UTF-8 as a program shows it that takes it for Latin-1."""
    return text.encode().decode("latin-1")


def _flac_facts(path: Path, song: Project) -> list[Fact]:
    """What the reference tools read in a FLAC file, and the chunks of the WAV file they make of it."""
    tested = subprocess.run(["flac", "-s", "-t", path], check=False).returncode
    lines = _run("metaflac", "--no-utf8-convert", "--export-tags-to=-", path).splitlines()
    comments = dict(line.split("=", 1) for line in lines if "=" in line)
    wav = path.with_suffix(".decoded")
    _run("flac", "-s", "-w", "-f", "-d", "--keep-foreign-metadata", "-o", wav, path)
    info = WavInfoReader(wav)
    constant = len(song.tempo_map.points) == 1
    facts: list[Fact] = [
        ("decodes without an error", tested, 0),
        ("tempo by metaflac", comments.get("BPM"), f"{song.tempo_map.points[0].bpm:g}" if constant else None),
        ("time reference by metaflac", comments["TIME_REFERENCE"], "0"),
        ("song by metaflac", comments["ALBUM"], song.name),
        ("title by metaflac", comments["TITLE"], info.info.title),
        ("first section by metaflac", comments["CHAPTER001NAME"], song.sections[0].name),
        ("originator in the chunk of it", info.bext.originator, "MusicGen Desktop"),
        ("time reference in the chunk of it", info.bext.time_reference, 0),
        ("samples", np.array_equal(soundfile.read(wav)[0], soundfile.read(path)[0]), True),
    ]
    wav.unlink()
    return facts


_SESSION = """
AudioEngine:set_backend("None (Dummy)", "", "")
local s = create_session("{folder}", "S", {rate})
assert(s)
local max = ARDOUR.PresentationInfo.max_order
s:new_audio_track(2, 2, nil, {tracks}, "T", max, ARDOUR.TrackMode.Normal, true)
s:save_state("")
close_session()
quit()
"""

_PLACES = """
AudioEngine:set_backend("None (Dummy)", "", "")
local s = load_session("{folder}", "S")
assert(s)
for r in s:get_tracks():iter() do
  for region in r:to_track():playlist():region_list():iter() do
    local source = region:source(0)
    io.write("PLACE|", source:name(), "|", source:natural_position():samples(), "\\n")
  end
end
close_session()
quit()
"""


def _ardour(stems: Sequence[Path], mix: Path, folder: Path, rate: int) -> tuple[list[Fact], float]:
    """The stems in a session of Ardour's: where it believes them to lie, and how far its mix is from ours."""
    folder.mkdir()
    session = folder / "S"
    _lua(folder, _SESSION.format(folder=session, rate=rate, tracks=len(stems)))
    place = session / "interchange" / "S" / "audiofiles"
    place.mkdir(parents=True, exist_ok=True)
    file = session / "S.ardour"
    tree = ET.parse(file)  # noqa: S314 - just written by the program beside us
    root = tree.getroot()
    ids = iter(range(int(root.attrib["id-counter"]) + 1, 1 << 30))
    ticks = _SUPERCLOCK_HZ // rate
    playlists = {each.attrib["name"]: each for each in _child(root, "Playlists")}
    tracks = [each for each in _child(root, "Routes") if "audio-playlist" in each.attrib]
    length = soundfile.info(mix).frames * ticks
    for track, stem in zip(tracks, stems, strict=True):
        _connect_to_master(track)
        os.link(stem, place / stem.name)
        sources = [str(next(ids)) for _ in "LR"]
        for channel, source in enumerate(sources):
            ET.SubElement(_child(root, "Sources"), "Source", {
                "name": stem.name, "type": "audio", "flags": "", "id": source, "channel": str(channel),
                "origin": "", "gain": "1", "take-id": "",
            })  # fmt: skip
        start = WavInfoReader(stem).bext.time_reference * ticks
        ET.SubElement(
            playlists[track.attrib["name"]],
            "Region",
            _region(str(next(ids)), stem.stem, sources, start, length),
        )
    ET.SubElement(_child(root, "Locations"), "Location", {
        "id": str(next(ids)), "name": "session", "start": "a0", "end": f"a{length}",
        "flags": "IsSessionRange", "locked": "0", "timestamp": "0",
    })  # fmt: skip
    root.set("id-counter", str(next(ids)))
    tree.write(file, encoding="UTF-8", xml_declaration=True)
    said = _lua(folder, _PLACES.format(folder=session))
    told = [line.split("|") for line in said.splitlines() if line.startswith("PLACE|")]
    places = {name: int(frame) for _, name, frame in told}
    facts: list[Fact] = [
        (f"place of {stem.name}", places.get(stem.name), WavInfoReader(stem).bext.time_reference)
        for stem in stems
    ]
    tries = [_exported(session, folder / "out.wav", mix, rate)]
    while tries[-1] > LIMIT_DB and len(tries) < _TRIES:  # on a busy machine its disks are late now and then
        tries.append(_exported(session, folder / "out.wav", mix, rate))
    if len(tries) > 1:
        print(f"  Ardour's exports, one after the other: {', '.join(f'{each:.1f}' for each in tries)} dBFS")
    facts.append(
        ("frames that it exports", soundfile.info(folder / "out.wav").frames, soundfile.info(mix).frames)
    )
    return facts, tries[-1]


def _connect_to_master(track: ET.Element) -> None:
    """Ardour does so on a thread of its own, which on a busy machine comes after the session was saved."""
    for io in track.findall("IO"):
        if io.get("direction") == "Output":
            for number, port in enumerate(io.findall("Port"), 1):
                if port.find("Connection") is None:
                    ET.SubElement(port, "Connection", {"other": f"Master/audio_in {number}"})


def _exported(session: Path, out: Path, mix: Path, rate: int) -> float:
    """How far Ardour's mix is from ours, in dBFS."""
    _run("ardour7-export", "-b", "float", "-s", str(rate), "-o", out, session, "S", home=session.parent)
    ours, theirs = (soundfile.read(each, dtype="float64")[0] for each in (mix, out))
    shared = min(len(ours), len(theirs))
    return _peak_db(ours[:shared] - theirs[:shared])


def _bounced_back(place: Path, folder: Path, song: Project) -> list[Fact]:
    """Ardour's own bounce of what lies behind bar 3, as it comes into the project."""
    tick = song.meter_map.tick_of_bar(3)
    start = song.tempo_map.frame_at(tick, song.rate)
    file = folder / "S" / "S.ardour"
    tree = ET.parse(file)  # noqa: S314 - written by the program beside us
    (session,) = (each for each in _child(tree.getroot(), "Locations") if each.attrib["name"] == "session")
    session.set("start", f"a{start * _SUPERCLOCK_HZ // song.rate}")
    tree.write(file, encoding="UTF-8", xml_declaration=True)
    watched = folder / "watched"
    watched.mkdir()
    now = iter(range(0, 100, 10))
    arrivals = Arrivals(watched, now_s=lambda: float(next(now)))
    looks = [arrivals.look()]
    bounce = watched / "Bounce.wav"
    words = ("-B", "-b", "24", "-s", str(song.rate), "-o", bounce)
    _run("ardour7-export", *words, folder / "S", "S", home=folder)
    looks += [arrivals.look() for _ in range(3)]
    copy = folder / "Copy.mgproj"
    shutil.copytree(place, copy)
    ImportIntoProject(copy, (bounce,)).run()
    imported = open_project(copy).project
    clips = [clip for track in imported.tracks if track.name == "Bounce" for clip in track.clips]
    return [
        ("looks at the watched folder", [len(each) for each in looks], [0, 0, 1, 0]),
        ("place that the bounce tells", looks[2][0].start_s if looks[2] else None, start / song.rate),
        ("tick of its clip", [clip.start_ticks for clip in clips], [tick]),
    ]


def _region(region_id: str, name: str, sources: list[str], start: int, length: int) -> dict[str, str]:
    left, right = sources
    return {
        "name": name, "id": region_id, "type": "audio", "channels": "2", "source-0": left, "source-1": right,
        "master-source-0": left, "master-source-1": right, "start": "a0", "length": f"a{length}@a{start}",
        "sync-position": "a0", "ancestral-start": "a0", "ancestral-length": f"a{length}@a0", "stretch": "1",
        "shift": "1", "muted": "0", "opaque": "1", "locked": "0", "automatic": "0", "whole-file": "0",
        "import": "0", "external": "0", "hidden": "0", "layering-index": "0", "fade-in-active": "0",
        "fade-out-active": "0", "default-fade-in": "0", "default-fade-out": "0", "scale-amplitude": "1",
    }  # fmt: skip


def _child(root: ET.Element, name: str) -> ET.Element:
    found = root.find(name)
    assert found is not None, name
    return found


def _lua(folder: Path, text: str) -> str:
    script = folder / "script.lua"
    script.write_text(text)
    return _run("ardour7-lua", script, home=folder)


def _run(*words: str | Path, home: Path | None = None) -> str:
    """A command that has to succeed; what it printed. Ardour crashes now and then, and gets a second try."""
    place = os.environ if home is None else {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    for _ in range(3 if home is not None else 1):
        done = subprocess.run(
            [str(word) for word in words], env=place, capture_output=True, text=True, check=False, timeout=600
        )
        if not done.returncode:
            return done.stdout
    raise SystemExit(f"{words[0]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


if __name__ == "__main__":
    sys.exit(main())
