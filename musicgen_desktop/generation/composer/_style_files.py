"""Style files: where they lie, how they are read, and what is said of one that is not right."""

import contextlib
import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from musicgen_desktop.foundation import (
    BadTomlError,
    UserInputError,
    parse_toml,
    resources_folder,
    user_data_folder,
)

from ._effects import complaint_of_effect
from ._parts_style import PartsStyle
from ._style import Naming, Style
from ._style_checks import check_style

T = TypeVar("T")

_HEAD = ("style", "tempo", "feel", "meter", "harmony", "form", "stems", "mix", "returns", "master")
MAX_STYLE_BYTES = 256 * 1024
_DEFAULTS = "_defaults.toml"
_WHOLE = ("modes", "sends")  # a style that names some of these means no others


class UnknownStyleError(UserInputError):
    """Nobody knows a style of that name; the sentence lists near ones."""


class BadStyleFileError(UserInputError):
    """A style file cannot be used; the sentence names the file, the key and the mend."""


def style_folders() -> tuple[Path, ...]:
    """Our own styles, then the user's, which replace ours of the same id."""
    return (resources_folder() / "styles", user_data_folder() / "styles")


class Styles(Mapping[str, Style]):
    """All styles by id. Only the names are read at once; a style is read when it is asked for.

    A file that is not right hides no other: its complaint is kept, and is raised when its style is asked for.
    """

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        """Read the names; files whose names cannot be read are left out and complained of in `broken`."""
        self._paths: dict[str, Path] = {}
        self._unnamed: dict[str, BadStyleFileError] = {}  # file name without its end → what is wrong
        self._namings: dict[str, Naming] = {}
        self._styles: dict[str, Style] = {}
        for folder in style_folders() if folders is None else folders:
            for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
                if not path.name.startswith("_"):
                    self._take(path)

    def _take(self, path: Path) -> None:
        try:
            naming = _read_naming(path)
        except BadStyleFileError as error:
            self._unnamed[path.stem] = error
            return
        self._paths[naming.id] = path
        self._namings[naming.id] = naming

    @property
    def broken(self) -> tuple[BadStyleFileError, ...]:
        """What is wrong with the files that cannot be used; reads every style file whole."""
        errors = list(self._unnamed.values())
        for style_id in self._paths:
            try:
                self[style_id]
            except BadStyleFileError as error:
                if str(error) not in map(str, errors):  # an heir has the complaint of whom it is like
                    errors.append(error)
        return tuple(errors)

    def usable(self) -> tuple[Style, ...]:
        """Every style that is right, in the order of their files; reads every style file whole."""
        styles: list[Style] = []
        for style_id in self._paths:
            with contextlib.suppress(BadStyleFileError):
                styles.append(self[style_id])
        return tuple(styles)

    def __getitem__(self, style_id: str) -> Style:
        if style_id not in self._styles:
            path = self._paths[style_id]
            self._styles[style_id] = _style_of(self._merged(style_id, ()), path)
        return self._styles[style_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def namings(self) -> tuple[Naming, ...]:
        """Ids, names and words of all styles, in the order of their files."""
        return tuple(self._namings.values())

    def find(self, name: str) -> Style:
        """The style of an id, a name or one of its words, in any case.

        Raises:
            UnknownStyleError: with the nearest names.
            BadStyleFileError: when its file is not right.
        """
        wanted = plain_words(name)
        for stem, error in self._unnamed.items():
            if plain_words(stem) == wanted:
                raise error
        known: dict[str, str] = {}
        for naming in self._namings.values():
            for word in (naming.id, naming.name, *naming.words):
                known.setdefault(plain_words(word), naming.id)
        if wanted in known:
            return self[known[wanted]]
        near = difflib.get_close_matches(wanted, list(known), n=4, cutoff=0.65)
        names = dict.fromkeys(self._namings[known[word]].id for word in near)
        hint = f"did you mean {' or '.join(names)}?" if names else f"choose from {', '.join(sorted(self))}."
        raise UnknownStyleError(f"There is no style called “{name[:40]}”; {hint}")

    def _merged(self, style_id: str, heirs: tuple[str, ...]) -> dict[str, Any]:
        path = self._paths[style_id]
        tables = _read_toml(path)
        like = tables.get("style", {}).get("like")
        if like is None:
            defaults = resources_folder() / "styles" / _DEFAULTS
            below = _read_toml(defaults) if defaults.is_file() else {}
        elif like not in self._paths or like in (style_id, *heirs):
            raise BadStyleFileError(
                f"The style file “{path.name}” says like = “{like}”; name the id of another style there."
            )
        else:
            below = self._merged(like, (*heirs, style_id))
            _ = self[like]  # what is wrong there is told of that file, not of this one
        return _laid_over(below, tables)


def load_styles(folders: Sequence[Path] | None = None) -> Styles:
    """All styles of the folders; None means ours and the user's. What is wrong is told by `Styles.broken`."""
    return Styles(folders)


def plain_words(text: str) -> str:
    """Lower case with single blanks for hyphens and the like: "Lo-Fi  Hip_Hop" → "lo fi hip hop"."""
    letters = "".join(c if c.isalnum() or c in "&'#" else " " for c in text.lower())
    return " ".join(letters.replace("&", " and ").split())


def _read_naming(path: Path) -> Naming:
    # The names of all styles are wanted at every start, their music hardly ever: parse one table only.
    text = _read_text(path)
    start = text.find("[style]")
    end = text.find("\n[", start + 1)
    head = text[start:] if end < 0 else text[start:end]
    tables = _parse(head if start >= 0 else text, path)
    _check_top(_parse(text[:start], path) if start > 0 else tables, path)
    if not isinstance(tables.get("style"), dict):
        raise BadStyleFileError(
            f"The style file “{path.name}” has no table [style]; begin it with [style], an id and a name."
        )
    return _convert(tables["style"], Naming, path, "style")


def _check_top(tables: dict[str, Any], path: Path) -> None:
    """Keys of [style] that stand above it are a slip that would pass in silence."""
    for key in tables:
        if key in Naming.__struct_fields__:
            raise BadStyleFileError(
                f"The style file “{path.name}” has {key} = … outside of the table [style]; "
                f"move that line below [style]."
            )


def _read_toml(path: Path) -> dict[str, Any]:
    return _parse(_read_text(path), path)


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_STYLE_BYTES:
            raise BadStyleFileError(
                f"The style file “{path.name}” is larger than {MAX_STYLE_BYTES // 1024} kB; "
                f"shorten it or take it away."
            )
        return path.read_text("utf-8-sig")  # some editors put a byte order mark in front
    except (OSError, UnicodeDecodeError) as error:
        raise BadStyleFileError(
            f"The style file “{path.name}” cannot be read ({error}); mend it or take it away."
        ) from error


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return parse_toml(text)
    except BadTomlError as error:
        raise BadStyleFileError(
            f"The style file “{path.name}” is not valid TOML: {error}. Mend that place or take the file away."
        ) from error


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict) and key not in _WHOLE:
            merged[key] = _laid_over(merged[key], value)
        else:
            merged[key] = value
    return merged


def _style_of(tables: dict[str, Any], path: Path) -> Style:
    head = {name: tables.get(name, {}) for name in _HEAD}
    parts = {name: table for name, table in tables.items() if name not in _HEAD}
    naming = _convert(head.pop("style"), Naming, path, "style")
    head["returns"] = {
        name: _effects(chain, f"returns.{name}", path) for name, chain in _entries(head["returns"])
    }
    master = head["master"].get("effects", []) if isinstance(head["master"], dict) else []
    head["master"] = _effects(master, "master.effects", path)
    head["mix"] = {
        role: {**mix, "inserts": _effects(mix.get("inserts", []), f"mix.{role}.inserts", path)}
        if isinstance(mix, dict)
        else mix
        for role, mix in _entries(head["mix"])
    }
    values = {"naming": msgspec.to_builtins(naming), **head, "parts": _convert(parts, PartsStyle, path, "")}
    style = _convert(values, Style, path, "")
    complaint = check_style(style)
    if complaint:
        raise BadStyleFileError(f"The style file “{path.name}” is not right: {complaint}")
    return style


def _entries(table: object) -> list[tuple[str, Any]]:
    return list(table.items()) if isinstance(table, dict) else []


def _effects(chain: object, place: str, path: Path) -> list[Any]:
    """Write {kind = "delay", wet = 0.3} out as a kind and its parameters."""
    if not isinstance(chain, list):
        raise BadStyleFileError(
            f"The style file “{path.name}” is not right at {place}: "
            f'write a list of effects there, like [{{ kind = "delay", wet = 0.3 }}].'
        )
    out: list[Any] = []
    for i, effect in enumerate(chain):
        key, complaint = complaint_of_effect(effect)
        if complaint:
            raise BadStyleFileError(
                f"The style file “{path.name}” is not right at {place}[{i}]{key}: {complaint}"
            )
        rest = {name: value for name, value in effect.items() if name != "kind"}
        out.append({"kind": effect["kind"], "parameters": rest})
    return out


def _convert(values: object, kind: type[T], path: Path, table: str) -> T:
    try:
        return msgspec.convert(values, kind, strict=True)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$")
        place = (table + where.rstrip("`")).lstrip(".").removeprefix("naming.") or table or "the top"
        raise BadStyleFileError(
            f"The style file “{path.name}” is not right at {place}: {what}. "
            f"Mend it there or take the file away."
        ) from error
