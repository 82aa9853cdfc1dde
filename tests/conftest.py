"""What tests begin with, and the browser that they drive."""

import os

import pytest
from playwright.sync_api import sync_playwright

from helpers.feedback import hints
from tests.support import chromium


@pytest.fixture(autouse=True)
def no_failed_checks():
    """Each test begins as a session does, with no failed check of an exercise."""
    hints.FAILED_CHECKS.clear()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        path = chromium(playwright)
        if path is None:
            missing = "No Chromium: install it, or run `make browser`, or name it in the variable CHROMIUM."
            pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
