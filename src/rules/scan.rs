//! Shared by rules about codes: naming a code, comparing it with limits.

use crate::isbn;
use crate::model::facts::{Code, CodeKind, Document};
use crate::model::finding::{Level, Place};
use crate::model::units::Length;

/// The place of a code, described by its text and width.
pub(super) fn place(code: &Code) -> Place {
    let says: String = code
        .text
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(60)
        .collect();
    Place {
        page: code.page,
        area: Some(code.area),
        what: format!(
            "{} \"{says}\", {:.1} mm wide, modules of {:.2} mm",
            code.kind.word(),
            code.side_mm,
            code.module_mm
        ),
    }
}

/// The beginning of a text, short enough for a message.
pub(super) fn short(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| {
            // What has no width or turns the direction of text would be read wrongly.
            let unseen = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
            if c.is_control() || unseen { ' ' } else { c }
        })
        .collect();
    if clean.chars().count() <= 60 {
        return clean;
    }
    format!("{}…", clean.chars().take(59).collect::<String>())
}

/// Symbols of a kind that were found and cannot be decoded.
pub(super) fn unread(file: &Document, kind: CodeKind) -> Vec<Place> {
    let of = file.unread.iter().filter(|u| u.kind == kind);
    of.map(|u| Place {
        page: u.page,
        area: Some(u.area),
        what: {
            let article = if kind.word().starts_with('E') {
                "an"
            } else {
                "a"
            };
            format!("looks like {article} {}: {}", kind.word(), u.tried)
        },
    })
    .collect()
}

/// Codes with what was measured of each, the limit they fall short of, and how bad that is.
type Graded<'c, L> = (Vec<(f64, &'c Code)>, L, Level);

/// Codes parted by two limits, the worst first in each part: those that are refused and those that are doubtful.
/// `value` is what is measured of a code, `below` whether it falls short of a limit.
pub(super) fn graded<'c, L: Copy>(
    codes: impl Iterator<Item = (f64, &'c Code)>,
    [error, warning]: [L; 2],
    below: impl Fn(f64, L) -> bool,
) -> [Graded<'c, L>; 2] {
    let mut codes: Vec<(f64, &Code)> = codes.collect();
    codes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (refused, mut doubtful): (Vec<_>, Vec<_>) =
        codes.into_iter().partition(|(v, _)| below(*v, error));
    doubtful.retain(|(v, _)| below(*v, warning));
    [
        (refused, error, Level::Error),
        (doubtful, warning, Level::Warning),
    ]
}

/// The QR codes of a file.
pub(super) fn qr(file: &Document) -> impl Iterator<Item = &Code> + Clone {
    file.codes.iter().filter(|c| c.kind == CodeKind::Qr)
}

/// Corners are found to a part in some hundreds, so a code drawn exactly at its limit may measure a little less.
const SLACK: f64 = 0.004;

/// Whether a printed length in millimetres falls short of a limit.
pub(super) fn is_short(mm: f64, limit: Length) -> bool {
    Length::mm(mm).as_pt() < limit.as_pt() * (1.0 - SLACK)
}

/// The bar codes of a file that are ISBNs: their prefix is that of books.
pub(super) fn isbns(file: &Document) -> Vec<&Code> {
    let is_book = |c: &&Code| c.kind == CodeKind::Ean13 && isbn::is_bookland(&c.text);
    file.codes.iter().filter(is_book).collect()
}
