"""The main screen: the conversation, the archive's progress, and the line for questions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer

from assistant.service.errors import DatelineError, Unreachable
from assistant.types import Done, IngestEvent
from tui import commands, wording
from tui.articles import ArticlesScreen
from tui.connection import Connection, State
from tui.conversations import ConversationsScreen
from tui.kept import Kept
from tui.plain import plain
from tui.reader import ReaderScreen
from tui.widgets.ask_path import AskPath
from tui.widgets.conversation import Conversation
from tui.widgets.help import Help
from tui.widgets.intake import IntakePanel
from tui.widgets.places import Places
from tui.widgets.prompt import Prompt
from tui.widgets.status import Status
from tui.widgets.turn import Turn

if TYPE_CHECKING:
    from assistant.service.protocol import Service

RESUMED = 20  # turns that are shown of a conversation that goes on

_ACTIONS = {
    "add": "ingest",
    "all": "everything",
    "articles": "articles",
    "conversations": "conversations",
    "copy": "copy_answer",
    "help": "app.help",
    "new": "new",
    "quit": "app.quit",
    "resume": "conversations",
    "strict": "strict",
}  # of the commands that take no more words
Run = Callable[["Service"], AsyncIterator[IngestEvent]]


class ChatScreen(Screen[None]):
    """Asks questions one after the other, and ingests articles beside them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "new", "New"),
        Binding("ctrl+l,f2", "articles", "Articles"),
        Binding("f3", "conversations", "Resume"),
        Binding("ctrl+o", "ingest", "Ingest"),
        Binding("ctrl+r", "reindex", "Reindex"),
        Binding("escape", "stop", "Stop"),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
    ]

    def __init__(self, connection: Connection, kept: Kept, typed: str = "", resumed: str | None = None) -> None:
        super().__init__()
        self._connection, self._kept = connection, kept
        self._typed, self._resumed = typed, resumed
        self._in_turn = asyncio.Lock()
        self._conversation_id: str | None = None
        self._strict = False
        self._collection: str | None = None
        self.status = Status()
        self.conversation = Conversation()
        self.intake = IntakePanel()
        self.prompt = Prompt(self._shortcut, kept.lines())

    def compose(self) -> ComposeResult:
        yield from (self.status, self.conversation, self.intake, self.prompt)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.prompt.focus()
        self.prompt.type_ahead(plain(self._typed))
        if self._resumed:
            self.resume(self._resumed)

    def show_state(self, state: State) -> None:
        """Show the state of the service."""
        self.status.show(state)

    # Questions

    @on(Prompt.Sent)
    async def _sent(self, event: Prompt.Sent) -> None:
        self._kept.add(event.text)
        command = commands.parse(event.text)
        if command is not None:
            await self._obey(command)
            return
        await self._begin_turn(Turn(event.text, strict=self._strict, collection=self._collection))

    async def _begin_turn(self, turn: Turn) -> None:
        await self.conversation.add(turn)
        self._answer(turn)

    async def action_everything(self) -> None:
        """Ask the latest question again, of all outlets."""
        if latest := self.conversation.latest:
            await self._begin_turn(
                Turn(latest.question, everything=True, strict=self._strict, collection=latest.collection)
            )

    @work(group="answer")
    async def _answer(self, turn: Turn) -> None:
        """Wait for the service and for the questions before this one, then show the answer as it comes."""
        turn.wait("waiting for the previous answer" if self._in_turn.locked() else "asking")
        try:
            async with self._in_turn:
                if not self._connection.is_ready:
                    turn.wait("waiting for the service; your question is sent as soon as it is ready")
                await self._ask(await self._connection.service(waits=True), turn)
        except DatelineError as exc:
            self._note(exc)
            turn.fail(exc.message, exc.hint)
        except asyncio.CancelledError:
            turn.stop()
            raise

    async def _ask(self, service: Service, turn: Turn) -> None:
        turn.wait("asking")
        request = commands.ask_request(
            turn.question,
            self._conversation_id,
            everything=turn.everything,
            strict=turn.strict,
            collection=turn.collection,
        )
        async for event in service.events(request):
            turn.show(event)
            if isinstance(event, Done):
                self._conversation_id = event.answer.conversation_id

    def action_strict(self) -> None:
        """From here on leave out what is only partly supported, or no longer."""
        self._strict = not self._strict
        self.notify(wording.STRICT[self._strict], markup=False)

    @work(exclusive=True, group="collection")
    async def search_in(self, name: str) -> None:
        """From here on search only a collection; without a name all articles."""
        try:
            self._collection = await commands.collection_named(await self._connection.service(), name)
        except DatelineError as exc:
            self.notify(wording.problem(exc.message, exc.hint), severity="error", markup=False)
            return
        self.notify(wording.searched_in(self._collection), markup=False)

    async def action_new(self) -> None:
        """Forget the conversation and begin another."""
        self.workers.cancel_group(self, "answer")
        self._conversation_id = None
        await self.conversation.rule()
        self.prompt.focus()

    @work(exclusive=True, group="resume")
    async def action_conversations(self) -> None:
        """List the conversations; the one that is chosen goes on here."""
        chosen = await self.app.push_screen_wait(ConversationsScreen(self._connection))
        if chosen:
            await self._resume(chosen)

    @work(exclusive=True, group="resume")
    async def resume(self, conversation_id: str) -> None:
        """Go on with a conversation as soon as the service is there."""
        await self._resume(conversation_id)

    async def _resume(self, conversation_id: str) -> None:
        """Show the last turns of a conversation; the next question is one of it."""
        try:
            found = await (await self._connection.service()).conversation(conversation_id, limit=RESUMED)
        except DatelineError as exc:
            self.notify(wording.problem(exc.message, exc.hint), severity="error", markup=False)
            return
        await self.action_new()
        for one in found.turns:
            turn = Turn(one.question)
            await self.conversation.add(turn)
            turn.show(Done(answer=one.answer))
            turn.note([f"[{change.number}] {wording.became(change)}" for change in one.changes])
        self._conversation_id = conversation_id

    # Citations

    @on(Places.Opened)
    def _open_place(self, event: Places.Opened) -> None:
        self.app.push_screen(ReaderScreen(self._connection, event.places, event.index))

    def _shortcut(self, character: str) -> bool:
        """What a character does where no question is being written; False where it is the beginning of a question."""
        if character == "?":
            self.app.push_screen(Help())
            return True
        return character in "123456789" and self._open_number(int(character))

    def on_key(self, event: events.Key) -> None:
        """Whoever types while a list is in focus writes a question; what they go on typing follows in order."""
        was_on_its_way = self.focused is self.prompt
        if not (event.is_printable or (was_on_its_way and self.prompt.takes(event.key))):
            return
        event.stop()
        ends_a_question = event.character == "?" and self.prompt.text
        if was_on_its_way or ends_a_question or not self._shortcut(event.character or " "):
            self.set_focus(self.prompt)
            self.prompt.post_message(events.Key(event.key, event.character))

    def _open_number(self, number: int) -> bool:
        """Read the citation of that number: of the answer in focus, else of the lowest one in sight."""
        turn = self.conversation.in_sight
        places = self.focused if isinstance(self.focused, Places) else turn.places if turn else None
        opened = places.opened(number) if places else None
        if opened:
            self.post_message(opened)
        return opened is not None

    # The archive

    @work(exclusive=True, group="ask-path")
    async def action_ingest(self) -> None:
        typed = await self.app.push_screen_wait(AskPath())
        if typed:
            self._ingest(typed)

    def action_reindex(self, full: bool = False) -> None:
        """Read all sources again; `full` also rebuilds the indexes."""
        self._begin(
            "rebuilding the search indexes" if full else "reading all sources again",
            lambda service: service.reindex(full=full),
        )

    def _ingest(self, typed: str) -> None:
        sources = commands.sources(typed)
        self._begin(f"ingesting {typed}", lambda service: service.ingest(sources))

    def _begin(self, title: str, run: Run) -> None:
        if self.is_ingesting:
            self.notify("Articles are already being ingested; escape stops that.", markup=False)
        else:
            self.intake.begin(title)
            self._follow(run)

    @work(exclusive=True, group="intake")
    async def _follow(self, run: Run) -> None:
        """Show an ingest run, and what the archive holds after it."""
        try:
            async for event in run(await self._connection.service()):
                self.intake.take(event)
            self.intake.end()
        except DatelineError as exc:
            self._note(exc)
            self.intake.end(exc.message, exc.hint or "try again")
        except asyncio.CancelledError:
            self.intake.end("stopped; what was ingested stays")
            raise
        await self._look()

    async def _look(self) -> None:
        """Say anew what the archive holds."""
        try:
            await self._connection.look()
        except DatelineError as exc:
            self._note(exc)

    def _note(self, exc: DatelineError) -> None:
        if isinstance(exc, Unreachable):
            self._connection.lose(exc.message, "press F5 to connect again")

    def action_articles(self) -> None:
        self.app.push_screen(ArticlesScreen(self._connection, self._collection))

    # Everything else

    def action_stop(self) -> None:
        """Stop the answer; else stop ingesting; else put the finished progress away."""
        if self._is_working("answer"):
            self.workers.cancel_group(self, "answer")
        elif self.is_ingesting:
            self.intake.stopping()
            self._stop_intake()
        else:
            self.intake.dismiss()
            self.prompt.focus()

    @work(exclusive=True, group="stop")
    async def _stop_intake(self) -> None:
        """Ask the service to stop at an article boundary; the run's own events say when it has."""
        try:
            await (await self._connection.service()).stop()
        except DatelineError as exc:
            self._note(exc)
            self.workers.cancel_group(self, "intake")

    @property
    def is_ingesting(self) -> bool:
        """Whether a run of ingesting that this chat began goes on."""
        return self._is_working("intake")

    def _is_working(self, group: str) -> bool:
        return any(worker.group == group and worker.is_running for worker in self.workers if worker.node is self)

    def action_page(self, direction: int) -> None:
        scroll = self.conversation.scroll_page_up if direction < 0 else self.conversation.scroll_page_down
        scroll(animate=False)

    def action_copy_answer(self) -> None:
        """Put the latest answer on the clipboard."""
        turn = self.conversation.answered
        if turn is None or turn.answer is None:
            self.notify("There is no answer to copy yet.", markup=False)
            return
        self.app.copy_to_clipboard(wording.with_sources(turn.answer))
        self.notify("Sent the latest answer and its sources to the terminal’s clipboard.", markup=False)

    async def _obey(self, command: commands.Command) -> None:
        match command.name:
            case "add" if command.rest:
                self._ingest(command.rest)
            case "in":
                self.search_in(command.rest)
            case "reindex":
                self.action_reindex(full=command.rest.casefold() == "full")
            case name if name in _ACTIONS:
                await self.run_action(_ACTIONS[name])
            case _:
                names = " ".join(f"/{name}" for name in commands.NAMES)
                self.notify(f"Unknown command. The commands are {names}", severity="warning", markup=False)
