//! Takes photographs that never were: a bay at evening with hills, a low sun and a lighthouse, pixel by pixel.
//!
//! Only the four basic operations and comparisons are used, for these alone give the same bits on every machine.

use super::pdf::{Id, Pdf, deflate};
use image::codecs::jpeg::JpegEncoder;

/// The channels of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// One byte a pixel, 0 black.
    Gray,
    /// Three bytes a pixel.
    Rgb,
    /// Four bytes a pixel, 0 no ink; the sum of inks stays under 240 %.
    Cmyk,
}

/// A picture as raw pixels, top row first, channels interleaved.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// What a pixel is made of.
    pub tone: Tone,
    /// `width * height` pixels of 1, 3 or 4 bytes.
    pub pixels: Vec<u8>,
}

impl Picture {
    /// A photograph of so many pixels; another seed gives another coast.
    pub fn landscape(width: usize, height: usize, tone: Tone, seed: u32) -> Self {
        let scene = Scene::new(width, height, seed);
        let mut pixels = Vec::with_capacity(width * height * 4);
        for y in 0..height {
            for x in 0..width {
                let rgb = scene.pixel(x, y);
                match tone {
                    Tone::Gray => pixels.push(byte(0.30 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2])),
                    Tone::Rgb => pixels.extend(rgb.map(byte)),
                    Tone::Cmyk => pixels.extend(cmyk(rgb).map(byte)),
                }
            }
        }
        Self {
            width,
            height,
            tone,
            pixels,
        }
    }

    /// As JPEG, quality 1 to 100; grey and RGB only.
    pub fn jpeg(&self, quality: u8) -> Vec<u8> {
        let colour = match self.tone {
            Tone::Gray => image::ExtendedColorType::L8,
            Tone::Rgb => image::ExtendedColorType::Rgb8,
            Tone::Cmyk => panic!("the encoder knows no CMYK: embed such a picture with Flate"),
        };
        let mut out = Vec::new();
        JpegEncoder::new_with_quality(&mut out, quality)
            .encode(&self.pixels, self.width as u32, self.height as u32, colour)
            .expect("writing to memory does not fail");
        out
    }

    /// Adds it to a PDF as a JPEG (`DCTDecode`).
    pub fn embed_jpeg(&self, pdf: &mut Pdf, quality: u8) -> Id {
        let entries = format!("{} /Filter /DCTDecode", self.entries());
        pdf.stream(&entries, &self.jpeg(quality))
    }

    /// The same packed once more, as a JPEG of little but one tone may be.
    pub fn embed_packed_jpeg(&self, pdf: &mut Pdf, quality: u8) -> Id {
        let entries = format!("{} /Filter [/FlateDecode /DCTDecode]", self.entries());
        pdf.stream(&entries, &deflate(&self.jpeg(quality)))
    }

    /// Adds it to a PDF without loss (`FlateDecode`).
    pub fn embed_flate(&self, pdf: &mut Pdf) -> Id {
        pdf.flate(&self.entries(), &self.pixels)
    }

    fn entries(&self) -> String {
        let space = match self.tone {
            Tone::Gray => "DeviceGray",
            Tone::Rgb => "DeviceRGB",
            Tone::Cmyk => "DeviceCMYK",
        };
        format!(
            "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /{space} /BitsPerComponent 8",
            self.width, self.height
        )
    }
}

type Rgb = [f64; 3];

/// Where sky and sea meet, as a part of the height from the top.
const HORIZON: f64 = 0.58;

/// What is worked out once for all pixels: heights are parts of the picture's height, from the top.
struct Scene {
    seed: u32,
    /// One pixel in the scene's unit, the picture's height.
    step: f64,
    aspect: f64,
    sun: (f64, f64),
    /// Skylines of the hills by column, farthest first.
    ridges: [Vec<f64>; 3],
    /// The near slope by column.
    slope: Vec<f64>,
    /// The foot of the lighthouse.
    tower: (f64, f64),
}

impl Scene {
    fn new(width: usize, height: usize, seed: u32) -> Self {
        let step = 1.0 / height as f64;
        let aspect = width as f64 * step;
        let along = |f: &dyn Fn(f64) -> f64| (0..width).map(|x| f(x as f64 * step)).collect();
        let ridge = |n: u32, height: f64, rough: f64, reach: f64| -> Vec<f64> {
            along(&|u| {
                // Hills run out into the sea towards the right.
                let fall = smooth(((reach * aspect - u) / (0.5 * aspect)).clamp(0.0, 1.0));
                HORIZON - height * fall * (0.45 + fbm(u * rough, 7.0, seed ^ n, 5))
            })
        };
        let ridges = [
            ridge(11, 0.15, 2.2, 1.25),
            ridge(22, 0.17, 3.0, 0.95),
            ridge(33, 0.16, 3.6, 0.62),
        ];
        let slope_at = |u: f64| {
            let rise = smooth((u / (0.85 * aspect)).clamp(0.0, 1.0));
            1.06 - 0.34 * rise + 0.06 * (fbm(u * 5.0, 3.0, seed ^ 44, 5) - 0.5)
        };
        let foot = 0.84 * aspect;
        Self {
            seed,
            step,
            aspect,
            sun: ((0.50 + 0.12 * hash(1, 1, seed)) * aspect, HORIZON - 0.21),
            ridges,
            slope: along(&slope_at),
            tower: (foot, slope_at(foot) + 0.01),
        }
    }

    fn pixel(&self, x: usize, y: usize) -> Rgb {
        let (u, v) = (x as f64 * self.step, y as f64 * self.step);
        let seen = if let Some(tower) = self.lighthouse(u, v) {
            tower
        } else if v > self.slope[x] {
            let depth = v - self.slope[x];
            let grass = fbm(u * 90.0, v * 30.0, self.seed ^ 5, 2);
            let rim = (1.0 - depth * 60.0).max(0.0) * 0.14;
            mix(
                [0.13, 0.15, 0.11],
                [0.27, 0.26, 0.17],
                grass * (1.0 - depth),
            )
            .map(|c| c + rim)
        } else if let Some(hill) = self.hill(x, u, v) {
            hill
        } else if v > HORIZON {
            self.sea(u, v)
        } else {
            self.sky(u, v)
        };
        // The grain of the film.
        let grain = (hash(x as i64, y as i64, self.seed ^ 99) - 0.5) * 0.035;
        seen.map(|channel| channel + grain)
    }

    fn sky(&self, u: f64, v: f64) -> Rgb {
        let down = (v / HORIZON).clamp(0.0, 1.0);
        let clear = mix(
            [0.30, 0.42, 0.60],
            [0.98, 0.84, 0.66],
            down * down * (1.6 - 0.6 * down),
        );
        let cloud = fbm(u * 2.4 + 3.0, v * 9.0, self.seed ^ 7, 5);
        let cover = smooth(((cloud - 0.46) * 4.5).clamp(0.0, 1.0)) * (1.0 - 0.5 * down);
        let lit = mix([0.72, 0.70, 0.74], [1.0, 0.90, 0.78], down);
        let (du, dv) = (u - self.sun.0, v - self.sun.1);
        let far = du * du + dv * dv;
        let glow = 0.55 / (1.0 + far * 60.0);
        let disc = smooth(((0.00125 - far) * 3000.0).clamp(0.0, 1.0));
        let sky = mix(mix(clear, lit, cover * 0.75), [1.0, 0.93, 0.78], glow);
        mix(sky, [1.0, 0.98, 0.92], disc)
    }

    fn hill(&self, x: usize, u: f64, v: f64) -> Option<Rgb> {
        let near = (0..3)
            .rev()
            .find(|n| v > self.ridges[*n][x] && v <= HORIZON)?;
        let haze = [0.62, 0.40, 0.2][near];
        let woods = fbm(u * 40.0, v * 70.0, self.seed ^ near as u32, 3);
        let ground = mix([0.20, 0.24, 0.24], [0.36, 0.36, 0.30], woods);
        Some(mix(
            ground,
            [0.86, 0.78, 0.70],
            haze + 0.25 * (v / HORIZON - 0.8),
        ))
    }

    fn sea(&self, u: f64, v: f64) -> Rgb {
        let depth = (v - HORIZON) / (1.0 - HORIZON);
        // Waves look longer and lower the farther out they are.
        let scale = 1.0 / (0.04 + depth);
        let wave = fbm(
            u * (4.0 + 3.0 * scale),
            depth * 30.0 * (1.0 + scale * 0.3),
            self.seed ^ 8,
            3,
        );
        let water = mix(
            [0.66, 0.62, 0.58],
            [0.20, 0.29, 0.36],
            (depth * 1.5).min(1.0),
        );
        let du = (u - self.sun.0) / (0.05 + 0.22 * depth);
        let path = 1.0 / (1.0 + du * du);
        let glitter = smooth(((wave - 0.42) * 5.0).clamp(0.0, 1.0)) * path;
        let swell = mix(water, [0.80, 0.76, 0.70], (wave - 0.35).max(0.0) * 0.6);
        mix(swell, [1.0, 0.93, 0.78], glitter * 0.9)
    }

    fn lighthouse(&self, u: f64, v: f64) -> Option<Rgb> {
        let (across, up) = (u - self.tower.0, self.tower.1 - v);
        let half = match up {
            _ if up < 0.0 => return None,
            _ if up < 0.34 => 0.030 - 0.035 * up,
            _ if up < 0.35 => 0.027,
            _ if up < 0.395 => 0.013,
            _ if up < 0.43 => 0.017 * (0.43 - up) / 0.035,
            _ => return None,
        };
        if across.abs() > half {
            return None;
        }
        // Light falls from the sun's side, so the tower is shaded across.
        let shade = 0.5 - 0.5 * across / half;
        Some(match up {
            _ if up >= 0.395 => mix([0.10, 0.08, 0.08], [0.42, 0.20, 0.16], shade),
            _ if up >= 0.35 => mix([0.75, 0.62, 0.36], [1.0, 0.95, 0.78], shade),
            _ if up >= 0.34 => [0.16, 0.15, 0.15],
            _ if (0.12..0.20).contains(&up) => mix([0.22, 0.12, 0.11], [0.58, 0.28, 0.22], shade),
            _ => mix([0.36, 0.36, 0.38], [0.98, 0.93, 0.84], shade),
        })
    }
}

/// Ink for a colour: most of the grey goes to black, which keeps the sum low.
fn cmyk(rgb: Rgb) -> [f64; 4] {
    let inks = rgb.map(|channel| 1.0 - channel.clamp(0.0, 1.0));
    let black = inks[0].min(inks[1]).min(inks[2]) * 0.8;
    let [c, m, y] = inks.map(|ink| (ink - black).min(0.5));
    [c, m, y, black]
}

fn byte(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
}

fn mix(a: Rgb, b: Rgb, part: f64) -> Rgb {
    let part = part.clamp(0.0, 1.0);
    [0, 1, 2].map(|n| a[n] + (b[n] - a[n]) * part)
}

fn smooth(t: f64) -> f64 {
    t * t * (3.0 - 2.0 * t)
}

/// Noise of several octaves, from 0 to 1.
fn fbm(x: f64, y: f64, seed: u32, octaves: u32) -> f64 {
    let (mut sum, mut weight, mut scale, mut total) = (0.0, 0.5, 1.0, 0.0);
    for octave in 0..octaves {
        sum += weight * noise(x * scale, y * scale, seed.wrapping_add(octave * 131));
        total += weight;
        weight *= 0.5;
        scale *= 2.0;
    }
    sum / total
}

/// Noise on a lattice of unit cells, smoothly joined, from 0 to 1.
fn noise(x: f64, y: f64, seed: u32) -> f64 {
    let (ix, iy) = (x.floor(), y.floor());
    let (fx, fy) = (smooth(x - ix), smooth(y - iy));
    let (ix, iy) = (ix as i64, iy as i64);
    let row = |y: i64| {
        let (a, b) = (hash(ix, y, seed), hash(ix + 1, y, seed));
        a + (b - a) * fx
    };
    let (top, bottom) = (row(iy), row(iy + 1));
    top + (bottom - top) * fy
}

/// A number from 0 to 1 for a lattice point.
fn hash(x: i64, y: i64, seed: u32) -> f64 {
    let mut h = (x as u32)
        .wrapping_mul(0x8da6_b343)
        .wrapping_add((y as u32).wrapping_mul(0xd816_3841))
        .wrapping_add(seed.wrapping_mul(0xcb1a_b31f));
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 12)).wrapping_mul(0x297a_2d39);
    f64::from(h ^ (h >> 15)) / f64::from(u32::MAX)
}
