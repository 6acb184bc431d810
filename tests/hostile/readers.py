"""Every reader of files that come from outside, with files that it knows and the ways they go wrong.

`READERS` has them by name. A reader is made once in a folder of its own; `case` makes the bytes of one file,
`read` has the reader look at them: it may understand them or refuse them in words, and nothing else.
"""

import io
import json
import os
import shutil
import tempfile
import zlib
from pathlib import Path

import msgspec
import numpy as np
import soundfile

from musicgen_desktop.document import Project, check_project
from musicgen_desktop.exchange.dawproject import parse_dawproject
from musicgen_desktop.exchange.midi_file import MidiForm, parse_midi, song_midi
from musicgen_desktop.foundation import MusicgenDesktopError, UserInputError, load_settings
from musicgen_desktop.generation.composer import load_styles
from musicgen_desktop.instruments import _preset_files, _sampled_preset
from musicgen_desktop.instruments._sound_font_file import read_sound_font
from musicgen_desktop.media import Acid, AudioFile, Bext, Cue, Loop, WavTags, told_place, write_wav
from musicgen_desktop.music import Patch
from musicgen_desktop.session.controllers.catalogue import effect_presets, save_effect_preset
from musicgen_desktop.session.controllers.import_files import ImportIntoProject
from musicgen_desktop.session.preferences import load_preferences
from musicgen_desktop.session.workspace import Recent
from musicgen_desktop.storage import Journal, open_project, save_project
from tests.fakes.wild_songs import a_wild_song
from tests.hostile.midi import odd_file
from tests.hostile.mutations import other_bytes, other_values, other_words
from tests.hostile.songs import odd_song, samples

UNDERSTOOD, REFUSED = "understood", "refused"
_RESOURCES = Path(__file__).parents[2] / "resources"
_RATE = 48_000
_MOST_READ = 1 << 18  # frames of a sound; the rest is as the beginning


class Reader:
    """What all have in common.

    Attributes:
        in_child: whether the program reads such files in a child process, whose end is a refusal too.
    """

    in_child = False
    suffix = ""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / f"file{self.suffix}"
        self.known = self.files()

    def files(self):
        """Files that are right, as bytes."""
        raise NotImplementedError

    def case(self, dice):
        """The bytes of a file that is wrong in some way."""
        return other_bytes(dice.choice(self.known), dice, self.known)

    def outcome(self, data):
        """Have it read. What is neither understood nor refused is raised."""
        try:
            self.read(data)
        except MusicgenDesktopError as error:
            assert str(error).endswith((".", ")", "?")), error  # noqa: PT017 - a sentence, not a crash
            str(error).encode()
            return REFUSED
        except MemoryError:
            if not self.in_child:
                raise
            return REFUSED
        return UNDERSTOOD

    def read(self, data):
        """Have it read."""
        raise NotImplementedError


class DawProjects(Reader):
    in_child, suffix = True, ".dawproject"

    def files(self):
        return samples()

    def case(self, dice):
        return odd_song(dice, self.known)

    def read(self, data):
        self.path.write_bytes(data)
        with self.path.open("rb") as file:
            told = parse_dawproject(file, self.path)
        check_project(told.project)


class MidiFiles(Reader):
    in_child, suffix = True, ".mid"

    def files(self):
        found = []
        for seed in range(4):
            file = io.BytesIO()
            song_midi(a_wild_song(seed, 60), MidiForm()).save(file=file)
            found.append(file.getvalue())
        return found

    def case(self, dice):
        if dice.random() < 0.5:
            return other_bytes(dice.choice(self.known), dice, self.known)
        data = odd_file(dice)
        return other_bytes(data, dice) if dice.random() < 0.2 else data

    def read(self, data):
        song = parse_midi(data, self.path)
        msgspec.msgpack.decode(msgspec.msgpack.encode(song), type=type(song))


class Sounds(Reader):
    """Sound files of a kind that libsndfile writes."""

    subtypes = (None,)

    def files(self):
        found = []
        time = np.arange(3_000) / _RATE
        for channels in (1, 2):
            tone = 0.3 * np.sin(2 * np.pi * 440 * time)[:, None].repeat(channels, 1)
            for subtype in self.subtypes:
                soundfile.write(self.path, tone, _RATE, subtype=subtype)
                found.append(self.path.read_bytes())
        return found

    def read(self, data):
        self.path.write_bytes(data)
        with AudioFile(self.path) as file:
            told_place(self.path, file.info.rate)
            read = 0
            while read < _MOST_READ and len(block := file.read(1 << 14)):
                assert np.isfinite(block).all()
                read += len(block)
            file.seek(file.info.frames // 2)
            file.read(100)


class Waves(Sounds):
    suffix, subtypes = ".wav", ("PCM_16", "PCM_24", "FLOAT", "IMA_ADPCM")

    def files(self):
        tags = WavTags(
            bext=Bext("a song", "us", time_reference_frames=44_100, coding_history="A=PCM"),
            acid=Acid(120.0, 8, root_note=60),
            ixml="<BWFXML/>",
            info={"INAM": "Bass"},
            cues=(Cue(10, "Verse", 100), Cue(900, "Drop")),
            loops=(Loop(0, 1_000),),
        )
        write_wav(self.path, np.zeros((500, 2), np.float32), _RATE, chunks=tags)
        return [*super().files(), self.path.read_bytes()]


class Flacs(Sounds):
    suffix, subtypes = ".flac", ("PCM_16", "PCM_24")


class Aiffs(Sounds):
    suffix, subtypes = ".aiff", ("PCM_16", "PCM_24", "FLOAT")


class Mp3s(Sounds):
    suffix = ".mp3"


class Oggs(Sounds):
    suffix, subtypes = ".ogg", ("VORBIS", "OPUS")


class ProjectFiles(Reader):
    """`project.json` of a project that somebody sent."""

    def __init__(self, folder):
        self.project = folder / "Song.mgproj"
        super().__init__(folder)

    def files(self):
        found = []
        for seed in range(3):
            save_project(self._song(seed), self.project)
            found.append((self.project / "project.json").read_bytes())
        for backup in self.project.glob("**/*.bak"):
            backup.unlink()
        for backup in self.project.glob("backups/*"):
            backup.unlink()
        return found

    def case(self, dice):
        data = dice.choice(self.known)
        if dice.random() < 0.3:
            return other_bytes(data, dice, self.known)
        return json.dumps(other_values(json.loads(data), dice)).encode()

    def read(self, data):
        (self.project / "project.json").write_bytes(data)
        check_project(open_project(self.project).project)

    @staticmethod
    def _song(seed):
        return msgspec.structs.replace(a_wild_song(seed, 30), id=f"song-{seed}")


class Journals(ProjectFiles):
    """The journal beside a project that is right."""

    def files(self):
        found = []
        for seed in range(3):
            before = self._song(seed)
            save_project(Project.new("Song"), self.project)
            before = open_project(self.project).project
            journal = Journal(self.project)
            for step in range(4):
                after = msgspec.structs.replace(self._song(step), id=before.id)
                journal.append(before, after, f"Edit {step}")
                before = after
            journal.close()
            found.append((self.project / "journal").read_bytes())
        return found

    def case(self, dice):
        from musicgen_desktop.storage._journal_file import MAGIC, _frames, framed

        data = dice.choice(self.known)
        if dice.random() < 0.3:
            return other_bytes(data, dice, self.known)
        # Frames that are whole, with contents that nobody wrote.
        contents, _, _ = _frames(data)
        out, checksum = bytearray(MAGIC), zlib.crc32(MAGIC)
        for number, content in enumerate(contents):
            if number and dice.random() < 0.6:
                tree = json.loads(content)
                content = json.dumps(other_values(tree, dice)).encode()  # noqa: PLW2901 - its other self
            frame, checksum = framed(content, checksum)
            out += frame
        return bytes(out)

    def read(self, data):
        (self.project / "journal").write_bytes(data)
        check_project(open_project(self.project).project)


class Words(Reader):
    """Files of text."""

    suffix = ".toml"

    def case(self, dice):
        data = dice.choice(self.known)
        if dice.random() < 0.3:
            return other_bytes(data, dice, self.known)
        return other_words(data.decode(), dice).encode("utf-8", "surrogatepass")


class Styles(Words):
    """Style files, the user's own or a friend's."""

    def files(self):
        found = sorted((_RESOURCES / "styles").glob("*.toml"), key=lambda path: path.stat().st_size)
        return [path.read_bytes() for path in found if not path.name.startswith("_")][:12]

    def read(self, data):
        self.path.write_bytes(data)
        styles = load_styles([self.folder])
        styles.usable()
        for error in styles.broken:
            raise error


class Instruments(Words):
    """Instrument files, the user's own or a friend's."""

    def files(self):
        return [path.read_bytes() for path in sorted((_RESOURCES / "instruments").glob("*.toml"))]

    def read(self, data):
        self.path.write_bytes(data)
        _preset_files._load.__wrapped__(((self.path, 0),))


class Settings(Words):
    """The settings, which people edit by hand."""

    def files(self):
        text = (
            b'soundfont = "~/x.sf2"\noffline = true\n\n[window]\ndevice = "Speakers"\ndevice_frames = 256\n'
            b'look_ahead_ms = 100.0\nrate = 44100\ntheme = "light"\nlanguage = "de"\nexport_bits = 24\n'
            b"metronome_db = -6.0\nstop_returns_to_start = false\nautosave_minutes = 5\n"
        )
        return [text]

    def read(self, data):
        os.environ["MUSICGEN_DESKTOP_HOME"] = str(self.folder)
        (self.folder / "config").mkdir(exist_ok=True)
        (self.folder / "config" / "settings.toml").write_bytes(data)
        load_preferences()
        load_settings()


class EffectPresets(Words):
    """The user's own presets of an effect, or a friend's."""

    def files(self):
        os.environ["MUSICGEN_DESKTOP_HOME"] = str(self.folder)
        preset = save_effect_preset("delay", "Wide", {"wet": 0.25, "feedback": 0.5})
        (self.path,) = (self.folder / "data" / "effects" / "delay").iterdir()
        assert preset.name
        return [self.path.read_bytes()]

    def read(self, data):
        self.path.write_bytes(data)
        for complaint in effect_presets("delay").broken:
            raise UserInputError(complaint)


class RecentLists(Reader):
    """The list of projects that were open last."""

    suffix = ".json"

    def files(self):
        recent = Recent(self.path)
        for seed in range(5):
            recent.add(self.folder / f"{seed}.mgproj", a_wild_song(seed, 5))
        return [self.path.read_bytes()]

    def case(self, dice):
        data = dice.choice(self.known)
        if dice.random() < 0.3:
            return other_bytes(data, dice, self.known)
        return json.dumps(other_values(json.loads(data), dice)).encode()

    def read(self, data):
        self.path.write_bytes(data)
        Recent(self.path).projects()


class SoundFonts(Reader):
    """SoundFonts: their tables, and a preset as the sampler loads it."""

    suffix = ".sf2"

    def files(self):
        from tests.unit.instruments.test_sound_font import a_small_font

        return [a_small_font(), a_small_font(zone=((1, 20), (45, 10), (48, 100)), loop=(10, 3_900))]

    def read(self, data):
        self.path.write_bytes(data)
        read_sound_font(self.path)
        _sampled_preset._tables_of.cache_clear()
        _sampled_preset.SampledPreset(Patch("general_midi"), _RATE, self.path, frozenset((60, 64)), (1, 127))


class Imports(Reader):
    """Files of all kinds brought into a saved project, as a person brings them: the real child reads them."""

    def __init__(self, folder):
        self.project = folder / "Song.mgproj"
        self.others = [READERS[name](folder) for name in ("dawproject", "midi", "wav", "flac", "mp3")]
        super().__init__(folder)

    def files(self):
        save_project(a_wild_song(1, 30), self.project)
        return [(self.project / "project.json").read_bytes()]

    def case(self, dice):
        number = dice.randrange(len(self.others))
        return bytes([number]) + self.others[number].case(dice)

    def read(self, data):
        other = self.others[data[0]]
        other.path.write_bytes(data[1:])
        before = self._state()
        try:
            ImportIntoProject(self.project, (other.path,)).run()
        except MusicgenDesktopError:
            assert self._state() == before, "the project was touched"
            raise
        check_project(open_project(self.project).project)
        shutil.rmtree(self.project)
        save_project(a_wild_song(1, 30), self.project)

    def _state(self):
        paths = sorted(path for path in self.project.rglob("*") if path.is_file())
        return {path.relative_to(self.project): path.read_bytes() for path in paths}


READERS = {
    "dawproject": DawProjects,
    "midi": MidiFiles,
    "wav": Waves,
    "flac": Flacs,
    "aiff": Aiffs,
    "mp3": Mp3s,
    "ogg": Oggs,
    "project": ProjectFiles,
    "journal": Journals,
    "settings": Settings,
    "style": Styles,
    "instrument": Instruments,
    "preset": EffectPresets,
    "recent": RecentLists,
    "soundfont": SoundFonts,
}

SLOW_READERS = {"import": Imports}
"""A child process for each file: hundreds of cases, not thousands."""


def made(name):
    """A reader in a new folder; (reader, folder to remove)."""
    folder = tempfile.TemporaryDirectory(prefix=f"hostile-{name}-")
    return (READERS | SLOW_READERS)[name](Path(folder.name)), folder
