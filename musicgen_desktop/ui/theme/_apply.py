"""Dress the application: Fusion, our palette, our style sheet.

Qt's own dark scheme has no effect on every platform (offscreen, plain X11), so all of it is said here.
"""

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from musicgen_desktop.foundation import resources_folder

from ._current import wear
from ._dress import dress_again
from ._fonts import font, load_fonts
from ._style_sheet import style_sheet
from ._tokens import Tokens


def apply_theme(application: QApplication, name: str = "dark") -> None:
    """Wear a theme: style, palette, font and style sheet of all windows.

    Args:
        application: whose windows.
        name: “dark”, “light”, or “system” for the one that the desktop wears.
    """
    if name == "system":
        is_light = application.styleHints().colorScheme() == Qt.ColorScheme.Light
        name = "light" if is_light else "dark"
    worn = wear(name)
    load_fonts()
    # The style sheet names its few pictures as “theme:caret-dark.svg”.
    QDir.setSearchPaths("theme", [str(resources_folder() / "icons")])
    application.setStyle("Fusion")  # by name: one that is handed over PySide keeps beyond the next theme
    application.setPalette(_palette(worn))
    application.setFont(font())
    application.setStyleSheet(style_sheet(worn))
    dress_again()


def _palette(worn: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    colours = {
        role.Window: worn.ground,
        role.WindowText: worn.text,
        role.Base: worn.sunken,
        role.AlternateBase: worn.raised,
        role.Text: worn.text,
        role.PlaceholderText: worn.text_faint,
        role.Button: worn.raised,
        role.ButtonText: worn.text,
        role.BrightText: worn.bad,
        role.ToolTipBase: worn.raised,
        role.ToolTipText: worn.text,
        role.Highlight: worn.accent_strong,
        role.HighlightedText: worn.accent_text,
        role.Link: worn.accent,
        role.LinkVisited: worn.accent,
        role.Light: worn.hover,
        role.Midlight: worn.line_strong,
        role.Mid: worn.line,
        role.Dark: worn.sunken,
        role.Shadow: worn.sunken,
    }
    for each, hex_code in colours.items():
        palette.setColor(each, QColor(hex_code))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(worn.text_faint))
    return palette
