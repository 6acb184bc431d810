"""What a MIDI file cannot hold, or programs do not take from one, a sentence each."""

from collections.abc import Iterator

from musicgen_desktop.document import Project


def midi_remarks(project: Project) -> tuple[str, ...]:
    """What does not arrive as it is, to be told before or after."""
    return tuple(_remarks(project))


def _remarks(project: Project) -> Iterator[str]:
    silent = [track.name for track in project.tracks if track.kind == "audio" and track.clips]
    if silent:
        yield f"Sound has no place in MIDI files: {', '.join(silent)}."
    if len(project.tempo_map.points) > 1 or len(project.meter_map.changes) > 1:
        yield (
            "Logic Pro takes changes of tempo and meter when the file is opened, not when it is dragged in;"
            " Live takes them as far as notes reach."
        )
