//! What the covers given were made for: the stocks and page counts whose spine they have room for.

use super::model::{CoverReport, FitReport};
use crate::model::facts::CropMarks;
use crate::model::geometry::Size;
use crate::model::units::{Length, round3};
use crate::order::{self, CoverArt, Likeness, Order, cover_art};
use crate::pipeline::Press;
use crate::profile::{CoverModel, Fit, Profile};

/// A cover within this many points of a spine is of it: nothing tighter, as PDF writers round.
const SPINE_SLACK: Length = Length::pt(1.0);

pub(super) fn covers(press: &Press<'_>, known: &[Profile]) -> Vec<CoverReport> {
    let mut list: Vec<CoverReport> = Vec::new();
    for judged in &press.judged {
        let order = &judged.order;
        let Some(file) = judged.book.cover.as_deref() else {
            continue;
        };
        if let Some(earlier) = list.iter_mut().find(|c| c.name == file.name) {
            earlier.products.push(order.profile.id.clone());
            continue;
        }
        let Some(page) = file.pages.first() else {
            continue;
        };
        let Some(model) = &order.profile.cover else {
            continue;
        };
        let Some(trim) = order.trim else {
            // Nobody knows the trim: whatever is offered anywhere is tried.
            // Guests only where they were asked; whatever else was asked first.
            let asked = |p: &Profile| press.judged.iter().any(|j| j.order.profile.id == p.id);
            let marked = page.crop_marks.filter(CropMarks::are_sure);
            let size = marked.map_or(page.size, |m| {
                let area = m.trim.inflate(model.bleed.as_pt());
                Size::new(area.width(), area.height())
            });
            let mut fits = crate::profile::covers(known, size, None);
            fits.retain(|(_, fit)| asked(fit.profile) || !fit.profile.guest);
            fits.sort_by_key(|(_, fit)| !asked(fit.profile));
            list.push(CoverReport {
                name: file.name.clone(),
                products: vec![order.profile.id.clone()],
                size_pt: page.size,
                on_sheet: false,
                spine_pt: None,
                looks_like: None,
                fits: fits
                    .iter()
                    .map(|(trim, fit)| FitReport::new(*trim, fit))
                    .collect(),
            });
            continue;
        };
        let art = cover_art(page, trim, model);
        let spine = model.spine_of(trim, art.size.width);
        let this_book = |fit: &Fit<'_>| {
            let (Some(pages), Some(model)) = (order.pages, &fit.profile.cover) else {
                return false;
            };
            if !order.prints(fit.stock) {
                return false;
            }
            let spine = model.spine_of(trim, art.size.width);
            fit.profile.printed_counts(pages).into_iter().any(|n| {
                let own = &fit.stock.spine;
                let spare = if own.jumps() {
                    Length::default()
                } else {
                    own.tolerance(n)
                };
                own.width(n)
                    .is_some_and(|width| width.is_near(spine, SPINE_SLACK + spare))
            })
        };
        list.push(CoverReport {
            name: file.name.clone(),
            products: vec![order.profile.id.clone()],
            size_pt: art.size,
            on_sheet: art.on_sheet(),
            spine_pt: Some(round3(spine.as_pt())),
            looks_like: looks_like(order, &art, trim, model, known),
            fits: crate::profile::covers(known, art.size, Some(trim))
                .into_iter()
                .map(|(_, fit)| FitReport {
                    this_book: this_book(&fit),
                    ..FitReport::new(trim, &fit)
                })
                .collect(),
        });
    }
    list
}

/// What a cover looks like where it is no wrap with bleed for this trim.
fn looks_like(
    order: &Order<'_>,
    art: &CoverArt,
    trim: Size,
    model: &CoverModel,
    known: &[Profile],
) -> Option<String> {
    let page = order.bleed_page(trim);
    match order::likeness(art, trim, model, page, order.spine()) {
        Likeness::Wrap => None,
        Likeness::Front => Some("the cover is a front alone".to_owned()),
        Likeness::NoBleed(spine) => Some(format!(
            "the cover has no bleed: it is as high as the trim, with a spine drawn {} wide",
            order.words(spine)
        )),
        Likeness::OtherBleed { bleed, spine } => Some(format!(
            "the cover has a bleed of {}, with a spine drawn {} wide",
            order.words(bleed),
            order.words(spine)
        )),
        Likeness::Flaps(flap) => Some(format!(
            "the cover looks like one with flaps of {}",
            order.words(flap)
        )),
        Likeness::OtherHeight(high) => Some(
            order::other_binding(order, art.size, trim, known).map_or_else(
                || {
                    format!(
                        "the cover has the height of one for a trim {} high",
                        order.words(high)
                    )
                },
                |fit| {
                    format!(
                        "the cover has the size of {} for this book",
                        fit.profile.title
                    )
                },
            ),
        ),
    }
}
