//! The report as one page to look at: it needs no other file, no network and no script.

mod causes;
mod guides;
mod maker;
mod sheets;
mod shots;
mod view;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};

use self::maker::Maker;
pub use self::shots::{Picture, Shot, shots};
use super::model::Report;
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
    let fault = |e: minijinja::Error| Error::Job(format!("the page could not be written: {e:#}"));
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    templates.add_template("report", PAGE).map_err(fault)?;
    let maker = Maker {
        report,
        known,
        pictures,
        unit,
    };
    let page = templates.get_template("report").map_err(fault)?;
    page.render(context! { style => STYLE, v => Value::from(Serde(maker.view())) })
        .map_err(fault)
}
