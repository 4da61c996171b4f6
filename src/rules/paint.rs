//! Colours for rules: which objects are painted in which colour, and how messages name the places.

use super::words;
use crate::model::facts::{
    Colour, ColourUse, Document, Page, Painted, SpaceKind, TextRun, Visibility,
};
use crate::model::finding::Place;

/// One colour on one kind of thing on a page. A pattern counts as the colours it is drawn in.
#[derive(Clone, Copy)]
pub(super) struct Used<'a> {
    pub(super) page: &'a Page,
    pub(super) colour: &'a Colour,
    pub(super) on: Painted,
    pub(super) mark: &'a ColourUse,
}

/// Everything painted in a file, page by page, without marks and slug around a trim: `printer-marks-present` reports these.
pub(super) fn used(document: &Document) -> impl Iterator<Item = Used<'_>> {
    document.pages.iter().flat_map(move |page| {
        page.colours
            .iter()
            .filter(|mark| !mark.off_trim)
            .flat_map(move |mark| {
                let whole = document.colour(mark.colour);
                let parts = whole.map_or(&[][..], |c| c.parts.as_slice());
                let colours: Vec<&Colour> = if parts.is_empty() {
                    whole.into_iter().collect()
                } else {
                    parts.iter().filter_map(|p| document.colour(*p)).collect()
                };
                colours.into_iter().map(move |colour| Used {
                    page,
                    colour,
                    on: mark.on,
                    mark,
                })
            })
    })
}

/// The colours that stand behind a place in a document's colours: its own, and those that it is drawn in if it is a pattern.
pub(super) fn colours_of(document: &Document, place: u32) -> Vec<&Colour> {
    let whole = document.colour(place);
    let parts = whole.map_or(&[][..], |colour| colour.parts.as_slice());
    let own = whole.filter(|colour| colour.space != SpaceKind::Pattern);
    let parts = parts.iter().filter_map(|part| document.colour(*part));
    own.into_iter().chain(parts).collect()
}

/// Lettering on a ground darker by this, in per cent, is read whether its own tint prints or not.
const MUCH_DARKER: f64 = 30.0;
/// What is lighter than this, in per cent, was meant to be white or nearly.
const LIGHT: f64 = 10.0;

impl<'a> Used<'a> {
    /// Whether it is pictures whose pixels are greys, whatever their colour space has room for.
    pub(super) fn is_gray_picture(self) -> bool {
        let colour = self.mark.colour;
        let mut pictures = self
            .page
            .images
            .iter()
            .filter(move |i| i.visible && i.paint == colour)
            .peekable();
        self.on == Painted::Image && pictures.peek().is_some() && pictures.all(|i| i.gray)
    }

    /// The text set in it that can be seen.
    pub(super) fn runs(self) -> impl Iterator<Item = &'a TextRun> {
        let colour = self.mark.colour;
        let text = (self.on == Painted::Text).then_some(&self.page.text);
        text.into_iter()
            .flatten()
            .filter(move |r| r.paint == colour && r.visibility == Visibility::Visible)
    }

    /// Whether all of it is light lettering on something much darker: it is read whether its own tint prints or not.
    pub(super) fn is_light_on_dark(self, file: &Document) -> bool {
        let own = darkness(self.colour);
        let darker = |run: &TextRun| {
            let ground = run.ground.and_then(|g| file.colour(g));
            ground.is_some_and(|g| darkness(g) >= own + MUCH_DARKER)
        };
        let mut runs = self.runs().peekable();
        own <= LIGHT && runs.peek().is_some() && runs.all(darker)
    }

    /// Where the first of it lies, named for people with its colour.
    pub(super) fn place(self, document: &Document) -> Place {
        let colour = self.colour.words();
        let (area, what) = match self.on {
            Painted::Text => match self.runs().next() {
                Some(run) => (run.area, words::text(document, run, None)),
                None => (self.mark.area, "text".to_owned()),
            },
            Painted::Image => {
                let image = self
                    .page
                    .images
                    .iter()
                    .find(|i| i.visible && i.paint == self.mark.colour);
                match image {
                    Some(image) => (image.area, words::image(image)),
                    None => (self.mark.area, "a picture".to_owned()),
                }
            }
            other => (self.mark.area, other.words().to_owned()),
        };
        Place {
            page: self.page.number,
            area: Some(area),
            what: format!("{what}, {colour}"),
        }
    }
}

/// What things of several kinds are called together: `text, pictures and shapes`.
pub(super) fn kinds(found: &[Used<'_>]) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    let mut ordered: Vec<Painted> = found.iter().map(|u| u.on).collect();
    ordered.sort_unstable();
    for on in ordered {
        let word = match on {
            Painted::Text => "text",
            Painted::Image => "pictures",
            Painted::Fill => "shapes",
            Painted::Stroke => "lines",
            Painted::Shading => "shadings",
        };
        if !kinds.contains(&word) {
            kinds.push(word);
        }
    }
    list(&kinds)
}

/// Words joined as in speech.
pub(super) fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}

/// How many pages these lie on.
pub(super) fn pages(found: &[Used<'_>]) -> String {
    words::pages(found.iter().map(|u| u.page.number))
}

/// Places of all of them, in page order.
pub(super) fn places(document: &Document, found: &[Used<'_>]) -> Vec<Place> {
    found.iter().map(|u| u.place(document)).collect()
}

/// How dark a colour is on a black press, in per cent.
pub(super) fn darkness(colour: &Colour) -> f64 {
    let [c, m, y, k] = ["Cyan", "Magenta", "Yellow", "Black"].map(|n| f64::from(colour.ink(n)));
    let named = colour
        .inks
        .iter()
        .filter(|i| !crate::model::facts::is_process(&i.ink))
        .map(|i| f64::from(i.percent))
        .fold(0.0, f64::max);
    let light = |ink: f64| 100.0 - (ink + k).min(100.0);
    (100.0 - (0.3 * light(c) + 0.59 * light(m) + 0.11 * light(y))).max(named)
}
