"""The tokenizer's file, read once to see that it works and fits."""

from pathlib import Path

from tokenizers import Tokenizer

from musicgen_desktop.foundation import UserInputError

from ._source import text_within

_LARGEST = 32 << 20
_PROBE = "90s rock, 120 bpm: electric guitars & heavy drums — ça va?"


def read_tokenizer(folder: Path) -> bytes:
    """The bytes of a folder's tokenizer.json.

    Raises:
        UserInputError: when it is missing, too large or damaged.
    """
    text = text_within(folder, "tokenizer.json", _LARGEST)
    if text is None:
        raise UserInputError(
            "The model lacks tokenizer.json; download it from the model's page (t5-base has the same one)."
        )
    return text


def check_tokenizer(text: bytes, words: int) -> None:
    """Let it read a sentence.

    Args:
        text: of the file.
        words: how many the text encoder knows.

    Raises:
        UserInputError: when it cannot, or knows more words than the text encoder.
    """
    try:
        tokenizer = Tokenizer.from_str(text.decode())
        known = max(tokenizer.get_vocab(with_added_tokens=True).values(), default=-1)
        ids = tokenizer.encode(_PROBE).ids
    # tokenizers raises nothing narrower, and its inner failures are no Exception at all.
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise UserInputError("tokenizer.json is damaged; copy or download the model again.") from error
    if not ids or max(known, *ids) >= words:
        raise UserInputError(
            "tokenizer.json belongs to another text encoder; copy or download all of one model."
        )
