//! Resolves the spaces of named inks: Separation and DeviceN.

use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Object};
use hayro_syntax::page::Resources;

use super::{Space, Spaces};
use crate::model::facts::SpaceKind;
use crate::pdf::colour::function;
use crate::pdf::images::codec::name_words;

/// Inks of a space. No press has more plates.
const INKS: usize = 32;

impl Spaces {
    /// The space of an array, whose family is the kind.
    pub(super) fn spots(
        &self,
        kind: SpaceKind,
        array: &Array<'_>,
        resources: Option<&Resources<'_>>,
        depth: usize,
    ) -> Space {
        let mut items = array.iter::<Object<'_>>().skip(1);
        let (named, inks) = match items.next() {
            Some(Object::Name(name)) => (1, vec![name_words(name.as_ref()).into()]),
            Some(Object::Array(names)) => inks_of(&names),
            // Without a name of its ink it is no such space.
            _ => (1, Vec::new()),
        };
        let base = items
            .next()
            .map(|o| self.object(&o, resources, depth))
            .unwrap_or_else(|| Rc::clone(self.unknown()));
        let tint = items.next();
        let attributes = items.next();
        // It gives a colour of the alternate space. Readers make do with too few inputs.
        let wanted = base.components();
        let fits = |tint: &Object<'_>| {
            let function = function::read(tint).map(|(function, _)| function);
            function.is_some_and(|f| f.num_outputs() == wanted && f.num_inputs() <= inks.len())
        };
        let has_colorants = || {
            let is_sound = |attributes: &Object<'_>| self.has_colorants(attributes, &inks, depth);
            attributes.as_ref().is_none_or(is_sound)
        };
        Space {
            broken: base.kind == SpaceKind::Unknown
                || inks.len() < named
                || !tint.as_ref().is_some_and(fits)
                || !has_colorants(),
            inks,
            base: Some(base),
            ..Space::plain(kind)
        }
    }

    /// Whether each ink that the attributes of a DeviceN space describe is described by a sound space. Some viewers paint by
    /// these, and paint nothing where one is damaged.
    fn has_colorants(&self, attributes: &Object<'_>, inks: &[Rc<str>], depth: usize) -> bool {
        const KEY: &[u8] = b"Colorants";
        let Object::Dict(attributes) = attributes else {
            return matches!(attributes, Object::Null(_));
        };
        let described = match attributes.get::<Object<'_>>(KEY) {
            Some(Object::Dict(described)) => described,
            Some(Object::Null(_)) => return true,
            Some(_) => return false,
            None => return !attributes.contains_key(KEY),
        };
        let is_sound = |name: &Name<'_>| {
            if !inks.iter().any(|ink| **ink == name_words(name.as_ref())) {
                return true;
            }
            described
                .get::<Object<'_>>(name.as_ref())
                .is_some_and(|space| {
                    let space = self.object(&space, None, depth.saturating_sub(1));
                    space.kind != SpaceKind::Unknown && !space.is_broken()
                })
        };
        names_of(&described).all(|name| is_sound(&name))
    }
}

/// The keys of a dictionary, as far as a space has inks.
fn names_of<'a>(dict: &Dict<'a>) -> impl Iterator<Item = Name<'a>> {
    dict.keys().take(4 * INKS)
}

/// How many inks a space names, and those whose names can be read.
fn inks_of(names: &Array<'_>) -> (usize, Vec<Rc<str>>) {
    let read = names.iter::<Name<'_>>().take(INKS);
    let inks = read.map(|n| name_words(n.as_ref()).into()).collect();
    (names.raw_iter().take(INKS).count(), inks)
}
