"""Questions that may crash or hang the asker are put to a child process of the same program."""

import subprocess
from collections.abc import Callable

from musicgen_desktop.foundation import own_program

_LIMIT_S = 30.0


def ask_child(question: str) -> tuple[bool, str]:
    """Start the program again with one of `QUESTIONS`.

    Returns:
        Whether the child ended well, and the last line that it printed (or of its error).
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own program, our own words
            [*own_program(), "doctor", "--ask", question],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LIMIT_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return False, f"no answer within {_LIMIT_S:.0f} s"
    except OSError as error:
        return False, error.strerror or "the program could not be started"
    lines = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
    return done.returncode == 0, lines[-1].strip() if lines else f"exit status {done.returncode}"


def _output_devices() -> str:
    from musicgen_desktop.playback.speaker import list_devices  # noqa: PLC0415

    found = list_devices()
    names = {device.index: device.name for device in found.devices}
    outputs = sum(device.outputs > 0 for device in found.devices)
    return f"{outputs}|{names.get(found.default_output, '') if found.default_output is not None else ''}"


def _midi_ports() -> str:
    from musicgen_desktop.playback.live import list_midi_inputs  # noqa: PLC0415

    return str(len(list_midi_inputs()))


def _qt() -> str:
    from PySide6 import QtCore  # noqa: PLC0415

    return str(QtCore.qVersion())


def _decoding() -> str:
    from musicgen_desktop.generation.musicgen.native import _step  # noqa: PLC0415

    return "|".join(_step.instruction_sets())


QUESTIONS: dict[str, Callable[[], str]] = {
    "devices": _output_devices,
    "midi": _midi_ports,
    "qt": _qt,
    "decoding": _decoding,
}
"""What a child may be asked; each answers with one line."""


def answer_question(question: str) -> None:
    """The child's side: print the answer; a library that fails ends the process as it likes."""
    print(QUESTIONS[question]())  # noqa: T201
