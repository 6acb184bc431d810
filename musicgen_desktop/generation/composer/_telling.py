"""What a person is told of the words of a prompt, once it is known what came of them."""

from collections.abc import Iterator, Mapping

import msgspec

from musicgen_desktop.generation.request import Request
from musicgen_desktop.generation.result import Understood

from .prompt import Found, Reading

_OPTIONS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "style": (("style",), "style"),
    "tempo_bpm": (("tempo",), "tempo"),
    "key": (("key", "scale"), "key"),
    "meter": (("meter",), "meter"),
    "bars": (("length",), "bars"),
    "seconds": (("length",), "seconds"),
    "chords": (("chords",), "chords"),
}
_NOT_USED = "not used: "


class Told(msgspec.Struct, frozen=True):
    """The words of a prompt and what came of them; those that said nothing to us stand apart."""

    understood: tuple[Understood, ...]
    not_understood: tuple[str, ...]


def told(reading: Reading, request: Request, style_name: str, title: str) -> Told:
    """The words of the prompt and what came of them: options beat words, and some only name the song.

    Args:
        reading: of the prompt.
        request: whose options beat the prompt.
        style_name: of the song.
        title: of the song.
    """
    options = dict(_options_over(request))
    entries = [
        Understood(words=found.words, meaning=_meaning(found, options, request, title))
        for found in reading.found
    ]
    if request.style is None and reading.style is None:
        entries.append(Understood(words="(no style named)", meaning=f"style: {style_name}"))
    return Told(tuple(entries), reading.not_understood)


def _options_over(request: Request) -> Iterator[tuple[str, str]]:
    for field, (abouts, name) in _OPTIONS.items():
        if getattr(request, field) is not None:
            for about in abouts:
                yield about, name


def _meaning(found: Found, options: Mapping[str, str], request: Request, title: str) -> str:
    if found.meaning.startswith(_NOT_USED):
        return found.meaning
    if found.about == "title":
        word = found.words.rpartition("(read as ")[2].rstrip(")")
        return "used for the title" if title.lower().startswith(f"{word.lower()} ") else found.meaning
    if found.about in options:
        return f"{_NOT_USED}the {options[found.about]} option decides"
    asked, _, role = found.about.partition("stem:")
    if role and request.stems is not None and (role in request.stems) == (asked == "no "):
        return f"{_NOT_USED}the stems option decides"
    return found.meaning
