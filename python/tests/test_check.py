"""The package as people use it, on books that the repository makes itself."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import presscheck

BOOKS = Path(__file__).parents[2] / "test_pdfs" / "books"
NOVEL = BOOKS / "novel"
TWIN = BOOKS / "faulty-twin"


@pytest.fixture(scope="module")
def faulty() -> presscheck.Report:
    return presscheck.check(book=TWIN / "book.toml")


def test_a_good_book_passes_and_says_so() -> None:
    report = presscheck.check(book=NOVEL / "book.toml")
    assert report.passed
    assert {verdict.verdict for verdict in report.verdicts} == {"pass"}
    assert "pass" in repr(report)


def test_the_report_is_the_one_that_the_command_writes(faulty: presscheck.Report) -> None:
    command = [sys.executable, "-m", "presscheck", "check", str(TWIN / "book.toml"), "--format", "json"]
    told = subprocess.run(command, capture_output=True, check=False)
    assert told.returncode == 1, told.stderr
    assert faulty.to_dict() == json.loads(told.stdout)
    assert json.loads(faulty.json()) == json.loads(told.stdout)


def test_findings_are_typed(faulty: presscheck.Report) -> None:
    assert not faulty.passed
    finding = faulty.findings[0]
    assert finding.level == "error"
    assert finding.source.title
    assert faulty.causes and len(faulty.causes) <= len(faulty.findings)
    assert faulty.files[0].for_
    trim = faulty.job.trim_pt
    assert trim is not None and len(trim) == 2


def test_paths_bytes_and_open_files_are_one(tmp_path: Path) -> None:
    path = NOVEL / "interior.pdf"
    with path.open("rb") as opened:
        given = [str(path), path, path.read_bytes(), opened]
        reports = [presscheck.check(interior=file, platforms="kdp/paperback", paper="cream") for file in given]
    verdicts = [report.to_dict()["verdicts"] for report in reports]
    assert all(verdict == verdicts[0] for verdict in verdicts)
    assert [report.files[0].name for report in reports][2] == "interior"
    with pytest.raises(TypeError, match="rb"):
        presscheck.check(interior=io.StringIO("text"))  # type: ignore[arg-type]


def test_two_files_of_one_name_stay_apart() -> None:
    named = [io.BytesIO((NOVEL / name).read_bytes()) for name in ("interior.pdf", "cover-kdp.pdf")]
    for file in named:
        file.name = "book.pdf"  # type: ignore[attr-defined]
    report = presscheck.check(*named, platforms="kdp/paperback")
    assert [file.name for file in report.files] == ["book.pdf", "cover-book.pdf"]


def test_a_file_that_cannot_be_read_is_a_report_and_no_exception() -> None:
    report = presscheck.check(interior=b"no PDF at all")
    assert not report.passed
    assert not report.files[0].readable
    assert report.files[0].why


def test_wrong_jobs_profiles_and_paths_are_told_by_type(tmp_path: Path) -> None:
    with pytest.raises(presscheck.JobError, match="paper.*papyrus"):
        presscheck.check(interior=NOVEL / "interior.pdf", paper="papyrus")  # type: ignore[arg-type]
    with pytest.raises(presscheck.JobError, match="nobody"):
        presscheck.check(interior=NOVEL / "interior.pdf", platforms="nobody")
    with pytest.raises(presscheck.JobError, match="fatal"):
        presscheck.check(interior=NOVEL / "interior.pdf", levels={"spine-text-thin": "fatal"})  # type: ignore[dict-item]
    own = tmp_path / "own.toml"
    own.write_text("id = 3")
    with pytest.raises(presscheck.ProfileError, match=r"own\.toml"):
        presscheck.check(interior=NOVEL / "interior.pdf", profiles=[own])
    with pytest.raises(OSError, match="no such file"):
        presscheck.check(interior=tmp_path / "none.pdf")


def test_reports_are_written_in_every_format(faulty: presscheck.Report) -> None:
    page = faulty.html()
    assert page.startswith("<!doctype html>") or page.startswith("<!DOCTYPE html>")
    assert "data:image/" in page
    assert json.loads(faulty.sarif())["version"] == "2.1.0"
    assert faulty.junit().startswith("<?xml")
    assert faulty.markdown() and faulty.github().startswith("::")
    assert str(faulty) == faulty.text()


def test_copies_with_comments_never_write_over_the_users_files(faulty: presscheck.Report, tmp_path: Path) -> None:
    copies = faulty.annotate(tmp_path / "proofs")
    assert copies and all(copy.read_bytes().startswith(b"%PDF") for copy in copies)
    # Its own it may write again.
    faulty.annotate(tmp_path / "proofs")
    copies[0].write_bytes(b"notes of the author")
    with pytest.raises(OSError, match="did not write it"):
        faulty.annotate(tmp_path / "proofs")
    assert copies[0].read_bytes() == b"notes of the author"


def test_notebooks_show_verdicts_and_pages(faulty: presscheck.Report) -> None:
    shown = faulty._repr_html_()
    assert "kdp/paperback" in shown and "data:image/png;base64," in shown
    assert "<script" not in shown
    assert faulty.picture(1, longest=200).startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="9999"):
        faulty.picture(9999)


def test_tables(faulty: presscheck.Report) -> None:
    pandas = pytest.importorskip("pandas")
    table = faulty.to_pandas()
    assert isinstance(table, pandas.DataFrame)
    assert len(table) == len(faulty.findings)
    assert {"rule", "limit.value", "source.url"} <= set(table.columns)
    pytest.importorskip("pyarrow")
    assert faulty.to_arrow("verdicts").num_rows == len(faulty.verdicts)


def test_facts_codes_covers_and_spines() -> None:
    facts = presscheck.facts(NOVEL / "interior.pdf", pages=[1, 2], select=["text"])
    assert [page["number"] for page in facts.pages] == [1, 2]
    with pytest.raises(ValueError, match="9999"):
        presscheck.facts(NOVEL / "interior.pdf", pages=[9999])
    codes = presscheck.codes(NOVEL / "cover-kdp.pdf", trim="6x9", platforms="kdp/paperback", pages=200)
    assert codes.codes and codes.codes[0].kind == "ean-13"
    cover = presscheck.cover("kdp/paperback", trim="6x9", pages=240, paper="cream")
    assert isinstance(cover, presscheck.CoverAnswer)
    both = presscheck.cover(platforms=["kdp/paperback", "ingramspark/paperback"], trim="6x9", pages=240, paper="cream")
    assert isinstance(both, presscheck.CoversAnswer) and len(both.covers) == 2
    assert presscheck.cover_template("kdp/paperback", trim="6x9", pages=240).startswith(b"%PDF")
    assert presscheck.cover_template("kdp/paperback", format="svg", trim="6x9", pages=240).startswith(b"<")
    assert presscheck.spine(300, platforms="kdp/paperback", paper="cream", ink="black").rows[0].spine_pt == 54.0


def test_other_threads_run_and_progress_is_told() -> None:
    told: list[tuple[Path, int, int]] = []
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    presscheck.check(interior=NOVEL / "interior.pdf", platforms="kdp", progress=lambda *page: told.append(page))
    done.set()
    thread.join()
    assert told[-1][1:] == (200, 200)
    assert ticks > 10


def test_an_exception_in_progress_ends_the_check() -> None:
    def stop(_file: Path, _done: int, _all: int) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        presscheck.check(interior=NOVEL / "interior.pdf", platforms="kdp", progress=stop)


@pytest.mark.skipif(os.name == "nt", reason="signals are sent as on Unix")
def test_control_c_ends_a_check_soon() -> None:
    # A process that was started in the background may have been told to pass over it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.15, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            while True:
                presscheck.check(interior=NOVEL / "interior.pdf", platforms="kdp")
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)


def test_the_command_ends_as_the_program_does(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([sys.executable, "-m", "presscheck", *arguments], capture_output=True, cwd=tmp_path, check=False)

    assert run("--version").stdout.startswith(b"presscheck ")
    assert run("check", str(NOVEL / "book.toml")).returncode == 0
    assert run("check", "none.pdf").returncode == 2


def test_workers_load_nothing_from_the_folder_they_start_in(tmp_path: Path) -> None:
    (tmp_path / "presscheck.py").write_text("raise SystemExit('the wrong module')")
    code = f"import presscheck; print(presscheck.check(interior={str(NOVEL / 'interior.pdf')!r}, platforms='kdp').passed)"
    environment = {**os.environ, "PYTHONPATH": ""}
    told = subprocess.run([sys.executable, "-P" if sys.version_info >= (3, 11) else "-I", "-c", code], capture_output=True, cwd=tmp_path, env=environment, check=False)
    assert told.stdout.strip() == b"True", told.stderr


def _passes(book: Path) -> bool:
    return presscheck.check(book=book).passed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_processes_that_were_forked_have_workers_of_their_own() -> None:
    assert _passes(NOVEL / "book.toml")
    books = [NOVEL / "book.toml", TWIN / "book.toml"] * 4
    with multiprocessing.get_context("fork").Pool(2) as pool:
        forked = pool.map_async(_passes, books)
        here = [_passes(book) for book in books]
        assert forked.get(timeout=300) == here == [True, False] * 4


def test_a_file_that_takes_its_worker_down_is_a_gap() -> None:
    hostile = BOOKS.parent / "hostile" / "bomb-operators-90-million.pdf"
    report = presscheck.check(interior=hostile, platforms="kdp", time_limit=0.1)
    assert not report.passed
    assert {check.outcome for check in report.checks} & {"not-checked"}
    for bound in ({"memory": 3}, {"time_limit": -1.0}):
        with pytest.raises(ValueError, match="between"):
            presscheck.check(interior=hostile, **bound)  # type: ignore[arg-type]


def test_facts_are_typed_and_tables_need_no_python_objects() -> None:
    facts = presscheck.facts(NOVEL / "interior.pdf", pages=[1, 2])
    document = facts.document
    assert document.name.endswith("interior.pdf")
    page = document.pages[1]
    assert page.number == 2 and page.size_pt[0] == 432.0
    with pytest.raises(ValueError, match="selected"):
        presscheck.facts(NOVEL / "interior.pdf", select=["fonts"]).document
    pytest.importorskip("pyarrow")
    text = facts.to_arrow("text")
    runs = [run for page in facts.to_dict()["pages"] for run in page["text"]]
    assert text.column("text").to_pylist() == [run["text"] for run in runs]
    assert set(text.column("page").to_pylist()) <= {1, 2}
    assert facts.to_arrow("fonts").num_rows == len(document.fonts)
    with pytest.raises(KeyError):
        facts.to_arrow("nothing")
