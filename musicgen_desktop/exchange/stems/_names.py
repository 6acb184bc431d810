"""File names people and DAWs both read: number, name, tempo, key."""

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import safe_file_name
from musicgen_desktop.music import Key


def numbered_name(number: int, name: str) -> str:
    """The beginning of a track's file names: `01_drums`, `12_warm-pad`."""
    return f"{number:02d}_{safe_file_name(name).replace(' ', '-').lower()}"


def stem_file_name(
    number: int, name: str, project: Project, *, extension: str = "wav", at_tick: int = 0
) -> str:
    """`01_drums_92bpm_Am.wav`; a tempo that is not whole keeps its decimals (`92.5bpm`).

    Args:
        number: of the track.
        name: of what is in the file.
        project: the song.
        extension: of the file, without the dot.
        at_tick: where the file begins: tempo and key are those of this place.
    """
    tempo = f"{project.tempo_map.bpm_at(at_tick):.2f}".rstrip("0").rstrip(".")
    parts = [numbered_name(number, name), f"{tempo}bpm"]
    key = key_at(project, at_tick)
    if key is not None:
        parts.append(key.short.replace(" ", "-"))
    return "_".join(parts) + f".{extension}"


def key_at(project: Project, tick: int) -> Key | None:
    """The key that holds at a tick; before the first change it is that one's."""
    if not project.keys:
        return None
    held = [change for change in project.keys if change.tick <= tick]
    return Key.parse((held[-1] if held else project.keys[0]).key)
