//! A cover of the wrong size for its page count, stock and trim; says what it would fit.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, Meta, Need, Rule};
use crate::finding::{Finding, Level, Measure, Outcome, Part, Place};
use crate::geometry::Size;
use crate::order::{CoverArt, cover_art};
use crate::profile::{PaperbackCover, Stock, fits};
use crate::units::{Length, SLACK_PT};

/// How far either side may be off.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Beyond this it is doubtful.
    warn_beyond: Length,
    /// Beyond this it is refused.
    error_beyond: Length,
}

pub(super) struct This;

impl Rule for This {
    const META: Meta = Meta {
        id: "cover-size-wrong",
        title: "the cover does not fit the book",
        level: Level::Error,
        parts: &[Part::Cover],
        needs: &[Need::Structure],
        why: "The spine grows with every leaf, and each platform's paper has its own thickness. A cover made for another \
              page count, paper or platform puts the title off the spine, or is refused.",
        fix: "Finish the interior first; then make the cover for exactly its page count, paper and platform.",
        fix_in: &[
            ("canva", "In Canva make a custom size of exactly the cover's width and height; resizing an old cover stretches it."),
        ],
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, at: &Context<'_>) -> Result<Outcome, Outcome> {
        let cover = at.cover()?;
        let page = match cover.pages.as_slice() {
            [page] => page,
            pages => {
                let why = format!("the cover has {} pages; its size means nothing until it is one", pages.len());
                return Err(Outcome::NotApplicable(why));
            }
        };
        let trim = at.trim()?;
        if at.order.pages.is_none() {
            return Err(Outcome::NotChecked(
                "the page count is not known; give the interior, or tell it with --pages".to_owned(),
            ));
        }
        let stock = at.order.stock.ok_or_else(|| {
            Outcome::NotChecked("the platform has no such paper; tell another with --ink and --paper".to_owned())
        })?;
        let art = cover_art(page, trim, at.order.profile.cover.bleed.as_pt());
        // Where several printed counts are right (an odd count and its even neighbour), the nearest decides.
        let Some((printed, wanted)) = at
            .order
            .printed()
            .into_iter()
            .map(|n| (n, at.order.cover_with(trim, stock.spine.width(n))))
            .min_by(|a, b| off(art.size, a.1.size()).total_cmp(&off(art.size, b.1.size())))
        else {
            return Err(Outcome::NotChecked("the page count is not known".to_owned()));
        };
        // What a modelled spine is known to be off by is not the cover's fault.
        let spare = stock.spine.tolerance(printed).as_pt();
        let off_width = (art.size.width - wanted.size().width).abs() - spare;
        let off_by = off_width.max((art.size.height - wanted.size().height).abs()).max(0.0);
        let level = if off_by > limits.error_beyond.as_pt() + SLACK_PT {
            Level::Error
        } else if off_by > limits.warn_beyond.as_pt() + SLACK_PT {
            Level::Warning
        } else {
            return Ok(Outcome::one(None));
        };
        let judge = Judge { at, trim, art, printed, stock };
        Ok(Outcome::one(Some(judge.finding(wanted, level, page.number))))
    }
}

/// The worse of the two sides, in points.
fn off(a: Size, b: Size) -> f64 {
    (a.width - b.width).abs().max((a.height - b.height).abs())
}

/// What a cover of the wrong size looks like.
enum Likeness {
    /// No wrap with bleed at all.
    NoWrap(String),
    /// A wrap for a trim of another height.
    OtherHeight(String),
}

struct Judge<'a> {
    at: &'a Context<'a>,
    trim: Size,
    art: CoverArt,
    printed: u32,
    stock: &'a Stock,
}

impl Judge<'_> {
    fn finding(&self, wanted: PaperbackCover, level: Level, page: u32) -> Finding {
        let order = self.at.order;
        let size = self.art.size;
        let assumed = if order.assumed.contains(&"paper") {
            let told = if order.assumed.contains(&"ink") { "best fit of all papers" } else { "best fit" };
            format!(" ({told})")
        } else {
            String::new()
        };
        let message = format!(
            "the cover is {}; {} pages in {}{assumed} need {} with a spine of {}",
            order.size_words(size),
            self.printed,
            self.stock.title,
            order.size_words(wanted.size()),
            order.words(wanted.spine),
        );
        let width_off = Length::pt(size.width - wanted.size().width);
        let height_off = Length::pt(size.height - wanted.size().height);
        let worse = if width_off.as_pt().abs() >= height_off.as_pt().abs() { (size.width, wanted.size().width) } else { (size.height, wanted.size().height) };
        let mut advice = match self.looks_like() {
            Some(Likeness::NoWrap(what)) => vec![what],
            // A wrap of another height still tells by its spine what it was made for.
            Some(Likeness::OtherHeight(what)) => vec![what, self.solve(wanted)],
            None => vec![self.solve(wanted)],
        };
        advice.push(format!("Make the cover {} for this book.", order.size_words(wanted.size())));
        if self.art.on_sheet {
            advice.push("The cover lies on a larger sheet; its trim box was taken as its edge.".to_owned());
        }
        Finding::about(Part::Cover, message)
            .at(level)
            .at_places(vec![Place {
                page,
                area: Some(self.art.area),
                what: format!("{:+.3} in wide, {:+.3} in high", width_off.as_inches(), height_off.as_inches()),
            }])
            .measured(Measure::length(Length::pt(worse.0)), Measure::length(Length::pt(worse.1)))
            .advise(advice.join(" "))
    }

    /// Shapes that are no wrap with bleed at all.
    fn looks_like(&self) -> Option<Likeness> {
        let size = self.art.size;
        let bleed = self.at.order.profile.cover.bleed.as_pt();
        let (w, h) = (self.trim.width, self.trim.height);
        let near = |width: f64, height: f64| size.is_near(Size::new(width, height), 2.5);
        if near(w, h) || near(w + bleed, h + 2.0 * bleed) || near(w + 2.0 * bleed, h + 2.0 * bleed) {
            let what = "It is a front cover alone; the platform wants back, spine and front in one piece.";
            return Some(Likeness::NoWrap(what.to_owned()));
        }
        let flat_spine = Length::pt(size.width - 2.0 * w);
        if (size.height - h).abs() <= 2.5 && flat_spine.as_pt() > -2.5 && flat_spine.as_inches() < 3.0 {
            return Some(Likeness::NoWrap(format!(
                "It has the height of the trim, so it has no bleed: add {} on all four sides and extend the art.",
                self.at.order.words(self.at.order.profile.cover.bleed),
            )));
        }
        if (size.height - h - 2.0 * bleed).abs() > 2.5 {
            return Some(Likeness::OtherHeight(format!(
                "Its height is that of a cover for a trim {} high, not {}.",
                self.at.order.words(Length::pt(size.height - 2.0 * bleed)),
                self.at.order.words(Length::pt(h)),
            )));
        }
        None
    }

    /// The page counts and papers this cover would fit, product by product.
    fn solve(&self, wanted: PaperbackCover) -> String {
        let spine = PaperbackCover::spine_of(self.trim, wanted.bleed, self.art.size.width);
        if spine.as_pt() < 0.0 {
            return format!(
                "It is narrower than two pages of {} and their bleed.",
                self.at.order.words(Length::pt(self.trim.width)),
            );
        }
        let would: Vec<String> = self
            .at
            .known
            .iter()
            .filter(|p| p.extends.is_none())
            .filter_map(|profile| {
                let fits: Vec<String> = fits(profile, spine)
                    .iter()
                    .map(|fit| format!("{} pages in {}", fit.pages, fit.stock.title))
                    .collect();
                (!fits.is_empty()).then(|| format!("{}: {}", profile.title, fits.join(", ")))
            })
            .collect();
        let spine = self.at.order.words(spine);
        if would.is_empty() {
            format!("Its spine is {spine}, which fits no page count on any paper known.")
        } else {
            format!("Its spine is {spine}, which would fit: {}.", would.join("; "))
        }
    }
}
