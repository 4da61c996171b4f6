"""The driver: a catalogue in, a folder of Parquet files out, and the same answers as `presscheck batch` in between."""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

import pyarrow as pa
import pyarrow.dataset as pads
from ray.data import DataContext, Dataset
from ray.exceptions import RayError

from presscheck._job import written
from presscheck.ray import write
from presscheck.ray._cluster import joined, of_tables, processors, start
from presscheck.ray._compare import Earlier, parts
from presscheck.ray._rows import Settings
from presscheck.ray._storage import Storage, is_uri
from presscheck.ray._tasks import TITLES, checked_in, class_of, rules
from presscheck.ray._titles import in_groups, with_sizes_of_catalogue

_EXAMPLES = """\
examples:
  python -m presscheck.ray backlist.csv checked
      one row a title in checked/result=pass/..., checked/result=fail/... and so on; interrupt it at any time,
      the same command does not repeat what is finished
  python -m presscheck.ray backlist.csv s3://books/checked --files s3://books/print-files
      files and results in the same storage; cells of the catalogue may be URIs, too
  python -m presscheck.ray backlist.csv new --baseline last --cache last/_cache
      what is newly failing, and whether the file or the rule is the cause
  python -m presscheck.ray backlist.csv checked --results results.jsonl
      also the lines that `presscheck batch` writes, in the order of the catalogue

A cluster is found by RAY_ADDRESS, or one starts on this machine. On several nodes, OUT is a URI or a folder that all have.

exit codes: 0 no errors found, 1 findings, 2 the run could not start (bad flag, catalogue or baseline), 3 something could
not be checked (wrong line, missing or unreadable file). 3 wins.
"""
_RESULTS = ("not-checked", "fail", "incomplete", "warn", "pass")
_MARK = "_presscheck.json"
# Tasks that every processor gets at least, while there are titles for them.
_TASKS = 4
# Lines that are in memory at once when results are put in order.
_LINES = 1000


_T = TypeVar("_T")


class Refused(Exception):
    """What was asked for cannot be done; the text says why."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the driver and gives its exit code."""
    args = _parser().parse_args(arguments)
    try:
        return _run(args)
    except (Refused, ValueError, OSError, ImportError) as error:
        print(f"presscheck.ray: {error}", file=sys.stderr)
        return 2
    except RayError as error:
        print(f"presscheck.ray: the run broke off: {_last(error)}\nThe same command goes on from what is finished.", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("presscheck.ray: interrupted; the same command goes on from what is finished", file=sys.stderr)
        return 130


def _last(error: BaseException) -> str:
    """What a worker's error says at its end, without where in the code it was."""
    return next((line.strip() for line in reversed(str(error).splitlines()) if line.strip()), type(error).__name__)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m presscheck.ray",
        description="Check a backlist on a Ray cluster: the catalogues of `presscheck batch` in, Parquet files out.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("catalogue", help="a spreadsheet (also as a URI) or a folder, as `presscheck batch` takes it")
    parser.add_argument("out", help="a folder or URI for the results; those of an earlier run are written over")
    parser.add_argument("--files", metavar="FOLDER", help="where the files are, a folder or a URI; beside the catalogue by default")
    parser.add_argument("--for", dest="platforms", type=_listed, default=[], metavar="P,P", help="platforms or products for every title")
    parser.add_argument("--select", type=_listed, default=[], metavar="R,R", help="run only these rules")
    parser.add_argument("--ignore", type=_listed, default=[], metavar="R,R", help="leave these rules out")
    parser.add_argument("--baseline", metavar="OLD_OUT", help="compare with the results of an earlier run")
    parser.add_argument("--cache", metavar="FOLDER", help="where reports are kept for later runs, a folder or a URI; OUT/_cache by default")
    parser.add_argument("--results", type=Path, metavar="FILE.jsonl", help="also write the lines of `presscheck batch`, in order")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")
    return parser


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _run(args: argparse.Namespace) -> int:
    began = time.monotonic()
    out, baseline = _absolute(args.out), None if args.baseline is None else _absolute(args.baseline)
    if out == baseline:
        raise Refused("--baseline is OUT itself; results are compared with those of another folder")
    _allow(args)
    storage = Storage()
    judging = rules(select=args.select, ignore=args.ignore)
    titles = _titles(args, storage)
    place = _asked(out, lambda: Out(out, storage))
    _start(args.quiet)
    earlier, old = (None, set[str]()) if baseline is None else _earlier(baseline, storage)
    cache = f"{out}/_cache" if args.cache is None else _absolute(args.cache)
    settings = Settings(judging, "{}", None, storage, cache, earlier)
    _asked(out, place.begin)
    write(_checked(titles, settings), out)
    tally = place.tally()
    place.end(tally)
    if args.results is not None:
        with args.results.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in place.lines(titles.num_rows))
    print(tally.text(titles.num_rows, time.monotonic() - began))
    if baseline is not None:
        print(tally.changes(old))
    missing = titles.num_rows - len(tally.numbers)
    if missing or tally.rows != titles.num_rows:
        print(f"presscheck.ray: {missing} titles have no result; run the same command again", file=sys.stderr)
        return 3
    return 3 if tally.gaps else 1 if tally.errors else 0


def _asked(place: str, ask: Callable[[], _T]) -> _T:
    """Asks storage before the run begins. Every file system has errors of its own, and here each is the end."""
    try:
        return ask()
    except Refused:
        raise
    except Exception as error:
        raise Refused(f"{place}: {error or type(error).__name__}") from error


def _absolute(place: str) -> str:
    return place.rstrip("/") if is_uri(place) else str(Path(place).absolute())


def _allow(args: argparse.Namespace) -> None:
    """Refuses flags that `presscheck batch` would refuse, in its words, and results that would be written over something else."""
    flags = [("--for", args.platforms), ("--select", args.select), ("--ignore", args.ignore)]
    told = [word for flag, words in flags if words for word in (flag, ",".join(words))]
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder, "one.csv")
        sheet.write_text("id,interior\none,one.pdf\n", encoding="utf-8")
        command = [sys.executable, "-m", "presscheck", "batch", str(sheet), "--dry-run", "--color", "never", *told]
        answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if answer.returncode == 2:
        raise Refused(answer.stderr.strip().removeprefix("presscheck: ").removeprefix("error: "))
    results: Path | None = args.results
    if results is not None and results.exists() and results.stat().st_size:
        if not results.is_file() or not results.open("rb").read(9) == b'{"batch":':
            raise Refused(f"{results} was not written by presscheck and stays as it is; name another file")


def _titles(args: argparse.Namespace, storage: Storage) -> pa.Table:
    """The catalogue's titles with their sizes, without those that are left out."""
    job = written({}, args.platforms)
    if is_uri(args.catalogue):
        filesystem, path = storage.find(args.catalogue)
        with tempfile.TemporaryDirectory() as folder:
            sheet = Path(folder, Path(path).name)
            try:
                filesystem.get_file(path, str(sheet))
            except FileNotFoundError as error:
                raise Refused(f"cannot read {args.catalogue}: there is no such file") from error
            except Exception as error:  # every file system has errors of its own
                raise Refused(f"cannot read {args.catalogue}: {error}") from error
            table, skipped, notes = with_sizes_of_catalogue(sheet, args.files or args.catalogue.rpartition("/")[0], job, storage)
    else:
        table, skipped, notes = with_sizes_of_catalogue(Path(args.catalogue), args.files, job, storage)
    for note in notes:
        print(f"note: {note}", file=sys.stderr)
    if not table.num_rows:
        raise Refused(f"{args.catalogue} holds no title")
    if skipped:
        print(f"note: {skipped:,} left out: no printed books", file=sys.stderr)
    return table


def _start(quiet: bool) -> None:
    """Connects to a cluster, or starts one."""
    start()
    context = DataContext.get_current()
    context.enable_progress_bars = not quiet and sys.stderr.isatty()
    # Its warnings are about processors in use and bars that are off; what breaks a run is raised.
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    # A short list has fewer tasks than might run at once, which is nothing to be told of.
    warnings.filterwarnings("ignore", message="The maximum number of concurrent tasks")


def _earlier(baseline: str, storage: Storage) -> tuple[Earlier, set[str]]:
    if not _asked(baseline, lambda: Out(baseline, storage).is_finished()):
        raise Refused(f"{baseline} holds no results of a run that ended")
    return _asked(baseline, lambda: Earlier.open(baseline, storage))


def _checked(titles: pa.Table, settings: Settings) -> Dataset:
    """Results of all titles. Each class of memory has tasks of its own, so none declares more than its titles need."""
    by_class: defaultdict[int, list[int]] = defaultdict(list)
    for at, size in enumerate(cast("list[int]", titles.column("bytes").to_pylist())):
        by_class[class_of(size, settings.judging["memory"])].append(at)
    # Where there are few titles, tasks are smaller, so that every processor gets some of them.
    of_task = max(1, min(TITLES, titles.num_rows // (_TASKS * processors())))
    # The largest first: what takes longest does not come last.
    of_class = [
        checked_in(of_tables(in_groups(titles.take(pa.array(rows)), of_task)), memory, settings)
        for memory, rows in sorted(by_class.items(), reverse=True)
    ]
    return joined(of_class)


class Out:
    """A folder of results: `result=.../*.parquet`, `_cache`, and a mark that says whether the run that wrote them ended."""

    def __init__(self, out: str, storage: Storage) -> None:
        self._out, self._storage = out, storage
        self._filesystem, self._folder = storage.find(out)
        self._mark = f"{self._folder.rstrip('/')}/{_MARK}"

    def is_finished(self) -> bool:
        """Whether results are there, and all of their run."""
        told = self._told()
        return told is not None and told["finished"] is True

    def _told(self) -> dict[str, Any] | None:
        try:
            told: dict[str, Any] = json.loads(self._filesystem.cat_file(self._mark))
        except FileNotFoundError:
            return None
        return told

    def begin(self) -> None:
        """Makes room. What was finished in an earlier run is in the cache, so its results need not stay until they are replaced."""
        filesystem, files = parts(self._out, self._storage)
        if files and self._told() is None:
            raise Refused(f"{self._out} holds Parquet files that presscheck.ray did not write; name another folder")
        filesystem.makedirs(self._folder, exist_ok=True)
        filesystem.pipe_file(self._mark, b'{"finished": false}\n')
        for file in files:
            filesystem.rm_file(file)

    def end(self, tally: Tally) -> None:
        """Marks the results as whole."""
        mark = {"finished": True, "titles": tally.rows, "results": dict(tally.results)}
        self._filesystem.pipe_file(self._mark, f"{json.dumps(mark)}\n".encode())

    def _dataset(self) -> pads.Dataset:
        filesystem, files = parts(self._out, self._storage)
        return pads.dataset(files, filesystem=filesystem, format="parquet", partitioning="hive")

    def tally(self) -> Tally:
        """Counts the results."""
        columns = ["number", "id", "result", "errors", "gaps", "change", "cached"]
        tally = Tally()
        for batch in self._dataset().to_batches(columns=columns):
            tally.add(batch.to_pylist())
        return tally

    def lines(self, titles: int) -> Iterator[str]:
        """The lines of all titles in the catalogue's order. Row groups of other titles are not read."""
        results = self._dataset()
        number = pads.field("number")
        first = 0
        while titles > 0:
            rows = results.to_table(columns=["number", "report"], filter=(number >= first) & (number < first + _LINES)).to_pylist()
            yield from (row["report"] for row in sorted(rows, key=lambda row: cast(int, row["number"])))
            first += _LINES
            titles -= len(rows)


class Tally:
    """Counts of results."""

    def __init__(self) -> None:
        self.rows = self.errors = self.gaps = self.cached = 0
        self.numbers: set[int] = set()
        self.ids: set[str] = set()
        self.results: Counter[str] = Counter()
        self._changes: Counter[str] = Counter()

    def add(self, rows: list[dict[str, Any]]) -> None:
        """Counts more of them."""
        for row in rows:
            self.rows += 1
            self.errors += row["errors"]
            self.gaps += row["gaps"]
            self.cached += row["cached"]
            self.numbers.add(row["number"])
            self.ids.add(row["id"])
            self.results[row["result"]] += 1
            if row["change"] is not None:
                self._changes[row["change"]] += 1

    def text(self, titles: int, seconds: float) -> str:
        """The results in one line."""
        told = ", ".join(f"{self.results[result]:,} {result}" for result in _RESULTS if self.results[result])
        return f"{titles:,} titles in {seconds:,.0f} s: {told}; {self.cached:,} known from the cache"

    def changes(self, old: set[str]) -> str:
        """What is different from an earlier run that had titles of these ids."""
        gone = sorted(old - self.ids)
        told = [f"{number:,} {what}" for what, number in self._changes.most_common()]
        if gone:
            names = ", ".join(gone[:5]) + (", ..." if gone[5:] else "")
            told.append(f"{len(gone):,} not in this catalogue ({names})")
        return "; ".join(told)


