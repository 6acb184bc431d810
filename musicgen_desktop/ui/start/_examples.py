"""The examples of the start page: their names, prompts and pictures."""

from PySide6.QtCore import QCoreApplication

from ._example_card import Example

translate = QCoreApplication.translate


def examples() -> tuple[Example, ...]:
    """Three that show how different a prompt can be. The prompts are Composer's language, English."""
    return (
        Example(
            translate("Examples", "Dusty lo-fi"),
            "dusty lo-fi hip hop, mellow electric piano, 82 bpm, F minor, 16 bars",
            (
                (0, ((0, 4), (4, 8), (8, 12), (12, 16))),
                (1, ((4, 8), (8, 16))),
                (5, ((0, 8), (8, 16))),
                (9, ((8, 12), (12, 15))),
            ),
        ),
        Example(
            translate("Examples", "Deep house"),
            "warm deep house with organ chords and a rolling bass, 122 bpm, 32 bars",
            (
                (0, ((0, 2), (2, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14), (14, 16))),
                (3, ((4, 8), (8, 12), (12, 16))),
                (4, ((2, 8), (10, 16))),
                (7, ((8, 16),)),
            ),
        ),
        Example(
            translate("Examples", "Film score"),
            "slow cinematic strings and piano, tense, D minor, 3/4, 24 bars",
            (
                (6, ((0, 6), (6, 16))),
                (8, ((3, 10), (10, 16))),
                (10, ((6, 9), (9, 12), (13, 16))),
                (2, ((12, 16),)),
            ),
        ),
    )
