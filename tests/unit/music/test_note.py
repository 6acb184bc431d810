import msgspec
import pytest

from musicgen_desktop.music import Control, Note, Patch, note_order


def test_notes_sort_by_start_then_pitch():
    late, high, low = Note(960, 1, 20, 1), Note(0, 480, 64, 90), Note(0, 480, 60, 90)

    ordered = sorted([late, high, low], key=note_order)

    assert ordered == [low, high, late]


def test_a_note_ends_where_its_key_is_let_go():
    assert Note(100, 240, 60, 90).end_ticks == 340


@pytest.mark.parametrize(
    "fields",
    [(-1, 1, 60, 90), (0, 0, 60, 90), (0, 1, 128, 90), (0, 1, -1, 90), (0, 1, 60, 0), (0, 1, 60, 128)],
)
def test_a_note_no_instrument_can_play_is_refused_also_when_read(fields):
    names = ("start_ticks", "length_ticks", "pitch", "velocity")

    with pytest.raises(ValueError, match=r"note|pitch"):
        Note(*fields)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(dict(zip(names, fields, strict=True)), Note)


def test_controls_have_the_range_of_their_kind():
    bend = Control(0, "pitch_bend", value=-8192)

    assert bend.value == -8192
    for kind, number, value in (("cc", 1, 128), ("cc", 128, 0), ("pressure", 0, -1), ("pitch_bend", 0, 8192)):
        with pytest.raises(ValueError, match="controller"):
            Control(0, kind, number, value)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"tick": 0, "kind": "breath", "value": 1}, Control)
    with pytest.raises(ValueError, match="tick 0"):
        Control(-1, "cc", 1, 1)


def test_a_patch_has_a_program_and_a_bank_that_exist():
    patch = Patch("general_midi", program=33)

    assert msgspec.json.decode(msgspec.json.encode(patch), type=Patch) == patch
    for program, bank in ((128, 0), (-1, 0), (0, 16384)):
        with pytest.raises(ValueError, match="program"):
            Patch("general_midi", program=program, bank=bank)


def test_notes_survive_json():
    notes = (Note(0, 1, 0, 1), Note(2**40, 960, 127, 127))

    assert msgspec.json.decode(msgspec.json.encode(notes), type=tuple[Note, ...]) == notes
