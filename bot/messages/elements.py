"""What Slack takes of the elements that can be pressed or chosen in a message or a modal."""

from bot.messages.schema import (
    Optional,
    by_type,
    items,
    obj,
    one_of,
    plain_text,
    string,
    text_object,
    truth,
)

ID = Optional(string(255))
URL = string(3_000)
CONFIRM = obj(
    title=plain_text(100),
    text=text_object(300),
    confirm=plain_text(30),
    deny=plain_text(30),
    style=Optional(one_of("primary", "danger")),
)
BUTTON = obj(
    text=plain_text(75),
    action_id=ID,
    value=Optional(string(2_000)),
    url=Optional(URL),
    style=Optional(one_of("primary", "danger")),
    accessibility_label=Optional(string(75)),
    confirm=Optional(CONFIRM),
)
OPTION = obj(text=plain_text(75), value=string(150), description=Optional(plain_text(75)))
PLACEHOLDER = Optional(plain_text(150))
SELECT = obj(
    action_id=ID,
    options=items(OPTION, 1, 100),
    initial_option=Optional(OPTION),
    placeholder=PLACEHOLDER,
    confirm=Optional(CONFIRM),
    focus_on_load=Optional(truth),
)
OVERFLOW = obj(action_id=ID, options=items(OPTION, 1, 5), confirm=Optional(CONFIRM))
VERDICT = obj(text=plain_text(75), value=Optional(string(2_000)), accessibility_label=Optional(string(75)))
ACTIONS = by_type(button=BUTTON, static_select=SELECT, overflow=OVERFLOW)
CONTEXT_ACTIONS = by_type(
    feedback_buttons=obj(action_id=ID, positive_button=VERDICT, negative_button=VERDICT),
    icon_button=obj(
        icon=one_of("trash"),
        text=plain_text(75),
        action_id=ID,
        value=Optional(string(2_000)),
        accessibility_label=Optional(string(75)),
        visible_to_user_ids=Optional(items(string(255), 1, 10)),
        confirm=Optional(CONFIRM),
    ),
)
