"""The members' summary as one HTML file: whole by itself, without script, with nothing in it but what was said."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from sos_tracker.papers.plain_html import PlainChart, PlainSummary, PlainTable, Stamp, plain_html
from sos_tracker.papers.summary import Summary
from sos_tracker.records.figures import Figure, Rating, Unit
from sos_tracker.records.palette import Theme
from sos_tracker.records.programme import Programme

ON = date(2018, 5, 10)
TRAINED = Figure(
    code="T1", title="People trained", value=285, unit=Unit.PEOPLE, as_at=ON, sentence="", rating=Rating.ON_TRACK,
    rating_reason="", working=None, definition="", denominator=335, target_to_date=176, target_final=400,
    due_on=date(2018, 12, 31),
)  # fmt: skip
HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}=cmd|' /C calc'!A0\x00\u202e"


def drawings(name: str) -> dict[Theme, str]:
    return {theme: f"<svg><title>{name} {theme}</title></svg>" for theme in (Theme.LIGHT, Theme.DARK)}


CHART = PlainChart(
    "285 people trained",
    "Running total",
    drawings("wide"),
    drawings("narrow"),
    PlainTable("People trained by month", ("Month", "People"), (False, True), (("May 2018", "285"),)),
    ("A part month.",),
)
SUMMARY = PlainSummary(
    programme=Programme(
        code="CE-SOS", name="Signs of Safety", authority="Cheshire East Council", notice="Illustrative."
    ),
    as_at=ON,
    finding="1 of 1 rated figures is on track",
    words=Summary(("285 people have been trained (T1).",), (), ()),
    figures=(TRAINED,),
    charts=(CHART,),
    stamp=Stamp(3, date(2018, 5, 1), ON),
)


class Page(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def said(content: bytes) -> str:
    body = re.sub(r"<style>.*?</style>", "", content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_each_figure_has_its_code_and_edition_whole_targets_status_and_date() -> None:
    row = "People trained T1 · edition 3 285 335 176 400 by 31 December 2018 ● On track 10 May 2018"

    assert row in said(plain_html(SUMMARY))


def test_the_head_says_which_edition_it_is_and_for_which_meeting() -> None:
    words = said(plain_html(SUMMARY))

    assert "Edition 3, for the meeting on 10 May 2018, published on 1 May 2018." in words
    assert "Illustrative." in words


def test_what_is_no_edition_does_not_say_it_is() -> None:
    words = said(plain_html(replace(SUMMARY, stamp=None)))

    assert "dition" not in words
    assert "T1 285" in words


def test_a_number_that_is_not_known_or_not_shown_is_said_to_be_so() -> None:
    figures = (
        replace(TRAINED, value=None, denominator=None),
        replace(TRAINED, code="T3", value=None, withheld="fewer than 5"),
    )

    words = said(plain_html(replace(SUMMARY, figures=figures)))

    assert "T1 · edition 3 not known – 176" in words
    assert "T3 · edition 3 fewer than 5 335" in words


def test_the_file_is_whole_by_itself_and_has_no_script() -> None:
    page = Page(plain_html(SUMMARY))

    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "href")]
    policy = dict(page.attributes)["content"]
    assert policy is not None
    assert plain_html(SUMMARY).decode().count("Content-Security-Policy") == 1
    assert "script-src" not in plain_html(SUMMARY).decode()


def test_it_is_a_british_page_with_one_heading_and_real_tables() -> None:
    content = plain_html(SUMMARY).decode()

    assert content.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert content.count("<h1>") == 1
    assert content.count("<caption>") == content.count("<table>") == 2
    assert content.count('<th scope="row">') == 2


def test_the_same_summary_gives_the_same_bytes() -> None:
    assert plain_html(SUMMARY) == plain_html(replace(SUMMARY))


def test_a_chart_is_drawn_for_light_and_dark_and_for_wide_and_narrow() -> None:
    content = plain_html(SUMMARY).decode()

    for drawn in ("wide light", "wide dark", "narrow light", "narrow dark"):
        assert f'<div class="{drawn}"><svg>' in content


def test_hostile_words_anywhere_stand_as_text() -> None:
    hostile_chart = replace(
        CHART,
        title=HOSTILE,
        subtitle=HOSTILE,
        notes=(HOSTILE,),
        table=PlainTable(HOSTILE, (HOSTILE, HOSTILE), (False, True), ((HOSTILE, HOSTILE),)),
    )
    hostile = replace(
        SUMMARY,
        programme=SUMMARY.programme.model_copy(update={"name": HOSTILE, "authority": HOSTILE, "notice": HOSTILE}),
        finding=HOSTILE,
        words=Summary((HOSTILE,), (HOSTILE,), (HOSTILE,), (HOSTILE,)),
        figures=(replace(TRAINED, title=HOSTILE, code=HOSTILE, withheld=HOSTILE, value=None),),
        charts=(hostile_chart,),
    )

    page = Page(plain_html(hostile))

    assert "script" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert sum("<script>alert(1)</script>" in words for words in page.words) >= 15
    assert "\x00" not in "".join(page.words)


@pytest.mark.parametrize(
    "name", ["Cyngor Sir Ynys Môn", "Rada Miejska w Łodzi", "مجلس المدينة", "Council 😀", "\ud800"]
)
def test_names_of_any_script_come_through(name: str) -> None:
    programme = SUMMARY.programme.model_copy(update={"authority": f"A {name}"})

    assert f"A {name}".replace("\ud800", "") in plain_html(replace(SUMMARY, programme=programme)).decode()
