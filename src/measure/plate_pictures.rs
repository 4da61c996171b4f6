//! The separations of a page as pictures, and a map of where their ink together exceeds a limit.

use std::sync::Arc;

use bitcode::{Decode, Encode};
use image::{DynamicImage, GrayImage, ImageFormat, Rgb, RgbImage};

use super::drawing::{file_of, for_screen};
use crate::fault::fenced;
use crate::model::limits::Limits;
use crate::model::press::Press;
use crate::pdf::{Reader, ResourceCache, SeparationSet};

/// Which separations are wanted, and how finely.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct PlateView {
    /// The page, from 1.
    pub page: u32,
    /// The limit of all inks together, in per cent.
    pub limit: f32,
    /// The most pixels along a side of pictures for a screen; none for PNG files of all pixels.
    pub longest: Option<u32>,
    /// The press that colours are weighed for where the file says of none.
    pub press: Option<Press>,
}

/// One separation of a page.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct PlatePicture {
    /// Its ink.
    pub ink: String,
    /// The most of it anywhere, in per cent.
    pub most: f32,
    /// A PNG file, or one for a screen: black where the ink is full, white where there is none.
    pub data: Vec<u8>,
}

/// The separations of a page as pictures.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct PlatePictures {
    /// One for each ink that the page has, those of the process first.
    pub plates: Vec<PlatePicture>,
    /// The same of all inks together: the darker the more, red where they exceed the limit.
    pub total: Vec<u8>,
    /// The most of all inks together at any place, in per cent.
    pub most: f32,
    /// The share of the page on which they exceed the limit, in per cent.
    pub over: f32,
    /// Pixels an inch.
    pub ppi: f64,
    /// The name of the conversion of RGB and Lab, if any was converted.
    pub through: Option<String>,
    /// What could not be painted, for people.
    pub troubles: Vec<String>,
}

/// An ink of which there is less anywhere, in per cent, is none: half a step of 8 bits.
const NONE: f32 = 0.2;
/// Half a per cent over a limit is none: colours are written in steps of 8 bits, four of which add up.
const SLACK: f32 = 0.5;
/// What exceeds the limit.
const OVER: Rgb<u8> = Rgb([214, 32, 32]);

/// Makes the separations of a page of a file of these bytes.
pub(crate) fn plates(
    bytes: Arc<Vec<u8>>,
    view: PlateView,
    limits: &Limits,
) -> Result<PlatePictures, String> {
    let made = fenced(|| {
        let reader = Reader::open(bytes, *limits)?.for_press(view.press.as_ref());
        let page = view.page;
        let index = usize::try_from(page).ok().and_then(|n| n.checked_sub(1));
        let pages = reader.page_count();
        let Some(index) = index.filter(|index| *index < pages) else {
            let count = if pages == 1 {
                "1 page".to_owned()
            } else {
                format!("{pages} pages")
            };
            return Err(format!("it has {count} and no page {page}"));
        };
        let cache = ResourceCache::default();
        if !reader.is_drawable(index, &cache) {
            return Err("a picture on it would unpack to more than the limit".to_owned());
        }
        let mut budget = limits.raster_operators.saturating_mul(2);
        let set = reader.plates(index, &cache, &mut budget);
        pictures(set.ok_or("the page has no area")?, &view)
    });
    made.unwrap_or_else(Err)
}

fn pictures(set: SeparationSet, view: &PlateView) -> Result<PlatePictures, String> {
    let (width, height) = (set.width, set.height);
    let size = |n: usize| u32::try_from(n).map_err(|e| e.to_string());
    let (columns, rows) = (size(width)?, size(height)?);
    let mut total = vec![0.0f32; width * height];
    let mut plates = Vec::new();
    for (ink, plate) in set.names.iter().zip(&set.plates) {
        for (sum, amount) in total.iter_mut().zip(plate) {
            *sum += amount * 100.0;
        }
        let most = plate.iter().copied().fold(0.0, f32::max) * 100.0;
        if most <= NONE {
            continue;
        }
        let pixels = plate.iter().map(|amount| light(*amount)).collect();
        let image = GrayImage::from_raw(columns, rows, pixels).ok_or("its plate has no pixels")?;
        plates.push(PlatePicture {
            ink: ink.clone(),
            most,
            data: encoded(DynamicImage::ImageLuma8(image), view)?,
        });
    }
    let limit = view.limit + SLACK;
    let mut map = RgbImage::new(columns, rows);
    for (pixel, sum) in map.pixels_mut().zip(&total) {
        let grey = light(0.8 * sum / limit);
        *pixel = if *sum > limit { OVER } else { Rgb([grey; 3]) };
    }
    let over = total.iter().filter(|sum| **sum > limit).count();
    Ok(PlatePictures {
        plates,
        total: encoded(DynamicImage::ImageRgb8(map), view)?,
        most: total.iter().copied().fold(0.0, f32::max),
        over: over as f32 * 100.0 / total.len().max(1) as f32,
        ppi: set.scale * 72.0,
        through: set.through,
        troubles: set.troubles,
    })
}

/// The grey that stands for an amount of ink from 0 to 1.
fn light(amount: f32) -> u8 {
    (255.0 * (1.0 - amount.clamp(0.0, 1.0))).round() as u8
}

fn encoded(image: DynamicImage, view: &PlateView) -> Result<Vec<u8>, String> {
    let made = match view.longest {
        None => file_of(&image, ImageFormat::Png),
        Some(longest) if image.width().max(image.height()) > longest => {
            for_screen(&image.thumbnail(longest, longest), 1.0)
        }
        Some(_) => for_screen(&image, 1.0),
    };
    made.ok_or_else(|| "its picture could not be written".to_owned())
}
