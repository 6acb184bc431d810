"""Words that a prompt may hold, as lists to choose from: styles, moods, instruments."""

import tomllib
from functools import lru_cache

import msgspec

from musicgen_desktop.foundation import resources_folder
from musicgen_desktop.generation import STEMS
from musicgen_desktop.session.controllers.styles import list_styles


class PromptWords(msgspec.Struct, frozen=True):
    """What can be put into a prompt by a click; every word is understood by Composer."""

    styles: tuple[str, ...]
    moods: tuple[str, ...]
    instruments: tuple[str, ...]


@lru_cache(maxsize=1)
def prompt_words() -> PromptWords:
    """Styles by name, the plainest word of each mood, and instruments, as one writes them in a sentence."""
    path = resources_folder() / "prompt" / "words.toml"
    tables = tomllib.loads(path.read_text("utf-8"))
    return PromptWords(
        styles=tuple(_in_a_sentence(entry.name) for entry in list_styles().styles),
        # Plain words paint a picture and change nothing.
        moods=tuple(table["words"][0] for name, table in tables["moods"].items() if name != "plain"),
        # The stems are chosen by themselves.
        instruments=tuple(
            table["words"][0] for name, table in tables["instruments"].items() if name not in STEMS
        ),
    )


def _in_a_sentence(name: str) -> str:
    """“Lo-fi hip hop” → “lo-fi hip hop”; “UK garage” stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
