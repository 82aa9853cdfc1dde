"""The browser that tests drive."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests.support import chromium


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
