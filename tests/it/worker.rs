//! Files measured in worker processes: the same facts as in this one, and a gap with its reason where a worker dies.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use made::Small;
use presscheck::error::Error;
use presscheck::facts::Document;
use presscheck::geometry::Rect;
use presscheck::limits::Limits;
use presscheck::measure::{self, Area, Encoding, Listener, Source, View, Wanted};
use presscheck::worker::{Bounds, Workers};
use presscheck_fixtures::content::Content;
use presscheck_fixtures::made;
use presscheck_fixtures::pdf::{Pdf, deflate};

use crate::support::{fixture, written};

fn program() -> PathBuf {
    env!("CARGO_BIN_EXE_presscheck").into()
}

fn workers(bounds: Bounds) -> Workers {
    Workers::new(program(), &["measure-worker"], bounds)
}

/// So many operators that a page which asks for them takes minutes on any machine.
fn generous() -> Limits {
    Limits {
        operators: 1_000_000_000,
        file_operators: 1_000_000_000,
        ..Limits::default()
    }
}

fn measure(workers: &Workers, path: &Path) -> Document {
    workers
        .measure(
            &path.into(),
            &generous(),
            Wanted::everything(),
            Listener::patient(&|_, _| {}),
        )
        .unwrap()
}

/// A book whose page 2 is drawn by a function, in a file.
fn book(name: &str, draw: impl FnOnce(&mut Pdf, &mut Content)) -> PathBuf {
    let mut book = Small::new();
    book.plain();
    let mut content = book.body();
    draw(&mut book.pdf, &mut content);
    book.page(&content).plain();
    written(name, book.finish())
}

/// A page that takes minutes where nothing bounds the operators: forms that draw each other by the ten, down to nothing.
fn slow(pdf: &mut Pdf, content: &mut Content) {
    let bounds = [0.0, 0.0, 9.0, 9.0];
    let mut form = pdf.form(
        bounds,
        [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        Content::new().raw("0 0 1 1 re f\n"),
    );
    for _ in 0..9 {
        let mut ten = Content::new();
        ten.resource("XObject", "X", form).raw("/X Do\n".repeat(10));
        form = pdf.form(bounds, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], &ten);
    }
    content.resource("XObject", "X", form).raw("/X Do\n");
}

/// A page that keeps within all usual limits and takes many times half a second on any machine: a hundred pictures.
fn full_of_pictures(pdf: &mut Pdf, content: &mut Content) {
    let pixels = deflate(&vec![90; 5000 * 4000 * 3]);
    for nth in 0..100 {
        let picture = pdf.stream(
            "/Type /XObject /Subtype /Image /Width 5000 /Height 4000 /BitsPerComponent 8 \
             /ColorSpace /DeviceRGB /Filter /FlateDecode",
            &pixels,
        );
        content.image(picture, 72.0, 72.0 + f64::from(nth), 200.0, 160.0);
    }
}

/// A fax of two thousand million columns.
fn huge(pdf: &mut Pdf, content: &mut Content) {
    let fax = pdf.stream(
        "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ImageMask true /Filter /CCITTFaxDecode \
         /DecodeParms << /K -1 /Columns 2147483640 /Rows 8 >>",
        b"\x00\x10\x01",
    );
    content
        .resource("XObject", "X", fax)
        .raw("q 90 0 0 90 90 90 cm /X Do Q\n");
}

#[test]
fn workers_draw_what_this_process_does_and_one_that_dies_is_an_error() {
    let view = |page: u32, scale: f64| View {
        page,
        area: Area::Exactly(Rect::new(0.0, 0.0, 200.0, 100.0)),
        longest: f64::INFINITY,
        scale,
        grey: page == 1,
        encoding: Encoding::Png,
    };
    let path = book("worker-drawn.pdf", |_, c| {
        c.fill_rgb([0.9, 0.1, 0.1])
            .fill_rect(20.0, 600.0, 60.0, 40.0);
    });
    let views = vec![view(1, 1.0), view(2, 2.0), view(2, 1e9), view(99, 1.0)];
    let limits = Limits::default();
    let drawn = workers(Bounds::default())
        .draw(&path.as_path().into(), &limits, views.clone(), &|| false)
        .unwrap();
    assert_eq!(
        drawn,
        Source::from(path.as_path()).draw(&limits, &views).unwrap()
    );
    let kept: Vec<bool> = drawn.iter().map(Option::is_some).collect();
    assert_eq!(kept, [true, true, false, false]);
    let picture = image::load_from_memory(&drawn[1].as_ref().unwrap().data).unwrap();
    assert_eq!((picture.width(), picture.height()), (400, 200));
    let path = book("worker-drawn-slowly.pdf", full_of_pictures);
    let bounds = Bounds {
        time: Duration::from_millis(300),
        ..Bounds::default()
    };
    let page = View {
        area: Area::Page,
        ..view(2, 4.0)
    };
    let drawn = workers(bounds).draw(&path.as_path().into(), &limits, vec![page], &|| false);
    let why = drawn.map(|_| ()).unwrap_err().to_string();
    assert!(why.contains("longer than 0.3 s"), "{why}");
}

#[test]
fn workers_measure_what_this_process_does() {
    let workers = workers(Bounds::default());
    for file in [
        "books/novel/interior.pdf",
        "books/faulty-twin/interior.pdf",
        "books/faulty-twin/cover.pdf",
    ] {
        let path = fixture(file);
        let limits = Limits::default();
        let here = measure::file(&path, &limits, Wanted::everything(), &|_, _| {}).unwrap();
        let there = workers
            .measure(
                &path.as_path().into(),
                &limits,
                Wanted::everything(),
                Listener::patient(&|_, _| {}),
            )
            .unwrap();
        assert!(there == here, "{file}");
    }
    assert!(
        workers
            .measure(
                &Path::new("no-such.pdf").into(),
                &Limits::default(),
                Wanted::default(),
                Listener::patient(&|_, _| {}),
            )
            .is_err()
    );
}

#[test]
fn a_page_that_takes_too_much_memory_is_a_gap_and_the_others_are_measured() {
    let path = book("worker-huge.pdf", huge);
    let document = measure(&workers(Bounds::default()), &path);
    match document.gaps.as_slice() {
        [] => assert!(
            document.pages[1].images[0].flaw.is_some(),
            "bounded at the source"
        ),
        [gap] => {
            assert_eq!(gap.page, Some(2));
            assert!(gap.why.contains("more than 2 GiB"), "{}", gap.why);
        }
        more => panic!("{more:?}"),
    }
    assert!(
        document.pages[0]
            .text
            .iter()
            .any(|run| run.text.contains("dawn"))
    );
    assert!(
        document.pages[2]
            .text
            .iter()
            .any(|run| run.text.contains("dawn"))
    );
}

#[test]
fn a_page_that_takes_too_long_is_a_gap_and_the_others_are_measured() {
    let path = book("worker-slow.pdf", slow);
    let bounds = Bounds {
        time: Duration::from_secs(3),
        ..Bounds::default()
    };
    let workers = workers(bounds);
    let document = measure(&workers, &path);
    let gaps: Vec<_> = document.gaps.iter().map(|gap| gap.page).collect();
    assert_eq!(gaps, [Some(2)], "{:?}", document.gaps);
    assert!(
        document.gaps[0].why.contains("longer than 3 s"),
        "{}",
        document.gaps[0].why
    );
    assert!(
        document.pages[2]
            .text
            .iter()
            .any(|run| run.text.contains("dawn"))
    );
    // The next file gets a worker of its own.
    let next = fixture("file-damaged/pass-book.pdf");
    assert!(measure(&workers, &next).gaps.is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_left_behind_ends_when_its_processor_time_is_up() {
    use std::process::{Command, Stdio};
    let path = book("worker-left.pdf", full_of_pictures);
    let mut program = Command::new(program())
        .args([
            "check",
            "--jobs",
            "1",
            "--time-limit",
            "0.5",
            "--for",
            "kdp",
        ])
        .arg(&path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let of = |parent: u32| -> Vec<u32> {
        let all = std::fs::read_dir("/proc").unwrap().flatten();
        let ids = all.filter_map(|e| e.file_name().to_str()?.parse::<u32>().ok());
        let is_child = |id: &u32| {
            let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
            status.contains(&format!("PPid:\t{parent}\n"))
        };
        ids.filter(is_child).collect()
    };
    let begun = std::time::Instant::now();
    let mut workers = Vec::new();
    while workers.is_empty() && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(5));
        workers = of(program.id());
    }
    // It has the whole file by now, and is at work on it.
    std::thread::sleep(Duration::from_millis(250));
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(!workers.is_empty());
    let alive = |id: &u32| {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        status.contains("presscheck") && !status.contains("State:\tZ")
    };
    while workers.iter().any(alive) && begun.elapsed() < Duration::from_secs(120) {
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(!workers.iter().any(alive), "{workers:?} are still at work");
}

#[test]
fn a_file_that_no_worker_survives_is_not_checked() {
    let path = book("worker-none.pdf", |_, _| {});
    // A program that dies at once, whatever it is asked.
    let workers = Workers::new("/bin/false".into(), &[], Bounds::default());
    if !Path::new("/bin/false").exists() {
        return;
    }
    let document = measure(&workers, &path);
    assert!(document.stopped && document.pages.is_empty());
    assert!(document.unreadable.unwrap().contains("fault of presscheck"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_is_confined() {
    let mut worker = Command::new(program())
        .args(["measure-worker", "2000000000"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", worker.id());
    let is_confined = || {
        let text = std::fs::read_to_string(&status).unwrap();
        text.contains("NoNewPrivs:\t1") && text.contains("Seccomp:\t2")
    };
    // It confines itself before it reads anything.
    for _ in 0..500 {
        if is_confined() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let confined = is_confined();
    worker.kill().unwrap();
    worker.wait().unwrap();
    assert!(confined);
}

#[test]
fn a_check_with_a_slow_page_is_incomplete() {
    let path = book("worker-slow-check.pdf", full_of_pictures);
    let run = Command::new(program())
        .args([
            "check",
            "--for",
            "kdp",
            "--time-limit",
            "0.5",
            "--format",
            "json",
        ])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(3));
    let report = String::from_utf8(run.stdout).unwrap();
    assert!(
        report.contains("page 2: measuring it took longer than 0.5 s"),
        "{report}"
    );
}

#[test]
fn a_worker_that_is_cancelled_ends_and_the_next_one_measures() {
    let path = book("worker-cancelled.pdf", slow);
    let workers = workers(Bounds::default());
    let limits = generous();
    let start = std::time::Instant::now();
    // The page takes minutes; it is given up after a moment.
    let cancelled = || start.elapsed() > Duration::from_millis(200);
    let listener = Listener {
        progress: &|_, _| {},
        cancelled: &cancelled,
    };
    let source = path.as_path().into();
    let ended = workers.measure(&source, &limits, Wanted::everything(), listener);
    assert!(matches!(ended, Err(Error::Cancelled)), "{ended:?}");
    let next = fixture("file-damaged/pass-book.pdf");
    assert!(measure(&workers, &next).gaps.is_empty());
}
