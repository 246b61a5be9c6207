"""Triggers in migrations, without drawing the models anew for each.

A trigger changes no model: pgtrigger's own operations reload every related model of the state all the same, which was a
fifth of the time of `migrate` on an empty database. Same arguments, same SQL.
"""

from django.db.migrations.state import ProjectState
from pgtrigger import migrations


class AddTrigger(migrations.AddTrigger):
    """Add a trigger to a table."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        options = state.models[app_label, self.model_name_lower].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]


class RemoveTrigger(migrations.RemoveTrigger):
    """Remove a trigger from a table."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        options = state.models[app_label, self.model_name_lower].options
        options["triggers"] = [trigger for trigger in options.get("triggers", []) if trigger.name != self.name]
