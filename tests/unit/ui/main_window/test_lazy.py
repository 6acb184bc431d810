def test_a_panel_is_built_when_its_tab_comes_to_the_front(window, qtbot):
    lazy = window.panels.library

    with qtbot.waitSignal(lazy.built):
        window.panels.show("library", focus=False)


def test_what_nobody_has_looked_at_is_not_built(window, qtbot):
    built = []
    window.panels.library.built.connect(built.append)

    with qtbot.waitSignal(window.panels.browser.built):
        window.panels.show("browser")

    assert built == []
