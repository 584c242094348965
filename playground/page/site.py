"""The page's own server: a second application on loopback, behind a random word in the address."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from playground.acts import CannotDo
from playground.page.answers import HEADERS, cannot, nobody, sentence_of, with_body
from playground.page.deeds import Deeds, Told
from playground.page.direction import CannotDirect
from playground.page.lists import Lists
from playground.page.memory import Memory
from playground.page.screen import HOME, MESSAGES, TABS, Screen, Spot
from playground.page.stream import Stream
from playground.page.studio import studio_routes
from playground.page.templates import filled
from playground.server import Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request

    from playground.page.direction import Direction
    from playground.playground import Playground
    from playground.records import Json

STATIC: Final = Path(__file__).parent / "static"

LETTERS: Final = STATIC / "fonts" / "inter-latin-wght-normal.woff2"
"""The page's typeface, for whoever makes a page of its own that should look alike."""

LOOK_SECONDS: Final = 0.04
"""How often we look whether anything changed for a tab that waits; a look costs microseconds."""

QUIET_SECONDS: Final = 0.15
"""Between two pieces of news for one tab: nobody reads faster."""

MOVING_SECONDS: Final = 1.0
"""The same while weeks fly by: each look draws a whole screen, in the time of those who play the weeks."""

HEARTBEAT_LOOKS: Final = 250
"""Looks without news after which the tab hears that we are still there."""

PARTING_SECONDS: Final = 2.0
"""How long stopping waits for tabs to be let go."""

QUIET_DEEDS: Final = frozenset({"read", "fill", "dismiss"})
"""Deeds nobody else needs to hear of."""


class Page:
    """The workspace in the browser.

    Args:
        playground: The workspace, started.
        direction: Whoever directs the show.
        port: Where to serve; 0 for any free port.
    """

    def __init__(self, playground: Playground, direction: Direction, *, port: int = 0) -> None:
        self._playground = playground
        self._direction = direction
        self._memory = Memory(playground.world)
        self._screen = Screen(playground, direction, self._memory, Stream(playground.world, self._memory))
        self._deeds = Deeds(playground.world, self._memory)
        self._lists = Lists(playground, direction, self._memory)
        self._touched = 0
        self._here: Counter[str] = Counter()
        self._stopping = False
        self._nobody_waits = Event()
        self.token = secrets.token_urlsafe(16)
        self._server = Server(self._application(), port)
        self.base = ""

    @property
    def address(self) -> str:
        """Where to point the browser; whoever knows it is in."""
        return f"{self.base}/{self.token}/"

    def start(self) -> None:
        """Starts serving.

        Raises:
            OSError: The port is taken.
        """
        self.base = self._server.start()

    def elsewhere(self) -> Page:
        """The same page on any free port, started, because its own was taken."""
        self._server = Server(self._application(), 0)
        self.start()
        return self

    def stop(self) -> None:
        """Stops serving; tabs that wait for news are let go first."""
        self._stopping = True
        if self._here.total():
            self._nobody_waits.wait(PARTING_SECONDS)
        self._server.stop()

    def _application(self) -> Starlette:
        inside = [
            Route("/", self._door),
            Route("/as/{person}/{place}", self._whole),
            Route("/state", self._state, methods=["POST"]),
            Route("/do", self._do, methods=["POST"]),
            Route("/older", self._older, methods=["POST"]),
            Route("/suggest", self._suggest, methods=["POST"]),
            Route("/direct", self._direct, methods=["POST"]),
            Route("/news", self._news),
            Route("/people", self._people),
            Route("/choices", self._choices),
            Route("/call/{number:int}", self._call),
            Route("/file/{person}/{file}", self._file),
            *studio_routes(self._direction, HEADERS),
        ]
        return Starlette(
            routes=[
                Mount("/static", StaticFiles(directory=STATIC)),
                Mount(f"/{self.token}", routes=inside),
                Route("/{rest:path}", nobody, methods=["GET", "POST"]),
            ],
            middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
            exception_handlers={CannotDo: cannot, CannotDirect: cannot},
        )

    # Whole pages

    async def _door(self, request: Request) -> Response:
        del request
        return RedirectResponse(f"/{self.token}/as/{self._direction.host}/{HOME}", headers=HEADERS)

    async def _whole(self, request: Request) -> Response:
        def work() -> str:
            spot = self._spot({"as": request.path_params["person"], "at": request.path_params["place"]})
            return filled(
                "page/page.html",
                root=f"/{self.token}",
                team=self._playground.world.me.team_name,
                app=self._playground.world.manifest.name,
                person=spot.person.id,
                place=spot.place,
                regions={name: region.html for name, region in self._screen.regions(spot).items()},
                tours=bool(self._direction.tour()),
                welcome=self._direction.welcome(),
                rehearses=self._direction.rehearsal is not None,
            )

        return HTMLResponse(await run_in_threadpool(work), headers=HEADERS)

    # The screen in parts

    async def _state(self, request: Request) -> Response:
        return await self._answer(request, lambda _spot, _body: Told())

    async def _do(self, request: Request) -> Response:
        acted: list[str] = []

        def work(spot: Spot, body: Json) -> Told:
            deed = body.get("deed") or {}
            told = self._deeds.do(spot, self._screen.room_of(spot), deed)
            if deed.get("does") not in QUIET_DEEDS:
                self._touched += 1
                acted.append(spot.person.id)
            return told

        answer = await self._answer(request, work)
        # Whatever follows from it waits until the visitor's own screen is on its way: they look at that.
        for person in acted:
            self._direction.acted(person)
        return answer

    async def _direct(self, request: Request) -> Response:
        def work(_spot: Spot, body: Json) -> Told:
            self._follow(body.get("order") or {})
            self._touched += 1
            return Told()

        return await self._answer(request, work)

    def _follow(self, order: Json) -> None:
        """Passes an order on to the direction."""
        what, to = order.get("what"), str(order.get("to", ""))
        if what == "move":
            self._direction.move(to)
        elif what == "play":
            self._direction.play(to)
        elif what == "stop":
            self._direction.stop()
        elif what == "step":
            self._direction.do_step(to)
        elif what == "restart":
            self._direction.restart()
        elif what == "behave":
            self._direction.set_behavior(str(order.get("person", "")), to)
        else:
            raise CannotDirect(f"There is nothing called {what!r} to direct.")

    async def _answer(self, request: Request, work: Callable[[Spot, Json], Told]) -> Response:
        """Does the work, and gives what changed on the screen along with what there is to say."""

        def whole(body: Json) -> Json:
            spot = self._spot(body.get("spot") or {})
            try:
                told = work(spot, body)
            except (CannotDo, CannotDirect) as error:
                told = Told(says=(sentence_of(error),))
            return {
                "says": told.says,
                "at": spot.place,
                "room": self._place_of(spot, told.room),
                **self._changes(spot, body.get("have") or {}),
            }

        return await with_body(request, whole)

    def _changes(self, spot: Spot, have: Json) -> Json:
        keys = have.get("keys") or {}
        regions = self._screen.regions(spot)
        same_room = have.get("room") == spot.place
        return {
            "regions": {
                name: {"key": region.key, "html": region.html}
                for name, region in regions.items()
                if keys.get(name) != region.key
            },
            "stream": self._screen.conversation(
                spot,
                str(have.get("oldest") or "") if same_room else "",
                int(have.get("change") or 0) if same_room else 0,
            ),
        }

    def _place_of(self, spot: Spot, room: str) -> str:
        """Where the visitor finds what a deed showed them; empty where that is on the screen already."""
        if not room or room == self._screen.room_of(spot):
            return ""
        return MESSAGES if room == self._playground.world.direct_id(spot.person.id) else room

    async def _older(self, request: Request) -> Response:
        def work(body: Json) -> Json:
            spot = self._spot(body.get("spot") or {})
            return self._screen.earlier(spot, str(body.get("before", "")))

        return await with_body(request, work)

    async def _suggest(self, request: Request) -> Response:
        def work(body: Json) -> Json:
            spot = self._spot(body.get("spot") or {})
            found = self._deeds.suggest(spot, self._screen.room_of(spot), body.get("deed") or {})
            return {"choices": [{"value": text, "text": text} for text in found]}

        return await with_body(request, work)

    # News

    async def _news(self, request: Request) -> Response:
        person = request.query_params.get("as", "")
        return StreamingResponse(self._watch(person), media_type="text/event-stream", headers=HEADERS)

    async def _watch(self, person: str) -> AsyncIterator[str]:
        """Tells a tab whenever anything may have changed, as long as it listens."""
        self._come(person, 1)
        try:
            last, told, looks, rests_until = None, None, 0, 0.0
            now = asyncio.get_running_loop().time
            yield "retry: 1000\n\n"
            while not self._stopping:
                present = self._fingerprint()
                if present != last and (now() >= rests_until or told != self._told()):
                    last, told, looks = present, self._told(), 0
                    yield "data: change\n\n"
                    rests_until = now() + MOVING_SECONDS if self._direction.times().moving else 0.0
                    await asyncio.sleep(QUIET_SECONDS)
                looks += 1
                if looks % HEARTBEAT_LOOKS == 0:
                    yield ": still here\n\n"
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self._come(person, -1)

    def _told(self) -> tuple[object, ...]:
        """Differs when something came that a visitor waits for: their own act, or the end of a move."""
        return self._touched, self._direction.revision()

    def _come(self, person: str, by: int) -> None:
        self._here[person] += by
        if not self._here.total():
            self._nobody_waits.set()
        self._direction.played(frozenset(one for one, tabs in self._here.items() if tabs > 0))

    def _fingerprint(self) -> tuple[object, ...]:
        world = self._playground.world
        return (
            len(world.calls),
            len(world.channels),
            world.latest_ts,
            world.clock.now(),
            self._playground.connections,
            *self._told(),
        )

    # Smaller things

    async def _people(self, request: Request) -> Response:
        query = request.query_params
        html = await run_in_threadpool(self._lists.people, query.get("q", ""), query.get("as", ""))
        return HTMLResponse(html, headers=HEADERS)

    async def _choices(self, request: Request) -> Response:
        query = request.query_params
        found = await run_in_threadpool(self._lists.choices, query.get("source", ""), query.get("q", ""))
        return JSONResponse({"choices": found}, headers=HEADERS)

    async def _call(self, request: Request) -> Response:
        html = await run_in_threadpool(self._screen.call, request.path_params["number"])
        return HTMLResponse(html, headers=HEADERS)

    async def _file(self, request: Request) -> Response:
        person = self._spot({"as": request.path_params["person"]}).person
        content = person.download(request.path_params["file"])
        name = self._playground.world.files[request.path_params["file"]].name
        headers = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
        return Response(content, media_type="application/octet-stream", headers=headers)

    def _spot(self, given: Json) -> Spot:
        person = str(given.get("as", ""))
        if person not in self._playground.world.members:
            raise CannotDo(f"there is nobody with the id {person!r} here")
        tab = given.get("tab", "")
        place = str(given.get("at") or HOME)
        room = self._playground.world.channels.get(place)
        if room and room.kind != "channel" and person not in room.members:
            # The visitor became somebody who is not in the conversation on the screen.
            place = MESSAGES
        return Spot(
            person=self._playground.person(person),
            place=place if room or place == HOME else MESSAGES,
            tab=tab if tab in dict(TABS) else "",
            about=str(given.get("about", "")),
        )
