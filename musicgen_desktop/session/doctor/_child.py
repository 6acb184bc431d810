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
    import sounddevice  # noqa: PLC0415

    outputs = [device for device in sounddevice.query_devices() if device["max_output_channels"]]
    default = sounddevice.query_devices(kind="output")["name"] if outputs else ""
    return f"{len(outputs)}|{default}"


def _midi_ports() -> str:
    import mido  # noqa: PLC0415

    mido.set_backend("mido.backends.rtmidi")
    return str(len(mido.get_output_names()))


def _qt() -> str:
    from PySide6 import QtCore  # noqa: PLC0415

    return str(QtCore.qVersion())


QUESTIONS: dict[str, Callable[[], str]] = {"devices": _output_devices, "midi": _midi_ports, "qt": _qt}
"""What a child may be asked; each answers with one line."""


def answer_question(question: str) -> None:
    """The child's side: print the answer; a library that fails ends the process as it likes."""
    print(QUESTIONS[question]())  # noqa: T201
