"""File names people and DAWs both read: number, name, tempo, key."""

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import safe_file_name
from musicgen_desktop.music import Key


def numbered_name(number: int, name: str) -> str:
    """The beginning of a track's file names: `01_drums`, `12_warm-pad`."""
    return f"{number:02d}_{safe_file_name(name).replace(' ', '-').lower()}"


def stem_file_name(number: int, name: str, project: Project, *, extension: str = "wav") -> str:
    """`01_drums_92bpm_Am.wav`; a tempo that is not whole keeps its decimals (`92.5bpm`)."""
    tempo = f"{project.tempo_map.points[0].bpm:.2f}".rstrip("0").rstrip(".")
    parts = [numbered_name(number, name), f"{tempo}bpm"]
    if project.keys:
        parts.append(Key.parse(project.keys[0].key).short.replace(" ", "-"))
    return "_".join(parts) + f".{extension}"
