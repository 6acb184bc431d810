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
    names = {source.id: source.name for source in project.sources}
    for track in project.all_tracks:
        if effects := ", ".join(insert.name or insert.effect for insert in track.inserts):
            yield from _on_effects(track, effects, has_sound=track.id in sounds)
        lost = dict.fromkeys(names[source] for source in _sources_of(track) if source not in files)
        if lost:
            yield f"Clips of “{track.name}” were left out, for their files are missing: {', '.join(lost)}."
    if project.master.polarity_inverted:
        yield "The master's inverted polarity stays behind: REAPER's master has no switch for it."
    if project.chords or project.keys:
        yield "Keys and chords stay behind: a REAPER project has no place for them."


def _on_effects(track: Track, effects: str, *, has_sound: bool) -> Iterator[str]:
    if not has_sound:
        yield (
            f"The effects of “{track.name}” stay behind ({effects}): REAPER has others."
            " Export stems to keep their sound."
        )
    elif track.kind == "bus":
        yield (
            f"The effects of “{track.name}” stay behind ({effects}), but what they sound like lies in its"
            " folder. To use REAPER's own, mute that track and unmute what “"
            f"{track.name}” receives."
        )


def _sources_of(track: Track) -> Iterator[str]:
    return (clip.source_id for clip in track.clips if isinstance(clip, AudioClip))
