"""No file brings a reader down: a few cases of each kind, of the thousands that `fuzz_readers` tries."""

import pytest

from tests.hostile.readers import READERS, UNDERSTOOD
from tests.measure.fuzz_readers import dice_of

_CASES = 60


@pytest.mark.parametrize("name", READERS)
def test_files_that_are_wrong_in_some_way_are_understood_or_refused_in_words(
    name, tmp_path, monkeypatch, capfd
):
    monkeypatch.setenv("MUSICGEN_DESKTOP_HOME", str(tmp_path))
    reader = READERS[name](tmp_path)

    for case in range(_CASES):
        reader.outcome(reader.case(dice_of(name, 2, case)))

    capfd.readouterr()  # sound libraries complain of every file


@pytest.mark.parametrize("name", READERS)
def test_the_files_that_cases_are_made_of_are_right(name, tmp_path, monkeypatch):
    monkeypatch.setenv("MUSICGEN_DESKTOP_HOME", str(tmp_path))
    reader = READERS[name](tmp_path)

    for data in reader.known if name != "dawproject" else ():
        assert reader.outcome(data) == UNDERSTOOD
