"""The text files an operator names on the command line: read, or refused with what to do about them."""

from dataclasses import dataclass
from pathlib import Path

from mentoring.errors import MentoringError


@dataclass(eq=False)
class FileFault(MentoringError):
    """A file cannot be used; `sentence` says what to do, the rest says where."""

    path: Path
    sentence: str
    line: int | None = None
    column: str = ""

    def __str__(self) -> str:
        where = [str(self.path)]
        where += [f"line {self.line}"] if self.line else []
        where += [f"column {self.column}"] if self.column else []
        return f"{', '.join(where)}: {self.sentence}"


def read_text(path: Path) -> str:
    """Read a text file as UTF-8.

    Raises:
        FileFault: There is no such file, it cannot be read, or it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as missing:
        raise FileFault(path, "There is no such file. Check the name and the folder.") from missing
    except OSError as fault:
        raise FileFault(path, f"The file cannot be read ({fault.strerror}).") from fault
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        sentence = "This is not UTF-8 text. In your spreadsheet choose “Save as”, then “CSV UTF-8”."
        raise FileFault(path, sentence, line) from fault
