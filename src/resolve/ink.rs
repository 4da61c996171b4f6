//! Whether a book has to be printed in colour, read off its interior.

use std::collections::HashMap;

use crate::model::facts::{Colour, ColourUse, Document, Page, Painted, Visibility};

/// The kind of press a book needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PressKind {
    /// Black only.
    Black,
    /// Colour.
    Colour,
}

/// What the interior shows of its colours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ColourSurvey {
    /// The press it needs.
    pub press: PressKind,
    /// Pages that carry colour which is more than a speck.
    pub coloured: u32,
    /// Pages that carry no more than a speck of colour.
    pub specks: u32,
    /// Pages in all.
    pub pages: u32,
}

impl ColourSurvey {
    /// For people.
    pub(super) fn evidence(&self) -> String {
        let Self {
            press,
            coloured,
            pages,
            ..
        } = *self;
        let carry = if coloured == 1 { "carries" } else { "carry" };
        match (press, coloured) {
            (PressKind::Black, 0) if self.specks == 0 => "no page carries colour".to_owned(),
            (PressKind::Black, 0) => {
                "no page carries more colour than a logo or some coloured words".to_owned()
            }
            (PressKind::Black, _) => {
                format!(
                    "only {coloured} of {pages} pages {carry} more colour than a logo or some coloured words"
                )
            }
            (PressKind::Colour, _) if pages == 1 => "the page carries colour".to_owned(),
            (PressKind::Colour, _) => format!("{coloured} of {pages} pages {carry} colour"),
        }
    }
}

/// Colour over less of a page than this, in square points, is a speck: a logo, a link, a coloured initial. A square of 15 mm.
const SPECK: f64 = 1800.0;
/// A book of which this share of the pages carries colour is a colour book.
const SHARE: f64 = 0.05;
/// So many pages with colour make a colour book, however long it is: a section of plates.
const PLATES: u32 = 8;

/// Looks through an interior for colour.
pub(super) fn conclude(interior: &Document) -> ColourSurvey {
    let mut kinds: HashMap<u32, bool> = HashMap::new();
    let (mut coloured, mut specks) = (0u32, 0u32);
    for page in &interior.pages {
        let area = coloured_area(interior, page, &mut kinds);
        coloured += u32::from(area > SPECK);
        specks += u32::from(area > 0.0 && area <= SPECK);
    }
    let pages = interior.page_count();
    let colour = coloured >= PLATES || f64::from(coloured) > SHARE * f64::from(pages);
    ColourSurvey {
        press: if colour {
            PressKind::Colour
        } else {
            PressKind::Black
        },
        coloured,
        specks,
        pages,
    }
}

/// How much of a page, in square points, carries colour. Text counts with a tenth of its extent: letters are thin.
fn coloured_area(document: &Document, page: &Page, kinds: &mut HashMap<u32, bool>) -> f64 {
    let mut is_coloured = |index: u32| {
        *kinds
            .entry(index)
            .or_insert_with(|| is_coloured(document, index))
    };
    if !page.colours.iter().any(|u| is_coloured(u.colour)) {
        return 0.0;
    }
    let text = page
        .text
        .iter()
        .filter(|r| r.visibility == Visibility::Visible)
        .filter(|r| is_coloured(r.paint))
        .map(|r| r.area.area() * 0.1)
        .sum::<f64>();
    let mut images = 0.0;
    for image in page.images.iter().filter(|i| i.visible && !i.gray) {
        if is_coloured(image.paint) {
            images += image.area.area();
        }
    }
    let drawn = |u: &&ColourUse| !matches!(u.on, Painted::Text | Painted::Image);
    let mut art = 0.0;
    for used in page.colours.iter().filter(drawn) {
        if is_coloured(used.colour) {
            art += f64::from(used.covers);
        }
    }
    text + images + art
}

/// Whether a colour is one that a black press cannot print: RGB greys are black.
fn is_coloured(document: &Document, index: u32) -> bool {
    let Some(colour) = document.colour(index) else {
        return false;
    };
    if colour.parts.is_empty() {
        return colour.shows_colour();
    }
    // A pattern is as coloured as what it is drawn in.
    let parts = colour.parts.iter().filter_map(|p| document.colour(*p));
    parts.into_iter().any(Colour::shows_colour)
}
