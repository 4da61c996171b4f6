//! Converts colours to amounts of ink: DeviceCMYK as written, others through the output intent or by a plain rule.

use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use hayro_syntax::object::{Array, Dict, Stream};
use hayro_syntax::xref::XRef;
use moxcms::{ColorProfile, DataColorSpace};

use crate::model::facts::SpaceKind;
use crate::model::press::Press;
use crate::pdf::colour::Space;
use crate::pdf::colour::press::{ToPress, to_press};
use crate::pdf::colour::spaces::description;
use crate::pdf::images::decode::decode;

/// The process colorants, in the order of all amounts here.
pub const PROCESS: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// Amounts of ink, each 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inks {
    /// Cyan, magenta, yellow, black.
    pub process: [f32; 4],
    /// Spot colorants by name.
    pub spots: Vec<(Rc<str>, f32)>,
    /// The process colorants this colour specifies. With overprint on, the others stay as they are.
    pub(crate) specified: [bool; 4],
    /// Whether it was written in DeviceCMYK: overprint mode 1 leaves colorants at zero unchanged only then.
    pub(crate) direct: bool,
}

impl Inks {
    /// The sum of all amounts.
    pub fn total(&self) -> f32 {
        self.process.iter().sum::<f32>() + self.spots.iter().map(|(_, a)| a).sum::<f32>()
    }

    fn of(process: [f32; 4]) -> Self {
        Self {
            process: process.map(|a| a.clamp(0.0, 1.0)),
            spots: Vec::new(),
            specified: [true; 4],
            direct: false,
        }
    }

    /// Nothing on any plate.
    pub(crate) fn none() -> Self {
        Self::of([0.0; 4])
    }
}

/// An upper bound on the ink of several colours.
#[derive(Clone, Debug)]
pub struct InkBound {
    /// The colour with the largest sum.
    pub max_colour: Inks,
    /// The largest amount of each colorant in any of them: blending and overprinting may add these up.
    pub per_plate_max: Inks,
}

impl InkBound {
    /// The bound of these colours.
    pub(crate) fn of(colours: impl IntoIterator<Item = Inks>) -> Self {
        let mut max_colour = Inks::none();
        let mut per_plate_max = Inks::none();
        for inks in colours {
            for (most, amount) in per_plate_max.process.iter_mut().zip(inks.process) {
                *most = most.max(amount);
            }
            for (name, amount) in &inks.spots {
                match per_plate_max
                    .spots
                    .iter_mut()
                    .find(|(known, _)| known == name)
                {
                    Some((_, most)) => *most = most.max(*amount),
                    None => per_plate_max.spots.push((Rc::clone(name), *amount)),
                }
            }
            if inks.total() > max_colour.total() {
                max_colour = inks;
            }
        }
        Self {
            max_colour,
            per_plate_max,
        }
    }
}

/// Converts the colours of a file to process and spot colorants.
#[derive(Clone)]
pub struct CmykConverter {
    intent: Option<Intent>,
}

/// A printing condition: the file's output intent, or a press that was chosen for files without one.
#[derive(Clone)]
struct Intent {
    name: String,
    profile: Arc<ColorProfile>,
    /// From sRGB, built at first use.
    srgb: Arc<OnceLock<Option<ToPress>>>,
}

impl Intent {
    fn of(name: String, profile: ColorProfile) -> Self {
        Self {
            name,
            profile: Arc::new(profile),
            srgb: Arc::default(),
        }
    }

    fn srgb(&self) -> Option<&ToPress> {
        let made = || to_press(&ColorProfile::new_srgb(), &self.profile);
        self.srgb.get_or_init(made).as_ref()
    }
}

/// A converter without an output intent.
pub(crate) fn plain_converter() -> &'static CmykConverter {
    static PLAIN: CmykConverter = CmykConverter { intent: None };
    &PLAIN
}

/// The name of the plain rule.
const PLAIN: &str = "a plain conversion with full black replacement";
/// Grid points along each component when searching a profile for its largest ink: as many as the tables of profiles
/// have.
const FINELY: u16 = 17;
/// The largest press profiles have some 4 MB.
const PROFILE_BYTES: usize = 16 << 20;

impl CmykConverter {
    /// Reads the output intent from the document catalogue. One whose profile is not CMYK is not used.
    pub(crate) fn read(xref: &XRef) -> Self {
        let intents = xref
            .get::<Dict<'_>>(xref.root_id())
            .and_then(|catalogue| catalogue.get::<Array<'_>>(b"OutputIntents"));
        let profile = intents.and_then(|intents| {
            intents.iter::<Dict<'_>>().take(8).find_map(|intent| {
                let stream = intent.get::<Stream<'_>>(b"DestOutputProfile")?;
                let data = decode(&stream, PROFILE_BYTES).ok()?;
                let profile = ColorProfile::new_from_slice(&data).ok()?;
                let condition = intent
                    .get::<hayro_syntax::object::String<'_>>(b"OutputConditionIdentifier")
                    .map(|s| String::from_utf8_lossy(s.as_bytes()).into_owned());
                (profile.color_space == DataColorSpace::Cmyk).then_some((profile, condition))
            })
        });
        let intent = profile.map(|(profile, condition)| {
            let name = description(&profile).or(condition);
            let name = name.unwrap_or_else(|| "its profile".to_owned());
            Intent::of(format!("the file's output intent, {name}"), profile)
        });
        Self { intent }
    }

    /// The same, by this press where the file has no output intent of CMYK.
    pub(crate) fn or_press(self, press: &Press) -> Self {
        if self.intent.is_some() {
            return self;
        }
        let profile = ColorProfile::new_from_slice(&press.icc).ok();
        let profile = profile.filter(|profile| profile.color_space == DataColorSpace::Cmyk);
        let intent = profile.map(|profile| {
            let name = description(&profile).unwrap_or_else(|| press.name.clone());
            Intent::of(format!("the press chosen, {name}"), profile)
        });
        Self { intent }
    }

    /// The name of the conversion of RGB and Lab, for messages.
    pub fn through(&self) -> String {
        match &self.intent {
            Some(intent) if intent.srgb().is_some() => intent.name.clone(),
            _ => PLAIN.to_owned(),
        }
    }

    /// The amounts of ink of a colour.
    pub(crate) fn inks(&self, space: &Space, components: &[f32]) -> Inks {
        let at = |n: usize| components.get(n).copied().unwrap_or(0.0);
        if let Some(table) = &space.table {
            let colour = space.place(components).and_then(|n| table.get(n));
            return match (&space.base, colour) {
                (Some(base), Some(colour)) => self.inks(base, colour),
                _ => Inks::none(),
            };
        }
        match space.kind {
            SpaceKind::DeviceGray | SpaceKind::CalGray | SpaceKind::IccGray => {
                Inks::of([0.0, 0.0, 0.0, 1.0 - at(0)])
            }
            SpaceKind::DeviceCmyk | SpaceKind::IccCmyk => Inks {
                direct: space.kind == SpaceKind::DeviceCmyk,
                ..Inks::of([at(0), at(1), at(2), at(3)])
            },
            SpaceKind::DeviceRgb | SpaceKind::CalRgb | SpaceKind::IccRgb => {
                self.rgb([at(0), at(1), at(2)], space)
            }
            SpaceKind::Lab => self.rgb(lab(at(0), at(1), at(2)), space),
            SpaceKind::Separation | SpaceKind::DeviceN => named(&space.inks, components),
            SpaceKind::Pattern | SpaceKind::Unknown => Inks::none(),
        }
    }

    fn rgb(&self, rgb: [f32; 3], space: &Space) -> Inks {
        let converted = self.intent.as_ref().and_then(|intent| {
            // Building a transform costs far more than using it.
            let own = space.to_press.get_or_init(|| {
                let profile = space.icc.as_deref()?;
                to_press(profile, &intent.profile)
            });
            let convert = own.as_ref().or_else(|| intent.srgb())?;
            let source = rgb.map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8);
            let mut inks = [0u8; 4];
            convert.transform(&source, &mut inks).ok()?;
            Some(Inks::of(inks.map(|v| f32::from(v) / 255.0)))
        });
        converted.unwrap_or_else(|| Inks::of(plain(rgb)))
    }

    /// The inks of colours on a grid over a space, with so many points a component.
    fn lattice<'a>(&'a self, space: &'a Space, side: u16) -> impl Iterator<Item = Inks> + 'a {
        let decode = space.decode(8);
        let last = f32::from(side.max(2) - 1);
        (0..side).flat_map(move |x| {
            let decode = decode.clone();
            (0..side).flat_map(move |y| {
                let decode = decode.clone();
                (0..side).map(move |z| {
                    let sides = [x, y, z].into_iter().zip(&decode);
                    let at = |(side, [least, most]): (u16, &[f32; 2])| {
                        least + f32::from(side) / last * (most - least)
                    };
                    let colour: Vec<f32> = sides.map(at).collect();
                    self.inks(space, &colour)
                })
            })
        })
    }

    /// The ink bound of a whole space.
    pub(crate) fn most(&self, space: &Space) -> InkBound {
        if let (Some(table), Some(base)) = (&space.table, &space.base) {
            return InkBound::of(table.iter().map(|colour| self.inks(base, colour)));
        }
        let full = vec![1.0; space.components()];
        match space.kind {
            SpaceKind::DeviceRgb | SpaceKind::CalRgb | SpaceKind::IccRgb | SpaceKind::Lab => {
                if self.intent.is_none() {
                    // The plain rule is largest at the corners of the space.
                    return InkBound::of(self.lattice(space, 2));
                }
                // A profile may peak anywhere, so a grid is searched; the result is kept, for a file has one output
                // intent.
                let known = space
                    .most
                    .get_or_init(|| InkBound::of(self.lattice(space, FINELY)));
                known.clone()
            }
            SpaceKind::DeviceGray | SpaceKind::CalGray | SpaceKind::IccGray => {
                InkBound::of([self.inks(space, &[0.0])])
            }
            _ => InkBound::of([self.inks(space, &full)]),
        }
    }
}

/// Full black replacement: what the three colours share becomes black.
fn plain(rgb: [f32; 3]) -> [f32; 4] {
    let [c, m, y] = rgb.map(|v| 1.0 - v.clamp(0.0, 1.0));
    let k = c.min(m).min(y);
    [c - k, m - k, y - k, k]
}

/// The luminosity of process inks by the simple CMYK to RGB to gray conversions of ISO 32000.
pub(crate) fn luminosity(process: [f32; 4]) -> f32 {
    let [c, m, y, k] = process;
    let [r, g, b] = [c, m, y].map(|ink| 1.0 - (ink + k).min(1.0));
    0.3 * r + 0.59 * g + 0.11 * b
}

/// The inks of a Separation or DeviceN colour. Process names go to their plates, `All` goes to every plate.
fn named(names: &[Rc<str>], amounts: &[f32]) -> Inks {
    let mut inks = Inks {
        specified: [false; 4],
        ..Inks::none()
    };
    for (name, amount) in names.iter().zip(amounts) {
        let amount = amount.clamp(0.0, 1.0);
        match &**name {
            "None" => {}
            "All" => {
                inks.process = [amount; 4];
                inks.specified = [true; 4];
            }
            other => {
                let plate = PROCESS.iter().position(|p| *p == other);
                match plate
                    .and_then(|n| Some((inks.process.get_mut(n)?, inks.specified.get_mut(n)?)))
                {
                    Some((ink, specified)) => {
                        *ink = amount;
                        *specified = true;
                    }
                    None => inks.spots.push((Rc::clone(name), amount)),
                }
            }
        }
    }
    inks
}

/// Lab (D50) to sRGB, near enough to weigh its ink by.
fn lab(l: f32, a: f32, b: f32) -> [f32; 3] {
    let fy = (l + 16.0) / 116.0;
    let cube = |t: f32| {
        if t > 6.0 / 29.0 {
            t.powi(3)
        } else {
            (t - 16.0 / 116.0) * 3.0 * (6.0f32 / 29.0).powi(2)
        }
    };
    let x = 0.9642 * cube(fy + a / 500.0);
    let y = cube(fy);
    let z = 0.8249 * cube(fy - b / 200.0);
    // From D50 to linear sRGB, the white points adapted by Bradford's method.
    let linear = [
        3.1339 * x - 1.6169 * y - 0.4906 * z,
        -0.9788 * x + 1.9161 * y + 0.0335 * z,
        0.0719 * x - 0.2290 * y + 1.4052 * z,
    ];
    linear.map(|v| {
        let v = v.clamp(0.0, 1.0);
        if v <= 0.003_130_8 {
            12.92 * v
        } else {
            1.055 * v.powf(1.0 / 2.4) - 0.055
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: [f32; 4], b: [f32; 4]) -> bool {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.005)
    }

    #[test]
    fn plain_conversion_replaces_grey_by_black() {
        assert!(near(plain([0.0; 3]), [0.0, 0.0, 0.0, 1.0]));
        assert!(near(plain([1.0; 3]), [0.0; 4]));
        assert!(near(plain([1.0, 0.0, 0.0]), [0.0, 1.0, 1.0, 0.0]));
        assert!(near(plain([0.5, 0.25, 0.75]), [0.25, 0.5, 0.0, 0.25]));
    }

    #[test]
    fn lab_white_and_black_are_paper_and_black() {
        assert!(near(plain(lab(100.0, 0.0, 0.0)), [0.0; 4]));
        assert!(near(plain(lab(0.0, 0.0, 0.0)), [0.0, 0.0, 0.0, 1.0]));
    }

    #[test]
    fn named_process_inks_go_to_their_plates() {
        let names: Vec<Rc<str>> = ["Black", "PANTONE 186 C", "None"].map(Into::into).to_vec();
        let inks = named(&names, &[0.5, 1.0, 1.0]);
        assert!(near(inks.process, [0.0, 0.0, 0.0, 0.5]));
        assert_eq!(inks.specified, [false, false, false, true]);
        assert_eq!(inks.spots, [("PANTONE 186 C".into(), 1.0)]);
        let all = named(&["All".into()], &[1.0]);
        assert!((all.total() - 4.0).abs() < 1e-6);
    }
}
