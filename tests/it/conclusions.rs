//! What presscheck concludes when nobody tells: the trim, the ink, the paper, the direction, the pages on sheets of two.

use std::sync::Arc;

use made::Small;
use presscheck::check::{Plan, QUESTIONS, Selection};
use presscheck::facts::{Book, Document};
use presscheck::finding::{Level, Outcome, Part};
use presscheck::geometry::Direction;
use presscheck::job::{Ink, Job, Paper, Setting};
use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};
use presscheck::profile::{self, Profile};
use presscheck::resolve::{self, Conclusion, ProductFiles, ResolvedJob, SpineEvidence};
use presscheck_fixtures::content::Content;
use presscheck_fixtures::made;
use presscheck_fixtures::pdf::Page;

const MM: f64 = 72.0 / 25.4;

fn measured(bytes: Vec<u8>) -> Document {
    let limits = Limits::default();
    measure::document(
        "made".to_owned(),
        bytes,
        &limits,
        Wanted::everything(),
        &|_, _| {},
    )
}

/// An interior of so many pages, each drawn by a function of its number.
fn interior(
    (width, height): (f64, f64),
    pages: u32,
    draw: &dyn Fn(u32, &mut Small, &mut Content),
) -> Small {
    let mut book = Small::sized(width, height);
    for number in 1..=pages {
        let mut content = book.body();
        draw(number, &mut book, &mut content);
        book.page(&content);
    }
    book
}

/// Marks around a page of 6 x 9 in on a sheet of 7 x 10.
fn corner_marks(_: u32, _: &mut Small, c: &mut Content) {
    c.line_width(0.25);
    for (x, out) in [(36.0, -1.0), (468.0, 1.0)] {
        for (y, up) in [(36.0, -1.0), (684.0, 1.0)] {
            c.line((x + out * 9.0, y), (x + out * 27.0, y));
            c.line((x, y + up * 9.0), (x, y + up * 27.0));
        }
    }
}

fn words(_: u32, _: &mut Small, _: &mut Content) {}

/// A cover of one page of a size, drawn to its edges.
fn cover(width: f64, height: f64) -> Document {
    let mut book = Small::sized(width, height);
    let mut content = Content::new();
    content.fill_gray(0.8).fill_rect(0.0, 0.0, width, height);
    book.pdf.page(Page::new(width, height, content));
    measured(book.finish())
}

fn book(interior: Small, cover: Option<Document>) -> Book {
    Book {
        interior: Some(Arc::new(measured(interior.bare()))),
        cover: cover.map(Arc::new),
    }
}

fn products<'k>(known: &'k [Profile], ids: &[&str]) -> Vec<&'k Profile> {
    ids.iter()
        .map(|id| known.iter().find(|p| p.id == *id).unwrap())
        .collect()
}

fn conclude(book: &Book, ids: &[&str]) -> Conclusion {
    let known = profile::built_in().unwrap();
    let asked = products(&known, ids);
    resolve::conclude_book(&Job::default(), book, asked, &known)
}

/// Trim in points, rounded to a tenth.
fn trim(book: &Book) -> [f64; 2] {
    let found = conclude(book, &["kdp/paperback"]).trim.unwrap().size;
    [found.width, found.height].map(|v| (v * 10.0).round() / 10.0)
}

/// What a rule says of a book at KDP for which nothing was told.
fn says(book: &Book, rule: &str) -> Vec<(Level, String)> {
    says_at("kdp/paperback", book, rule)
}

/// The same at another product.
fn says_at(product: &str, book: &Book, rule: &str) -> Vec<(Level, String)> {
    let known = profile::built_in().unwrap();
    let kdp = products(&known, &[product])[0];
    let job = Job::default();
    let asked = [ProductFiles { profile: kdp, book }];
    let concluded = resolve::conclude(&job, &asked, &known);
    let resolved = ResolvedJob::new(kdp, &job, book, &concluded);
    let plan = Plan::new(kdp, &Selection::default()).unwrap();
    let checks = plan.run(&resolved, book, &known, std::slice::from_ref(&resolved));
    let of_rule = checks.iter().filter(|c| c.meta.id == rule);
    of_rule
        .flat_map(|c| c.findings())
        .filter(|f| f.explained_by.is_none())
        .map(|f| {
            let advice = f.advice.as_deref().unwrap_or_default();
            (f.level, format!("{} | {advice}", f.message))
        })
        .collect()
}

#[test]
fn a_trim_in_whole_millimetres_is_the_one_that_a_printer_lists_and_people_round() {
    let known = profile::built_in().unwrap();
    let told = |trim: &str, product: &str| {
        let book = book(interior((432.0, 648.0), 24, &words), None);
        let job = Job {
            trim: Some(trim.parse().unwrap()),
            ..Job::default()
        };
        let asked = products(&known, &[product]);
        let size = resolve::conclude_book(&job, &book, asked, &known)
            .trim
            .unwrap()
            .size;
        size.to_array().map(|v| (v * 10.0).round() / 10.0)
    };
    assert_eq!(told("152x229mm", "kdp/paperback"), [432.0, 648.0]);
    assert_eq!(told("15.2x22.9cm", "kdp/paperback"), [432.0, 648.0]);
    // It is another size where that is meant to the tenth, and where a printer lists it.
    assert_eq!(told("152.1x229mm", "kdp/paperback"), [431.2, 649.1]);
    assert_eq!(told("148x210mm", "bod/paperback"), [419.5, 595.3]);
    // In inches nobody rounds.
    assert_eq!(told("5.98x9.02", "kdp/paperback"), [430.6, 649.4]);
}

#[test]
fn pages_of_a_listed_trim_have_that_trim_though_bleed_is_told() {
    let known = profile::built_in().unwrap();
    let told = |size: (f64, f64)| {
        let book = book(interior(size, 24, &words), None);
        let job = Job {
            bleed: presscheck::job::Bleed::Yes,
            ..Job::default()
        };
        let asked = products(&known, &["kdp/paperback"]);
        resolve::conclude_book(&job, &book, asked, &known)
            .trim
            .unwrap()
            .size
            .to_array()
    };
    assert_eq!(told((432.0, 648.0)), [432.0, 648.0]);
    assert_eq!(told((441.0, 666.0)), [432.0, 648.0]);
}

#[test]
fn a_text_page_is_the_trim_though_the_cover_has_its_height() {
    for (width, height) in [(130.0, 200.0), (140.0, 210.0), (170.0, 240.0)] {
        let (w, h) = (width * MM, height * MM);
        let flat = cover(2.0 * w + 160.0 * 0.002_252 * 72.0, h);
        let book = book(interior((w, h), 160, &words), Some(flat));
        let rounded = [w, h].map(|v| (v * 10.0).round() / 10.0);
        assert_eq!(trim(&book), rounded, "{width} x {height} mm");
        let said = says(&book, "cover-size-wrong");
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(said[0].0, Level::Error);
        assert!(said[0].1.contains("it has no bleed"), "{said:?}");
    }
}

#[test]
fn a_listed_trim_with_bleed_is_taken_where_art_runs_off_or_the_cover_agrees() {
    let size = (441.0, 666.0);
    let art = |number: u32, _: &mut Small, c: &mut Content| {
        if number == 5 {
            c.fill_gray(0.4).fill_rect(0.0, 0.0, 441.0, 200.0);
        }
    };
    assert_eq!(trim(&book(interior(size, 30, &art), None)), [432.0, 648.0]);
    let wrap = || cover(882.0 + 30.0 * 0.002_252 * 72.0, 666.0);
    let agreed = book(interior(size, 30, &words), Some(wrap()));
    assert_eq!(trim(&agreed), [432.0, 648.0]);
    // Nothing tells of bleed: a page is taken at its word.
    assert_eq!(
        trim(&book(interior(size, 30, &words), None)),
        [441.0, 666.0]
    );
}

#[test]
fn crop_marks_without_a_trim_box_name_the_trim_and_are_no_fault_of_margins() {
    let marked = book(interior((504.0, 720.0), 30, &corner_marks), None);
    assert_eq!(trim(&marked), [432.0, 648.0]);
    for rule in [
        "page-size-wrong",
        "margin-too-narrow",
        "gutter-too-narrow",
        "line-too-thin",
    ] {
        assert_eq!(says(&marked, rule), [], "{rule}");
    }
    assert_eq!(says(&marked, "printer-marks-present").len(), 1);
}

#[test]
fn sheets_of_two_pages_are_counted_as_the_pages_they_hold() {
    let spread = |sheets: u32, ends: bool| {
        let mut book = Small::sized(864.0, 648.0);
        if ends {
            book.odd_page(432.0, 648.0);
        }
        for _ in 0..sheets {
            book.plain();
        }
        if ends {
            book.odd_page(432.0, 648.0);
        }
        book
    };
    let known = profile::built_in().unwrap();
    for (sheets, ends) in [(16, false), (15, true)] {
        let book = book(spread(sheets, ends), None);
        let found = conclude(&book, &["kdp/paperback"]);
        assert_eq!(found.pages, Some(32), "{sheets} sheets");
        assert_eq!(found.trim.unwrap().size.width, 432.0);
        for rule in [
            "page-count-too-low",
            "page-size-wrong",
            "page-sizes-mixed",
            "page-count-odd",
        ] {
            assert_eq!(says(&book, rule), [], "{rule}");
        }
        assert_eq!(says(&book, "spreads-not-pages").len(), 1);
    }
    drop(known);
}

#[test]
fn black_text_in_rgb_is_told_once_in_a_black_book() {
    let line = |_: u32, file: &mut Small, content: &mut Content| {
        content.fill_rgb([0.0; 3]);
        content.text(
            &file.face,
            11.0,
            80.0,
            400.0,
            "A line in the black of screens",
        );
    };
    let book = book(interior((432.0, 648.0), 24, &line), None);
    let told = |rule| says_at("ingramspark/paperback", &book, rule).len();
    assert_eq!(told("colour-in-black-interior"), 1);
    assert_eq!([told("rgb-colour"), told("text-multi-ink")], [0, 0]);
}

#[test]
fn crop_marks_in_four_inks_are_no_colour_in_a_black_book() {
    let marks = |number: u32, file: &mut Small, content: &mut Content| {
        content.stroke_cmyk([1.0, 1.0, 1.0, 0.9]);
        corner_marks(number, file, content);
    };
    let book = book(interior((504.0, 720.0), 24, &marks), None);
    assert_eq!(says(&book, "printer-marks-present").len(), 1);
    let told = |rule| says_at("ingramspark/paperback", &book, rule).len();
    assert_eq!(told("colour-in-black-interior"), 0);
}

#[test]
fn a_book_with_colour_on_its_pages_is_a_colour_book_and_a_black_one_is_not() {
    let ink_of = |pages: u32, draw: &dyn Fn(u32, &mut Small, &mut Content)| {
        let book = book(interior((432.0, 648.0), pages, draw), None);
        conclude(&book, &["kdp/paperback", "ingramspark/paperback"])
            .stock
            .ink
    };
    let ink = |draw: &dyn Fn(u32, &mut Small, &mut Content)| ink_of(40, draw);
    assert_eq!(ink(&words), Some(Ink::Black));
    let gray_in_rgb = |_: u32, _: &mut Small, c: &mut Content| {
        c.fill_rgb([0.5, 0.5, 0.5])
            .fill_rect(100.0, 100.0, 200.0, 200.0);
    };
    assert_eq!(ink(&gray_in_rgb), Some(Ink::Black));
    let red = |number: u32, from: u32, c: &mut Content| {
        if number >= from {
            c.fill_rgb([0.8, 0.1, 0.1])
                .fill_rect(100.0, 100.0, 200.0, 200.0);
        }
    };
    assert_eq!(
        ink_of(80, &|n, _, c| red(n, 1, c)),
        Some(Ink::StandardColour)
    );
    // KDP prints no standard colour below 72 pages; all that are asked print premium colour.
    assert_eq!(ink(&|n, _, c| red(n, 1, c)), Some(Ink::PremiumColour));
    // Black that other inks lie under is black.
    let rich = |_: u32, _: &mut Small, c: &mut Content| {
        c.fill_cmyk([0.6, 0.4, 0.4, 1.0])
            .fill_rect(100.0, 100.0, 200.0, 200.0);
    };
    assert_eq!(ink(&rich), Some(Ink::Black));
    // One page in forty, or a speck on every page, is no reason to print in colour.
    assert_eq!(ink(&|n, _, c| red(n, 40, c)), Some(Ink::Black));
    let speck = |_: u32, _: &mut Small, c: &mut Content| {
        c.fill_rgb([0.8, 0.1, 0.1])
            .fill_rect(100.0, 100.0, 20.0, 20.0);
    };
    assert_eq!(ink(&speck), Some(Ink::Black));
}

#[test]
fn the_paper_is_the_one_whose_spine_fits_and_likely_ones_come_first() {
    let paper = |spine: f64, pages: u32| {
        let wrap = cover(882.0 + spine * 72.0, 666.0);
        let book = book(interior((432.0, 648.0), pages, &words), Some(wrap));
        let choice = conclude(&book, &["kdp/paperback"]).stock;
        (choice.paper, choice.fit, book)
    };
    let (found, fit, _) = paper(200.0 * 0.0025, 200);
    assert_eq!((found, fit), (Some(Paper::Cream), SpineEvidence::Right));
    let (found, fit, _) = paper(200.0 * 0.002_252, 200);
    assert_eq!((found, fit), (Some(Paper::White), SpineEvidence::Right));
    let known = profile::built_in().unwrap();
    let kdp = products(&known, &["kdp/paperback"])[0];
    let groundwood = kdp.stocks.iter().find(|s| s.paper == Paper::Groundwood);
    let spine = groundwood.unwrap().spine.width(260).unwrap().as_inches();
    let (found, fit, book) = paper(spine, 260);
    assert_eq!(
        (found, fit),
        (Some(Paper::Groundwood), SpineEvidence::Unlikely)
    );
    let said = says(&book, "cover-size-wrong");
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].0, Level::Warning);
    assert!(said[0].1.contains("or "), "{said:?}");
    // A spine of no paper: all sizes are listed, and none is called the best.
    let (_, fit, book) = paper(0.3, 200);
    assert_eq!(fit, SpineEvidence::None);
    let said = says(&book, "cover-size-wrong");
    for paper in ["white paper", "cream paper", "groundwood paper"] {
        assert!(said[0].1.contains(paper), "{said:?}");
    }
    assert!(!said[0].1.contains("best fit"), "{said:?}");
}

#[test]
fn of_several_weights_of_one_paper_the_one_is_taken_whose_spine_the_cover_fits() {
    let known = profile::built_in().unwrap();
    let ingram = products(&known, &["ingramspark/paperback"])[0];
    let job = Job {
        paper: Some(Paper::White),
        ink: Some(Ink::Black),
        ..Job::default()
    };
    let is_meant = |s: &&profile::Stock| s.paper == Paper::White && s.ink == Ink::Black;
    let stocks: Vec<_> = ingram.stocks.iter().filter(is_meant).collect();
    assert!(stocks.len() > 1, "{stocks:?}");
    for stock in stocks {
        let spine = stock.spine.width(200).unwrap().as_pt();
        let wrap = cover(882.0 + spine, 666.0);
        let book = book(interior((432.0, 648.0), 200, &words), Some(wrap));
        let asked = [ProductFiles {
            profile: ingram,
            book: &book,
        }];
        let concluded = resolve::conclude(&job, &asked, &known);
        let resolved = ResolvedJob::new(ingram, &job, &book, &concluded);
        assert_eq!(resolved.stock.unwrap().id, stock.id);
        assert!(resolved.assumed.contains(&Setting::Weight));
        // No cover says nothing, and what was told is not overruled.
        let told = Job {
            weight: Some(50),
            ..job.clone()
        };
        let resolved = ResolvedJob::new(ingram, &told, &book, &concluded);
        assert_eq!(resolved.stock.unwrap().weight, Some(50));
    }
}

#[test]
fn the_direction_is_read_off_the_file_its_language_and_its_text() {
    let direction = |set: &dyn Fn(&mut Small)| {
        let mut book = interior((432.0, 648.0), 30, &words);
        set(&mut book);
        let book = self::book(book, None);
        conclude(&book, &["kdp/paperback"]).direction
    };
    assert_eq!(direction(&|_| {}), Direction::Ltr);
    let says = |book: &mut Small| {
        book.pdf
            .catalog("ViewerPreferences", "<< /Direction /R2L >>");
    };
    assert_eq!(direction(&says), Direction::Rtl);
    // Latin text with a Hebrew label is no Hebrew book.
    let label = |book: &mut Small| {
        book.pdf.catalog("Lang", "(he)");
    };
    assert_eq!(direction(&label), Direction::Ltr);
}

#[test]
fn a_verdict_has_every_question_answered_or_says_that_it_has_not() {
    let known = profile::built_in().unwrap();
    let wrap = cover(882.0 + 36.0, 666.0);
    let book = book(interior((432.0, 648.0), 200, &words), Some(wrap));
    // A standard asks for no size and no page count.
    for profile in known.iter().filter(|p| !p.standard) {
        let job = Job::default();
        let concluded = resolve::conclude_book(&job, &book, [profile], &known);
        let resolved = ResolvedJob::new(profile, &job, &book, &concluded);
        let plan = Plan::new(profile, &Selection::default()).unwrap();
        let checks = plan.run(&resolved, &book, &known, std::slice::from_ref(&resolved));
        for question in QUESTIONS {
            let answer = checks.iter().find(|c| c.meta.id == question.rule);
            let outcome = answer.map(|c| &c.outcome);
            let answered = match outcome {
                Some(Outcome::Looked { at, .. }) => *at > 0 || question.asks.contains("codes"),
                Some(Outcome::NotChecked(why)) => !why.is_empty(),
                Some(Outcome::NotApplicable(_)) | None => false,
            };
            let part = match question.part {
                Part::Interior => "interior",
                Part::Cover => "cover",
            };
            assert!(
                answered,
                "{}: {} of the {part} is open: {outcome:?}",
                profile.id, question.asks
            );
        }
    }
}

#[test]
fn a_cover_whose_size_is_only_doubted_does_not_pass_unlooked_at() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/test_pdfs/books/");
    let profiles = profile::built_in().unwrap();
    let report = presscheck::Checker::new(&profiles)
        .interior(&*format!("{folder}novel/interior.pdf"))
        .cover(&*format!("{folder}faulty-twin/cover.pdf"))
        .platform("ingramspark")
        .check()
        .unwrap();
    let verdict = &report.verdicts[0];
    assert_eq!(verdict.errors, 0);
    assert!(verdict.not_checked > 0);
    assert_eq!(verdict.verdict, presscheck::report::Verdict::Incomplete);
}
