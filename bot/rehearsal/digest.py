"""The readable digest of a rehearsal: what a coordinator, a mentor and a mentee would see, week by week."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.rehearsal.timeline import Timeline
from bot.rehearsal.transcript import lines
from playground.blocks import reading

APART = ("errors", "response rates", "phases")
"""Numbers that have a place of their own."""
SAMPLES = 3
"""Messages of each kind quoted in full."""


def write(path: Path, timeline: Timeline, result: dict[str, Any]) -> None:
    """Write the digest as Markdown."""
    spoken = [each for each in lines(timeline.stage, timeline.diary) if each.get("letter")]
    parts = [
        f"# Rehearsal: {timeline.kind} program, {timeline.starts_on} to {timeline.ends_on}",
        _numbers(result),
        _rates(result),
        _by_week(spoken, timeline),
        _samples(spoken, timeline),
    ]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _numbers(result: dict[str, Any]) -> str:
    rows = [f"| {name} | {_said(value)} |" for name, value in result.items() if name not in APART]
    faults = result["errors"] or ["none"]
    return "\n".join(
        ["## In numbers", "", "| what | how many |", "| --- | --- |", *rows, "", "Errors:", "", *faults]
    )


def _rates(result: dict[str, Any]) -> str:
    """What people were asked, and how many answered; how many guides and pairs each phase saw."""
    rows = [f"| {name.replace('_', ' ')} | {rate} |" for name, rate in result["response rates"].items()]
    phases = ", ".join(f"{name} {number}" for name, number in result["phases"].items())
    return "\n".join(
        [
            "## Surveys",
            "",
            "| survey | answered |",
            "| --- | --- |",
            *rows,
            "",
            f"Guides as a phase opened, and pairs that went on casually: {phases}.",
        ]
    )


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {number}" for name, number in sorted(value.items(), key=str))
    return str(value)


def _by_week(spoken: list[dict[str, Any]], timeline: Timeline) -> str:
    weeks: dict[int, Counter[str]] = {}
    for each in spoken:
        week = (datetime.fromisoformat(each["at"]) - timeline.opens_at).days // 7
        weeks.setdefault(week, Counter())[each["letter"]] += 1
    rows = [
        f"| {week + 1} | {sum(kinds.values())} | {', '.join(f'{k} {n}' for k, n in kinds.most_common())} |"
        for week, kinds in sorted(weeks.items())
    ]
    return "\n".join(
        ["## Messages week by week", "", "| week | messages | kinds |", "| --- | --- | --- |", *rows]
    )


def _samples(spoken: list[dict[str, Any]], timeline: Timeline) -> str:
    """The first messages of each kind, as people read them."""
    seen: Counter[str] = Counter()
    parts = ["## Every kind of message"]
    names = timeline.stage.playground.world.names
    zone = ZoneInfo(timeline.stage.coordinator.tz)
    for each in spoken:
        seen[each["letter"]] += 1
        if seen[each["letter"]] > SAMPLES:
            continue
        heard_by = [timeline.stage.playground.person(one).name for one in each["members"][:3]]
        at = datetime.fromisoformat(each["at"]).astimezone(zone)
        head = f"### {each['letter']}: {', '.join(heard_by)}, {at:%A %B %-d, %H:%M} ({zone.key})"
        text = reading(each["blocks"], names=names)
        quoted = "\n".join(f"> {line}" for line in text.splitlines())
        parts.append(f"{head}\n\n{quoted}\n\nWhy: {each['why']}.")
    return "\n\n".join(parts)
