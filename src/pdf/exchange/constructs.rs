//! Keys and values that PDF/X restricts, wherever the pages' resources, annotations and streams hold them.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use super::inks;
use crate::model::facts::{Construct, ConstructUse, Exchange, InkDefinition};
use crate::pdf::objects::{names, object_number};
use crate::pdf::reading::document_catalog::plain;

/// Uses kept of one construct: a message names a few.
const USES: usize = 64;
/// How deep forms within forms are followed. Real ones are not ten deep.
const DEPTH: usize = 64;
/// Annotations of a page that are looked at.
const ANNOTATIONS: usize = 100_000;

/// Collects the constructs of a file.
pub(super) struct Survey {
    found: Vec<ConstructUse>,
    /// Dictionaries looked at, by where they stand in the file: many pages share them, and circles end.
    seen: HashSet<usize>,
    /// Dictionaries that may still be looked at.
    left: usize,
    cut_off: bool,
    /// Whether what is looked at is drawn apart from the page.
    pub(super) is_apart: bool,
    /// Whether the next form is the group of a soft mask of luminosity.
    pub(super) is_luminosity: bool,
    inks: Vec<InkDefinition>,
    /// The page looked at; none for the file as a whole.
    page: Option<u32>,
}

impl Survey {
    pub(super) fn new(left: usize) -> Self {
        Self {
            found: Vec::new(),
            seen: HashSet::new(),
            left,
            cut_off: false,
            is_apart: false,
            is_luminosity: false,
            inks: Vec::new(),
            page: None,
        }
    }

    /// Puts down what was found, and why it is not all.
    pub(super) fn finish(self, into: &mut Exchange) {
        let why = "its resources are too many, or nested too deeply, to be looked at in full";
        into.constructs = self.found;
        into.inks = self.inks;
        into.gap = self.cut_off.then(|| why.to_owned());
    }

    /// Looks at the document catalog.
    pub(super) fn catalogue(&mut self, root: &Dict<'_>) {
        let Some(properties) = root.get::<Dict<'_>>(b"OCProperties") else {
            return;
        };
        self.add(Construct::OptionalContent, None, &properties);
        if properties.contains_key(b"Configs") {
            self.add(Construct::LayerConfigurations, None, &properties);
        }
        let default = properties.get::<Dict<'_>>(b"D");
        let others = properties.get::<Array<'_>>(b"Configs");
        let others = others
            .iter()
            .flat_map(|all| all.iter::<Dict<'_>>().take(USES));
        for config in default.into_iter().chain(others) {
            let events = config.get::<Array<'_>>(b"AS");
            if events.is_some_and(|events| events.raw_iter().next().is_some()) {
                self.add(Construct::AutomaticLayers, None, &config);
            }
        }
    }

    /// Looks at a page, its resources and its annotations.
    pub(super) fn page(&mut self, number: u32, page: &Page<'_>) {
        self.page = Some(number);
        let raw = page.raw();
        self.group(raw);
        if raw.get::<Dict<'_>>(b"SeparationInfo").is_some() {
            self.add(Construct::Preseparated, None, raw);
        }
        if raw.contains_key(b"UserUnit") {
            self.add(Construct::UserUnit, None, raw);
        }
        self.resources(page.resources(), DEPTH);
        let annotations = raw.get::<Array<'_>>(b"Annots");
        let annotations = annotations.iter().flat_map(|all| all.iter::<Dict<'_>>());
        for annotation in annotations.take(ANNOTATIONS) {
            if !self.enter(&annotation) {
                continue;
            }
            let faux = annotation.get::<Array<'_>>(b"FontFauxing");
            if faux.is_some_and(|fonts| fonts.raw_iter().next().is_some()) {
                self.add(Construct::TrapNetFonts, None, &annotation);
            }
            if let Some(appearances) = annotation.get::<Dict<'_>>(b"AP") {
                self.appearances(&appearances);
            }
        }
        self.page = None;
    }

    /// Looks at how every stream of the file is packed.
    pub(super) fn streams(&mut self, pdf: &Pdf, deleted: &HashSet<u32>) {
        for object in pdf.objects() {
            let Object::Stream(stream) = object else {
                continue;
            };
            let dict = stream.dict();
            if object_number(dict).is_some_and(|number| deleted.contains(&number)) {
                continue;
            }
            for filter in names(dict.get::<Object<'_>>(b"Filter")) {
                let construct = match filter.as_ref() {
                    b"LZWDecode" | b"LZW" => Construct::Lzw,
                    b"JBIG2Decode" => Construct::Jbig2,
                    b"JPXDecode" => Construct::Jpeg2000,
                    b"Crypt" => Construct::CryptFilter,
                    _ => continue,
                };
                self.add(construct, None, dict);
            }
            if matches!(
                dict.get::<Object<'_>>(b"F"),
                Some(Object::String(_) | Object::Dict(_))
            ) {
                self.add(Construct::ExternalStream, None, dict);
            }
        }
    }

    /// Whether this dictionary is new and there is room for it.
    pub(super) fn enter(&mut self, dict: &Dict<'_>) -> bool {
        if self.left == 0 {
            self.cut_off = true;
            return false;
        }
        self.left -= 1;
        self.seen.insert(dict.data().as_ptr() as usize)
    }

    pub(super) fn add(&mut self, construct: Construct, value: Option<String>, dict: &Dict<'_>) {
        let alike = self.found.iter().filter(|u| u.construct == construct);
        if alike.count() < USES {
            self.found.push(ConstructUse {
                construct,
                value,
                object: object_number(dict).map(|number| format!("{number} 0 R")),
                page: self.page,
            });
        }
    }

    fn resources(&mut self, resources: &Resources<'_>, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            self.cut_off = true;
            return;
        };
        for state in dicts(&resources.ext_g_states) {
            self.graphics_state(&state, depth);
        }
        for stream in streams(&resources.x_objects) {
            self.x_object(&stream, depth);
        }
        for pattern in values(&resources.patterns) {
            match pattern {
                Object::Stream(tile) => self.apart(tile.dict(), depth),
                Object::Dict(shading) => {
                    if let Some(state) = shading.get::<Dict<'_>>(b"ExtGState") {
                        self.graphics_state(&state, depth);
                    }
                    match shading.get::<Object<'_>>(b"Shading") {
                        Some(Object::Dict(of)) => inks::add_of_dict(&of, &mut self.inks),
                        Some(Object::Stream(of)) => inks::add_of_dict(of.dict(), &mut self.inks),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        for space in values(&resources.color_spaces) {
            inks::add_of(&space, &mut self.inks);
        }
        for shading in values(&resources.shadings) {
            match shading {
                Object::Dict(dict) => inks::add_of_dict(&dict, &mut self.inks),
                Object::Stream(stream) => inks::add_of_dict(stream.dict(), &mut self.inks),
                _ => {}
            }
        }
        for font in dicts(&resources.fonts) {
            self.font(&font, depth);
        }
    }

    pub(super) fn font(&mut self, font: &Dict<'_>, depth: usize) {
        if font.get::<Name<'_>>(b"Subtype").as_deref() == Some(b"Type3") {
            self.apart(font, depth);
        } else if self.is_apart && !is_embedded(font) {
            let name = font.get::<Name<'_>>(b"BaseFont");
            let name = name.map(|name| plain(name.as_ref()));
            self.add(Construct::FontNotEmbedded, name, font);
        }
    }

    /// What is drawn apart from the page, of which no text is known: the cell of a pattern, a Type 3 glyph, a soft mask.
    fn apart(&mut self, dict: &Dict<'_>, depth: usize) {
        let before = std::mem::replace(&mut self.is_apart, true);
        self.with_resources(dict, depth);
        self.is_apart = before;
    }

    /// The resources of a form, a pattern or a font, once.
    fn with_resources(&mut self, dict: &Dict<'_>, depth: usize) {
        if self.enter(dict)
            && let Some(own) = dict.get::<Dict<'_>>(b"Resources")
        {
            self.resources(&Resources::new(own), depth);
        }
    }

    fn appearances(&mut self, appearances: &Dict<'_>) {
        for one in values(appearances) {
            match one {
                Object::Stream(form) => self.x_object(&form, DEPTH),
                Object::Dict(states) => {
                    for form in streams(&states) {
                        self.x_object(&form, DEPTH);
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn x_object(&mut self, stream: &Stream<'_>, depth: usize) {
        let dict = stream.dict();
        if depth == 0 || self.seen.contains(&(dict.data().as_ptr() as usize)) {
            self.cut_off |= depth == 0;
            return;
        }
        if dict.contains_key(b"OPI") {
            self.add(Construct::Opi, None, dict);
        }
        let is = |key: &[u8], word: &[u8]| dict.get::<Name<'_>>(key).as_deref() == Some(word);
        if is(b"Subtype", b"PS") || is(b"Subtype2", b"PS") || dict.contains_key(b"PS") {
            self.add(Construct::Postscript, None, dict);
        }
        if is(b"Subtype", b"Image") {
            if self.enter(dict) {
                self.image(dict, depth);
            }
            return;
        }
        self.group(dict);
        if dict.get::<Dict<'_>>(b"Ref").is_some() {
            self.add(Construct::ReferenceXobject, None, dict);
        }
        self.with_resources(dict, depth);
    }

    fn image(&mut self, dict: &Dict<'_>, depth: usize) {
        let in_data = dict.get::<u32>(b"SMaskInData").unwrap_or(0) > 0;
        if in_data || dict.get::<Stream<'_>>(b"SMask").is_some() {
            self.add(Construct::ImageSoftMask, None, dict);
        }
        inks::add_of_dict(dict, &mut self.inks);
        let alternates = dict.get::<Array<'_>>(b"Alternates");
        let alternates = alternates.iter().flat_map(|all| all.iter::<Dict<'_>>());
        for alternate in alternates.take(USES) {
            if alternate.get::<bool>(b"DefaultForPrinting") == Some(true) {
                self.add(Construct::AlternateForPrint, None, dict);
            }
            if let Some(other) = alternate.get::<Stream<'_>>(b"Image") {
                self.x_object(&other, depth - 1);
            }
        }
    }

    /// The transparency group that a page or a form is.
    fn group(&mut self, dict: &Dict<'_>) {
        let group = dict.get::<Dict<'_>>(b"Group");
        let kind = group.as_ref().and_then(|group| group.get::<Name<'_>>(b"S"));
        let is_luminosity = std::mem::take(&mut self.is_luminosity);
        if kind.as_deref() != Some(b"Transparency") {
            return;
        }
        self.add(Construct::TransparencyGroup, None, dict);
        let space = match group.and_then(|group| group.get::<Object<'_>>(b"CS")) {
            None | Some(Object::Null(_)) => return,
            Some(Object::Name(name)) => Some(name),
            Some(Object::Array(array)) => array.iter::<Name<'_>>().next(),
            Some(_) => None,
        };
        let space = space.map_or_else(|| "unknown".to_owned(), |name| plain(name.as_ref()));
        let construct = match is_luminosity {
            true => Construct::MaskGroupSpace,
            false => Construct::GroupSpace,
        };
        // Of every space some pages are told of, however many groups there are of others.
        let alike = self.found.iter().filter(|one| {
            one.construct == construct && one.value.as_deref() == Some(space.as_str())
        });
        let alike: Vec<Option<u32>> = alike.map(|one| one.page).collect();
        if alike.len() < USES && !alike.contains(&self.page) {
            self.found.push(ConstructUse {
                construct,
                value: Some(space),
                object: object_number(dict).map(|number| format!("{number} 0 R")),
                page: self.page,
            });
        }
    }
}

/// Whether the program of a font is in the file; of a composite font, that of the font it is made of.
fn is_embedded(font: &Dict<'_>) -> bool {
    let of = font.get::<Array<'_>>(b"DescendantFonts");
    let of = of.and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = of
        .as_ref()
        .unwrap_or(font)
        .get::<Dict<'_>>(b"FontDescriptor");
    let programs = [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"];
    descriptor.is_some_and(|d| {
        programs
            .iter()
            .any(|key| d.get::<Stream<'_>>(*key).is_some())
    })
}

/// The values of a dictionary.
pub(super) fn values<'a>(dict: &Dict<'a>) -> Vec<Object<'a>> {
    let keys: Vec<Name<'a>> = dict.keys().collect();
    let found = keys.iter().filter_map(|key| dict.get(key.as_ref()));
    found.collect()
}

/// The streams among the values of a dictionary.
fn streams<'a>(dict: &Dict<'a>) -> Vec<Stream<'a>> {
    let all = values(dict).into_iter();
    all.filter_map(Object::into_stream).collect()
}

/// The dictionaries among the values of a dictionary.
fn dicts<'a>(dict: &Dict<'a>) -> Vec<Dict<'a>> {
    let all = values(dict).into_iter();
    all.filter_map(|value| match value {
        Object::Dict(dict) => Some(dict),
        _ => None,
    })
    .collect()
}
