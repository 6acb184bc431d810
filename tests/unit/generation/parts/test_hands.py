from musicgen_desktop.generation.composer._dice import Dice
from musicgen_desktop.generation.composer._parts_style import Groove, PartsStyle
from musicgen_desktop.generation.composer.parts._hands import Hands, tidy
from musicgen_desktop.generation.composer.parts._song import Song
from musicgen_desktop.music import Note


def hands(a_plan, groove, **plan):
    song = Song(a_plan(parts=PartsStyle(groove=groove), **plan))
    return song, Hands(song, "drums", Dice(1))


def test_full_swing_delays_the_second_sixteenth_to_the_triplet(a_plan):
    _, player = hands(a_plan, Groove(swing_step="1/16"), swing=1.0)

    assert [player.swung(tick, 0) for tick in (0, 240, 480, 720)] == [0, 320, 480, 800]


def test_swing_of_eighths_moves_the_off_beat(a_plan):
    _, player = hands(a_plan, Groove(swing_step="1/8"), swing=0.5)

    assert player.swung(480, 0) == 560
    assert player.swung(960, 0) == 960


def test_nothing_swings_in_six_eight(a_plan):
    _, player = hands(a_plan, Groove(swing_step="1/8"), swing=1.0, meter="6/8")

    assert [player.swung(tick, 0) for tick in (0, 480, 960)] == [0, 480, 960]


def test_the_first_note_of_a_bar_is_never_early_and_hardly_late(a_plan):
    song, player = hands(a_plan, Groove(jitter_ms=30.0, late_ms={"drums": -20.0}))
    bar = song.bars[3]

    placed = [player.placed(bar.start, bar) - bar.start for _ in range(200)]

    assert min(placed) >= 0
    assert max(placed) <= song.ticks_of_ms(6.0) + 1


def test_jitter_keeps_a_note_in_its_bar(a_plan):
    song, player = hands(a_plan, Groove(jitter_ms=30.0))
    bar = song.bars[1]

    placed = [player.placed(bar.end - 10, bar) for _ in range(200)]

    assert all(bar.start <= tick < bar.end for tick in placed)
    assert len(set(placed)) > 20


def test_a_late_snare_sits_behind_the_beat(a_plan):
    song, player = hands(a_plan, Groove(jitter_ms=0.0, late_ms={"snare": 12.0}))
    bar = song.bars[0]

    assert player.placed(960, bar, who="snare") == 960 + song.ticks_of_ms(12.0)
    assert player.placed(960, bar, who="kick") == 960


def test_tidy_cuts_a_note_where_its_pitch_begins_again():
    notes = tidy([Note(0, 960, 60, 90), Note(480, 960, 60, 80), Note(0, 960, 64, 90)], 5000)

    assert [(note.start_ticks, note.length_ticks, note.pitch) for note in notes] == [
        (0, 480, 60),
        (0, 960, 64),
        (480, 960, 60),
    ]


def test_tidy_ends_all_with_the_song_and_keeps_the_louder_of_two():
    notes = tidy([Note(900, 960, 60, 40), Note(900, 100, 60, 90), Note(1200, 10, 62, 90)], 1000)

    assert notes == (Note(900, 100, 60, 90),)
