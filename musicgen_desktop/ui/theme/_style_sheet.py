"""The style sheet, written from the tokens."""

from ._fonts import FAMILY
from ._tokens import Sizes, Tokens

_TEMPLATE = """
* { font-family: "%(family)s"; font-size: %(body)dpx; }
QWidget { color: %(text)s; }
QMainWindow, QDialog { background: %(ground)s; }
QMainWindow::separator { background: %(sunken)s; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: %(accent_strong)s; }
QToolTip { background: %(raised)s; color: %(text)s; border: 1px solid %(line_strong)s; padding: 4px 6px; }

QDockWidget { color: %(text_soft)s; font-size: %(small)dpx; border: 1px solid %(line_strong)s; }
QDockWidget::title { background: %(raised)s; padding: 6px 8px; border-bottom: 1px solid %(line)s; }
QDockWidget > QWidget { background: %(raised)s; }
QTabBar { background: %(ground)s; }
QTabBar::tab { background: transparent; color: %(text_soft)s; padding: 6px 14px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: %(text)s; }
QTabBar::tab:selected { color: %(text)s; border-bottom: 2px solid %(accent)s; }
QTabBar::tab:focus { background: %(hover)s; }
QTabWidget::pane { border: none; border-top: 1px solid %(line)s; }

QPushButton, QToolButton { background: %(hover)s; color: %(text)s; border: 1px solid %(line_strong)s;
  border-radius: %(radius)dpx; padding: 3px 10px; min-height: 18px; }
QToolButton { background: transparent; border-color: transparent; padding: 3px 5px; }
QPushButton:hover, QToolButton:hover { background: %(pressed)s; }
QPushButton:pressed, QToolButton:pressed { background: %(line_strong)s; }
QPushButton:checked { border-color: %(accent)s; color: %(accent)s; }
QToolButton:checked { background: %(hover)s; border-color: %(line_strong)s; color: %(accent)s; }
QPushButton:disabled, QToolButton:disabled { color: %(text_faint)s; background: transparent;
  border-color: %(line)s; }
QToolButton:disabled { border-color: transparent; }
QPushButton:focus, QToolButton:focus, QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus,
QComboBox:focus, QAbstractSpinBox:focus, QCheckBox:focus, QSlider:focus { outline: none;
  border: 2px solid %(accent)s; }
QPushButton:focus { padding: 2px 9px; }
QToolButton:focus { padding: 2px 4px; }
QPushButton[kind="primary"] { background: %(accent_strong)s; color: %(accent_text)s;
  border: 1px solid %(accent_strong)s; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: %(accent)s; }
QPushButton[kind="primary"]:disabled { background: %(hover)s; color: %(text_faint)s;
  border-color: %(line_strong)s; }
QPushButton[kind="primary"]:focus { border: 2px solid %(text)s; }
QPushButton[kind="example"] { background: %(sunken)s; border-color: %(line_strong)s; padding: 0; }
QPushButton[kind="example"]:hover { border-color: %(accent)s; }
QPushButton[kind="example"]:focus { border: 2px solid %(accent)s; padding: 0; }
QPushButton[kind="working"] { background: %(sunken)s; border-color: %(accent)s; }
QPushButton[kind="danger"] { color: %(bad)s; border-color: %(bad)s; }
QPushButton[kind="chip"] { background: %(sunken)s; color: %(text_soft)s; border: 1px solid %(line_strong)s;
  border-radius: 11px; padding: 1px 10px; font-size: %(small)dpx; }
QPushButton[kind="chip"]:hover { color: %(text)s; border-color: %(text_faint)s; }
QPushButton[kind="chip"]:checked { background: %(accent_ground)s; color: %(accent)s;
  border-color: %(accent)s; }
QPushButton[kind="chip"]:focus { border: 2px solid %(accent)s; padding: 0px 9px; }
QPushButton[kind="tab"] { background: transparent; color: %(text_soft)s; border: none;
  border-bottom: 2px solid transparent; border-radius: 0; padding: 1px 8px; font-size: %(small)dpx; }
QPushButton[kind="tab"]:hover { color: %(text)s; }
QPushButton[kind="tab"]:checked { color: %(text)s; border-bottom-color: %(accent)s; }
QPushButton[kind="tab"]:focus { border: 2px solid %(accent)s; padding: 0px 6px; }
QPushButton[kind="segment"] { background: %(sunken)s; color: %(text_soft)s; padding: 2px 4px;
  font-size: %(small)dpx; }
QPushButton[kind="segment"][small="true"] { font-size: %(tiny)dpx; padding: 1px 2px; }
QPushButton[kind="segment"]:hover { color: %(text)s; }
QPushButton[kind="segment"]:checked { background: %(accent_ground)s; color: %(accent)s;
  border-color: %(accent)s; }
QPushButton[kind="segment"]:disabled { color: %(text_faint)s; }
QPushButton[kind="segment"]:focus { border: 2px solid %(accent)s; padding: 1px 3px; }

QAbstractScrollArea { border: none; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { background: %(sunken)s;
  border: 1px solid %(line_strong)s; border-radius: %(radius)dpx; padding: 3px 6px; min-height: 18px;
  selection-background-color: %(accent_strong)s; selection-color: %(accent_text)s; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: %(text_faint)s;
  border-color: %(line)s; }
QLineEdit[wrong="true"], QAbstractSpinBox[wrong="true"] { border-color: %(bad)s; }
QComboBox::drop-down { border: none; width: 18px; }
QComboBox::down-arrow { image: url(theme:caret-%(name)s.svg); width: 12px; height: 12px;
  margin-right: 6px; }
QComboBox QAbstractItemView { background: %(raised)s; border: 1px solid %(line_strong)s; outline: none;
  selection-background-color: %(pressed)s; selection-color: %(text)s; padding: 4px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; height: 0; border: none; }
QCheckBox { spacing: 6px; border: 2px solid transparent; border-radius: %(radius)dpx; padding: 1px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid %(line_strong)s; border-radius: 3px;
  background: %(sunken)s; }
QCheckBox::indicator:hover { border-color: %(text_faint)s; }
QCheckBox::indicator:checked { background: %(accent)s; border-color: %(accent)s;
  image: url(theme:tick-%(name)s.svg); }
QSlider { border: 2px solid transparent; border-radius: %(radius)dpx; min-height: 18px; }
QSlider::groove:horizontal { height: 3px; background: %(line_strong)s; border-radius: 1px; }
QSlider::sub-page:horizontal { background: %(accent_strong)s; border-radius: 1px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 6px;
  background: %(text)s; }

QMenuBar { background: %(ground)s; color: %(text_soft)s; border-bottom: 1px solid %(sunken)s; }
QMenuBar::item { padding: 4px 9px; background: transparent; }
QMenuBar::item:selected { background: %(hover)s; color: %(text)s; }
QMenu { background: %(raised)s; border: 1px solid %(line_strong)s; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: %(radius)dpx; }
QMenu::item:selected { background: %(pressed)s; }
QMenu::item:disabled { color: %(text_faint)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: 4px 6px; }
QMenu::icon { padding-left: 6px; }
QToolBar { background: %(raised)s; border: none; border-bottom: 1px solid %(sunken)s; spacing: 4px;
  padding: 0 8px; }
QStatusBar { background: %(raised)s; color: %(text_soft)s; border-top: 1px solid %(sunken)s;
  font-size: %(small)dpx; }
QStatusBar::item { border: none; }
QProgressBar { background: %(sunken)s; border: 1px solid %(line)s; border-radius: 3px; height: 6px;
  text-align: center; color: transparent; }
QProgressBar::chunk { background: %(accent_strong)s; border-radius: 3px; }

QScrollBar { background: %(ground)s; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: %(line_strong)s; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: %(text_faint)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractItemView { background: %(sunken)s; border: none; outline: none;
  alternate-background-color: %(raised)s; }
QAbstractItemView::item { padding: 3px 4px; }
QAbstractItemView::item:selected { background: %(accent_ground)s; color: %(text)s; }
QAbstractItemView::item:hover { background: %(hover)s; }
QAbstractItemView:focus { border: 2px solid %(accent)s; }
QHeaderView::section { background: %(raised)s; color: %(text_soft)s; border: none;
  border-bottom: 1px solid %(line)s; padding: 4px 6px; font-size: %(small)dpx; }
QSplitter::handle { background: %(sunken)s; }
QSplitter::handle:hover { background: %(accent_strong)s; }
QListView[kind="rows"] { background: transparent; }
QLabel[kind="bad"] { color: %(bad)s; font-size: %(small)dpx; }
QLabel[kind="note"] { color: %(text_soft)s; font-size: %(tiny)dpx; }
QLabel[kind="soft"] { color: %(text_soft)s; font-size: %(small)dpx; }
QLabel[kind="faint"] { color: %(text_faint)s; font-size: %(tiny)dpx; }
QLabel[kind="understood"] { background: %(sunken)s; color: %(text_soft)s; border-radius: 10px;
  font-size: %(tiny)dpx; }
QLabel[kind="title"] { font-size: %(title)dpx; font-weight: 600; }
QLabel[kind="display"] { font-size: %(display)dpx; font-weight: 600; }
QLabel[kind="heading"] { color: %(text_soft)s; font-size: %(tiny)dpx; font-weight: 600; }
QFrame[kind="card"] { background: %(raised)s; border: 1px solid %(line)s; border-radius: %(radius_panel)dpx; }
QFrame[kind="panel"] { background: %(raised)s; border: none; }
QFrame[kind="line"] { background: %(line)s; border: none; max-height: 1px; min-height: 1px; }
"""


def style_sheet(worn: Tokens) -> str:
    """The style sheet of the application."""
    values = {name: getattr(worn, name) for name in Tokens.__struct_fields__}
    values |= {
        "family": FAMILY,
        "tiny": Sizes.TINY,
        "small": Sizes.SMALL,
        "body": Sizes.BODY,
        "title": Sizes.TITLE,
        "display": Sizes.DISPLAY,
        "radius": Sizes.RADIUS,
        "radius_panel": Sizes.RADIUS_PANEL,
        "accent_ground": _mixed(worn.accent, worn.sunken, 0.16),
    }
    return _TEMPLATE % values


def _mixed(over: str, under: str, share: float) -> str:
    parts = (
        round(int(over[at : at + 2], 16) * share + int(under[at : at + 2], 16) * (1.0 - share))
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)
