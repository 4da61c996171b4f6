//! Codes found in a file, for people.

use super::codes::{self, CodeReport};
use super::text::{Ink, Paper, Style};
use crate::facts::{CodeKind, Document, Grade, letter};
use crate::geometry::Size;
use crate::units::Length;

/// Clear modules that belong around a QR code.
const QUIET: f64 = 4.0;

/// The codes of a file for people; `told` is the finished size of its pages.
pub fn codes_text(document: &Document, told: Option<Size>, style: Style) -> String {
    let mut page = Paper {
        out: String::new(),
        style,
        known: &[],
    };
    if let Some(why) = &document.unreadable {
        page.line(&format!("{}: cannot be read: {why}", document.name));
        return page.out;
    }
    let found = codes::of_file(document, told);
    for code in &found {
        one(&mut page, code);
    }
    for unread in codes::unread(document) {
        let head = page.paint(&format!("looks like a {}", unread.kind.word()), Ink::Bold);
        let [x, y, ..] = super::model::millimetres(unread.area_pt);
        page.line(&format!(
            "{head}  page {}, {x:.1} mm from the left, {y:.1} mm from the top",
            unread.page
        ));
        page.hang("note", "it cannot be read", None);
        page.hang("tried", &unread.tried, None);
    }
    if found.is_empty() && document.unread.is_empty() {
        page.line(&format!(
            "{}: no code found on {} pages",
            document.name,
            document.pages.len()
        ));
    }
    for gap in &document.gaps {
        let at = gap.page.map_or(String::new(), |p| format!("page {p}: "));
        page.line(&format!("not checked: {at}{}", gap.why));
    }
    page.out
}

fn one(page: &mut Paper<'_>, code: &CodeReport) {
    let head = page.paint(code.kind.word(), Ink::Bold);
    let [x, y, ..] = code.area_mm;
    page.line(&format!(
        "{head}  page {}, {x:.1} mm from the left, {y:.1} mm from the top",
        code.page
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
        &format!("{left:.1} mm left, {above:.1} above, {right:.1} right, {below:.1} below"),
        None,
    );
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
    }
    if code.inverted {
        page.hang("note", "light on dark: many readers fail", None);
    }
    if code.mirrored {
        page.hang("note", "mirrored: many readers fail", None);
    }
}

/// `A (4.0) for the artwork: contrast 100 %, modulation 98 %, error correction left 100 %`.
fn graded(grade: &Grade) -> String {
    let mut words = format!(
        "{} ({:.1}) for the artwork: contrast {:.0} %, modulation {:.0} %",
        letter(grade.overall),
        grade.overall,
        grade.symbol_contrast * 100.0,
        grade.modulation * 100.0
    );
    if let Some(unused) = grade.unused_error_correction {
        words += &format!(", error correction left {:.0} %", unused * 100.0);
    }
    if let Some(decodability) = grade.decodability {
        words += &format!(", decodability {:.0} %", decodability * 100.0);
    }
    words
}
