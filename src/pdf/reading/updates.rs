//! Compares a file's updates and cross-reference table with its objects.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::xref::XrefEntry;
use lopdf::{Document, Object, Stream};

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

/// Numbers of objects in object streams to which no entry of the cross-reference table leads: readers that go by the table
/// take them for null.
pub(super) fn unlisted(bytes: &[u8], document: &Document) -> BTreeSet<u32> {
    let streams = document.objects.iter().filter_map(|((number, _), object)| {
        let stream = object.as_stream().ok()?;
        Some((*number, members(stream)?))
    });
    let streams: BTreeMap<u32, Vec<u32>> = streams.collect();
    let leads_to = |number: &u32, entry: &XrefEntry| match entry {
        XrefEntry::Compressed { container, index } => {
            let members = streams.get(container);
            members.is_none_or(|all| all.get(usize::from(*index)) == Some(number))
        }
        XrefEntry::Normal { .. } => number_at(bytes, entry) == Some(*number),
        XrefEntry::Free | XrefEntry::UnusableFree => true,
    };
    let entries = &document.reference_table.entries;
    let is_lost = |number: &u32| {
        !entries
            .get(number)
            .is_some_and(|entry| leads_to(number, entry))
    };
    let members = streams.values().flatten().copied();
    members.filter(is_lost).collect()
}

/// The numbers of the objects in an object stream, in their order; none for another stream, or one whose filters are rare.
fn members(stream: &Stream) -> Option<Vec<u32>> {
    /// Heads of object streams are read so far, in bytes.
    const MOST: u64 = 1 << 20;
    let dict = &stream.dict;
    if !dict.has_type(b"ObjStm") || dict.has(b"DecodeParms") {
        return None;
    }
    let first = dict.get(b"First").and_then(Object::as_i64).ok()?;
    let first = u64::try_from(first).ok().filter(|first| *first <= MOST)?;
    let mut head = Vec::new();
    match stream.filters().unwrap_or_default().as_slice() {
        [] => stream.content.take(first).read_to_end(&mut head),
        [b"FlateDecode"] => ZlibDecoder::new(&*stream.content)
            .take(first)
            .read_to_end(&mut head),
        _ => return None,
    }
    .ok()?;
    let words = head
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let numbers = words.map(|word| std::str::from_utf8(word).ok()?.parse().ok());
    // Each number is followed by where its object begins.
    numbers.step_by(2).collect()
}

/// The number of the object that stands where an entry says.
fn number_at(bytes: &[u8], entry: &XrefEntry) -> Option<u32> {
    let rest = standing_at(bytes, entry)?;
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()
}

/// Whether no object of this number is at the offset in the table.
pub(super) fn is_misplaced(bytes: &[u8], number: u32, entry: &XrefEntry) -> bool {
    let has_place = matches!(entry, XrefEntry::Normal { .. });
    // Entries for objects that are nowhere in the file do no harm.
    has_place && number_at(bytes, entry) != Some(number) && places_of(bytes, number) > 0
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
