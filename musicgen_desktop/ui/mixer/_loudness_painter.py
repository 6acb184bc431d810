"""The loudness of the master, beside its fader."""

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QFontMetrics, QPainter

from musicgen_desktop.ui.theme import Sizes, colour, font, tokens

from ._pictures import LoudnessPicture
from ._strokes import words

_MOST_STEP = 46
_ROOMY = 28
"""From this height on a value stands below its name instead of beside a letter."""


def paint_loudness(painter: QPainter, rect: QRect, loudness: LoudnessPicture) -> None:
    """Integrated, short-term and momentary loudness, and the true peak, one below the other."""
    if rect.isEmpty():
        return
    painter.fillRect(rect, colour(tokens().raised))
    say = QCoreApplication.translate
    lines = (
        (say("Mixer", "Integrated"), "I", loudness.integrated, "LUFS"),
        (say("Mixer", "Short-term"), "S", loudness.short_term, "LUFS"),
        (say("Mixer", "Momentary"), "M", loudness.momentary, "LUFS"),
        (say("Mixer", "True peak"), "TP", loudness.true_peak, "dBTP"),
    )
    step = min(_MOST_STEP, rect.height() // len(lines))
    for at, (name, letter, value, unit) in enumerate(lines):
        box = QRect(rect.left(), rect.top() + at * step, rect.width(), step)
        over = loudness.over and at == len(lines) - 1
        shown = f"▲ {value}" if over else value
        if step >= _ROOMY:
            _paint_roomy(painter, box, name, shown, unit, over=over, first=at == 0)
        else:
            _paint_terse(painter, box, letter, shown, over=over)


def _paint_roomy(
    painter: QPainter, box: QRect, name: str, value: str, unit: str, *, over: bool, first: bool
) -> None:
    worn = tokens()
    words(painter, QRect(box.left(), box.top(), box.width(), 13), name, font(10), colour(worn.text_faint))
    line = QRect(box.left(), box.top() + 12, box.width(), 16)
    face = font(Sizes.BODY if first else Sizes.SMALL, 600 if first else 500, tabular=True)
    words(painter, line, value, face, colour(worn.bad if over else worn.text))
    used = QFontMetrics(face).horizontalAdvance(value) + 4
    words(painter, line.adjusted(used, 1, 0, 1), unit, font(10), colour(worn.text_faint))


def _paint_terse(painter: QPainter, box: QRect, letter: str, value: str, *, over: bool) -> None:
    worn = tokens()
    line = QRect(box.left(), box.top(), box.width(), min(box.height(), 16))
    words(painter, line, letter, font(10), colour(worn.text_faint))
    tint = colour(worn.bad if over else worn.text)
    words(painter, line.adjusted(18, 0, 0, 0), value, font(Sizes.TINY, tabular=True), tint)
