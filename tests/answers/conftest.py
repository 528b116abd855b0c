"""The helper of the cases is imported here first: its assertions are to be told in full here too."""

import pytest

pytest.register_assert_rewrite("tests.questions.cases")
