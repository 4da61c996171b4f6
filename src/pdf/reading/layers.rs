//! Optional content: which layers are on, and whether the current operator lies in one that is.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, ObjectIdentifier};
use hayro_syntax::xref::XRef;

/// Layers that the file's default configuration switches off.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layers {
    off: HashSet<ObjectIdentifier>,
    /// Whether the configuration, or a layer that it names, is not in the file.
    lacks_any: bool,
}

/// Visibility expressions within each other are read so deep.
const DEPTH: usize = 16;
/// Members of one that are looked at.
const MEMBERS: usize = 64;

impl Layers {
    /// Reads the default configuration from the catalogue.
    pub(crate) fn read(xref: &XRef) -> Self {
        let mut off = HashSet::new();
        let mut lacks_any = false;
        let properties = xref
            .get::<Dict<'_>>(xref.root_id())
            .and_then(|catalogue| catalogue.get::<Dict<'_>>(b"OCProperties"));
        let config = properties.as_ref().and_then(|p| p.get::<Dict<'_>>(b"D"));
        lacks_any |= properties.is_some() && config.is_none();
        if let (Some(properties), Some(config)) = (properties, config) {
            let groups = |dict: &Dict<'_>, key: &[u8]| -> Vec<ObjectIdentifier> {
                dict.get::<Array<'_>>(key).map_or_else(Vec::new, |array| {
                    array
                        .raw_iter()
                        .filter_map(|i| i.as_obj_ref())
                        .map(Into::into)
                        .collect()
                })
            };
            if config.get::<Name<'_>>(b"BaseState").as_deref() == Some(b"OFF") {
                off.extend(groups(&properties, b"OCGs"));
            }
            for on in groups(&config, b"ON") {
                off.remove(&on);
            }
            off.extend(groups(&config, b"OFF"));
            let is_lost = |id: &ObjectIdentifier| xref.get::<Dict<'_>>(*id).is_none();
            lacks_any |= config.contains_key(b"OFF") && config.get::<Array<'_>>(b"OFF").is_none();
            lacks_any |= off.iter().any(is_lost);
        }
        Self { off, lacks_any }
    }

    /// Whether the configuration of layers, or one that it switches, is not in the file: readers differ on what shows.
    pub(crate) fn lacks_any(&self) -> bool {
        self.lacks_any
    }

    /// Whether this layer is switched off.
    pub(crate) fn is_off(&self, id: ObjectIdentifier) -> bool {
        self.off.contains(&id)
    }

    /// Whether content that belongs to `dict` (a layer, or a membership of several) shows.
    pub(crate) fn shows(&self, dict: &Dict<'_>, reference: Option<ObjRef>) -> bool {
        let is_off = |r: ObjRef| self.off.contains(&r.into());
        if dict.get::<Name<'_>>(b"Type").as_deref() != Some(b"OCMD") {
            return reference.is_none_or(|r| !is_off(r));
        }
        if let Some(expression) = dict.get::<Array<'_>>(b"VE") {
            return self.holds(&expression, DEPTH);
        }
        let mut members: Vec<ObjRef> = dict.get::<Array<'_>>(b"OCGs").map_or_else(Vec::new, |a| {
            a.raw_iter().filter_map(|i| i.as_obj_ref()).collect()
        });
        if members.is_empty() {
            members.extend(dict.get_ref(b"OCGs"));
        }
        if members.is_empty() {
            return true;
        }
        match dict.get::<Name<'_>>(b"P").as_deref() {
            Some(b"AllOn") => !members.into_iter().any(is_off),
            Some(b"AnyOff") => members.into_iter().any(is_off),
            Some(b"AllOff") => members.into_iter().all(is_off),
            _ => !members.into_iter().all(is_off),
        }
    }

    /// Whether a visibility expression holds: its operator, then layers or expressions. What cannot be told shows.
    fn holds(&self, expression: &Array<'_>, depth: usize) -> bool {
        let Some(deeper) = depth.checked_sub(1) else {
            return true;
        };
        let mut items = expression.raw_iter();
        let operator = items.next().and_then(|item| match item {
            MaybeRef::NotRef(Object::Name(name)) => Some(name),
            _ => None,
        });
        let mut operands = items.take(MEMBERS).map(|item| match item {
            MaybeRef::NotRef(Object::Array(inner)) => self.holds(&inner, deeper),
            MaybeRef::Ref(layer) => !self.off.contains(&layer.into()),
            MaybeRef::NotRef(_) => true,
        });
        match operator.as_deref() {
            Some(b"And") => operands.all(|shows| shows),
            Some(b"Or") => operands.any(|shows| shows),
            Some(b"Not") => !operands.next().unwrap_or(false),
            _ => true,
        }
    }
}
