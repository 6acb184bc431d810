"""Project files changed at random: they open, or we say why not."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musicgen_desktop.document import check_project
from musicgen_desktop.storage import DamagedProjectError, NewerProjectError, open_project, save_project
from musicgen_desktop.storage._format import decode_project, encode_project
from musicgen_desktop.storage._layout import PROJECT_FILE

FUZZ = settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture])


def survives(data):
    """Open the bytes; what opens can be saved and opened again."""
    try:
        opened = decode_project(data, "Song")
    except (DamagedProjectError, NewerProjectError) as error:
        sentence = str(error)
    else:
        sentence = ""
        opens_again(opened)
    assert "\n" not in sentence
    assert len(sentence) < 600


def opens_again(opened):
    check_project(opened.project)
    saved = encode_project(opened.project)
    assert encode_project(decode_project(saved, "Song").project) == saved


@FUZZ
@given(data=st.data())
def test_changed_bytes_open_or_are_refused(song, data):
    changed = bytearray(encode_project(song))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        kind = data.draw(st.sampled_from(["flip", "cut", "insert", "repeat"]))
        if kind == "flip":
            changed[at] ^= data.draw(st.integers(1, 255))
        elif kind == "cut":
            del changed[at : at + data.draw(st.integers(1, 200))]
        elif kind == "insert":
            changed[at:at] = data.draw(st.binary(min_size=1, max_size=8) | st.sampled_from(TOKENS))
        else:
            changed[at:at] = changed[at : at + data.draw(st.integers(1, 200))]
        if not changed:
            break

    survives(bytes(changed))


TOKENS = [
    b"9" * 40,
    b"-",
    b"1e999",
    b"null",
    b"[",
    b"{",
    b'"',
    b"\\ud800",
    b"\\u0000",
    b"0.",
    b"true",
    b"NaN",
]

VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=5)
    | st.just([])
    | st.just({})
    | st.just("../x")
)


def paths_in(tree, path=()):
    """Every place in a JSON tree."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from paths_in(value, (*path, key))


@FUZZ
@given(data=st.data())
def test_changed_values_open_or_are_refused(song, data):
    tree = msgspec.json.decode(encode_project(song))
    places = list(paths_in(tree))
    *way, last = data.draw(st.sampled_from(places))
    inner = tree
    for key in way:
        inner = inner[key]
    value = data.draw(VALUES)
    if value == "../x" and isinstance(inner, dict):
        del inner[last]
    else:
        inner[last] = value
    try:
        encoded = msgspec.json.encode(tree)
    except OverflowError:  # more than 64 bits: as text, which JSON allows
        inner[last] = msgspec.Raw(str(value).encode())
        encoded = msgspec.json.encode(tree)

    survives(encoded)


@settings(max_examples=200)
@given(data=st.binary(max_size=300))
def test_any_bytes_open_or_are_refused(data):
    survives(data)


@pytest.mark.parametrize("share", [0.01, 0.25, 0.5, 0.75, 0.99])
def test_a_file_cut_anywhere_opens_the_version_before(song, tmp_path, share):
    save_project(song, tmp_path)
    save_project(song.renamed("Second"), tmp_path)
    data = (tmp_path / PROJECT_FILE).read_bytes()

    (tmp_path / PROJECT_FILE).write_bytes(data[: int(len(data) * share)])

    assert open_project(tmp_path).project == song
