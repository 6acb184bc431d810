"""Which model makes the sound, and how it will decode; or how one comes by a model."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from musicgen_desktop.session.controllers.catalogue import SoundModel
from musicgen_desktop.ui.theme import icon, restyle, tokens
from musicgen_desktop.ui.widgets import ElidedLabel, IconButton, TextButton

from ._settings import SoundSettings


class ModelRow(QFrame):
    """The models as a list, with a line below; in their place a card while there is none."""

    model_requested = Signal(str)
    look_requested = Signal()
    library_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[SoundModel, ...] = ()
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(self.tr("Model"))
        self.choice.setMinimumContentsLength(8)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.view().setMinimumWidth(260)
        self.again = IconButton("retry", self.tr("Look for models again"), self)
        self._mark = QLabel(self)
        self.said = ElidedLabel(self)
        self.said.setProperty("kind", "note")
        self.card = QFrame(self)
        self.card.setProperty("kind", "card")
        self.sentence = QLabel(self.card)
        self.sentence.setWordWrap(True)
        self.library = TextButton(self.tr("Open the Library"), self.card, icon_name="library")
        self.retry = TextButton(self.tr("Try again"), self.card, icon_name="retry")
        self._lay_out()
        self.choice.activated.connect(lambda index: self.model_requested.emit(self.choice.itemData(index)))
        for button in (self.again, self.retry):
            button.clicked.connect(self.look_requested)
        self.library.clicked.connect(self.library_requested)

    def show_settings(self, settings: SoundSettings, engine_name: str) -> None:
        """The state of the view model."""
        models, trouble, stage = settings.models, settings.trouble, settings.stage
        self._fill(models or ())
        index = self.choice.findData(settings.model_id)
        if index != self.choice.currentIndex():
            self.choice.setCurrentIndex(index)
        has_any = bool(models)
        for widget in (self.choice, self.again):
            widget.setVisible(has_any)
        nothing = models == () and not stage
        self.card.setVisible(bool(trouble) or nothing)
        self.library.setVisible(nothing and not trouble)
        self.retry.setVisible(bool(trouble))
        restyle(self.sentence, "kind", "bad" if trouble else "plain")
        if trouble:
            self.sentence.setText(trouble)
        elif nothing:
            none = self.tr(
                "No model of {engine} is installed. The Library gets one, or adds one from a folder."
            )
            self.sentence.setText(none.format(engine=engine_name))
        self._show_line("" if trouble else stage or settings.path, is_ready=not stage)

    def _show_line(self, text: str, *, is_ready: bool) -> None:
        worn = tokens()
        sign, tint = ("bolt", worn.good) if is_ready else ("busy", worn.accent)
        self._mark.setPixmap(icon(sign, tint).pixmap(12, 12))
        said = self.tr("Decodes by: {path}").format(path=text) if is_ready else f"{text} …"
        self.said.show_text(said if text else "")
        for each in (self._mark, self.said):
            each.setVisible(bool(text))

    def _fill(self, models: tuple[SoundModel, ...]) -> None:
        if models == self._shown:
            return
        self._shown = models
        self.choice.clear()
        for number, model in enumerate(models):
            self.choice.addItem(model.name, model.id)
            self.choice.setItemData(number, terms_of(model), Qt.ItemDataRole.ToolTipRole)
            mark = ("check", tokens().good) if model.commercial_use else ("warning", tokens().warn)
            self.choice.setItemIcon(number, icon(*mark))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.choice, 1)
        row.addWidget(self.again)
        line = QHBoxLayout()
        line.setSpacing(5)
        line.addWidget(self._mark)
        line.addWidget(self.said, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.library)
        buttons.addWidget(self.retry)
        buttons.addStretch(1)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.setSpacing(6)
        inside.addWidget(self.sentence)
        inside.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.card)
        column.addLayout(line)


def terms_of(model: SoundModel) -> str:
    """“CC-BY-NC 4.0, not for commercial use”."""
    said = (
        QCoreApplication.translate("SoundModels", "{licence}, free to use commercially")
        if model.commercial_use
        else QCoreApplication.translate("SoundModels", "{licence}, not for commercial use")
    )
    return said.format(licence=model.licence)
