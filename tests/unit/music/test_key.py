import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.music import SCALES, Key

KEYS = st.builds(Key.of, st.integers(0, 11), st.sampled_from(sorted(SCALES)))


@pytest.mark.parametrize(
    ("text", "name", "short"),
    [
        ("F# minor", "F# minor", "F#m"),
        ("Am", "A minor", "Am"),
        ("Bb", "Bb major", "Bb"),
        ("B♭ major", "Bb major", "Bb"),
        ("D dorian", "D dorian", "Dm"),
        ("c minor", "C minor", "Cm"),
        ("CM", "C major", "C"),
        ("E flat major", "Eb major", "Eb"),
        ("e-flat", "Eb major", "Eb"),
        ("F sharp minor", "F# minor", "F#m"),
        ("bbm", "Bb minor", "Bbm"),
        ("b minor", "B minor", "Bm"),
        ("A blues", "A blues", "Am"),
        ("G  Mixolydian mode", "G mixolydian", "G"),
        ("A_harmonic_minor", "A harmonic minor", "Am"),
        ("C aeolian", "C minor", "Cm"),
        ("Cb", "B major", "B"),
        ("d#m", "D# minor", "D#m"),
    ],
)
def test_keys_are_read_as_people_write_them(text, name, short):
    key = Key.parse(text)

    assert (str(key), key.short) == (name, short)


@pytest.mark.parametrize(
    "text", ["", "H minor", "minor", "Amx", "C sharpish", "A" * 100, "\x00", "C minor dorian"]
)
def test_an_unknown_key_is_explained_in_one_sentence(text):
    with pytest.raises(UserInputError, match=r"^The key “.*” is unknown: .*\.$") as error:
        Key.parse(text)

    assert len(str(error.value)) < 130


@given(st.one_of(st.text(max_size=50), st.text(alphabet="ABCEGab#♭ minorajdflt-_", max_size=20)))
def test_any_text_is_a_key_that_reads_back_or_an_error_for_the_user(text):
    try:
        key = Key.parse(text)
    except UserInputError:
        return

    assert Key.parse(str(key)) == key


@given(KEYS)
def test_every_key_reads_back_and_survives_json(key):
    assert Key.parse(str(key)) == key
    assert msgspec.json.decode(msgspec.json.encode(key), type=Key) == key


@given(KEYS)
def test_the_degrees_of_a_key_are_its_pitch_classes(key):
    degrees = [key.degree_of(pitch_class) for pitch_class in key.pitch_classes]

    assert degrees == list(range(1, len(degrees) + 1))
    assert [pc for pc in range(12) if key.contains(pc + 60)] == sorted(key.pitch_classes)
    assert all(key.degree_of(pc) is None for pc in range(12) if not key.contains(pc))


@given(st.integers(0, 11), st.sampled_from(["major", "minor", "dorian", "phrygian", "lydian", "mixolydian"]))
def test_a_relative_key_has_the_same_notes_and_the_other_gender(tonic, scale):
    key = Key.of(tonic, scale)

    relative = key.relative()

    assert sorted(relative.pitch_classes) == sorted(key.pitch_classes)
    assert relative.is_minor != key.is_minor


@pytest.mark.parametrize(
    ("tonic", "scale", "name"),
    [
        (5, "major", "F major"),
        (3, "major", "Eb major"),
        (6, "major", "F# major"),
        (10, "minor", "Bb minor"),
        (1, "minor", "C# minor"),
        (8, "minor", "G# minor"),
        (1, "major", "Db major"),
    ],
)
def test_keys_are_spelled_with_the_fewer_accidentals(tonic, scale, name):
    assert str(Key.of(tonic, scale)) == name


def test_natural_tonics_know_whether_their_black_keys_are_flats():
    assert [Key.parse(text).prefer_flats for text in ("F", "Dm", "G", "Em", "C dorian")] == [
        True,
        True,
        False,
        False,
        True,
    ]


def test_only_a_tonic_on_a_black_key_leaves_the_choice_of_flats():
    assert Key(9, "minor", prefer_flats=True) == Key.parse("A minor")
    assert str(Key(10, "minor", prefer_flats=False)) == "A# minor"
    assert Key.parse("Fb") == Key.parse("E")


def test_a_transposed_key_is_spelled_anew():
    assert str(Key.parse("A minor").transposed(1)) == "Bb minor"


def test_every_scale_ascends_within_an_octave_from_its_tonic():
    for name, scale in SCALES.items():
        assert scale.name == name
        assert scale.steps[0] == 0
        assert list(scale.steps) == sorted(set(scale.steps))
        assert scale.steps[-1] < 12


def test_a_key_out_of_range_is_refused_when_read():
    for hostile in ({"tonic": 12}, {"tonic": 0, "scale": "purple"}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(hostile, Key)
