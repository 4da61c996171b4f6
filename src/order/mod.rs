//! What is ordered of one product: the job, completed from the files, with everything assumed written down.

mod art;
mod leaf;

pub use art::{CoverArt, Found, cover_art};
pub use leaf::Leaf;

use crate::facts::{Book, CodeKind, Document, Page};
use crate::finding::Part;
use crate::geometry::{Direction, Rect, Side, Size};
use crate::job::{Bleed, Job};
use crate::profile::{BleedEdges, Cover, CoverModel, Profile, SAME_TRIM_PT as SAME, Stock};
use crate::units::{Length, Unit};

/// The finished size of the book, and whether somebody said so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trimmed {
    /// Width and height in points.
    pub size: Size,
    /// It was found from the files, not told.
    pub assumed: bool,
}

/// The trim of a book: as told, else what the interior's pages and the cover's height agree on.
pub fn trim(job: &Job, book: &Book, profiles: &[Profile]) -> Option<Trimmed> {
    if let Some(told) = job.trim {
        return Some(Trimmed {
            size: told.size,
            assumed: false,
        });
    }
    let interior = book.interior.as_deref().filter(|d| d.unreadable.is_none());
    let found = interior.and_then(|d| from_pages(d, book.cover.as_deref(), profiles));
    found
        .or_else(|| from_cover(book.cover.as_deref()?))
        .map(|size| Trimmed {
            size,
            assumed: true,
        })
}

fn from_pages(interior: &Document, cover: Option<&Document>, profiles: &[Profile]) -> Option<Size> {
    let page = typical(interior)?;
    if let Some(trim) = boxed_trim(page) {
        return Some(trim);
    }
    let size = page.size;
    let bleed = profiles
        .iter()
        .find_map(|p| p.interior.as_ref())
        .map_or(USUAL_BLEED, |i| i.bleed.as_pt());
    let offered = |size: Size| {
        profiles
            .iter()
            .flat_map(|p| &p.trims)
            .map(|t| Size::new(t.width.as_pt(), t.height.as_pt()))
            .find(|t| t.is_near(size, SAME))
    };
    let cover = cover.and_then(|c| c.pages.first());
    // What this page would be if it had bleed on three sides, on all four, or were a spread.
    let mut readings = vec![
        size,
        Size::new(size.width - bleed, size.height - 2.0 * bleed),
        Size::new(size.width - 2.0 * bleed, size.height - 2.0 * bleed),
    ];
    if size.width > size.height {
        readings.push(Size::new(size.width / 2.0, size.height));
        readings.push(Size::new(
            size.width / 2.0 - bleed,
            size.height - 2.0 * bleed,
        ));
    }
    let models: Vec<&CoverModel> = profiles.iter().filter_map(|p| p.cover.as_ref()).collect();
    let fits_cover = |trim: &Size| {
        cover.is_some_and(|page| {
            models.iter().any(|model| {
                let art = cover_art(page, *trim, model).size;
                let least = model.size(*trim, Length::default());
                (art.height - least.height).abs() <= SAME
                    && art.width > least.width - SAME
                    && art.width < least.width + WIDEST_SPINE
            })
        })
    };
    let chosen = readings
        .iter()
        .find(|r| offered(**r).is_some() && (cover.is_none() || fits_cover(r)))
        .or_else(|| readings.iter().find(|r| offered(**r).is_some()))
        .or_else(|| readings.iter().find(|r| fits_cover(r)))
        .copied()
        .unwrap_or(size);
    // The page itself is taken at its word; a reading that took bleed away is snapped to the trade's figure.
    Some(if chosen == size {
        size
    } else {
        offered(chosen).unwrap_or(chosen)
    })
}

/// The bleed to try where no product says: an eighth of an inch.
const USUAL_BLEED: f64 = 9.0;
/// No spine is wider, in points: 1,200 pages make 2.5 in.
const WIDEST_SPINE: f64 = 260.0;

fn from_cover(cover: &Document) -> Option<Size> {
    // A trim box on a cover is the finished wrap: its height is the trim's. Its width needs the spine.
    let page = cover.pages.first()?;
    let trim = page.trim?;
    let wide = trim.width() > trim.height() * 1.2 && cover.pages.len() == 1;
    (!wide).then(|| Size::new(trim.width(), trim.height()))
}

/// The most common page of a document.
pub fn typical(document: &Document) -> Option<&Page> {
    let mut counts: Vec<(&Page, usize)> = Vec::new();
    // A file of thousands of sizes is no book; its first sixty-four speak for it.
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

/// The size of a trim box that lies well inside the page.
fn boxed_trim(page: &Page) -> Option<Size> {
    let trim = page.trim?;
    let size = Size::new(trim.width(), trim.height());
    let inside = size.width > 72.0 && size.height > 72.0 && !size.is_near(page.size, 2.0);
    inside.then_some(size)
}

/// One product's view of the job.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// The product.
    pub profile: &'a Profile,
    /// The finished page, if it is known.
    pub trim: Option<Size>,
    /// The direction the book is read in.
    pub direction: Direction,
    /// Pages in the interior, or as told.
    pub pages: Option<u32>,
    /// The stock, told or found.
    pub stock: Option<&'a Stock>,
    /// The unit its people think in.
    pub unit: Unit,
    /// Whether the pages are to have bleed; none where both will do.
    pub bleed: Option<bool>,
    /// The ISBN the platform was told.
    pub isbn: Option<String>,
    /// The codes on its cover: their symbologies and what they say.
    pub cover_codes: Vec<(CodeKind, String)>,
    /// What was assumed: `trim`, `ink`, `paper`, `weight`.
    pub assumed: Vec<&'static str>,
}

impl<'a> Order<'a> {
    /// Completes the job for a product.
    pub fn new(profile: &'a Profile, job: &Job, book: &Book, trim: Option<Trimmed>) -> Self {
        let pages = book
            .interior
            .as_deref()
            .filter(|d| d.unreadable.is_none())
            .map(Document::page_count)
            .or(job.pages);
        let mut order = Self {
            profile,
            trim: trim.map(|t| t.size),
            direction: job.direction,
            pages,
            stock: None,
            unit: job.unit(),
            bleed: match job.bleed {
                Bleed::Auto => None,
                Bleed::Yes => Some(true),
                Bleed::No => Some(false),
            },
            isbn: job.isbn_for(&profile.id, &profile.platform).cloned(),
            cover_codes: book.cover.as_deref().map_or_else(Vec::new, |c| {
                c.codes.iter().map(|c| (c.kind, c.text.clone())).collect()
            }),
            assumed: Vec::new(),
        };
        if trim.is_some_and(|t| t.assumed) {
            order.assumed.push("trim");
        }
        order.choose_stock(job, book);
        order
    }

    /// Takes the stock told, or among those that agree with what was told the one whose spine the cover fits best.
    fn choose_stock(&mut self, job: &Job, book: &Book) {
        let stocks: Vec<&Stock> = self
            .profile
            .stocks
            .iter()
            .filter(|s| s.agrees(job))
            .collect();
        let width = book
            .cover
            .as_deref()
            .and_then(|c| c.pages.first())
            .zip(self.trim)
            .zip(self.profile.cover.as_ref())
            .map(|((page, trim), model)| cover_art(page, trim, model).size.width);
        let misfit = |stock: &Stock| {
            let (Some(width), Some(trim), Some(pages)) = (width, self.trim, self.pages) else {
                return 0.0;
            };
            let Some(model) = &self.profile.cover else {
                return 0.0;
            };
            self.profile
                .printed_counts(pages)
                .into_iter()
                .map(|n| (model.size(trim, stock.spine.width(n)).width - width).abs())
                .fold(f64::INFINITY, f64::min)
        };
        // Stocks that fit equally well to a tenth of a point stay in the profile's order, plainest first.
        #[allow(clippy::cast_possible_truncation)]
        let best = stocks
            .iter()
            .min_by_key(|s| (!self.takes(s), (misfit(s) * 10.0) as i64))
            .copied();
        self.stock = best;
        if stocks.len() > 1 {
            let choice = |told: bool, word: &'static str| (!told).then_some(word);
            self.assumed.extend(choice(job.ink.is_some(), "ink"));
            self.assumed.extend(choice(job.paper.is_some(), "paper"));
            if best.is_some_and(|s| s.weight.is_some()) {
                self.assumed.extend(choice(job.weight.is_some(), "weight"));
            }
        }
    }

    /// Whether the book's trim and page count can be had on this stock; true where they are not known.
    fn takes(&self, stock: &Stock) -> bool {
        let Some(trim) = self.trim else {
            return true;
        };
        let Some([fewest, most]) = self.profile.offer(trim, stock).pages() else {
            return false;
        };
        let printed = self.pages.map(|n| n + n % 2);
        printed.is_none_or(|n| (fewest..=most).contains(&n))
    }

    /// The page counts that are right here, likeliest first.
    pub fn printed(&self) -> Vec<u32> {
        self.pages
            .map_or_else(Vec::new, |n| self.profile.printed_counts(n))
    }

    /// The spine of the stock chosen.
    pub fn spine(&self) -> Option<Length> {
        let printed = self.printed().first().copied()?;
        Some(self.stock?.spine.width(printed))
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

    /// How a page of the interior lies: its finished area and its bind edge.
    pub fn leaf(&self, page: &Page) -> Leaf {
        let side = self.direction.side(page.number);
        let whole = Rect::new(0.0, 0.0, page.size.width, page.size.height);
        let Some(trim) = self.trim else {
            return Leaf {
                side,
                trim: whole,
                bleed: false,
                fits: false,
            };
        };
        if let Some(marked) = page.trim
            && Size::new(marked.width(), marked.height()).is_near(trim, SAME)
            && !page.size.is_near(trim, SAME)
        {
            return Leaf {
                side,
                trim: marked,
                bleed: true,
                fits: true,
            };
        }
        if let (Some((bleed, edges)), Some(with_bleed)) =
            (self.interior_bleed(), self.bleed_page(trim))
        {
            if page.size.is_near(with_bleed, SAME) {
                let inside = match edges {
                    BleedEdges::Outer => 0.0,
                    BleedEdges::All => bleed,
                };
                let (x0, x1) = match side {
                    Side::Right => (inside, page.size.width - bleed),
                    Side::Left => (bleed, page.size.width - inside),
                };
                return Leaf {
                    side,
                    trim: Rect::new(x0, bleed, x1, page.size.height - bleed),
                    bleed: true,
                    fits: true,
                };
            }
            let around = Size::new(trim.width + 2.0 * bleed, trim.height + 2.0 * bleed);
            if page.size.is_near(around, SAME) {
                return Leaf {
                    side,
                    trim: whole.inflate(-bleed),
                    bleed: true,
                    fits: false,
                };
            }
        }
        Leaf {
            side,
            trim: whole,
            bleed: false,
            fits: page.size.is_near(trim, SAME),
        }
    }

    /// A length for messages, in the job's unit first.
    pub fn words(&self, length: Length) -> String {
        length.show(self.unit)
    }

    /// A size for messages: `6.000 x 9.000 in (152.4 x 228.6 mm)`.
    pub fn size_words(&self, size: Size) -> String {
        let (w, h) = (Length::pt(size.width), Length::pt(size.height));
        let inches = format!("{:.3} x {:.3} in", w.as_inches(), h.as_inches());
        let mm = format!("{:.1} x {:.1} mm", w.as_mm(), h.as_mm());
        match self.unit {
            Unit::Inches => format!("{inches} ({mm})"),
            Unit::Millimetres => format!("{mm} ({inches})"),
        }
    }

    /// The file of a book that plays `part`.
    pub fn file(book: &Book, part: Part) -> Option<&Document> {
        match part {
            Part::Interior => book.interior.as_deref(),
            Part::Cover => book.cover.as_deref(),
        }
    }
}
