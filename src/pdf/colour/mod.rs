//! Colour: colour spaces, conversion of colours to amounts of ink, and the palette of a page.

mod calibrated;
mod cmyk;
pub(in crate::pdf) mod function;
mod function_copy;
mod function_limits;
mod palette;
mod press;
mod space;
mod spaces;
mod spots;

pub use cmyk::{CmykConverter, InkBound, Inks, PROCESS};
pub(crate) use cmyk::{luminosity, plain_converter};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;
pub use palette::{Palette, PaletteEntry};
pub(crate) use press::press_fault;
pub use space::Space;
pub(crate) use spaces::{Defaults, Spaces};

/// How deep colour spaces may nest. Indexed over Separation over ICCBased is the deepest in use.
const DEPTH: usize = 6;

/// The family of a colour space, as a file writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// DeviceGray, CalGray.
    Gray,
    /// DeviceRGB, CalRGB.
    Rgb,
    /// DeviceCMYK.
    Cmyk,
    /// Lab.
    Lab,
    /// ICCBased, with its number of channels.
    Icc(u8),
    /// Indexed.
    Indexed,
    /// Separation or DeviceN: amounts of named inks.
    Spot,
    /// A pattern.
    Pattern,
    /// Not understood.
    Unknown,
}

/// Values this near to paper white leave no ink anyone sees: three steps of 8 bits, as far as white is off that comes out
/// of a conversion or a JPEG.
const WHITE: f32 = 3.06 / 255.0;

impl Family {
    /// Whether the colour with these components leaves the paper as it is.
    pub(crate) fn is_white(self, components: &[f32]) -> bool {
        let all = |wanted: f32| {
            !components.is_empty() && components.iter().all(|c| (c - wanted).abs() <= WHITE)
        };
        match self {
            Self::Gray | Self::Rgb | Self::Icc(1 | 3) => all(1.0),
            Self::Cmyk | Self::Icc(4) | Self::Spot => all(0.0),
            Self::Lab => components
                .first()
                .is_some_and(|l| *l >= 100.0 * (1.0 - WHITE)),
            Self::Icc(_) | Self::Indexed | Self::Pattern | Self::Unknown => false,
        }
    }
}

/// The family of a colour space given as a name or an array.
pub(crate) fn family(object: &Object<'_>, resources: &Resources<'_>) -> Family {
    resolve(object.clone(), Some(resources), DEPTH)
}

/// Whether a colour space is the same whatever resources it is looked up in.
pub(crate) fn means_itself(object: &Object<'_>) -> bool {
    match object {
        Object::Name(name) => by_name(name, None, 0) != Family::Unknown,
        Object::Array(array) => {
            let mut items = array.iter::<Object<'_>>();
            let kind = items.next();
            let is_indexed = matches!(&kind, Some(Object::Name(kind)) if matches!(kind.as_ref(), b"Indexed" | b"I"));
            match items.next() {
                Some(base) if is_indexed => means_itself(&base),
                Some(_) => true,
                // An array of one name is as good as the name.
                None => kind.is_some_and(|kind| means_itself(&kind)),
            }
        }
        _ => true,
    }
}

fn by_name(name: &Name<'_>, resources: Option<&Resources<'_>>, depth: usize) -> Family {
    match name.as_ref() {
        b"DeviceGray" | b"G" | b"CalGray" => Family::Gray,
        b"DeviceRGB" | b"RGB" | b"CalRGB" => Family::Rgb,
        b"DeviceCMYK" | b"CMYK" => Family::Cmyk,
        b"Pattern" => Family::Pattern,
        _ => match (resources, depth) {
            (Some(r), 1..) => r
                .get_color_space(name)
                .map_or(Family::Unknown, |o| resolve(o, Some(r), depth - 1)),
            _ => Family::Unknown,
        },
    }
}

fn resolve(object: Object<'_>, resources: Option<&Resources<'_>>, depth: usize) -> Family {
    match object {
        Object::Name(name) => by_name(&name, resources, depth),
        Object::Array(array) => from_array(&array, resources, depth),
        _ => Family::Unknown,
    }
}

fn from_array(array: &Array<'_>, resources: Option<&Resources<'_>>, depth: usize) -> Family {
    let mut items = array.iter::<Object<'_>>();
    let Some(Object::Name(kind)) = items.next() else {
        return Family::Unknown;
    };
    match kind.as_ref() {
        b"ICCBased" => match items.next() {
            Some(Object::Stream(profile)) => icc(&profile),
            _ => Family::Unknown,
        },
        b"Indexed" | b"I" => Family::Indexed,
        b"Separation" | b"DeviceN" => Family::Spot,
        b"Lab" => Family::Lab,
        b"Pattern" => Family::Pattern,
        _ => by_name(&kind, resources.filter(|_| depth > 0), depth),
    }
}

fn icc(profile: &Stream<'_>) -> Family {
    let dict: &Dict<'_> = profile.dict();
    Family::Icc(dict.get::<u8>(b"N".as_slice()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_no_ink_or_all_light() {
        assert!(Family::Gray.is_white(&[1.0]));
        assert!(Family::Rgb.is_white(&[1.0, 1.0, 0.999]));
        assert!(Family::Cmyk.is_white(&[0.0; 4]));
        assert!(Family::Spot.is_white(&[0.0]));
        assert!(Family::Lab.is_white(&[100.0, 0.0, 0.0]));
        assert!(Family::Gray.is_white(&[252.0 / 255.0]));
        assert!(!Family::Gray.is_white(&[251.0 / 255.0]));
        assert!(Family::Cmyk.is_white(&[0.0, 0.01, 0.0, 0.0]));
        assert!(!Family::Cmyk.is_white(&[0.0, 0.0, 0.0, 0.02]));
        assert!(!Family::Unknown.is_white(&[1.0]));
        assert!(!Family::Gray.is_white(&[]));
    }
}
