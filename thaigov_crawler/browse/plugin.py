"""The plugin of Datasette: search and facets of the articles, the page of an article, and the page of a person."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import traceback
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.filters import FilterArguments
from datasette.utils import path_with_removed_args
from datasette.utils.asgi import BadRequest, Base400, NotFound, Request, Response
from datasette.views.base import DatasetteError
from jinja2 import Environment
from markupsafe import Markup

from thaigov_crawler.browse import asked, formats, listing, queries
from thaigov_crawler.browse.facets import FACETS, ArticleFacet
from thaigov_crawler.browse.finding import find, find_persons
from thaigov_crawler.store.search import words_of
from thaigov_crawler.thai.names import name_key, without_titles

DATABASE = "thaigov"
# Columns of tables and of the ready-made questions that name an article or a person.
_ARTICLE_COLUMNS = {"article_id", "รหัสข่าว"}
_PERSON_COLUMNS = {"name", "บุคคล", "พบกับ"}
_DAY_COLUMNS = {"วันที่", "เดือน", "ครั้งแรก", "ครั้งล่าสุด"}
_MOMENT_COLUMNS = {"เวลาที่พบ"}
_FIELDS_COLUMNS = {"ส่วนที่แก้ไข"}
# Articles that a person's page lists; the rest are behind a link.
_LISTED = 300
# Characters of a name that SQL asks about: nothing breaks our functions off.
_LONGEST_NAME = 1_000


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Give our formats and addresses to the templates."""
    env.filters["thai_day"] = formats.in_thai
    env.filters["thai_moment"] = formats.moment_in_thai
    env.filters["bangkok_moment"] = formats.moment_in_bangkok
    env.filters["web_address"] = formats.web_address
    env.filters["entries"] = formats.entries
    env.globals["marked"] = formats.marked
    env.globals["excerpt"] = formats.excerpt
    env.globals["full_name"] = formats.full_name
    env.globals["before_name"] = formats.before_name
    env.globals["person_path"] = person_path
    env.globals["articles_path"] = articles_path
    env.globals["together_path"] = together_path


def person_path(name: str) -> str:
    """Return the address of a person's page, by any stored name of the person."""
    return f"/-/person?{urlencode({'name': name})}"


def articles_path(**narrowed: str | list[str]) -> str:
    """Return the address of the list of articles with these parameters."""
    return f"/{DATABASE}/articles?{urlencode(narrowed, doseq=True)}"


def together_path(name: str, other: str) -> str:
    """Return the address of the articles in which two persons took part."""
    return f"/{DATABASE}/met_together?{urlencode({'name_1': name, 'name_2': other})}"


# The message of a function that SQL called in this thread and that refused its argument. SQLite itself would only tell
# that the function failed, and would print the error on the terminal.
_complaint = threading.local()


def _complaining(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def call(value: Any) -> Any:
        try:
            return function(value)
        except ValueError as error:
            _complaint.said = str(error)
            return None

    return call


def complaint() -> str | None:
    """Return why one of our functions in SQL refused its argument in this thread, or None.

    Such a function returns NULL to SQL. The reason is returned once.
    """
    said, _complaint.said = getattr(_complaint, "said", None), None
    return said


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Add functions to SQL: `name_key(name)`, `without_titles(name)`, `day_of(text)`, `year_of(text)`.

    With them the ready-made questions find a person under any spelling, and read days in B.E. and C.E.
    """

    def stored_key(name: Any) -> str | None:
        """Return the key under which the store has a name: the one that its key is joined to."""
        key = name_key(str(name or "")[:_LONGEST_NAME])
        if not key:
            return None
        with contextlib.suppress(sqlite3.OperationalError):  # Datasette's own database has no such table
            for (same_as,) in conn.execute(queries.JOINED_TO.format(name="key"), {"key": key}):
                return str(same_as)
        return key

    functions = {
        "name_key": stored_key,
        "without_titles": lambda name: without_titles(str(name or "")[:_LONGEST_NAME]),
        "day_of": _complaining(asked.day_of),
        "year_of": _complaining(asked.year_of),
    }
    for name, function in functions.items():
        conn.create_function(name, 1, function, deterministic=True)


@hookimpl
def register_facet_classes() -> list[type[ArticleFacet]]:
    """Return the facets that Datasette does not have."""
    return list(FACETS)


# The list of articles


@hookimpl
def filters_from_request(
    request: Request, table: str, datasette: Datasette
) -> Callable[[], Awaitable[FilterArguments | None]]:
    """Return the conditions that the address of a list sets.

    Articles are limited by the search text (`_q`) and the chosen values (`_month`, `_person`, `_position`). Persons are
    limited by a name (`_q`).
    """

    async def narrow() -> FilterArguments | None:
        text = (request.args.get("_q") or "").strip()
        for through in request.args.getlist("_through"):
            _check_through(through)
        listing.begins(table)
        if table == "persons":
            if not text:
                return None
            condition, named = await find_persons(datasette, DATABASE, text)
            return FilterArguments([condition], named)
        if table != "articles":
            return None
        clauses: list[str] = []
        params: dict[str, str] = {}
        for facet in FACETS:
            for number, value in enumerate(filter(None, request.args.getlist(f"_{facet.type}"))):
                params[name := f"{facet.type}_{number}"] = facet.read(value)
                clauses.append(facet.condition.format(name=name))
        words = words_of(text)
        if words:
            condition, found = await find(datasette, DATABASE, text)
            clauses.append(condition)
            params |= found
        context = {
            "words": words,
            "chosen": await _chosen(datasette, request),
            "kept": [(name, value) for name, value in _pairs(request) if name not in ("_q", "_next")],
        }
        return FilterArguments(clauses, params, extra_context=context)

    return narrow


def _check_through(text: str) -> None:
    """Raise BadRequest if Datasette's parameter `_through` is malformed. Datasette itself does not check it."""
    try:
        through = json.loads(text)
        parts = [through[name] for name in ("table", "column", "value")]
    except (ValueError, LookupError, TypeError):
        parts = []
    if not parts or not all(isinstance(part, str) for part in parts[:2]) or not isinstance(parts[2], (str, int)):
        raise BadRequest('_through: {"table": …, "column": …, "value": …}')


def _pairs(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name in request.args for value in request.args.getlist(name)]


async def _chosen(datasette: Datasette, request: Request) -> list[dict[str, str]]:
    """Return each condition of the list in words, with the address of the list without that condition."""
    labels = datasette.table_metadata(DATABASE, "articles")["columns"]
    chosen = []
    for name, value in _pairs(request):
        if not value:
            continue
        if name == "_person":
            names = await datasette.execute(
                DATABASE, queries.NAMES_OF_PERSON.format(who=queries.BY_KEY), {"key": value}
            )
            shown = formats.full_name(names.rows[0]["title"], names.rows[0]["name"]) if names.rows else value
        elif name in ("_month", "_position", "_q"):
            shown = formats.in_thai(asked.month_of(value)) if name == "_month" else value
        elif not name.startswith("_"):
            column, _, lookup = name.partition("__")
            shown = f"{labels.get(column, column)}{f' ({lookup})' if lookup else ''}: {value}"
        else:
            continue
        without = path_with_removed_args(request, {name: value}, path_with_removed_args(request, {"_next"}))
        chosen.append({"shown": shown, "without": datasette.urls.path(without)})
    return chosen


# The pages


@hookimpl
def extra_template_vars(
    template: str, table: str | None, request: Request | None, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """Return the values that our templates need in addition to those of Datasette."""

    async def values() -> dict[str, Any]:
        tables = datasette.metadata("tables", database=DATABASE)
        given = {
            "tables_metadata": tables,
            "ready_made": (await datasette.get_canned_queries(DATABASE, None)).values(),
            "searched": request.args.get("_q", "") if request else "",
        }
        if datasette.get_database(DATABASE).is_snapshot:
            given |= await _answers(datasette, {"snapshot": queries.SNAPSHOT}, {})
        if template == "index.html":
            ask = {
                "sections": queries.SECTIONS,
                "months": queries.MONTHS,
                "newest": queries.NEWEST,
                "counts": queries.COUNTS,
                "people": queries.OF_PERSON.format(within="", limit=30),
            }
            given |= await _answers(datasette, ask, {})
        elif template == "row-thaigov-articles.html":
            ask = {
                "people": queries.PEOPLE_OF_ARTICLE,
                "revisions": queries.REVISIONS_OF_ARTICLE,
                "changes": queries.CHANGES_OF_ARTICLE,
            }
            given |= await _answers(datasette, ask, {"id": request.url_vars["pks"] if request else None})
        return given

    return values


async def _answers(datasette: Datasette, ask: dict[str, str], params: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the rows of each query by its name. A query that took too long has no rows."""
    answers = {}
    for name, sql in ask.items():
        try:
            answers[name] = (await datasette.execute(DATABASE, sql, params)).rows
        except QueryInterrupted:
            answers[name] = []
    return answers


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """Return the route to the page of a person."""
    return [(r"/-/person$", person)]


async def person(datasette: Datasette, request: Request) -> Response:
    """Return the page of the person whose name, in any spelling, is in the parameter `name`.

    Raise NotFound if no article names this person.
    """
    name = request.args.get("name") or ""
    key = (await datasette.execute(DATABASE, queries.KEY_OF_NAME, {"name": name})).single_value() or ""
    ask = {
        "names": queries.NAMES_OF_PERSON,
        "offices": queries.OFFICES_OF_PERSON,
        "years": queries.YEARS_OF_PERSON,
        "articles": queries.ARTICLES_OF_PERSON,
        "met": queries.MET_BY_PERSON,
    }
    who = queries.BY_KEY if key else queries.BY_NAME
    ask = {part: sql.format(who=who) for part, sql in ask.items()}
    answers = await _answers(datasette, ask, {"key": key, "name": name, "limit": _LISTED})
    if not answers["articles"]:
        raise NotFound("ไม่พบบุคคลชื่อนี้")
    shown = {"key": key, "listed": _LISTED, **answers}
    return Response.html(await datasette.render_template("person.html", shown, request=request))


@hookimpl
def render_cell(value: Any, column: str, datasette: Datasette) -> Markup | None:
    """Make article IDs and names links, and show days, moments and names of fields in Thai; None for other values."""
    if column in _ARTICLE_COLUMNS and isinstance(value, int):
        return Markup('<a href="/{}/articles/{}">{}</a>').format(DATABASE, value, value)
    if column in _PERSON_COLUMNS and isinstance(value, str) and value:
        return Markup('<a href="{}">{}</a>').format(person_path(value), value)
    if column in _DAY_COLUMNS and isinstance(value, str):
        return Markup('<time datetime="{}" title="{}">{}</time>').format(value, value, formats.in_thai(value))
    if column in _MOMENT_COLUMNS and isinstance(value, str):
        return Markup('<time datetime="{}">{}</time>').format(value, formats.moment_in_thai(value))
    if column in _FIELDS_COLUMNS and isinstance(value, str):
        labels = datasette.table_metadata(DATABASE, "articles")["columns"]
        return Markup.escape(", ".join(labels.get(name, name) for name in value.split(", ")))
    return None


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Callable[[], Awaitable[Response]]:
    """Return an answer, as a page or as JSON, that says what is wrong. Print a traceback for our own errors only."""

    async def answer() -> Response:
        status, why = _explained(exception, request)
        if status == 500:
            traceback.print_exception(exception)
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": why, "status": status}, status=status)
        page = await datasette.render_template("error.html", {"status": status, "error": why}, request=request)
        return Response.html(page, status=status)

    return answer


def _explained(exception: Exception, request: Request) -> tuple[int, str]:
    """Return the HTTP status and the message for an exception."""
    if isinstance(exception, QueryInterrupted) or getattr(exception, "message_is_html", False):
        return 400, "การสืบค้นนี้ใช้เวลานานเกินไป ลองกำหนดเงื่อนไขให้แคบลง"
    if isinstance(exception, DatasetteError):
        # Datasette answers 500 also for an address that asks for something that does not exist.
        return 400 if exception.status == 500 else exception.status, str(exception.message)
    if isinstance(exception, sqlite3.ProgrammingError) and "pks" in request.url_vars:
        return 404, "ไม่พบข้อมูลแถวนี้"  # the key of a row has more parts
    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0]) if exception.args else ""
    if isinstance(exception, ValueError):  # a bad parameter of the address, such as _next=x
        return 400, str(exception)
    return 500, str(exception)
