//! Conversion to the inks of a press by its ICC profile: relative colorimetric, with black-point compensation.

use std::sync::Arc;

use moxcms::{
    ColorProfile, DataColorSpace, Layout, RenderingIntent, ToneReprCurve, Transform8BitExecutor,
    TransformOptions,
};

/// A conversion of RGB, in 8 bits, to inks.
pub(super) type ToPress = Arc<Transform8BitExecutor>;

/// Points of a tone curve.
const POINTS: u16 = 4096;
/// No press prints a black that shows more light than this.
const LIGHTEST_BLACK: f32 = 0.184;

/// From the colours of an RGB profile to the inks of a press. Black becomes the press's black, and what lies between is moved
/// with it, so that no tones are lost in the dark.
pub(super) fn to_press(from: &ColorProfile, press: &ColorProfile) -> Option<ToPress> {
    let black = black_point(press).unwrap_or(0.0);
    let moved = compensated(from, black).unwrap_or_else(|| from.clone());
    moved
        .create_transform_8bit(Layout::Rgb, press, Layout::Rgba, options())
        .ok()
}

/// What is wrong with a profile, if colours cannot be weighed by it.
pub(crate) fn press_fault(icc: &[u8]) -> Option<&'static str> {
    let Ok(profile) = ColorProfile::new_from_slice(icc) else {
        return Some("it is no ICC profile");
    };
    if profile.color_space != DataColorSpace::Cmyk {
        return Some("it is a profile of another space than CMYK");
    }
    match to_press(&ColorProfile::new_srgb(), &profile) {
        Some(_) => None,
        None => Some("it has no table that leads to the inks"),
    }
}

fn options() -> TransformOptions {
    TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        allow_use_cicp_transfer: false,
        ..TransformOptions::default()
    }
}

/// The light that the press's black shows, of white's: what comes back of black.
fn black_point(press: &ColorProfile) -> Option<f32> {
    let srgb = ColorProfile::new_srgb();
    let there = srgb.create_transform_f32(Layout::Rgb, press, Layout::Rgba, options());
    let back = press.create_transform_f32(Layout::Rgba, &srgb, Layout::Rgb, options());
    let (mut inks, mut seen) = ([0.0; 4], [0.0; 3]);
    there.ok()?.transform(&[0.0; 3], &mut inks).ok()?;
    back.ok()?.transform(&inks, &mut seen).ok()?;
    let [r, g, b] = seen.map(|v| linear(v.clamp(0.0, 1.0)));
    // The shares of light of the three in sRGB.
    Some((0.2126 * r + 0.7152 * g + 0.0722 * b).min(LIGHTEST_BLACK))
}

/// The light of a component of sRGB.
fn linear(v: f32) -> f32 {
    if v <= 0.040_45 {
        v / 12.92
    } else {
        ((v + 0.055) / 1.055).powf(2.4)
    }
}

/// A profile whose black shows so much light. Scaling towards white is the same in linear RGB as it is in the connection space,
/// so its tone curves carry it; none for a profile that has none.
fn compensated(from: &ColorProfile, black: f32) -> Option<ColorProfile> {
    if !from.is_matrix_shaper() {
        return None;
    }
    let mut moved = from.clone();
    for curve in [
        &mut moved.red_trc,
        &mut moved.green_trc,
        &mut moved.blue_trc,
    ] {
        let light = curve.as_ref()?.make_linear_evaluator().ok()?;
        let points = (0..POINTS).map(|n| {
            let seen = light.evaluate_value(f32::from(n) / f32::from(POINTS - 1));
            let seen = black + (1.0 - black) * seen.clamp(0.0, 1.0);
            (seen * f32::from(u16::MAX)).round() as u16
        });
        *curve = Some(ToneReprCurve::Lut(points.collect()));
    }
    Some(moved)
}
