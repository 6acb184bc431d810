"""The settings inside audiocraft's files: OmegaConf's YAML, of which only plain values are taken."""

import re
from typing import Any, TypeVar

import msgspec
import yaml  # type: ignore[import-untyped]

from musicgen_desktop.foundation import UserInputError

from ._source import shown

_LARGEST = 128 << 10  # characters; those of public models have 20 thousand, and YAML is read slowly
_REFERENCE = re.compile(r"\$\{([\w.]{1,200})\}")
_LONGEST_CHAIN = 8

T = TypeVar("T")


class _PlainLoader(yaml.SafeLoader):  # type: ignore[misc]
    """Knows no aliases: with them a short text can stand for an endless one, and OmegaConf writes none."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)


def read_settings(file_name: str, text: object, kind: type[T]) -> T:
    """The settings as a value; unknown ones are passed over.

    Args:
        file_name: for the sentence of an error.
        text: `xp.cfg` of the file, not trusted. `${a.b}` stands for another setting.
        kind: a Struct.

    Raises:
        UserInputError: when it is no such text, or says something else.
    """
    try:
        if not isinstance(text, str) or len(text) > _LARGEST:
            raise ValueError("no settings")  # noqa: TRY301 - all ways to be wrong end below
        tree = yaml.load(text, _PlainLoader)  # noqa: S506 - it is SafeLoader with less
        return msgspec.convert(_resolved(tree, tree), kind)
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, TypeError) as error:
        raise UserInputError(
            f"The settings inside {file_name} are damaged or of another kind of model "
            f"({shown(str(error))}); copy or download the model again."
        ) from error


def _resolved(value: object, tree: object) -> object:
    if isinstance(value, dict):
        return {str(key): _resolved(each, tree) for key, each in value.items()}
    if isinstance(value, list):
        return [_resolved(each, tree) for each in value]
    for _ in range(_LONGEST_CHAIN):
        match = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            return value
        value = _looked_up(tree, match.group(1))
    raise ValueError("references in a circle")


def _looked_up(tree: object, path: str) -> object:
    for key in path.split("."):
        tree = tree.get(key) if isinstance(tree, dict) else None
    # Only single values: a reference to a whole part could hold itself.
    return None if isinstance(tree, dict | list) else tree
