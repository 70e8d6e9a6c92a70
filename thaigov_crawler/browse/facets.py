"""Facets of the articles beyond Datasette's: by month, by person, by position; and how a chosen value narrows them."""

from __future__ import annotations

from typing import Any

from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.utils import path_with_added_args, path_with_removed_args

from thaigov_crawler.browse import queries
from thaigov_crawler.browse.asked import month_of
from thaigov_crawler.browse.formats import in_thai


class ArticleFacet(Facet):
    """A facet whose values are no column of the articles. Named in the table's metadata as `type: name`."""

    query: str  # value, label and count of each, most frequent first
    condition: str  # what choosing a value means, in SQL

    @property
    def parameter(self) -> str:
        """The parameter of the address that holds chosen values."""
        return f"_{self.type}"

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """The facet as Datasette shows it, and the name of one that took too long."""
        if not self.get_configs() or self.table != "articles":
            return [], []
        size = self.get_facet_size()
        narrowed = " WHERE " in f" {' '.join(self.sql.split())} ".upper()
        sql = self.query.format(
            articles=self.sql,
            # Of all articles there is no need to ask which.
            within=f"article_id IN (SELECT id FROM ({self.sql})) AND" if narrowed else "",
            limit=size + 1,
        )
        try:
            found = await self.ds.execute(
                self.database, sql, self.params, custom_time_limit=self.ds.setting("facet_time_limit_ms")
            )
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
        """How a value is shown."""
        return value

    @staticmethod
    def read(value: str) -> str:
        """The value that a parameter of the address means; raises ValueError for none."""
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
    """Who is in the articles, most frequent first."""

    type = "person"
    query = queries.OF_PERSON
    condition = queries.WITH_PERSON


class PositionFacet(ArticleFacet):
    """Offices of those in the articles, most frequent first."""

    type = "position"
    query = queries.OF_POSITION
    condition = queries.WITH_POSITION


FACETS = (MonthFacet, PersonFacet, PositionFacet)
