//! Interior pages that are neither the trim nor the trim with bleed.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::facts::Page;
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::{Rect, Size};
use crate::model::units::{Length, SLACK_PT};
use crate::rules::words::count;
use crate::rules::{Context, Explains, Meta, Need, Rule, Scope};

/// How far a side may be off.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Beyond this it is doubtful.
    warn_beyond: Length,
    /// Beyond this it is refused.
    error_beyond: Length,
    /// Whether the platform goes by the size of the page alone, whatever a trim box marks in it.
    #[serde(default)]
    page_alone: bool,
}

pub(super) struct PageSizeWrong;

impl Rule for PageSizeWrong {
    const META: Meta = Meta {
        id: "page-size-wrong",
        title: "pages are neither the trim size nor the trim size with bleed",
        level: Level::Error,
        parts: &[Part::Interior],
        needs: &[Need::Structure],
        why: "The press cuts every leaf to the trim. Pages of another size are scaled, shifted or refused.",
        fix: "Set the page size of the document to the trim, or to the trim with bleed if anything runs off the page; then export \
              without marks and without scaling.",
        since: "0.1.0",
    };
    const EXPLAINS: &'static [Explains] = &[("page-sizes-mixed", Scope::Pages)];
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let interior = cx.interior()?;
        let trim = cx.trim()?;
        let wanted: Vec<Size> = match cx.resolved.bleed {
            Some(true) => cx.resolved.bleed_page(trim).into_iter().collect(),
            Some(false) => vec![trim],
            None => [trim]
                .into_iter()
                .chain(cx.resolved.bleed_page(trim))
                .collect(),
        };
        let mut groups: Vec<(Size, Level, Vec<&Page>)> = Vec::new();
        for page in &interior.pages {
            // A trim box with the bleed around it is the printer's own way to mark a page, where the printer looks at it.
            let placement = cx.resolved.placement(page);
            let marked = !limits.page_alone
                && placement.bleed
                && placement.fits
                && page.trim == Some(placement.trim);
            if cx.resolved.bleed != Some(false) && marked {
                continue;
            }
            let off = wanted
                .iter()
                .map(|w| off_by(page.size, *w))
                .fold(f64::INFINITY, f64::min);
            let level = if off > limits.error_beyond.as_pt() + SLACK_PT {
                Level::Error
            } else if off > limits.warn_beyond.as_pt() + SLACK_PT {
                Level::Warning
            } else {
                continue;
            };
            match groups
                .iter_mut()
                .find(|(s, l, _)| *l == level && s.is_near(page.size, 0.2))
            {
                Some((.., pages)) => pages.push(page),
                None => groups.push((page.size, level, vec![page])),
            }
        }
        let findings = groups
            .into_iter()
            .map(|(size, level, pages)| {
                let needs: Vec<String> = wanted
                    .iter()
                    .map(|w| {
                        let bleed = if *w == trim { "" } else { " with bleed" };
                        format!("{}{bleed}", cx.resolved.size_words(*w))
                    })
                    .collect();
                let message = format!(
                    "{} {}; the trim needs {}{}",
                    count(pages.len(), "page measures", "pages measure"),
                    cx.resolved.size_words(size),
                    needs.join(" or "),
                    if pages.iter().all(|p| p.trim.is_some_and(|t| is_trim(t, trim))) {
                        "; the trim box in the page has the size of the trim, but the page itself is what counts here".to_owned()
                    } else {
                        guess(size, trim, cx)
                    },
                );
                let places = pages.iter().map(|p| Place {
                    page: p.number,
                    area: None,
                    what: cx.resolved.size_words(p.size),
                });
                Finding::about(Part::Interior, message).at(level).at_places(places.collect())
            })
            .collect();
        Ok(Inspection::looked(interior.pages.len(), findings))
    }
}

/// How far the worse side is off, in points.
fn off_by(a: Size, b: Size) -> f64 {
    (a.width - b.width).abs().max((a.height - b.height).abs())
}

/// Whether a box has the size of the trim.
fn is_trim(area: Rect, trim: Size) -> bool {
    Size::new(area.width(), area.height()).is_near(trim, SLACK_PT)
}

/// What the page may be instead.
fn guess(size: Size, trim: Size, cx: &Context<'_>) -> String {
    /// How far a page may be off another size to be called that: what programs round away.
    const ALIKE: f64 = 0.4;
    let bleed = cx.resolved.interior_bleed().map_or(0.0, |(bleed, _)| bleed);
    let like = |other: Size, within: f64| size.is_near(other, within);
    let is = |w: f64, h: f64| like(Size::new(w, h), 1.5);
    if bleed > 0.0 && is(trim.width + 2.0 * bleed, trim.height + 2.0 * bleed) {
        return "; it looks like an export with bleed on all four sides".to_owned();
    }
    if is(2.0 * trim.width, trim.height)
        || is(2.0 * (trim.width + bleed), trim.height + 2.0 * bleed)
    {
        return "; it looks like two facing pages on one sheet".to_owned();
    }
    if is(trim.height, trim.width) {
        return "; it looks turned by 90 degrees".to_owned();
    }
    if like(trim, ALIKE) {
        return "; that is the trim without bleed".to_owned();
    }
    if cx
        .resolved
        .bleed_page(trim)
        .is_some_and(|page| like(page, ALIKE))
    {
        return "; that is the trim with bleed".to_owned();
    }
    // As much more on both long edges as on the outside, or twice as much: bleed of another width.
    let (wider, higher) = (size.width - trim.width, size.height - trim.height);
    let other = Length::pt(higher / 2.0);
    if bleed > 0.0 && other.as_pt() > 1.0 && other.as_pt() < 36.0 {
        for (sides, edges) in [(1.0, ""), (2.0, " on all four sides")] {
            if (wider - sides * other.as_pt()).abs() <= ALIKE {
                if (other.as_pt() - bleed).abs() <= ALIKE {
                    return "; it has bleed at top, bottom and outside, and the bind edge needs it as well".to_owned();
                }
                return format!(
                    "; it looks like the trim with {} of bleed{edges}, and {} is needed",
                    cx.resolved.words(other),
                    cx.resolved.words(Length::pt(bleed)),
                );
            }
        }
    }
    let asked = cx.peers.iter().map(|peer| peer.profile);
    let listed = asked.flat_map(|p| p.trims.iter().map(move |t| (p, t)));
    let other = listed.into_iter().find_map(|(p, t)| {
        let with = p.bleed_page(t.size()).is_some_and(|page| like(page, ALIKE));
        (with || like(t.size(), ALIKE)).then_some((p, t, with))
    });
    if let Some((profile, other, with)) = other {
        let bleed = if with { " with bleed" } else { "" };
        return format!(
            "; that is the page of {}{bleed} at {}",
            other.name, profile.title
        );
    }
    if size.width > trim.width + 2.0 * bleed + 18.0
        && size.height > trim.height + 2.0 * bleed + 18.0
    {
        return "; it looks like a larger sheet, perhaps with printer's marks".to_owned();
    }
    String::new()
}
