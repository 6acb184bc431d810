"""Every label that an edit can have is known to the window, and is said in its language."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

import musicgen_desktop
from musicgen_desktop.ui.bridges import label_text

_ROOT = Path(musicgen_desktop.__file__).parent
_PLACES = {
    "Edit": 0,
    "NotesEdit": 0,
    "edited": 0,
    "apply": 0,
    "tell": 2,
    "_chain": 0,
    "chained": 1,
    "exchange_notes": 2,
    "map_notes": 2,
    "_redrawn": 2,
}
"""Which argument of a call is the label."""


def _edit_labels() -> set[str]:
    """Every label that the code can make; “X” stands for a name, 3 for a number."""
    files = [*(_ROOT / "session").rglob("*.py"), *(_ROOT / "ui").rglob("*.py")]
    return {label for file in files for label in _labels_in(ast.parse(file.read_text("utf-8"))) if label}


def _labels_in(tree: ast.Module) -> Iterator[str]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        for call in ast.walk(function):
            place = _PLACES.get(_called(call))
            if place is not None and len(call.args) > place:
                yield from _values(call.args[place], function)


def _values(node: ast.expr, function: ast.FunctionDef) -> set[str]:  # noqa: PLR0911 - one for each kind
    """What an expression may be; empty for what another function makes."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=one, orelse=other):
            return _values(one, function) | _values(other, function)
        case ast.Subscript(value=ast.Dict(values=values)):
            return set().union(*(_values(each, function) for each in values))
        case ast.Subscript(value=value, slice=ast.Slice()):
            return _values(value, function)
        case ast.Call() if _called(node) == "counted":
            verb, noun = node.args[:2]
            words = product(_values(verb, function), _values(noun, function))
            return {text for v, n in words for text in (f"{v} {n}", f"{v} 3 {n}s")}
        case ast.JoinedStr(values=parts):
            return {"".join(each) for each in product(*(_part(part, function) for part in parts))}
        case ast.Name(id=name):
            assigned = [
                each.value
                for each in ast.walk(function)
                if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == name
            ]
            return set().union(*(_values(value, function) for value in assigned))
    return set()


def _part(part: ast.expr, function: ast.FunctionDef) -> set[str]:
    if not isinstance(part, ast.FormattedValue):
        return _values(part, function)
    if _called(part.value) == "len":
        return {"3"}
    return _values(part.value, function) or {"X"}


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


class _Loud(QTranslator):
    """A language in which all labels are in capitals, and numbers and names stay as they are."""

    def translate(self, context, text, _disambiguation=None, _n=-1):
        if context != "Edit":
            return ""
        words = text.upper()
        for part in ("{name}", "{count}", "{edit}"):
            words = words.replace(part.upper(), part)
        return words.replace("“", "«").replace("”", "»")


@pytest.fixture
def _loud(_dressed):
    language = _Loud()
    QCoreApplication.installTranslator(language)
    yield
    QCoreApplication.removeTranslator(language)


@pytest.mark.usefixtures("_loud")
@pytest.mark.parametrize("label", sorted(_edit_labels()))
def test_every_label_of_the_code_is_said_in_the_language_of_the_window(label):
    assert label_text(label) == label.upper().replace("“", "«").replace("”", "»")


@pytest.mark.usefixtures("_loud")
def test_numbers_and_names_stay_as_they_are():
    assert label_text("Move 12 clips") == "MOVE 12 CLIPS"
    assert label_text("Keep “lofi-b”") == "KEEP «lofi-b»"
    assert label_text("Import “a.wav”, “b.wav”") == "IMPORT «a.wav», «b.wav»"
    assert label_text("Add send to Room {1}") == "ADD SEND TO Room {1}"


@pytest.mark.usefixtures("_loud")
def test_what_is_undone_is_said_too():
    assert label_text("Undo Move 12 clips") == "UNDO MOVE 12 CLIPS"
    assert label_text("Redo Keep “lofi-b”") == "REDO KEEP «lofi-b»"


@pytest.mark.usefixtures("_loud")
def test_a_label_that_is_not_known_stays_english():
    assert label_text("Paint the moon") == "Paint the moon"


def test_without_a_translation_labels_are_as_they_were_made():
    for label in _edit_labels():
        assert label_text(label) == label
