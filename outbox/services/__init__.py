from outbox.services.messages import cancel, enqueue, retry

__all__ = ["cancel", "enqueue", "retry"]
