"""Whether what is sent may be sold, and whose it is, in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from musicgen_desktop.session.controllers.send_to_daw import RightsSheet, TakeRights
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
        allowed = sheet.commercial_use
        sign, tint = ("licence", worn.good) if allowed else ("warning", worn.warn)
        self._sign.setPixmap(icon(sign, tint).pixmap(18, 18))
        self.verdict.setText(
            self.tr("May be sold: takes and instruments allow it.")
            if allowed
            else self.tr("Not for commercial release:")
        )
        lines = [self._forbidding(take) for take in sheet.takes if not take.commercial_use]
        lines += [self._allowing(take) for take in sheet.takes if take.commercial_use]
        if sheet.sounds:
            lines.append(sheet.sounds)
        if sheet.recordings:
            named = ", ".join(sheet.recordings)
            lines.append(
                self.tr("Recordings of your own, whose rights are yours to know: {names}.").format(
                    names=named
                )
            )
        self.details.setText("\n".join(lines))
        self.details.setAccessibleName(self.details.text())
        self.details.setVisible(bool(lines))
        self.setAccessibleName(" ".join([self.verdict.text(), *lines]))

    def _forbidding(self, take: TakeRights) -> str:
        words = self.tr("{tracks} use “{take}” under {licence}: not to be sold.")
        licence = take.licence or self.tr("a licence that is not stated")
        return words.format(tracks=", ".join(take.tracks), take=take.name, licence=licence.rstrip("."))

    def _allowing(self, take: TakeRights) -> str:
        return f"{', '.join(take.tracks)}: {take.licence}"
