import pytest

from musicgen_desktop.ui.model_library._disk_map_geometry import GAP_PX, LEAST_PX, spans


def test_parts_fill_the_width_by_their_shares():
    (first, second) = spans([3, 1], 402.0)

    assert first == (0.0, pytest.approx(300.0))
    assert second == (pytest.approx(300.0 + GAP_PX), pytest.approx(100.0))


def test_a_tiny_part_can_still_be_seen_and_nothing_leaves_the_map():
    found = spans([10_000_000, 1, 1], 200.0)

    assert [width for _, width in found[1:]] == [LEAST_PX, LEAST_PX]
    assert sum(found[-1]) == pytest.approx(200.0)


def test_where_it_is_too_narrow_for_all_they_share_it():
    found = spans([5, 1, 1], 10.0)

    assert sum(found[-1]) == pytest.approx(10.0)
    assert all(width == pytest.approx(2.0) for _, width in found)


def test_nothing_has_no_parts():
    assert spans([], 100.0) == ()
