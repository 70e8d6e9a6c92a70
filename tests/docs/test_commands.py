"""The page of the commands agrees with what each says of itself (`--help`), and every command line shown is one."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest
from scrapy.cmdline import ScrapyArgumentParser, _get_commands_from_module
from scrapy.commands import ScrapyHelpFormatter
from scrapy.settings import Settings, default_settings

from tests.support.commands import scrapy
from tests.support.docs import Page, code_lines, pages, plain, reference, tables_of
from tests.support.howtos import HOWTOS
from tests.support.tables import every_row
from thaigov_crawler import commands, settings
from thaigov_crawler.sources.registry import OPTIONS, SOURCES
from thaigov_crawler.spiders.thaigov import ThaigovSpider
from thaigov_crawler.spiders.thaigov_feed import ThaigovFeedSpider
from thaigov_crawler.spiders.visits import VISITS

PAGE = reference("commands")
PAGES = pages()
COMMANDS = sorted(_get_commands_from_module(commands.__name__, inproject=True))
OURS = {name for name in dir(settings) if name.startswith("THAIGOV_")}
# The heading of the options that all commands have.
COMMON = "Options of every command"


class Parser(ScrapyArgumentParser):
    """As Scrapy has it, but for `error`, which raises ValueError."""

    def error(self, message: str) -> None:
        raise ValueError(message)


def parser_of(name: str) -> Parser:
    """Return the parser of a command, put together as Scrapy does it."""
    command = _get_commands_from_module(commands.__name__, inproject=True)[name]
    command.settings = Settings()
    command.settings.setmodule(settings)
    parser = Parser(
        formatter_class=ScrapyHelpFormatter,
        usage=f"scrapy {name} {command.syntax()}",
        conflict_handler="resolve",
        description=command.long_desc(),
    )
    command.add_options(parser)
    return parser


def options_of(parser: argparse.ArgumentParser, *, common: bool) -> dict[str, str]:
    """Return each option as `--help` writes it with the default that it names: those of all commands, or the command's own."""
    found = {}
    for group in parser._action_groups:
        for action in group._group_actions:
            of_all = group.title == "Global Options" or action.dest == "help"
            if of_all == common:
                said = re.search(r"default: ([^)]+)\)?$", action.help)
                found[parser._get_formatter()._format_action_invocation(action)] = said[1] if said else "–"
    return found


def shown(title: str) -> dict[str, str]:
    """Return each option in the tables below a heading, with its default."""
    rows = [row for table in tables_of(PAGE.section(title)) for row in table]
    return {plain(option): plain(default) for option, default, _ in rows}


def test_every_command() -> None:
    listed = [name.removeprefix("scrapy ") for name in PAGE.names("Commands")]
    assert sorted(listed) == COMMANDS


def test_every_option_of_all_commands() -> None:
    for name in COMMANDS:
        assert shown(COMMON) == options_of(parser_of(name), common=True)


@every_row("name", COMMANDS)
def test_the_page_agrees_with_the_help(name: str) -> None:
    parser = parser_of(name)
    options = options_of(parser, common=False)
    assert (shown(name) if options else {}) == options
    assert f"```text\n{parser.usage.strip()}\n```" in PAGE.section(name)


def test_the_help_is_that_of_this_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    done = scrapy("export", "--help")
    monkeypatch.setenv("COLUMNS", "120")
    assert done.stdout == parser_of("export").format_help()


# Every command line shown


def command_lines(page: Page) -> Iterator[list[str]]:
    """Yield the words behind `scrapy` or `thaigov` of each command line that a page shows, if the command is ours."""
    for line in code_lines(page):
        for found in re.finditer(r"(?:^|[/$] ?|&& |\| |; )(?:scrapy|thaigov) ([a-z-]+)((?: [^|;&]*)?)", line):
            name, rest = found.groups()
            if name in COMMANDS and not re.search(r"[\[<]", rest):
                words = shlex.split(re.sub(r"\d?>.*", "", rest), comments=True)
                names_an_option = words and re.fullmatch("--[a-z-]+", words[-1])
                yield [name, *words, *(["1"] if names_an_option and takes_a_value(name, words[-1]) else [])]


def takes_a_value(name: str, option: str) -> bool:
    action = parser_of(name)._option_string_actions.get(option)
    return action is not None and action.nargs is None


@every_row("each", PAGES)
def test_every_command_line_shown_is_one(each: Page) -> None:
    wrong = []
    for name, *words in command_lines(each):
        try:
            options, rest = parser_of(name).parse_known_args(words)
        except ValueError as error:
            wrong.append(f"{name} {words}: {error}")
            continue
        spider = ThaigovFeedSpider if "thaigov_feed" in rest else ThaigovSpider
        given = {pair.partition("=")[0] for pair in getattr(options, "spargs", [])}
        wrong += [f"{name} {word}" for word in rest if word.startswith("-")]
        wrong += [f"-a {argument}" for argument in given - {*spider.arguments, "NAME"}]
        wrong += [f"-s {pair}" for pair in options.set if not is_setting(pair.partition("=")[0])]
    assert wrong == []


def is_setting(name: str) -> bool:
    return name in OURS or hasattr(default_settings, name) or name == "NAME"


# How-tos name what they add.
@every_row("each", [each for each in PAGES if each not in HOWTOS])
def test_nothing_is_named_that_there_is_not(each: Page) -> None:
    """Settings, and the values of arguments, but for those that a page shows to be refused."""
    code = "\n".join(code_lines(each))
    assert set(re.findall(r"\bTHAIGOV_\w+", code)) <= OURS
    refused = set(re.findall(r"'(\w+)' is not allowed", code))
    for name, values in {"visit": VISITS, "source": SOURCES, **OPTIONS}.items():
        assert set(re.findall(rf"\b{name}=([a-z]\w*)", code)) - refused <= set(values)
