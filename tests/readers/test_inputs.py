"""Files, globs, folders, packed files and standard input; papers met more than once."""

from __future__ import annotations

import gzip
import io
import itertools
import json
from pathlib import Path

import pytest
import zstandard

from extractors.records import Paper
from kg.errors import DataError
from kg.readers import read_papers
from kg.readers.daily import page_id
from kg.readers.merge import merge_papers

PAGE = "Aug 7\n\nAlpha: A Thing\n\nWe present Alpha. It works on CIFAR-10.\n"
LINE = json.dumps({"id": "x1", "title": "Beta", "abstract": "We present Beta."}) + "\n"
ALPHA = page_id("Alpha: A Thing", "We present Alpha. It works on CIFAR-10.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of one page and one JSON Lines file, and a file that is neither."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "page.txt").write_text(PAGE)
    (tmp_path / "sub" / "papers.jsonl.gz").write_bytes(gzip.compress(LINE.encode()))
    (tmp_path / "notes.md").write_text("# Notes\n")
    return tmp_path


def _ids(*inputs: object, format: str | None = None) -> list[str]:
    return [p.id for p in read_papers(*map(str, inputs), format=format)]


def test_files_globs_and_folders_give_the_same(folder: Path) -> None:
    files = folder / "page.txt", folder / "sub" / "papers.jsonl.gz"
    assert _ids(*files) == _ids(folder) == _ids(folder / "**" / "pa*.*") == [ALPHA, "x1"]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    papers = read_papers(str(folder), str(folder / "page.txt"))
    assert (papers.entries, papers.papers, papers.duplicates) == (2, 2, 0)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress, bytes,
                                  lambda b: zstandard.compress(b[:9]) + zstandard.compress(b[9:])],
                         ids=["gzip", "zstd", "plain", "two zstd frames"])
def test_packed_inputs_are_known_by_their_bytes(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    (tmp_path / "any.name").write_bytes(pack((LINE + LINE.replace("x1", "x2").replace("Beta", "Gamma")).encode()))
    assert _ids(tmp_path / "any.name") == ["x1", "x2"]


@pytest.mark.parametrize("data", [PAGE.encode(), gzip.compress(PAGE.encode())], ids=["plain", "gzip"])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    [paper] = read_papers("-")
    assert (paper.id, paper.pages) == (ALPHA, ("<stdin> (Aug 7)",))


def test_the_format_can_be_forced(folder: Path) -> None:
    with pytest.raises(DataError, match=r"page\.txt: line 1: not JSON"):
        _ids(folder / "page.txt", format="jsonl")


@pytest.mark.parametrize(("name", "data", "reason"), [
    ("gone.txt", None, "cannot be read: No such file or directory"),
    ("empty.txt", b"", "empty: it holds no papers"),
    ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", "line 3: not text (a binary file, or not UTF-8); "
                                                 "give text or JSON Lines in UTF-8"),
    ("wide.txt", "Title\n".encode("utf-16"), "line 1: not text (a binary file, or not UTF-8); "
                                            "give text or JSON Lines in UTF-8"),
    ("latin.txt", "A Title\n\nCafé is a method.\n".encode("latin-1"),
     "line 3: not UTF-8 at byte 4 (0xe9); save the file as UTF-8"),
    ("array.json", b"[\n", "line 1: not JSON: "),
])
def test_bad_files_are_named(tmp_path: Path, name: str, data: bytes | None, reason: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError) as error:
        _ids(tmp_path / name)
    assert str(error.value).startswith(f"{tmp_path / name}: {reason}")


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_packed_data_cut_short_is_no_smaller_file(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    whole = pack("".join(LINE.replace("x1", f"x{n}").replace("Beta", f"B{n}") for n in range(3000)).encode())
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match=r"cut: line \d+: the packed data is cut short or damaged \(.*\); fetch"):
        _ids(tmp_path / "cut")


def test_a_folder_and_a_glob_without_papers_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        _ids(tmp_path)
    kinds = ".txt, .jsonl, .ndjson, .json (also .gz, .zst)"
    assert str(error.value) == f"{tmp_path}: no papers in this folder; looked for {kinds}"
    with pytest.raises(DataError, match="no file matches this pattern"):
        _ids(tmp_path / "*.txt")


def test_skipping_reports_each_bad_input_once(folder: Path) -> None:
    (folder / "bad.jsonl").write_text("[]\n" + LINE.replace("x1", "x9").replace("Beta", "Nine"))
    bad: list[str] = []
    papers = read_papers(str(folder), "gone", on_bad=lambda e: bad.append(str(e)))
    assert sorted(p.id for p in papers) == sorted([ALPHA, "x1", "x9"])
    assert bad == [f"{folder / 'bad.jsonl'}: line 1: an array, not an object; give one JSON object a line",
                   "gone: cannot be read: No such file or directory"]


ONE = Paper("a1", "Alpha", "We  present alpha.", year=2024, links=("x.io",), pages=("p (Aug 7)",))
SAME_TEXT = Paper("b2", "ALPHA ", "We present Alpha.", venue="V", links=("y.io",), pages=("p (Aug 8)",))
SAME_ID = Paper("b2", "Alpha", "We present Alpha. And more.", year=2025, pages=("p (Aug 7)",))


def test_copies_become_one_paper_whatever_their_order() -> None:
    merged = {merge_papers(copies) for copies in itertools.permutations((ONE, SAME_TEXT, SAME_ID))}
    assert merged == {Paper("a1", "Alpha", "We present Alpha. And more.", venue="V", year=2024, links=("x.io", "y.io"),
                            pages=("p (Aug 7)", "p (Aug 8)"))}


def test_versions_of_one_work_become_one_paper_with_the_text_of_the_latest(tmp_path: Path) -> None:
    rows = [{"id": "a", "title": "Alpha", "abstract": "A longer first text.", "arxiv": "2401.01234v1"},
            {"id": "2401.01234v2", "title": "Alpha, a Net", "abstract": "Shorter."},
            {"id": "c", "title": "Alpha", "abstract": "An extended abstract.", "arxiv": "2401.01234", "venue": "X"},
            {"id": "d", "title": "Alpha", "abstract": "At another.", "arxiv": "2401.01234", "venue": "Y"}]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(map(json.dumps, rows[:2])), encoding="utf-8")
    assert [(p.id, p.abstract, p.arxiv) for p in read_papers(str(path))] == [
        ("2401.01234v2", "Shorter.", "2401.01234v2")]
    path.write_text("\n".join(map(json.dumps, rows[2:])), encoding="utf-8")
    assert [p.id for p in read_papers(str(path))] == ["c", "d"]


def test_an_id_that_was_given_goes_before_one_made_here() -> None:
    made = Paper(page_id("Alpha", "Text."), "Alpha", "Text.", pages=("p",))
    assert merge_papers([made, Paper("z9", "Alpha", "Text.")]) == Paper("z9", "Alpha", "Text.", pages=("p",))


def test_the_five_pages_hold_396_papers(shared: Path) -> None:
    papers = read_papers(str(shared / "data" / "daily_papers" / "*.txt"))
    found = list(papers)
    assert (papers.entries, papers.papers, papers.duplicates) == (495, 396, 99)
    assert len({p.id for p in found}) == 396
    assert sum(len(p.pages) for p in found) == 495
    dates = {page.partition(" ")[2] for p in found for page in p.pages}
    assert dates == {"(Mar 11)", "(Aug 7)", "(Sep 1)", "(Mar 21)", "(Sep 8)"}


@pytest.mark.slow
def test_the_corpus_holds_65583_papers(shared: Path) -> None:
    papers = read_papers(str(shared / "data" / "corpus"))
    assert (papers.entries, papers.papers) == (65_583, 65_583)
