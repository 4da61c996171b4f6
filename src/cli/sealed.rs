//! What marks the files that reports are written to as presscheck's own.

use crate::answers::Format;
use crate::output;

/// The text with a last remark that says who wrote it, where the format has remarks and is not known by its beginning.
pub(super) fn sealed(format: Format, text: String) -> String {
    match format {
        Format::Text => output::seal_text(&text),
        Format::Html | Format::Junit | Format::Markdown => output::seal_markup(&text),
        _ => text,
    }
}
