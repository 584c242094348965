"""Keeping the library in order, for coordinators: what to add, what needs a look, what to keep."""

from handlers.visit import Visit
from mentoring.phases import PhaseName
from mentoring.resources import Audience, Resource, check_resource, for_maintenance, read_tags
from messages.answers import Answer, Show
from messages.forms.resources import desk_form, edit_form
from storage.outbox import audit
from storage.resources import keep_resource, library, resource, retire_resource, save_resource, uses


def show_desk(visit: Visit) -> Answer:
    """Show the whole library, what needs a look first."""
    with visit.database.read() as session:
        used = uses(session, visit.workspace.id)
        listed = for_maintenance(library(session, visit.workspace.id), used, visit.now)
    page = visit.act.number("page") if "page" in visit.act.ids else 0
    return Show(desk_form(listed, used, visit.reader, page))


def open_edit(visit: Visit) -> Answer:
    """Add one, or change one."""
    known = None
    if "resource" in visit.act.ids:
        with visit.database.read() as session:
            known = resource(session, visit.workspace.id, visit.act.number("resource"))
    return Show(edit_form(known, visit.reader))


def save(visit: Visit) -> Answer:
    """It came back: from now on it is offered."""
    number = visit.act.number("resource") if "resource" in visit.act.ids else 0
    typed = Resource(
        id=number,
        title=visit.typed("title"),
        about=visit.typed("about"),
        url=visit.typed("url"),
        tags=read_tags(visit.typed("tags")),
        phases=visit.picks("phases", PhaseName),
        audience=visit.pick("audience", Audience, Audience.EVERYBODY),
        added_at=visit.now,
    )
    with visit.database.write() as session:
        checked = check_resource(typed, library(session, visit.workspace.id))
        subject: dict[str, int | str] = {
            "resource": save_resource(session, visit.workspace.id, checked, visit.person.id)
        }
        audit(session, visit.workspace.id, visit.person.id, "resource.save", subject, visit.now)
    return show_desk(visit)


def keep(visit: Visit) -> Answer:
    """A coordinator looked at it, and it stays."""
    with visit.database.write() as session:
        keep_resource(session, visit.workspace.id, visit.act.number("resource"), visit.now)
    return show_desk(visit)


def retire(visit: Visit) -> Answer:
    """It no longer helps."""
    number = visit.act.number("resource")
    with visit.database.write() as session:
        retire_resource(session, visit.workspace.id, number, visit.now)
        subject: dict[str, int | str] = {"resource": number}
        audit(session, visit.workspace.id, visit.person.id, "resource.retire", subject, visit.now)
    return show_desk(visit)
