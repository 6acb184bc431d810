"""The floors below `instruments` pass their tests where there is no Qt, no torch and no sound card."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest
from environment import script_in

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("foundation", "timing", "music", "dsp", "media", "document")
NEEDED = ("msgspec", "numpy", "platformdirs", "soundfile", "soxr")
TO_TEST = ("hypothesis", "psutil", "pyloudnorm", "pytest", "pytest-timeout", "wavinfo")
ABSENT = ("PySide6", "torch", "sounddevice", "pedalboard", "mido", "typer")


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory):
    """An interpreter with nothing but what these floors need, and their tests."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
    python = script_in(folder, "python", windows=sys.platform == "win32")
    pins = ROOT / "installers" / "constraints.txt"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--constraint", pins]
    subprocess.run([*pip, *NEEDED, *TO_TEST], check=True)
    return python


@pytest.mark.slow
def test_lower_floors_pass_their_tests_without_qt_torch_and_sound_card(bare_python):
    question = f"from importlib.util import find_spec; print([x for x in {ABSENT} if find_spec(x)])"
    present = subprocess.run([bare_python, "-c", question], capture_output=True, text=True, check=True)

    folders = [f"tests/unit/{floor}" for floor in FLOORS]
    tests = subprocess.run(
        [bare_python, "-m", "pytest", "-q", *folders], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert present.stdout.strip() == "[]"
    assert tests.returncode == 0, tests.stdout[-4000:] + tests.stderr[-2000:]
