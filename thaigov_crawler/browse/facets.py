"""Facets of the articles that Datasette does not have: month, person and position."""

from __future__ import annotations

from typing import Any

from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.utils import path_with_added_args, path_with_removed_args

from thaigov_crawler.browse import queries
from thaigov_crawler.browse.asked import month_of
from thaigov_crawler.browse.finding import many
from thaigov_crawler.browse.formats import in_thai

# What the facets of one page share in its request: the number and the IDs of the articles that are listed.
_IDS = "thaigov_ids"


class ArticleFacet(Facet):
    """A facet whose values are not in a column of the articles. The metadata of the table names it as `type: name`."""

    query: str  # SQL that gives value, label and count of each value, in the order of the facet
    condition: str  # SQL condition that an article has the chosen value

    @property
    def parameter(self) -> str:
        """Return the parameter of the address that has the chosen values."""
        return f"_{self.type}"

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Return the facet as Datasette shows it, and its name if it took too long."""
        if not self.get_configs() or self.table != "articles":
            return [], []
        size = self.get_facet_size()
        try:
            within, ids = await self._within()
            sql = self.query.format(articles=self.sql, within=within, limit=size + 1)
            found = await self._ask(sql, {**(self.params or {}), **ids})
        except QueryInterrupted:
            return [], [self.type]
        facet = {
            "name": self.type,
            "type": self.type,
            "hideable": False,
            "results": [self._value(row) for row in found.rows[:size]],
            "truncated": len(found.rows) > size,
        }
        return [facet], []

    async def _ask(self, sql: str, params: dict[str, Any]) -> Any:
        limit = self.ds.setting("facet_time_limit_ms")
        return await self.ds.execute(self.database, sql, params, custom_time_limit=limit)

    async def _within(self) -> tuple[str, dict[str, str]]:
        """Return the condition on the people that their article is listed, and its parameters.

        There is none if all articles are listed. The IDs are looked up once for the facets of a page.
        """
        if " WHERE " not in f" {' '.join(self.sql.split())} ".upper():
            return "", {}
        if _IDS not in self.request.scope:
            found = await self._ask(queries.IDS.format(query=self.sql), self.params)
            self.request.scope[_IDS] = tuple(found.rows[0])
        number, ids = self.request.scope[_IDS]
        return queries.WITHIN.format(many=many(number)), {"within": ids}

    def _value(self, row: Any) -> dict[str, Any]:
        selected = row["value"] in self.request.args.getlist(self.parameter)
        change = path_with_removed_args if selected else path_with_added_args
        return {
            "value": row["value"],
            "label": self.label(row["label"]),
            "count": row["count"],
            "selected": selected,
            "toggle_url": self.ds.urls.path(change(self.request, {self.parameter: row["value"]})),
        }

    @staticmethod
    def label(value: str) -> str:
        """Return a value as the page shows it."""
        return value

    @staticmethod
    def read(value: str) -> str:
        """Return the value that a parameter of the address means. Raise ValueError if it means none."""
        return value


class MonthFacet(ArticleFacet):
    """Months of publication, newest first."""

    type = "month"
    query = queries.OF_MONTH
    condition = queries.IN_MONTH

    @staticmethod
    def label(value: str) -> str:
        """See ArticleFacet."""
        return in_thai(value)

    @staticmethod
    def read(value: str) -> str:
        """See ArticleFacet."""
        return month_of(value)


class PersonFacet(ArticleFacet):
    """People in the articles, most frequent first."""

    type = "person"
    query = queries.OF_PERSON
    condition = queries.WITH_PERSON


class PositionFacet(ArticleFacet):
    """Offices of the people in the articles, most frequent first."""

    type = "position"
    query = queries.OF_POSITION
    condition = queries.WITH_POSITION


FACETS = (MonthFacet, PersonFacet, PositionFacet)
