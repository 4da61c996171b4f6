//! Colour that a PDF/X does not allow, or allows only with another output intent.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::measured::exchange;
use crate::model::facts::{Colour, Document, Page, Painted, SpaceKind};
use crate::model::finding::{Finding, Inspection, Level, Part, Place, Skip};
use crate::model::geometry::Rect;
use crate::rules::paint::colours_of;
use crate::rules::words::pages;
use crate::rules::{Context, Meta, Need, Rule};

pub(super) struct PdfxColourForbidden;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    /// Whether colours that a profile or measurement defines are allowed, and device colours of the output intent's space
    /// alone; otherwise grey, CMYK and named inks.
    managed: bool,
}

impl Rule for PdfxColourForbidden {
    const META: Meta = Meta {
        id: "pdfx-colour-forbidden",
        title: "colours that the standard does not allow",
        level: Level::Error,
        parts: &[Part::Interior, Part::Cover],
        needs: &[Need::Marks, Need::Exchange],
        why: "PDF/X settles how every colour becomes ink before the file leaves your hands: PDF/X-1a by allowing nothing but \
              grey, CMYK and named inks, the others by asking for a profile wherever ink does not follow from the output \
              intent. Other colour is converted by whoever prints it, each in their own way.",
        fix: "Convert all colours to the output intent's space when you export (in PDF/X-1a: to CMYK), white and black included.",
        since: "0.1.0",
    };
    type Limits = Limits;

    fn check(limits: &Limits, cx: &Context<'_>) -> Result<Inspection, Skip> {
        let mut looked = 0;
        let mut findings = Vec::new();
        let mut gaps = Vec::new();
        for (part, file) in cx.files()? {
            let intent = exchange(file)?.intent_space();
            let mut found: BTreeMap<String, Vec<Place>> = BTreeMap::new();
            for page in &file.pages {
                if let Some(why) = &page.objects_gap {
                    gaps.push(format!("{} page {}: {why}", part.word(), page.number));
                }
                for (colour, on, area) in painted(file, page) {
                    looked += 1;
                    if limits.managed && colour.space == SpaceKind::Unknown {
                        gaps.push(format!("{}: the colours of {}", part.word(), on.words()));
                    }
                    if let Some(fault) = fault(limits, intent, colour) {
                        found.entry(fault).or_default().push(Place {
                            page: page.number,
                            area,
                            what: format!("{} in {}", on.words(), colour.words()),
                        });
                    }
                }
                for space in &page.groups {
                    if let Some(space) = misplaced(limits, intent, *space) {
                        found
                            .entry(format!("a group composed in {space}"))
                            .or_default()
                            .push(Place {
                                page: page.number,
                                area: None,
                                what: "a transparency group".to_owned(),
                            });
                    }
                }
            }
            for (fault, places) in found {
                let on = pages(places.iter().map(|place| place.page));
                let message = format!("{fault} on {on} of the {}", part.word());
                findings.push(Finding::about(part, message).at_places(places));
            }
        }
        gaps.dedup();
        gaps.truncate(1);
        Ok(Inspection {
            at: looked,
            findings,
            gaps,
        })
    }
}

/// Everything painted on a page, seen or not, with the first place of what is seen; of patterns, the colours they are drawn in.
fn painted<'a>(
    file: &'a Document,
    page: &'a Page,
) -> impl Iterator<Item = (&'a Colour, Painted, Option<Rect>)> {
    page.objects.iter().flat_map(move |object| {
        let area = object.visible.then_some(object.area);
        colours_of(file, object.colour)
            .into_iter()
            .map(move |colour| (colour, object.on, area))
    })
}

/// What is wrong with a colour, for people.
fn fault(limits: &Limits, intent: Option<SpaceKind>, colour: &Colour) -> Option<String> {
    if let Some(space) = misplaced(limits, intent, colour.space) {
        return Some(format!("{space} colour"));
    }
    let space = misplaced(limits, intent, colour.alternate?)?;
    let names = colour.names.join(" + ");
    Some(format!("the ink {names}, which {space} stands in for,"))
}

/// The name of a space that is not allowed here.
fn misplaced(limits: &Limits, intent: Option<SpaceKind>, space: SpaceKind) -> Option<&'static str> {
    // Files without a profile are made for a condition of the registry, all of which are of CMYK.
    let intent = intent.unwrap_or(SpaceKind::DeviceCmyk);
    let is_allowed = match space {
        SpaceKind::DeviceGray
        | SpaceKind::Separation
        | SpaceKind::DeviceN
        | SpaceKind::Pattern
        | SpaceKind::Unknown => true,
        SpaceKind::DeviceCmyk => !limits.managed || intent == SpaceKind::DeviceCmyk,
        SpaceKind::DeviceRgb => limits.managed && intent == SpaceKind::DeviceRgb,
        _ => limits.managed,
    };
    (!is_allowed).then(|| space.word())
}
