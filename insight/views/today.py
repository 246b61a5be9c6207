"""The start page: what to do next, by what the person may do."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.models import User
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.standing import to_renew
from answers.queries import waiting_texts
from audit.services import note_read
from insight.queries.conversations import conversations_of
from insight.queries.letters import calls_and_failures, texts_left_alone
from insight.queries.rounds import rounds_in_short
from insight.queries.today import (
    certificates_to_renew,
    debriefs_to_hold,
    gatherings_around,
    next_gathering,
    plan_tasks_of,
    todos_about,
)
from sessions_log.models import Gathering
from sessions_log.queries.gatherings import Answers, answers
from web.partials import render

MOST_TEXTS = 200


@requires(Permission.START_VIEW)
def today(request: Request, number: str) -> HttpResponse:
    """One page for every role; each sees what is hers to do."""
    user = request.user
    now = timezone.localtime()
    context: dict[str, Any] = {"now": now, "greeting": greeting(now.hour, user)}
    if user.may(Permission.GATHERING_VIEW):
        context |= work(request, user)
    elif user.may(Permission.FAMILY_REFER):
        return redirect("families:my_referrals", number=number)
    elif user.may(Permission.STAFF_VIEW):
        return redirect("accounts:staff", number=number)
    elif user.may(Permission.HELPING_VIEW):
        context["helping"] = list(Gathering.objects.helped_by(user).coming(now))
    return render(request, "insight/today.html", context)


def greeting(hour: int, user: User) -> str:
    words = {"name": user.first_name}
    if hour < 10:
        return _("Good morning, %(name)s") % words
    return _("Good evening, %(name)s") % words if hour >= 18 else _("Hi, %(name)s") % words


def work(request: Request, user: User) -> dict[str, Any]:
    """A coordinator's next gathering and what it waits for; a leader's rounds and who needs help."""
    now = timezone.now()
    leads = user.may(Permission.ROUND_VIEW)
    rows = gatherings_around(user, now)
    found: dict[str, Any] = {"leads": leads}
    written = waiting_texts(user, limit=MOST_TEXTS)
    texts = [each for each in written if each.follows]
    calls, todos = calls_and_failures(user, now)
    note_read(request, "family", [*(each.family.pk for each in texts), *(each.family.pk for each in calls)])
    found |= {"texts": texts, "calls": calls}
    if leads:
        todos += texts_left_alone(written, now)
        todos += debriefs_to_hold(user)
        todos += certificates_to_renew(to_renew(request.municipality, timezone.localdate(now)))
        found["rounds"] = rounds_in_short(user, rows, now)
    else:
        found |= next_one(request, user, next_gathering(rows, now))
    todos += conversations_of(user, now)
    todos = [*todos_about(rows, now, writes=not leads), *todos, *plan_tasks_of(user)]
    todos.sort(key=lambda todo: not todo.now)
    found["todos"] = [
        (todo, reverse(todo.target[0], args=[request.municipality.number, *todo.target[1]])) for todo in todos
    ]
    found["has_gatherings"] = bool(rows)
    return found


def next_one(request: Request, user: User, row: Any) -> dict[str, Any]:
    """The card: the table, those who have not answered, and what is not confirmed."""
    if row is None:
        return {"gathering": None}
    now = timezone.now()
    found: Answers = answers(row, user)
    note_read(request, "family", [guest.family.pk for guest in found.guests])
    return {
        "gathering": row,
        "answers": found,
        "seats": found.seats({"yes": _("coming"), "no": _("not coming"), "wait": _("not answered")}),
        "counts": [
            (len(found.yes), _("families are coming")),
            (len(found.waiting), _("have not answered")),
            (len(found.no), _("are not coming")),
        ],
        "is_today": timezone.localdate(row.starts_at) == timezone.localdate(now),
        "may_cancel": row.starts_at > now,
    }
