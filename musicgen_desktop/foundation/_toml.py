"""TOML: values as a document, which the standard library only reads, and documents of anybody as values."""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, time
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


class BadTomlError(ValueError):
    """A document that cannot be read; says why in words that can follow a colon."""


def parse_toml(text: str) -> dict[str, Any]:
    """The values of a document that anybody may have written.

    Raises:
        BadTomlError: it is no TOML, nested too deep, or has a number without end.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTomlError(str(error)) from error
    except RecursionError:
        raise BadTomlError("it is nested too deep") from None
    except ValueError as error:  # Python refuses to read numbers of thousands of digits
        raise BadTomlError("a number has far too many digits") from error


def toml_text(values: Mapping[str, Any]) -> str:
    """A TOML document that reads back as these values.

    Args:
        values: text, whole and real numbers, truth values, dates and times, lists of such, and
            tables within tables. What is
            None is left out: TOML has no word for it.

    Raises:
        TypeError: for anything else.
    """
    return "\n".join(_lines(values, ())) + "\n"


def _lines(values: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = {key: value for key, value in values.items() if not isinstance(value, Mapping)}
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items() if value is not None]
    for key, table in tables.items():
        inner = _lines(table, (*path, key))
        heading = f"[{'.'.join(_key(part) for part in (*path, key))}]"
        lines += ["", heading, *inner] if lines else [heading, *inner]
    return lines


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    match value:
        case bool():
            text = "true" if value else "false"
        case str():
            text = _text(value)
        case int():
            text = str(value)
        case float():
            text = repr(value)  # “inf” and “nan” are TOML's words too
        case list() | tuple():
            text = f"[{', '.join(_value(each) for each in value)}]"
        case Mapping():
            text = f"{{ {', '.join(f'{_key(key)} = {_value(each)}' for key, each in value.items())} }}"
        case date() | time():
            text = value.isoformat()
        case _:
            raise TypeError(f"TOML has no way to write {type(value).__name__}")
    return text


def _text(text: str) -> str:
    # JSON's escapes are TOML's too; only DEL is plain text there and forbidden here.
    printable = text.encode("utf-8", "replace").decode()
    return json.dumps(printable, ensure_ascii=False).replace("\x7f", "\\u007f")
