"""The program's window, built as the program builds it, with a hand inside that answers lines on stdin.

A line is JSON, `[command, argument, …]`; the answer is one line of JSON on stdout. The commands are the
methods of `Hand` without an underscore.
"""

import json
import os
import sys
import time
from functools import partial
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program itself starts

from PySide6.QtCore import QObject, QPoint, QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from musicgen_desktop.app._window import shown_window
from musicgen_desktop.foundation import start_log
from musicgen_desktop.session.commands import move_clips, rename_track
from musicgen_desktop.ui.start import RecoveryNotice
from musicgen_desktop.ui.timeline.headers import HeadersView
from musicgen_desktop.ui.widgets import DragHandle

BAR_TICKS = 3840


class Hand(QObject):
    def __init__(self, application, window):
        super().__init__()
        self._application, self._window = application, window
        self._bridges = window._services.bridges
        self._number = 0
        self._editing = QTimer(self)
        self._editing.timeout.connect(self._edit)
        self._lines = b""
        # What the window does once it is shown stands in the queue before this, and is done first.
        QTimer.singleShot(0, self._listen)

    def state(self):
        """What is seen of the open project."""
        window = self._window
        return {
            "title": window.windowTitle(),
            "folder": str(self._bridges.project.folder),
            "is_safe": window._services.desk.is_safe,
            "playback": self._bridges.player.pid,
            "notice": window.notice.sentence if window.notice.isVisible() else "",
            "status": window.status_line.sentence.whole,
            "questions": [str(notice.left.folder) for notice in self._questions()],
            "number": self._recovered(),
        }

    def click(self, *texts):
        """Press the first visible button with one of these texts, as a mouse does."""
        for text in texts:
            for widget in self._application.allWidgets():
                if isinstance(widget, QAbstractButton) and widget.isVisible() and widget.text() == text:
                    # Later: a press may open a dialog that does not return, and this answer must.
                    QTimer.singleShot(0, partial(QTest.mouseClick, widget, Qt.MouseButton.LeftButton))
                    return text
        return None

    def edit(self, every_ms):
        """Make an edit every so many milliseconds, and tell the number and the moment of each on stdout."""
        self._number = self._recovered()
        self._editing.start(every_ms)

    def where(self, what, name=""):
        """Where on the screen is a clip's grip, a track's handle, another handle by its name, a bar at the
        lower end of the canvas, or the middle of the canvas?
        """
        canvas = self._window.panels.timeline.canvas
        geometry = self._window.panels.timeline.state.geometry
        match what:
            case "canvas":
                return self._on_screen(canvas, canvas.rect().center())
            case "grip":
                box = canvas.rect_of(name)
                at = QPoint(box.right() - 13, box.bottom() - 9)
                assert canvas.hit(at.toPointF()) == (name, "grip")
                return self._on_screen(canvas, at)
            case "header":
                (headers,) = self._window.findChildren(HeadersView)
                return self._on_screen(headers, headers.rect_of(name, "grip").center())
            case "handle":
                for handle in self._window.findChildren(DragHandle):
                    if handle.isVisible() and name in handle.accessibleName():
                        return self._on_screen(handle, handle.rect().center())
                return None
            case "bar":
                tick = self._bridges.project.project.meter_map.tick_of_bar(int(name))
                return self._on_screen(canvas, QPoint(round(geometry.x_of(tick)), canvas.height() - 8))
        raise ValueError(what)

    def close(self):
        """Close the window, as its cross does."""
        QTimer.singleShot(0, self._window.close)

    def _questions(self):
        found = [
            notice
            for top in self._application.topLevelWidgets()
            if top.isVisible()
            for notice in top.findChildren(RecoveryNotice)
            if notice.isVisible()
        ]
        return list({id(notice): notice for notice in found}.values())

    def _on_screen(self, widget: QWidget, at: QPoint):
        place = widget.mapToGlobal(at)
        return [place.x(), place.y()]

    def _edit(self):
        """Odd ones rename the first track, even ones move its first clip: the project tells the number."""
        self._number += 1
        bridge = self._bridges.project
        track = bridge.project.tracks[0]
        if self._number % 2:
            done = bridge.ask(rename_track, track.id, f"Edit {self._number}")
        else:
            clip = track.clips[0]
            done = bridge.ask(move_clips, [clip.id], by_ticks=_place(self._number) - clip.start_ticks)
        assert done
        os.write(1, f"{self._number} {time.monotonic()}\n".encode())

    def _recovered(self):
        """The number of the last edit that the project holds; 0 when it is no project of ours."""
        tracks = self._bridges.project.project.tracks
        if not tracks or not tracks[0].name.startswith("Edit "):
            return 0
        named = int(tracks[0].name.removeprefix("Edit "))
        place = tracks[0].clips[0].start_ticks
        assert named == 1 or place in (_place(named - 1), _place(named + 1)), "half an edit"
        return named + 1 if place == _place(named + 1) else named

    def _listen(self):
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._tell("begun")

    def _tell(self, answer):
        os.write(1, json.dumps(answer).encode() + b"\n")

    def _read(self):
        data = os.read(0, 65536)
        if not data:
            self._notifier.setEnabled(False)
            return
        *lines, self._lines = (self._lines + data).split(b"\n")
        for line in lines:
            command, *arguments = json.loads(line)
            self._tell(getattr(self, command)(*arguments))


def _place(number):
    """Where an edit with an even number moves the clip, in ticks."""
    return (100 + number // 2 % 50) * BAR_TICKS


def main():
    start_log()
    words = sys.argv[1:]
    with shown_window(Path(words[0]) if words else None) as (application, window):
        hand = Hand(application, window)
        status = application.exec()
        del hand
    sys.exit(status)


if __name__ == "__main__":
    main()
