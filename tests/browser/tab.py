"""A browser tab with the page in it, used as a visitor would."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Error, Locator, Page

MOST_FORMS = 8
"""Steps of a form one goes through before it is surely a circle."""

PATIENCE = 60_000
"""Milliseconds before what should have happened has not, on a machine that does more."""

SLOW = 120_000
"""Milliseconds that moving time through months may take on a busy machine."""


class Tab:
    """What a visitor does and sees.

    Args:
        page: The tab, empty yet.
        address: Where the page is.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.faults: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self._hear)
        page.on("pageerror", self._break)
        page.goto(address)
        self.settle()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(message.text)

    def _break(self, error: Error) -> None:
        self.faults.append(str(error))

    # Seeing

    @property
    def modal(self) -> Locator:
        """The form on top."""
        return self.page.locator("#modal form")

    @property
    def messages(self) -> Locator:
        """The messages of the conversation."""
        return self.page.locator("#stream [data-ts]")

    def last(self, text: str) -> Locator:
        """The latest message that says this; waits until there is one."""
        found = self.messages.filter(has_text=text).last
        found.wait_for()
        return found

    def settle(self) -> None:
        """Waits until the page shows where it is."""
        self.page.locator("#head h1").wait_for()

    # Going

    def be(self, name: str) -> None:
        """Becomes somebody."""
        self.page.locator("#me").click()
        self.page.locator("#switcher-search").fill(name)
        # Pressed while the list gives way to a shorter one, nobody would be pressed.
        self.page.locator("#switcher-list .person", has_not_text=name).first.wait_for(state="detached")
        self.page.locator("#switcher-list .person", has_text=name).first.locator("[data-be]").click()
        self.page.locator(".me-name", has_text=name).wait_for()

    def go(self, room: str) -> None:
        """Opens a place by its name in the list on the left."""
        self.page.locator("#sidebar .room", has_text=room).first.click()
        # On a narrow screen the list gives way to what was opened.
        self.page.locator("#sidebar .room.here", has_text=room).wait_for(state="attached")

    def move(self, label: str) -> None:
        """Moves time, and waits until it stands still again."""
        before = " ".join(self.page.locator(".now-day, .now-hour").all_inner_texts())
        self.page.get_by_role("button", name=label, exact=True).click()
        self.page.locator(".now-words", has_not_text=before).wait_for(timeout=SLOW)
        self.page.locator(".moving").wait_for(state="detached", timeout=SLOW)

    def close_tour(self) -> None:
        """Skips the welcome, where there is one, and the tour."""
        welcome = self.page.locator("#welcome-look")
        if welcome.is_visible():
            welcome.click()
            return
        self.page.locator("[data-tour-close]").click()

    # Doing

    def say(self, text: str) -> None:
        """Writes, and sends it."""
        self.page.locator("#composer-text").fill(text)
        self.page.locator("#composer-text").press("Escape")
        self.page.locator("#composer-send").click()

    def fill_in(self) -> None:
        """Goes through the form on the screen to its end, choosing something wherever something is asked."""
        for _ in range(MOST_FORMS):
            if not self.modal.is_visible():
                return
            send = self.modal.locator("[data-view-submit]")
            if not send.count():
                self.modal.locator("[data-view-close], [data-view-back]").last.click()
                self.modal.wait_for(state="hidden")
                return
            self._choose()
            send.click()
            self.page.locator("#modal [aria-busy]").wait_for(state="detached")
        raise AssertionError(f"the form does not end: {self.modal.inner_text()}")

    def _choose(self) -> None:
        for group in self.modal.locator("fieldset").all():
            if not group.locator("input:checked").count():
                group.locator("input").last.check()
        for select in self.modal.locator("select[required]").all():
            if not select.input_value():
                select.select_option(index=1)
        for field in self.modal.locator("input[required]:not([role]), textarea[required]").all():
            if not field.input_value():
                field.fill("5" if field.get_attribute("type") == "number" else "A sentence")
