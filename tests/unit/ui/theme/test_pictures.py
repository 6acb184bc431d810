import re

import pytest
from PySide6.QtGui import QPixmap

from musicgen_desktop.ui.theme import THEMES
from musicgen_desktop.ui.theme._style_sheet import style_sheet


@pytest.mark.usefixtures("_dressed")
@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_every_picture_that_the_style_sheet_names_can_be_painted(theme):
    names = re.findall(r"url\(([^)]+)\)", style_sheet(theme))

    assert len(names) == 2
    assert all(theme.name in name and not QPixmap(name).isNull() for name in names)
