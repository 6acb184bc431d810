"""The panel: four pages behind four words, each made when it is first shown."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.widgets import TextButton

from ._files_page import FilesPage
from ._presets_page import PresetsPage
from ._sources_page import SourcesPage
from ._takes_page import TakesPage

FILES, PRESETS, TAKES, SOURCES = range(4)


class BrowserPanel(QFrame):
    """Files, presets, takes, and the project's own files. Nothing is read before it is seen."""

    import_requested = Signal(object)
    """A tuple of paths: they go to the play head."""
    settings_requested = Signal(str)
    """The id of a take whose settings shall be used again."""
    locate_requested = Signal(str)
    """The id of an audio source whose file is missing."""

    def __init__(self, bridges: Bridges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAccessibleName(self.tr("Browser"))
        self._bridges = bridges
        self._pages: dict[int, QWidget] = {}
        self._makers: dict[int, Callable[[], QWidget]] = {
            FILES: self._make_files,
            PRESETS: lambda: PresetsPage(bridges, self),
            TAKES: self._make_takes,
            SOURCES: self._make_sources,
        }
        self._choices = QButtonGroup(self)
        head = QHBoxLayout()
        head.setSpacing(2)
        names = (self.tr("Files"), self.tr("Presets"), self.tr("Takes"), self.tr("Project"))
        for number, name in enumerate(names):
            button = TextButton(name, self, kind="tab", checkable=True)
            self._choices.addButton(button, number)
            head.addWidget(button)
        head.addStretch(1)
        self._choices.button(FILES).setChecked(True)
        self._choices.idClicked.connect(self.show_page)
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def sizeHint(self) -> QSize:
        """A narrow dock, or part of a wide one."""
        return QSize(320, 420)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(240, 160)

    def showEvent(self, event: QShowEvent) -> None:
        """The chosen page is made when it is first seen."""
        super().showEvent(event)
        self.show_page(self._choices.checkedId())

    def page(self, number: int) -> QWidget:
        """A page: `FILES`, `PRESETS`, `TAKES` or `SOURCES`; made when it is not yet."""
        if number not in self._pages:
            self._pages[number] = self._makers[number]()
            self._stack.addWidget(self._pages[number])
        return self._pages[number]

    def show_page(self, number: int) -> None:
        """Bring a page to the front."""
        self._choices.button(number).setChecked(True)
        self._stack.setCurrentWidget(self.page(number))

    @property
    def made_pages(self) -> frozenset[int]:
        """Those that were shown."""
        return frozenset(self._pages)

    def look_again(self) -> None:
        """Audio files may have been found: ask the disk once more."""
        page = self._pages.get(SOURCES)
        if isinstance(page, SourcesPage):
            page.look_again()

    def close_all(self) -> None:
        """End what reads the disk and what sounds; for the end of the window."""
        page = self._pages.get(FILES)
        if isinstance(page, FilesPage):
            page.close_all()

    def _make_files(self) -> QWidget:
        page = FilesPage(self._bridges, self)
        page.import_requested.connect(self.import_requested)
        return page

    def _make_takes(self) -> QWidget:
        page = TakesPage(self._bridges, self)
        page.settings_requested.connect(self.settings_requested)
        return page

    def _make_sources(self) -> QWidget:
        page = SourcesPage(self._bridges, self)
        page.locate_requested.connect(self.locate_requested)
        return page
