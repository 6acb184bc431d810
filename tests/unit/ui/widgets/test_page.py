import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from musicgen_desktop.ui.widgets import Columns, ScrollPage, text_label

WORDS = "So many words that they need several lines wherever there is too little room for all of them. " * 4


@pytest.fixture
def page(qtbot, _dressed):
    made = ScrollPage("A page", widest=400)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_fits_is_not_scrolled_and_what_does_not_is(qtbot, page):
    page.column.addWidget(text_label(WORDS, wrap=True))
    page.resize(480, 200)
    qtbot.wait(0)
    assert page.verticalScrollBar().maximum() == 0

    page.resize(160, 200)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    assert page.horizontalScrollBar().maximum() == 0


def test_the_column_stays_in_the_middle_and_no_wider_than_is_good_to_read(qtbot, page):
    block = QWidget()
    block.setFixedHeight(40)
    page.column.addWidget(block)

    page.resize(1000, 200)
    qtbot.waitUntil(lambda: block.width() == 400)

    left = block.mapTo(page, block.rect().topLeft()).x()
    assert abs(left - (1000 - 400) / 2) <= 6


def test_columns_stand_below_each_other_where_it_is_narrow(qtbot):
    columns = Columns(100)
    qtbot.addWidget(columns)
    blocks = [QWidget() for _ in range(3)]
    for block in blocks:
        columns.add(block)
    columns.show()

    columns.resize(400, 200)
    qtbot.waitUntil(lambda: blocks[2].x() > blocks[1].x() > blocks[0].x())
    assert {block.y() for block in blocks} == {0}

    columns.resize(200, 200)
    qtbot.waitUntil(lambda: blocks[2].y() > blocks[1].y() > blocks[0].y())
    assert {block.x() for block in blocks} == {0}
    assert {block.width() for block in blocks} == {200}


def test_columns_can_be_as_narrow_as_the_widest_of_them(qtbot):
    columns = Columns(100)
    qtbot.addWidget(columns)
    for width in (80, 120, 60):
        columns.add(_wide(width))

    assert columns.minimumSizeHint().width() == 120


def _wide(width):
    made = QWidget()
    made.minimumSizeHint = lambda: QSize(width, 10)
    return made
