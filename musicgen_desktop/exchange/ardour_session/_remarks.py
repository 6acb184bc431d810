"""What an Ardour session cannot hold, a sentence each."""

from collections.abc import Iterator

from musicgen_desktop.document import AudioClip, Project, Track

from ._values import SessionFiles


def ardour_remarks(project: Project, files: SessionFiles) -> tuple[str, ...]:
    """What does not leave as it is, to be told before or after.

    Args:
        project: the song.
        files: what the session plays; of sounds and sources the ids alone count.
    """
    return tuple(_remarks(project, files))


def _remarks(project: Project, files: SessionFiles) -> Iterator[str]:
    yield "Ardour 7 or later opens the session."
    yield from _on_effects(project, files)
    played = [track.name for track in project.tracks if track.kind == "notes" and track.id in files.sounds]
    if played:
        yield (
            f"What instruments sound like lies on tracks of sound: {', '.join(played)}. Their notes are on"
            " MIDI tracks beside them, ready for instruments of Ardour's."
        )
    names = {source.id: source.name for source in project.sources}
    for track in project.tracks:
        absent = dict.fromkeys(names[source] for source in _absent(track, files))
        if absent:
            yield f"Clips of “{track.name}” were left out, for their files are missing: {', '.join(absent)}."
    if any(clip.color for track in project.tracks for clip in track.clips):
        yield "Clips lose colours of their own: Ardour's regions have their track's."
    if project.chords or project.keys:
        yield "Keys and chords stay behind: an Ardour session has no place for them."


def _on_effects(project: Project, files: SessionFiles) -> Iterator[str]:
    heard, lost = [], []
    for track in project.all_tracks:
        effects = ", ".join(insert.name or insert.effect for insert in track.inserts)
        if effects and track.id not in files.sounds:
            lost.append(f"“{track.name}” ({effects})")
        elif effects and track.kind == "bus":
            heard.append(f"“{track.name}” ({effects})")
    if lost:
        names = ", ".join(lost)
        yield f"Effects stay behind, for Ardour has others: {names}. Export stems to keep their sound."
    if heard:
        yield (
            f"What these returns sound like lies on tracks that play into them: {', '.join(heard)}. To use"
            " Ardour's own effects, mute those tracks and switch on the sends."
        )


def _absent(track: Track, files: SessionFiles) -> Iterator[str]:
    """Sources of clips that have no file."""
    for clip in track.clips:
        if isinstance(clip, AudioClip):
            there = files.backwards if clip.reversed else files.sources
            if clip.source_id not in there:
                yield clip.source_id
