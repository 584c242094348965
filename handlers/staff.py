"""Who runs mentoring here: owners, coordinators and viewers, of one program or of all."""

from sqlalchemy.orm import Session

from handlers.rights import check_right
from handlers.visit import Visit
from handlers.whom import people_meant
from mentoring.at_hand import named_last
from mentoring.deeds import Deed
from mentoring.errors import NoLongerOpen, NotAllowed, Refusal
from mentoring.notices import Notice, ToPerson
from mentoring.people import Person, StaffRole
from mentoring.programs import Program
from mentoring.rights import is_owner
from messages.actions import Act
from messages.answers import Answer, Replace, Tell
from messages.letters.context import Message
from messages.replies import say
from messages.replies.coordinate import StaffLine, staff_list, still_reading
from messages.words import Words, mention
from storage.outbox import audit, write_letter
from storage.people import add_staff, has_staff, is_known, owners_locked, remove_staff, staff, staff_roles
from storage.prepared import Asked
from storage.programs import programs

ADD, REMOVE = frozenset({"add", "role", "make", "set"}), frozenset({"remove", "delete"})
ROLES = {each.value: each for each in StaffRole} | {"owners": StaffRole.OWNER, "viewers": StaffRole.VIEWER}
LAST_OWNER = "Somebody has to own mentoring here, and there is no other owner. Make somebody else one first."


def command(visit: Visit) -> Answer:
    """`/mentoring coordinators [add | remove @name [as owner | coordinator | viewer] [of PROGRAM]]`."""
    words = {each.lower() for each in visit.text.split()}
    if words & REMOVE:
        return _remove(visit)
    if words & (ADD | ROLES.keys()):
        return _add(visit)
    return show(visit)


def show(visit: Visit) -> Answer:
    """Who runs mentoring here; whoever may start it gets the button."""
    return Tell(_shown(visit))


def look_again(visit: Visit) -> Answer:
    """The same, once Slack's list of people may have told who is an admin."""
    return Replace(_shown(visit))


def _shown(visit: Visit) -> Message:
    with visit.database.read() as session:
        known = staff(session, visit.workspace.id)
        names = {each.id: each.name for each in programs(session, visit.workspace.id)}
        owner = is_owner(staff_roles(session, visit.workspace.id, visit.person.id))
        # In the first seconds after an install nobody is known as an admin: the list of people is being read.
        known_here = is_known(session, visit.person.id)
    lines = [StaffLine(each.person, each.role, names.get(each.program_id or 0, "")) for each in known]
    if not lines and not known_here and not _may_claim(visit):
        return still_reading(visit.reader)
    return staff_list(lines, visit.reader, can_claim=_may_claim(visit), owner=owner)


def claim(visit: Visit) -> Answer:
    """The first coordinator: whoever installed the app, or an admin."""
    with visit.database.write() as session:
        if staff(session, visit.workspace.id):
            raise NoLongerOpen("This is no longer open: somebody coordinates mentoring here already.")
        if not _may_claim(visit):
            raise NotAllowed("Only an admin of this workspace, or whoever installed the app, can start.")
        add_staff(session, visit.workspace.id, visit.person.id, StaffRole.OWNER, None, visit.now)
        audit(session, visit.workspace.id, visit.person.id, "staff.claim", {}, visit.now)
    return Replace(say(Words("replies/coordinate", visit.reader).mrkdwn("claimed")))


def waits_for_them(asked: Asked, visit: Visit) -> bool:
    """Whether nobody runs mentoring here yet, and whoever is here may start."""
    return _may_claim(visit) and not has_staff(asked, visit.workspace.id)


def _may_claim(visit: Visit) -> bool:
    return visit.person.is_admin or visit.person.slack_id == visit.workspace.installer_slack_id


def _add(visit: Visit) -> Answer:
    """Give somebody a role; a role held in the same place before is changed."""
    with visit.database.write() as session:
        check_right(session, visit.person, Act("staff.add"))
        rest, about = _program_meant(session, visit)
        role, rest = _role_meant(rest)
        other = _one_meant(session, visit, rest, ADD)
        if not (other.active and other.member):
            raise Refusal("I can't find that person among this workspace's members.")
        if role is StaffRole.OWNER and about is not None:
            raise Refusal(
                "An owner owns every program. Leave the program out, or make them a coordinator of it."
            )
        _keep_an_owner(session, visit, other, about, role)
        changed = add_staff(
            session, visit.workspace.id, other.id, role, about.id if about else None, visit.now
        )
        if changed:
            _note(session, visit, "staff.add", other, about, {"role": role.value})
            _tell(session, visit, other, about, role)
    words = Words("replies/coordinate", visit.reader)
    text = words.mrkdwn(
        "added" if changed else "already",
        mention=mention(other.slack_id),
        role=words.plain(f"role_{role}"),
        program=about.name if about else "",
    )
    return Tell(say(text))


def _tell(session: Session, visit: Visit, other: Person, about: Program | None, role: StaffRole) -> None:
    """What they are now and where it begins, to whoever was given a role; not to who took it themselves."""
    if other.id == visit.person.id:
        return
    place = f"program {about.id}" if about else "everything"
    notice = Notice(
        kind="role_given",
        to=ToPerson(other.id),
        key=f"role_given:person {other.id}:{role}:{place}:{visit.now.date().isoformat()}",
        not_before=visit.now,
        why="somebody gave them a role",
        ids={"by": visit.person.id, "staff_role": role.value},
    )
    write_letter(session, visit.workspace.id, notice, visit.now, program_id=about.id if about else None)


def _remove(visit: Visit) -> Answer:
    """Take somebody's roles away, all of them or the one for a program; the last owner stays."""
    with visit.database.write() as session:
        check_right(session, visit.person, Act("staff.remove"))
        rest, about = _program_meant(session, visit)
        other = _one_meant(session, visit, rest, REMOVE)
        _keep_an_owner(session, visit, other, about, None)
        gone = remove_staff(session, visit.workspace.id, other.id, about.id if about else None)
        if gone:
            _note(session, visit, "staff.remove", other, about, {})
    words = Words("replies/coordinate", visit.reader)
    return Tell(say(words.mrkdwn("removed" if gone else "no_role", mention=mention(other.slack_id))))


def _keep_an_owner(
    session: Session, visit: Visit, other: Person, about: Program | None, role: StaffRole | None
) -> None:
    """Refuse what would leave nobody who owns mentoring here; a role for one program touches no owner."""
    if (
        about is None
        and role is not StaffRole.OWNER
        and owners_locked(session, visit.workspace.id) == [other.id]
    ):
        raise Refusal(LAST_OWNER)


def _program_meant(session: Session, visit: Visit) -> tuple[str, Program | None]:
    """The line without `of PROGRAM`, and that program."""
    # A role whose program was mistyped must not become one for every program.
    found, rest = named_last(
        visit.text, programs(session, visit.workspace.id), frozenset({"of", "for", "in"})
    )
    return rest, found


def _role_meant(text: str) -> tuple[StaffRole, str]:
    words = text.split()
    roles = [ROLES[each.lower()] for each in words if each.lower() in ROLES]
    rest = " ".join(each for each in words if each.lower() not in ROLES.keys() | {"as", "a", "an", "to"})
    return (roles[-1] if roles else StaffRole.COORDINATOR), rest


def _one_meant(session: Session, visit: Visit, text: str, verbs: frozenset[str]) -> Person:
    rest = " ".join(each for each in text.split() if each.lower() not in verbs)
    named = people_meant(session, visit.workspace.id, rest)
    if len(named) != 1:
        raise Refusal("Say who, one at a time: `/mentoring coordinators add @name`.")
    return named[0]


def _note(
    session: Session,
    visit: Visit,
    action: Deed,
    other: Person,
    about: Program | None,
    ids: dict[str, int | str],
) -> None:
    subject = {"person": other.id, **ids}
    program_id = about.id if about else None
    audit(session, visit.workspace.id, visit.person.id, action, subject, visit.now, program_id=program_id)
