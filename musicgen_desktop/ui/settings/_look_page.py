"""How the window looks, and in which language it speaks."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from musicgen_desktop.session.preferences import Preferences
from musicgen_desktop.ui.widgets import TextButton

from ._form import Form, choose
from ._theme_choice import ThemeChoice


class LookPage(Form):
    """Theme, language, and the way back to the first layout."""

    reset_layout_requested = Signal()

    def __init__(self, languages: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Look"), parent)
        self.themes = QButtonGroup(self)
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for value, text in (
            ("dark", self.tr("Dark")),
            ("light", self.tr("Light")),
            ("system", self.tr("As the system")),
        ):
            button = ThemeChoice(value, text, holder)
            self.themes.addButton(button)
            row.addWidget(button)
        self.themes.buttonClicked.connect(lambda _button: self.edited.emit())
        self.add(self.tr("Theme"), holder)
        named = [(tag, _own_name(tag)) for tag in languages]
        self.language = self.choice([("", self.tr("As the system")), *named])
        self.add(self.tr("Language"), self.language, hint=self.tr("Changes at the next start."))
        self.reset = TextButton(self.tr("Reset layout"), self, icon_name="undo")
        self.reset.clicked.connect(self.reset_layout_requested)
        self.add(
            self.tr("Panels"), self.reset, hint=self.tr("Puts all panels where they were at the first start.")
        )

    def show_preferences(self, preferences: Preferences) -> None:
        """Let every field say what is set."""
        for button in self.themes.buttons():
            button.setChecked(isinstance(button, ThemeChoice) and button.value == preferences.theme)
        choose(self.language, preferences.language, _own_name(preferences.language))

    def read(self, preferences: Preferences) -> Preferences:
        """These preferences with what this page says."""
        chosen = self.themes.checkedButton()
        theme = chosen.value if isinstance(chosen, ThemeChoice) else preferences.theme
        return msgspec.structs.replace(
            preferences,
            theme=theme,
            language=self.language.currentData(),
        )


def _own_name(tag: str) -> str:
    """A language as those call it who speak it: “Deutsch”."""
    name = QLocale(tag).nativeLanguageName()
    return name[:1].upper() + name[1:] if name else tag
