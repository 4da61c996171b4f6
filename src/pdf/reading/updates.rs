//! Compares a file's updates and cross-reference table with its objects.

use lopdf::xref::XrefEntry;

use crate::pdf::reading::resume;

/// What is at the offset that the cross-reference table gives for an object.
fn standing_at<'b>(bytes: &'b [u8], entry: &XrefEntry) -> Option<&'b [u8]> {
    let XrefEntry::Normal { offset, .. } = entry else {
        return None;
    };
    let rest = usize::try_from(*offset).ok().and_then(|at| bytes.get(at..));
    Some(rest.unwrap_or_default().trim_ascii_start())
}

/// Whether the object of this number that stands where the table says is a dictionary without an end, and an older one of
/// the number stands elsewhere: an update was to replace that, and readers differ in what they show.
pub(super) fn is_garbled(bytes: &[u8], number: u32, entry: &XrefEntry) -> bool {
    /// Dictionaries are looked at so far, in bytes.
    const FAR: usize = 1 << 16;
    let head = format!("{number} 0 obj");
    let body = standing_at(bytes, entry).and_then(|rest| rest.strip_prefix(head.as_bytes()));
    let Some(body) = body.map(<[u8]>::trim_ascii_start) else {
        return false;
    };
    let near = body.get(..body.len().min(FAR)).unwrap_or_default();
    // Nearly all objects are sound, which shows at the end of their dictionaries: what follows is only looked at after that.
    if !near.starts_with(b"<<") || resume::nested(near, b"<<", b">>").is_some() {
        return false;
    }
    let whole = memchr::memmem::find(near, b"endobj").and_then(|end| near.get(..end));
    whole.is_some_and(|whole| !whole.contains(&b'%')) && places_of(bytes, number) > 1
}

/// Whether no object of this number is at the offset in the table.
pub(super) fn is_misplaced(bytes: &[u8], number: u32, entry: &XrefEntry) -> bool {
    let Some(rest) = standing_at(bytes, entry) else {
        return false;
    };
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let written = rest.get(..digits).and_then(|d| std::str::from_utf8(d).ok());
    let found = written.and_then(|d| d.parse::<u32>().ok());
    // Entries for objects that are nowhere in the file do no harm.
    found != Some(number) && places_of(bytes, number) > 0
}

/// How often objects of this number occur.
fn places_of(bytes: &[u8], number: u32) -> usize {
    let head = format!("{number} 0 obj");
    let is_head = |at: &usize| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        before.is_none_or(u8::is_ascii_whitespace)
    };
    let places = memchr::memmem::find_iter(bytes, head.as_bytes());
    places.filter(is_head).count()
}

/// Whether objects follow the last end-of-file marker.
pub(super) fn update_is_cut_short(bytes: &[u8]) -> bool {
    let Some(end) = memchr::memmem::rfind(bytes, b"%%EOF") else {
        return false;
    };
    let behind = bytes.get(end..).unwrap_or_default();
    memchr::memmem::find_iter(behind, b" obj").any(|at| {
        let before = behind.get(at.saturating_sub(1)..at);
        before.is_some_and(|b| b.iter().all(u8::is_ascii_digit))
    })
}
