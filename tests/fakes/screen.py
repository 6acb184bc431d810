"""A real X screen without a monitor, a window manager on it, and hands that press its keys and mouse."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import numpy as np
from PySide6.QtGui import QImage

T = TypeVar("T")

NEEDED = ("Xvfb", "openbox", "xdotool", "wmctrl")


def has_screen() -> bool:
    """Whether all that is needed is installed."""
    return all(shutil.which(program) for program in NEEDED)


class Screen:
    """One X display; programs started with `environment` show themselves on it."""

    def __init__(self, display: str) -> None:
        self.display = display

    @property
    def environment(self) -> dict[str, str]:
        """For programs that show themselves here."""
        kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        return kept | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def do(self, *words: object) -> str:
        """One command of xdotool; what it prints."""
        command = ["xdotool", *(str(word) for word in words)]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=True, timeout=30
        )
        return done.stdout.strip()

    def windows(self) -> dict[str, str]:
        """Titles by window number."""
        done = subprocess.run(
            ["wmctrl", "-l"], env=self.environment, capture_output=True, text=True, check=False, timeout=30
        )
        rows = (line.split(None, 3) for line in done.stdout.splitlines())
        return {row[0]: row[3] if len(row) > 3 else "" for row in rows}

    def wait_for_window(self, part_of_title: str, within_s: float = 120.0) -> str:
        """The number of the window with these words in its title."""

        def found() -> str:
            titles = self.windows().items()
            return next((number for number, title in titles if part_of_title.lower() in title.lower()), "")

        return self.wait_for(found, within_s, f"no window “{part_of_title}” came")

    def wait_for(
        self, what: Callable[[], T], within_s: float = 120.0, otherwise: str = "it did not come"
    ) -> T:
        """What this gives, as soon as it gives something: other programs are seen only by looking."""
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            if given := what():
                return given
            time.sleep(0.05)
        raise AssertionError(f"{otherwise}; there are {self.windows()}")

    def place(self, number: str, x: int, y: int, width: int = -1, height: int = -1) -> None:
        """Move a window, and size it, as its user would; the frame's upper left corner."""
        words = ["wmctrl", "-i", "-r", number, "-e", f"0,{x},{y},{width},{height}"]
        subprocess.run(words, env=self.environment, check=True, timeout=30)

    def drag_until(
        self, start: tuple[int, int], end: tuple[int, int], came: Callable[[], T], key: str = ""
    ) -> T:
        """Drag until this gives something; what that is.

        Whatever is let go before the program under the hand has answered does not fall: then the hand rests
        for longer.
        """
        for rest_s in (0.5, 2.0, 5.0):
            self.drag(start, end, key, rest_s)
            with suppress(AssertionError):
                return self.wait_for(came, 30.0)
        self.drag(start, end, key, 10.0)
        return self.wait_for(came)

    def drag(self, start: tuple[int, int], end: tuple[int, int], key: str = "", rest_s: float = 0.5) -> None:
        """A drag as a hand makes it: press, rest, small moves, rest, let go; with a key held, or without."""
        self.do("mousemove", *start)
        time.sleep(0.3)
        if key:
            self.do("keydown", key)
        self.do("mousedown", 1)
        time.sleep(0.2)
        steps = 20
        for step in range(1, steps + 1):
            x = start[0] + (end[0] - start[0]) * step // steps
            y = start[1] + (end[1] - start[1]) * step // steps
            self.do("mousemove", x, y)
            time.sleep(0.04)
        time.sleep(rest_s)
        self.do("mouseup", 1)
        if key:
            self.do("keyup", key)


@contextmanager
def screen(size: str = "1600x1000x24"):
    """A screen with a window manager."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        shown = Screen(display)
        manager = subprocess.Popen(
            ["openbox"], env=shown.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for_manager(shown)
            yield shown
        finally:
            manager.terminate()
            manager.wait(10)
    finally:
        server.terminate()
        server.wait(10)


def _wait_for_manager(shown: Screen) -> None:
    until = time.monotonic() + 20.0
    while time.monotonic() < until:
        done = subprocess.run(
            ["wmctrl", "-m"], env=shown.environment, capture_output=True, text=True, check=False, timeout=30
        )
        if "openbox" in done.stdout.lower():
            return
        time.sleep(0.05)
    raise AssertionError("the window manager did not come")


def has_programs(*names: str) -> bool:
    """Whether these are installed, and what a screen needs."""
    return has_screen() and all(shutil.which(name) for name in names)


def picture(shown: Screen, file: Path) -> None:
    """The whole screen as a PNG."""
    subprocess.run(["import", "-window", "root", str(file)], env=shown.environment, check=True, timeout=30)


def picture_at_rest(shown: Screen, file: Path, left: int, top: int, width: int, height: int) -> None:
    """As `picture`, once a rectangle of the screen does not change: other programs paint when they like."""
    part = np.s_[top : top + height, left : left + width]
    earlier = np.empty(0)

    def rests() -> bool:
        nonlocal earlier
        before = earlier
        picture(shown, file)
        earlier = _pixels(file)[part]
        return np.array_equal(before, earlier)

    shown.wait_for(rests, otherwise="the screen does not come to rest")


def changed_part(before: Path, after: Path, left: int, top: int, width: int, height: int) -> tuple[int, int]:
    """The middle of what differs between two pictures of the screen, inside a rectangle of it.

    Raises:
        AssertionError: when nothing does.
    """
    pixels = [_pixels(file)[top : top + height, left : left + width] for file in (before, after)]
    rows, columns = np.nonzero((pixels[0] != pixels[1]).any(axis=2))
    assert len(rows), "nothing changed"
    return left + int(columns.min() + columns.max()) // 2, top + int(rows.min() + rows.max()) // 2


def _pixels(file: Path) -> np.ndarray:
    image = QImage(str(file)).convertToFormat(QImage.Format.Format_RGBX8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()
