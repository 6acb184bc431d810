"""What a REAPER project cannot hold, a sentence each."""

from collections.abc import Collection, Iterator

from musicgen_desktop.document import AudioClip, Project, Track


def reaper_remarks(project: Project, files: Collection[str], sounds: Collection[str]) -> tuple[str, ...]:
    """What does not leave as it is, to be told before or after.

    Args:
        project: the song.
        files: ids of the sources whose files are there.
        sounds: ids of the tracks of notes and returns whose sound is handed over.
    """
    return tuple(_remarks(project, files, sounds))


def _remarks(project: Project, files: Collection[str], sounds: Collection[str]) -> Iterator[str]:
    yield from _on_effects(project, sounds)
    names = {source.id: source.name for source in project.sources}
    for track in project.tracks:
        absent = dict.fromkeys(names[source] for source in _sources_of(track) if source not in files)
        if absent:
            yield f"Clips of “{track.name}” were left out, for their files are missing: {', '.join(absent)}."
    if project.master.polarity_inverted:
        yield "The master's inverted polarity stays behind: REAPER's master has no switch for it."
    if project.chords or project.keys:
        yield "Keys and chords stay behind: a REAPER project has no place for them."


def _on_effects(project: Project, sounds: Collection[str]) -> Iterator[str]:
    heard, lost = [], []
    for track in project.all_tracks:
        effects = ", ".join(insert.name or insert.effect for insert in track.inserts)
        if effects and track.id not in sounds:
            lost.append(f"“{track.name}” ({effects})")
        elif effects and track.kind == "bus":
            heard.append(f"“{track.name}” ({effects})")
    if lost:
        names = ", ".join(lost)
        yield f"Effects stay behind, for REAPER has others: {names}. Export stems to keep their sound."
    if heard:
        yield (
            f"What these returns sound like lies in their folders: {', '.join(heard)}. To use REAPER's own"
            " effects, mute those tracks and unmute what the returns receive."
        )


def _sources_of(track: Track) -> Iterator[str]:
    return (clip.source_id for clip in track.clips if isinstance(clip, AudioClip))
