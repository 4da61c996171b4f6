//! The finished size of a book, read off its interior; covers may confirm it, never overrule it.

use super::answers::{ProductFiles, ResolvedTrim};
use super::art::{cover_art, runs_off};
use super::typical;
use crate::model::facts::{Document, Page};
use crate::model::geometry::{Rect, Size};
use crate::model::job::{Bleed, Job, Trim};
use crate::model::units::{Length, Unit};
use crate::profile::{OfferedTrim, Profile, SAME_TRIM_PT as SAME};

/// A trim with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EvidencedTrim {
    /// The trim.
    pub trim: ResolvedTrim,
    /// For people.
    pub evidence: String,
}

/// The bleed to try where no product states one: an eighth of an inch.
const USUAL_BLEED: f64 = 9.0;
/// Three millimetres, in points.
const THREE_MM: f64 = 3.0 * 72.0 / 25.4;
/// Five millimetres, in points.
const FIVE_MM: f64 = 5.0 * 72.0 / 25.4;
/// No spine is wider, in points: 1,200 pages make 2.5 in.
const WIDEST_SPINE: f64 = 260.0;
/// Sizes that agree within this, in points, are meant to be the same, not merely near.
pub(super) const EXACT: f64 = 0.5;

/// The bleeds that the job's products require on interior pages, in points.
pub(super) fn bleeds(asked: &[ProductFiles<'_>]) -> Vec<f64> {
    let mut bleeds: Vec<f64> = Vec::new();
    for one in asked {
        if let Some(interior) = &one.profile.interior {
            let bleed = interior.bleed.as_pt();
            if !bleeds.iter().any(|b| (b - bleed).abs() < 0.01) {
                bleeds.push(bleed);
            }
        }
    }
    if bleeds.is_empty() {
        bleeds.push(USUAL_BLEED);
    }
    bleeds
}

/// Concludes the trim: as the job states, else from the interior, else from a cover alone.
pub(super) fn conclude(
    job: &Job,
    interior: Option<&Document>,
    covers: &[&Document],
    asked: &[ProductFiles<'_>],
    known: &[Profile],
) -> Option<EvidencedTrim> {
    if let Some(told) = job.trim {
        return Some(EvidencedTrim {
            trim: ResolvedTrim {
                size: meant(told, asked),
                assumed: false,
                facing: false,
            },
            evidence: "told".to_owned(),
        });
    }
    let from_interior = interior.and_then(|interior| {
        TrimResolver {
            interior,
            covers,
            asked,
            known,
            bleeds: bleeds(asked),
            unit: job.unit(),
            bleed_told: job.bleed == Bleed::Yes,
        }
        .conclude()
    });
    from_interior.or_else(|| covers.iter().find_map(|c| from_cover(c)))
}

/// The trim that is told. In whole millimetres it may be rounded: 152 x 229 mm is what products list as 6 x 9 in, unless one
/// lists that very size.
fn meant(told: Trim, asked: &[ProductFiles<'_>]) -> Size {
    let rounded = |size: Size| size.to_array().map(|side| Length::pt(side).as_mm().round());
    let [width, height] = rounded(told.size).map(|side| Length::mm(side).as_pt());
    let is_whole = told.size.is_near(Size::new(width, height), 0.01);
    let trims = || {
        asked
            .iter()
            .flat_map(|one| &one.profile.trims)
            .map(OfferedTrim::size)
    };
    if told.unit != Unit::Millimetres || !is_whole || trims().any(|t| t.is_near(told.size, EXACT)) {
        return told.size;
    }
    let mut alike = trims().filter(|t| rounded(*t) == rounded(told.size));
    alike.next().unwrap_or(told.size)
}

/// A trim box on a front cover alone is the finished page. On a whole wrap its width would need the spine.
fn from_cover(cover: &Document) -> Option<EvidencedTrim> {
    let [page] = cover.pages.as_slice() else {
        return None;
    };
    let trim = page.trim?;
    let wide = trim.width() > trim.height() * 1.2;
    (!wide).then(|| found(size_of(trim), "the trim box of the cover has this size"))
}

pub(super) fn found(size: Size, evidence: impl Into<String>) -> EvidencedTrim {
    EvidencedTrim {
        trim: ResolvedTrim {
            size,
            assumed: true,
            facing: false,
        },
        evidence: evidence.into(),
    }
}

pub(super) fn size_of(area: Rect) -> Size {
    Size::new(area.width(), area.height())
}

/// Everything a trim is concluded from.
pub(super) struct TrimResolver<'a> {
    pub(super) interior: &'a Document,
    covers: &'a [&'a Document],
    asked: &'a [ProductFiles<'a>],
    known: &'a [Profile],
    pub(super) bleeds: Vec<f64>,
    unit: Unit,
    /// Whether the job states that the pages have bleed.
    bleed_told: bool,
}

impl TrimResolver<'_> {
    fn conclude(&self) -> Option<EvidencedTrim> {
        let page = typical(self.interior)?;
        let size = page.size;
        if let Some(found) = self.boxed(size).or_else(|| self.marked(size)) {
            return Some(found);
        }
        let mut facing = self.facing(page);
        if let Some(found) = facing.take_if(|f| f.1) {
            return Some(found.0);
        }
        // Pages of an offered size have no bleed, whatever is told; that is found and reported later.
        let round = || {
            self.round_less_bleed(size)
                .filter(|_| self.offered(size, SAME).is_none())
        };
        if self.bleed_told
            && let Some(trim) = self.less_bleed(size, SAME).or_else(round)
        {
            let evidence = "the pages have this size with bleed, which was told";
            return Some(found(trim, evidence));
        }
        if self.offered(size, SAME).is_some() {
            return Some(found(size, self.measure(size)));
        }
        facing
            .map(|f| f.0)
            .or_else(|| self.with_bleed(size))
            .or_else(|| Some(found(size, self.measure_or(size))))
    }

    /// How many pages have a size, and what else it may be.
    fn measure_or(&self, size: Size) -> String {
        let measure = self.measure(size);
        match self.less_bleed(size, EXACT) {
            Some(trim) => {
                let trim = super::size_words(trim, self.unit);
                format!("{measure}, though it may be {trim} with bleed; nothing runs off them")
            }
            None => measure,
        }
    }

    /// A size of whole millimetres or eighths of an inch that these pages are with bleed.
    fn round_less_bleed(&self, page: Size) -> Option<Size> {
        let readings = self.readings(page).into_iter().map(|(reading, _)| reading);
        readings.into_iter().find(|reading| is_round(*reading))
    }

    /// How many pages have a size, for people.
    fn measure(&self, size: Size) -> String {
        let all = self.interior.pages.len();
        let alike = self
            .interior
            .pages
            .iter()
            .filter(|p| p.size.is_near(size, EXACT))
            .count();
        match (alike, all) {
            (1, 1) => "the page has this size".to_owned(),
            (alike, all) if alike == all => format!("all {all} pages have this size"),
            _ => format!("{alike} of {all} pages have this size"),
        }
    }

    /// The trim offered anywhere that is this size.
    pub(super) fn offered(&self, size: Size, within: f64) -> Option<Size> {
        let trims = self.known.iter().flat_map(|p| &p.trims);
        let near = trims.map(|t| t.size()).filter(|t| t.is_near(size, within));
        let off = |t: &Size| (t.width - size.width).abs() + (t.height - size.height).abs();
        near.min_by(|a, b| off(a).total_cmp(&off(b)))
    }

    /// The size of most pages' trim boxes, where these are smaller than the page. A box of a size that no product offers, on a page
    /// of an offered size, is a mistake; the rule about trim boxes reports it.
    fn boxed(&self, page: Size) -> Option<EvidencedTrim> {
        let inner = |p: &Page| {
            let size = size_of(p.trim?);
            let inside = size.width > 72.0 && size.height > 72.0 && !size.is_near(p.size, 2.0);
            inside.then_some(size)
        };
        let (size, pages) = self.most_common(inner)?;
        if pages * 2 <= self.interior.pages.len() {
            return None;
        }
        let whole = self.offered(page, SAME).is_some() || self.less_bleed(page, EXACT).is_some();
        if whole && (self.offered(size, SAME).is_none() || self.contradicted(page, size)) {
            return None;
        }
        Some(found(
            size,
            match pages {
                1 => "the trim box of 1 page says so".to_owned(),
                pages => format!("the trim boxes of {pages} pages say so"),
            },
        ))
    }

    /// Whether a cover is made for the page, or for the page less its bleed, and none for what a box in it marks.
    fn contradicted(&self, page: Size, boxed: Size) -> bool {
        let readings = self.readings(page).into_iter().map(|(reading, _)| reading);
        let mut whole = readings.chain([page]).filter(|r| !r.is_near(boxed, SAME));
        !self.confirmed(boxed) && whole.any(|r| self.confirmed(r))
    }

    /// The size that most pages give, and how many do.
    pub(super) fn most_common(&self, of: impl Fn(&Page) -> Option<Size>) -> Option<(Size, usize)> {
        let mut sizes: Vec<(Size, usize)> = Vec::new();
        for size in self.interior.pages.iter().filter_map(of) {
            let room = sizes.len() < MOST_SIZES;
            match sizes.iter_mut().find(|(s, _)| s.is_near(size, 1.0)) {
                Some((_, n)) => *n += 1,
                None if room => sizes.push((size, 1)),
                None => {}
            }
        }
        sizes.into_iter().max_by_key(|(_, n)| *n)
    }

    /// A size offered that these pages are with bleed, exactly.
    fn less_bleed(&self, page: Size, within: f64) -> Option<Size> {
        self.readings(page)
            .into_iter()
            .find_map(|(reading, _)| self.offered(reading, within))
    }

    /// What a page would be if it had bleed on three sides, or on all four; nearest to the platforms' own way first.
    fn readings(&self, page: Size) -> Vec<(Size, &'static str)> {
        let mut list = Vec::new();
        // Files often have Europe's three millimetres where a platform requires an eighth of an inch; some printers require five.
        let mut bleeds = self.bleeds.clone();
        for usual in [THREE_MM, FIVE_MM] {
            if !bleeds.iter().any(|b| (b - usual).abs() < 0.1) {
                bleeds.push(usual);
            }
        }
        for b in &bleeds {
            let three = Size::new(page.width - b, page.height - 2.0 * b);
            list.push((three, "three sides"));
        }
        for b in &bleeds {
            let four = Size::new(page.width - 2.0 * b, page.height - 2.0 * b);
            list.push((four, "four sides"));
        }
        list
    }

    /// The trim of pages that have bleed, if art runs off them, or a cover of just that trim confirms it.
    fn with_bleed(&self, page: Size) -> Option<EvidencedTrim> {
        let off = self.pages_art_runs_off(page);
        let words = |size: Size, sides: &str| {
            let pages = if off == 1 { "page" } else { "pages" };
            found(
                size,
                format!("art runs off {off} {pages}, which have this size with bleed on {sides}"),
            )
        };
        let readings = self.readings(page);
        if off > 0 {
            let listed = readings
                .iter()
                .find_map(|(r, sides)| self.offered(*r, SAME).map(|o| words(o, sides)));
            let meant = || {
                let (reading, sides) = readings
                    .iter()
                    .find(|(r, _)| (is_round(*r) && !is_round(page)) || self.confirmed(*r))?;
                Some(words(*reading, sides))
            };
            if let Some(found) = listed.or_else(meant) {
                return Some(found);
            }
        }
        let (reading, sides) = readings.iter().find_map(|(r, sides)| {
            let offered = self.offered(*r, EXACT)?;
            self.confirmed(offered).then_some((offered, sides))
        })?;
        Some(found(
            reading,
            format!("the pages have this size with bleed on {sides}, and the cover is made for it"),
        ))
    }

    /// Pages of this size off whose edges art runs.
    fn pages_art_runs_off(&self, size: Size) -> usize {
        let of_size = self
            .interior
            .pages
            .iter()
            .filter(|p| p.size.is_near(size, SAME));
        of_size.filter(|p| runs_off(p)).count()
    }

    /// Whether a cover has exactly the height of this trim's, and room for a spine.
    pub(super) fn confirmed(&self, trim: Size) -> bool {
        let models = || self.asked.iter().filter_map(|a| a.profile.cover.as_ref());
        self.covers.iter().any(|cover| {
            let page = cover.pages.first();
            page.is_some_and(|page| {
                models().any(|model| {
                    let art = cover_art(page, trim, model).size;
                    let least = model.size(trim, Length::default());
                    (art.height - least.height).abs() <= EXACT
                        && art.width > least.width
                        && art.width < least.width + WIDEST_SPINE
                })
            })
        })
    }
}

/// Distinct sizes counted in one file: one with more is no book.
const MOST_SIZES: usize = 64;
/// Whether both sides are whole millimetres or eighths of an inch: what people choose, and bleed leaves of no size.
pub(super) fn is_round(size: Size) -> bool {
    let whole = |points: f64, unit: f64| {
        let n = points / unit;
        (n - n.round()).abs() * unit <= 0.15
    };
    [72.0 / 8.0, 72.0 / 25.4]
        .into_iter()
        .any(|unit| whole(size.width, unit) && whole(size.height, unit))
}
