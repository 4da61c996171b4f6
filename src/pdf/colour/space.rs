//! A colour space with what preflight reports: the profile's name, the colorants, the alternate space.

use std::cell::OnceCell;
use std::rc::Rc;

use moxcms::ColorProfile;

use super::press::ToPress;
use super::{Family, InkBound, PROCESS};
use crate::model::facts::SpaceKind;

/// A colour space, resolved.
pub struct Space {
    /// The kind of space; of Indexed, the kind of its base.
    pub kind: SpaceKind,
    /// The name of its ICC profile.
    pub profile: Option<String>,
    /// The names of its colorants (Separation, DeviceN).
    pub inks: Vec<Rc<str>>,
    /// The alternate space of Separation and DeviceN, the base of Indexed, the underlying space of Pattern.
    pub base: Option<Rc<Space>>,
    /// Colours of a palette, as components of `base`.
    pub(crate) table: Option<Vec<Vec<f32>>>,
    /// Whether its lookup table or tint transform cannot be read, so that its colours are unknown.
    pub(crate) broken: bool,
    /// The profile itself.
    pub(crate) icc: Option<Box<ColorProfile>>,
    /// The conversion from the profile to the output intent, built at first use.
    pub(super) to_press: OnceCell<Option<ToPress>>,
    /// The ink bound through that output intent, computed at first use.
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

    /// Whether it is Indexed.
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

    /// Whether the converter has to convert its colours to CMYK.
    pub(crate) fn is_converted(&self) -> bool {
        matches!(
            self.kind,
            SpaceKind::DeviceRgb | SpaceKind::CalRgb | SpaceKind::IccRgb | SpaceKind::Lab
        )
    }

    /// The process colorants that its colours specify.
    pub(crate) fn specified(&self) -> [bool; 4] {
        let names = |plate: &str| self.inks.iter().any(|n| &**n == plate);
        PROCESS.map(|plate| self.inks.is_empty() || names("All") || names(plate))
    }

    /// Its spot colorants.
    pub(crate) fn spots(&self) -> Vec<Rc<str>> {
        let process = |name: &str| PROCESS.contains(&name) || matches!(name, "All" | "None");
        let spots = self.inks.iter().filter(|name| !process(name));
        spots.cloned().collect()
    }

    /// Whether painting in it has no effect: all its colorants are named None.
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

    /// The default Decode array of an image in it: least and greatest, by component.
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
