//! A cover of the wrong size for its page count, stock and trim; says what it would fit.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, Meta, Need, Rule};
use crate::finding::{Finding, Level, Measure, Outcome, Part, Place};
use crate::geometry::Size;
use crate::order::{CoverArt, Found, cover_art};
use crate::profile::{CoverModel, Fit, Stock, covers};
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
            ("indesign", "In InDesign set the spread's pages with the Page tool: back, spine and front, each of its own width, and export as Spreads with bleed."),
            ("affinity", "In Affinity set Document Setup > Dimensions to the whole cover, with the bleed either in it or under Bleed, not both."),
            ("word", "Word is a poor tool for covers: set Layout > Size to the whole cover, or lay it over the platform's template in a drawing program."),
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
        at.pages()?;
        let model = at.model()?;
        let stock = at.stock()?;
        let art = cover_art(page, trim, model);
        // Where several printed counts are right (an odd count and its even neighbour), the nearest decides.
        let Some((printed, wanted)) = at
            .order
            .printed()
            .into_iter()
            .map(|n| {
                let spine = stock.spine.width(n);
                let size = model.size(trim, spine);
                (n, Wanted { spine, size })
            })
            .min_by(|a, b| off(art.size, a.1.size).total_cmp(&off(art.size, b.1.size)))
        else {
            return Err(Outcome::NotChecked("the page count is not known".to_owned()));
        };
        // What a modelled spine is known to be off by is not the cover's fault. Where spines come in steps it is a
        // whole step: no error, but worth a look at the template.
        let spare = stock.spine.tolerance(printed).as_pt();
        let width = (art.size.width - wanted.size.width).abs();
        let height = (art.size.height - wanted.size.height).abs();
        let beyond = |limit: Length, spare: f64| (width - spare).max(height) > limit.as_pt() + SLACK_PT;
        let level = if beyond(limits.error_beyond, spare) {
            Level::Error
        } else if beyond(limits.warn_beyond, if stock.spine.jumps() { 0.0 } else { spare }) {
            Level::Warning
        } else {
            return Ok(Outcome::one(None));
        };
        let judge = Judge { at, model, trim, art, printed, stock };
        Ok(Outcome::one(Some(judge.finding(wanted, level, page.number))))
    }
}

/// The spine and the size that are right.
#[derive(Clone, Copy)]
struct Wanted {
    spine: Length,
    size: Size,
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
    model: &'a CoverModel,
    trim: Size,
    art: CoverArt,
    printed: u32,
    stock: &'a Stock,
}

impl Judge<'_> {
    fn finding(&self, wanted: Wanted, level: Level, page: u32) -> Finding {
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
            order.size_words(wanted.size),
            order.words(wanted.spine),
        );
        let width_off = Length::pt(size.width - wanted.size.width);
        let height_off = Length::pt(size.height - wanted.size.height);
        let worse = if width_off.as_pt().abs() >= height_off.as_pt().abs() { (size.width, wanted.size.width) } else { (size.height, wanted.size.height) };
        let mut advice = match self.looks_like() {
            Some(Likeness::NoWrap(what)) => vec![what],
            // A wrap of another height still tells by its spine what it was made for.
            Some(Likeness::OtherHeight(what)) => vec![what, self.solve()],
            None => vec![self.solve()],
        };
        advice.push(format!("Make the cover {} for this book.", order.size_words(wanted.size)));
        if self.art.on_sheet() {
            let how = match self.art.found {
                Found::Extent => "what is painted on it was taken as the cover",
                _ => "its trim box was taken as the cover's edge",
            };
            advice.push(format!("The cover lies on a larger sheet; {how}."));
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
        let bleed = self.model.bleed.as_pt();
        let (w, h) = (self.trim.width, self.trim.height);
        let near = |width: f64, height: f64| size.is_near(Size::new(width, height), 2.5);
        let offered = self.at.order.bleed_page(self.trim);
        if near(w, h) || near(w + 2.0 * bleed, h + 2.0 * bleed) || offered.is_some_and(|o| near(o.width, o.height)) {
            let what = "It is a front cover alone; the platform wants back, spine and front in one piece.";
            return Some(Likeness::NoWrap(what.to_owned()));
        }
        if let Some(what) = self.other_binding() {
            return Some(Likeness::NoWrap(what));
        }
        let flat_spine = Length::pt(size.width - 2.0 * w);
        if (size.height - h).abs() <= 2.5 && flat_spine.as_pt() > -2.5 && flat_spine.as_inches() < 3.0 {
            return Some(Likeness::NoWrap(format!(
                "It has the height of the trim, so it has no bleed: add {} on all four sides and extend the art.",
                self.at.order.words(self.model.bleed),
            )));
        }
        let high = self.model.trim_height_of(size.height);
        if (high - h).abs() > 2.5 {
            return Some(Likeness::OtherHeight(format!(
                "Its height is that of a cover for a trim {} high, not {}.",
                self.at.order.words(Length::pt(high)),
                self.at.order.words(Length::pt(h)),
            )));
        }
        None
    }

    /// Whether the size is that of this very book in another binding.
    fn other_binding(&self) -> Option<String> {
        let pages = self.at.order.pages?;
        let this = self.at.order.profile;
        let fit = covers(self.at.known, self.art.size, Some(self.trim)).into_iter().find(|(_, fit)| {
            let [least, most] = fit.range;
            fit.profile.binding != this.binding && (least..=most).contains(&(pages + pages % 2))
        })?;
        let (_, fit) = fit;
        Some(format!("It has the size of {} for this book in {}.", fit.profile.title, fit.stock.title))
    }

    /// The page counts and papers this cover would fit, product by product.
    fn solve(&self) -> String {
        let spine = self.model.spine_of(self.trim, self.art.size.width);
        if spine.as_pt() < 0.0 {
            return format!(
                "It is narrower than two pages of {} and what goes around them.",
                self.at.order.words(Length::pt(self.trim.width)),
            );
        }
        let mut would: Vec<(&str, Vec<String>)> = Vec::new();
        for (_, fit) in covers(self.at.known, self.art.size, Some(self.trim)) {
            // Heirs have the stocks of those they extend; guests are asked by name.
            let this = fit.profile.id == self.at.order.profile.id;
            if !this && (fit.profile.guest || fit.profile.is_twin()) {
                continue;
            }
            let words = format!("{} pages in {}", pages_words(&fit), fit.stock.title);
            match would.iter_mut().find(|(title, _)| *title == fit.profile.title) {
                Some((_, all)) => all.push(words),
                None => would.push((&fit.profile.title, vec![words])),
            }
        }
        let would: Vec<String> = would
            .into_iter()
            .map(|(title, all)| format!("{title}: {}", all.join(", ")))
            .collect();
        let spine = self.at.order.words(spine);
        if would.is_empty() {
            format!("Its spine is {spine}, which fits no page count on any paper known.")
        } else {
            format!("Its spine is {spine}, which would fit: {}.", would.join("; "))
        }
    }
}

/// `240`, or `230-248` where many page counts have one spine.
fn pages_words(fit: &Fit<'_>) -> String {
    match fit.range {
        [least, most] if fit.stock.spine.jumps() && least != most => format!("{least}-{most}"),
        _ => fit.pages.to_string(),
    }
}
