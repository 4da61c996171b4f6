//! The palette of a page: each colour once, with its inks.

use std::collections::HashMap;
use std::rc::Rc;

use super::{CmykConverter, InkBound, Inks, Space};

/// One colour of a page.
#[derive(Clone)]
pub struct PaletteEntry {
    /// Its space.
    pub space: Rc<Space>,
    /// Its components as written; empty for an entry of many colours (image, shading, pattern).
    pub amounts: Vec<f32>,
    /// Its inks; for an entry of many colours, those of the colour with the largest sum.
    pub inks: Rc<Inks>,
    /// For an entry of many colours, the largest amount of each colorant.
    pub per_plate_max: Option<Inks>,
    /// Colours that a pattern is drawn in, by their places in the palette.
    pub parts: Vec<u32>,
}

/// Entries a page may have. Further colours of a space share one entry of many colours.
const MAX_ENTRIES: usize = 2048;

/// The colours of a page.
pub struct Palette<'r> {
    converter: &'r CmykConverter,
    entries: Vec<PaletteEntry>,
    /// By space, components and parts.
    known: HashMap<PaletteKey, u32>,
}

type PaletteKey = (*const Space, Vec<u32>, Vec<u32>);

impl<'r> Palette<'r> {
    /// No colours yet.
    pub(crate) fn new(converter: &'r CmykConverter) -> Self {
        Self {
            converter,
            entries: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// The converter of the file.
    pub(crate) fn converter(&self) -> &'r CmykConverter {
        self.converter
    }

    /// The colours, in the order they were first used.
    pub fn into_entries(self) -> Vec<PaletteEntry> {
        self.entries
    }

    /// Adds a plain colour; gives its index and its inks.
    pub(crate) fn colour(&mut self, space: &Rc<Space>, amounts: &[f32]) -> (u32, Rc<Inks>) {
        let bits = amounts.iter().map(|a| a.to_bits()).collect();
        let key = (Rc::as_ptr(space), bits, Vec::new());
        if let Some(known) = self.known.get(&key) {
            return (*known, self.inks(*known));
        }
        let inks = Rc::new(self.converter.inks(space, amounts));
        if self.entries.len() >= MAX_ENTRIES {
            let most = self.converter.most(space);
            return (self.many(space, &most.max_colour, most.per_plate_max), inks);
        }
        let entry = PaletteEntry {
            space: Rc::clone(space),
            amounts: amounts.to_vec(),
            inks: Rc::clone(&inks),
            per_plate_max: None,
            parts: Vec::new(),
        };
        (self.keep(key, entry), inks)
    }

    /// Adds an entry for many colours of one space, with their ink bound.
    pub(crate) fn many(
        &mut self,
        space: &Rc<Space>,
        max_colour: &Inks,
        per_plate_max: Inks,
    ) -> u32 {
        // NaN marks the key of an entry of many colours: no plain colour has it. The space's address stands for spot
        // names.
        let amounts = [max_colour, &per_plate_max].into_iter().flat_map(|inks| {
            let spots = inks.spots.iter().map(|(_, amount)| *amount);
            inks.process.into_iter().chain(spots)
        });
        let bits = std::iter::once(f32::NAN).chain(amounts).map(f32::to_bits);
        let key = (Rc::as_ptr(space), bits.collect(), Vec::new());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let entry = PaletteEntry {
            space: Rc::clone(space),
            amounts: Vec::new(),
            inks: Rc::new(max_colour.clone()),
            per_plate_max: Some(per_plate_max),
            parts: Vec::new(),
        };
        self.keep(key, entry)
    }

    /// Adds an entry for a pattern painted in these colours.
    pub(crate) fn pattern(&mut self, space: &Rc<Space>, mut parts: Vec<u32>) -> u32 {
        parts.sort_unstable();
        parts.dedup();
        let key = (Rc::as_ptr(space), Vec::new(), parts.clone());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let most = InkBound::of(parts.iter().flat_map(|p| {
            let entry = self.entries.get(*p as usize);
            entry.into_iter().flat_map(|e| {
                let per_plate_max = e.per_plate_max.clone();
                std::iter::once((*e.inks).clone()).chain(per_plate_max)
            })
        }));
        let max_colour = parts.iter().map(|p| self.inks(*p));
        let max_colour = max_colour.max_by(|a, b| a.total().total_cmp(&b.total()));
        let entry = PaletteEntry {
            space: Rc::clone(space),
            amounts: Vec::new(),
            inks: max_colour.unwrap_or_else(|| Rc::new(Inks::none())),
            per_plate_max: Some(most.per_plate_max),
            parts,
        };
        self.keep(key, entry)
    }

    fn keep(&mut self, key: PaletteKey, entry: PaletteEntry) -> u32 {
        let place = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(entry);
        self.known.insert(key, place);
        place
    }

    fn inks(&self, place: u32) -> Rc<Inks> {
        self.entries
            .get(place as usize)
            .map_or_else(|| Rc::new(Inks::none()), |e| Rc::clone(&e.inks))
    }
}
