//! The job as resolved for one product: what the user stated, completed by what the files show.

mod answers;
mod art;
mod conclusion;
mod crop_marks;
mod direction;
mod facing;
mod ink;
mod likeness;
mod placement;
mod sheet;
mod stock;
mod trim;

pub use answers::{Assumption, Choice, Conclusion, ProductFiles, ResolvedTrim, SpineEvidence};
pub use art::{ArtSource, CoverArt, cover_art};
pub use conclusion::{conclude, conclude_book};
pub use ink::PressKind;
pub use likeness::{Likeness, likeness, other_binding};
pub use placement::PagePlacement;
pub use sheet::Sheets;

use crate::model::facts::{Book, CodeKind, Document, Page};
use crate::model::finding::Part;
use crate::model::geometry::{Direction, Rect, Side, Size};
use crate::model::job::{Bleed, Job, Setting};
use crate::model::units::{Length, Unit, tidy};
use crate::profile::{BleedEdges, Cover, Profile, SAME_TRIM_PT as SAME, Stock};

/// The most common page of a document.
pub fn typical(document: &Document) -> Option<&Page> {
    let mut counts: Vec<(&Page, usize)> = Vec::new();
    // Sixty-four sizes are enough: a file of thousands would make this quadratic.
    for page in &document.pages {
        if counts.len() >= 64 {
            break;
        }
        match counts
            .iter_mut()
            .find(|(p, _)| p.size.is_near(page.size, 0.5))
        {
            Some((_, count)) => *count += 1,
            None => counts.push((page, 1)),
        }
    }
    // The earliest of equals.
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map(|(page, _)| page)
}

/// The job as one product takes it, with every open question answered.
#[derive(Clone, Debug)]
pub struct ResolvedJob<'a> {
    /// The product.
    pub profile: &'a Profile,
    /// The finished page, if it is known.
    pub trim: Option<Size>,
    /// The direction the book is read in.
    pub direction: Direction,
    /// How the pages lie on the sheets of the file.
    pub sheets: Sheets,
    /// Pages of the book, sheets of two counted twice; as the job states where there is no interior.
    pub pages: Option<u32>,
    /// The stock, stated or concluded.
    pub stock: Option<&'a Stock>,
    /// The ink and paper that the job states, for people.
    pub stated_stock: String,
    /// The stocks that may be meant: they agree with the job and can print the interior's colours.
    pub candidates: Vec<&'a Stock>,
    /// How the covers bear out the stock.
    pub fit: SpineEvidence,
    /// The kind of press the interior needs, where the job leaves the ink open.
    press: Option<PressKind>,
    /// The spine that the job states, as the platform's own calculator gave it.
    pub stated_spine: Option<Length>,
    /// The unit its people think in.
    pub unit: Unit,
    /// Whether the pages are to have bleed; none where both will do.
    pub bleed: Option<bool>,
    /// The ISBN entered at the platform.
    pub isbn: Option<String>,
    /// The title entered at the platform.
    pub title: Option<String>,
    /// The author entered at the platform.
    pub author: Option<String>,
    /// The codes on its cover: their symbologies and what they say.
    pub cover_codes: Vec<(CodeKind, String)>,
    /// What was assumed.
    pub assumed: Vec<Setting>,
}

impl<'a> ResolvedJob<'a> {
    /// Completes the job for a product.
    pub fn new(profile: &'a Profile, job: &Job, book: &Book, concluded: &Conclusion) -> Self {
        let mut resolved = Self {
            profile,
            trim: concluded.trim.map(|t| t.size),
            direction: concluded.direction,
            sheets: concluded.sheets.clone(),
            pages: concluded.pages,
            stock: None,
            stated_stock: stock::stated(job),
            candidates: stock::meant(profile, job, concluded.press),
            fit: concluded.stock.fit,
            press: concluded.press,
            stated_spine: job.spine,
            unit: job.unit(),
            bleed: match job.bleed {
                Bleed::Auto => None,
                Bleed::Yes => Some(true),
                Bleed::No => Some(false),
            },
            isbn: job.edition(&profile.id, &profile.platform).isbn,
            title: job.title.clone(),
            author: job.author.clone(),
            cover_codes: book.cover.as_deref().map_or_else(Vec::new, |c| {
                c.codes.iter().map(|c| (c.kind, c.text.clone())).collect()
            }),
            assumed: concluded.assumptions.iter().map(|a| a.what).collect(),
        };
        resolved.choose_stock(job, book, concluded);
        resolved
    }

    /// Takes the product's stock of the ink and paper concluded for the book; where it has several, the one that takes the
    /// trim and the page count, and of those the one whose spine the cover fits.
    fn choose_stock(&mut self, job: &Job, book: &Book, concluded: &Conclusion) {
        let files = ProductFiles {
            profile: self.profile,
            book,
        };
        let off = |s: &Stock| stock::off(&files, s, concluded).unwrap_or(i64::MAX);
        let stocks = &self.candidates;
        let choice = &concluded.stock;
        let unlike = |s: &Stock| {
            (
                choice.ink.is_some_and(|ink| ink != s.ink),
                choice.paper.is_some_and(|paper| paper != s.paper),
            )
        };
        let best = stocks
            .iter()
            .min_by_key(|s| (unlike(s), !self.takes(s), self.doubts(s), off(s)))
            .copied();
        let alike = |s: &&&Stock| Some(unlike(s)) == best.map(unlike);
        if job.weight.is_none()
            && best.is_some_and(|s| s.weight.is_some())
            && stocks.iter().filter(alike).count() > 1
        {
            self.assumed.push(Setting::Weight);
        }
        self.stock = best;
    }

    /// Whether the book's trim and page count can be had on this stock; true where they are not known.
    fn takes(&self, stock: &Stock) -> bool {
        let binds = |trim| stock::binds(self.profile, stock, trim, self.pages);
        self.trim.is_none_or(|trim| binds(trim).unwrap_or_default())
    }

    /// Whether it is doubtful that the book's trim can be had on this stock.
    fn doubts(&self, stock: &Stock) -> bool {
        self.trim
            .is_some_and(|trim| self.profile.offer(trim, stock).doubt().is_some())
    }

    /// Whether a stock's ink can print the interior's colours; true where there is no interior or the job states the ink.
    pub fn prints(&self, stock: &Stock) -> bool {
        stock::prints(stock, self.press)
    }

    /// The page counts that are right here, likeliest first.
    pub fn printed(&self) -> Vec<u32> {
        self.pages
            .map_or_else(Vec::new, |n| self.profile.printed_counts(n))
    }

    /// The spine of the stock chosen.
    pub fn spine(&self) -> Option<Length> {
        let printed = self.printed().first().copied()?;
        self.spine_of(self.stock?, printed)
    }

    /// The spine of so many pages on a stock: by the platform's model or, where none is known, as the job states.
    pub fn spine_of(&self, stock: &Stock, pages: u32) -> Option<Length> {
        stock.spine.width(pages).or(self.stated_spine)
    }

    /// The cover that is right here, laid out.
    pub fn cover(&self) -> Option<Cover> {
        self.cover_with(self.spine()?)
    }

    /// The cover with another spine.
    pub fn cover_with(&self, spine: Length) -> Option<Cover> {
        let model = self.profile.cover.as_ref()?;
        Some(model.lay_out(self.trim?, spine, self.direction))
    }

    /// The bleed of interior pages, in points, and the edges that have it.
    pub fn interior_bleed(&self) -> Option<(f64, BleedEdges)> {
        let interior = self.profile.interior.as_ref()?;
        Some((interior.bleed.as_pt(), interior.edges))
    }

    /// The size of an interior page with bleed.
    pub fn bleed_page(&self, trim: Size) -> Option<Size> {
        self.profile.bleed_page(trim)
    }

    /// How a page of the interior lies: its finished area and its bind edge. Of a sheet that holds two pages, the left
    /// one; [`ResolvedJob::placement_at`] tells them apart.
    pub fn placement(&self, page: &Page) -> PagePlacement {
        self.placement_at(page, Rect::default())
    }

    /// How the page lies that this area of a sheet belongs to.
    pub fn placement_at(&self, page: &Page, area: Rect) -> PagePlacement {
        let side = self.direction.side(self.sheets.first_page(page.number));
        let whole = Rect::new(0.0, 0.0, page.size.width, page.size.height);
        let Some(trim) = self.trim else {
            return PagePlacement::alone(side, whole, false);
        };
        if self.sheets.is_double(page.number) {
            return self.half(page, area, trim);
        }
        if let (Some((bleed, edges)), Some(with_bleed)) =
            (self.interior_bleed(), self.bleed_page(trim))
            && page.size.is_near(with_bleed, SAME)
        {
            let inside = match edges {
                BleedEdges::Outer => 0.0,
                BleedEdges::All => bleed,
            };
            let (x0, x1) = match side {
                Side::Right => (inside, page.size.width - bleed),
                Side::Left => (bleed, page.size.width - inside),
            };
            return PagePlacement {
                bleed: true,
                ..PagePlacement::alone(
                    side,
                    Rect::new(x0, bleed, x1, page.size.height - bleed),
                    true,
                )
            };
        }
        if page.size.is_near(trim, SAME) {
            return PagePlacement::alone(side, whole, true);
        }
        if let Some(marked) = marked(page, trim) {
            return PagePlacement {
                bleed: true,
                marked: true,
                ..PagePlacement::alone(side, marked, true)
            };
        }
        if let Some((bleed, _)) = self.interior_bleed() {
            let around = Size::new(trim.width + 2.0 * bleed, trim.height + 2.0 * bleed);
            if page.size.is_near(around, SAME) {
                return PagePlacement {
                    bleed: true,
                    ..PagePlacement::alone(side, whole.inflate(-bleed), false)
                };
            }
        }
        PagePlacement::alone(side, whole, false)
    }

    /// One of two pages on a sheet: the one on which the middle of an area lies.
    fn half(&self, page: &Page, area: Rect, trim: Size) -> PagePlacement {
        let fold = page.size.width / 2.0;
        let top = ((page.size.height - trim.height) / 2.0).max(0.0);
        let [x, _] = area.middle();
        let (side, x0) = if x < fold {
            (Side::Left, fold - trim.width)
        } else {
            (Side::Right, fold)
        };
        let finished = Rect::new(x0, top, x0 + trim.width, top + trim.height);
        PagePlacement {
            bleed: top > 1.0,
            ..PagePlacement::alone(side, finished, true)
        }
    }

    /// A length for messages, in the job's unit first.
    pub fn words(&self, length: Length) -> String {
        length.show(self.unit)
    }

    /// A size for messages: `6.000 x 9.000 in (152.4 x 228.6 mm)`.
    pub fn size_words(&self, size: Size) -> String {
        size_words(size, self.unit)
    }

    /// The file of a book that plays `part`.
    pub fn file(book: &Book, part: Part) -> Option<&Document> {
        match part {
            Part::Interior => book.interior.as_deref(),
            Part::Cover => book.cover.as_deref(),
        }
    }
}

/// The finished page on a larger sheet, as its trim box or its crop marks have it.
fn marked(page: &Page, trim: Size) -> Option<Rect> {
    let is_trim = |r: &Rect| Size::new(r.width(), r.height()).is_near(trim, SAME);
    let marks = page.crop_marks.map(|m| m.trim);
    page.trim.filter(is_trim).or(marks.filter(is_trim))
}

/// A size for people: `6.000 x 9.000 in (152.4 x 228.6 mm)`.
pub fn size_words(size: Size, unit: Unit) -> String {
    let (w, h) = (Length::pt(size.width), Length::pt(size.height));
    // Rounded as single lengths are, so that one figure is not written in two ways.
    let [w_in, h_in] = [w, h].map(|side| tidy(side.as_inches(), 3));
    let [w_mm, h_mm] = [w, h].map(|side| tidy(side.as_mm(), 1));
    let inches = format!("{w_in:.3} x {h_in:.3} in");
    let mm = format!("{w_mm:.1} x {h_mm:.1} mm");
    match unit {
        Unit::Inches => format!("{inches} ({mm})"),
        Unit::Millimetres => format!("{mm} ({inches})"),
    }
}
