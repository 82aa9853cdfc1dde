"""The links to hosted copies of the lessons: all from one setting, and gone without it."""

import shutil
import subprocess
import sys
import tomllib

import nbformat
import pytest

from helpers.lessons import lesson_paths
from tools.links import INSTALL, PROJECT, home_of, write_links

NO_HOME = 'home = ""'


@pytest.fixture
def copy(tmp_path):
    """A copy of what the links are written into."""
    shutil.copytree(PROJECT / "notebooks", tmp_path / "notebooks", ignore=lambda *_: ["my_network.py"])
    for name in ("README.md", "pyproject.toml"):
        shutil.copy(PROJECT / name, tmp_path / name)
    return tmp_path


def set_home(project, home):
    """Write another home, "" for none, into a copy."""
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    (project / "pyproject.toml").write_text(
        text.replace(f'home = "{home_of(project)}"', f'home = "{home}"'), encoding="utf-8"
    )


def everything(project):
    paths = [project / "README.md", project / "pyproject.toml", *lesson_paths(project / "notebooks")]
    return {path.name: path.read_bytes() for path in paths}


def urls_in(project):
    """The addresses that the wheel of this project says of itself."""
    return tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"].get("urls")


def test_the_links_here_are_those_of_the_setting(copy):
    assert write_links(copy) == []


def test_one_line_makes_all_links_and_takes_them_away(copy):
    set_home(copy, "")
    write_links(copy)
    before, lessons = everything(copy), lesson_paths(copy / "notebooks")
    set_home(copy, "somebody/by-hand")
    assert len(write_links(copy)) == len(lessons) + 2 and write_links(copy) == []
    github, pages = "https://github.com/somebody/by-hand", "https://somebody.github.io/by-hand/"
    assert urls_in(copy) == {"Homepage": github, "Lessons": pages}
    readme = (copy / "README.md").read_text(encoding="utf-8")
    for path in lessons:
        assert readme.count(f"github/somebody/by-hand/blob/HEAD/notebooks/{path.name})") == 1
        cells = nbformat.read(path, as_version=4).cells
        assert cells[1].source.startswith(INSTALL.format(home="somebody/by-hand") + "\n")
    for address in (
        "mybinder.org/v2/gh/somebody/by-hand/HEAD",
        "somebody.github.io/by-hand/",
        "codespaces.new/",
        "is gone when it ends",
    ):
        assert address in readme
    set_home(copy, "other/fork")
    write_links(copy)
    assert "somebody" not in (copy / "README.md").read_text(encoding="utf-8")
    set_home(copy, "")
    write_links(copy)
    assert everything(copy) == before and urls_in(copy) is None


def test_a_home_of_another_form_is_refused(copy):
    for home in ("https://github.com/a/b", "a", "a/b/c", "a b/c"):
        set_home(copy, home)
        with pytest.raises(ValueError, match="is like"):
            write_links(copy)
        shutil.copy(PROJECT / "pyproject.toml", copy / "pyproject.toml")


def test_colab_is_told_that_it_may_load_our_widgets(tmp_path):
    (tmp_path / "google" / "colab").mkdir(parents=True)
    (tmp_path / "google" / "colab" / "__init__.py").touch()
    (tmp_path / "google" / "colab" / "output.py").write_text(
        "def enable_custom_widget_manager():\n    print('allowed')\n"
    )
    for first, said in (("import google.colab; ", "allowed\n"), ("", "")):
        code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {first}import helpers.widgets"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, timeout=60
        )
        assert (done.returncode, done.stdout) == (0, said), done.stderr
