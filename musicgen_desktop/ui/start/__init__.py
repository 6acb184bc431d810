"""The start page, and the words about work that a crash left open."""

from ._page import StartPage
from ._recovery_notice import RecoveryNotice
from ._recovery_words import RecoveryChoice, RecoveryOffer, recovery_offers, recovery_sentence

__all__ = [
    "RecoveryChoice",
    "RecoveryNotice",
    "RecoveryOffer",
    "StartPage",
    "recovery_offers",
    "recovery_sentence",
]
