"""Takes of sound while they are made: what is shown of them, and until when."""

import numpy as np
import pytest

from musicgen_desktop.document import Project, Take
from musicgen_desktop.session.controllers.generating import Candidate, GrowingTake, Wish
from musicgen_desktop.ui.bridges import GrowingTakes


def growing_take(take_id, number=1, count=1):
    project = Project.new("Take")
    record = Take(id=take_id, name="Piano", engine="sine")
    candidate = Candidate(take_id, record, Wish(), project, 0, 960)
    return GrowingTake(candidate, number, count, np.zeros((4, 2), np.float32), 10.0)


@pytest.fixture
def growing(qapp):  # noqa: ARG001 - signals need it
    return GrowingTakes()


def ids(growing):
    return [take.candidate.id for take in growing.takes]


def test_variations_stand_in_their_order_and_the_first_sound_is_told_once(growing):
    wish, began = Wish(), []
    growing.began.connect(lambda take: began.append(take.candidate.id))

    for take_id, number in (("b", 2), ("a", 1), ("b", 2)):
        growing.show(wish, growing_take(take_id, number, 2))

    assert ids(growing) == ["a", "b"]
    assert began == ["b"]


def test_another_wish_takes_the_place_of_the_one_before(growing):
    growing.show(Wish(), growing_take("a"))

    growing.show(Wish(), growing_take("b"))

    assert ids(growing) == ["b"]


def test_a_whole_take_stays_after_the_work_is_over_and_one_without_sound_goes(growing):
    wish = Wish()
    growing.show(wish, growing_take("a", 1, 2))
    growing.show(wish, growing_take("b", 2, 2))
    growing.finish(growing_take("a").candidate)

    growing.end(wish)

    assert ids(growing) == ["a"]
    assert growing.is_whole("a")


def test_what_was_dismissed_does_not_come_back_with_its_next_sound(growing):
    wish = Wish()
    growing.show(wish, growing_take("a"))
    growing.dismiss_all()

    growing.show(wish, growing_take("a"))

    assert ids(growing) == []


def test_a_picture_is_made_of_many_small_pieces_at_once(growing, qtbot):
    wish, changes = Wish(), []
    growing.changed.connect(lambda: changes.append(len(growing.takes)))

    with qtbot.waitSignal(growing.changed):
        for number in (1, 2, 3):
            growing.show(wish, growing_take(str(number), number, 3))

    assert changes == [3]
