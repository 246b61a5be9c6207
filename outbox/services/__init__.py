from outbox.services.attempts import call_instead, note_called, reach_anew, retry
from outbox.services.messages import cancel, enqueue

__all__ = ["call_instead", "cancel", "enqueue", "note_called", "reach_anew", "retry"]
