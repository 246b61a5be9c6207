"""What a family reads on its own page, in the twelve languages of the letters: a catalogue of its own,
`locale/answers/`."""

from families.catalogue import Words


# Marked for the translators' tools by this name; English is the source.
def N_(text: str) -> str:
    return text


TEXTS = {
    "skip": N_("Skip to the content"),
    "languages": N_("Language"),
    "title": N_("You are invited"),
    "hello": N_("Hi, %(name)s. You are invited."),
    "when": N_("When"),
    "where": N_("Where"),
    "how": N_("How to get there"),
    "bring": N_("What to bring"),
    "who": N_("Who meets you"),
    "host": N_("%(host)s meets you there."),
    "phone": N_("You can call %(phone)s."),
    "ask": N_("Are you coming?"),
    "yes": N_("Yes, we are coming"),
    "no": N_("No, not this time"),
    "who_comes": N_("Who is coming?"),
    "adult": N_("An adult"),
    "child": N_("A child"),
    "needs": N_("Do you need anything?"),
    "lift": N_("We need a lift"),
    "interpreter": N_("We need an interpreter"),
    "interpreter_help": N_("The interpreter is always an adult from outside the group."),
    "say": N_("Would you like to tell %(host)s something?"),
    "food": N_("Food you do not eat"),
    "food_help": N_("Write only what, for example pork or nuts. You need not say why."),
    "say_help": N_("A question or something else. You decide."),
    "send": N_("Send the answer"),
    "until": N_("You can change the answer until the gathering begins."),
    "saved_yes": N_("Thank you. See you there."),
    "saved_no": N_("Thank you for letting us know. We hope to see you another time."),
    "cancelled": N_("This gathering is cancelled."),
    "begun": N_("The gathering has begun, so the answer cannot be changed here. Call if there is something."),
    "calendar": N_("Add to the calendar"),
    "private": N_("This page is only for you. Do not share the link."),
    "gone_title": N_("This page is closed"),
    "gone_lead": N_("The link no longer works. Call the person who wrote to you, and you get help."),
    "ended_lead": N_("The link no longer works. Call %(host)s on %(phone)s, and you get help."),
    "many_title": N_("Take a short break"),
    "many_lead": N_("That was many tries in a row. Try again later."),
    "wrong": N_("Something must be put right"),
    "choose": N_("Choose one."),
    "nobody": N_("Choose who is coming."),
    "too_long": N_("This is too long. Write a little less."),
    "identity_wrong": N_("There is an identity number in the text. Take it out: we do not keep those."),
}


class PageWords(Words):
    """The texts of a family's own page."""

    texts = TEXTS
    domain = "answers"
