"""The window in other languages: nothing is left out, counts read right, and every placeholder is kept."""

import ast
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import translations
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QMenu
from window_texts import UnknownTextError, WindowText, window_texts

from musicgen_desktop.ui.theme import languages, speak
from tests.unit.ui.main_window.conftest import Opened

FOLDER = translations.FOLDER
GERMAN = ET.parse(FOLDER / "de.ts")  # noqa: S314 - our own file
PLACEHOLDER = re.compile(r"\{\w+\}|%n|\t")


def messages():
    """Context, source and every form of the translation of each German text."""
    for context in GERMAN.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = translation.findall("numerusform") or [translation]
            yield context.findtext("name"), message.findtext("source"), [form.text or "" for form in forms]


@pytest.fixture
def spoken(_dressed):
    """Speaks a language until the end of the test."""
    locale, before = QLocale(), set(_dressed.findChildren(QTranslator))
    yield lambda tag: speak(_dressed, tag)
    for translator in set(_dressed.findChildren(QTranslator)) - before:
        _dressed.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


def test_nothing_waits_for_its_german():
    assert 'type="unfinished"' not in (FOLDER / "de.ts").read_text("utf-8")
    assert not [(context, source) for context, source, forms in messages() if not all(forms)]


def test_every_text_of_the_window_has_german():
    known = {(context, source) for context, source, _ in messages()}
    told = {(text.context, text.source) for text in window_texts(translations.code())}

    assert told - known == set(), (
        "run installers/translations.py, then translate these in de.ts and run it again"
    )
    assert known - told == set(), "run installers/translations.py: the window says these no more"


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_the_window_loads_is_made_of_the_texts_in_the_file(language, tmp_path):
    translations.compile_texts(FOLDER / f"{language}.ts", tmp_path / "fresh.qm")

    assert (tmp_path / "fresh.qm").read_bytes() == (FOLDER / f"{language}.qm").read_bytes()


def test_german_keeps_every_placeholder():
    lost = [
        (source, form)
        for _, source, forms in messages()
        for form in forms
        if Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(form))
    ]

    assert lost == []


def test_german_ends_as_the_english_does():
    marks = "…:."
    wrong = [
        (source, form)
        for _, source, forms in messages()
        for form in forms
        if source[-1:] != form[-1:] and (source[-1:] in "…:" or form[-1:] in marks) and form[-4:] != "Okt."
    ]

    assert wrong == []


def test_german_has_german_quotes():
    assert not [form for _, _, forms in messages() for form in forms if "”" in form]
    assert not [form for _, _, forms in messages() for form in forms if form.count("„") != form.count("“")]


def test_english_counts_read_right(spoken):
    assert spoken("en") == "en"

    say = QCoreApplication.translate
    assert say("CanvasView", "%n file(s)", "", 1) == "1 file"
    assert say("CanvasView", "%n file(s)", "", 2) == "2 files"
    assert say("SongSection", "{tracks} and %n bus(es)", "", 2) == "{tracks} and 2 buses"


def test_counted_texts_are_said_by_classes_that_no_other_extends():
    """Qt looks for the text of a subclass first, and takes the number that it put in for a translation."""
    classes = [
        node
        for file in translations.code()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    extended = {ast.unparse(base) for each in classes for base in each.bases}
    counting = {
        each.name
        for each in classes
        for call in ast.walk(each)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "self.tr" and len(call.args) > 2
    }

    assert counting & extended == set()


def test_german_counts_read_right(spoken):
    assert spoken("de") == "de"

    say = QCoreApplication.translate
    assert say("SourcesPage", "%n clip(s)", "", 1) == "1 Clip"
    assert say("SourcesPage", "%n clip(s)", "", 3) == "3 Clips"
    assert say("When", "%n day(s) ago", "", 1) == "vor 1 Tag"
    assert say("When", "%n day(s) ago", "", 5) == "vor 5 Tagen"


def test_an_unknown_language_is_english(spoken):
    assert {"de", "en"} <= set(languages())
    assert spoken("xx") == "en"


def test_the_window_speaks_german_and_no_menu_has_a_key_twice(spoken):
    spoken("de")
    opened = Opened()
    try:
        titles = [action.text() for action in opened.window.menuBar().actions()]
        menus = [opened.window.menuBar(), *opened.window.findChildren(QMenu)]
        twice = [
            (key, [action.text() for action in menu.actions()])
            for menu in menus
            for key, count in keys_of(menu).items()
            if count > 1
        ]
        undo = opened.actions["edit.undo"].text()
    finally:
        opened.close()

    assert titles[:2] == ["&Datei", "&Bearbeiten"]
    assert undo == "Rückgängig"
    assert twice == []


def keys_of(menu):
    """How often each key is underlined in a menu."""
    texts = (action.text().replace("&&", "") for action in menu.actions())
    return Counter(found[1].lower() for text in texts if (found := re.search("&(.)", text)))


def test_texts_are_found_by_context_and_by_whether_they_count(tmp_path: Path):
    file = tmp_path / "view.py"
    file.write_text(
        "say = QCoreApplication.translate\n"
        "class View(QWidget):\n"
        "    def show(self):\n"
        "        self.tr('Plain')\n"
        "        f\"{self.tr('%n clip(s)', '', len(self.clips))}\"\n"
        "        say('Other', '%n note(s)', '', self.count)\n"
        "        painter.translate(0, 4)\n"
        "LATER = QT_TRANSLATE_NOOP('Edit', 'Move clip')\n"
        "say('Edit', label)\n",
        "utf-8",
    )

    assert set(window_texts([file])) == {
        WindowText("View", "Plain", is_counted=False),
        WindowText("View", "%n clip(s)", is_counted=True),
        WindowText("Other", "%n note(s)", is_counted=True),
        WindowText("Edit", "Move clip", is_counted=False),
    }


@pytest.mark.parametrize(
    "line", ["translate('View', text)", "other.tr('Plain')", "class A:\n    def b(self): self.tr(text)"]
)
def test_a_text_that_cannot_be_found_is_an_error(tmp_path: Path, line):
    file = tmp_path / "view.py"
    file.write_text(line, "utf-8")

    with pytest.raises(UnknownTextError, match=r"view\.py:"):
        window_texts([file])
