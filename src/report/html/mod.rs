//! The report as one page to look at: it needs no other file, no network and no script.

mod causes;
mod guides;
mod maker;
mod sheets;
mod shots;
mod view;

use minijinja::value::Serde;
use minijinja::{Value, context};

use self::maker::Maker;
pub use self::shots::{Picture, Shot, shots};
use super::model::Report;
use super::page_templates::Templates;
use crate::model::error::Error;
use crate::model::units::Unit;
use crate::profile::Profile;

const PAGE: &str = include_str!("report.html");
const STYLE: &str = include_str!("style.css");

/// The report as HTML. `known` gives products their names, `pictures` are those of [`shots`] as far as they could be drawn,
/// `unit` comes first in lengths.
pub fn html(
    report: &Report,
    known: &[Profile],
    pictures: &[Picture],
    unit: Unit,
) -> Result<String, Error> {
    let maker = Maker {
        report,
        known,
        pictures,
        unit,
    };
    let values = context! { style => STYLE, v => Value::from(Serde(maker.view())) };
    Templates::new(&[("report", PAGE)])?.render("report", values)
}
