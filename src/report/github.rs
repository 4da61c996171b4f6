//! The report as workflow commands of GitHub Actions: an annotation a cause.

use super::model::{CauseReport, Report};
use super::queries::{pages_named, plain_path};
use crate::model::finding::Level;
use crate::model::visible::visible_lines;

/// The report as workflow commands, one a line.
pub fn github(report: &Report) -> String {
    let report = &report.with_visible_names();
    report.causes.iter().map(|c| command(c, report)).collect()
}

fn command(cause: &CauseReport, report: &Report) -> String {
    let word = match cause.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let products = cause.named(&cause.products(report), str::to_owned);
    let pages = pages_named(&cause.pages, usize::MAX);
    let pages = pages.map_or(String::new(), |pages| format!(" ({pages})"));
    let mut text = format!("{}{pages}\n", cause.message);
    for other in cause.others(report) {
        let products = cause.named(&other.products, str::to_owned);
        text += &format!("{products}: {}\n", other.message);
    }
    format!(
        "::{word} file={},title={}::{}\n",
        property(&plain_path(&cause.name)),
        property(&format!("{}: {products}", cause.rule)),
        data(&(text + &cause.fix)),
    )
}

/// What stands behind the second pair of colons.
fn data(text: &str) -> String {
    visible_lines(text).replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::property;

    #[test]
    fn nothing_in_a_name_ends_a_property_or_a_line() {
        assert_eq!(
            property("a,b:c\n::error::d%"),
            "a%2Cb%3Ac%0A%3A%3Aerror%3A%3Ad%25"
        );
    }
}
