"""The library in Slack: added by a coordinator, offered to people, rated in a tap, kept in order."""

from datetime import timedelta

from tests.handlers.test_matching_review import proposed_town
from tests.support.town import JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town

GUIDE = "https://firm.example/negotiation"


def add(town: Town, title: str, url: str, **fields: str | list[str]) -> None:
    """Robin adds something to the library."""
    robin = town.person(ROBIN)
    robin.command("/mentoring", "resources")
    robin.press("Keep the library…")
    robin.press("Add one…")
    for name, value in {"title": title, "url": url, **fields}.items():
        robin.fill(name, value)
    robin.submit()


def close(town: Town, slack_id: str) -> None:
    if town.person(slack_id).view is not None:
        town.person(slack_id).close(all=True)


def reading(town: Town, slack_id: str, words: str = "resources") -> str:
    """What somebody sees of the library."""
    close(town, slack_id)
    view = town.person(slack_id).command("/mentoring", words).view
    assert view is not None
    return view.reading


def tap(town: Town, slack_id: str, title: str, label: str) -> None:
    """Press a button below a resource."""
    person = town.person(slack_id)
    assert person.view is not None
    texts = [str(block) for block in person.view.blocks]
    position = next(n for n, text in enumerate(texts) if title in text)
    block = person.view.blocks[position + 1]
    action = next(each for each in block["elements"] if each["text"]["text"] == label)
    person.press((block["block_id"], action["action_id"]))


def test_a_resource_is_offered_to_its_audience_and_found_by_its_words(town: Town) -> None:
    proposed_town(town)
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    close(town, ROBIN)
    town.later(days=1)
    add(town, "Negotiating for beginners", GUIDE, tags="negotiation", audience="mentees")
    close(town, ROBIN)
    assert "Negotiating for beginners" in reading(town, PRIYA)
    assert "Negotiating for beginners" not in reading(town, MARCUS)
    assert "Negotiating for beginners" in reading(town, JONAS, "resources negotiation")
    assert "Nothing here yet" in reading(town, JONAS, "resources tax")
    assert "added or changed the resource “Negotiating for beginners”" in reading(
        town, ROBIN, "audit workspace"
    )


def test_one_tap_rates_and_a_few_taps_are_shown_to_nobody(town: Town) -> None:
    proposed_town(town)
    add(town, "A guide", GUIDE)
    close(town, ROBIN)
    for who in (PRIYA, JONAS, MARCUS, LEILA):
        reading(town, who)
        tap(town, who, "A guide", "Not for me")
        view = town.person(who).view
        assert view is not None
        assert "Not for me" not in view.buttons
    reading(town, ROBIN)
    town.person(ROBIN).press("Keep the library…")
    view = town.person(ROBIN).view
    assert view is not None
    assert "4 people have opened it" in view.reading
    assert "%" not in view.reading
    assert "helps few" not in view.reading


def test_whoever_opened_one_is_asked_in_the_list_whether_it_helped_until_they_say_so(town: Town) -> None:
    proposed_town(town)
    for number in range(3):
        add(town, f"Guide {number}", f"{GUIDE}/{number}")
        close(town, ROBIN)
    assert "Did it help?" not in reading(town, PRIYA)
    tap(town, PRIYA, "Guide 0", "Open")
    seen = reading(town, PRIYA)
    assert (
        seen.index("Guide 0") < seen.index("Did it help?") < min(seen.index("Guide 1"), seen.index("Guide 2"))
    )
    assert "Did it help?" not in reading(town, JONAS)
    reading(town, PRIYA)
    tap(town, PRIYA, "Guide 0", "It helped")
    assert "Did it help?" not in reading(town, PRIYA)


def test_a_dead_link_stands_first_until_a_coordinator_keeps_or_retires_it(town: Town) -> None:
    proposed_town(town)
    add(town, "A guide", GUIDE)
    add(town, "Another guide", f"{GUIDE}/2")
    close(town, ROBIN)
    reading(town, PRIYA)
    tap(town, PRIYA, "Another guide", "The link is dead")
    reading(town, ROBIN)
    robin = town.person(ROBIN)
    robin.press("Keep the library…")
    assert robin.view is not None
    said = robin.view.reading
    assert "1 needs a look" in said
    assert said.index("Another guide") < said.index("firm.example/negotiation\n")
    tap(town, ROBIN, "Another guide", "Retire")
    assert robin.view is not None
    assert "None needs a look" in robin.view.reading
    assert "Another guide" not in reading(town, PRIYA)


def test_what_nobody_opens_for_two_months_needs_a_look_and_keeping_it_starts_anew(town: Town) -> None:
    proposed_town(town)
    add(town, "A guide", GUIDE)
    close(town, ROBIN)
    town.clock.move_to(town.clock.now() + timedelta(days=61))
    reading(town, ROBIN)
    robin = town.person(ROBIN)
    robin.press("Keep the library…")
    assert robin.view is not None
    assert "nobody opens it" in robin.view.reading
    tap(town, ROBIN, "A guide", "Keep")
    assert robin.view is not None
    assert "None needs a look" in robin.view.reading


def test_opening_counts_and_a_faulty_address_is_refused_at_its_field(town: Town) -> None:
    proposed_town(town)
    add(town, "A guide", "the intranet")
    robin = town.person(ROBIN)
    assert robin.view is not None
    assert "Write the whole address" in robin.view.errors["url"]
    robin.fill("url", GUIDE)
    robin.submit()
    close(town, ROBIN)
    reading(town, PRIYA)
    tap(town, PRIYA, "A guide", "Open")
    reading(town, ROBIN)
    robin.press("Keep the library…")
    assert robin.view is not None
    assert "1 person has opened it" in robin.view.reading


def test_only_coordinators_keep_the_library(town: Town) -> None:
    proposed_town(town)
    assert "Keep the library" not in reading(town, PRIYA)


def test_a_new_phase_offers_something_to_read_only_where_there_is_something(town: Town) -> None:
    proposed_town(town)
    add(town, "How to begin", GUIDE, phases=["start"])
    close(town, ROBIN)
    town.press(ROBIN, "match.review")
    town.person(ROBIN).submit()
    close(town, ROBIN)
    town.later(days=40)
    guides = [each for each in town.person(PRIYA).inbox() if "The first weeks with" in each.reading]
    assert "Something to read" in guides[-1].reading
    town.press(PRIYA, "resource.list")
    view = town.person(PRIYA).view
    assert view is not None
    assert "How to begin" in view.reading
