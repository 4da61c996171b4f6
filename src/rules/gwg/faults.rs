//! Looks at the graphics objects of the files for faults of the Ghent Workgroup, and reports each fault once.

use crate::model::facts::{Colour, Document, ObjectUse, Page, Painted, SpaceKind};
use crate::model::finding::{Finding, Inspection, Level, Measure, MeasureUnit, Part, Place, Skip};
use crate::rules::standard::exchange;
use crate::rules::words::pages;
use crate::rules::{Context, paint};

/// Graphics objects that are alike, with one of the colours that they are drawn in.
#[derive(Clone, Copy)]
pub(super) struct Painting<'a> {
    pub(super) object: &'a ObjectUse,
    pub(super) colour: &'a Colour,
    /// Whether it is one of the colours that a pattern is drawn in: on what in its cell, nobody knows.
    pub(super) in_pattern: bool,
}

/// A fault that objects may have.
pub(super) struct Fault<'r> {
    /// How bad it is.
    pub(super) level: Level,
    /// What is wrong, before ` on 3 pages of the interior`.
    pub(super) says: String,
    /// The least size, in points, where it is about size.
    pub(super) least: Option<f64>,
    /// Whether objects have it.
    pub(super) is: Box<dyn Fn(Painting<'_>) -> bool + 'r>,
}

impl<'r> Fault<'r> {
    pub(super) fn new(
        level: Level,
        says: impl Into<String>,
        is: impl Fn(Painting<'_>) -> bool + 'r,
    ) -> Self {
        Self {
            level,
            says: says.into(),
            least: None,
            is: Box::new(is),
        }
    }

    /// The fault of objects that are smaller than so many points.
    pub(super) fn below(
        least: f64,
        level: Level,
        says: &str,
        is: impl Fn(Painting<'_>) -> bool + 'r,
    ) -> Self {
        let is_small = move |one: Painting<'_>| one.is_below(least) && is(one);
        Self {
            least: Some(least),
            ..Self::new(level, format!("{says} below {least} pt"), is_small)
        }
    }
}

/// Finds which of the faults the files have.
pub(super) fn find(cx: &Context<'_>, faults: &[Fault<'_>]) -> Result<Inspection, Skip> {
    let mut looked = 0;
    let mut findings = Vec::new();
    let mut gaps = Vec::new();
    for (part, file) in cx.files()? {
        exchange(file)?;
        gaps.extend(untold(part, file));
        let mut found: Vec<(f64, Vec<Place>)> =
            faults.iter().map(|_| (f64::MAX, Vec::new())).collect();
        for page in &file.pages {
            for object in &page.objects {
                looked += 1;
                let whole = file.colour(object.colour);
                let in_pattern = whole.is_some_and(|c| c.space == SpaceKind::Pattern);
                for colour in paint::colours_of(file, object.colour) {
                    let one = Painting {
                        object,
                        colour,
                        in_pattern,
                    };
                    for (fault, (smallest, places)) in faults.iter().zip(&mut found) {
                        if (fault.is)(one) {
                            *smallest = smallest.min(object.size.map_or(f64::MAX, f64::from));
                            places.push(one.place(page.number));
                        }
                    }
                }
            }
        }
        for (fault, (smallest, places)) in faults.iter().zip(found) {
            if places.is_empty() {
                continue;
            }
            let on = pages(places.iter().map(|place| place.page));
            let points = |points| Measure::new(points, MeasureUnit::Points);
            let (size, measures) = match fault.least {
                Some(least) => (
                    format!(", down to {} pt,", hundredths(smallest)),
                    Some((points(smallest), points(least))),
                ),
                None => (String::new(), None),
            };
            let message = format!("{}{size} on {on} of the {}", fault.says, part.word());
            let finding = Finding::about(part, message)
                .at(fault.level)
                .at_places(places);
            findings.push(match measures {
                Some((value, limit)) => finding.measured(value, limit),
                None => finding,
            });
        }
    }
    Ok(Inspection {
        at: looked,
        findings,
        gaps,
    })
}

/// Pages whose objects could not all be told apart.
pub(super) fn untold(part: Part, file: &Document) -> Option<String> {
    let why = |page: &Page| {
        let is_merged = |object: &ObjectUse| {
            let colour = file.colour(object.colour);
            let is_plain = matches!(object.on, Painted::Text | Painted::Fill | Painted::Stroke);
            is_plain && colour.is_some_and(|c| c.has_many() && c.space != SpaceKind::Pattern)
        };
        let merged = || {
            let is_merged = page.objects.iter().any(is_merged);
            is_merged.then(|| "it has more colours than the limit".to_owned())
        };
        let why = page.objects_gap.clone().or_else(merged)?;
        Some(format!("{} page {}: {why}", part.word(), page.number))
    };
    file.pages.iter().find_map(why)
}

fn hundredths(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

/// Components as good as 0 or 1: facts have them to a thousandth.
const ROUNDED: f32 = 0.0006;

impl Painting<'_> {
    pub(super) fn is_text(self) -> bool {
        self.object.on == Painted::Text
    }

    /// Whether it is a filled or stroked path.
    pub(super) fn is_path(self) -> bool {
        matches!(self.object.on, Painted::Fill | Painted::Stroke)
    }

    /// Whether it is a picture, image masks aside.
    pub(super) fn is_image(self) -> bool {
        self.object.on == Painted::Image && !self.object.stencil
    }

    /// Whether it can be seen, on something else.
    pub(super) fn is_on_others(self) -> bool {
        self.object.visible && self.object.overlaps
    }

    fn is_below(self, least: f64) -> bool {
        self.object.size.is_some_and(|size| f64::from(size) < least)
    }

    /// Whether it is in DeviceGray.
    pub(super) fn is_device_gray(self) -> bool {
        self.colour.space == SpaceKind::DeviceGray
    }

    /// Whether its colour has components that are amounts of ink.
    fn is_of_inks(self) -> bool {
        matches!(
            self.colour.space,
            SpaceKind::DeviceCmyk | SpaceKind::IccCmyk | SpaceKind::Separation | SpaceKind::DeviceN
        )
    }

    /// Whether its colour is one of a palette.
    fn is_of_palette(self) -> bool {
        let components = match self.colour.space {
            SpaceKind::DeviceCmyk | SpaceKind::IccCmyk => 4,
            SpaceKind::DeviceN => self.colour.names.len(),
            SpaceKind::DeviceRgb | SpaceKind::CalRgb | SpaceKind::IccRgb | SpaceKind::Lab => 3,
            _ => 1,
        };
        self.colour.amounts.len() != components
    }

    /// How many inks its colour names with more than none of them.
    pub(super) fn inks(self) -> usize {
        let amounts = self.colour.amounts.iter().filter(|a| **a > ROUNDED);
        match self.is_of_inks() {
            // The component of a palette is a place in it.
            true if self.is_of_palette() => {
                let inks = self.colour.inks.iter();
                inks.filter(|ink| ink.percent > 100.0 * ROUNDED).count()
            }
            true => amounts.count(),
            false => 0,
        }
    }

    /// Whether its colour is white: no ink, or all light in a space of greys.
    pub(super) fn is_white(self) -> bool {
        match self.colour.amounts.as_slice() {
            [] => false,
            _ if self.is_of_palette() => self.colour.is_white(),
            [grey] if self.colour.space.is_gray() => *grey >= 1.0 - ROUNDED,
            _ => self.is_of_inks() && self.inks() == 0,
        }
    }

    /// Whether its colour is black ink in full and nothing else, opaque; greys of a device aside.
    pub(super) fn is_black_ink(self) -> bool {
        let is_device = matches!(
            self.colour.space,
            SpaceKind::DeviceCmyk | SpaceKind::Separation | SpaceKind::DeviceN
        );
        is_device
            && !self.object.transparent
            && self.inks() == 1
            && self.colour.ink("Black") >= 100.0 * (1.0 - ROUNDED)
    }

    fn place(self, page: u32) -> Place {
        let what = match (self.object.size, self.object.on) {
            (Some(size), Painted::Text) => format!("text of {} pt", hundredths(size.into())),
            (Some(size), _) => format!("a line of {} pt", hundredths(size.into())),
            (None, on) => on.words().to_owned(),
        };
        Place {
            page,
            area: Some(self.object.area),
            what: format!("{what} in {}", self.colour.words()),
        }
    }
}
