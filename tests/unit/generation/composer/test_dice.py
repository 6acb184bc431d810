import pytest

from musicgen_desktop.generation.composer._dice import Dice


def test_the_same_seed_falls_the_same_way_on_every_platform():
    dice = Dice(7, "bass")

    throws = [dice.integer(1000) for _ in range(6)]

    assert throws == [612, 386, 770, 98, 642, 952]


def test_a_child_does_not_depend_on_what_was_thrown_before():
    used, fresh = Dice(1, "a"), Dice(1, "a")
    used.uniform()

    assert used.child("b").uniform() == fresh.child("b").uniform()
    assert fresh.child("b").uniform() == Dice(1, "a", "b").uniform()


def test_other_labels_give_other_throws():
    throws = {Dice(1, label).integer(1 << 40) for label in ("a", "b", "ab", "a b")}

    assert len(throws) == 4


def test_weights_are_kept_to():
    dice = Dice(3)

    picks = [dice.choice("ab", (9.0, 1.0)) for _ in range(2000)]

    assert 0.86 < picks.count("a") / 2000 < 0.94


def test_a_thing_of_no_weight_is_never_chosen():
    dice = Dice(4)

    assert {dice.choice("abc", (0.0, 1.0, 0.0)) for _ in range(200)} == {"b"}


def test_spread_stays_within_two_deviations_and_centres_on_nothing():
    dice = Dice(5)

    throws = [dice.spread(10.0) for _ in range(4000)]

    assert max(map(abs, throws)) <= 20.0
    assert abs(sum(throws) / 4000) < 0.6
    assert 90.0 < sum(throw * throw for throw in throws) / 4000 < 105.0


def test_shuffling_loses_nothing():
    assert sorted(Dice(6).shuffled(range(20))) == list(range(20))


def test_a_die_without_faces_is_a_bug():
    with pytest.raises(ValueError, match="0"):
        Dice(1).integer(0)
