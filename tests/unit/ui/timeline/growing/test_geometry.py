"""Where growing takes lie over the canvas."""

from musicgen_desktop.ui.timeline._geometry import Row, TimelineGeometry
from musicgen_desktop.ui.timeline.growing._geometry import GAP_PX, ROW_PX, boxes_of

BAR = 3840
FEW_ROWS = TimelineGeometry(px_per_tick=0.05, rows=(Row("a", "", 0, 64), Row("master", "", 64, 28)))


def test_a_take_lies_below_the_tracks_at_its_bars():
    (box,) = boxes_of([(BAR, 1.5 * BAR, 3 * BAR)], FEW_ROWS, 400)

    assert (box.left, box.made, box.whole) == (192.0, 288.0, 576.0)
    assert box.right == box.whole
    assert box.top == 92 + GAP_PX


def test_takes_stay_at_the_lower_edge_where_the_tracks_fill_the_view():
    many = TimelineGeometry(rows=tuple(Row(str(number), "", 64 * number, 64) for number in range(20)))

    boxes = boxes_of([(0, BAR, BAR)] * 3, many, 400)

    assert boxes[-1].bottom == 400 - GAP_PX
    assert [box.top - boxes[0].top for box in boxes] == [0, ROW_PX + GAP_PX, 2 * (ROW_PX + GAP_PX)]


def test_a_short_take_has_room_for_its_name():
    (box,) = boxes_of([(0, 10.0, 100.0)], FEW_ROWS, 400)

    assert box.whole == 5.0
    assert box.right > 100.0


def test_scrolling_moves_takes_with_their_bars():
    scrolled = TimelineGeometry(px_per_tick=0.05, scroll_x=100.0, scroll_y=20, rows=FEW_ROWS.rows)

    (box,) = boxes_of([(BAR, 2 * BAR, 2 * BAR)], scrolled, 400)

    assert (box.left, box.top) == (92.0, 72 + GAP_PX)
