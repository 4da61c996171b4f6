//! Finds the stocks and page counts that the given covers were made for, by their spines.

use super::model::{CoverReport, FitReport};
use crate::model::facts::CropMarks;
use crate::model::geometry::Size;
use crate::model::units::{Length, round3};
use crate::pipeline::Run;
use crate::profile::{CoverModel, Profile, StockFit};
use crate::resolve::{self, CoverArt, Likeness, ResolvedJob, cover_art};

/// A cover within this many points of a spine is of it: nothing tighter, as PDF writers round.
const SPINE_SLACK: Length = Length::pt(1.0);

pub(super) fn covers(run: &Run<'_>, known: &[Profile]) -> Vec<CoverReport> {
    let mut list: Vec<CoverReport> = Vec::new();
    for judged in &run.judged {
        let resolved = &judged.resolved;
        let Some(file) = judged.book.cover.as_deref() else {
            continue;
        };
        if let Some(earlier) = list.iter_mut().find(|c| c.name == file.name) {
            earlier.products.push(resolved.profile.id.clone());
            continue;
        }
        let Some(page) = file.pages.first() else {
            continue;
        };
        let Some(model) = &resolved.profile.cover else {
            continue;
        };
        let Some(trim) = resolved.trim else {
            // Nobody knows the trim: whatever is offered anywhere is tried.
            // Guests only where the job names them; the job's products first.
            let asked = |p: &Profile| run.judged.iter().any(|j| j.resolved.profile.id == p.id);
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
                products: vec![resolved.profile.id.clone()],
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
        let this_book = |fit: &StockFit<'_>| {
            let (Some(pages), Some(model)) = (resolved.pages, &fit.profile.cover) else {
                return false;
            };
            if !resolved.prints(fit.stock) {
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
            products: vec![resolved.profile.id.clone()],
            size_pt: art.size,
            on_sheet: art.on_sheet(),
            spine_pt: Some(round3(spine.as_pt())),
            looks_like: looks_like(resolved, &art, trim, model, known),
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

/// What a cover may be that is no wrap with bleed for this trim.
fn looks_like(
    resolved: &ResolvedJob<'_>,
    art: &CoverArt,
    trim: Size,
    model: &CoverModel,
    known: &[Profile],
) -> Option<String> {
    let page = resolved.bleed_page(trim);
    match resolve::likeness(art, trim, model, page, resolved.spine()) {
        Likeness::Wrap => None,
        Likeness::Front => Some("the cover is a front alone".to_owned()),
        Likeness::NoBleed(spine) => Some(format!(
            "the cover has no bleed: it is as high as the trim, with a spine drawn {} wide",
            resolved.words(spine)
        )),
        Likeness::OtherBleed { bleed, spine } => Some(format!(
            "the cover has a bleed of {}, with a spine drawn {} wide",
            resolved.words(bleed),
            resolved.words(spine)
        )),
        Likeness::Flaps(flap) => Some(format!(
            "the cover looks like one with flaps of {}",
            resolved.words(flap)
        )),
        Likeness::OtherHeight(high) => Some(
            resolve::other_binding(resolved, art.size, trim, known).map_or_else(
                || {
                    format!(
                        "the cover has the height of one for a trim {} high",
                        resolved.words(high)
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
