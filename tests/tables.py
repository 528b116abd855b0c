"""Cases that are data and no code, in YAML files beside the tests; many of them in one test."""

import functools
import inspect
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml


@cache
def tables(name):
    """All tables of a file below tests/, by their names."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return yaml.load(text, yaml.CSafeLoader)


Test = Callable[..., object]
Cases = Iterable[Any]
FAILURES = (Exception, pytest.fail.Exception)


def looped(names, cases, by=None):
    """Gives a test that tries every case, its arguments named as by `pytest.mark.parametrize`.

    Cases that are not made until the test runs are given as what makes them. What takes several seconds is
    split: `by` names the part of each case, and each part is a test.
    """
    arguments = (names,) if isinstance(names, str) else names

    def over(test):
        @functools.wraps(test)
        def every(**fixtures):
            part = fixtures.pop("part") if by else ""
            rows = [row for row in (cases() if callable(cases) else cases) if not by or by(row) == part]
            assert rows, "no cases"
            failures = [each for row in rows for each in _failure(test, _named(arguments, row), fixtures)]
            if failures:
                told = "\n".join([f"{len(failures)} of {len(rows)} cases fail", *failures])
                pytest.fail(told, pytrace=False)

        given = inspect.signature(test)
        left = [each for name, each in given.parameters.items() if name not in arguments]
        part = [inspect.Parameter("part", inspect.Parameter.POSITIONAL_OR_KEYWORD)] if by else []
        every.__signature__ = given.replace(parameters=[*part, *left])  # type: ignore[attr-defined]
        parts = dict.fromkeys(map(by, cases)) if by and not callable(cases) else ()
        return pytest.mark.parametrize("part", parts)(every) if by else every

    return over


def _named(names, row):
    return dict(zip(names, row if len(names) > 1 else (row,), strict=True))


def _failure(test, case, fixtures):
    """What is wrong in this case, if anything."""
    try:
        test(**case, **fixtures)
    except FAILURES as error:
        shown = ", ".join(f"{name}={str(value)[:200]!r}" for name, value in case.items())
        return [f"{shown}\n    " + f"{type(error).__name__}: {error}".replace("\n", "\n    ")]
    return []
