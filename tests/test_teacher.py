"""The teacher's edition holds an answer to everything that the lessons ask."""

import nbformat
import pytest

from helpers.classroom.course import read_lesson
from helpers.classroom.teacher import chapter, tried, write_edition
from helpers.lessons import lesson_paths


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem[:2])
def test_everything_that_is_to_be_tried_has_its_answer(path):
    cells = nbformat.read(path, as_version=4).cells
    asked = sum("**Try two" in cell.source for cell in cells if cell.cell_type == "markdown")
    found = [*tried(cells)]
    assert len(found) == asked and all(len(answer) > 20 for _, answer in found)
    assert all(words.startswith("**Try two") and " ## " not in words for words, _ in found)
    lesson = read_lesson(path)
    assert all(each.words.startswith("**Predict") for each in lesson.questions if not each.number)
    truths = {question.name: {"truth": 12345.0, "guess": False} for question in lesson.questions}
    text = chapter(path, truths)
    assert text.count("12345") == len(lesson.questions)
    assert all(exercise.solution.strip() in text for exercise in lesson.exercises)


@pytest.mark.parametrize("number", ["12", "13", "14"])
def test_the_lessons_beyond_have_what_goes_wrong_too(number):
    path = next(path for path in lesson_paths() if path.stem.startswith(number))
    truths = {question.name: {"truth": 1.0, "guess": False} for question in read_lesson(path).questions}
    said = chapter(path, truths).partition("### Where they go wrong, and what to ask\n")[2]
    assert said.partition("###")[0].count("Ask: *") >= 2


def test_the_edition_of_a_lesson_has_truths_that_are_computed(tmp_path):
    path = write_edition(tmp_path / "teacher", "07", say=lambda words: None)
    text = path.read_text(encoding="utf-8")
    assert "**−0.7672**" in text and "All three become 0" in text and "def backward_propagation" in text
    assert "How much larger should dW2 become?" in text
