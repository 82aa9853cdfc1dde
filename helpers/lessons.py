"""Working copies and re-execution of the lessons: `python -m helpers.lessons --help`."""

import argparse
import copy
import errno
import hashlib
import os
import re
import socket
import sys
import tempfile
import threading
import webbrowser
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

try:
    import nbformat
except ModuleNotFoundError:
    sys.exit(
        f"Jupyter is not installed for {sys.executable}. Activate the environment that you made\n"
        "for the lessons, then try again; the README says how to make one."
    )

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
BEFORE = "before"  # the folder for working copies of an older numbering
OWN_NAME = re.compile(r"\d\d_[a-z0-9_]+\.ipynb")
TEXT_BROWSERS = {"elinks", "links", "lynx", "w3m", "www-browser"}
# Small matrices are multiplied faster by one core, and the browser needs the other one.
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
COURSE = "backprop_by_hand"  # in a notebook's metadata: which lesson it is, and which version of it
VIEW = "application/vnd.jupyter.widget-view+json"  # an output that is a widget
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def lesson_paths(notebooks=NOTEBOOKS):
    """List the lessons of a folder in order, `00_….ipynb` first."""
    return sorted(notebooks.glob("[0-9][0-9]_*.ipynb"))


def working_folder(installed):
    """Where the learner works: my_work in the project; with an installed wheel where the command is typed.

    There it is the current folder if lessons lie in it, as in a hand-out, and otherwise my_work in it.
    """
    if not installed:
        return ROOT / "my_work"
    here = Path.cwd()
    return here if lesson_paths(here) else here / "my_work"


INSTALLED = not (ROOT / "pyproject.toml").exists()  # as a wheel, and not as the project
MY_WORK = working_folder(INSTALLED)


def find_lesson(lesson, notebooks=NOTEBOOKS):
    """Return the path of a lesson, given its number ("2", "02") or name; ValueError if there is none."""
    number = lesson.zfill(2) if lesson else None
    for path in lesson_paths(notebooks):
        if number == path.stem[:2] or lesson.removesuffix(".ipynb") == path.stem:
            return path
    names = ", ".join(path.stem for path in lesson_paths(notebooks)) or "none yet"
    raise ValueError(f"There is no lesson {lesson!r}. The lessons are: {names}.")


def write_notebook(notebook, path):
    """Write a notebook in one step: an interrupt leaves the old file or the new one, never half of one."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    os.replace(unfinished, path)


def has_tag(cell, tag):
    """Whether a cell has this tag."""
    return tag in cell.metadata.get("tags", [])


def without_outputs(notebook):
    """Return a copy of the notebook as if no cell had been run."""
    fresh = copy.deepcopy(notebook)
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return fresh


def without_solutions(notebook):
    """Return a copy of the notebook without outputs and without the cells tagged "solution"."""
    fresh = without_outputs(notebook)
    fresh.cells = [cell for cell in fresh.cells if not has_tag(cell, "solution")]
    return fresh


def version_of(lesson):
    """The version of a lesson: a short sum over its cells, which a change of any of them changes."""
    told = "\0".join(f"{cell.id}\0{cell.source}" for cell in lesson.cells)
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def sum_of(cell):
    """A short sum over what a cell says."""
    return hashlib.sha256(cell.source.encode()).hexdigest()[:8]


def stamped(copied, lesson, path):
    """A student's copy of a lesson with its number and version in the metadata.  path: of the lesson.

    A lesson that is stamped already, in a hand-out, hands its stamp on.  The sums of its cells tell later
    what the student changed.
    """
    stamp = {"lesson": path.stem[:2], "version": version_of(lesson)}
    stamp["cells"] = {cell.id: sum_of(cell) for cell in lesson.cells}
    copied.metadata[COURSE] = lesson.metadata.get(COURSE, stamp)
    return copied


def is_older(path, lesson_path):
    """Whether a learner's copy comes from another version of the lesson than the one that is there now."""
    try:
        mine, lesson = (nbformat.read(each, as_version=4) for each in (path, lesson_path))
    except Exception:  # one of them is no notebook
        return False
    version = lesson.metadata.get(COURSE, {}).get("version") or version_of(lesson)
    if stamp := mine.metadata.get(COURSE, {}):
        return stamp.get("version") != version
    texts = {(cell.id, cell.source) for cell in mine.cells}
    return any(cell.cell_type != "code" and (cell.id, cell.source) not in texts for cell in lesson.cells)


def newer_versions(notebooks, folder):
    """What there is to say about lessons of which the folder has an older version, a line each."""
    older = [path for path in lesson_paths(notebooks) if (folder / path.name).exists()]
    older = [path.stem[:2] for path in older if is_older(folder / path.name, path)]
    said = "Lesson {} has a newer version. With your answers: {}"
    return [said.format(each, how_to_update(each, folder)) for each in older]


def how_to_update(number, folder):
    """The command that updates one lesson of a folder, as it is typed here."""
    command = f"{'backprop-by-hand update' if INSTALLED else 'python -m helpers.update'} {number}"
    if folder.resolve() != MY_WORK:
        return f'{command} --folder "{folder}"'
    return command if INSTALLED else f"make update LESSON={number}, or {command}"


def keep_dated(path):
    """Rename a file to a dated name that nothing has yet, and return that name; None if there is no file."""
    if not path.exists():
        return None
    stem = f"{path.stem}.{datetime.now():%Y-%m-%d_%H-%M-%S}"
    dated, number = path.with_name(stem + path.suffix), 2
    while dated.exists():
        dated, number = path.with_name(f"{stem}_{number}{path.suffix}"), number + 1
    return path.rename(dated)


def make_working_copies(notebooks=NOTEBOOKS, folder=MY_WORK):
    """Copy the lessons that the folder does not have yet, without outputs, and return their paths there.

    What a learner answered in a working copy of another numbering goes into the copies that are new; the old
    copy goes to the folder "before".
    """
    folder.mkdir(parents=True, exist_ok=True)
    lessons = {path: nbformat.read(path, as_version=4) for path in lesson_paths(notebooks)}
    answers = put_aside(working_copies_of_before(folder, lessons), folder / BEFORE)
    missing = [path for path in lessons if not (folder / path.name).exists()]
    for path in missing:
        copied = with_answers(without_outputs(lessons[path]), answers)
        write_notebook(stamped(copied, lessons[path], path), folder / path.name)
    return [folder / path.name for path in missing]


def working_copies_of_before(folder, lessons):
    """The working copies that hold cells which now stand in a lesson of another name: {path: notebook}."""
    home = {cell.id: path.name for path, lesson in lessons.items() for cell in lesson.cells}
    found = {}
    for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")):
        if not OWN_NAME.fullmatch(path.name):  # a dated copy, or one that the learner made
            continue
        try:
            notebook = nbformat.read(path, as_version=4)
        except Exception:  # it is no notebook, and stays where it is
            continue
        if any(home.get(cell.get("id"), path.name) != path.name for cell in notebook.cells):
            found[path] = notebook
    return found


def put_aside(copies, folder):
    """Move old working copies, {path: notebook}, to a folder; return the answers in them by cell id."""
    answers = {}
    for path, notebook in copies.items():
        folder.mkdir(exist_ok=True)
        keep_dated(folder / path.name)
        path.rename(folder / path.name)
        answers |= {cell.id: cell.source for cell in notebook.cells if has_answer(cell)}
    return answers


def has_answer(cell):
    """Whether a cell is one that a learner answers in: an exercise, a prediction, or questions."""
    return any(has_tag(cell, tag) for tag in ("exercise", "prediction", "recall"))


def with_answers(lesson, answers):
    """The lesson with a learner's answers, {cell id: source}, wherever they answer the same question."""
    for cell in lesson.cells:
        if has_answer(cell) and same_question(cell.source, answers.get(cell.id, "")):
            cell.source = answers[cell.id]
    return lesson


def same_question(one, other):
    """Whether two cells answer the same question, whatever they answer."""
    return _asked(one) == _asked(other)


def _asked(source):
    """What of a cell stays when it is answered: an exercise's first line, all but that of a prediction."""
    lines = source.strip().splitlines()
    return lines[1:] if lines and lines[0].startswith(("my_prediction", "my_answers")) else lines[:1]


def make_ready(notebooks=NOTEBOOKS, folder=MY_WORK):
    """Make the working copies ready for JupyterLab; return what there is to say about it, a line each."""
    before = {*(folder / BEFORE).glob("*")}
    new = make_working_copies(notebooks, folder)
    put_widgets_to_sleep(folder)
    said = [f"New in {folder.name}: {', '.join(path.stem for path in new)}"] if new else []
    if old := sorted({*(folder / BEFORE).glob("*")} - before):
        names = ", ".join(path.stem for path in old)
        said.append(
            f"The lessons have new numbers. Your answers are in them; {folder.name}/{BEFORE} has {names}."
        )
    return said + newer_versions(notebooks, folder)


def reset_lesson(lesson, notebooks=NOTEBOOKS, folder=MY_WORK):
    """Make a fresh working copy of one lesson; return its path and the learner's, now dated (or None)."""
    working_copy = folder / find_lesson(lesson, notebooks).name
    kept = keep_dated(working_copy)
    make_working_copies(notebooks, folder)
    return working_copy, kept


def put_widgets_to_sleep(folder):
    """Take widgets out of the stored outputs of a folder's notebooks: without their kernel they are dead.

    What stays is their line of text, which says: run this cell to use it. Called before JupyterLab starts.
    """
    for path in folder.glob("*.ipynb"):
        try:
            notebook = nbformat.read(path, as_version=4)
        except Exception:  # it is no notebook, and stays as it is
            continue
        outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
        views = [output.data for output in outputs if VIEW in output.get("data", {})]
        for data in views:
            del data[VIEW]
        if views:
            write_notebook(notebook, path)


def normalise(notebook):
    """Return a copy without what differs from run to run or between machines; cells keep only their tags."""
    tidy = copy.deepcopy(notebook)
    tidy.metadata = nbformat.from_dict(METADATA)
    for cell in tidy.cells:
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k == "tags"})
        for number, output in enumerate(cell.get("outputs", [])):
            view = output.get("data", {}).get(VIEW)
            if view:
                view["model_id"] = f"{cell.id}-{number}"
            if output.output_type == "error":
                output.traceback = [line.replace(f"{ROOT}{os.sep}", "") for line in output.traceback]
    return tidy


def execute(path):
    """Run a notebook from top to bottom, in its own folder, and write it back normalised.

    A cell tagged "nbval-ignore-output" keeps the outputs that it has: a time measured once changes no file.
    """
    from nbclient import NotebookClient  # here, because only those who write lessons need them
    from traitlets.config import Config

    os.environ["TQDM_DISABLE"] = "1"  # a progress bar prints times, which differ at every run
    os.environ["MY_NETWORK"] = str(Path(tempfile.mkdtemp()) / "my_network.py")  # as if nothing were solved
    notebook = nbformat.read(path, as_version=4)
    kept = {cell.id: cell.outputs for cell in notebook.cells if has_tag(cell, "nbval-ignore-output")}
    tidy = {"coalesce_streams": True, "record_timing": False, "store_widget_state": False}
    place = {"metadata": {"path": str(path.parent)}}
    kernels = Config(KernelManager=encrypted())
    NotebookClient(
        notebook, kernel_name="python3", config=kernels, timeout=300, resources=place, **tidy
    ).execute()
    for cell in notebook.cells:
        cell.update({"outputs": kept[cell.id]} if kept.get(cell.id) else {})
    write_notebook(normalise(notebook), path)


def open_folder(folder, options=()):
    """Open a folder of lessons in JupyterLab as it is; for None the working copies, made ready first."""
    if folder is None:
        for line in make_ready():
            print(line, flush=True)
        folder = MY_WORK
    elif not folder.is_dir():
        hint = "JupyterLab's own options are written with =, as in --port=9999."
        raise ValueError(f"There is no folder {folder}. {hint}")
    else:
        put_widgets_to_sleep(folder)
        for line in newer_versions(NOTEBOOKS, folder):
            print(line, flush=True)
    if hiding := hides_helpers(folder):
        raise ValueError(f"{hiding} hides the helpers of the course: give it another name, and start again.")
    lessons = [path.name for path in lesson_paths(folder) if OWN_NAME.fullmatch(path.name)]
    open_lab(folder.resolve(), lessons[0] if lessons else "", options)


def hides_helpers(folder):
    """The file or folder of a learner's that a lesson in this folder would import as helpers; or None."""
    found = [path for path in (folder / "helpers.py", folder / "helpers") if path.exists()]
    return next((path for path in found if path.resolve() != ROOT / "helpers"), None)


def open_in_browser(address):
    """Open the address in a browser that has a window, and return whether there is one."""
    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))):
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if Path(browser.name).name in TEXT_BROWSERS:
        return False
    threading.Thread(target=browser.open, args=(address,), daemon=True).start()
    return True


def open_lab(folder, lesson, options=()):
    """Run JupyterLab in a folder, opened at one lesson, until Ctrl-C; options are JupyterLab's own."""
    from jupyterlab.labapp import LabApp  # here, because it takes a second to import

    for name in ONE_THREAD:  # the kernels inherit it
        os.environ.setdefault(name, "1")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    server = LabApp.initialize_server(
        argv=[
            f"--ServerApp.root_dir={folder}",
            "--ServerApp.open_browser=False",
            "--ServerApp.answer_yes=True",
            "--Application.log_level=ERROR",
            *(f"--KernelManager.{name}={value}" for name, value in encrypted().items()),
            *["--allow-root"] * as_root,
            *options,
        ]
    )
    server.web_app.settings["page_config_hook"] = without_news
    server.identity_provider.token_generated = False  # so that only announce prints the address
    token = server.identity_provider.token
    home = server.connection_url
    if server.ip in ("0.0.0.0", "::"):  # in a container its own name means nothing to the browser outside
        home = home.replace(socket.gethostname(), "127.0.0.1")
    address = f"{home}lab/tree/{quote(lesson)}" + (f"?token={quote(token)}" if token else "")
    server.io_loop.add_callback(announce, address, with_browser="--no-browser" not in options)
    server.start()


def encrypted():
    """A kernel manager's settings to encrypt what is said: without, each new kernel prints a warning."""
    import zmq  # here, because JupyterLab brings it

    return {"transport_encryption": "auto"} if zmq.has("curve") else {}


def without_news(_, page_config):
    """Keep JupyterLab from asking, at the first start, whether you want its news."""
    page_config["disabledExtensions"].append("@jupyterlab/apputils-extension:announcements")
    return page_config


def announce(address, with_browser=True):
    """Open the address in a browser if there is one, and print it as the last line."""
    opened = with_browser and open_in_browser(address)
    print("JupyterLab is running until you press Ctrl-C here. What you save stays in your folder.")
    print("Open the lessons in this JupyterLab: another one may not find what they import.")
    print("If no browser window has opened, go to:" if opened else "Open this address in a browser:")
    print(address, flush=True)


def command_line(arguments=None, prog="python -m helpers.lessons"):
    """Read the command line: the command with its own options, and what is passed on to JupyterLab."""
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    lab = commands.add_parser("lab", help="open your working copies; further options go to JupyterLab")
    lab.add_argument("folder", nargs="?", type=Path, help="another folder of lessons to open, as it is")
    reset = commands.add_parser("reset", help="start one lesson afresh; yours is kept under a dated name")
    reset.add_argument("lesson")
    notebooks = commands.add_parser("notebooks", help="re-execute the lessons in place")
    notebooks.add_argument("lesson", nargs="?", help="only this one")
    options, passed_on = parser.parse_known_args(arguments)
    if passed_on and options.command != "lab":
        parser.error(f"unrecognized arguments: {' '.join(passed_on)}")
    return options, passed_on


def run(options, passed_on):
    """Run the command that the command line asks for."""
    if options.command == "lab":
        open_folder(options.folder, passed_on)
    elif options.command == "reset":
        fresh, kept = reset_lesson(options.lesson)
        print(f"{fresh.parent.name}/{fresh.name} is fresh.", f"Yours is kept as {kept.name}." if kept else "")
    else:
        for path in [find_lesson(options.lesson)] if options.lesson else lesson_paths():
            print(path.name, flush=True)
            execute(path)


@contextmanager
def ending_in_words():
    """Let what is wrong with a command line, or with a file that it names, end the command in words."""
    try:
        yield
    except ValueError as problem:
        sys.exit(str(problem))
    except OSError as problem:
        if not problem.filename:
            raise
        told = f"{problem.filename} cannot be used: {problem.strerror}."
        sys.exit(f"{told} To write, start the command in a folder in which you may write, or name one.")


def made_writable(folder):
    """Make a folder where there is none; PermissionError, before the work, where nothing can be written."""
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def main(arguments=None, **named):
    """Run a command line; what is wrong with it ends in its words.  named: prog, as it was called."""
    with ending_in_words():
        run(*command_line(arguments, **named))


def lab():
    """The command `lab FOLDER`, which comes with the wheel."""
    main(["lab", *sys.argv[1:]])


if __name__ == "__main__":
    main()
