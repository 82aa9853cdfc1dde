# make lab     open your working copies of the lessons in JupyterLab   (ARGS="--port=9999" goes to JupyterLab)
# make test    prove every number: lint, tests, lessons, solutions, and each lesson in a browser
# make test STAGE=browser    one stage of it: lint, unit, judge, lessons, solutions, widgets, classroom,
#                            packages (that is wheel and older), browser or site
# make test ARGS="tests/test_kept.py -x"     what you name goes to pytest
# make lint    look the code over, and its format, with ruff
# make reset LESSON=02       start a lesson afresh; yours is kept under a dated name
# make update LESSON=02      fetch its newer version with all that you made; the one from before is kept, dated
# make handout TO=week1 LESSONS=00-02    a folder and a zip for students: no solutions, all they need
# make grade FROM=submissions TO=report LESSON=07      which mistakes a class made, and in which lines
# make nbgrader TO=course LESSONS=00-02      a folder that nbgrader 0.9 takes as it is
# make teacher TO=teacher    the teacher's edition: answers to all that the lessons ask
# make print LESSON=05       a PDF that reads on paper, in print/ or TO=…  (SOLUTIONS=no leaves them out)
# make slides LESSON=05      slides with one idea each, in slides/ or TO=…, to open in any browser
# make site TO=site          the lessons to run in a browser, and as pages to read, for any web server
# make notebooks ONLY=02     re-execute the lessons in place (without ONLY: all of them)
# make picture               take the README's picture from the playground in a browser
# make bench                 time the trainer beside scikit-learn and PyTorch (fetches both, once)
# make soak                  interrupt, kill and fuzz by the hundred, ten minutes of play in a browser, a class of 300
# make browser               fetch a Chromium for the browser tests, where none is installed
# make help                  print these lines

PYTHON ?= python3
IN_VENV := .venv/bin/python
# A folder that was moved or copied installs afresh, because an environment knows where it lies.
HERE := $(shell pwd | cksum | cut -d' ' -f1)
INSTALLED := .venv/installed-$(HERE)
TESTS_INSTALLED := .venv/tests-installed-$(HERE)
# JupyterLite brings a part for the page that disturbs the JupyterLab beside it: it has an environment of its own.
IN_SITE_VENV := .site/venv/bin/python
SITE_INSTALLED := .site/venv/installed-$(HERE)
BENCH_INSTALLED := .venv/bench-installed-$(HERE)

# The stages of `make test` in order, and the files of each; what is in no other stage is in "unit".
STAGES := lint unit judge lessons solutions widgets classroom packages browser site
# the fuzz traces lines, which goes best in a process of its own
judge := tests/test_judge.py
lessons := notebooks tests/test_notebooks.py tests/test_lessons.py
solutions := tests/test_solutions.py tests/test_kept.py
widgets := tests/test_widgets.py tests/test_touch.py tests/test_playground.py
classroom := tests/test_classroom.py tests/test_handout.py tests/test_teacher.py tests/test_paper.py tests/test_nbgrader.py
# both fetch packages: all that the wheel needs, into an empty environment, and ipywidgets 7.7.1
wheel := tests/test_wheel.py
older := tests/test_older_widgets.py
packages := $(wheel) $(older)
# in an environment of its own, and with npm's pyodide
site := tests/test_site.py
browser := tests/test_scene_view.py $(wildcard tests/test_*_in_lab.py tests/test_*_in_notebook_7.py)
unit := tests $(addprefix --ignore=,$(filter tests/%,$(judge) $(lessons) $(solutions) $(widgets) $(classroom) $(packages) $(site) $(browser)))
CHOSEN := $(or $(STAGE),$(if $(ARGS),,$(STAGES)))
# These are run by two processes, which share them out by files: the cells of a lesson stay in one.
SHARED := unit lessons solutions widgets classroom packages browser

.PHONY: lab test lint reset update handout grade nbgrader teacher print slides site notebooks picture bench soak browser help $(STAGES:%=stage-%) stage-wheel stage-older

lab: $(INSTALLED)
	@$(IN_VENV) -m helpers.lessons lab $(ARGS)

test: $(TESTS_INSTALLED) $(CHOSEN:%=stage-%)
	@$(if $(CHOSEN),,$(IN_VENV) -m pytest $(ARGS))

stage-lint: lint

stage-site: $(SITE_INSTALLED)
	@echo "== site"
	@$(IN_SITE_VENV) -m pytest $(site) -n 2 $(ARGS)

$(filter-out stage-lint stage-site,$(STAGES:%=stage-%)) stage-wheel stage-older: stage-%: $(TESTS_INSTALLED)
	@echo "== $*"
	@$(IN_VENV) -m pytest $($*) $(if $(filter $*,$(SHARED)),-n 2 --dist loadfile) $(ARGS)

lint: $(TESTS_INSTALLED)
	@$(IN_VENV) -m ruff check
	@$(IN_VENV) -m ruff format --check

reset: $(INSTALLED)
	@$(IN_VENV) -m helpers.lessons reset "$(LESSON)"

update: $(INSTALLED)
	@$(IN_VENV) -m helpers.update $(LESSON) $(ARGS)

handout: $(INSTALLED)
	@$(IN_VENV) -m helpers.classroom handout "$(or $(TO),handout)" "$(LESSONS)"

grade: $(INSTALLED)
	@$(IN_VENV) -m helpers.classroom grade "$(or $(FROM),submissions)" "$(or $(TO),report)" "$(LESSON)" \
	  $(if $(TRUST),--trust)

nbgrader: $(INSTALLED)
	@$(IN_VENV) -m helpers.classroom nbgrader "$(or $(TO),course)" "$(LESSONS)"

teacher: $(INSTALLED)
	@$(IN_VENV) -m helpers.classroom teacher "$(or $(TO),teacher)" "$(LESSONS)"

print: $(INSTALLED)
	@$(IN_VENV) -m helpers.classroom print "$(or $(TO),print)" "$(LESSON)" \
	  $(if $(filter no,$(SOLUTIONS)),--without-solutions)

slides: $(INSTALLED)
	@$(IN_VENV) -m helpers.classroom slides "$(or $(TO),slides)" "$(LESSON)"

site: $(SITE_INSTALLED)
	@$(IN_SITE_VENV) -m tools.make_site "$(or $(TO),site)"

notebooks: $(INSTALLED)
	@$(IN_VENV) -m helpers.lessons notebooks $(ONLY)

picture: $(TESTS_INSTALLED)
	@$(IN_VENV) -m tools.picture

bench: $(BENCH_INSTALLED)
	@$(IN_VENV) -m tools.bench

soak: $(TESTS_INSTALLED)
	@$(IN_VENV) -m tools.soak
	@$(IN_VENV) -m tools.soak_playground
	@$(IN_VENV) -m tools.made_class

browser: $(TESTS_INSTALLED)
	@$(IN_VENV) -m playwright install --with-deps chromium

# The file is written last, so an installation that was interrupted starts from the beginning.
$(INSTALLED): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "The lessons need Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1 || true)."; \
	  echo "Install one, and name it if need be: make lab PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python has no venv module. On Debian or Ubuntu: sudo apt install python3-venv"; \
	  echo "Elsewhere, install Python from python.org, which has it."; exit 1; }
	@echo "Installing what the lessons need into .venv (a minute or two, once) ..."
	@test -e $@ || $(PYTHON) -m venv --clear .venv
	@$(IN_VENV) -m pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

$(TESTS_INSTALLED): $(INSTALLED)
	@echo "Installing what the tests need into .venv ..."
	@$(IN_VENV) -m pip install -qq --disable-pip-version-check -e ".[test]"
	@touch $@

# It sees all that is in .venv, so that nothing is installed twice.
$(SITE_INSTALLED): $(TESTS_INSTALLED)
	@echo "Installing what builds the site into .site/venv ..."
	@$(PYTHON) -m venv --clear .site/venv
	@$(IN_VENV) -c 'import sysconfig; print("import site; site.addsitedir(%r)" % sysconfig.get_path("purelib"))' \
	  > "$$($(IN_SITE_VENV) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/beside.pth"
	@$(IN_SITE_VENV) -m pip install -qq --disable-pip-version-check -e ".[site]"
	@touch $@

# Without the rivals the table is still printed, with "not installed" in their rows.
$(BENCH_INSTALLED): $(TESTS_INSTALLED)
	@echo "Installing what the benchmark compares with into .venv ..."
	@$(IN_VENV) -m pip install -qq --disable-pip-version-check -e ".[bench]" && touch $@ || \
	  echo "scikit-learn or PyTorch could not be installed."

help:
	@sed -n -e '/^#/!q' -e 's/^# //p' $(firstword $(MAKEFILE_LIST))
