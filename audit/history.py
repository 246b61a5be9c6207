"""Change history: database triggers keep every version of a row, deletes too."""

import pghistory

tracked = pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=False
)
