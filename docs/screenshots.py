"""Make the pictures of docs/neo4j.md: the sample page's graph in the Browser of a server that this script starts.

    python docs/screenshots.py [CHROMIUM]

Needs `pip install playwright` and a Chromium (Debian: apt-get install chromium).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from kg.builder import build
from kg.graph import read_graph
from kg.model import schema_file
from kg.readers import read_papers
from kg.stores.local_neo4j import Server, password_of, start, stop
from kg.stores.neo4j import connect
from kg.stores.neo4j_load import load

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "kg" / "sample" / "daily_papers.txt"
FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
SHOTS = {  # name of the picture -> the query shown in it
    "browser-paper": "MATCH path = (p:Paper)-[]->(x) WHERE p.name STARTS WITH 'TernaFormer: ' AND NOT x:Mention "
                     "RETURN path",
    "browser-results": "MATCH path = (d:Dataset {name: 'Split CIFAR-100'})<-[:ON_DATASET]-(r:Result)"
                       "-[:OF_METHOD|HAS_METRIC|REPORTED_IN]->() RETURN path",
}


def main(chromium: str) -> None:
    """Start a server, load the sample, take the pictures, stop the server."""
    with tempfile.TemporaryDirectory() as folder:
        server = start(Path(folder) / "home", bolt=0, http=0, say=print)
        try:
            with connect(server.uri, user="neo4j", password=password_of(server)) as driver:
                load(driver, *read_graph(build(read_papers(str(SAMPLE)))))
            take(server, chromium)
        finally:
            stop(server.home)


def take(server: Server, chromium: str) -> None:
    """Take the pictures in the Browser of a server that holds the sample."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 620})
        _log_in(page, server)
        _run(page, ":style " + " ".join(schema_file("browser.grass").read_text(encoding="utf-8").split()))
        for name, query in SHOTS.items():
            _run(page, ":clear")
            _run(page, query)
            page.locator("svg g.node").first.wait_for(timeout=120_000)
            page.wait_for_timeout(8_000)  # the layout settles
            page.screenshot(path=str(HERE / "img" / f"{name}.png"))
            print(HERE / "img" / f"{name}.png")
        browser.close()


def _log_in(page: Any, server: Server) -> None:
    page.goto(f"{server.browser}?dbms=bolt://neo4j@localhost:{server.bolt}")
    page.get_by_test_id("password").fill(password_of(server))
    page.get_by_test_id("connect").click()
    page.get_by_text("You are connected as user").first.wait_for(timeout=120_000)


def _run(page: Any, command: str) -> None:
    page.locator(".monaco-editor").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(command)
    page.get_by_test_id("editor-Run").click()
    page.wait_for_timeout(2_000)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium")
