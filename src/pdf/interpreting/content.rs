//! Unpacks and runs content streams. Reads on after syntax errors, and records resources that are missing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Dict, MaybeRef, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};
use hayro_syntax::xref::XRef;

use crate::model::facts::Construct;
use crate::pdf::fonts::cache::FontEntry;
use crate::pdf::images::decode::{self, Refusal};
use crate::pdf::interpreting::context::{Context, Stop};
use crate::pdf::interpreting::walk::Walker;
use crate::pdf::objects::object_number;
use crate::pdf::reading::operands::{self, Leftover};
use crate::pdf::reading::resume::{self, Obstacle};
use crate::pdf::reading::trouble::{Thing, Trouble, numbered};

/// Bytes behind the end of packed content that are no content: careless writers count a few too many.
const UNREAD: usize = 8;

/// A content stream that was unpacked, ready to be run.
pub(crate) struct Content {
    /// Its data, followed by an operator that marks their end.
    data: Vec<u8>,
    thing: Thing,
    object: Option<u32>,
}

impl Content {
    /// Data to be run.
    pub(crate) fn new(mut data: Vec<u8>, thing: Thing, object: Option<u32>) -> Self {
        data.extend_from_slice(resume::END);
        Self {
            data,
            thing,
            object,
        }
    }
}

impl<'p> Context<'p, '_> {
    /// Records that a resource is named but missing.
    pub(crate) fn missing(&mut self, thing: Thing, name: &Name<'_>) {
        let name = name.as_str().chars().take(40).collect();
        self.trouble(Trouble::Missing(thing, name));
    }

    /// Records that a deleted object is used.
    pub(crate) fn verify(&mut self, thing: Thing, dict: &Dict<'_>) {
        if !self.deleted.is_empty()
            && let Some(number) = object_number(dict).filter(|n| self.deleted.contains(n))
        {
            self.trouble(Trouble::Deleted(thing, number));
        }
    }

    /// Unpacks a content stream or records why not.
    pub(crate) fn content(&mut self, thing: Thing, stream: &Stream<'p>) -> Option<Content> {
        let data = self.unpacked(thing, stream)?;
        if has_endless_pictures(&data) {
            self.trouble(Trouble::Damaged(thing, object_number(stream.dict())));
            // Nor is it drawn.
            self.further = u64::MAX / 4;
            return None;
        }
        Some(Content::new(
            data.into_owned(),
            thing,
            object_number(stream.dict()),
        ))
    }

    /// The data of a content stream; records a trouble if they are incomplete.
    pub(crate) fn unpacked(&mut self, thing: Thing, stream: &Stream<'p>) -> Option<Cow<'p, [u8]>> {
        self.verify(thing, stream.dict());
        if thing == Thing::Content {
            self.verify_length(stream);
        } else {
            self.verify_sign(thing, stream.dict());
        }
        match decode::read(stream, self.limits.stream_bytes) {
            Ok(unpacked) => {
                // Programs pack nothing into no bytes, and say so. A glyph has at least its width.
                if stream.raw_data().is_empty() && thing != Thing::Glyph {
                    if !unpacked.whole && stream.dict().get::<usize>(b"Length") != Some(0) {
                        let words = thing.words();
                        self.troubles.skip(format!("{words} (packed, and empty)"));
                    }
                } else if !unpacked.whole || unpacked.unread > UNREAD {
                    self.trouble(Trouble::Damaged(thing, object_number(stream.dict())));
                }
                Some(unpacked.data)
            }
            Err(Refusal::TooLarge) => {
                self.trouble(Trouble::TooLarge);
                None
            }
            Err(Refusal::Damaged) => {
                self.trouble(Trouble::Damaged(thing, object_number(stream.dict())));
                None
            }
        }
    }

    /// Records a wrong `Length` of a content stream: viewers then search for its end.
    fn verify_length(&mut self, stream: &Stream<'p>) {
        let Cow::Borrowed(raw) = stream.raw_data() else {
            return;
        };
        let told = stream.dict().get::<usize>(b"Length");
        // The end of the line before the end mark belongs to neither.
        if told.is_none_or(|told| told.abs_diff(raw.len()) > 2) {
            self.troubles
                .skip("the wrong length of a content stream".to_owned());
        }
    }

    /// Records a `Length` below nought of a stream that is no page's own. Some viewers take it for one without data, where they
    /// search for the end of any other that is wrong.
    pub(crate) fn verify_sign(&mut self, thing: Thing, dict: &Dict<'_>) {
        if dict.get::<i64>(b"Length").is_some_and(|length| length < 0) {
            let named = numbered(object_number(dict));
            let words = thing.words();
            self.troubles
                .skip(format!("the length below nought of {words}{named}"));
        }
    }

    /// Records what the parser passes over without a word.
    fn tell_leftovers(&mut self, content: &Content) {
        for leftover in operands::leftovers(&content.data) {
            match leftover {
                Leftover::Surplus(name) => {
                    self.troubles
                        .skip(format!("operands that the operator {name} does not take"));
                }
                Leftover::RunTogether(name) => self.trouble(Trouble::Refused(name)),
            }
        }
    }

    /// Records an operator that is unknown or lacks operands.
    fn unknown(&mut self, name: &[u8], lenient: bool) {
        let written = String::from_utf8_lossy(name).into_owned();
        if name == b"BI" {
            self.trouble(Trouble::Damaged(Thing::InlinePicture, None));
        } else if OPERATORS.contains(&name) {
            self.trouble(Trouble::Refused(written));
        } else {
            let short: String = written.chars().take(20).collect();
            if !lenient {
                self.troubles
                    .skip(format!("the unknown operator \"{short}\""));
            }
            self.troubles
                .restrict(Construct::UnknownOperator, Some(short));
        }
    }
}

impl<'p> Walker<'p, '_, '_> {
    /// Runs one content stream in the current state and leaves the state as it was.
    pub(crate) fn run(&mut self, content: &Content, resources: &Resources<'p>) -> Result<(), Stop> {
        let depth = self.saved.len();
        let marked = self.marked.len();
        let before = self.state.clone();
        self.painter.save();
        let defaults = std::mem::replace(&mut self.defaults, self.cx.spaces.defaults(resources));
        let mut fonts: HashMap<Vec<u8>, Option<Rc<FontEntry<'p>>>> = HashMap::new();
        let mut result = Ok(());
        let mut from = 0;
        let mut lenient = 0usize;
        // After a syntax error, parsing resumes behind it.
        for _ in 0..=resume::MAX_RESUMES {
            let rest = content.data.get(from..).unwrap_or_default();
            let mut operators = TypedIter::new(rest);
            let mut read = 0;
            let mut ended = false;
            while let Some(operator) = operators.next() {
                result = self.cx.spend(1);
                if result.is_err() {
                    break;
                }
                read += 1;
                ended = false;
                match operator {
                    Op::Fallback(name) if **name == *resume::END_NAME => ended = true,
                    Op::BeginCompatibility(_) => lenient += 1,
                    Op::EndCompatibility(_) => lenient = lenient.saturating_sub(1),
                    Op::Fallback(name) => self.cx.unknown(name, lenient > 0),
                    operator => {
                        if let Err(stop) = self.operator(operator, resources, &mut fonts, depth) {
                            result = Err(stop);
                            break;
                        }
                    }
                }
            }
            if ended && resume::ends_in_operand(&content.data) {
                let cut = Trouble::BreaksOff(content.thing, content.object);
                self.cx.trouble(cut);
            }
            if ended || result.is_err() {
                break;
            }
            match resume::after(rest, read) {
                Some((by, Obstacle::Stray(what))) if resume::is_cut_within(rest, by, &what) => {
                    let cut = Trouble::BreaksOff(content.thing, content.object);
                    self.cx.trouble(cut);
                    break;
                }
                Some((by, Obstacle::Stray(what))) => {
                    from += by;
                    self.cx.troubles.skip(format!("a stray {what}"));
                }
                Some((by, Obstacle::Operator(name))) => {
                    from += by;
                    self.cx.unknown(name.as_bytes(), lenient > 0);
                }
                None => {
                    self.cx
                        .trouble(Trouble::BreaksOff(content.thing, content.object));
                    break;
                }
            }
        }
        if result.is_ok() {
            self.cx.tell_leftovers(content);
        }
        if result.is_ok() && !self.path.elements().is_empty() {
            let object = numbered(content.object);
            let words = content.thing.words();
            self.cx.troubles.skip(format!(
                "a path that {words}{object} leaves unpainted at its end"
            ));
        }
        self.path.truncate(0);
        self.clip_pending = None;
        for _ in self.saved.drain(depth..) {
            self.painter.restore();
        }
        self.painter.restore();
        self.marked.truncate(marked);
        self.state = before;
        self.defaults = defaults;
        result
    }
}

/// Joins the page's content streams with white space, as ISO 32000 requires. Missing streams are a trouble; a page
/// without `Contents` is blank.
pub(in crate::pdf) fn of_page<'p>(
    cx: &mut Context<'p, '_>,
    page: &Page<'p>,
    xref: &'p XRef,
) -> Content {
    // The page tree may name any object as a page.
    let kind = page.raw().get::<Name<'p>>(b"Type");
    if kind.is_some_and(|kind| !matches!(kind.as_ref(), b"Page" | b"Template")) {
        cx.trouble(Trouble::Damaged(Thing::Page, object_number(page.raw())));
    }
    let mut streams: Vec<Option<Stream<'p>>> = Vec::new();
    match page.raw().get::<Object<'p>>(b"Contents") {
        Some(Object::Stream(stream)) => streams.push(Some(stream)),
        Some(Object::Array(array)) => {
            let parts = array.raw_iter();
            let parts = parts.map(|part| match part {
                MaybeRef::Ref(id) => xref.get::<Stream<'p>>(id.into()),
                MaybeRef::NotRef(object) => object.into_stream(),
            });
            streams.extend(parts);
        }
        None if !page.raw().contains_key(b"Contents") => {}
        _ => streams.push(None),
    }
    let mut joined = Vec::new();
    for stream in streams {
        let Some(stream) = stream else {
            let name = "by the page".to_owned();
            cx.trouble(Trouble::Missing(Thing::Content, name));
            continue;
        };
        if let Some(data) = cx.unpacked(Thing::Content, &stream) {
            if joined.len() + data.len() > cx.limits.stream_bytes {
                cx.trouble(Trouble::TooLarge);
                break;
            }
            joined.extend_from_slice(&data);
            joined.push(b'\n');
        }
    }
    if has_endless_pictures(&joined) {
        cx.trouble(Trouble::Damaged(Thing::Content, None));
        cx.further = u64::MAX / 4;
        joined.clear();
    }
    Content::new(joined, Thing::Content, None)
}

/// Whether there are so many `EI` that searching each inline image's end would take quadratic time.
pub(crate) fn has_endless_pictures(content: &[u8]) -> bool {
    let count = |word: &[u8]| memchr::memmem::find_iter(content, word).count();
    memchr::memmem::find(content, b"BI").is_some() && count(b"EI") > 4 * count(b"BI") + 2000
}

/// The operators of the format that change what is painted.
const OPERATORS: &[&[u8]] = &[
    b"q", b"Q", b"cm", b"w", b"J", b"j", b"M", b"d", b"gs", b"m", b"l", b"c", b"v", b"y", b"h",
    b"re", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n", b"W", b"W*", b"CS",
    b"cs", b"SC", b"SCN", b"sc", b"scn", b"G", b"g", b"RG", b"rg", b"K", b"k", b"sh", b"Do", b"BI",
    b"Tc", b"Tw", b"Tz", b"TL", b"Tf", b"Tr", b"Ts", b"BT", b"ET", b"Td", b"TD", b"Tm", b"T*",
    b"Tj", b"TJ", b"'", b"\"", b"d0", b"d1",
];
