from outbox.models.messages import Message, Pulse
from outbox.models.wordings import SignOff, Wording

__all__ = ["Message", "Pulse", "SignOff", "Wording"]
