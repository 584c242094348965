"""A report asks the database the same number of questions for five pairs and for fifty."""

from collections.abc import Iterator

import pytest

from bench.many_pairs import NOW, database_with
from handlers.export_tables import export_tables
from handlers.report_book import report_book
from mentoring.reports.exports import What
from mentoring.surveys.visible import AnswerReader
from messages.reports.kinds import REPORTS, write_report
from messages.samples import ZONE
from messages.words import Reader
from storage.database import Database
from storage.people import workspaces
from storage.programs import programs
from tests.support.queries import queries

READER = Reader.of(ZONE, "en-US")


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Database]]:
    folder = tmp_path_factory.mktemp("sizes")
    found = {pairs: database_with(folder, pairs, 0) for pairs in (5, 50)}
    yield found
    for each in found.values():
        each.close()


@pytest.mark.parametrize("code", REPORTS)
def test_a_report_costs_the_same_queries_whatever_its_size(sizes: dict[int, Database], code: str) -> None:
    asked = {}
    for pairs, database in sizes.items():
        with database.read() as session:
            about = programs(session, workspaces(session)[0].id)[0]
            with queries(database) as counted:
                document = write_report(code, report_book(session, about, NOW, "en-US", code), READER)
            asked[pairs] = len(counted)
            assert document.code == code
    assert asked[5] == asked[50] <= 14


def test_an_export_costs_the_same_queries_whatever_its_size(sizes: dict[int, Database]) -> None:
    asked = {}
    wanted = [What.PAIRS, What.MEETINGS, What.ANSWERS]
    for pairs, database in sizes.items():
        with database.read() as session:
            about = programs(session, workspaces(session)[0].id)[0]
            with queries(database) as counted:
                tables = export_tables(session, about, wanted, NOW, AnswerReader.COORDINATOR)
            asked[pairs] = len(counted)
            assert len(tables[0].rows) == pairs
    assert asked[5] == asked[50]
