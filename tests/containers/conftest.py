from tests.slack.conftest import slack as slack
