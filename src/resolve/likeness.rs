//! Recognises covers of the wrong kind: without bleed, a front alone, another binding.

use super::ResolvedJob;
use super::art::CoverArt;
use crate::model::geometry::Size;
use crate::model::units::Length;
use crate::profile::{CoverModel, Profile, StockFit, covers};

/// What a cover of the wrong size may be instead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Likeness {
    /// A front alone.
    Front,
    /// Back, spine and front without any bleed; the spine drawn.
    NoBleed(Length),
    /// A wrap with another bleed than the printer's, and the spine drawn.
    OtherBleed {
        /// The bleed it has.
        bleed: Length,
        /// The spine it has room for with that.
        spine: Length,
    },
    /// A wrap with flaps of this width, where the binding has none.
    Flaps(Length),
    /// A wrap for a trim of another height.
    OtherHeight(Length),
    /// A wrap of the right height.
    Wrap,
}

/// Sides that agree within this, in points, are meant to be the same.
const NEAR: f64 = 2.5;
/// No spine is wider, in points.
const WIDEST_SPINE: f64 = 216.0;
/// What printers ask around a cover, in points: 3 mm, an eighth of an inch, 5 mm.
const BLEEDS: [f64; 3] = [8.504, 9.0, 14.173];
/// A height that is a trim with one of these is so within this, in points.
const MEANT: f64 = 0.36;
/// Flaps are between these wide, in points: a thumb, and as wide as the page.
const NARROWEST_FLAP: f64 = 126.0;

/// What a cover looks like, for a trim, a page with bleed of an interior, and the spine it should have, if that is known.
pub fn likeness(
    art: &CoverArt,
    trim: Size,
    model: &CoverModel,
    bleed_page: Option<Size>,
    spine: Option<Length>,
) -> Likeness {
    let size = art.size;
    let bleed = model.bleed.as_pt();
    let near = |width: f64, height: f64| size.is_near(Size::new(width, height), NEAR);
    let around = |by: f64| near(trim.width + 2.0 * by, trim.height + 2.0 * by);
    if around(0.0) || around(bleed) || bleed_page.is_some_and(|p| near(p.width, p.height)) {
        return Likeness::Front;
    }
    let drawn = size.width - 2.0 * trim.width;
    let flat = (size.height - trim.height).abs() <= NEAR;
    if flat && drawn > -NEAR && drawn < WIDEST_SPINE {
        return Likeness::NoBleed(Length::pt(drawn.max(0.0)));
    }
    let high = model.trim_height_of(size.height);
    let beyond = high - trim.height;
    let other = BLEEDS
        .into_iter()
        .find(|b| (beyond - 2.0 * (b - bleed)).abs() <= MEANT && (b - bleed).abs() > MEANT);
    // What a wider bleed than the printer's takes of the width is no spine.
    let wider = other.map_or(0.0, |b| 2.0 * (b - bleed));
    let room = model.spine_of(trim, size.width).as_pt() - wider;
    let extra = spine.map_or(room, |s| room - s.as_pt());
    let flap = extra / 2.0;
    let is_flap = flap >= NARROWEST_FLAP && flap <= trim.width + NEAR;
    let is_high = other.is_some() || beyond.abs() <= NEAR;
    if model.flap.as_pt() <= 0.0 && is_high && is_flap {
        return Likeness::Flaps(Length::pt(flap));
    }
    if let Some(other) = other.filter(|_| room > -NEAR && room < WIDEST_SPINE) {
        return Likeness::OtherBleed {
            bleed: Length::pt(other),
            spine: Length::pt(room.max(0.0)),
        };
    }
    if is_high {
        Likeness::Wrap
    } else {
        Likeness::OtherHeight(Length::pt(high))
    }
}

/// What a cover is the right one of for this very book: a product of the same platform in another binding.
pub fn other_binding<'k>(
    resolved: &ResolvedJob<'_>,
    size: Size,
    trim: Size,
    known: &'k [Profile],
) -> Option<StockFit<'k>> {
    let this = resolved.profile;
    let pages = resolved.pages?;
    let of_book = |fit: &StockFit<'_>| {
        let [least, most] = fit.range;
        (least..=most).contains(&(pages + pages % 2))
    };
    let fits = covers(known, size, Some(trim)).into_iter();
    fits.map(|(_, fit)| fit).find(|fit| {
        let profile = fit.profile;
        profile.platform == this.platform && profile.binding != this.binding && of_book(fit)
    })
}
