"""The panel of one effect: its head, its curve where it has one, and a knob for each parameter."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from musicgen_desktop.ui.bridges import Bridges, LearnSpot, LearnTarget
from musicgen_desktop.ui.widgets import EmptyState, NoticeBar, text_label

from ._equalizer_view import EqualizerView
from ._flow import FlowLayout
from ._header import EffectHeader
from ._parameter import ParameterControl, control_of
from ._transfer_view import TransferView
from ._view_model import EffectViewModel

_MOST_BIG = 8
"""An effect with more parameters than these gets small knobs."""


class EffectPanel(QWidget):
    """Shows one insert at a time; `show_insert` says which. It empties itself when that is gone."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plugin_rack")
        self.setAccessibleName(self.tr("Effect"))
        self._learning = bridges.learning
        self.model = EffectViewModel(bridges, self)
        self.controls: dict[str, ParameterControl] = {}
        self.header = EffectHeader(self.model, self)
        self._power = LearnSpot(self.header.power, bridges.learning, LearnTarget())
        self._notice = NoticeBar(self)
        self.header.failed.connect(self._notice.say)
        self.header.insert_requested.connect(self._on_insert_requested)
        self._empty = EmptyState(
            "bolt",
            self.tr("No effect chosen"),
            self.tr("Click an effect in the mixer and its controls appear here."),
            self,
        )
        self._foreign = EmptyState(
            "warning",
            self.tr("No controls for this effect"),
            self.tr("It is not one of the built-in effects. Its settings are kept, and the sound passes it."),
            self,
        )
        self._body = QScrollArea(self)
        self._body.setWidgetResizable(True)
        self._body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._notice)
        for page in (self._body, self._empty, self._foreign):
            column.addWidget(page, 1)
        self.model.turned.connect(self._on_turned)
        self.model.changed.connect(self._on_changed)
        self.header.show_effect()
        self._on_turned()

    def show_insert(self, track_id: str, insert_id: str) -> None:
        """Show an effect of a track, the master's too."""
        self.model.show(track_id, insert_id)

    def _on_insert_requested(self, insert_id: str) -> None:
        if self.model.track is not None:
            self.show_insert(self.model.track.id, insert_id)

    def _on_turned(self) -> None:
        """Another effect: other controls."""
        entry, insert = self.model.entry, self.model.insert
        self._empty.setVisible(insert is None)
        self._foreign.setVisible(insert is not None and entry is None)
        self._body.setVisible(entry is not None)
        self._notice.hide()
        self.controls = {}
        page = QWidget()
        if insert is not None:
            self._power.turn_to(self._target("bypassed"))
        if entry is None:
            self._body.setWidget(page)
            return
        is_big = len(entry.parameters) <= _MOST_BIG
        knobs = QWidget(page)
        flow = FlowLayout(knobs, gap=6)
        for title, group in groupby(entry.parameters, key=lambda each: each.group):
            card = QFrame(knobs)
            card.setProperty("kind", "card")
            column = QVBoxLayout(card)
            column.setContentsMargins(8, 5, 8, 5)
            column.setSpacing(3)
            column.addWidget(text_label(title, card, kind="heading"))
            row = QHBoxLayout()
            row.setSpacing(2)
            for parameter in group:
                control = control_of(self.model, parameter, is_big=is_big, parent=card)
                self.controls[parameter.id] = control
                LearnSpot(control.learnable, self._learning, self._target(parameter.id))
                row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
            column.addStretch(1)
            flow.addWidget(card)
        upright = entry.id == "equalizer"
        direction = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        box = QBoxLayout(direction, page)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(8)
        if upright:
            box.addWidget(EqualizerView(self.model, page), 1)
        elif entry.id == "compressor":
            box.addWidget(TransferView(self.model, page), 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(knobs)
        if not upright:
            right.addWidget(text_label(entry.description, page, kind="soft", wrap=True))
            right.addStretch(1)
        box.addLayout(right, 0 if upright else 1)
        self._body.setWidget(page)
        self._on_changed()

    def _target(self, name: str) -> LearnTarget:
        track, insert = self.model.track, self.model.insert
        assert track is not None  # noqa: S101 - there is an effect
        assert insert is not None  # noqa: S101
        return LearnTarget(track.id, f"insert:{insert.id}:{name}")

    def _on_changed(self) -> None:
        values = self.model.values
        for name, control in self.controls.items():
            control.show_value(values[name])
