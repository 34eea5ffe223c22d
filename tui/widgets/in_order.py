"""Fields in which keys take effect in the order in which they were typed.

Textual lets a bound key such as backspace bubble up to the app before it runs the action, and letters that are typed
while the app is busy overtake it on the way. A field that runs its own bindings when the key arrives keeps the order.
"""

from __future__ import annotations

from textual import events
from textual.binding import Binding, NoBinding
from textual.widget import Widget
from textual.widgets import Input


def own_bindings(field: Widget, key: str) -> list[Binding]:
    """What the key does in this field, apart from what it inserts."""
    try:
        return [binding for binding in field._bindings.get_bindings_for_key(key) if not binding.priority]
    except NoBinding:
        return []


async def run_own_binding(field: Widget, event: events.Key) -> None:
    """Run what the key does in this field at once, and let nothing else see it."""
    for binding in own_bindings(field, event.key):
        if await field.app.run_action(binding.action, field):
            event.stop()
            event.prevent_default()
            return


class Line(Input):
    """One line of text."""

    async def on_key(self, event: events.Key) -> None:
        await run_own_binding(self, event)
