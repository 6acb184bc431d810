"""How high notes are: transpose, keep to a scale or to the chords, invert. Notes, clips and errors as in
`notes`.
"""

from bisect import bisect_right
from collections.abc import Collection

from musicgen_desktop.document import Project
from musicgen_desktop.music import SCALES, Key, Note, PitchClass
from musicgen_desktop.session.commands._edit import counted

from ._context import chord_finder, pitches_in_key, tones_of
from ._exchange import NotesEdit, changed_note, find_notes_clip, map_notes, song_tick


def transpose_notes(project: Project, clip_id: str, notes: Collection[Note], semitones: int) -> NotesEdit:
    """Move notes up or down together, as far as all of them stay between pitch 0 and 127."""
    if notes:
        semitones = max(semitones, -min(note.pitch for note in notes))
        semitones = min(semitones, 127 - max(note.pitch for note in notes))
    return map_notes(
        project,
        clip_id,
        counted("Transpose", "note", len(notes)),
        notes,
        lambda note: changed_note(note, pitch=note.pitch + semitones),
    )


def transpose_in_scale(
    project: Project, clip_id: str, notes: Collection[Note], steps: int, key: Key
) -> NotesEdit:
    """Move notes along the steps of a scale together, as far as all stay between pitch 0 and 127.

    A note beside the scale goes as the scale's note below it does and stays as far above it: C# in C major
    goes one step up to D#.

    Args:
        project: the project as it is.
        clip_id: of a notes clip.
        notes: what to transpose.
        steps: up, or down when negative; as many as the scale has are an octave.
        key: whose scale.
    """
    pitches = {note.pitch for note in notes}
    steps = max(-128, min(steps, 128))  # no scale has more within the reach of MIDI
    while steps and not all(0 <= _stepped(pitch, steps, key) <= 127 for pitch in pitches):
        steps += 1 if steps < 0 else -1
    return map_notes(
        project,
        clip_id,
        "Transpose in scale",
        notes,
        lambda note: changed_note(note, pitch=_stepped(note.pitch, steps, key)),
    )


def snap_to_scale(project: Project, clip_id: str, notes: Collection[Note], key: Key) -> NotesEdit:
    """Move each note to the nearest pitch of a key, the lower of two that are equally near."""
    scale = pitches_in_key(key)
    return map_notes(
        project,
        clip_id,
        "Snap to scale",
        notes,
        lambda note: changed_note(note, pitch=_nearest(note.pitch, scale)),
    )


def snap_to_chords(project: Project, clip_id: str, notes: Collection[Note]) -> NotesEdit:
    """Move each note to the nearest tone of the project's chord where it starts, the lower of two.

    Notes that start where the chord track says nothing stay. A looping clip is seen where its content sounds
    first.
    """
    clip = find_notes_clip(project, clip_id)[1]
    find_chord = chord_finder(project)

    def snapped(note: Note) -> Note:
        chord = find_chord(song_tick(clip, note.start_ticks))
        return note if chord is None else changed_note(note, pitch=_nearest(note.pitch, tones_of(chord)))

    return map_notes(project, clip_id, "Snap to chords", notes, snapped)


def invert_notes(project: Project, clip_id: str, notes: Collection[Note]) -> NotesEdit:
    """Turn a melody upside down between its lowest and its highest note."""
    axis = min((note.pitch for note in notes), default=0) + max((note.pitch for note in notes), default=0)
    return map_notes(
        project,
        clip_id,
        counted("Invert", "note", len(notes)),
        notes,
        lambda note: changed_note(note, pitch=axis - note.pitch),
    )


def _stepped(pitch: int, steps: int, key: Key) -> int:
    """The pitch some steps along a scale; may lie outside 0 … 127."""
    scale = SCALES[key.scale].steps
    octave, above = divmod(pitch - key.tonic, 12)
    place = bisect_right(scale, above) - 1
    octaves, degree = divmod(octave * len(scale) + place + steps, len(scale))
    return key.tonic + 12 * octaves + scale[degree] + above - scale[place]


def _nearest(pitch: int, pitch_classes: frozenset[PitchClass]) -> int:
    near = (
        each for each in range(max(0, pitch - 11), min(127, pitch + 11) + 1) if each % 12 in pitch_classes
    )
    return min(near, key=lambda each: (abs(each - pitch), each))
