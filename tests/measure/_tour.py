"""The way through the window: every state in its turn, each brought about as a user would."""

import wave
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from musicgen_desktop.app._window import shown_window
from musicgen_desktop.session.preferences import Preferences, save_preferences
from musicgen_desktop.session.workspace import LeftBehind
from musicgen_desktop.ui.main_window.bench._waiting import rest, wait_until, wait_until_usable
from musicgen_desktop.ui.theme import tokens
from tests.measure.screenshots import PROMPT, SEED

Keep = Callable[[str, QImage], None]
BAR = 4 * 960
CREATED = "2026-03-14T18:30:00+00:00"


def tour(keep: Keep, size: tuple[int, int], place: Path, *, theme: str, language: str) -> None:
    """Open the window with settings of its own and show all of it."""
    home = place / "home"
    (home / "Music").mkdir(parents=True)
    for name, notes in (("hum", 174.6), ("whistle", 698.5), ("drone", 87.3)):
        write_hum(home / "Music" / f"{name}.wav", 16 * 4 * 60 / 82, notes)
    save_preferences(Preferences(device="silent", theme=theme, language=language, autosave_minutes=0))
    with shown_window(None) as (application, window):
        application.setCursorFlashTime(0)  # a caret that stays
        window.resize(*size)
        wait_until_usable(application)
        Tour(keep, window, place, size).go()
        window.panels.close()


class Tour:
    """One walk; each method leaves the window as the next one wants it."""

    def __init__(self, keep, window, place, size):
        self.keep, self.window, self.place, self.size = keep, window, place, size
        self.panels, self.services = window.panels, window.services
        self.bridges = window.services.bridges

    @property
    def project(self):
        return self.bridges.project.project

    def go(self):
        self.start()
        self.song()
        self.timeline()
        self.notes()
        self.right_side()
        self.below()
        self.dialogs()
        self.small()
        self.troubles()

    # ---- states --------------------------------------------------------------------------------

    def start(self):
        wait_until(lambda: self.bridges.player.speaker is not None, "The playback process did not start.")
        self.window.start.sound.hide()  # no card of this machine is worth a word here
        self.shot("start")

    def song(self):
        model = self.panels.prompt.model
        model.seed, model.seed_locked = SEED, True
        self.window.start.field.setText(PROMPT)
        press(self.window.start.field, Qt.Key.Key_Return)
        wait_until(lambda: self.bridges.player.tick > 0.0, "The song never played.")
        wait_until(lambda: not self.services.takes.is_busy, "The takes were never there.")
        self.forget_the_hour()
        self.bring_voice()
        self.bridges.player.stop()
        wait_until(lambda: self.bridges.player.state == "stopped", "The song never stopped.")
        self.fall_silent()
        self.look_played(BAR * 4 + 960)
        self.shot("playing")
        self.window.resizeDocks([self.panels.dock("mixer")], [self.size[1] // 2], Qt.Orientation.Vertical)
        self.shot("mixer_tall")
        self.bridges.player.state = "stopped"
        self.bridges.player.state_changed.emit("stopped")
        self.fall_silent()
        # From here on nothing of the player moves by itself.
        self.bridges.player._timer.start = lambda *_every: None

    def timeline(self):
        clip = self.track("chords").clips[0]
        self.panels.timeline.state.show_span(0, 6 * BAR)
        self.bridges.selection.select_clips((clip.id,))
        self.shot("timeline_zoomed")
        self.bridges.actions["timeline.fit"].trigger()
        self.panels.show("inspector", focus=False)
        self.window.resizeDocks([self.panels.dock("mixer")], [self.size[1] // 4], Qt.Orientation.Vertical)
        self.shot("inspector")

    def notes(self):
        self.window.resizeDocks([self.panels.dock("mixer")], [self.size[1] // 2], Qt.Orientation.Vertical)
        self.panels.show("piano_roll")
        for role, name in (("chords", "piano_roll"), ("drums", "piano_roll_drums")):
            clip = self.track(role).clips[0]
            self.bridges.selection.edit_clip(clip.id)
            self.shot(name)

    def right_side(self):
        found = [
            (track, insert)
            for track in (*self.project.tracks, self.project.master)
            for insert in track.inserts
        ]
        for effect, name in (("equalizer", "effect"), ("compressor", "effect_compressor")):
            track, insert = next(each for each in found if each[1].effect == effect)
            self.panels.effect.panel.show_insert(track.id, insert.id)
            self.panels.show("mixer", focus=False)
            self.panels.show("effect", focus=False)
            self.window.resizeDocks([self.panels.dock("effect")], [460], Qt.Orientation.Horizontal)
            self.window.resizeDocks([self.panels.dock("mixer")], [self.size[1] // 3], Qt.Orientation.Vertical)
            self.shot(name)
        self.panels.show("history", focus=False)
        self.shot("history")
        self.panels.show("inspector", focus=False)

    def below(self):
        self.bridges.selection.select_clips(())
        self.bridges.selection.select_tracks()
        self.panels.show("plots")
        self.window.resizeDocks([self.panels.dock("plots")], [self.size[1] // 2], Qt.Orientation.Vertical)
        for number, name in enumerate(("spectrum", "spectrogram", "loudness", "stereo")):
            self.settle()
            self.panels.plots.panel.show_plot(number)
            self.shot(f"plots_{name}")
        self.panels.show("browser")
        self.settle()
        for number, name in enumerate(("files", "presets", "takes", "sources")):
            self.panels.browser.panel.show_page(number)
            self.shot(f"browser_{name}")
        self.panels.show("library")
        self.shot("library")
        self.panels.show("bridge")
        self.shot("to_your_daw")
        self.panels.lay_out()

    def dialogs(self):
        dialogs = self.window.dialogs
        self.over("palette", dialogs.palette)
        self.over("shortcuts", dialogs.shortcuts)
        self.over("send", dialogs.send)
        for name in ("sound", "midi", "look", "editing", "files"):
            self.over(
                f"settings_{name}",
                dialogs.settings,
                lambda dialog, name=name: self.turn_to(dialog, name),
            )
        self.over("about", dialogs.about)

    def small(self):
        self.window.resize(1280, 720)
        self.panels.lay_out()
        self.shot("at_1280x720")
        self.window.resize(self.window.minimumSize())
        self.shot("at_its_smallest")
        self.window.resize(*self.size)

    def troubles(self):
        prompt = self.panels.prompt
        prompt.model.set_text("chords", "Am H#7")
        self.window.open_folder(self.place / "home" / "Gone.mgproj")
        self.shot("failed")
        prompt.model.set_text("chords", "")
        self.window.notice.hide()
        folder = self.place / "home" / "Music" / "Rainy walk.mgproj"
        self.services.desk.save_as(folder)
        self.window.new()
        for file in (folder / "audio").glob("*"):
            file.unlink()
        self.over("missing_media", lambda: self.window.open_folder(folder))
        self.window.new()
        self.settle()
        left = LeftBehind(folder, CREATED, "open", 1, 23, "", None, self.place / "mark")
        self.window.start.show_left_behind((left,))
        self.shot("recovery")
        broken = msgspec.structs.replace(left, phase="opening", attempts=2)
        self.over(
            "recovery_twice", lambda: self.window.dialogs.tell_left_behind((broken,), self.window.start)
        )

    def turn_to(self, settings, name):
        wait_until(settings.sound.again.isEnabled, "The devices were never found.")
        settings.show_page(getattr(settings, name))
        wait_until(settings.midi.again.isEnabled, "The MIDI ports were never found.")

    # ---- hands ---------------------------------------------------------------------------------

    def track(self, role):
        track = self.project.track_of(role)
        assert track is not None, role
        return track

    def forget_the_hour(self):
        """A take tells when it was made; no edit changes that."""
        takes = tuple(msgspec.structs.replace(take, created=CREATED) for take in self.project.takes)
        store = self.bridges.project.store
        store._project = msgspec.structs.replace(store.project, takes=takes)

    def bring_voice(self):
        """A sound of our own making on an audio track."""
        path = self.place / "home" / "Music" / "hum.wav"
        before = len(self.project.tracks)
        self.window.importing.bring([path], 0)
        wait_until(lambda: len(self.project.tracks) > before, "The file was never imported.")

    def look_played(self, tick):
        """As while it plays, at one moment: play head and meters stay where they are."""
        player, ids = self.bridges.player, [track.id for track in self.project.all_tracks]
        reading = player._player.reading()
        order = [ids.index(each) for each in player._player.strips_of(reading)]
        peaks = 0.25 + 0.5 * np.abs(np.sin(np.array(order) * 1.7))[:, None]
        levels = np.concatenate([peaks, peaks * 0.93, peaks * 0.5, peaks * 0.47], 1).astype(np.float32)
        player._timer.stop()
        player.state = "playing"
        player.state_changed.emit("playing")
        player._set_tick(float(tick))
        self.read(levels=levels, momentary_lufs=-13.4, cpu_share=0.12)

    def fall_silent(self):
        """As a minute after the end."""
        player, view = self.bridges.player, self.panels.mixer.view
        if player.is_running:
            player.stop()
        ids = [track.id for track in self.project.all_tracks]
        player._timer.start(16)
        wait_until(
            lambda: (
                player.state == "stopped"
                and set(player._player.strips_of(player._player.reading())) == set(ids)
                and all(view.meter(each).holds == (0, 0) for each in ids)
            ),
            "The meters never fell.",
        )
        player.return_to_start()
        rest(400)  # the headers' meters fall a second at a time
        player._timer.stop()
        for each in ids:
            view.forget_peak(each)
        self.bridges.status.say("")
        self.read(momentary_lufs=-np.inf, cpu_share=0.02)

    def read(self, **moment):
        """A reading comes, with what differs from one machine to another said here."""
        player = self.bridges.player
        moment |= {"short_term_lufs": -14.1, "integrated_lufs": -14.2, "true_peak_dbtp": -1.4}
        moment |= {"starvations": 0, "late_frames": 0, "xruns": 0}
        player.read.emit(msgspec.structs.replace(player._player.reading(), **moment))

    def shot(self, name):
        self.settle()
        self.keep(name, self.window.grab().toImage())

    def over(self, name, ask, prepare=None):
        """A dialog over the window, which `ask` opens and waits for."""

        def take():
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog):
                QTimer.singleShot(5, take)
                return
            if prepare is not None:
                prepare(dialog)
            self.settle()
            self.settle()
            self.keep(name, self.with_dialog(dialog))
            dialog.reject()

        QTimer.singleShot(0, take)
        ask()

    def with_dialog(self, dialog: QWidget) -> QImage:
        picture = self.window.grab().toImage()
        painter = QPainter(picture)
        painter.fillRect(self.window.rect(), QColor(0, 0, 0, 110))
        at = self.window.rect().center() - dialog.rect().center()
        painter.fillRect(dialog.rect().translated(at).adjusted(-1, -1, 1, 1), QColor(tokens().line_strong))
        painter.drawPixmap(QPoint(at), dialog.grab())
        painter.end()
        return picture

    def settle(self):
        """Until nothing is being made any more: jobs, waveforms, what was put off."""
        services, tiles = self.services, self.panels.timeline.canvas.tiles
        rest(0)
        wait_until(
            lambda: not services.takes.is_busy and services.jobs.running is None and not tiles.lacking,
            "The window never came to rest.",
        )
        # Timers of a moment: a field that waits for the next letter, the end of a zoom.
        rest(400)


def press(widget, key):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "\r"))


def write_hum(path, seconds, hz, rate=44100):
    """Long notes that swell, mono."""
    at = np.arange(round(seconds * rate)) / rate
    swell = np.sin(np.pi * (at / 5.85 % 1.0)) ** 0.7 * (0.6 + 0.4 * np.sin(at * 11.0) ** 2)
    sound = 0.5 * swell * (np.sin(at * 2 * np.pi * hz) + 0.3 * np.sin(at * 4 * np.pi * hz))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((sound * 20000).astype("<i2").tobytes())
