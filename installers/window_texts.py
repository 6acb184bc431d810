"""Finds the texts of the window in its code.

Texts are said by `self.tr("…")` in a class, or by `QCoreApplication.translate("Context", "…")`, by whatever
short name; those that are listed to be said later are marked by `QT_TRANSLATE_NOOP("Context", "…")`. Qt's own
lupdate reads the same, but passes over counted texts of `translate`, short names, and texts in f-strings.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple


class WindowText(NamedTuple):
    """One text as the code has it; `is_counted` when it is said with a number."""

    context: str
    source: str
    is_counted: bool


class UnknownTextError(Exception):
    """A text that cannot be found in the code, for it is made while the program runs."""


def window_texts(files: Iterable[Path]) -> list[WindowText]:
    """Every text of these files, once, in the order of the files.

    Raises:
        UnknownTextError: for a text that is no literal, or that another object than `self` translates.
    """
    found: dict[tuple[str, str], WindowText] = {}
    for file in files:
        for text in _Reader(file).texts():
            earlier = found.setdefault((text.context, text.source), text)
            if earlier.is_counted != text.is_counted:
                raise UnknownTextError(f"{file}: “{text.source}” is said with and without a number")
    return list(found.values())


class _Reader:
    """Reads one file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._tree = ast.parse(file.read_text("utf-8"))
        self._names = {"translate", "QT_TRANSLATE_NOOP"} | set(_short_names(self._tree))

    def texts(self) -> Iterator[WindowText]:
        """All of them; what is translated later must be marked in the same file."""
        marked: set[str] = set()
        later: dict[str, ast.Call] = {}
        for call, class_name in _calls(self._tree, None):
            text = self._text(call, class_name, later)
            if text is not None:
                yield text
                if _name_of(call) == "QT_TRANSLATE_NOOP":
                    marked.add(text.context)
        for context, call in later.items():
            if context not in marked:
                raise self._error(call, "is no literal")

    def _text(self, call: ast.Call, class_name: str | None, later: dict[str, ast.Call]) -> WindowText | None:
        name = _name_of(call)
        if name == "tr":
            said_by = call.func.value if isinstance(call.func, ast.Attribute) else None
            if class_name is None or not (isinstance(said_by, ast.Name) and said_by.id == "self"):
                raise self._error(call, "is not said by self")
            source = _literal(call.args[0])
            if source is None:
                raise self._error(call, "is no literal")
            return WindowText(class_name, source, len(call.args) > 2)
        context = _literal(call.args[0]) if name in self._names and len(call.args) > 1 else None
        if context is None:
            return None  # also QPainter.translate
        source = _literal(call.args[1])
        if source is None:
            later[context] = call
            return None
        return WindowText(context, source, len(call.args) > 3)

    def _error(self, call: ast.Call, what: str) -> UnknownTextError:
        return UnknownTextError(f"{self._file}:{call.lineno}: this text {what}")


def _calls(node: ast.AST, class_name: str | None) -> Iterator[tuple[ast.Call, str | None]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, class_name
        yield from _calls(child, child.name if isinstance(child, ast.ClassDef) else class_name)


def _short_names(tree: ast.AST) -> Iterator[str]:
    """What `QCoreApplication.translate` is called in this file."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))  # one may be starred
            for name, value in pairs:
                if (
                    isinstance(name, ast.Name)
                    and isinstance(value, ast.Attribute)
                    and value.attr == "translate"
                ):
                    yield name.id


def _name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
