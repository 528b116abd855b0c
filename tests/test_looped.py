"""A looped test goes on after a case that fails, and names every one."""

import pytest

from tests.looped import looped


def failures(names: str | tuple[str, ...], cases: list[object]) -> str:
    @looped(names, cases)
    def test(one: int, other: int = 2) -> None:
        with pytest.raises(ZeroDivisionError):
            1 / (one - 1)
        assert one != other

    with pytest.raises(pytest.fail.Exception) as failed:
        test()
    return str(failed.value)


def test_every_case_that_fails_is_named_with_the_reason() -> None:
    told = failures("one", [1, 2, 3])
    assert told.startswith("2 of 3 cases fail\none='2'\n    Failed: DID NOT RAISE")
    assert "one='3'" in told
    assert "one='1'" not in told


def test_a_case_of_several_arguments_is_named_by_all() -> None:
    assert "one='1', other='1'\n    AssertionError: assert 1 != 1" in failures(
        ("one", "other"), [(1, 2), (1, 1)]
    )


def test_a_loop_without_cases_fails() -> None:
    with pytest.raises(AssertionError, match="no cases"):
        looped("one", [])(lambda one: None)()


@looped("times", [1, 2])
@looped("number", [1, 2, -1, -2], by=lambda number: "above" if number > 0 else "below")
def test_a_loop_is_split_by_its_parts(number: int, times: int, request: pytest.FixtureRequest) -> None:
    assert (number * times > 0) == request.node.name.endswith("[above]")
