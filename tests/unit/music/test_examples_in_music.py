import doctest
import importlib
import pkgutil

import pytest

from musicgen_desktop import music

MODULES = [module.name for module in pkgutil.iter_modules(music.__path__, f"{music.__name__}.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name):
    module = importlib.import_module(name)

    result = doctest.testmod(module)

    assert result.failed == 0
