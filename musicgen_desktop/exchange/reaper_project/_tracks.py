"""Tracks with their faders, folders, sends and envelopes."""

from collections.abc import Iterable, Mapping, Sequence

from musicgen_desktop.document import AudioClip, Automation, Project, Send, Track

from ._envelopes import write_gain, write_mute, write_pan
from ._items import write_audio_item, write_notes_item, write_sound_item
from ._rows import Row
from ._text import Block, colour, gain, guid, quoted
from ._values import TrackSound

_POST_FADER, _PRE_FADER = 0, 3
_IN_PLACE = 2
"""A solo that keeps the routing."""
_NO_LAW, _EQUAL_POWER_LAW = 1.0, 0.5**0.5
"""The factor in the centre: our balance leaves it alone, our mono pan takes 3 dB away."""
_FOLDED = 2


class TrackWriter:
    """Writes the rows of one song.

    Args:
        project: the song.
        rows: in the file's order.
        files: source id → path of its file from the project file.
        sounds: track id → what a track of notes, or an effect return, sounds like.
        platform: `sys.platform` of the machine whose colours these are.
    """

    def __init__(
        self,
        project: Project,
        rows: Sequence[Row],
        files: Mapping[str, str],
        sounds: Mapping[str, TrackSound],
        platform: str,
    ) -> None:
        self._project = project
        self._files = files
        self._sounds = sounds
        self._platform = platform
        self._numbers = {row.track.id: number for number, row in enumerate(rows) if not row.is_sound}
        self._sources = {source.id: source for source in project.sources}

    def write(self, into: Block, row: Row) -> None:
        """Add a row."""
        if row.is_sound:
            self._write_sound(into, row)
        else:
            self._write_track(into, row)

    def _write_track(self, into: Block, row: Row) -> None:
        track, sound = row.track, self._sounds.get(row.track.id)
        played = track.id in self._sounds
        trim_db = 0.0 if played else track.trim_db  # the file has it already
        own = guid(self._project, track.id)
        block = into.block("TRACK", own)
        block.line("NAME", quoted(track.name))
        if track.color:
            block.line("PEAKCOL", colour(track.color, self._platform))
        block.line("AUTOMODE", 0)
        curves = curves_of(track)
        block.line("VOLPAN", *fader_and_pan(track, curves, trim_db), self._law(track), -1, 1)
        solo = _IN_PLACE if track.soloed else 0
        muted = track.muted and "muted" not in curves
        block.line("MUTESOLO", int(muted), solo, int(track.solo_safe))
        block.line("IPHASE", int(track.polarity_inverted and not played))
        _write_folder(block, row, folded=sound is not None)
        block.line("NCHAN", 2)
        block.line("FX", 1)
        block.line("TRACKID", own)
        for sender, send in self._sends_to(track):
            self._write_send(block, sender, send)
        block.line("MIDIOUT", -1)
        block.line("MAINSEND", 1, 0)
        tags = ("VOLENV2", "PANENV2", "MUTEENV")
        write_envelopes(block, self._project, track, curves, trim_db, tags)
        for clip in track.clips:
            if not isinstance(clip, AudioClip):
                write_notes_item(block, self._project, clip, track.patch, self._platform)
            elif clip.source_id in self._files:
                source, path = self._sources[clip.source_id], self._files[clip.source_id]
                write_audio_item(block, self._project, clip, source, path, self._platform)

    def _write_sound(self, into: Block, row: Row) -> None:
        track, sound = row.track, self._sounds[row.track.id]
        own = guid(self._project, track.id, "sound")
        block = into.block("TRACK", own)
        block.line("NAME", quoted(f"{track.name} (sound)"))
        if track.color:
            block.line("PEAKCOL", colour(track.color, self._platform))
        block.line("VOLPAN", 1, 0, _NO_LAW, -1, 1)
        block.line("MUTESOLO", 0, 0, 0)
        _write_folder(block, row, folded=False)
        block.line("NCHAN", 2)
        block.line("TRACKID", own)
        block.line("MAINSEND", 1, 0)
        write_sound_item(block, self._project, track.id, track.name, sound)

    def _sends_to(self, bus: Track) -> Iterable[tuple[Track, Send]]:
        return (
            (track, send) for track in self._project.tracks for send in track.sends if send.target == bus.id
        )

    def _write_send(self, block: Block, sender: Track, send: Send) -> None:
        """A send stands on the track that receives it."""
        curve = curves_of(sender).get(f"send:{send.id}:gain_db")
        # The tap before the fader lies behind the trim; what comes after the fader has it already.
        trim_db = sender.trim_db if send.pre_fader and sender.id not in self._sounds else 0.0
        level = 1.0 if curve else gain(send.gain_db) * gain(trim_db)
        mode = _PRE_FADER if send.pre_fader else _POST_FADER
        # A bus whose sound lies in its folder would sound twice.
        muted = int(not send.enabled or send.target in self._sounds)
        number = self._numbers[sender.id]
        block.line("AUXRECV", number, mode, level, 0, muted, 0, 0, 0, 0, -1.0, 0, -1, "''")
        if curve:
            own = guid(self._project, curve.id)
            write_gain(block, "AUXVOLENV", own, curve, self._project.tempo_map, trim_db)

    def _law(self, track: Track) -> float:
        """Pan by equal power where all that plays has one channel, as our mixer does."""
        sources = [self._sources[clip.source_id] for clip in track.clips if isinstance(clip, AudioClip)]
        is_mono = bool(sources) and all(source.channels == 1 for source in sources)
        return _EQUAL_POWER_LAW if is_mono else _NO_LAW


def curves_of(track: Track) -> dict[str, Automation]:
    """The curves that move something, by what they move."""
    return {curve.target: curve for curve in track.automation if curve.enabled and curve.points}


def fader_and_pan(track: Track, curves: Mapping[str, Automation], trim_db: float) -> tuple[float, float]:
    """Where fader and pan stand: at rest where a curve moves them, for REAPER adds the two."""
    level = 1.0 if "gain_db" in curves else gain(track.gain_db) * gain(trim_db)
    return level, 0.0 if "pan" in curves else track.pan


def write_envelopes(
    block: Block,
    project: Project,
    track: Track,
    curves: Mapping[str, Automation],
    trim_db: float,
    tags: tuple[str, str, str],
) -> None:
    """Add the envelopes of fader, pan and mute, under these names."""
    gain_tag, pan_tag, mute_tag = tags
    own = {target: guid(project, track.id, curve.id) for target, curve in curves.items()}
    if curve := curves.get("gain_db"):
        write_gain(block, gain_tag, own["gain_db"], curve, project.tempo_map, trim_db)
    if curve := curves.get("pan"):
        write_pan(block, pan_tag, own["pan"], curve, project.tempo_map)
    if curve := curves.get("muted"):
        write_mute(block, mute_tag, own["muted"], curve, project.tempo_map)


def _write_folder(block: Block, row: Row, *, folded: bool) -> None:
    if row.opens:
        block.line("ISBUS", 1, 1)
    elif row.closes:
        block.line("ISBUS", 2, -row.closes)
    else:
        block.line("ISBUS", 0, 0)
    block.line("BUSCOMP", _FOLDED if folded else 0, 0, 0, 0, 0)
