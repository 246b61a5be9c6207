"""The programme as a list of things to do, in our own words: where the plan of a first round begins.

Days are counted from the kick-off. Copied into rows, in the municipality's written language, when a round starts;
from then on they are the municipality's own.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from planning.rules.steps import Step


@dataclass(frozen=True)
class Suggested:
    step: Step
    due_days: int
    title: str | Promise
    notes: str | Promise = ""


PROGRAMME = [
    Suggested(
        Step.PLANNING,
        -84,
        _("Find the coordinator who will follow the whole round"),
        _("Somebody families trust, with time set aside. A police certificate must be shown before the first group."),
    ),
    Suggested(
        Step.PLANNING,
        -80,
        _("Get more than one unit to own the round"),
        _("For example NAV, the refugee service, child welfare, the health station, schools and the library."),
    ),
    Suggested(Step.PLANNING, -77, _("Agree on the goal and the budget with the leadership")),
    Suggested(
        Step.PLANNING,
        -70,
        _("Talk with SOS-barnebyer about the plan"),
        _("They have material, and know municipalities that have done this before you."),
    ),
    Suggested(Step.PLANNING, -70, _("Ask three to five people to be the reference group")),
    Suggested(
        Step.PLANNING,
        -63,
        _("List others who do something for the same families"),
        _("What do they offer, and can something be done together?"),
    ),
    Suggested(
        Step.PLANNING,
        -56,
        _("Find a fixed place to meet, and one for when everybody comes"),
        _("Easy to reach by bus, no stairs, preferably a kitchen."),
    ),
    Suggested(Step.PLANNING, -56, _("Decide how families get there and back")),
    Suggested(
        Step.PLANNING,
        -49,
        _("Find out how interpreters are ordered"),
        _("Always an adult with training. A child is never an interpreter."),
    ),
    Suggested(
        Step.PLANNING,
        -49,
        _("Make five or six half-made ideas for activities"),
        _("For each: what it costs, whom to book, how long before, and what makes it realistic."),
    ),
    Suggested(Step.PLANNING, -42, _("Agree who the coordinator talks with after each gathering")),
    Suggested(
        Step.RECRUITMENT,
        -49,
        _("Tell those who meet families about the round"),
        _("How to refer, and that the family's own wish decides."),
    ),
    Suggested(
        Step.RECRUITMENT,
        -42,
        _("Look for families who have moved here from elsewhere in Norway"),
        _("The volunteer centre, the service desk, kindergartens and clubs may know them. A mix is good."),
    ),
    Suggested(
        Step.RECRUITMENT,
        -42,
        _("Decide whether the local paper should write about it, and from which angle"),
        _("Nobody should feel ashamed of taking part. Ask SOS-barnebyer for advice."),
    ),
    Suggested(
        Step.RECRUITMENT,
        -28,
        _("Have a conversation with each family"),
        _("Who they are, what they like, when they can meet, languages, food, how they travel."),
    ),
    Suggested(Step.RECRUITMENT, -21, _("Note each family's own wish to take part")),
    Suggested(
        Step.RECRUITMENT,
        -17,
        _("Put together groups of five or six families"),
        _("Different backgrounds, children of about the same age, a time that suits, a place all can reach."),
    ),
    Suggested(
        Step.KICK_OFF,
        -14,
        _("Plan the kick-off: something nobody is an expert in"),
        _("Cooking, bowling, a fire outdoors: more doing than talking."),
    ),
    Suggested(
        Step.KICK_OFF,
        -10,
        _("Send the invitation: what, when, where and how to get there"),
    ),
    Suggested(Step.KICK_OFF, -7, _("Order and confirm interpreters and lifts")),
    Suggested(
        Step.KICK_OFF,
        0,
        _("Let the families choose among the ideas"),
        _("Leave room for their own. What needs booking comes later; begin with something simple."),
    ),
    Suggested(
        Step.KICK_OFF,
        0,
        _("Ask the group how it wants to keep in touch"),
        _("A closed chat, or plain text messages if not everybody is on the same app."),
    ),
    Suggested(Step.GATHERINGS, 7, _("Set the dates of the gatherings with the group")),
    Suggested(
        Step.GATHERINGS,
        14,
        _("Write a short summary after each gathering, and talk with somebody"),
        _("Three minutes while it is fresh. It becomes the report, and the next round's lessons."),
    ),
    Suggested(
        Step.GATHERINGS,
        42,
        _("Halfway: who is falling away, and what can the families take over?"),
        _("Call those who have been away. Step back where the group carries itself."),
    ),
    Suggested(Step.GATHERINGS, 56, _("Tell the reference group how it goes")),
    Suggested(
        Step.CLOSING,
        70,
        _("Plan the closing party"),
        _("Food and fun. Perhaps the mayor, the local paper, clubs and associations."),
    ),
    Suggested(
        Step.CLOSING,
        91,
        _("Have a short exit interview with each family"),
        _("What it gave them, what they would like to join, and whether you may ask them again."),
    ),
    Suggested(
        Step.REPEAT,
        105,
        _("Evaluate together: what worked, what did not, and why"),
        _("Coordination, economy, venues and transport, recruitment, media, and what nobody expected."),
    ),
    Suggested(Step.REPEAT, 112, _("Report to SOS-barnebyer")),
    Suggested(
        Step.REPEAT,
        119,
        _("Write down the lessons and decide on the next round"),
        _("The next round can start from this one's plan."),
    ),
]
