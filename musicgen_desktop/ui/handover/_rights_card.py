"""Whether what is sent may be sold, and whose it is, in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from musicgen_desktop.session.controllers.send_to_daw import ImportedRights, RightsSheet, TakeRights
from musicgen_desktop.ui.theme import icon, tokens
from musicgen_desktop.ui.widgets import text_label


class RightsCard(QFrame):
    """A verdict, a line for each take that is heard, and what the instruments add."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._sign = QLabel(self)
        self.verdict = text_label("", self, wrap=True)
        self.details = text_label("", self, kind="soft", wrap=True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.verdict)
        words.addWidget(self.details)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_rights(self, sheet: RightsSheet) -> None:
        """The rights of this song."""
        worn = tokens()
        sign, tint = ("licence", worn.good) if sheet.commercial_use else ("warning", worn.warn)
        self._sign.setPixmap(icon(sign, tint).pixmap(18, 18))
        match sheet.commercial_use:
            case False:
                self.verdict.setText(self.tr("Not for commercial release:"))
            case True:
                self.verdict.setText(self.tr("May be sold: takes and instruments allow it."))
            case None:
                self.verdict.setText(self.tr("Whether files of others in it may be sold is yours to know:"))
        lines = [self._forbidding(take) for take in sheet.takes if not take.commercial_use]
        lines += [self._allowing(take) for take in sheet.takes if take.commercial_use]
        if sheet.sounds:
            lines.append(sheet.sounds)
        lines += [self._importing(each) for each in sheet.imported]
        self.details.setText("\n".join(lines))
        self.details.setAccessibleName(self.details.text())
        self.details.setVisible(bool(lines))
        self.setAccessibleName(" ".join([self.verdict.text(), *lines]))

    def _forbidding(self, take: TakeRights) -> str:
        words = self.tr("{tracks} use “{take}” under {licence}: not to be sold.")
        licence = take.licence or self.tr("a licence that is not stated")
        return words.format(tracks=", ".join(take.tracks), take=take.name, licence=licence.rstrip("."))

    def _importing(self, imported: ImportedRights) -> str:
        if imported.rights:
            words = self.tr("{tracks}: “{file}”, a file of others, says of its rights: {rights}")
        else:
            words = self.tr("{tracks}: “{file}”, a file of others, says nothing of its rights.")
        tracks = ", ".join(imported.tracks)
        return words.format(tracks=tracks, file=imported.file, rights=imported.rights)

    def _allowing(self, take: TakeRights) -> str:
        return f"{', '.join(take.tracks)}: {take.licence}"
