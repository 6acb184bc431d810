"""The mixer: a rail of switches, the strips, and what to say when there are none."""

import math
import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from musicgen_desktop.session.controllers.playing import BoardReading
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.widgets import EmptyState, IconButton, NoticeBar

from ._parts import NAME
from ._pictures import LoudnessPicture
from ._view import MixerView
from ._view_model import MixerViewModel

_LOUDEST_DBTP = -1.0


class MixerPanel(QWidget):
    """Every track, bus and the master as a strip.

    Args:
        bridges: of the window.
        clock: seconds that only go on, for the meters.
    """

    effect_requested = Signal(str, str)
    """Track id and insert id: the user wants to see this effect."""

    def __init__(
        self,
        bridges: Bridges,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._bridges = bridges
        self._clock = clock
        self.setObjectName("mixer")
        self.setAccessibleName(self.tr("Mixer"))
        self.model = MixerViewModel(bridges, self)
        self._add_actions()
        self.view = MixerView(self.model, bridges, self)
        self._empty = EmptyState(
            "mixer",
            self.tr("No tracks yet"),
            self.tr("Compose a song or add a track: each one gets a strip with level, effects and sends."),
            self,
        )
        self._notice = NoticeBar(self)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail())
        row.addWidget(self._empty, 1)
        row.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._notice)
        column.addLayout(row, 1)
        self.setFocusProxy(self.view)
        self.model.effect_requested.connect(self.effect_requested)
        self.model.changed.connect(self._on_changed)
        bridges.player.read.connect(self._on_read)
        self._on_changed()

    def _add_actions(self) -> None:
        model, title = self.model, self.tr("Mixer")

        def add(name: str, text: str, slot: Callable[[], object], *keys: str, icon: str = "") -> None:
            self._bridges.actions.add(
                f"mixer.{name}", title, text, slot, shortcuts=keys, icon=icon, owner=self
            )

        add("group", self.tr("Group tracks"), model.group, "Ctrl+G", icon="group")
        add("add_bus", self.tr("Add bus"), model.add_bus, icon="add")
        add("rename", self.tr("Rename strip"), lambda: self.view.write(model.current_id, NAME), "F2")
        add("mute", self.tr("Mute"), lambda: model.toggle_mute(model.current_id), "M", icon="mute")
        add("solo", self.tr("Solo"), lambda: model.toggle_solo(model.current_id), "S", icon="solo")
        add(
            "arm",
            self.tr("Arm for recording"),
            lambda: model.toggle_arm(model.current_id),
            "Shift+R",
            icon="arm",
        )
        for name, text, slot, sign in (
            ("show_inserts", self.tr("Show effects"), self._show_inserts, "bolt"),
            ("show_sends", self.tr("Show sends"), self._show_sends, "send"),
            ("narrow", self.tr("Narrow strips"), self._set_narrow, "fit"),
        ):
            action = self._bridges.actions.add(
                f"mixer.{name}", title, text, slot, icon=sign, checkable=True, owner=self
            )
            action.setChecked(name != "narrow")

    def _rail(self) -> QFrame:
        rail = QFrame(self)
        rail.setProperty("kind", "panel")
        rail.setFixedWidth(34)
        column = QVBoxLayout(rail)
        column.setContentsMargins(4, 6, 4, 6)
        column.setSpacing(2)
        for name, sign in (
            ("add_bus", "add"),
            ("group", "group"),
            ("show_inserts", "bolt"),
            ("show_sends", "send"),
            ("narrow", "fit"),
        ):
            button = IconButton.of(self._bridges.actions[f"mixer.{name}"], sign, rail)
            button.setFixedSize(26, 26)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return rail

    def _show_inserts(self) -> None:
        self.model.show_racks(inserts=self._bridges.actions["mixer.show_inserts"].isChecked())

    def _show_sends(self) -> None:
        self.model.show_racks(sends=self._bridges.actions["mixer.show_sends"].isChecked())

    def _set_narrow(self) -> None:
        self.model.set_narrow(narrow=self._bridges.actions["mixer.narrow"].isChecked())

    def _on_changed(self) -> None:
        empty = len(self.model.strips) == 1
        self._empty.setVisible(empty)
        self.view.setMaximumWidth(self.view.master_width + 2 if empty else 16777215)

    def _on_read(self, reading: BoardReading) -> None:
        if not self.isVisible():
            return
        self.view.show_levels(self._bridges.player.levels(reading), self._clock())
        self.view.show_loudness(_loudness(reading))


def _loudness(reading: BoardReading) -> LoudnessPicture:
    def written(value: float) -> str:
        if not math.isfinite(value) or value < -99.0:
            return "–"
        return f"{'−' if value < 0.0 else '+'}{abs(value):.1f}"

    return LoudnessPicture(
        written(reading.momentary_lufs),
        written(reading.short_term_lufs),
        written(reading.integrated_lufs),
        written(reading.true_peak_dbtp),
        over=reading.true_peak_dbtp > _LOUDEST_DBTP,
    )
