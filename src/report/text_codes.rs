//! Codes found in a file, for people.

use super::codes::{self, CodeReport, Setting};
use super::text::{Emphasis, Style, TextWriter};
use crate::isbn::{self, Parts, Ranges};
use crate::model::facts::{CodeKind, Damage, Document, Grade, letter};
use crate::model::geometry::{Direction, Side};
use crate::model::units::{Length, Unit};
use crate::model::visible::visible;

/// Clear modules that belong around a QR code.
const QUIET: f64 = 4.0;

/// The codes of a file for people, measured from what its pages are.
pub fn codes_text(document: &Document, setting: Setting<'_>, style: Style) -> String {
    let mut page = TextWriter {
        out: String::new(),
        style,
        known: &[],
    };
    if let Some(why) = &document.unreadable {
        page.line(&format!(
            "{}: cannot be read: {why}",
            visible(&document.name)
        ));
        return page.end();
    }
    let found = codes::of_file(document, setting);
    for code in &found {
        one(&mut page, code);
    }
    for unread in codes::unread(document) {
        let head = page.paint(
            &format!("looks like a {}", unread.kind.word()),
            Emphasis::Bold,
        );
        let [x, y, ..] = unread.area_pt.to_mm();
        page.line(&format!(
            "{head}  {}",
            place(unread.page, [x, y], style.unit)
        ));
        page.hang("note", "it cannot be read", None);
        page.hang("tried", &unread.tried, None);
    }
    if found.is_empty() && document.unread.is_empty() {
        nothing(&mut page, document);
    } else {
        taken_for(&mut page, document, setting);
    }
    for gap in &document.gaps {
        let at = gap.page.map_or(String::new(), |p| format!("page {p}: "));
        page.line(&format!("not checked: {at}{}", gap.why));
    }
    page.end()
}

/// Which files were searched, where no code was found.
fn nothing(page: &mut TextWriter<'_>, document: &Document) {
    let pages = document.pages.len();
    let on = if pages == 1 {
        "its one page".to_owned()
    } else {
        format!("{pages} pages")
    };
    let name = visible(&document.name);
    page.line(&format!("{name}: no code was found on {on}"));
    let kinds = "QR codes, EAN-13 with its add-on, Code 128, Interleaved 2 of 5 and Data Matrix, in pictures, drawn shapes and lettering";
    page.hang("sought", kinds, None);
}

/// What distances are from, where that is not plain.
fn taken_for(page: &mut TextWriter<'_>, document: &Document, setting: Setting<'_>) {
    match setting {
        Setting::Interior(resolved) => {
            let side = if resolved.direction == Direction::Ltr {
                "left"
            } else {
                "right"
            };
            page.line(&format!(
                "The pages are taken for a book's, bound on the {side} of page 1."
            ));
        }
        Setting::Cover(resolved) => {
            let stock = resolved.stock.map_or("", |s| s.title.as_str());
            let pages = resolved.pages.unwrap_or_default();
            let fits = codes::of_file(document, setting)
                .iter()
                .any(|c| c.to_fold_mm.is_some());
            page.line(&if fits {
                format!("Folds are those of {} for {pages} pages in {stock}.", resolved.profile.title)
            } else {
                format!("The file is not the size of a cover of {} for {pages} pages in {stock}, so its folds are elsewhere.", resolved.profile.title)
            });
        }
        // What is no larger than a card is one.
        Setting::Sheets(None)
            if document.looks_like_cover()
                && document.pages.iter().all(|p| p.size.height > CARD) =>
        {
            page.line("If this is a cover, tell --for, --trim, --pages and --paper for the distances from its folds.");
        }
        Setting::Sheets(_) => {}
    }
}

/// The height of the highest card, in points.
const CARD: f64 = 360.0;

/// Where something is, in millimetres from the top-left corner.
fn place(page: u32, [x, y]: [f64; 2], unit: Unit) -> String {
    let show = |mm: f64| Length::mm(mm).show(unit);
    format!(
        "page {page}, {} from the left, {} from the top",
        show(x),
        show(y)
    )
}

fn one(page: &mut TextWriter<'_>, code: &CodeReport) {
    let unit = page.style.unit;
    let both = |mm: f64| Length::mm(mm).show(unit);
    let head = page.paint(code.kind.word(), Emphasis::Bold);
    let [x, y, ..] = code.area_mm;
    page.line(&format!(
        "{head}  {}",
        place(code.page, [x, y], page.style.unit)
    ));
    // Control characters would move the terminal's cursor.
    let text: String = code
        .text
        .replace("\r\n", " | ")
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if code.kind == CodeKind::DataMatrix {
        page.hang("note", "recognised, not read", None);
    } else {
        page.hang("text", &text, None);
    }
    if let Some(number) = numbered(code) {
        page.hang("number", &number, None);
    }
    if let Some(add_on) = &code.add_on {
        let means = code
            .add_on_means
            .as_ref()
            .map_or(String::new(), |m| format!(", {m}"));
        page.hang("add-on", &format!("{add_on}{means}"), None);
    }
    let mut side = Length::mm(code.side_mm).show(page.style.unit);
    if code.modules > 0 {
        side += &format!(", {} modules of {:.2} mm", code.modules, code.module_mm);
    }
    if let Some(height) = code.bar_height_mm {
        side += &format!(", bars {} high", Length::mm(height).show(page.style.unit));
    }
    page.hang("side", &side, None);
    match code.quiet_sides_modules.as_slice() {
        [before, after] => page.hang(
            "clear",
            &format!("{before:.1} modules before, {after:.1} after"),
            None,
        ),
        [left, above, right, below] if code.quiet_zone_modules.is_some_and(|q| q < QUIET) => {
            let sides = format!(
                "{left:.1} modules left, {above:.1} above, {right:.1} right, {below:.1} below; {QUIET:.0} belong there"
            );
            page.hang("clear", &sides, None);
        }
        _ => {}
    }
    let [left, above, right, below] = code.to_trim_mm;
    page.hang(
        "edges",
        &format!(
            "{} left, {} above, {} right, {} below",
            both(left),
            both(above),
            both(right),
            both(below)
        ),
        None,
    );
    if let (Some(gutter), Some(side)) = (code.to_gutter_mm, code.page_side) {
        let side = match side {
            Side::Right => "left of this right-hand page",
            Side::Left => "right of this left-hand page",
        };
        let words = if gutter < 0.0 {
            format!("{} beyond it", both(-gutter))
        } else {
            both(gutter)
        };
        page.hang("gutter", &format!("{words}, on the {side}"), None);
    }
    match code.to_fold_mm {
        Some(fold) if fold < 0.0 => page.hang(
            "fold",
            &format!("it lies across a fold, by {}", both(-fold)),
            None,
        ),
        Some(fold) => page.hang("fold", &format!("{} from the nearest", both(fold)), None),
        None => {}
    }
    if [left, above, right, below].iter().any(|d| *d < 0.0) {
        page.hang("note", "it is cut at the edge of the finished page", None);
    } else if code.kind == CodeKind::Qr
        && [left, above, right, below]
            .iter()
            .any(|d| *d < QUIET * code.module_mm - 0.1)
    {
        page.hang(
            "note",
            "the clear band around it is cut at the edge of the finished page",
            None,
        );
    }
    if code.rotation_deg != 0.0 {
        page.hang(
            "turned",
            &format!("{:.1} degrees to the left", code.rotation_deg),
            None,
        );
    }
    if let Some([across, down]) = code.pixels_per_module {
        page.hang("pixels", &format!("{:.2} a module", across.min(down)), None);
    }
    if let Some(inks) = code.inks.as_ref().filter(|i| i.len() > 1) {
        let words: Vec<String> = inks
            .iter()
            .map(|i| format!("{} {:.0} %", i.ink, i.percent))
            .collect();
        page.hang("inks", &words.join(", "), None);
    }
    if let Some(grade) = &code.grade {
        page.hang("grade", &graded(grade), None);
        if let Some(words) = grade.damage.as_ref().and_then(damaged) {
            page.hang("damage", &words, None);
        }
    }
    if code.inverted {
        page.hang("note", "light on dark: many readers fail", None);
    }
    if code.mirrored {
        page.hang("note", "mirrored: many readers fail", None);
    }
}

/// Whose number a bar code is: an ISBN with its hyphens and group, printed music, a periodical.
fn numbered(code: &CodeReport) -> Option<String> {
    if code.kind != CodeKind::Ean13 {
        return None;
    }
    if code.text.starts_with("9790") {
        return Some("ISMN: printed music, not a book".to_owned());
    }
    if code.text.starts_with("977") {
        return Some("ISSN: a periodical, not a book".to_owned());
    }
    if !isbn::is_bookland(&code.text) {
        return None;
    }
    let ranges = Ranges::shipped();
    Some(match ranges.parts(&code.text) {
        Parts::Whole { divided, group } => format!("ISBN {divided} ({group})"),
        Parts::NoRegistrant { begins, group } => {
            format!(
                "ISBN of {begins} ({group}), in no range given out by {}",
                ranges.checked
            )
        }
        Parts::NoGroup => format!("ISBN of no group known by {}", ranges.checked),
    })
}

/// `A (4.0) for the artwork: contrast 100 %, modulation 98 %, error correction left 100 %`.
fn graded(grade: &Grade) -> String {
    let mut words = format!(
        "{} ({:.1}) for the artwork: ",
        letter(grade.overall),
        grade.overall
    );
    let parts = [
        ("contrast", Some(grade.symbol_contrast)),
        ("modulation", Some(grade.modulation)),
        // Where no module has the wrong colour they are one.
        (
            "reflectance margin",
            grade
                .reflectance_margin
                .filter(|m| (m - grade.modulation).abs() > 1e-3),
        ),
        ("error correction left", grade.unused_error_correction),
        ("defects", grade.defects),
        ("decodability", grade.decodability),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(word, value)| Some(format!("{word} {:.0} %", value? * 100.0)))
        .collect();
    words += &parts.join(", ");
    if let Some(read) = grade.lines_read.filter(|n| *n < 10) {
        words += &format!(", {read} of 10 lines read");
    }
    words
}

/// `alignment 20 %, quiet zone 3 % of the wrong colour`; none where nothing is.
fn damaged(damage: &Damage) -> Option<String> {
    let parts = damage.parts().into_iter().filter(|(_, share)| *share > 0.0);
    let words: Vec<String> = parts
        .map(|(word, share)| format!("{word} {:.0} %", (share * 100.0).max(1.0)))
        .collect();
    (!words.is_empty()).then(|| format!("{} of the wrong colour", words.join(", ")))
}
