"""What `import` costs: opening every room loads none of the large libraries."""

import json
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "musicgen_desktop"
ROOMS = sorted(door.parent.name for door in PACKAGE.glob("*/__init__.py") if door.parent.name != "ui")
LARGE = {
    "PySide6",
    "librosa",
    "matplotlib",
    "numba",
    "ray",
    "scipy",
    "sklearn",
    "sounddevice",
    "torch",
    "torchaudio",
    "transformers",
}


def test_opening_every_room_loads_no_large_library():
    doors = "; ".join(f"import musicgen_desktop.{room}" for room in ROOMS)

    loaded = modules_after(doors)

    assert {"foundation", "generation", "cli"} <= set(ROOMS)
    assert loaded & LARGE == set()


def test_the_list_of_modules_would_show_a_large_library():
    loaded = modules_after("import scipy")

    assert loaded & LARGE == {"scipy"}


def modules_after(program: str) -> set[str]:
    program = f"{program}; import json, sys; print(json.dumps(list(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in json.loads(answer.stdout)}
