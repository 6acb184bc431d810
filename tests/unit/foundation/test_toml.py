import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.foundation import BadTomlError, parse_toml, toml_text

PLAIN = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
TABLES = st.recursive(
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), PLAIN | st.lists(PLAIN)),
    lambda inner: st.dictionaries(st.text("ab c.", min_size=1), PLAIN | inner | st.lists(inner)),
    max_leaves=8,
)


@given(TABLES)
def test_what_is_written_reads_back_the_same(values):
    assert tomllib.loads(toml_text(values)) == values


def test_a_date_stays_a_date_and_nothing_is_left_out_of_a_table():
    values = {"day": date(2026, 1, 2), "none": None, "window": {"zoom": 1.5}}

    assert tomllib.loads(toml_text(values)) == {"day": date(2026, 1, 2), "window": {"zoom": 1.5}}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = ", "Invalid value"),
        ("a = 1979-02-30", "Invalid date"),
        (f"a = {'[' * 5_000}", "nested too deep"),
        (f"a = {'[' * 5_000}{']' * 5_000}", "nested too deep"),
        (f"a = {'1' * 5_000}", "far too many digits"),
    ],
)
def test_a_document_of_others_is_refused_in_words_whatever_it_holds(text, says):
    with pytest.raises(BadTomlError, match=says):
        parse_toml(text)


def test_what_toml_cannot_hold_is_refused():
    with pytest.raises(TypeError):
        toml_text({"x": object()})
