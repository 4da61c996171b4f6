//! Blend functions of ISO 32000, 11.3.5, on amounts of ink.

use crate::pdf::interpreting::blend::Blend;

/// Mixes one plate: `below` is there, `above` is laid on it. Ink is darkness, so the formulas, which speak of light, are
/// applied to what is left of it.
pub(super) fn plate(blend: Blend, below: f32, above: f32) -> f32 {
    let (b, s) = (1.0 - below, 1.0 - above);
    1.0 - light(blend, b, s)
}

fn light(blend: Blend, b: f32, s: f32) -> f32 {
    match blend {
        Blend::Multiply => b * s,
        Blend::Screen => b + s - b * s,
        Blend::Overlay => light(Blend::HardLight, s, b),
        Blend::Darken => b.min(s),
        Blend::Lighten => b.max(s),
        Blend::ColorDodge => {
            if b <= 0.0 {
                0.0
            } else if s >= 1.0 {
                1.0
            } else {
                (b / (1.0 - s)).min(1.0)
            }
        }
        Blend::ColorBurn => {
            if b >= 1.0 {
                1.0
            } else if s <= 0.0 {
                0.0
            } else {
                1.0 - ((1.0 - b) / s).min(1.0)
            }
        }
        Blend::HardLight => {
            if s <= 0.5 {
                b * 2.0 * s
            } else {
                light(Blend::Screen, b, 2.0 * s - 1.0)
            }
        }
        Blend::SoftLight => {
            if s <= 0.5 {
                b - (1.0 - 2.0 * s) * b * (1.0 - b)
            } else {
                let d = if b <= 0.25 {
                    ((16.0 * b - 12.0) * b + 4.0) * b
                } else {
                    b.sqrt()
                };
                b + (2.0 * s - 1.0) * (d - b)
            }
        }
        Blend::Difference => (b - s).abs(),
        Blend::Exclusion => b + s - 2.0 * b * s,
        // The four that look at all colours at once are not for single plates.
        Blend::Normal | Blend::Hue | Blend::Saturation | Blend::Color | Blend::Luminosity => s,
    }
}

/// Whether a mode applies to spot colorants: nonseparable modes and those that are not white-preserving act as Normal
/// there.
pub(super) fn suits_spots(blend: Blend) -> bool {
    !matches!(
        blend,
        Blend::Difference
            | Blend::Exclusion
            | Blend::Hue
            | Blend::Saturation
            | Blend::Color
            | Blend::Luminosity
    )
}

/// Whether a mode is nonseparable.
pub(super) fn is_whole(blend: Blend) -> bool {
    matches!(
        blend,
        Blend::Hue | Blend::Saturation | Blend::Color | Blend::Luminosity
    )
}

/// Blends the four process inks by a nonseparable mode.
pub(super) fn whole(blend: Blend, below: [f32; 4], above: [f32; 4]) -> [f32; 4] {
    let of = |i: [f32; 4]| [1.0 - i[0], 1.0 - i[1], 1.0 - i[2]];
    let (b, s) = (of(below), of(above));
    let mixed = match blend {
        Blend::Hue => set_lum(set_sat(s, sat(b)), lum(b)),
        Blend::Saturation => set_lum(set_sat(b, sat(s)), lum(b)),
        Blend::Color => set_lum(s, lum(b)),
        Blend::Luminosity => set_lum(b, lum(s)),
        _ => s,
    };
    // Black has no hue: it comes from whichever lends its lightness.
    let black = if blend == Blend::Luminosity {
        above[3]
    } else {
        below[3]
    };
    [1.0 - mixed[0], 1.0 - mixed[1], 1.0 - mixed[2], black]
}

fn lum(c: [f32; 3]) -> f32 {
    0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]
}

fn most(c: [f32; 3]) -> f32 {
    c[0].max(c[1]).max(c[2])
}

fn least(c: [f32; 3]) -> f32 {
    c[0].min(c[1]).min(c[2])
}

fn sat(c: [f32; 3]) -> f32 {
    most(c) - least(c)
}

fn set_lum(c: [f32; 3], wanted: f32) -> [f32; 3] {
    let by = wanted - lum(c);
    let c = c.map(|v| v + by);
    let (l, low, high) = (lum(c), least(c), most(c));
    let c = if low < 0.0 && l > low {
        c.map(|v| l + (v - l) * l / (l - low))
    } else {
        c
    };
    if high > 1.0 && high > l {
        c.map(|v| l + (v - l) * (1.0 - l) / (high - l))
    } else {
        c
    }
}

fn set_sat(c: [f32; 3], wanted: f32) -> [f32; 3] {
    let (low, high) = (least(c), most(c));
    if high <= low {
        return [0.0; 3];
    }
    c.map(|v| (v - low) * wanted / (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_panels_of_sixty_multiply_to_eighty_four() {
        let mixed = plate(Blend::Multiply, 0.6, 0.6);
        assert!((mixed - 0.84).abs() < 1e-6, "{mixed}");
    }

    #[test]
    fn modes_keep_within_paper_and_full_ink() {
        let modes = [
            Blend::Normal,
            Blend::Multiply,
            Blend::Screen,
            Blend::Overlay,
            Blend::Darken,
            Blend::Lighten,
            Blend::ColorDodge,
            Blend::ColorBurn,
            Blend::HardLight,
            Blend::SoftLight,
            Blend::Difference,
            Blend::Exclusion,
        ];
        for mode in modes {
            for below in 0u8..=10 {
                for above in 0u8..=10 {
                    let mixed = plate(mode, f32::from(below) / 10.0, f32::from(above) / 10.0);
                    assert!((-1e-6..=1.000_001).contains(&mixed), "{mode:?} {mixed}");
                }
            }
        }
    }

    #[test]
    fn luminosity_takes_lightness_and_black_from_above() {
        let mixed = whole(
            Blend::Luminosity,
            [1.0, 0.0, 0.0, 0.2],
            [0.0, 0.0, 0.0, 0.9],
        );
        assert!((mixed[3] - 0.9).abs() < 1e-6);
        let same = whole(Blend::Color, [0.3, 0.3, 0.3, 0.5], [0.7, 0.7, 0.7, 0.0]);
        assert!(
            same.iter()
                .zip([0.3, 0.3, 0.3, 0.5])
                .all(|(a, b)| (a - b).abs() < 1e-6)
        );
    }
}
