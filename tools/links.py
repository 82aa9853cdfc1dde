"""Links to the lessons where somebody else runs them, all made from `home` in pyproject.toml.

A fork changes that one line, and runs python -m tools.links: it writes the links into the README, the
addresses into pyproject.toml, and into the first cell of each lesson the commented line that installs what
it needs there.
"""

import re
import sys
import tomllib
from pathlib import Path

import nbformat

from helpers.lessons import has_tag, lesson_paths, write_notebook

PROJECT = Path(__file__).parents[1]
BEGIN, END = "<!-- links: python -m tools.links -->", "<!-- end of the links -->"
URLS = """[project.urls]
Homepage = "https://github.com/{home}"
Lessons = "https://{owner}.github.io/{name}/"
"""
BEGIN_URLS, END_URLS = "# links: python -m tools.links", "# end of the links"  # in pyproject.toml
NO_HOME = """This copy names no home, so there is no link to open it elsewhere. In a copy that lies on GitHub,
write `home = "owner/repository"` into `pyproject.toml` and run `python -m tools.links`: then the links to
Binder, Colab, Kaggle and Codespaces stand here, and in each lesson the line that installs what it needs."""
BINDER = "https://mybinder.org/v2/gh/{home}/HEAD?urlpath=lab/tree/notebooks/{first}"
PLACES = """Nothing to install: [all lessons in Binder]({binder}), [in Codespaces](https://codespaces.new/{home}),
or [in your own browser](https://{owner}.github.io/{name}/), where nothing runs elsewhere. One lesson alone:
take the `# ` away at the beginning of its first cell, and run that cell first. What a session on Binder,
Colab or Kaggle writes is gone when it ends: download your lesson, and `my_network.py`, before.

| lesson | opens in |
|---|---|
"""
COLAB = "https://colab.research.google.com/github/{file}"
KAGGLE = "https://kaggle.com/kernels/welcome?src=https://github.com/{file}"
INSTALL = "# %pip install -q git+https://github.com/{home}"  # in the first cell of a lesson


def home_of(project=PROJECT):
    """ "owner/repository", or "" for a copy without a home; ValueError for anything else."""
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    home = tomllib.loads(text)["tool"]["backprop-by-hand"]["home"]
    if not re.fullmatch(r"([\w.-]+/[\w.-]+)?", home):
        raise ValueError(f'home in pyproject.toml is like "owner/repository", or ""; it is {home!r}.')
    return home


def section(home, lessons):
    """What the README says between BEGIN and END.  lessons: the paths of the notebooks."""
    if not home:
        return NO_HOME
    owner, name = home.split("/")
    binder = BINDER.format(home=home, first=lessons[0].name)
    text = PLACES.format(home=home, owner=owner, name=name, binder=binder)
    for path in lessons:
        title = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0].lstrip("# ")
        file = f"{home}/blob/HEAD/notebooks/{path.name}"
        text += f"| {title} | [Colab]({COLAB.format(file=file)}), [Kaggle]({KAGGLE.format(file=file)}) |\n"
    return text.rstrip()


def urls(home):
    """What pyproject.toml says between BEGIN_URLS and END_URLS."""
    owner, _, name = home.partition("/")
    return URLS.format(home=home, owner=owner, name=name) if home else ""


def with_links(text, words, begin=BEGIN, end=END):
    """A text with these words in the place that is kept for them."""
    before, _, rest = text.partition(begin)
    return f"{before}{begin}\n{words}\n{end}{rest.partition(end)[2]}"


def with_install(source, home):
    """The source of a first cell with the commented line for this home; without one for none."""
    lines = [line for line in source.split("\n") if not line.startswith(INSTALL.partition("{")[0])]
    return "\n".join([INSTALL.format(home=home)] * bool(home) + lines)


def write_links(project=PROJECT):
    """Write all of them; returns the paths that have changed."""
    home, lessons, changed = home_of(project), lesson_paths(project / "notebooks"), []
    for path in lessons:
        notebook = nbformat.read(path, as_version=4)
        cell = next(cell for cell in notebook.cells if has_tag(cell, "imports"))
        source, cell.source = cell.source, with_install(cell.source, home)
        if cell.source != source:
            write_notebook(notebook, path)
            changed.append(path)
    places = {"README.md": (section(home, lessons),), "pyproject.toml": (urls(home), BEGIN_URLS, END_URLS)}
    for name, words in places.items():
        text = (project / name).read_text(encoding="utf-8")
        if (after := with_links(text, *words)) != text:
            (project / name).write_text(after, encoding="utf-8", newline="\n")
            changed.append(project / name)
    return changed


if __name__ == "__main__":
    try:
        print("\n".join(map(str, write_links())) or "All links are as they should be.")
    except ValueError as error:
        sys.exit(str(error))
