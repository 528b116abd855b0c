"""The cases check themselves, so their asserts are to speak as those of tests do."""

import pytest

pytest.register_assert_rewrite("tests.questions.cases")
