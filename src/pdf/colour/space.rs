//! A colour space with all that a preflight must not lose: its profile's name, its inks, its alternate.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use moxcms::{ColorProfile, Transform8BitExecutor};

use super::{Family, InkBound, PROCESS};
use crate::model::facts::SpaceKind;

/// A colour space, resolved.
pub struct Space {
    /// What it is; of a palette, what its colours are in.
    pub kind: SpaceKind,
    /// The name of its ICC profile.
    pub profile: Option<String>,
    /// Its inks, where they have names.
    pub inks: Vec<Rc<str>>,
    /// The space that stands in where an ink is not on press, or that a pattern or palette is built on.
    pub base: Option<Rc<Space>>,
    /// Colours of a palette, as components of `base`.
    pub(crate) table: Option<Vec<Vec<f32>>>,
    /// Whether its palette or the function of its inks cannot be read: what it looks like is then anyone's guess.
    pub(crate) broken: bool,
    /// The profile itself.
    pub(crate) icc: Option<Box<ColorProfile>>,
    /// From the profile to the file's output intent, once asked for.
    pub(crate) to_press: OnceCell<Option<Arc<Transform8BitExecutor>>>,
    /// The most ink of any colour in it through that output intent, once asked for.
    pub(crate) most: OnceCell<InkBound>,
    /// Limits of a and b in Lab.
    pub(crate) range: [f32; 4],
}

impl Space {
    pub(super) fn plain(kind: SpaceKind) -> Self {
        Self {
            kind,
            profile: None,
            inks: Vec::new(),
            base: None,
            table: None,
            broken: false,
            icc: None,
            to_press: OnceCell::new(),
            most: OnceCell::new(),
            range: [-100.0, 100.0, -100.0, 100.0],
        }
    }

    /// Whether it, or a space that it is built on, is broken.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken || self.base.as_ref().is_some_and(|base| base.is_broken())
    }

    /// Whether its samples are places in a palette.
    pub fn is_palette(&self) -> bool {
        self.table.is_some()
    }

    /// The family it belongs to.
    pub(crate) fn family(&self) -> Family {
        if self.table.is_some() {
            return Family::Indexed;
        }
        match self.kind {
            SpaceKind::DeviceGray | SpaceKind::CalGray => Family::Gray,
            SpaceKind::DeviceRgb | SpaceKind::CalRgb => Family::Rgb,
            SpaceKind::DeviceCmyk => Family::Cmyk,
            SpaceKind::Lab => Family::Lab,
            SpaceKind::IccGray => Family::Icc(1),
            SpaceKind::IccRgb => Family::Icc(3),
            SpaceKind::IccCmyk => Family::Icc(4),
            SpaceKind::Separation | SpaceKind::DeviceN => Family::Spot,
            SpaceKind::Pattern => Family::Pattern,
            SpaceKind::Unknown => Family::Unknown,
        }
    }

    /// Whether its colours have to be converted to become ink.
    pub(crate) fn is_converted(&self) -> bool {
        matches!(
            self.kind,
            SpaceKind::DeviceRgb | SpaceKind::CalRgb | SpaceKind::IccRgb | SpaceKind::Lab
        )
    }

    /// Which process plates its colours speak of.
    pub(crate) fn specified(&self) -> [bool; 4] {
        let names = |plate: &str| self.inks.iter().any(|n| &**n == plate);
        PROCESS.map(|plate| self.inks.is_empty() || names("All") || names(plate))
    }

    /// Its named inks that are none of the process.
    pub(crate) fn spots(&self) -> Vec<Rc<str>> {
        let process = |name: &str| PROCESS.contains(&name) || matches!(name, "All" | "None");
        let spots = self.inks.iter().filter(|name| !process(name));
        spots.cloned().collect()
    }

    /// Whether nothing is ever painted in it: all its inks are named None.
    pub(crate) fn paints_nothing(&self) -> bool {
        self.family() == Family::Spot && self.inks.iter().all(|name| &**name == "None")
    }

    /// Whether a colour in it leaves the paper as it is.
    pub(crate) fn is_white(&self, components: &[f32]) -> bool {
        match (&self.table, &self.base) {
            (Some(table), Some(base)) => self
                .place(components)
                .and_then(|n| table.get(n))
                .is_some_and(|colour| base.is_white(colour)),
            _ => self.family().is_white(components),
        }
    }

    /// The place in a palette that a component names.
    pub(crate) fn place(&self, components: &[f32]) -> Option<usize> {
        let last = self.table.as_ref()?.len().checked_sub(1)?;
        let place = components.first()?.clamp(0.0, 255.0) as usize;
        Some(place.min(last))
    }

    /// How many components a colour in it has.
    pub(crate) fn components(&self) -> usize {
        if self.table.is_some() {
            return 1;
        }
        match self.kind {
            SpaceKind::DeviceGray | SpaceKind::CalGray | SpaceKind::IccGray => 1,
            SpaceKind::DeviceRgb | SpaceKind::CalRgb | SpaceKind::Lab | SpaceKind::IccRgb => 3,
            SpaceKind::DeviceCmyk | SpaceKind::IccCmyk => 4,
            SpaceKind::Separation | SpaceKind::DeviceN => self.inks.len(),
            SpaceKind::Pattern | SpaceKind::Unknown => 0,
        }
    }

    /// The components it starts with: black, or full ink.
    pub(crate) fn initial(&self) -> Vec<f32> {
        match self.family() {
            Family::Cmyk | Family::Icc(4) => vec![0.0, 0.0, 0.0, 1.0],
            Family::Spot => vec![1.0; self.inks.len()],
            _ => vec![0.0; self.components()],
        }
    }

    /// What samples of a picture in it mean unless it says otherwise: least and greatest, by component.
    pub(crate) fn decode(&self, bits: u8) -> Vec<[f32; 2]> {
        if self.table.is_some() {
            let last = ((1u32 << bits.min(16)) - 1) as f32;
            return vec![[0.0, last]];
        }
        if self.kind == SpaceKind::Lab {
            let [a0, a1, b0, b1] = self.range;
            return vec![[0.0, 100.0], [a0, a1], [b0, b1]];
        }
        vec![[0.0, 1.0]; self.components()]
    }
}
