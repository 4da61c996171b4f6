//! Blend modes of ISO 32000, 11.3.5.

use hayro_syntax::object::{Name, Object};

/// A blend mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Blend {
    /// Covers.
    #[default]
    Normal,
    /// Darkens as inks printed over one another.
    Multiply,
    /// Lightens.
    Screen,
    /// Multiply or Screen, by what lies below.
    Overlay,
    /// The darker of both.
    Darken,
    /// The lighter of both.
    Lighten,
    /// Brightens what lies below.
    ColorDodge,
    /// Darkens what lies below.
    ColorBurn,
    /// Multiply or Screen, by the colour.
    HardLight,
    /// A softer Overlay.
    SoftLight,
    /// What both differ by.
    Difference,
    /// A softer Difference.
    Exclusion,
    /// Hue of the colour.
    Hue,
    /// Saturation of the colour.
    Saturation,
    /// Hue and saturation of the colour.
    Color,
    /// Lightness of the colour.
    Luminosity,
}

impl Blend {
    /// All there are.
    pub(crate) const ALL: [Self; 16] = [
        Self::Normal,
        Self::Multiply,
        Self::Screen,
        Self::Overlay,
        Self::Darken,
        Self::Lighten,
        Self::ColorDodge,
        Self::ColorBurn,
        Self::HardLight,
        Self::SoftLight,
        Self::Difference,
        Self::Exclusion,
        Self::Hue,
        Self::Saturation,
        Self::Color,
        Self::Luminosity,
    ];

    /// Whether it may bring ink to a plate on which neither of the two colours has any: white becomes dark under some, and
    /// those that look at all colours at once mix their own.
    pub fn brings_ink(self) -> bool {
        matches!(
            self,
            Self::Difference
                | Self::Exclusion
                | Self::Hue
                | Self::Saturation
                | Self::Color
                | Self::Luminosity
        )
    }

    /// The mode given as a name, or the first one known of several. What is not known covers.
    pub(crate) fn read(object: &Object<'_>) -> Self {
        match object {
            Object::Name(name) => Self::named(name).unwrap_or_default(),
            Object::Array(names) => names
                .iter::<Name<'_>>()
                .find_map(|n| Self::named(&n))
                .unwrap_or_default(),
            _ => Self::default(),
        }
    }

    fn named(name: &Name<'_>) -> Option<Self> {
        Some(match name.as_ref() {
            b"Normal" | b"Compatible" => Self::Normal,
            b"Multiply" => Self::Multiply,
            b"Screen" => Self::Screen,
            b"Overlay" => Self::Overlay,
            b"Darken" => Self::Darken,
            b"Lighten" => Self::Lighten,
            b"ColorDodge" => Self::ColorDodge,
            b"ColorBurn" => Self::ColorBurn,
            b"HardLight" => Self::HardLight,
            b"SoftLight" => Self::SoftLight,
            b"Difference" => Self::Difference,
            b"Exclusion" => Self::Exclusion,
            b"Hue" => Self::Hue,
            b"Saturation" => Self::Saturation,
            b"Color" => Self::Color,
            b"Luminosity" => Self::Luminosity,
            _ => return None,
        })
    }

    /// Its name as files write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "Normal",
            Self::Multiply => "Multiply",
            Self::Screen => "Screen",
            Self::Overlay => "Overlay",
            Self::Darken => "Darken",
            Self::Lighten => "Lighten",
            Self::ColorDodge => "ColorDodge",
            Self::ColorBurn => "ColorBurn",
            Self::HardLight => "HardLight",
            Self::SoftLight => "SoftLight",
            Self::Difference => "Difference",
            Self::Exclusion => "Exclusion",
            Self::Hue => "Hue",
            Self::Saturation => "Saturation",
            Self::Color => "Color",
            Self::Luminosity => "Luminosity",
        }
    }
}
