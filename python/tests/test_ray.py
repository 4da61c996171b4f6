"""Backlists on Ray: the same results as `presscheck batch`, whatever happens to nodes, files and storage."""

from __future__ import annotations

import json
import logging
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ray.data", reason="presscheck.ray needs ray[data]")

import pyarrow as pa
import pyarrow.dataset as pads
import ray

import presscheck.ray
from presscheck import JobError
from presscheck.ray import _driver, _tasks
from presscheck.ray._storage import Cache, Storage, uri_in
from presscheck.ray._tasks import class_of, classes

COLUMNS = ["id", "title", "isbn", "interior", "cover", "for", "trim", "binding", "paper", "shelf"]
# A cluster on one machine needs no password of its own, and tells nobody that it runs.
os.environ.setdefault("RAY_AUTH_MODE", "disabled")
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")


def pdf(seed: int, pages: int = 2, size: tuple[float, float] = (432, 648), text: bool = False) -> bytes:
    """A small PDF of pages with a rectangle each, or a line in a font that is not embedded."""
    draw = f"0 g {50 + seed % 97} {60 + seed % 89} 20 20 re f" if not text else f"BT /F 12 Tf 72 300 Td (Page of {seed}) Tj ET"
    font = "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{3 + 2 * page} 0 R" for page in range(pages))
    objects.append(f"<< /Type /Pages /Count {pages} /Kids [{kids}] /MediaBox [0 0 {size[0]} {size[1]}] >>")
    for page in range(pages):
        objects.append(f"<< /Type /Page /Parent 2 0 R /Resources {font} /Contents {4 + 2 * page} 0 R >>")
        objects.append(f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream")
    out = f"%PDF-1.6\n% {seed}\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("ascii")


def backlist(folder: Path, titles: int) -> Path:
    """A catalogue as people have them: saved by an old spreadsheet, with blank lines, twins, wrong words and lost files."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(titles)
    lines = [";".join(COLUMNS)]
    for seed in range(titles):
        interior, cover = f"{seed}-text.pdf", f"{seed}-front.pdf"
        row = {"id": f"b{seed}", "title": f"Käthe Nr. {seed} – „Über“", "interior": interior, "cover": cover}
        row |= {"for": dice.choice(["kdp", "ingramspark", "kdp ingramspark", ""]), "trim": dice.choice(["6x9", "6 x 9", "", "5x8"])}
        row |= {"binding": dice.choice(["paperback", "Paperback", ""]), "paper": dice.choice(["cream", "white", ""]), "shelf": "x"}
        data = pdf(seed, dice.choice([1, 2, 24, 25]), dice.choice([(432, 648), (441, 666), (300, 300)]), dice.random() < 0.3)
        if seed % 40 == 1:
            data = data[: len(data) // 2]
        elif seed % 40 == 2:
            data = b"this is no PDF"
        elif seed % 40 == 3:
            data = b""
        if seed % 25 != 4:
            (folder / interior).write_bytes(data)
        if seed % 3:
            row["cover"] = ""
        else:
            (folder / cover).write_bytes(pdf(seed, 1, (900 + seed % 20, 666)))
        faults = {
            5: {"trim": "six by nine"},
            6: {"id": f"b{seed - 1}"},
            7: {"isbn": "9781234567890"},
            8: {"binding": "stapled"},
            9: {"for": "nobody"},
            10: {"interior": "", "cover": ""},
            11: {"id": ""},
            12: {"interior": f"C:\\books\\{interior}"},
            13: {"shelf": "x;y;z"},
        }
        row |= faults.get(seed % 50, {})
        lines.append(";".join(row.get(name, "") for name in COLUMNS))
        if seed % 100 == 50:
            lines += ["", ";" * (len(COLUMNS) - 1)]
    sheet = folder / "backlist.csv"
    sheet.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))
    return sheet


def catalogue(folder: Path, rows: list[dict[str, str]]) -> Path:
    """A clean catalogue."""
    folder.mkdir(parents=True, exist_ok=True)
    names = list(rows[0])
    sheet = folder / "list.csv"
    sheet.write_text("\n".join([",".join(names), *(",".join(row[name] for name in names) for row in rows)]) + "\n", encoding="utf-8")
    return sheet


def results(out: str | Path) -> list[dict[str, Any]]:
    """The rows of a set of results, by their numbers."""
    filesystem, path = Storage().find(str(out))
    filesystem.invalidate_cache()
    found = pads.dataset(path, filesystem=filesystem, partitioning="hive", exclude_invalid_files=True)
    return sorted(found.to_table().to_pylist(), key=lambda row: row["number"])


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    """A bucket of an emulator of S3 on this machine. Workers inherit where it is, so it starts before they do."""
    pytest.importorskip("s3fs", reason="URIs of S3 need s3fs")
    moto = pytest.importorskip("moto.server", reason="the emulator of S3 is moto[server]")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    told = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    Storage().find("s3://books")[0].mkdir("books")
    yield "s3://books"
    server.stop()
    for name, value in before.items():
        os.environ.pop(name)
        if value is not None:
            os.environ[name] = value


@pytest.fixture(scope="module")
def two_cores(storage: str) -> Iterator[None]:
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level=logging.WARNING)
    yield
    ray.shutdown()


def run(*arguments: str | Path) -> int:
    """The driver, within this process and its cluster."""
    return _driver.main([*map(str, arguments), "--quiet"])


def batch(*arguments: str | Path) -> tuple[int, list[dict[str, Any]]]:
    """The command's exit code and lines."""
    command = [sys.executable, "-m", "presscheck", "batch", *map(str, arguments), "--format", "jsonl", "--no-cache", "--quiet"]
    told = subprocess.run(command, capture_output=True, check=False)
    return told.returncode, [json.loads(line) for line in told.stdout.splitlines()]


def test_a_thousand_titles_are_those_of_batch_row_by_row(two_cores: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = backlist(tmp_path / "books", 1000)
    code = run(sheet, tmp_path / "out", "--results", tmp_path / "lines.jsonl")
    told = capsys.readouterr().out
    expected_code, expected = batch(sheet)
    lines = [json.loads(line) for line in (tmp_path / "lines.jsonl").read_text("utf-8").splitlines()]
    assert code == expected_code == 3
    assert len(expected) == len(lines) == 1000
    for line, of_batch in zip(lines, expected, strict=True):
        assert line == of_batch
    rows = results(tmp_path / "out")
    assert [json.loads(row["report"]) for row in rows] == expected
    assert [row["id"] for row in rows] == [line["batch"]["id"] for line in expected]
    assert [[row["errors"], row["warnings"], row["notes"]] for row in rows] == [line["batch"]["open"] for line in expected]
    for row, line in zip(rows, expected, strict=True):
        assert row["result"] == line["batch"]["result"]
        assert row["products"] == [{"product": v["profile"], "verdict": v["verdict"]} for v in line.get("verdicts", [])]
    assert "0 known from the cache" in told
    assert {row["result"] for row in rows} >= {"not-checked", "fail"}


def test_titles_and_results_may_be_in_s3(
    two_cores: None, storage: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    s3, _ = Storage().find(storage)
    rows: list[dict[str, str]] = []
    for seed in range(20):
        uri = f"{storage}/print/{seed}.pdf"
        s3.pipe_file(uri, pdf(seed, 24))
        # Half of them by their URIs, half by their names under --files.
        rows.append({"id": f"t{seed}", "interior": uri if seed % 2 else f"{seed}.pdf", "for": "kdp", "trim": "6x9"})
    rows.append({"id": "lost", "interior": f"{storage}/print/lost.pdf", "for": "kdp", "trim": "6x9"})
    s3.put_file(str(catalogue(tmp_path, rows)), f"{storage}/lists/list.csv")
    command = [f"{storage}/lists/list.csv", f"{storage}/out", "--files", f"{storage}/print"]

    assert run(*command) == 3
    found = results(f"{storage}/out")
    assert [row["id"] for row in found] == [row["id"] for row in rows]
    assert found[20]["result"] == "not-checked"
    assert found[20]["why"] == f"cannot read {storage}/print/lost.pdf: there is no such file"
    assert not any(row["cached"] for row in found)
    for seed in range(20):
        local = tmp_path / f"{seed}.pdf"
        local.write_bytes(pdf(seed, 24))
        report = json.loads(found[seed]["report"])
        assert report["files"][0]["name"] == f"{storage}/print/{seed}.pdf"
        here = presscheck.check(interior=local, platforms="kdp", trim="6x9").to_dict()
        assert report["findings"] == here["findings"]
        assert report["files"][0]["sha256"] == here["files"][0]["sha256"]

    # Storage tells that nothing was written since, so the second run reads no book.
    with caplog.at_level(logging.INFO, logger="werkzeug"):
        caplog.clear()
        assert run(*command) == 3
        asked = [record.getMessage() for record in caplog.records]
    assert asked and not [line for line in asked if '"GET /books/print/' in line and ".pdf" in line]
    assert all(row["cached"] for row in results(f"{storage}/out")[:20])

    # A file that was written anew is read and judged anew.
    s3.pipe_file(f"{storage}/print/3.pdf", pdf(99, 24, (300, 300)))
    assert run(*command) == 3
    third = results(f"{storage}/out")
    assert [row["id"] for row in third if not row["cached"]] == ["t3", "lost"]
    assert third[3]["result"] == "fail"
    capsys.readouterr()


def test_what_is_different_from_an_earlier_set(two_cores: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "books"
    rows = [{"id": f"t{seed}", "interior": f"{seed}.pdf", "for": "kdp", "trim": "6x9"} for seed in range(30)]
    sheet = catalogue(folder, rows)
    for seed in range(30):
        (folder / f"{seed}.pdf").write_bytes(pdf(seed, 24))
    old, new = tmp_path / "old", tmp_path / "new"
    assert run(sheet, old, "--results", tmp_path / "old.jsonl") in (0, 1)
    (folder / "7.pdf").write_bytes(pdf(7, 24, (300, 300)))
    (folder / "30.pdf").write_bytes(pdf(30, 24))
    sheet = catalogue(folder, [*rows[:4], *rows[6:], {"id": "t30", "interior": "30.pdf", "for": "kdp", "trim": "6x9"}])
    capsys.readouterr()

    assert run(sheet, new, "--baseline", old, "--cache", old / "_cache", "--results", tmp_path / "new.jsonl") == 1
    told = capsys.readouterr().out
    _, expected = batch(sheet, "--baseline", tmp_path / "old.jsonl")
    assert [json.loads(line) for line in (tmp_path / "new.jsonl").read_text("utf-8").splitlines()] == expected
    changes = {row["id"]: row["change"] for row in results(new)}
    assert changes.pop("t7") == "newly-failing"
    assert changes.pop("t30") == "new"
    assert set(changes.values()) == {"same"}
    assert "27 same" in told and "1 newly-failing" in told
    assert "2 not in this catalogue (t4, t5)" in told
    assert sum(row["cached"] for row in results(new)) == 27


def test_rows_of_any_dataset_are_titles(two_cores: None, tmp_path: Path) -> None:
    for seed in range(3):
        (tmp_path / f"{seed}.pdf").write_bytes(pdf(seed, 24))
    rows: list[dict[str, Any]] = [
        {"id": "a", "interior": str(tmp_path / "0.pdf"), "trim": "6x9", "number": 1},
        {"id": "b", "interior": f"file://{tmp_path}/1.pdf", "trim": "6x9", "number": 2},
        {"id": "c", "interior": f"memory-of-nobody://{tmp_path}/1.pdf", "trim": "6x9", "number": 3},
        {"id": "d", "interior": "lost.pdf", "trim": "6x9", "number": 4},
        {"id": "e", "interior": "2.pdf", "trim": "six", "number": 5},
        {"id": None, "interior": None, "trim": None, "number": 6},
    ]
    dataset = presscheck.ray.check(ray.data.from_items(rows), platforms="kdp", job={"paper": "cream"})
    found = {row["number"]: row for row in dataset.take_all()}
    assert sorted(found) == [1, 2, 3, 4, 5, 6]
    alone = presscheck.check(interior=tmp_path / "0.pdf", platforms="kdp", trim="6x9", paper="cream").to_dict()
    assert json.loads(found[1]["report"])["findings"] == alone["findings"]
    assert json.loads(found[2]["report"])["files"][0]["name"] == f"file://{tmp_path}/1.pdf"
    assert [found[number]["result"] for number in (3, 4, 5, 6)] == ["not-checked"] * 4
    assert found[3]["why"].startswith("cannot read memory-of-nobody://")
    assert found[4]["why"] == "cannot read lost.pdf: there is no such file"
    assert "six" in found[5]["why"]
    assert found[6]["id"] == "title 6"
    with pytest.raises(JobError, match="isbn: this is of one title"):
        presscheck.ray.check(dataset, job={"isbn": "9781234567897"})


def test_paths_may_be_in_a_file_system_of_fsspec_or_arrow(two_cores: None, tmp_path: Path) -> None:
    import pyarrow.fs

    (tmp_path / "a.pdf").write_bytes(pdf(1, 24))
    rows = [{"id": "a", "interior": "a.pdf", "trim": "6x9"}, {"id": "b", "interior": "b.pdf", "trim": "6x9"}]
    arrow = pyarrow.fs.SubTreeFileSystem(str(tmp_path), pyarrow.fs.LocalFileSystem())
    found = presscheck.ray.check(ray.data.from_items(rows), platforms="kdp", filesystem=arrow, cache="kept").take_all()
    assert {row["id"]: row["why"] for row in found} == {"a": None, "b": "cannot read b.pdf: there is no such file"}
    assert list((tmp_path / "kept" / "reports").rglob("*.gz"))
    again = presscheck.ray.check(ray.data.from_items(rows), platforms="kdp", filesystem=arrow, cache="kept").take_all()
    assert {row["id"]: row["cached"] for row in again} == {"a": True, "b": False}


def test_every_block_has_the_same_columns(two_cores: None, tmp_path: Path) -> None:
    rows = [{"id": "a", "interior": "lost.pdf", "trim": "6x9"}]
    dataset = presscheck.ray.check(ray.data.from_items(rows))
    presscheck.ray.write(dataset, str(tmp_path / "out"))
    written = pads.dataset(tmp_path / "out", partitioning="hive").schema
    assert {name: written.field(name).type for name in presscheck.ray.SCHEMA.names if name != "result"} == {
        field.name: field.type for field in presscheck.ray.SCHEMA if field.name != "result"
    }


def test_memory_is_declared_by_the_size_of_files(two_cores: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert classes(None) == sorted(classes(None))
    assert class_of(0, None) == class_of(10 << 20, None) == 512 << 20
    assert class_of(300 << 20, None) == 1 << 30
    assert class_of(900 << 20, None) == class_of(50 << 30, None) == classes(None)[-1]
    # A bound on files bounds what is declared, too.
    assert class_of(50 << 30, 100 << 20) == classes(100 << 20)[-1] < 512 << 20
    # Sizes alone decide, so the files need not be there.
    asked: list[int] = []
    declared: list[int | None] = []
    of_task = _tasks.mapped

    def mapped(dataset: Any, function: Any, **arguments: Any) -> Any:
        if arguments.get("memory"):
            asked.append(dataset.count())
            declared.append(arguments["memory"])
        return of_task(dataset, function, **arguments)

    monkeypatch.setattr(_tasks, "mapped", mapped)
    monkeypatch.setattr(_tasks, "largest_memory", lambda: 600 << 20)
    sizes = [0, 1 << 20, 300 << 20, 900 << 20, 900 << 20, 50 << 30]
    table = pa.table({"read": [json.dumps(_nothing(number)) for number in range(6)], "bytes": sizes})
    dataset = presscheck.ray.check(ray.data.from_arrow(table))
    assert sorted(row["number"] for row in dataset.take_all()) == [0, 1, 2, 3, 4, 5]
    assert asked == [2, 1, 3]
    # What no node has would wait for ever, so it is cut to what one has.
    assert declared == [512 << 20, 600 << 20, 600 << 20]


def _nothing(number: int) -> dict[str, Any]:
    return {"number": number, "id": str(number), "title": None, "notes": [], "job": None, "files": [], "why": "none", "skipped": False}


def test_a_value_that_was_cut_off_is_not_in_the_cache(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path), Storage())
    assert cache.get("reports", "abcd") is None
    cache.put("reports", "abcd", "{}" * 1000)
    assert cache.get("reports", "abcd") == "{}" * 1000
    [kept] = tmp_path.rglob("*.gz")
    kept.write_bytes(kept.read_bytes()[:-9])
    assert cache.get("reports", "abcd") is None
    assert not list(tmp_path.rglob("*.part"))


def test_a_uri_in_a_cell_is_no_path_under_the_catalogue() -> None:
    assert uri_in("/lists/s3://books/a.pdf") == "s3://books/a.pdf"
    assert uri_in("s3://books/print/s3://other/a.pdf") == "s3://other/a.pdf"
    assert uri_in("/lists/a.pdf") == "/lists/a.pdf"
    assert uri_in("C:\\books\\a.pdf") == "C:\\books\\a.pdf"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nowhere.csv", "out"], "cannot read nowhere.csv"),
        (["list.csv", "out", "--for", "nobody"], "nobody"),
        (["list.csv", "out", "--select", "no-such-rule"], "no-such-rule"),
        (["list.csv", "out", "--baseline", "out"], "--baseline is OUT itself"),
        (["list.csv", "out", "--results", "list.csv"], "was not written by presscheck"),
        (["nobody://list.csv", "out"], "nobody"),
        (["list.csv", "nobody://out"], "nobody"),
        (["empty.csv", "out"], "empty.csv"),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(tmp_path: Path, arguments: list[str], why: str) -> None:
    catalogue(tmp_path, [{"id": "a", "interior": "a.pdf"}])
    (tmp_path / "empty.csv").write_text("id,interior\n")
    command = [sys.executable, "-m", "presscheck.ray", *arguments]
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert told.returncode == 2
    assert why in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "out").exists()


def test_parquet_of_somebody_else_stays(two_cores: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = catalogue(tmp_path, [{"id": "a", "interior": "a.pdf"}])
    theirs = tmp_path / "out" / "result=good" / "sales.parquet"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"PAR1")
    assert run(sheet, tmp_path / "out") == 2
    assert "did not write" in capsys.readouterr().err
    assert theirs.read_bytes() == b"PAR1"


def test_ray_is_imported_only_where_it_is_asked_for() -> None:
    code = "import sys, presscheck; assert 'ray' not in sys.modules; import presscheck.ray; assert 'ray' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    code = "import sys; sys.modules['ray'] = None\ntry:\n    import presscheck.ray\nexcept ImportError as e:\n    print(e)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 'pip install "presscheck[ray]"' in told.stdout


def test_titles_of_a_node_that_is_killed_are_there_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from ray._private.state import available_resources_per_node
    from ray.cluster_utils import Cluster

    folder = tmp_path / "books"
    rows = [{"id": f"t{seed}", "interior": f"{seed}.pdf", "for": "kdp", "trim": "6x9"} for seed in range(160)]
    sheet = catalogue(folder, rows)
    for seed in range(160):
        (folder / f"{seed}.pdf").write_bytes(pdf(seed, 60, text=seed % 2 == 0))
    ray.shutdown()
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]
        ray.init(address=cluster.address, log_to_driver=False, logging_level=logging.WARNING)
        cluster.wait_for_nodes()
        codes: list[int] = []
        work = threading.Thread(target=lambda: codes.append(run(sheet, tmp_path / "out")))
        work.start()
        victim, kept = nodes[0], tmp_path / "out" / "_cache" / "reports"
        until = time.monotonic() + 60
        while True:
            finished = {path: path.stat().st_mtime_ns for path in kept.glob("*/*.gz")}
            is_busy = available_resources_per_node().get(victim.node_id, {}).get("CPU", 0) == 0
            if len(finished) >= 10 and is_busy:
                break
            assert work.is_alive() and time.monotonic() < until, "the node was never seen at work"
            time.sleep(0.05)
        cluster.remove_node(victim, allow_graceful=False)
        work.join(timeout=120)
        assert not work.is_alive() and codes and codes[0] in (0, 1)
    finally:
        ray.shutdown()
        cluster.shutdown()
    assert len(finished) < 160
    found = results(tmp_path / "out")
    assert [row["id"] for row in found] == [row["id"] for row in rows]
    _, expected = batch(sheet)
    assert [json.loads(row["report"]) for row in found] == expected
    # What was finished when the node went was not measured again: that would have been kept anew.
    assert len(list(kept.glob("*/*.gz"))) == 160
    assert {path: path.stat().st_mtime_ns for path in finished} == finished
