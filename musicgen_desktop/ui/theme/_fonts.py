"""The bundled font, in the sizes of the type scale."""

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from musicgen_desktop.foundation import resources_folder

from ._tokens import Sizes

FAMILY = "Inter"


def load_fonts() -> None:
    """Make the bundled family known to Qt; once, after the QApplication."""
    for file in sorted((resources_folder() / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))


@lru_cache(maxsize=64)
def font(size: int = Sizes.BODY, weight: int = 400, *, tabular: bool = False) -> QFont:
    """The font at a size in pixels; weight 400, 500 or 600.

    Args:
        size: one of the type scale.
        weight: as in CSS.
        tabular: all figures equally wide, for numbers that move.
    """
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made
