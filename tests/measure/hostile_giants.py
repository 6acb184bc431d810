# ruff: noqa: T201 - it prints its figures
"""What do files do that ask for everything: bombs, heads that lie, a million events, names that lead out?

    python -m tests.measure.hostile_giants
    python -m tests.measure.hostile_giants --only .mid

Each is imported into a saved project by a process of its own, as a person would. It may come in or be refused
in words, within 5 s of the processors' time, below 1 GB in each process; when it is refused the project's
folder is as it was, byte by byte, and nothing lies beside it. Exits with 1 otherwise.
"""

import argparse
import hashlib
import json
import multiprocessing
import resource
import struct
import sys
import tempfile
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from musicgen_desktop.document import Project, check_project
from musicgen_desktop.foundation import MusicgenDesktopError, machine_text
from musicgen_desktop.session.controllers.import_files import ImportIntoProject
from musicgen_desktop.storage import open_project, save_project
from tests.fakes.wild_songs import a_wild_song

MOST_S, MOST_BYTES = 5.0, 1 << 30
_HEAD = '<Project version="1.0"><Application name="x" version="1"/>'
_TRACK = '<Structure><Track id="t" contentType="notes"/></Structure><Arrangement><Lanes track="t">'
_END = "</Lanes></Arrangement></Project>"


def dawproject(path, text="", others=()):
    """An archive with this song; a member may be a number of zeros."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"project.xml": text, **dict(others)}.items():
            with archive.open(name, "w", force_zip64=True) as member:
                if isinstance(data, int):
                    for _ in range(data >> 20):
                        member.write(bytes(1 << 20))
                else:
                    member.write(data.encode() if isinstance(data, str) else data)


def with_sound(name, size):
    """A song that names one sound, which is so many zeros."""
    clip = (
        '<Clips><Clip time="0" duration="4"><Audio channels="1" duration="1" sampleRate="48000">'
        f'<File path="{name}"/></Audio></Clip></Clips>'
    )
    audio = _TRACK.replace("notes", "audio")
    return lambda path: dawproject(path, f"{_HEAD}{audio}{clip}{_END}", {name: size})


def many(inner, count, around="<Clips><Clip time='0' duration='4000'><Notes>{}</Notes></Clip></Clips>"):
    """A song with one thing so many times."""
    text = "".join(inner.format(number) for number in range(count))
    return lambda path: dawproject(path, f"{_HEAD}{_TRACK}{around.format(text)}{_END}")


def many_tempos(count):
    """A song whose tempo never rests."""
    points = "".join(
        f'<RealPoint time="{number / 100}" value="{60 + number % 90}" interpolation="linear"/>'
        for number in range(count)
    )
    text = f"{_HEAD}<Arrangement><TempoAutomation><Target/>{points}</TempoAutomation></Arrangement></Project>"
    return lambda path: dawproject(path, text)


def played_again(moves, clips):
    """A song whose clips play one line of a controller, again and again."""
    points = "".join(f'<RealPoint time="{number}" value="0.5"/>' for number in range(moves))
    line = f'<Points id="p"><Target expression="pitchBend"/>{points}</Points>'
    again = '<Clip time="0" duration="4" reference="p"/>' * clips
    return lambda path: dawproject(path, f"{_HEAD}{_TRACK}{line}<Clips>{again}</Clips>{_END}")


def played_round(rounds):
    """A song with one clip in one that loops so many times."""
    notes = '<Notes><Note time="0" duration="1" key="60"/></Notes>'
    inner = f'<Clips><Clip time="0" duration="1">{notes}</Clip></Clips>'
    clip = f'<Clip time="0" duration="{rounds}" loopStart="0" loopEnd="1">{inner}</Clip>'
    return lambda path: dawproject(path, f"{_HEAD}{_TRACK}<Clips>{clip}</Clips>{_END}")


def entities(path):
    """A billion laughs."""
    told = "<!ENTITY l0 'ha'>" + "".join(
        f"<!ENTITY l{depth} '&l{depth - 1};&l{depth - 1};'>" for depth in range(1, 30)
    )
    dawproject(path, f'<!DOCTYPE x [{told}]><Project version="1.0"><Application name="&l29;"/></Project>')


def many_files(path):
    """An archive that lists more than anybody reads."""
    dawproject(path, f"{_HEAD}</Project>", {str(number): b"" for number in range(20_001)})


def midi(events, *, length=None, tracks=1):
    """A MIDI file of tracks with these events."""

    def write(path):
        end = b"\0\xff\x2f\0"
        told = len(events) + len(end) if length is None else length
        track = b"MTrk" + struct.pack(">I", told) + events + end
        path.write_bytes(struct.pack(">4sIHHH", b"MThd", 6, 1, tracks, 480) + track * tracks)

    return write


def wave(*, channels=2, rate=48_000, data=0x7FFFFFFF, head=b"RIFF", more=b""):
    """A WAV file whose head tells what it likes."""

    def write(path):
        frame = channels * 2
        form = struct.pack("<HHIIHH", 1, channels, rate, rate * frame & 0xFFFFFFFF, frame & 0xFFFF, 16)
        path.write_bytes(
            head
            + b"\xff\xff\xff\xffWAVE"
            + more
            + struct.pack("<4sI", b"fmt ", len(form))
            + form
            + struct.pack("<4sI", b"data", data)
            + bytes(4_000)
        )

    return write


def flac(path):
    """A FLAC file that tells of 2³⁶ samples and has none."""
    told = (48_000 << 44) | (1 << 41) | (15 << 36) | ((1 << 36) - 1)
    blocks = struct.pack(">HH", 4_096, 4_096) + bytes(6) + told.to_bytes(8, "big") + bytes(16)
    path.write_bytes(b"fLaC\x80\0\0\x22" + blocks)


def aiff(path):
    """An AIFF file that tells of a thousand million frames and has a thousand."""
    rate = bytes.fromhex("400ebb80000000000000")  # 48 000 as ten bytes
    form = b"COMM\0\0\0\x12" + struct.pack(">HIH", 2, 0x3FFFFFFF, 16) + rate
    path.write_bytes(b"FORM\x7f\xff\xff\xffAIFF" + form + b"SSND\x7f\xff\xff\xf0" + bytes(4_008))


def mp3(path):
    """Heads of MP3 frames, and nothing in them."""
    path.write_bytes(b"\xff\xfb\x90\x00" * 500_000)


def half(write_whole):
    """The first half of a file that is right."""

    def write(path):
        write_whole(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return write


_NOTE = '<Note time="{0}" duration="1" key="60" vel="0.5" channel="0"/>'
_KEYS = b"\1\x40\0\0\x40\x40"  # a note ends and the next begins, without saying so
_DS64 = struct.pack("<4sIQQQI", b"ds64", 28, 1 << 60, 1 << 60, 1 << 58, 0)

GIANTS = {
    "a song of 1 GB of blanks": (".dawproject", lambda path: dawproject(path, 1 << 30)),
    "a sound of 2 GB of zeros": (".dawproject", with_sound("a.wav", 2 << 30)),
    "a sound named ../../evil.wav": (".dawproject", with_sound("../../evil.wav", 1 << 20)),
    "a sound named /evil.wav": (".dawproject", with_sound("/evil.wav", 1 << 20)),
    "entities in entities": (".dawproject", entities),
    "a million tempo points": (".dawproject", many_tempos(1_000_000)),
    "115 000 tempo points": (".dawproject", many_tempos(115_000)),
    "115 000 notes": (".dawproject", many(_NOTE, 115_000)),
    "50 000 clips that play the same 60 000 moves": (".dawproject", played_again(60_000, 50_000)),
    "a loop of a million rounds": (".dawproject", played_round(1_000_000)),
    "20 000 files": (".dawproject", many_files),
    "a song cut in half": (".dawproject", half(many(_NOTE, 1_000))),
    "a million tempo events": (".mid", midi(b"\x01\xff\x51\x03\x07\xa1\x20" * 1_000_000)),
    "two million notes": (".mid", midi(b"\0\x90\x40\x40" + _KEYS * 1_000_000)),
    "190 000 events": (".mid", midi(b"\0\x90\x40\x40" + _KEYS * 95_000)),
    "600 000 events": (".mid", midi(b"\0\x90\x40\x40" + _KEYS * 300_000)),
    "running status without a status": (".mid", midi(b"\0\x40\x40" * 1_000)),
    "a track of 2 GB in its head": (".mid", midi(b"\0\x90\x40\x40", length=0x7FFFFFFF)),
    "a message of 256 MB in its head": (".mid", midi(b"\0\xf0\xff\xff\xff\x7f\x01")),
    "65 535 tracks": (".mid", midi(b"", tracks=65_535)),
    "the longest times there are": (".mid", midi(b"\xff\xff\xff\x7f\x90\x40\x40" * 10_000)),
    "2 GB in its head": (".wav", wave()),
    "4 GB in its head": (".wav", wave(data=0xFFFFFFFF)),
    "an exabyte in its head": (".wav", wave(head=b"RF64", data=0xFFFFFFFF, more=_DS64)),
    "65 535 channels": (".wav", wave(channels=65_535)),
    "four billion frames a second": (".wav", wave(rate=0xFFFFFFFF)),
    "a chunk of 4 GB before the sound": (".wav", wave(more=b"LIST\xff\xff\xff\xff")),
    "2³⁶ samples in its head": (".flac", flac),
    "a thousand million frames in its head": (".aiff", aiff),
    "frames with nothing in them": (".mp3", mp3),
}
"""By what they are: how the file ends, and what writes it."""


def state_of(folder):
    """Every file and what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.blake2b(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def bring(project, path, told):
    """The process: import the file; tell what came of it, and what it took."""
    begun, before = time.monotonic(), _used_s()
    try:
        report = ImportIntoProject(project, (path,)).run()
        came = f"came in, {len(report.tracks)} tracks, {len(report.remarks)} remarks"
        check_project(open_project(project).project)
    except MusicgenDesktopError as error:
        came = f"refused: {error}"
    except BaseException as error:  # noqa: BLE001 - that is what is looked for
        came = f"BROKE: {error!r:.200}"
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told.send((came, _used_s() - before, time.monotonic() - begun, peak * 1024))


def _used_s():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def measured(name, folder):
    """Try one; whether all was well."""
    suffix, write = GIANTS[name]
    path = folder / f"Giant{suffix}"
    project = folder / "Song.mgproj"
    save_project(a_wild_song(1, 50) if suffix == ".mid" else Project.new("Song"), project)
    write(path)
    before = state_of(folder)
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=bring, args=(project, path, there))
    process.start()
    there.close()
    try:
        came, used_s, wall_s, peak = here.recv()
    except EOFError:
        came, used_s, wall_s, peak = "ENDED THE PROCESS", 0.0, 0.0, 0
    process.join()
    is_untouched = came.startswith("came in") or state_of(folder) == before
    is_well = is_untouched and used_s < MOST_S and peak < MOST_BYTES and came[0].islower()
    mark = "well" if is_well else "NOT WELL"
    print(f"{suffix}: {name} ({path.stat().st_size:,} bytes): {came}")
    print(f"    {used_s:.2f} s of processor, {wall_s:.2f} s, {peak >> 20} MB; {mark}", flush=True)
    return is_well


def main():
    """Measure all, or those whose names hold a word."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="")
    only = parser.parse_args().only
    print(machine_text(), json.dumps({"most_s": MOST_S, "most_bytes": MOST_BYTES}))
    ways = []
    for name in GIANTS:
        if only in f"{GIANTS[name][0]} {name}":
            with tempfile.TemporaryDirectory(prefix="giants-") as folder:
                ways.append(measured(name, Path(folder)))
    print(f"{sum(ways)} of {len(ways)} well")
    return 0 if all(ways) else 1


if __name__ == "__main__":
    sys.exit(main())
