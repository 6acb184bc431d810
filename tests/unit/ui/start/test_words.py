from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from musicgen_desktop.session.workspace import LeftBehind
from musicgen_desktop.ui.start import recovery_offers, recovery_sentence
from musicgen_desktop.ui.start._when import when_words

NOW = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
LEFT = LeftBehind(
    folder=Path("/music/Song.mgproj"),
    begun="2026-03-18T10:00:00+00:00",
    phase="open",
    attempts=1,
    edits=12,
    problem="",
    last_backup=None,
    mark=Path("/marks/1.json"),
)


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(seconds=-90), "just now"),
        (timedelta(minutes=12), "12 minute(s) ago"),
        (timedelta(hours=3), "3 hour(s) ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=5), "5 day(s) ago"),
    ],
)
def test_the_time_that_has_passed_is_told_in_words(past, words):
    assert when_words((NOW - past).isoformat(), NOW) == words


def test_what_is_long_past_is_told_as_a_date():
    assert "25" in when_words("2025-11-02T10:00:00+00:00", NOW)


def test_a_crash_is_told_with_the_edits_that_are_kept():
    sentence = recovery_sentence(LEFT)

    assert "“Song” was open" in sentence
    assert "12 edit" in sentence
    assert [offer.choice for offer in recovery_offers(LEFT)] == ["recover", "saved", "later"]


def test_a_crash_that_lost_nothing_offers_only_to_open():
    left = msgspec.structs.replace(LEFT, edits=0)

    assert "had been saved" in recovery_sentence(left)
    assert [offer.choice for offer in recovery_offers(left)] == ["recover", "later"]


def test_a_crash_while_opening_offers_the_safe_way_and_the_last_backup():
    left = msgspec.structs.replace(LEFT, phase="opening", attempts=2, last_backup=Path("/b"))

    assert "while it was opening" in recovery_sentence(left)
    assert "2 time" in recovery_sentence(left)
    assert [offer.choice for offer in recovery_offers(left)] == ["safe", "backup", "later"]


def test_a_project_that_cannot_be_opened_offers_only_its_backup():
    left = msgspec.structs.replace(LEFT, problem="It is damaged.", last_backup=Path("/b"))

    assert recovery_sentence(left).endswith("It is damaged.")
    assert [offer.choice for offer in recovery_offers(left)] == ["backup", "later"]
