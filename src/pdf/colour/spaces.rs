//! Resolves colour spaces, each once a file.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;
use moxcms::ColorProfile;

use super::{DEPTH, InkBound, Space};
use crate::model::facts::SpaceKind;
use crate::pdf::colour::calibrated::{is_calibrated, is_lab};
use crate::pdf::images::codec::number;
use crate::pdf::images::decode::{Refusal, read};
use crate::pdf::separations::shading::Shading;

/// A profile larger than this names nothing. The largest press profiles have some 4 MB.
const PROFILE_BYTES: usize = 16 << 20;
/// Parts of a profile that are looked at. Real ones have some twenty.
const PARTS: usize = 100;
/// A table of 256 colours in 32 inks stays below.
const TABLE_BYTES: usize = 1 << 16;

/// DefaultGray, DefaultRGB and DefaultCMYK of a page, or the device spaces.
#[derive(Clone)]
pub(crate) struct Defaults {
    pub(crate) gray: Rc<Space>,
    pub(crate) rgb: Rc<Space>,
    pub(crate) cmyk: Rc<Space>,
}

/// The spaces of a file, each resolved once; for one thread.
pub(crate) struct Spaces {
    device: Defaults,
    pattern: Rc<Space>,
    unknown: Rc<Space>,
    /// By the address of the array, and of the resources that it may name.
    known: RefCell<HashMap<(usize, usize), Rc<Space>>>,
    /// Profiles, by where they lie in the file.
    profiles: RefCell<HashMap<usize, Rc<Space>>>,
    /// The ink bound of each shading, by the address of it and its space; none if it is damaged.
    shadings: RefCell<HashMap<(usize, usize), Option<InkBound>>>,
}

impl Default for Spaces {
    fn default() -> Self {
        let plain = |kind| Rc::new(Space::plain(kind));
        Self {
            device: Defaults {
                gray: plain(SpaceKind::DeviceGray),
                rgb: plain(SpaceKind::DeviceRgb),
                cmyk: plain(SpaceKind::DeviceCmyk),
            },
            pattern: plain(SpaceKind::Pattern),
            unknown: plain(SpaceKind::Unknown),
            known: RefCell::default(),
            profiles: RefCell::default(),
            shadings: RefCell::default(),
        }
    }
}

impl Spaces {
    /// Device colour as it is.
    pub(crate) fn device(&self) -> &Defaults {
        &self.device
    }

    /// The ink bound of a shading, computed once; none if it is damaged.
    pub(crate) fn shading(
        &self,
        shading: &Shading<'_>,
        find: impl FnOnce(&Shading<'_>) -> Option<InkBound>,
    ) -> Option<InkBound> {
        let space = Rc::as_ptr(&shading.space) as usize;
        let key = (shading.dict.data().as_ptr() as usize, space);
        if let Some(known) = self.shadings.borrow().get(&key) {
            return known.clone();
        }
        let most = find(shading);
        self.shadings.borrow_mut().insert(key, most.clone());
        most
    }

    /// The space that stands for one that is missing or unknown.
    pub(crate) fn unknown(&self) -> &Rc<Space> {
        &self.unknown
    }

    /// The default spaces under these resources.
    pub(crate) fn defaults(&self, resources: &Resources<'_>) -> Defaults {
        let spaces = &resources.color_spaces;
        let stand_in = |key: &[u8], device: &Rc<Space>| {
            let named = match spaces.get::<Object<'_>>(key) {
                Some(Object::Array(array)) => self.array(&array, None, DEPTH),
                _ => return Rc::clone(device),
            };
            // A default space with another number of components is invalid.
            if named.components() == device.components() {
                named
            } else {
                Rc::clone(device)
            }
        };
        Defaults {
            gray: stand_in(b"DefaultGray", &self.device.gray),
            rgb: stand_in(b"DefaultRGB", &self.device.rgb),
            cmyk: stand_in(b"DefaultCMYK", &self.device.cmyk),
        }
    }

    /// The space given as a name or an array.
    pub(crate) fn resolve(&self, object: &Object<'_>, resources: &Resources<'_>) -> Rc<Space> {
        self.object(object, Some(resources), DEPTH)
    }

    /// The space given by name.
    pub(crate) fn named(&self, name: &Name<'_>, resources: &Resources<'_>) -> Rc<Space> {
        self.by_name(name, Some(resources), DEPTH)
    }

    /// The space of a profile; many spaces may name one.
    fn profile(&self, profile: &Stream<'_>) -> Rc<Space> {
        let key = profile.dict().data().as_ptr() as usize;
        let known = self.profiles.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let space = Rc::new(icc(profile));
            self.profiles.borrow_mut().insert(key, Rc::clone(&space));
            space
        })
    }

    pub(super) fn object(
        &self,
        object: &Object<'_>,
        resources: Option<&Resources<'_>>,
        depth: usize,
    ) -> Rc<Space> {
        match object {
            Object::Name(name) => self.by_name(name, resources, depth),
            Object::Array(array) => self.array(array, resources, depth),
            _ => Rc::clone(&self.unknown),
        }
    }

    fn by_name(
        &self,
        name: &Name<'_>,
        resources: Option<&Resources<'_>>,
        depth: usize,
    ) -> Rc<Space> {
        let device = || resources.map_or_else(|| self.device.clone(), |r| self.defaults(r));
        match name.as_ref() {
            b"DeviceGray" | b"G" | b"CalGray" => device().gray,
            b"DeviceRGB" | b"RGB" | b"CalRGB" => device().rgb,
            b"DeviceCMYK" | b"CMYK" => device().cmyk,
            b"Pattern" => Rc::clone(&self.pattern),
            _ => match (resources, depth) {
                (Some(r), 1..) => r.get_color_space(name).map_or_else(
                    || Rc::clone(&self.unknown),
                    |o| self.object(&o, resources, depth - 1),
                ),
                _ => Rc::clone(&self.unknown),
            },
        }
    }

    fn array(
        &self,
        array: &Array<'_>,
        resources: Option<&Resources<'_>>,
        depth: usize,
    ) -> Rc<Space> {
        let mut items = array.iter::<Object<'_>>();
        let Some(Object::Name(kind)) = items.next() else {
            return Rc::clone(&self.unknown);
        };
        if depth == 0 {
            return Rc::clone(&self.unknown);
        }
        // An array lies where it lies in the file: its place is its name. The spaces it is built on may be named, and mean
        // other things on other pages.
        let names = match (kind.as_ref(), resources) {
            (b"CalGray" | b"CalRGB" | b"Lab" | b"ICCBased", _) | (_, None) => 0,
            (_, Some(resources)) => resources.color_spaces.data().as_ptr() as usize,
        };
        let key = (array.data().as_ptr() as usize, names);
        if let Some(known) = self.known.borrow().get(&key) {
            return Rc::clone(known);
        }
        let mut next = |resources| {
            items
                .next()
                .map(|o| self.object(&o, resources, depth - 1))
                .unwrap_or_else(|| Rc::clone(&self.unknown))
        };
        let space = match kind.as_ref() {
            b"CalGray" | b"CalRGB" => {
                let is_grey = kind.as_ref() == b"CalGray";
                let dict = items.next().and_then(Object::into_dict);
                Space {
                    broken: !dict.is_some_and(|dict| is_calibrated(&dict, is_grey)),
                    ..Space::plain(if is_grey {
                        SpaceKind::CalGray
                    } else {
                        SpaceKind::CalRgb
                    })
                }
            }
            b"Lab" => match items.next() {
                Some(Object::Dict(dict)) => {
                    let range = dict.get::<[f32; 4]>(b"Range");
                    Space {
                        broken: !is_lab(&dict),
                        range: range.unwrap_or([-100.0, 100.0, -100.0, 100.0]),
                        ..Space::plain(SpaceKind::Lab)
                    }
                }
                _ => Space {
                    broken: true,
                    ..Space::plain(SpaceKind::Lab)
                },
            },
            b"ICCBased" => match items.next() {
                Some(Object::Stream(profile)) => {
                    let space = self.profile(&profile);
                    self.known.borrow_mut().insert(key, Rc::clone(&space));
                    return space;
                }
                _ => Space::plain(SpaceKind::Unknown),
            },
            b"Indexed" | b"I" => {
                let base = next(resources);
                let highest = items.next().and_then(Object::into_i32);
                let table = items.next().and_then(|o| table(&o, &base));
                let entries = table.as_ref().map_or(0, Vec::len);
                let last = highest.and_then(|h| usize::try_from(h).ok());
                let few = last.is_none_or(|last| entries <= last.min(255));
                let broken = few && base.components() > 0;
                Space {
                    kind: base.kind,
                    profile: base.profile.clone(),
                    inks: base.inks.clone(),
                    table: Some(table.unwrap_or_default()),
                    base: Some(base),
                    broken,
                    ..Space::plain(SpaceKind::Unknown)
                }
            }
            b"Separation" => self.spots(SpaceKind::Separation, array, resources, depth - 1),
            b"DeviceN" => self.spots(SpaceKind::DeviceN, array, resources, depth - 1),
            // The name of a space takes nothing else.
            b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" if array.raw_iter().count() > 1 => {
                Space::plain(SpaceKind::Unknown)
            }
            b"Pattern" => Space {
                base: Some(next(resources)),
                ..Space::plain(SpaceKind::Pattern)
            },
            _ => return self.by_name(&kind, resources, depth - 1),
        };
        let space = Rc::new(space);
        self.known.borrow_mut().insert(key, Rc::clone(&space));
        space
    }
}

fn icc(profile: &Stream<'_>) -> Space {
    let dict: &Dict<'_> = profile.dict();
    let kind = match dict.get::<u8>(b"N".as_slice()) {
        Some(1) => SpaceKind::IccGray,
        Some(3) => SpaceKind::IccRgb,
        Some(4) => SpaceKind::IccCmyk,
        _ => SpaceKind::Unknown,
    };
    let unpacked = read(profile, PROFILE_BYTES);
    let is_whole = match &unpacked {
        Ok(unpacked) => unpacked.whole && !is_cut(&unpacked.data),
        Err(refusal) => *refusal != Refusal::Damaged,
    };
    let parsed = unpacked
        .ok()
        .and_then(|u| ColorProfile::new_from_slice(&u.data).ok());
    let channels = parsed.as_ref().and_then(|p| match p.color_space {
        moxcms::DataColorSpace::Gray => Some(SpaceKind::IccGray),
        moxcms::DataColorSpace::Rgb | moxcms::DataColorSpace::Lab => Some(SpaceKind::IccRgb),
        moxcms::DataColorSpace::Cmyk => Some(SpaceKind::IccCmyk),
        _ => None,
    });
    Space {
        // Readers refuse colours of another number of components than the profile has.
        broken: !is_whole || channels.is_some_and(|channels| channels != kind),
        profile: parsed.as_ref().and_then(description),
        // Only profiles that colours are converted from are kept; amounts of ink are taken as they are.
        icc: parsed.filter(|_| kind == SpaceKind::IccRgb).map(Box::new),
        ..Space::plain(kind)
    }
}

/// Whether a part of a profile lies beyond its end.
fn is_cut(profile: &[u8]) -> bool {
    /// Where the table of its parts begins, and the bytes of an entry.
    const TABLE: usize = 132;
    const ENTRY: usize = 12;
    let table = profile.get(TABLE..).unwrap_or_default();
    let count = number(profile, TABLE - 4, 4).and_then(|n| usize::try_from(n).ok());
    let mut parts = table
        .chunks_exact(ENTRY)
        .take(count.unwrap_or(0).min(PARTS));
    parts.any(|part| {
        let end = number(part, 4, 4).zip(number(part, 8, 4));
        end.is_some_and(|(from, length)| from + length > profile.len() as u64)
    })
}

/// The name a profile goes by.
pub(super) fn description(profile: &ColorProfile) -> Option<String> {
    let name = match profile.description.as_ref()? {
        moxcms::ProfileText::PlainString(text) => text.clone(),
        moxcms::ProfileText::Localizable(texts) => texts
            .iter()
            .find(|t| t.language == "en")
            .or_else(|| texts.first())?
            .value
            .clone(),
        moxcms::ProfileText::Description(text) => text.ascii_string.clone(),
    };
    let name: String = name
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect::<String>()
        .trim()
        .to_owned();
    (!name.is_empty()).then_some(name)
}

/// The colours of a palette.
fn table(object: &Object<'_>, base: &Space) -> Option<Vec<Vec<f32>>> {
    let bytes = match object {
        Object::String(bytes) => bytes.as_bytes().to_vec(),
        Object::Stream(stream) => {
            let unpacked = read(stream, TABLE_BYTES).ok()?;
            unpacked.whole.then(|| unpacked.data.into_owned())?
        }
        _ => return None,
    };
    let components = base.components();
    let decode = base.decode(8);
    (components > 0).then(|| {
        bytes
            .chunks_exact(components)
            .take(256)
            .map(|colour| {
                colour
                    .iter()
                    .zip(&decode)
                    .map(|(v, [least, most])| least + f32::from(*v) / 255.0 * (most - least))
                    .collect()
            })
            .collect()
    })
}
