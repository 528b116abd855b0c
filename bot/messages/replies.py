"""What is said in Slack around the answers: why only one person sees one, what a press came to, trouble."""

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

# Why an answer comes to the asker alone; what else stands around one.
INVITE = (
    "Only you can see this: I am not in this channel."
    " Type `/invite @{name}` here to let everyone read the answers."
)
ELSEWHERE = "Only you can see this: I cannot post in a conversation between other people."
ARCHIVED = "Only you can see this: the channel is archived."
REFUSED = "Only you can see this: Slack does not let me post here ({error})."
SHARED = "Only you can see this: the channel is shared with another company."
UNSURE = "Only you can see this: Slack did not tell me whether the channel is shared with another company."
EDITED = "(question edited)"
SORRY = "Sorry, something went wrong on my side and I could not answer. Please try again in a minute."
GIVEN_UP = (
    "A message to me in <#{channel}> of {when} could not be answered for half a day, and I have given it up."
    " The log says why; who asked may ask again."
)

# Who is not served, and where. What was asked is not repeated: others may be able to read it.
NOT_HERE = "Only you can see this: here I answer in {channels}, and in a direct message to me."
NOT_THIS_WORKSPACE = (
    "Only you can see this: I was not set up for this workspace; whoever runs me can change that."
)
GUESTS_NOT = "Only you can see this: here I answer only people of the company that invited me."
GUEST_CHANGES = (
    "Only you can see this: monthly posts and alerts are set by people of the company that invited me."
    " What they say is for everyone here."
)
BUSY = (
    "Only you can see this: in this channel more than {limit} questions were asked within a minute, more than"
    " I answer here. Please ask again in a minute, or in a direct message to me."
)
SLOWER = (
    "Only you can see this: that was more than {limit} questions in a minute, more than I answer here."
    " Please wait a minute and ask again; for many figures at once, ask for them in one question."
)

# Subscriptions.
UNSAID = "That is saved, but I cannot post in <#{channel}> ({error}): type `/invite @{name}` there."
NOT_THERE = "You are not in that channel, so it stays as it is."
NONE_ACTIVE = "There is no subscription here that could send: subscribe or resume it first."
NOTHING_TO_SEND = "There is nothing to send: no month is on record yet with all of its series."
STANDS_ALREADY = "{month} is the newest month on record, and stands in the channel already{since}."
CANNOT_BE_POSTED = "{month} cannot be posted: {why}."
WAITING = "{month} is waiting ({why}) and is tried again by itself."
ON_ITS_WAY = "{month} is on its way; it can take two minutes."
