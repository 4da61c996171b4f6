//! A report in the format that was asked for.

use presscheck::error::Error;
use presscheck::output;
use presscheck::pictures;
use presscheck::pipeline::Options;
use presscheck::profile::Profile;
use presscheck::report::{self, Report, Style};
use presscheck::units::Unit;

use super::flags::ReportFormat;

/// A report as the text of a file.
pub(super) fn report(
    report: &Report,
    known: &[Profile],
    format: ReportFormat,
    options: &Options,
    unit: Unit,
) -> Result<String, Error> {
    Ok(match format {
        ReportFormat::Json => report::json(report, true),
        ReportFormat::Jsonl => report::json(report, false),
        ReportFormat::Sarif => report::sarif(report),
        ReportFormat::Junit => report::junit(report),
        ReportFormat::Markdown => report::markdown(report, known, unit),
        ReportFormat::Github => report::github(report),
        ReportFormat::Html => {
            let pictures = pictures::pictures(report, options);
            report::html(report, known, &pictures, unit)?
        }
        ReportFormat::Text => {
            let style = Style {
                unit,
                ..Style::default()
            };
            report::text(report, known, style)
        }
    })
}

/// The text with a last remark that says who wrote it, where the format has remarks and is not known by its beginning.
pub(super) fn sealed(format: ReportFormat, text: String) -> String {
    match format {
        ReportFormat::Text => output::seal_text(&text),
        ReportFormat::Junit | ReportFormat::Markdown => output::seal_markup(&text),
        _ => text,
    }
}
