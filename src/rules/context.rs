//! What a rule sees: the facts, the resolved job, and the products known. Never a PDF.

use crate::model::facts::{Book, Document, Page, PlacedImage, TextRun, Visibility};
use crate::model::finding::{Part, Skip};
use crate::model::geometry::Rect;
use crate::model::job::{Ink, Setting};
use crate::profile::{CoverModel, Offer, PageRange, Profile, Stock};
use crate::resolve::{ArtSource, ResolvedJob, cover_art};

use super::page_object::{PageObject, objects_on};

/// Everything a rule may use.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The book as measured.
    pub book: &'a Book,
    /// The job as resolved for this product.
    pub resolved: &'a ResolvedJob<'a>,
    /// Every product known, to say where else a file would fit.
    pub known: &'a [Profile],
    /// The job as resolved for every product asked for, this one included.
    pub peers: &'a [ResolvedJob<'a>],
}

/// Between which page counts a platform binds this book on the chosen stock.
#[derive(Clone, Debug)]
pub(super) struct PageBounds {
    /// Up to here it is bound for sure though the most of its trim is not known.
    pub(super) safe: Option<u32>,
    /// The count that is printed, padded where the platform pads.
    pub(super) printed: u32,
    /// Outside these it is refused.
    pub(super) refused: PageRange,
    /// The most pages of the stock in any trim.
    pub(super) widest: Option<u32>,
    /// Outside these it is doubtful.
    pub(super) doubtful: Option<PageRange>,
    /// Whether the doubt is that the platform states no limits for a size of one's own; otherwise sources differ.
    pub(super) custom: bool,
    /// What the bounds are of: product and stock, for people.
    pub(super) of: String,
}

impl<'a> Context<'a> {
    /// The file that is `part`; ends the check if the job has none or it cannot be read.
    pub(super) fn file(&self, part: Part) -> Result<&'a Document, Skip> {
        let document = ResolvedJob::file(self.book, part)
            .ok_or_else(|| Skip::NotApplicable(format!("no {} was given", part.word())))?;
        match &document.unreadable {
            Some(why) => Err(Skip::NotChecked(format!(
                "the {} cannot be read: {why}",
                part.word()
            ))),
            None => Ok(document),
        }
    }

    /// The interior; ends the check if there is none that can be read.
    pub(super) fn interior(&self) -> Result<&'a Document, Skip> {
        self.file(Part::Interior)
    }

    /// The first page of the cover, which the rules judge; ends the check if there is none.
    pub(super) fn cover_page(&self) -> Result<&'a Page, Skip> {
        self.cover()?
            .pages
            .first()
            .ok_or_else(|| Skip::NotChecked("the cover has no page that can be read".to_owned()))
    }

    /// The cover; ends the check if there is none that can be read.
    pub(super) fn cover(&self) -> Result<&'a Document, Skip> {
        self.file(Part::Cover)
    }

    /// The files that can be read; ends the check if there are none.
    pub(super) fn files(&self) -> Result<Vec<(Part, &'a Document)>, Skip> {
        let mut files = Vec::new();
        let mut why = None;
        for part in [Part::Interior, Part::Cover] {
            match self.file(part) {
                Ok(file) => files.push((part, file)),
                Err(early @ Skip::NotChecked(_)) => why = Some(early),
                Err(early) => why = why.or(Some(early)),
            }
        }
        match (files.is_empty(), why) {
            (true, Some(early)) => Err(early),
            _ => Ok(files),
        }
    }

    /// What could not be read of what the files hold besides pages.
    pub(super) fn skeleton_gaps(&self) -> Vec<String> {
        let files =
            [Part::Interior, Part::Cover].map(|part| (part, ResolvedJob::file(self.book, part)));
        let why = |(part, file): (Part, Option<&Document>)| {
            let gap = file?.structure.gap.as_ref()?;
            Some(format!("{}: {gap}", part.word()))
        };
        files.into_iter().filter_map(why).collect()
    }

    /// The book's trim; ends the check if it is unknown.
    pub(super) fn trim(&self) -> Result<crate::model::geometry::Size, Skip> {
        self.resolved.trim.ok_or_else(|| {
            Skip::NotChecked("the trim is not known; tell it with --trim".to_owned())
        })
    }

    /// The book's page count; ends the check if it is unknown.
    pub(super) fn pages(&self) -> Result<u32, Skip> {
        self.resolved.pages.ok_or_else(|| {
            let why = "the page count is not known; give the interior, or tell it with --pages";
            Skip::NotChecked(why.to_owned())
        })
    }

    /// The platform's cover model; ends the check if it is unknown.
    pub(super) fn model(&self) -> Result<&'a CoverModel, Skip> {
        self.resolved.profile.cover.as_ref().ok_or_else(|| {
            let why = "how the platform composes this cover is not known; use its template";
            Skip::NotApplicable(why.to_owned())
        })
    }

    /// The chosen stock; ends the check if the platform has none like it.
    pub(super) fn stock(&self) -> Result<&'a Stock, Skip> {
        self.resolved.stock.ok_or_else(|| {
            let why = "the platform has no such paper; tell another with --ink and --paper";
            Skip::NotChecked(why.to_owned())
        })
    }

    /// The stock judged by, or every stock that may be meant where the paper was only assumed.
    pub(super) fn stocks(&self) -> Result<Vec<&'a Stock>, Skip> {
        let chosen = self.stock()?;
        let assumed = |setting| self.resolved.assumed.contains(&setting);
        if assumed(Setting::Ink) || assumed(Setting::Paper) {
            return Ok(self.resolved.candidates.clone());
        }
        let alike = |s: &&&Stock| s.ink == chosen.ink && s.paper == chosen.paper;
        let weights = self.resolved.candidates.iter().filter(alike).copied();
        Ok(if assumed(Setting::Weight) {
            weights.collect()
        } else {
            vec![chosen]
        })
    }

    /// Between which page counts the platform binds this book on the stock judged by.
    pub(super) fn page_bounds(&self) -> Result<PageBounds, Skip> {
        let pages = self.pages()?;
        let stock = self.stock()?;
        let offer = self
            .resolved
            .trim
            .map(|t| self.resolved.profile.offer(t, stock));
        let (refused, doubtful, custom) = match offer {
            Some(Offer::Listed { pages, .. }) => (pages, stock.doubtful_pages, false),
            Some(Offer::Custom {
                pages,
                doubtful: Some(doubtful),
                ..
            }) => (pages, Some(doubtful), true),
            // That the size is not offered is another rule's business.
            Some(Offer::Custom { .. } | Offer::OtherStock | Offer::None) | None => {
                (stock.pages, stock.doubtful_pages, false)
            }
        };
        // Where a trim's own limits are unknown, it is bound at least as custom sizes are.
        let safe = match (self.resolved.trim, refused.most) {
            (Some(trim), None) => match self.resolved.profile.custom(trim, stock) {
                Some(Offer::Custom { doubtful, .. }) => doubtful.and_then(|d| d.most),
                _ => stock.doubtful_pages.and_then(|d| d.most),
            },
            _ => None,
        };
        Ok(PageBounds {
            printed: pages + pages % 2,
            safe,
            refused,
            widest: stock.pages.most,
            doubtful,
            custom,
            of: format!("{} in {}", self.resolved.profile.title, stock.title),
        })
    }

    /// Stocks of the platform that take so many pages in this trim, in black or in colour as the book is; three at the most.
    pub(super) fn stocks_taking(&self, pages: u32) -> Vec<&'a str> {
        let profile = self.resolved.profile;
        let takes = |s: &&Stock| {
            let range = self
                .resolved
                .trim
                .map_or(Some(s.pages), |t| profile.offer(t, s).pages());
            range.is_some_and(|range| range.most.is_some() && !range.refuses(pages))
        };
        let black = |s: &Stock| s.ink == Ink::Black;
        let alike = |s: &&Stock| self.resolved.stock.is_none_or(|own| black(own) == black(s));
        let stocks = profile.stocks.iter().filter(alike).filter(takes);
        stocks.map(|s| s.title.as_str()).take(3).collect()
    }

    /// The outcome where a limit of the chosen stock is unknown.
    pub(super) fn unknown_limit(&self, most_or_fewest: &str) -> Skip {
        let size = self.resolved.trim.map_or_else(String::new, |t| {
            format!(" of {}", self.resolved.size_words(t))
        });
        let title = &self.resolved.profile.title;
        Skip::NotChecked(format!(
            "page limits: the {most_or_fewest} pages of a {title}{size} are not known; look in the platform's own list"
        ))
    }

    /// What is left of a page on a larger sheet, bleed included, where marks or a trim box show it.
    fn left_of_sheet(&self, part: Part, page: &Page) -> Option<Rect> {
        match part {
            Part::Interior => {
                let placement = self.resolved.placement(page);
                let bleed = self
                    .resolved
                    .interior_bleed()
                    .map_or(0.0, |(bleed, _)| bleed);
                // Sure crop marks cut the page, whatever trim the job states.
                let marks = page.crop_marks.filter(|m| !placement.fits && m.are_sure());
                let trim = marks
                    .map(|m| m.trim)
                    .or(placement.marked.then_some(placement.trim));
                trim.map(|t| t.inflate(bleed))
            }
            Part::Cover => {
                let art = cover_art(
                    page,
                    self.resolved.trim?,
                    self.resolved.profile.cover.as_ref()?,
                );
                let marked = matches!(art.found, ArtSource::CropMarks | ArtSource::TrimBox);
                marked.then_some(art.area)
            }
        }
    }

    /// The visible text of a page, but for slug lines on a sheet around it, which are cut away.
    pub(super) fn text(
        &self,
        part: Part,
        page: &'a Page,
    ) -> impl Iterator<Item = &'a TextRun> + use<'a> {
        let left = self.left_of_sheet(part, page);
        let all = page
            .text
            .iter()
            .filter(|r| r.visibility == Visibility::Visible);
        all.filter(move |r| left.is_none_or(|left| r.area.overlaps(left)))
    }

    /// The visible pictures of a page, but for those on a sheet around it.
    pub(super) fn images(
        &self,
        part: Part,
        page: &'a Page,
    ) -> impl Iterator<Item = &'a PlacedImage> + use<'a> {
        let left = self.left_of_sheet(part, page);
        let all = page.images.iter().filter(|i| i.visible);
        all.filter(move |i| left.is_none_or(|left| i.area.overlaps(left)))
    }

    /// Whether a page of the interior prints blank, whatever marks are on the sheet around it.
    pub(super) fn is_blank(&self, page: &'a Page) -> bool {
        let cut = page.gap.is_none() && self.resolved.placement(page).marked;
        page.is_blank() || (cut && objects_on(self.resolved, page).next().is_none())
    }

    /// Everything on the interior's pages that leaves ink in the book, with how its page lies. Marks and slug lines on a
    /// sheet around the page are cut away and left out.
    pub(super) fn objects(
        &self,
        document: &'a Document,
    ) -> impl Iterator<Item = PageObject<'a>> + use<'a> {
        let resolved = self.resolved;
        document
            .pages
            .iter()
            .flat_map(move |page| objects_on(resolved, page))
    }
}
