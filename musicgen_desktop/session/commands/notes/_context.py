"""What the piano roll shows behind the notes: key, chords, other clips' notes, and the names of drums."""

from bisect import bisect_right
from collections.abc import Callable, Mapping

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import GM_DRUMS, Chord, Key, Note, Patch, PitchClass, note_order

from ._exchange import find_notes_clip


def pitches_in_key(key: Key) -> frozenset[PitchClass]:
    """The pitch classes of a key's scale."""
    return frozenset(key.pitch_classes)


def key_at(project: Project, tick: int) -> Key | None:
    """The key that holds at a tick of the song; None before the first, or when its name is unknown to us."""
    begun = [change for change in project.keys if change.tick <= tick]
    if not begun:
        return None
    try:
        return Key.parse(max(begun, key=lambda change: change.tick).key)
    except UserInputError:
        return None


def key_of_clip(project: Project, clip: NotesClip) -> Key | None:
    """The key at a clip's start: its notes are called by it, wherever they are named."""
    return key_at(project, max(0, clip.start_ticks))


def chord_at(project: Project, tick: int) -> Chord | None:
    """The chord of the chord track at a tick of the song; None between chords, or for an unknown symbol."""
    return chord_finder(project)(tick)


def chord_finder(project: Project) -> Callable[[int], Chord | None]:
    """`chord_at` for many ticks of one project."""
    changes = sorted(project.chords, key=lambda change: change.tick)
    ticks = [change.tick for change in changes]

    def find(tick: int) -> Chord | None:
        index = bisect_right(ticks, tick) - 1
        if index < 0 or tick >= ticks[index] + changes[index].length_ticks:
            return None
        try:
            return Chord.parse(changes[index].symbol)
        except UserInputError:
            return None

    return find


def tones_of(chord: Chord) -> frozenset[PitchClass]:
    """All pitch classes that fit a chord: its tones and its bass."""
    return frozenset((*chord.pitch_classes, chord.bass_pitch_class))


def ghost_notes(project: Project, clip_id: str) -> tuple[tuple[Note, str], ...]:
    """The notes of other clips that sound while this one does, for faint painting behind its own.

    Drums and whatever is muted are left out. A looping clip is seen in its first round.

    Returns:
        Each note in this clip's content ticks, cut at the clip's ends, and its clip's color or else its
        track's (may be empty); sorted by `note_order`. Ticks before the content's first cannot be told, so
        nothing is shown there.

    Raises:
        UserInputError: when there is no such clip of notes.
    """
    clip = find_notes_clip(project, clip_id)[1]
    windows = _windows(clip)
    found: list[tuple[Note, str]] = []
    for track in project.tracks:
        if track.muted or _is_drums(track):
            continue
        for other in track.clips:
            if not isinstance(other, NotesClip) or other.id == clip_id:
                continue
            if other.start_ticks >= clip.end_ticks or other.end_ticks <= clip.start_ticks:
                continue
            color = other.color or track.color
            for note in other.sounding_notes():
                found += ((each, color) for each in _cut(note, windows))
    found.sort(key=lambda each: note_order(each[0]))
    return tuple(found)


def drum_names(patch: Patch | None) -> Mapping[int, str]:
    """Pitch → name of each drum that a patch plays, in General MIDI's words; empty for pitched sounds."""
    return dict(GM_DRUMS) if patch is not None and patch.is_drums else {}


def _is_drums(track: Track) -> bool:
    return track.role == "drums" or (track.patch is not None and track.patch.is_drums)


def _windows(clip: NotesClip) -> list[tuple[int, int, int]]:
    """(song tick of content tick 0, first, end) of each stretch of content, at its first hearing."""
    offset, length, loop = clip.content_offset_ticks, clip.length_ticks, clip.loop_length_ticks
    if loop is None:
        return [(clip.start_ticks - offset, max(0, offset), offset + length)]
    offset %= loop
    first = (clip.start_ticks - offset, offset, min(loop, offset + length))
    rest = min(offset, offset + length - loop)
    return [first] if rest <= 0 else [first, (clip.start_ticks - offset + loop, 0, rest)]


def _cut(note: Note, windows: list[tuple[int, int, int]]) -> list[Note]:
    cut: list[Note] = []
    for zero, low, high in windows:
        start = max(note.start_ticks - zero, low)
        end = min(note.end_ticks - zero, high)
        if start < end:
            cut.append(Note(start, end - start, note.pitch, note.velocity))
    return cut
