"""A served page over a made library, and a browser that fails on errors and on requests that leave the machine.

The browser is Debian's Chromium: `apt-get install chromium`; $ALLIANCE_CHROMIUM names another one.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "views"))  # the made library is shared with the tests of the pages

CHROMIUM = os.environ.get("ALLIANCE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Streamlit's front end looks for its server below the page's own path first, and then above it.
PROBE = re.compile(r"http://127\.0\.0\.1:\d+/[a-z]+/_stcore/(health|host-config)")
LOCAL = re.compile(r"(https?|wss?)://127\.0\.0\.1:\d+/|data:|blob:")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="session")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing: pip install -e .[dev]")
    if not CHROMIUM or not Path(CHROMIUM).exists():
        pytest.skip("Chromium is missing: apt-get install chromium, or name one in ALLIANCE_CHROMIUM")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def library_path(tmp_path_factory):
    """One library for all journeys: ordinary cases, a hostile one, comparable ones, a model that was carried."""
    import made_alike
    import made_library
    import made_spread

    from graph.search import index

    path = tmp_path_factory.mktemp("browser") / "library"
    library = made_library.make(path)
    library.add([*made_alike.extractions(), *made_spread.extractions()])
    index(library, None)
    return path


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """Start the page over a library; returns its address. All servers end with the session."""
    started = []

    def start(library: Path) -> str:
        port, log = free_port(), tmp_path_factory.mktemp("served") / "log"
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
        with log.open("w") as out:
            server = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, "ALLIANCE_LIBRARY": str(library)}, stdout=out, stderr=out
            )
        started.append(server)
        address = f"http://127.0.0.1:{port}/"
        for _ in range(240):
            try:
                with urllib.request.urlopen(address + "_stcore/health", timeout=1):
                    return address
            except OSError:
                assert server.poll() is None, log.read_text()
                time.sleep(0.25)
        raise AssertionError(log.read_text())

    yield start
    for server in started:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def address(serve, library_path) -> str:
    return serve(library_path)


@pytest.fixture
def page(chromium):
    """A tab of its own. At the end of the test it fails on script errors and on requests elsewhere."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", accept_downloads=True)
    tab = context.new_page()
    tab.set_default_timeout(30_000)
    wrong = []
    tab.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    tab.on("console", lambda message: wrong.append(_complaint(message)))
    tab.on("request", lambda request: wrong.append("" if LOCAL.match(request.url) else f"left: {request.url}"))
    yield tab
    context.close()
    assert [said for said in wrong if said] == []


def _complaint(message) -> str:
    place = message.location.get("url", "")
    return f"console: {message.text} ({place})" if message.type == "error" and not PROBE.match(place) else ""
