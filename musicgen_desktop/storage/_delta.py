"""What changed between two values, small enough to be written down at every edit.

A delta is JSON: `{"v": value}` puts a value in place, `{"f": {field: delta}}` changes fields, and
`{"l": [...]}` builds a list from the old one in steps: `[first, count]` keeps a part,
`{"i": index, "d": delta}` keeps one element, changed, and `{"n": [values]}` brings new ones. Values share
what did not change, so most of a comparison is by identity.
"""

from collections import defaultdict, deque
from collections.abc import Hashable
from typing import Any

import msgspec

Delta = dict[str, Any]


def delta_between(before: Any, after: Any) -> Delta | None:
    """How `before` becomes `after`; None when they are equal.

    Args:
        before: a frozen value: struct, tuple, or plain.
        after: another.
    """
    if before is after:
        return None
    if type(before) is not type(after):
        return {"v": after}
    if isinstance(after, msgspec.Struct):
        if after.__struct_config__.array_like:
            return None if before == after else {"v": after}
        return _fields(before, after)
    if isinstance(after, tuple):
        return _steps(before, after)
    return None if before == after else {"v": after}


def applied(delta: Any, value: Any) -> Any:
    """The value, given as plain JSON values, after a delta. Neither is changed.

    Raises:
        ValueError, TypeError, KeyError, IndexError, AttributeError: when the delta does not fit.
    """
    kind, content = _only(delta)
    if kind == "v":
        return content
    if kind == "f":
        changed = dict(value)
        for field, inner in content.items():
            changed[field] = applied(inner, value.get(field))
        return changed
    if kind == "l":
        return _rebuilt(content, value)
    raise ValueError(f"no such delta: {kind}")


def _fields(before: msgspec.Struct, after: msgspec.Struct) -> Delta | None:
    changed: dict[str, Delta] = {}
    for field, written in zip(after.__struct_fields__, after.__struct_encode_fields__, strict=True):
        inner = delta_between(getattr(before, field), getattr(after, field))
        if inner is not None:
            changed[written] = inner
    return {"f": changed} if changed else None


def _steps(before: tuple[Any, ...], after: tuple[Any, ...]) -> Delta | None:
    first = 0
    shorter = min(len(before), len(after))
    while first < shorter and before[first] is after[first]:
        first += 1
    last = 0
    while last < shorter - first and before[-1 - last] is after[-1 - last]:
        last += 1
    script = _Script()
    script.keep(0, first)
    changed = _align(before, after, first, last, script)
    script.keep(len(before) - last, last)
    return {"l": script.steps} if changed else None


def _align(before: tuple[Any, ...], after: tuple[Any, ...], first: int, last: int, script: "_Script") -> bool:
    """The steps of the part between what is shared at both ends; whether anything changed there."""
    places: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for index in range(first, len(before) - last):
        places[_key(before[index])].append(index)
    changed = len(before) != len(after)
    for index in range(first, len(after) - last):
        value = after[index]
        known = places.get(_key(value))
        if not known:
            script.new(value)
            changed = True
            continue
        place = known.popleft()
        inner = delta_between(before[place], value)
        changed = changed or inner is not None or place != index
        if inner is None:
            script.keep(place, 1)
        else:
            script.change(place, inner)
    return changed


def _key(value: Any) -> Hashable:
    """What makes two elements the same thing: their id, or all they hold."""
    own = getattr(value, "id", None)
    if own is not None:
        return type(value), own
    try:
        hash(value)
    except TypeError:
        return id(value)
    return type(value), value


class _Script:
    """Steps, neighbours joined."""

    def __init__(self) -> None:
        self.steps: list[Any] = []

    def keep(self, first: int, count: int) -> None:
        last = self.steps[-1] if self.steps else None
        if count == 0:
            return
        if isinstance(last, list) and last[0] + last[1] == first:
            last[1] += count
        else:
            self.steps.append([first, count])

    def change(self, place: int, delta: Delta) -> None:
        self.steps.append({"i": place, "d": delta})

    def new(self, value: Any) -> None:
        last = self.steps[-1] if self.steps else None
        if isinstance(last, dict) and "n" in last:
            last["n"].append(value)
        else:
            self.steps.append({"n": [value]})


def _rebuilt(steps: Any, old: list[Any]) -> list[Any]:
    built: list[Any] = []
    used = bytearray(len(old))
    for step in steps:
        if isinstance(step, list):
            first, count = step
            taken = slice(first, first + count)
            if first < 0 or count < 1 or first + count > len(old) or any(used[taken]):
                # Nothing is kept twice, so a damaged journal cannot grow a list without end.
                raise ValueError("the list has no such part left")
            used[taken] = b"\1" * count
            built += old[taken]
        elif "n" in step:
            built += step["n"]
        else:
            place = step["i"]
            if place < 0 or used[place]:
                raise ValueError("the list has no such element left")
            used[place] = 1
            built.append(applied(step["d"], old[place]))
    return built


def _only(delta: Any) -> tuple[str, Any]:
    ((kind, content),) = delta.items()
    return kind, content
