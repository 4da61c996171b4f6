//! Spine widths from page counts: the models the platforms use, or none where only the platform's calculator knows.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::units::Length;

/// How sure a modelled width is, up to a page count.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Tolerance {
    /// For page counts up to and including this.
    pub up_to: u32,
    /// The true width lies within this of the model.
    pub within: Length,
}

/// A model of the spine's width.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(tag = "kind", deny_unknown_fields, rename_all = "kebab-case")]
pub enum Spine {
    /// Every page adds the same.
    #[serde(rename_all = "kebab-case")]
    Factor {
        /// Thickness of one page (one side of a leaf).
        per_page: Length,
        /// The width of no pages: boards and their glue.
        #[serde(default)]
        constant: Length,
        /// What the platform rounds its widths to.
        round: Option<Length>,
        /// How sure.
        #[serde(default)]
        tolerance: Vec<Tolerance>,
    },
    /// A constant, and so many pages an inch.
    #[serde(rename_all = "kebab-case")]
    Affine {
        /// The width of no pages.
        constant: Length,
        /// Pages that make an inch.
        pages_per_inch: f64,
        /// What the platform rounds its widths to.
        round: Option<Length>,
        /// How sure.
        #[serde(default)]
        tolerance: Vec<Tolerance>,
    },
    /// Readings, with straight lines between them.
    #[serde(rename_all = "kebab-case")]
    Table {
        /// Page counts, rising.
        pages: Vec<u32>,
        /// The width at each.
        widths: Vec<Length>,
        /// How sure.
        #[serde(default)]
        tolerance: Vec<Tolerance>,
    },
    /// One width for each band of page counts.
    #[serde(rename_all = "kebab-case")]
    Bands {
        /// The bands, rising.
        bands: Vec<Band>,
        /// How sure.
        #[serde(default)]
        tolerance: Vec<Tolerance>,
    },
    /// Boards of a few thicknesses: another spine and an allowance, rounded up to the next step.
    #[serde(rename_all = "kebab-case")]
    Stepped {
        /// The spine of the book block.
        of: Box<Spine>,
        /// What the case adds to it.
        add: Length,
        /// The step.
        step: Length,
        /// The narrowest.
        least: Length,
        /// How sure.
        #[serde(default)]
        tolerance: Vec<Tolerance>,
    },
    /// No model is known: only the platform's own calculator or template tells the width.
    Unknown {},
}

/// A band of page counts with one width.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Band {
    /// For page counts up to and including this.
    pub up_to: u32,
    /// The width.
    pub width: Length,
}

impl Spine {
    /// The width of `pages` pages; none where no model is known. Beyond a table's ends its last line goes on.
    pub fn width(&self, pages: u32) -> Option<Length> {
        let count = f64::from(pages);
        Some(match self {
            Self::Unknown {} => return None,
            Self::Factor {
                per_page,
                constant,
                round,
                ..
            } => rounded(*constant + *per_page * count, *round),
            Self::Affine {
                constant,
                pages_per_inch,
                round,
                ..
            } => rounded(*constant + Length::inches(count / pages_per_inch), *round),
            Self::Table {
                pages: at, widths, ..
            } => along(at, widths, count),
            Self::Bands { bands, .. } => bands
                .iter()
                .find(|b| pages <= b.up_to)
                .or(bands.last())
                .map_or(Length::default(), |b| b.width),
            Self::Stepped {
                of,
                add,
                step,
                least,
                ..
            } => {
                // A hair less than a step is a step: the readings that fix `add` are rounded.
                let steps = ((of.width(pages)? + *add).as_pt() / step.as_pt() - 1e-6).ceil();
                let width = *step * steps;
                if width.is_below(*least) {
                    *least
                } else {
                    width
                }
            }
        })
    }

    /// Whether a model is known.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown {})
    }

    /// How far the true width may lie from [`Spine::width`].
    pub fn tolerance(&self, pages: u32) -> Length {
        let (Self::Factor { tolerance, .. }
        | Self::Affine { tolerance, .. }
        | Self::Table { tolerance, .. }
        | Self::Bands { tolerance, .. }
        | Self::Stepped { tolerance, .. }) = self
        else {
            return Length::default();
        };
        tolerance
            .iter()
            .find(|t| pages <= t.up_to)
            .or(tolerance.last())
            .map_or(Length::default(), |t| t.within)
    }

    /// Whether the width jumps: then being one step off is a wrong guess at the step, not a small error.
    pub fn jumps(&self) -> bool {
        matches!(self, Self::Bands { .. } | Self::Stepped { .. })
    }

    /// What is wrong with the model as written, if anything.
    pub(super) fn fault(&self) -> Option<String> {
        match self {
            Self::Factor { per_page, .. } => {
                (per_page.as_pt() <= 0.0).then(|| "per-page must be more than nothing".to_owned())
            }
            Self::Affine { pages_per_inch, .. } => (*pages_per_inch <= 0.0)
                .then(|| "pages-per-inch must be more than nothing".to_owned()),
            Self::Table { pages, widths, .. } => {
                if pages.len() != widths.len() || pages.len() < 2 {
                    Some(
                        "pages and widths must be equally long and hold two readings or more"
                            .to_owned(),
                    )
                } else if !pages.is_sorted_by(|a, b| a < b) || !widths.is_sorted_by(|a, b| a <= b) {
                    Some("pages and widths must rise".to_owned())
                } else {
                    None
                }
            }
            Self::Bands { bands, .. } => {
                let rise = bands.is_sorted_by(|a, b| a.up_to < b.up_to && a.width <= b.width);
                (bands.is_empty() || !rise).then(|| "bands must rise".to_owned())
            }
            Self::Stepped { of, step, .. } => {
                let flat = step.as_pt() <= 0.0;
                let unknown = !of.is_known();
                of.fault()
                    .or(flat.then(|| "step must be more than nothing".to_owned()))
                    .or(unknown.then(|| "the spine it is of is not known".to_owned()))
            }
            Self::Unknown {} => None,
        }
    }
}

fn rounded(width: Length, to: Option<Length>) -> Length {
    match to {
        Some(to) if to.as_pt() > 0.0 => to * (width.as_pt() / to.as_pt() + 1e-9).round(),
        _ => width,
    }
}

fn along(at: &[u32], widths: &[Length], count: f64) -> Length {
    let reading = |n: usize| Some((f64::from(*at.get(n)?), *widths.get(n)?));
    // The line that ends at the first reading not below the count; beyond the ends the outermost goes on.
    let end = at.partition_point(|p| f64::from(*p) < count);
    let end = end.clamp(1, at.len().saturating_sub(1).max(1));
    match (reading(end - 1), reading(end)) {
        (Some((p0, w0)), Some((p1, w1))) => w0 + (w1 - w0) * ((count - p0) / (p1 - p0)),
        _ => Length::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_exact_on_its_readings_and_straight_between() {
        let table = Spine::Table {
            pages: vec![100, 200, 400],
            widths: vec![
                Length::inches(0.2),
                Length::inches(0.4),
                Length::inches(1.0),
            ],
            tolerance: vec![Tolerance {
                up_to: 200,
                within: Length::inches(0.002),
            }],
        };
        let near = |pages, inches: f64| {
            let width = table.width(pages).map_or(f64::NAN, Length::as_inches);
            (width - inches).abs() < 1e-9
        };
        assert!(
            near(100, 0.2) && near(150, 0.3) && near(200, 0.4) && near(300, 0.7) && near(500, 1.3)
        );
        assert!(near(50, 0.1));
        assert_eq!(table.tolerance(120), Length::inches(0.002));
    }
}
