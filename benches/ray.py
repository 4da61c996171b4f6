#!/usr/bin/env python3
"""`python -m presscheck.ray` against `presscheck batch` of the same module, on the same cores.

Makes copies of the sample novel (200 pages and two covers) that differ in their bytes, and checks a short and a long list of
them, nothing cached, in turn by `batch` and by Ray, on one core and on two. The cluster is up before the clock starts; how long
that took is told apart. What a title costs is the slope from the short list to the long one, so that it holds no fixed costs;
what a run costs besides is what is left. Prints medians over the rounds, and of the rounds' ratios, in processor time (all
processes of the run, Ray's own among them) and in time by the clock.

    cargo build --release && maturin develop --release -m python/Cargo.toml && benches/ray.py [ROUNDS]

Needs the package with Ray: pip install "presscheck[ray]".
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# This file is called as what it measures; its folder must not come before the packages.
sys.path = [place for place in sys.path if Path(place).resolve() != Path(__file__).resolve().parent]

NOVEL = Path(__file__).parent.parent / "test_pdfs/books/novel"
SHORT, LONG = 8, 32
CORES = (2, 1)


def copies(folder: Path, titles: int) -> Path:
    """A catalogue of novels, each with a comment of its own after its end."""
    lines = ["id,interior,cover-kdp,cover-ingramspark,for,trim,binding,ink,paper,isbn"]
    for number in range(titles):
        own = folder / str(number)
        own.mkdir(parents=True)
        for pdf in ("interior.pdf", "cover-kdp.pdf", "cover-ingram.pdf"):
            (own / pdf).write_bytes((NOVEL / pdf).read_bytes() + f"\n% {titles} {number}\n".encode())
        covers = f"{own}/cover-kdp.pdf,{own}/cover-ingram.pdf"
        lines.append(f"{number},{own}/interior.pdf,{covers},kdp ingramspark,6x9,paperback,black,cream,9781234567897")
    sheet = folder / "list.csv"
    sheet.write_text("\n".join(lines) + "\n")
    return sheet


def by_batch(sheet: Path, cores: int) -> dict[str, float]:
    """Seconds of one run of the command."""
    command = [sys.executable, "-m", "presscheck", "batch", str(sheet), "--no-cache", "--jobs", str(cores), "--quiet"]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    told = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert told.returncode in (0, 1), told.returncode
    return {"clock": clock, "processor": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def by_ray(sheets: list[Path], cores: int) -> dict[str, dict[str, float]]:
    """Seconds of a run of the driver for each list, in a process that has started a cluster."""
    command = [sys.executable, __file__, "--measure", str(cores), *map(str, sheets)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    answer: dict[str, dict[str, float]] = json.loads(told.stdout.splitlines()[-1])
    return answer


def measure(cores: int, sheets: list[str]) -> None:
    """Within that process: starts the cluster, has every worker check one title, then checks the lists."""
    import psutil
    import ray

    from presscheck.ray._driver import main

    def spent() -> tuple[float, float]:
        """Processor seconds so far, also of processes that ended: all that this process started and its own, and those of
        workers with what they measure by. The rest is the driver and Ray's services, a share of a core for each node."""
        everything = workers = 0.0
        own = psutil.Process()
        for process in [own, *own.children(recursive=True)]:
            try:
                seconds = sum(process.cpu_times()[:4])
                names = [process.name(), *(parent.name() for parent in process.parents())]
            except psutil.Error:
                continue
            everything += seconds
            if any(name.startswith("ray::") and "Actor" not in name for name in names):
                workers += seconds
        return everything, workers

    def run(sheet: str) -> None:
        out = tempfile.mkdtemp(dir=Path(sheet).parent.parent)
        try:
            assert main([sheet, out, "--quiet"]) in (0, 1)
        finally:
            shutil.rmtree(out)

    began = time.perf_counter()
    ray.init(address="local", num_cpus=cores, include_dashboard=False, log_to_driver=False, logging_level="WARNING")
    answer = {"start": {"clock": time.perf_counter() - began}}
    run(sheets[0])
    for sheet in sheets:
        before, began = spent(), time.perf_counter()
        run(sheet)
        clock, after = time.perf_counter() - began, spent()
        answer[sheet] = {"clock": clock, "processor": after[0] - before[0], "workers": after[1] - before[1]}
    print(json.dumps(answer))


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    found: dict[tuple[str, int, str], list[float]] = {}
    fixed: dict[tuple[str, int, str], list[float]] = {}
    start: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        sheets = [copies(Path(folder) / name, titles) for name, titles in (("short", SHORT), ("long", LONG))]
        for round in range(rounds):
            for cores in CORES:
                batch = [by_batch(sheet, cores) for sheet in sheets]
                told = by_ray(sheets, cores)
                start.append(told["start"]["clock"])
                runs = {"batch": batch, "ray": [told[str(sheet)] for sheet in sheets]}
                for by, (short, long) in runs.items():
                    for unit in short:
                        slope = (long[unit] - short[unit]) / (LONG - SHORT)
                        found.setdefault((by, cores, unit), []).append(slope)
                        fixed.setdefault((by, cores, unit), []).append(short[unit] - SHORT * slope)
                print(f"round {round + 1}, {cores} cores: {json.dumps(runs)}", file=sys.stderr, flush=True)
    print(f"starting a cluster: {statistics.median(start):.1f} s")
    for cores in CORES:
        for unit in ("clock", "processor"):
            batch, ray = found["batch", cores, unit], found["ray", cores, unit]
            ratio = statistics.median(r / b for r, b in zip(ray, batch, strict=True))
            told = f"batch {statistics.median(batch):.3f} s a title, Ray {statistics.median(ray):.3f} s, ratio {ratio:.3f}"
            more = f"besides: batch {statistics.median(fixed['batch', cores, unit]):.1f} s, Ray {statistics.median(fixed['ray', cores, unit]):.1f} s"
            print(f"{cores} cores, {unit}: {told}; {more}")
        work = statistics.median(found["ray", cores, "workers"])
        print(f"{cores} cores, processor of workers alone: Ray {work:.3f} s a title")
    speed = [one / two for one, two in zip(found["ray", 1, "clock"], found["ray", 2, "clock"], strict=True)]
    print(f"from 1 core to 2: {statistics.median(speed):.2f} times as fast by the clock")


if __name__ == "__main__":
    os.environ.setdefault("RAY_AUTH_MODE", "disabled")
    if sys.argv[1:2] == ["--measure"]:
        measure(int(sys.argv[2]), sys.argv[3:])
    else:
        main()
