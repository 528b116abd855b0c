"""One small record for every test of this folder."""

import pytest

from tests.questions.small_record import SmallRecord


@pytest.fixture(scope="session")
def record() -> SmallRecord:
    return SmallRecord()
