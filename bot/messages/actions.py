"""The names under which Slack tells what was pressed or chosen in a message."""

import re

HOME_ASK = "home_{}"  # the same on the home tab, numbered
HOME_ASKED = re.compile(r"^home_\d$")
ASK = re.compile(r"^ask(_private)?_\d$")  # asks the question that its value holds, as JSON
MENU = "menu"  # units, a file, a post after each release, more
MENU_CHOSEN = re.compile(r"^menu(_[0-9a-f]{16})?$")  # with the id of a stored question
UNITS = "units"  # callback_id of the modal in which a unit is chosen, and the name of its field
HOW = "how"  # opens what stands behind the answer; its value is the question, as JSON
FEEDBACK = "feedback"  # its values are UP and DOWN
UP, DOWN = "up", "down"
HELD = re.compile(r"^held_(accepted|rejected)$")  # of a held figure, whose number is its value
WORD_FORGOTTEN = "word_forgotten"  # takes a taught word away, its value; numbered in a list
FORGETS_WORD = re.compile(rf"^{WORD_FORGOTTEN}(_\d+)?$")
DELETE = "delete"  # its value is the user who asked, and who alone may delete
