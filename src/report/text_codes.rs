//! Codes found in a file, for people.

use std::fmt::Write;

use super::model::CodeReport;
use super::text::{Ink, Paper, Style};
use crate::facts::Document;
use crate::finding::Part;
use crate::units::Length;

/// The codes of a file for people.
pub fn codes_text(document: &Document, style: Style) -> String {
    let mut page = Paper {
        out: String::new(),
        style,
        known: &[],
    };
    if let Some(why) = &document.unreadable {
        page.line(&format!("{}: cannot be read: {why}", document.name));
        return page.out;
    }
    for code in &document.codes {
        let code = CodeReport::new(Part::Interior, code);
        let side = Length::mm(code.side_mm).show(style.unit);
        let head = page.paint(code.kind.word(), Ink::Bold);
        let [x, y, ..] = code.area_mm;
        page.line(&format!(
            "{head}  page {}, {x:.1} mm from the left, {y:.1} mm from the top",
            code.page
        ));
        let mut measured = format!(
            "{side}, {} modules of {:.2} mm",
            code.modules, code.module_mm
        );
        if let Some(height) = code.bar_height_mm {
            let _ = write!(
                measured,
                ", bars {} high",
                Length::mm(height).show(style.unit)
            );
        }
        page.hang("side", &measured, None);
        match (code.quiet_sides_modules.as_slice(), code.quiet_zone_modules) {
            ([before, after], _) => {
                page.hang(
                    "clear",
                    &format!("{before:.1} modules before, {after:.1} after"),
                    None,
                );
            }
            (_, Some(quiet)) if quiet < 4.0 => {
                page.hang(
                    "clear",
                    &format!("{quiet:.1} modules around it; 4 belong there"),
                    None,
                );
            }
            _ => {}
        }
        if code.inverted {
            page.hang("note", "light on dark: many readers fail", None);
        }
        // Control characters would move the terminal's cursor.
        let text: String = code
            .text
            .replace("\r\n", " | ")
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        page.hang("text", &text, None);
        if let Some(add_on) = &code.add_on {
            page.hang("price", add_on, None);
        }
    }
    if document.codes.is_empty() {
        page.line(&format!(
            "{}: no QR code found on {} pages",
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
