//! The finding for a cover of the wrong size: the sizes that stocks need, and what the file may be instead.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::Page;
use crate::model::finding::{Finding, Level, Measure, Part, Place};
use crate::model::geometry::Size;
use crate::model::job::{Binding, Paper, Setting};
use crate::model::units::{Length, SLACK_PT};
use crate::profile::{CoverModel, Stock, StockFit};
use crate::resolve::{self, ArtSource, CoverArt, Likeness, ResolvedJob, likeness};
use crate::rules::Context;
use crate::rules::paint::list;

/// `240`, or `230-248` where many page counts have one spine.
pub(super) fn pages_words(fit: &StockFit<'_>) -> String {
    match fit.range {
        [least, most] if fit.stock.spine.jumps() && least != most => format!("{least}-{most}"),
        _ => fit.pages.to_string(),
    }
}

/// How far either side may be off.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Beyond this it is doubtful.
    pub(super) warn_beyond: Length,
    /// Beyond this it is refused; `never` where the figures are not sure enough for that.
    error_beyond: Refused,
}

/// A limit of refusal, or none.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a length or \"never\" is expected")]
enum Refused {
    Beyond(Length),
    Never(Never),
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Never {
    Never,
}

impl Limits {
    pub(super) fn refused(&self) -> Option<Length> {
        match self.error_beyond {
            Refused::Beyond(limit) => Some(limit),
            Refused::Never(Never::Never) => None,
        }
    }
}

/// Whether the job states ink and paper.
pub(super) fn is_stated(cx: &Context<'_>) -> bool {
    !cx.resolved.assumed.contains(&Setting::Paper) && !cx.resolved.assumed.contains(&Setting::Ink)
}

/// The cover that is right on one stock.
#[derive(Clone, Copy)]
pub(super) struct RequiredCover<'a> {
    pub(super) stock: &'a Stock,
    pub(super) printed: u32,
    pub(super) spine: Length,
    pub(super) size: Size,
    /// The size for the count that the file comes nearest to, where several are right.
    pub(super) nearest: Size,
}

/// The cover that a stock needs. Where several printed counts are right (an odd count and its even neighbour), messages name the
/// first, and the file is judged by the nearest.
pub(super) fn required_cover<'a>(
    cx: &Context<'_>,
    model: &CoverModel,
    trim: Size,
    art: CoverArt,
    stock: &'a Stock,
) -> Option<RequiredCover<'a>> {
    let size = |printed| Some(model.size(trim, cx.resolved.spine_of(stock, printed)?));
    let printed = cx.resolved.printed();
    let off = |size: &Size| beyond(art, *size);
    let nearest = printed
        .iter()
        .filter_map(|n| size(*n))
        .min_by(|a, b| off(a).total_cmp(&off(b)))?;
    let printed = printed.first().copied()?;
    Some(RequiredCover {
        stock,
        printed,
        spine: cx.resolved.spine_of(stock, printed)?,
        size: size(printed)?,
        nearest,
    })
}

/// How far the worse of the two sides is off, in points.
fn beyond(art: CoverArt, size: Size) -> f64 {
    (art.size.width - size.width)
        .abs()
        .max((art.size.height - size.height).abs())
}

impl RequiredCover<'_> {
    /// The worse of the two sides, in points.
    pub(super) fn off(&self, art: CoverArt) -> f64 {
        beyond(art, self.nearest)
    }

    /// Whether a file is off by more than a limit. What a modelled spine is known to be off by is not the cover's fault; where
    /// spines come in steps it is a whole step, which is worth a look at the template.
    pub(super) fn is_beyond(&self, art: CoverArt, limit: Length, spared: bool) -> bool {
        let spare = if spared {
            self.stock.spine.tolerance(self.printed).as_pt()
        } else {
            0.0
        };
        let width = (art.size.width - self.nearest.width).abs() - spare;
        let height = (art.size.height - self.nearest.height).abs();
        width.max(height) > limit.as_pt() + SLACK_PT
    }
}

pub(super) struct CoverSizeCheck<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) model: &'a CoverModel,
    pub(super) trim: Size,
    pub(super) art: CoverArt,
    pub(super) page: &'a Page,
}

impl CoverSizeCheck<'_> {
    /// The finding for a cover that fits no stock: the sizes that all possible stocks need, or the one that the job states.
    pub(super) fn finding(
        &self,
        all: &[RequiredCover<'_>],
        nearest: RequiredCover<'_>,
        level: Level,
    ) -> Finding {
        let resolved = self.cx.resolved;
        let size = self.art.size;
        let need = |w: &RequiredCover<'_>| {
            let as_told = if w.stock.spine.is_known() {
                ""
            } else {
                ", as told"
            };
            format!(
                "{} with a spine of {}{as_told}",
                resolved.size_words(w.size),
                resolved.words(w.spine)
            )
        };
        let message = match all {
            [_] => format!(
                "the cover is {}; {} pages in {} need {}",
                resolved.size_words(size),
                nearest.printed,
                nearest.stock.title,
                need(&nearest),
            ),
            all => {
                let each: Vec<String> = all
                    .iter()
                    .map(|w| format!("{} in {}", need(w), w.stock.title))
                    .collect();
                let each: Vec<&str> = each.iter().map(String::as_str).collect();
                format!(
                    "the cover is {}, which fits no paper; {} pages need {}",
                    resolved.size_words(size),
                    nearest.printed,
                    list(&each),
                )
            }
        };
        let width_off = Length::pt(size.width - nearest.size.width);
        let height_off = Length::pt(size.height - nearest.size.height);
        let worse = if width_off.as_pt().abs() >= height_off.as_pt().abs() {
            (size.width, nearest.size.width)
        } else {
            (size.height, nearest.size.height)
        };
        let mut advice = self.looks_like(&nearest);
        advice.extend(self.other_ink());
        advice.push(match all {
            // What is right at one platform is wrong at the next.
            [_] if self.cx.peers.len() > 1 => {
                format!(
                    "For {} make the cover {}.",
                    resolved.profile.title,
                    resolved.size_words(nearest.size)
                )
            }
            [_] => format!(
                "Make the cover {} for this book.",
                resolved.size_words(nearest.size)
            ),
            _ => {
                "Make the cover for the paper that you order, and tell it with --paper.".to_owned()
            }
        });
        if self.art.on_sheet() {
            let how = match self.art.found {
                ArtSource::Extent => "what is painted on it was taken as the cover",
                ArtSource::CropMarks => {
                    "the rectangle of its crop marks and the bleed around it were taken as the cover"
                }
                ArtSource::TrimBox | ArtSource::Page => {
                    "its trim box was taken as the cover's edge"
                }
            };
            advice.push(format!("The cover lies on a larger sheet; {how}."));
        }
        Finding::about(Part::Cover, message)
            .at(level)
            .at_places(vec![Place {
                page: self.page.number,
                area: Some(self.art.area),
                what: match all {
                    [_] => off_by(resolved, width_off, height_off),
                    _ => format!(
                        "{} for {}",
                        off_by(resolved, width_off, height_off),
                        nearest.stock.title
                    ),
                },
            }])
            .measured(
                Measure::length(Length::pt(worse.0)),
                Measure::length(Length::pt(worse.1)),
            )
            .advise(advice.join(" "))
    }

    /// A cover that fits this product on another paper than the one concluded for the book, where the job states none.
    pub(super) fn another_paper(&self, limits: &Limits) -> Option<Finding> {
        let resolved = self.cx.resolved;
        let chosen = resolved.stock?;
        let others = resolved
            .candidates
            .iter()
            .filter(|s| s.id != chosen.id && s.paper != Paper::Groundwood);
        let fits = others
            .filter_map(|s| required_cover(self.cx, self.model, self.trim, self.art, s))
            .find(|w| !w.is_beyond(self.art, limits.warn_beyond, !w.stock.spine.jumps()))?;
        let message = format!(
            "the cover fits {} pages in {} here, and not {}, which was concluded for the book; the paper was not told",
            fits.printed, fits.stock.title, chosen.title,
        );
        let place = Place {
            page: self.page.number,
            area: Some(self.art.area),
            what: "the cover".to_owned(),
        };
        let advice = "Order that paper here, and tell it with --paper; papers differ in thickness from printer to printer.";
        Some(
            Finding::about(Part::Cover, message)
                .at(Level::Warning)
                .at_places(vec![place])
                .advise_alone(advice),
        )
    }

    /// A cover that fits an uncommon paper which the job does not state, where another page count would make it fit a common one.
    pub(super) fn unlikely(&self, fits: RequiredCover<'_>) -> Option<Finding> {
        let resolved = self.cx.resolved;
        if resolved.fit != resolve::SpineEvidence::Unlikely || is_stated(self.cx) {
            return None;
        }
        let likelier: Vec<String> = self
            .fits()
            .into_iter()
            .filter(|f| f.profile.id == resolved.profile.id && f.stock.paper != Paper::Groundwood)
            .filter(|f| resolved.candidates.iter().any(|s| s.id == f.stock.id))
            .take(2)
            .map(|f| format!("{} pages in {}", pages_words(&f), f.stock.title))
            .collect();
        let other = likelier.iter().map(String::as_str).collect::<Vec<_>>();
        let other = if other.is_empty() {
            String::new()
        } else {
            format!(", or {}", list(&other))
        };
        let message = format!(
            "the cover fits {} pages in {}{other}; which is meant was not told",
            fits.printed, fits.stock.title,
        );
        let advice = "Tell the paper with --paper; if it is another, the cover was made for another page count.";
        let advice = [self.other_ink().as_deref(), Some(advice)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        let place = Place {
            page: self.page.number,
            area: Some(self.art.area),
            what: "the cover".to_owned(),
        };
        Some(
            Finding::about(Part::Cover, message)
                .at(Level::Warning)
                .at_places(vec![place])
                .advise(advice),
        )
    }

    /// Shapes that are no wrap with bleed for this book at all; else what the spine would fit.
    pub(super) fn looks_like(&self, wanted: &RequiredCover<'_>) -> Vec<String> {
        let shape = self.shape(self.cx.resolved.spine().or(Some(wanted.spine)));
        if shape.is_empty() {
            vec![self.solve()]
        } else {
            shape
        }
    }

    /// What the file is where it is no wrap with bleed for this trim, with the spine it should have, if that is known.
    pub(super) fn shape(&self, spine: Option<Length>) -> Vec<String> {
        let resolved = self.cx.resolved;
        match likeness(
            &self.art,
            self.trim,
            self.model,
            resolved.bleed_page(self.trim),
            spine,
        ) {
            Likeness::Front => {
                vec!["It is a front cover alone; the platform wants back, spine and front in one piece.".to_owned()]
            }
            Likeness::NoBleed(spine) => vec![format!(
                "It has the height of the trim, so it has no bleed: add {} on all four sides and extend the art. Its spine is drawn {} wide.",
                resolved.words(self.model.bleed),
                resolved.words(spine),
            )],
            Likeness::OtherBleed { bleed, spine } => vec![format!(
                "It has a bleed of {}; the platform wants {} on all four sides. Its spine is drawn {} wide.",
                resolved.words(bleed),
                resolved.words(self.model.bleed),
                resolved.words(spine),
            )],
            Likeness::Flaps(flap) => {
                let same = |p: &&crate::profile::Profile| p.platform == resolved.profile.platform;
                let jacket = self
                    .cx
                    .known
                    .iter()
                    .filter(same)
                    .any(|p| p.binding == Binding::Jacketed);
                let or = if jacket {
                    ", or choose a dust jacket"
                } else {
                    ""
                };
                let flap = resolved.words(flap);
                vec![format!(
                    "It looks like a cover with flaps of {flap}; this binding has none. Leave them out{or}."
                )]
            }
            Likeness::OtherHeight(high) => {
                let other = self.other_binding();
                other.map_or_else(
                    || {
                        let height = format!(
                            "Its height is that of a cover for a trim {} high, not {}.",
                            resolved.words(high),
                            resolved.words(Length::pt(self.trim.height)),
                        );
                        vec![height].into_iter().chain(self.made_for()).collect()
                    },
                    |other| vec![other],
                )
            }
            Likeness::Wrap => self.other_binding().into_iter().collect(),
        }
    }
}

/// How far the sides of a cover are off: `0.050 in (1.3 mm) too wide`. A side that is right is not spoken of.
pub(super) fn off_by(resolved: &ResolvedJob<'_>, width: Length, height: Length) -> String {
    let side = |off: Length, more: &str, less: &str| {
        let way = if off.as_pt() > 0.0 { more } else { less };
        (off.as_pt().abs() > SLACK_PT)
            .then(|| format!("{} {way}", resolved.words(Length::pt(off.as_pt().abs()))))
    };
    let sides = [
        side(width, "too wide", "too narrow"),
        side(height, "too high", "too low"),
    ];
    let off = sides.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if off.is_empty() {
        "the cover".to_owned()
    } else {
        off
    }
}
