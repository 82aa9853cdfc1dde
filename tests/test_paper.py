"""A lesson on paper and on slides: all formulas drawn, nothing cut off or fetched, no answer too early."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from helpers.classroom.drawn_cells import outputs_of, text_of
from helpers.classroom.formulas import drawing_of, without_formulas
from helpers.classroom.paper import BY_HAND, find_browser, paper, print_lessons
from helpers.classroom.slides import slides_of, write_slides
from helpers.lessons import VIEW, find_lesson, has_tag, lesson_paths
from tests.axe import violations


def cells_of(number):
    return nbformat.read(find_lesson(number), as_version=4).cells


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem[:2])
def test_every_lesson_goes_on_paper_and_on_slides_with_its_formulas(path):
    cells = nbformat.read(path, as_version=4).cells
    for whole in (paper(cells), "".join(slides_of(cells))):
        text = re.sub(
            r"<pre>.*?</pre>|<code>.*?</code>|<svg.*?</svg>|<style>.*?</style>", "", whole, flags=re.S
        )
        assert "FORMULA" not in text and "\\frac" not in text and not re.search(r"\$[^$\n]+\$", text)
        assert "Run this cell" not in text and "No prediction yet" not in text and "Not attempted" not in text
    solutions = [cell for cell in cells if has_tag(cell, "solution")]
    assert paper(cells).count(". Solution</h3>") == len(solutions)
    assert "Solution" not in re.sub(r"<style>.*?</style>", "", paper(cells, solutions=False), flags=re.S)


def height(drawing):
    return float(re.search(r"height:([\d.]+)em", drawing)[1])


def test_a_formula_is_a_drawing_on_its_line_and_a_dollar_in_code_is_none():
    text, drawn = without_formulas(
        "`a$b` and $g'(z)$, then\n\n$$J = \\frac1m \\sum_i L^{(i)}$$\n\n```\n$x$\n```"
    )
    assert text == "`a$b` and FORMULA0X, then\n\nFORMULA1X\n\n```\n$x$\n```"
    assert "alone" in drawn["FORMULA1X"] and "alone" not in drawn["FORMULA0X"]
    assert 'aria-label="g&#x27;(z)"' in drawn["FORMULA0X"] and "vertical-align:-" in drawn["FORMULA0X"]
    assert "<svg" in text_of("Here is $x < 1$.") and drawing_of("a<b") != drawing_of("a>b")
    line, alone = (drawing_of("\\frac1m", alone) for alone in (False, True))
    assert height(alone) > 1.2 * height(line)
    with pytest.raises(ValueError, match="nosuch"):
        drawing_of("\\nosuch{1}")


def test_what_a_cell_shows_stands_by_itself():
    outputs = [
        new_output("stream", text="a < b"),
        new_output("error", ename="ValueError", evalue="<x>"),
        new_output("display_data", {VIEW: {}, "text/plain": "Widget"}),
        new_output(
            "display_data", {"image/svg+xml": '<svg><desc>A "curve".</desc></svg>', "text/plain": "p"}
        ),
        new_output("display_data", {"text/html": "<b>bold</b>", "text/plain": "bold"}),
    ]
    shown = outputs_of(new_code_cell("1", outputs=outputs))
    for part in (
        "a &lt; b",
        "ValueError: &lt;x&gt;",
        "that you can touch",
        'alt="A &quot;curve&quot;."',
        "<b>bold",
    ):
        assert part in shown
    assert outputs_of(new_code_cell("1", outputs=outputs, metadata={"tags": ["check"]})) == ""


def test_hints_stay_and_the_rest_that_is_folded_goes_to_the_end():
    folded = "<details><summary>{}</summary>\n\n{}\n\n</details>"
    cells = [
        new_markdown_cell("# A lesson"),
        new_markdown_cell(folded.format("Hint 1", "Look at the shapes."), metadata={"tags": ["hints"]}),
        new_markdown_cell(
            folded.format("Solution", "```python\nx = 42\n```"), metadata={"tags": ["solution"]}
        ),
        new_markdown_cell("**Try two things.** Turn it.\n\n" + folded.format("What you find", "It turns.")),
        new_code_cell(
            "my_prediction = ...\ncompare_prediction(my_prediction, 7)", metadata={"tags": ["prediction"]}
        ),
        new_markdown_cell("The last words."),
    ]
    text = paper(cells)
    order = [
        text.index(part)
        for part in ("Hint 1.", "shapes", "My answer:", "The last words", "At the end", "It turns")
    ]
    assert order == sorted(order) and text.index("It turns") > text.index("42") > text.index("At the end")
    assert "compare_prediction" not in text and "number 2 at the end" in text and "<details" not in text
    without = paper(cells, solutions=False)
    assert "42" not in without and "Solution" not in without and "It turns" in without


def test_the_pdf_is_printed_and_nothing_on_it_is_cut_off(tmp_path, browser):
    said = []
    (pdf,) = print_lessons(tmp_path, "05", say=said.append)
    if find_browser():
        assert pdf.read_bytes().startswith(b"%PDF") and len(pdf.read_bytes()) > 100_000 and said == [str(pdf)]
    page, asked = browser.new_page(viewport={"width": 658, "height": 900}), []  # 174 mm
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(media="print")
    page.goto((tmp_path / "05_forward_propagation.html").as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    wide = (
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 660).length"
    )
    assert page.evaluate(wide) == 0 and violations(page, "main") == []
    page.close()


def test_without_a_browser_the_page_is_there_to_print(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.classroom.paper.find_browser", lambda: None)
    said = []
    (page,) = print_lessons(tmp_path, "01", solutions=False, say=said.append)
    assert page.name == "01_computation_graph.html" and said == [BY_HAND.format(page=page)]


def test_slides_fit_turn_by_keys_and_need_no_network(tmp_path, browser):
    page, asked = browser.new_page(viewport={"width": 1280, "height": 720}), []
    page.on("request", lambda request: asked.append(request.url))
    for path in write_slides(tmp_path, "02,05,11", say=lambda words: None):
        page.goto(path.as_uri())
        number = page.evaluate("slides.length")
        for k in range(number):
            box = page.evaluate(
                f"(turn({k}), (r => [r.left, r.top, r.right, r.bottom])"
                "(slides[now].querySelector('.fits').getBoundingClientRect()))"
            )
            assert box[0] >= 0 and box[1] >= 0 and box[2] <= 1280 and box[3] <= 690, (path.name, k + 1, box)
            scale = float(
                page.evaluate("slides[now].querySelector('.fits').style.transform").split("scale(")[1][:-1]
            )
            assert scale > 0.55, (path.name, k + 1, scale)
    page.keyboard.press("Home")
    for key, now in [
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("ArrowLeft", 2),
        (" ", 3),
        ("End", number),
        (" ", number),
    ]:
        page.keyboard.press(key)
        assert page.url.endswith(f"#{now}")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.goto(f"{page.url.split('#')[0]}#6")
    assert violations(page, "main") == []
    page.close()


def test_a_slide_with_a_question_comes_before_the_one_with_its_answer():
    slides = slides_of(cells_of("05"))
    assert "Solution" not in "".join(slides) and "compare_prediction(" not in "".join(slides)
    (asks,) = [k for k, slide in enumerate(slides) if "Mind what is not in it yet" in slide]
    assert "-2. , -1." not in slides[asks] and "-2. , -1." in slides[asks + 1]
    heads = [slide for slide in slides if "<h2" in slide]
    assert len(heads) > 8 and all(slide.startswith("<h2") and slide.count("<h2") == 1 for slide in heads)
