"""What is said back to a press, a choice, a shortcut, or where a file did not come: a sentence each."""

FILE_MISSING = "The file {name} could not be attached ({why}). The figures above stand without it."
NO_FILES_SCOPE = "the app was not granted files:write: add it and install the app again"
FILE_ELSEWHERE = (
    "The file {name} does not come with what only you see: ask in a channel, or in a direct message to me."
)
STALE = "Sorry, that choice does not fit this message any more, so nothing was changed. Please ask in words."
GONE = "Sorry, there is no answer of mine here any more that could be deleted."
ALONE_CAN_DELETE = "Only <@{asker}>, who asked, can delete this answer. It stays."
THANKS = "Thank you, I have noted that this answer helped."
NOTED = "I have noted that this answer did not help. If you tell why, it can be mended."
VERDICT_GONE = "That was about feedback that you have changed since: press Not helpful again."
OWN_ANSWER = "That is an answer of mine. Change its question, and send it."
NOT_A_QUESTION = "I cannot read a question out of that message. Correct what I understood, and send it."
ANSWERED_BELOW = "Answered in your messages with me: {question}"
