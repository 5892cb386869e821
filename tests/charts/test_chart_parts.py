"""Charts and tables as markup: what a screen reader and a keyboard meet."""

from html.parser import HTMLParser

from streamlit.testing.v1 import AppTest

from sos_tracker.charts import training
from sos_tracker.charts.chart import Column, Table, numeric
from sos_tracker.ui.chart_parts import chart_block, html_table, selected_ids
from tests.charts import examples


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def seen(markup: str) -> _Seen:
    parser = _Seen()
    parser.feed(markup)
    return parser


TABLE = Table("People trained", (Column("Agency"), numeric("People")), (("<script>alert(1)</script>", "125"),))


def test_a_table_has_a_caption_and_headings_with_their_scope() -> None:
    parser = seen(html_table(TABLE))

    scopes = [attributes["scope"] for tag, attributes in parser.tags if tag == "th"]

    assert scopes == ["col", "col", "row"]
    assert "People trained" in parser.words


def test_a_wide_table_scrolls_by_keyboard_in_a_box_with_a_name() -> None:
    tag, attributes = seen(html_table(TABLE)).tags[0]

    assert tag == "div"
    assert (attributes["role"], attributes["tabindex"], attributes["aria-label"]) == ("region", "0", "People trained")


def test_numbers_stand_to_the_right() -> None:
    cells = [attributes for tag, attributes in seen(html_table(TABLE)).tags if tag == "td"]

    assert cells == [{"class": "number"}]


def test_words_of_a_file_are_never_markup() -> None:
    parser = seen(html_table(TABLE))

    assert "script" not in {tag for tag, _ in parser.tags}
    assert "<script>alert(1)</script>" in parser.words


def test_a_chart_is_drawn_for_wide_and_for_narrow_places_and_its_table_is_folded() -> None:
    parser = seen(chart_block(examples.all_charts()[0]))

    tags = [tag for tag, _ in parser.tags]

    assert tags.count("svg") == 2
    assert tags.count("details") == tags.count("table") == 1
    assert parser.words[0] == "285 people trained, 109 ahead of the target to date"


def test_a_chart_with_nothing_to_show_has_no_empty_table() -> None:
    nobody = training.trained_by_agency(examples.agencies_frame().head(0), examples.AS_AT)

    assert "details" not in {tag for tag, _ in seen(chart_block(nobody)).tags}


def test_nothing_is_selected_until_a_reader_selects_it() -> None:
    def page() -> None:
        import streamlit as st

        from sos_tracker.ui.chart_parts import inline_svgs, plotly_block
        from tests.charts import examples

        charts = examples.all_charts()
        inline_svgs(charts[1:3])
        st.write("selected", plotly_block(charts[0]))

    app = AppTest.from_function(page, default_timeout=60).run()

    assert not app.exception
    assert [text.value for text in app.markdown][-1] == "selected `()`"


def test_a_selection_is_the_ids_of_its_points_each_once() -> None:
    points = [{"customdata": ["2018-04"]}, {"customdata": ["2018-04"]}, {"customdata": ["2018-03"]}, {"x": 1}]

    assert selected_ids([*points, {"customdata": [""]}]) == ("2018-04", "2018-03")
