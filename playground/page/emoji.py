"""Emoji by the names Slack gives them: a small set that messages use; others stay as they are written."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

EMOJI: Final[Mapping[str, str]] = MappingProxyType(
    {
        "+1": "👍",
        "-1": "👎",
        "alarm_clock": "⏰",
        "arrow_right": "➡️",
        "balloon": "🎈",
        "bar_chart": "📊",
        "bell": "🔔",
        "blue_heart": "💙",
        "books": "📚",
        "bulb": "💡",
        "calendar": "📅",
        "chart_with_upwards_trend": "📈",
        "clap": "👏",
        "clipboard": "📋",
        "clock3": "🕒",
        "coffee": "☕",
        "compass": "🧭",
        "confetti_ball": "🎊",
        "dart": "🎯",
        "email": "📧",
        "exclamation": "❗",
        "eyes": "👀",
        "gear": "⚙️",
        "grinning": "😀",
        "handshake": "🤝",
        "heart": "❤️",
        "heavy_check_mark": "✔️",
        "hourglass": "⌛",
        "house": "🏠",
        "information_source": "ℹ️",
        "key": "🔑",
        "large_green_circle": "🟢",
        "large_yellow_circle": "🟡",
        "link": "🔗",
        "lock": "🔒",
        "mag": "🔍",
        "memo": "📝",
        "mortar_board": "🎓",
        "no_bell": "🔕",
        "page_facing_up": "📄",
        "paperclip": "📎",
        "partying_face": "🥳",
        "pencil": "📝",
        "pencil2": "✏️",
        "point_right": "👉",
        "pray": "🙏",
        "pushpin": "📌",
        "question": "❓",
        "raised_hands": "🙌",
        "red_circle": "🔴",
        "rocket": "🚀",
        "seedling": "🌱",
        "slightly_smiling_face": "🙂",
        "smile": "😄",
        "sparkles": "✨",
        "speech_balloon": "💬",
        "star": "⭐",
        "tada": "🎉",
        "thinking_face": "🤔",
        "thumbsdown": "👎",
        "thumbsup": "👍",
        "trophy": "🏆",
        "two_hearts": "💕",
        "warning": "⚠️",
        "wave": "👋",
        "white_check_mark": "✅",
        "x": "❌",
    }
)

_SHORTCODE: Final = re.compile(r":([a-z0-9_+'-]+):")


def with_emoji(text: str) -> str:
    """The text with the shortcodes we know as characters."""
    return _SHORTCODE.sub(lambda match: EMOJI.get(match[1], match[0]), text)
