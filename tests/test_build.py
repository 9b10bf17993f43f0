"""The atlas folder: the same bytes whatever the order of inputs and workers, and whole or not at all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import networkx as nx
import pytest

import kg
from extractors.records import Paper, Record, record_to_json
from kg.atlas import new_atlas, open_atlas
from kg.builder import build_atlas
from kg.errors import DataError
from kg.pool import extract_lines
from kg.readers import read_papers
from kg.writers import WRITERS


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*"))
            if p.is_file() and "store" not in p.relative_to(folder).parts}


def test_an_atlas_holds_what_the_records_say(sample_atlas: Path) -> None:
    atlas = open_atlas(sample_atlas)
    records = list(atlas.records())
    ids = [r.paper.id for r in records]
    assert (len(ids), ids) == (30, sorted(set(ids)))
    assert atlas.manifest["counts"]["duplicates"] == 1
    assert atlas.manifest["counts"]["results"] == sum(len(r.results) for r in records)
    for record in records:
        for entity in record.entities:
            assert all(record.paper.text[m.start:m.end] == m.text for m in entity.mentions)


def test_the_graph_is_the_same_in_memory_and_on_disk(sample: Path, sample_atlas: Path) -> None:
    in_memory = kg.build(kg.read_papers(str(sample)))
    assert nx.utils.graphs_equal(in_memory, kg.load(str(sample_atlas)))


@pytest.mark.slow
def test_order_and_workers_change_no_byte(sample_atlas: Path, sample: Path, tmp_path: Path,
                                         monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pool.BATCH", 4)
    lines = sample.read_text().split("\n\n")
    at = lines.index("Nov 4")
    pages = "\n\n".join([*lines[:lines.index("Nov 3")], *lines[at:]]), "\n\n".join(lines[:at])
    for name, text in zip(("a", "b"), pages, strict=True):
        (tmp_path / name).mkdir()
        (tmp_path / name / sample.name).write_text(text)
    inputs = [str(tmp_path / name / sample.name) for name in ("a", "b")]
    build_atlas(read_papers(*inputs), tmp_path / "one", jobs=1)
    build_atlas(read_papers(*reversed(inputs)), tmp_path / "two", jobs=3)
    one, two, whole = _bytes(tmp_path / "one"), _bytes(tmp_path / "two"), _bytes(sample_atlas)
    assert list(one) == list(two) == list(whole)
    assert [name for name in one if one[name] != two[name]] == []
    assert [name for name in one if one[name] != whole[name] and name != "atlas.json"] == []


@pytest.mark.parametrize("formats", [(), ("csv",), ("graphml", "ntriples")])
def test_only_the_formats_asked_for_are_written(sample: Path, tmp_path: Path, formats: tuple[str, ...]) -> None:
    papers = list(read_papers(str(sample)))[:2]
    build_atlas(papers, tmp_path / "atlas", formats=formats)
    names = {p.name for p in (tmp_path / "atlas").iterdir()}
    assert {f for f, writer in WRITERS.items() if writer.file in names} == set(formats)
    assert {"records.jsonl", "nodes.jsonl", "edges.jsonl", "atlas.json", "store"} <= names


def test_records_can_be_built_from_again(sample_atlas: Path, tmp_path: Path) -> None:
    build_atlas(read_papers(str(sample_atlas / "records.jsonl")), tmp_path / "again")
    assert (tmp_path / "again" / "records.jsonl").read_bytes() == (sample_atlas / "records.jsonl").read_bytes()
    assert (tmp_path / "again" / "graph.nt").read_bytes() == (sample_atlas / "graph.nt").read_bytes()


def test_a_failed_build_leaves_the_old_atlas(tmp_path: Path) -> None:
    with new_atlas(tmp_path / "atlas") as folder:
        (folder / "atlas.json").write_text("{}")
    with pytest.raises(DataError, match="no papers: nothing to build"):
        build_atlas([], tmp_path / "atlas")
    assert _bytes(tmp_path) == {"atlas/atlas.json": b"{}"}


def test_leftovers_of_a_killed_build_are_swept(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mine = f".atlas.part-{os.getppid()}"
    for name in (f".atlas.part-{gone.pid}", f".atlas.old-{gone.pid}", ".atlas.part-mine", mine):
        (tmp_path / name).mkdir()
        (tmp_path / name / "was").write_text(name)
    with new_atlas(tmp_path / "atlas") as folder:
        assert (tmp_path / "atlas" / "was").read_text() == f".atlas.old-{gone.pid}"  # a swap cut in two is undone
        (folder / "atlas.json").write_text("{}")
    assert sorted(_bytes(tmp_path)) == [f"{mine}/was", ".atlas.part-mine/was", "atlas/atlas.json"]


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_build_leaves_the_old_atlas(sample: Path, tmp_path: Path, stop: signal.Signals,
                                                      jobs: str) -> None:
    atlas = tmp_path / "atlas"
    atlas.mkdir()
    (atlas / "atlas.json").write_text('{"layout": 1}')
    papers = list(read_papers(str(sample)))[:5]
    many = [{"id": f"{p.id}-{n}", "title": f"{n} {p.title}", "abstract": p.abstract}
            for p in papers for n in range(600)]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, many)))
    command = [sys.executable, "-m", "kg", "build", str(tmp_path / "many.jsonl"), "-o", str(atlas), "--jobs", jobs]
    heeding = partial(signal.signal, stop, signal.SIG_DFL)  # a shell's background job ignores Ctrl-C
    build = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heeding)
    spool = tmp_path / f".atlas.part-{build.pid}" / "records.spool"
    deadline = time.monotonic() + 120
    while not spool.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert spool.exists()
    time.sleep(0.5)
    build.send_signal(stop)
    _, said = build.communicate(timeout=60)
    assert said == f"kg: interrupted; nothing half-written is left in {atlas}\n"
    # Python ends by SIGINT itself, a shell's 130 too, where that met code which exec() runs (a dataclass being made).
    assert build.returncode in (130, -signal.SIGINT)
    assert _bytes(atlas) == {"atlas.json": b'{"layout": 1}'}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["atlas", "many.jsonl"]


def test_a_paper_that_extraction_fails_on_is_named(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors import extract, extract_all, pipeline

    papers = list(read_papers(str(sample)))[:3]

    def failing(given: Iterable[Paper], **_: object) -> Iterator[Record]:
        for paper in given:
            if paper.id == papers[1].id:
                raise ValueError("boom")
            yield from extract_all([paper])

    monkeypatch.setattr(pipeline, "extract_all", failing)
    with pytest.raises(DataError) as error:
        list(extract_lines(papers))
    assert str(error.value) == f"{papers[1].id}: extraction failed: ValueError: boom"
    bad: list[DataError] = []
    lines = [json.loads(line) for line in extract_lines(papers, on_bad=bad.append)]
    assert lines == [json.loads(json.dumps(record_to_json(extract(p)))) for p in (papers[0], papers[2])]
    assert len(bad) == 1
