"""Each kept sentence of strangers is read as it was: what is not yet right stands in slips.txt."""

import pytest

from tools.evaluation.__main__ import sets
from tools.evaluation.slips import known, record, slips


@pytest.fixture(scope="module")
def strangers_record():
    return record()


@pytest.mark.parametrize("path", sets(), ids=lambda path: path.stem)
def test_a_kept_set_is_read_as_it_was(path, strangers_record):
    assert slips(path, strangers_record) == known(path)
