//! Reads what a file holds besides pages: actions, forms, bookmarks, attachments, layers.
//!
//! Read by the reader of pages rather than by the second one, which drops annotations and bookmarks while loading:
//! here nothing is loaded that is not asked for, and files that only one of them can read are not left out.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Text};

use crate::model::facts::{Action, Form, Layer, ProcessingStep};
use crate::model::limits::Limits;
use crate::pdf::reading::layers::Layers;

/// What a file holds besides pages.
#[derive(Clone, Debug, Default)]
pub struct DocumentExtras {
    /// Actions that hang on the file, its form or its bookmarks; those of pages are told with the pages.
    pub actions: Vec<Action>,
    /// Its form.
    pub form: Option<Form>,
    /// Bookmarks.
    pub bookmarks: u32,
    /// Names of attached files; those pinned to pages are told with the pages.
    pub attached: Vec<String>,
    /// Its layers.
    pub layers: Vec<Layer>,
    /// Something was nested too deeply, or was too much, to be read in full.
    pub cut_off: bool,
}

/// Longest name kept, in characters.
const NAME: usize = 200;
/// How deep trees of names, fields and bookmarks are followed. Real ones are not ten deep.
const DEPTH: usize = 64;
/// Actions kept of one event, which may be a chain of them.
const CHAIN: usize = 32;

/// Reads the catalogue.
pub(crate) fn extras(pdf: &Pdf, layers: &Layers, limits: &Limits) -> DocumentExtras {
    let xref = pdf.xref();
    let mut walk = Walk {
        found: DocumentExtras::default(),
        left: limits.catalogue_entries,
        seen: HashSet::new(),
    };
    let Some(root) = xref.get::<Dict<'_>>(xref.root_id()) else {
        return walk.found;
    };
    if let Some(open) = root.get::<Dict<'_>>(b"OpenAction") {
        walk.actions(&open, "opening the file");
    }
    if let Some(events) = root.get::<Dict<'_>>(b"AA") {
        walk.events(&events, "an event of the file");
    }
    if let Some(names) = root.get::<Dict<'_>>(b"Names") {
        if let Some(scripts) = names.get::<Dict<'_>>(b"JavaScript") {
            walk.names(&scripts, DEPTH, &mut |walk, _, script| {
                walk.actions(script, "opening the file");
            });
        }
        if let Some(files) = names.get::<Dict<'_>>(b"EmbeddedFiles") {
            walk.names(&files, DEPTH, &mut |walk, key, file| walk.attach(file, key));
        }
    }
    walk.associated(&root);
    if let Some(form) = root.get::<Dict<'_>>(b"AcroForm") {
        walk.form(&form);
    }
    if let Some(outlines) = root.get::<Dict<'_>>(b"Outlines") {
        walk.bookmarks(&outlines, DEPTH);
    }
    if let Some(properties) = root.get::<Dict<'_>>(b"OCProperties") {
        walk.layers(&properties, layers);
    }
    walk.found
}

/// The actions of a page's dictionary and of one of its annotations.
pub(crate) fn actions_of(dict: &Dict<'_>, when: &str) -> Vec<Action> {
    let mut walk = Walk {
        found: DocumentExtras::default(),
        left: CHAIN * 16,
        seen: HashSet::new(),
    };
    if let Some(action) = dict.get::<Dict<'_>>(b"A") {
        walk.actions(&action, when);
    }
    if let Some(events) = dict.get::<Dict<'_>>(b"AA") {
        walk.events(&events, when);
    }
    walk.found.actions
}

/// The name of the file that a file specification embeds, if it embeds one.
pub(crate) fn embedded(spec: &Dict<'_>) -> Option<String> {
    let files = spec.get::<Dict<'_>>(b"EF")?;
    let holds = [b"F".as_slice(), b"UF", b"DOS", b"Mac", b"Unix"]
        .iter()
        .any(|key| files.get::<Stream<'_>>(*key).is_some());
    holds.then(|| named(spec).unwrap_or_default())
}

fn named(spec: &Dict<'_>) -> Option<String> {
    [b"UF".as_slice(), b"F"]
        .iter()
        .find_map(|key| spec.get::<Text<'_>>(*key))
        .map(|name| plain(name.as_bytes()))
}

/// A text string of the format as text, short enough to show.
pub(crate) fn plain(bytes: &[u8]) -> String {
    let kept = bytes.get(..bytes.len().min(8 * NAME)).unwrap_or_default();
    let string = lopdf::Object::string_literal(kept);
    let text = lopdf::decode_text_string(&string)
        .unwrap_or_else(|_| String::from_utf8_lossy(kept).into_owned());
    let clean = text.chars().filter(|c| !c.is_control()).take(NAME);
    clean.collect::<String>().trim().to_owned()
}

struct Walk {
    found: DocumentExtras,
    /// Entries that may still be looked at.
    left: usize,
    /// Dictionaries met, by where they stand in the file, so that circles end.
    seen: HashSet<usize>,
}

impl Walk {
    /// Whether this dictionary is new and there is room for it.
    fn enter(&mut self, dict: &Dict<'_>) -> bool {
        if self.left == 0 {
            self.found.cut_off = true;
            return false;
        }
        self.left -= 1;
        self.seen.insert(dict.data().as_ptr() as usize)
    }

    /// An action and those that follow it.
    fn actions(&mut self, action: &Dict<'_>, when: &str) {
        let mut pending = vec![action.clone()];
        let mut met = 0;
        while let Some(action) = pending.pop() {
            met += 1;
            if met > CHAIN || !self.enter(&action) {
                continue;
            }
            if let Some(kind) = action.get::<Name<'_>>(b"S") {
                self.found.actions.push(Action {
                    kind: kind.as_str().chars().take(40).collect(),
                    when: when.to_owned(),
                    page: None,
                    area: None,
                });
            }
            match action.get::<Object<'_>>(b"Next") {
                Some(Object::Dict(next)) => pending.push(next),
                Some(Object::Array(all)) => pending.extend(all.iter::<Dict<'_>>().take(CHAIN)),
                _ => {}
            }
        }
    }

    /// Additional actions: one dictionary, an action an event.
    fn events(&mut self, events: &Dict<'_>, when: &str) {
        if !self.enter(events) {
            return;
        }
        let keys: Vec<_> = events.keys().take(CHAIN).collect();
        for key in keys {
            if let Some(action) = events.get::<Dict<'_>>(key.as_ref()) {
                self.actions(&action, when);
            }
        }
    }

    /// The entries of a name tree.
    fn names(
        &mut self,
        node: &Dict<'_>,
        depth: usize,
        each: &mut dyn FnMut(&mut Self, &str, &Dict<'_>),
    ) {
        if depth == 0 || !self.enter(node) {
            self.found.cut_off |= depth == 0;
            return;
        }
        if let Some(pairs) = node.get::<Array<'_>>(b"Names") {
            let mut key = String::new();
            for item in pairs.iter::<Object<'_>>() {
                if self.left == 0 {
                    self.found.cut_off = true;
                    return;
                }
                match item {
                    Object::String(name) => key = plain(name.as_bytes()),
                    Object::Dict(value) => each(self, &key, &value),
                    _ => {}
                }
            }
        }
        if let Some(kids) = node.get::<Array<'_>>(b"Kids") {
            for kid in kids.iter::<Dict<'_>>() {
                if self.left == 0 {
                    break;
                }
                self.names(&kid, depth - 1, each);
            }
        }
    }

    /// Records a file specification that embeds a file.
    fn attach(&mut self, spec: &Dict<'_>, key: &str) {
        if !self.enter(spec) {
            return;
        }
        // A specification without the file itself only points somewhere else.
        let Some(name) = embedded(spec) else {
            return;
        };
        let name = if name.is_empty() { key } else { &name };
        self.found.attached.push(name.to_owned());
    }

    /// Files said to belong to the file as a whole.
    fn associated(&mut self, root: &Dict<'_>) {
        if let Some(files) = root.get::<Array<'_>>(b"AF") {
            for file in files.iter::<Dict<'_>>() {
                if self.left == 0 {
                    break;
                }
                self.attach(&file, "");
            }
        }
    }

    fn form(&mut self, form: &Dict<'_>) {
        let xfa = form.contains_key(b"XFA");
        let mut fields = 0;
        if let Some(roots) = form.get::<Array<'_>>(b"Fields") {
            for field in roots.iter::<Dict<'_>>() {
                if self.left == 0 {
                    break;
                }
                fields += self.field(&field, DEPTH);
            }
        }
        if fields > 0 || xfa {
            self.found.form = Some(Form { fields, xfa });
        }
    }

    /// How many fields hang on this one, itself included if it can be filled in.
    fn field(&mut self, field: &Dict<'_>, depth: usize) -> u32 {
        if depth == 0 || !self.enter(field) {
            self.found.cut_off |= depth == 0;
            return 0;
        }
        // A field may be its own annotation, whose actions are told with its page.
        if field.get::<Name<'_>>(b"Subtype").as_deref() != Some(b"Widget") {
            if let Some(action) = field.get::<Dict<'_>>(b"A") {
                self.actions(&action, "a form field");
            }
            if let Some(events) = field.get::<Dict<'_>>(b"AA") {
                self.events(&events, "a form field");
            }
        }
        let mut below = 0;
        if let Some(kids) = field.get::<Array<'_>>(b"Kids") {
            for kid in kids.iter::<Dict<'_>>() {
                if self.left == 0 {
                    break;
                }
                // Kids without a name are the places where the one field shows.
                if kid.contains_key(b"T") {
                    below += self.field(&kid, depth - 1);
                }
            }
        }
        below.max(1)
    }

    /// Counts bookmarks, siblings in a row, children below them.
    fn bookmarks(&mut self, parent: &Dict<'_>, depth: usize) {
        if depth == 0 {
            self.found.cut_off = true;
            return;
        }
        let mut next = parent.get::<Dict<'_>>(b"First");
        while let Some(item) = next {
            if !self.enter(&item) {
                return;
            }
            self.found.bookmarks += 1;
            if let Some(action) = item.get::<Dict<'_>>(b"A") {
                self.actions(&action, "a bookmark");
            }
            self.bookmarks(&item, depth - 1);
            next = item.get::<Dict<'_>>(b"Next");
        }
    }

    fn layers(&mut self, properties: &Dict<'_>, layers: &Layers) {
        let Some(groups) = properties.get::<Array<'_>>(b"OCGs") else {
            return;
        };
        for group in groups.iter::<Dict<'_>>() {
            if !self.enter(&group) {
                continue;
            }
            let name = group
                .get::<Text<'_>>(b"Name")
                .map(|name| plain(name.as_bytes()))
                .unwrap_or_default();
            let print = group
                .get::<Dict<'_>>(b"Usage")
                .and_then(|usage| usage.get::<Dict<'_>>(b"Print"))
                .and_then(|print| print.get::<Name<'_>>(b"PrintState"));
            self.found.layers.push(Layer {
                name,
                off: group.obj_id().is_some_and(|id| layers.is_off(id)),
                unprinted: print.as_deref() == Some(b"OFF"),
                step: group.get::<Dict<'_>>(b"GTS_Metadata").map(|told| {
                    let word = |key: &[u8]| told.get::<Name<'_>>(key);
                    let word = |key| word(key).map_or_else(String::new, |w| plain(w.as_ref()));
                    ProcessingStep {
                        group: word(b"GTS_ProcStepsGroup"),
                        kind: word(b"GTS_ProcStepsType"),
                    }
                }),
            });
        }
    }
}
