//! The report as one page to look at: it needs no other file, no network and no script.

mod causes;
mod choices;
mod filters;
mod guides;
mod maker;
mod pages;
mod plates;
mod sheets;
mod shots;
mod view;

use base64::prelude::{BASE64_STANDARD, Engine};
use minijinja::value::Serde;
use minijinja::{Value, context};
use sha2::{Digest, Sha256};

use self::maker::Maker;
pub use self::plates::{PlateSet, PlateShot, Separation, plate_shots};
pub use self::shots::{Picture, Shot, shots};
use super::model::Report;
use super::page_templates::{PALETTE, Templates};
use crate::model::error::Error;
use crate::model::units::Unit;
use crate::profile::Profile;

/// The digest of a page's style sheet, as a content security policy names it (CSP 3).
pub fn style_digest(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("<style>")?;
    let (style, _) = rest.split_once("</style>")?;
    Some(digest(style))
}

fn digest(style: &str) -> String {
    let digest = BASE64_STANDARD.encode(Sha256::digest(style));
    format!("sha256-{digest}")
}

const PAGE: &str = include_str!("report.html");
const STYLE: &str = include_str!("style.css");

/// What a report shows beside its words, as far as it could be drawn.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// Those of [`shots`].
    pub shots: Vec<Picture>,
    /// Those of [`plate_shots`].
    pub plates: Vec<PlateSet>,
}

/// The report as HTML. `known` gives products their names, `unit` comes first in lengths.
pub fn html(
    report: &Report,
    known: &[Profile],
    pictures: &Pictures,
    unit: Unit,
) -> Result<String, Error> {
    let maker = Maker::new(report, known, pictures, unit);
    let view = maker.view();
    let style = format!("\n{PALETTE}{STYLE}{}", view.filters);
    let values = context! {
        style_digest => digest(&style),
        style => style,
        v => Value::from(Serde(view)),
    };
    Templates::new(&[("report", PAGE)])?.render("report", values)
}
