"""`make site`: the lessons in a browser, to run (JupyterLite) and to read, as a folder for any web server."""

import argparse
import html
import json
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path

import nbformat

from helpers.lessons import ROOT, lesson_paths, make_working_copies, write_notebook
from tools.browser_packages import (
    KERNEL,
    LOCK,
    NEWEST,
    OLDER,
    add_packages,
    choose,
    fetch_core,
    fetch_whole,
    sum_over,
)
from tools.reading import STYLE, title_of, write_reading

CACHE = ROOT / ".site"  # what was fetched before; ignored by git
LAB = "lite"  # where JupyterLite lies in the site
FRONT_ENDS = {  # the parts of widgets that run in the page, as they are installed here
    "jupyterlab-widgets": "@jupyter-widgets/jupyterlab-manager",
    "anywidget": "anywidget",
    "jupyterlite-pyodide-kernel": "@jupyterlite/pyodide-kernel-extension",
}
IN_A_BROWSER = {  # what its kernel says of itself
    "kernelspec": {"display_name": "Python (Pyodide)", "language": "python", "name": "python"},
    "language_info": {
        "codemirror_mode": {"name": "python", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.8",
    },
}
KERNEL_PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel"
NO_KERNEL = "no kernel: neither the Pyodide distribution nor npm's pyodide could be fetched. The lessons can "
NO_KERNEL += "be read and edited, and their code does not run."
OLDER_TAKEN = (
    f"Pyodide {OLDER.version} (Python {OLDER.python}) is taken: NumPy and Matplotlib for {NEWEST.version} "
)
OLDER_TAKEN += (
    "are on cdn.jsdelivr.net alone, which cannot be reached from here, and for this one in Python's index."
)
FROM_ELSEWHERE = "not in the site, so each browser fetches them from cdn.jsdelivr.net: {}."
ROW = '<tr><td>{}</td><td><a href="{}/lab/index.html?path={}">run</a></td>'
ROW += '<td><a href="read/{}.html">read</a></td></tr>'
FRONT, STORAGE = (Path(__file__).with_name(name) for name in ("site.html", "storage.js"))


def build(folder, whole=True, say=print):
    """Write the site to a folder, in place of what was there; returns what is missing in it, in words, or "".

    whole: whether all of Pyodide's packages go in, where they can be fetched, or only what the lessons need.
    """
    require_site_folder(folder)
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        project = Path(place)
        missing = put_kernel(project / "static" / "pyodide", whole, say)
        put_lessons(project / "lessons")
        settings = {} if missing == NO_KERNEL else kernel_settings(project / "static" / "pyodide" / LOCK)
        config = {"appName": "Backprop by Hand", "litePluginSettings": settings}
        config = {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}
        (project / "jupyter-lite.json").write_text(json.dumps(config), encoding="utf-8")
        say("Building JupyterLite ...")
        run_jupyterlite(project, project / "built")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(project / "built", folder / LAB)
    add_storage_check(folder / LAB / "lab" / "index.html")
    say("Writing the lessons to read ...")
    write_reading(folder / "read")
    (folder / "index.html").write_text(front_page(missing), encoding="utf-8")
    shutil.copy(STORAGE, folder)
    (folder / ".nojekyll").touch()  # or GitHub Pages leaves out what begins with _
    return missing


def require_site_folder(folder):
    """ValueError for a folder that holds something else than a site: it would be deleted."""
    if folder.exists() and any(folder.iterdir()) and not (folder / LAB).exists():
        raise ValueError(f"{folder} holds other files: name a new folder for the site, as in TO=site.")


def put_kernel(place, whole, say):
    """Put Pyodide and all that the lessons need into a folder; returns what is missing, in words, or ""."""
    place.mkdir(parents=True)
    say("Fetching Pyodide ...")
    pyodide = NEWEST
    if not (whole and fetch_whole(place, CACHE)):
        pyodide = choose(CACHE)
        if not fetch_core(place, pyodide, CACHE):
            shutil.rmtree(place)
            return NO_KERNEL
    if pyodide == OLDER:
        say(OLDER_TAKEN)
    missing = add_packages(place, pyodide, CACHE)
    return FROM_ELSEWHERE.format(", ".join(missing)) if missing else ""


def put_lessons(folder):
    """Put the lessons into a folder, as JupyterLite saves them: else it saves each that is only opened."""
    for path in make_working_copies(folder=folder):
        lesson = nbformat.read(path, as_version=4)
        lesson.metadata |= IN_A_BROWSER
        write_notebook(lesson, path)


def kernel_settings(lock):
    """The settings of JupyterLite's kernel: our list of packages, and what is loaded at its start."""
    address = f"./static/pyodide/{LOCK}?{sum_over(lock)[:8]}"  # after an update it is another address
    return {KERNEL_PLUGIN: {"loadPyodideOptions": {"lockFileURL": address, "packages": [*KERNEL]}}}


def front_end(package):
    """The folder of an installed package's part that runs in the page."""
    ends = f"{FRONT_ENDS[package]}/package.json"
    found = [file for file in distribution(package).files if file.as_posix().endswith(ends)]
    return Path(found[0].locate()).resolve().parent


def run_jupyterlite(project, target):
    """Let JupyterLite build a project, which has lessons/ and jupyter-lite.json, to a folder."""
    command = [
        sys.executable,
        "-m",
        "jupyterlite_core",
        "build",
        "--lite-dir",
        project,
        "--output-dir",
        target,
    ]
    command += ["--contents", project / "lessons", "--apps", "lab", "--no-unused-shared-packages"]
    command += ["--no-sourcemaps", "--no-libarchive", "--ignore-sys-prefix"]
    command += [f"--LiteBuildConfig.federated_extensions={front_end(package)}" for package in FRONT_ENDS]
    run = subprocess.run([*map(str, command)], cwd=project, capture_output=True, text=True)
    if run.returncode:
        raise ValueError(f"JupyterLite could not be built:\n{(run.stdout + run.stderr)[-2000:]}")


def add_storage_check(page):
    """Let JupyterLab's page say so where a browser keeps nothing."""
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</head>", '<script src="../../storage.js"></script></head>', 1), "utf-8")


def front_page(missing):
    """The page that the site opens with.  missing: what the site has not, in words."""
    rows = [ROW.format(html.escape(title_of(path)), LAB, path.name, path.stem) for path in lesson_paths()]
    words = f'<p class="missing">This copy of the site is not complete: {html.escape(missing)}</p>'
    page = FRONT.read_text(encoding="utf-8").replace("LESSONS", "\n".join(rows)).replace("LAB", LAB)
    return page.replace("STYLE", STYLE).replace("MISSING", words if missing else "")


def main():
    parser = argparse.ArgumentParser(prog="python -m tools.make_site", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("site"))
    parser.add_argument("--needed", action="store_true", help="only those packages that the lessons need")
    options = parser.parse_args()
    try:
        missing = build(options.folder, whole=not options.needed)
    except ValueError as problem:
        sys.exit(str(problem))
    print(f"The site is in {options.folder}. To look at it: python -m http.server -d {options.folder}")
    print(f"Missing: {missing}" if missing else "It is complete: it needs no other host.")


if __name__ == "__main__":
    main()
