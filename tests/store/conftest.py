import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request, tmp_path, postgres):
    """An empty database of each kind: here the tables are made."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/ledger.sqlite3"
    else:
        with postgres.database(empty=True) as url:
            yield url
