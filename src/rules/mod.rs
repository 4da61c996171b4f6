//! What is wrong: one file a rule, named as its id, with everything about it inside.

mod context;
mod cover_fits;
mod cut;
mod heads;
mod imprint;
mod inked;
mod makers;
mod paint;
mod punycode;
mod reach;
mod scan;
mod sheet;
mod spine_unknown;
mod title_heads;
mod title_inside;
mod title_outside;
mod title_words;
mod told;
mod words;
mod wrap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub use context::Context;
pub use makers::{advice, maker_title};
pub use words::fold_pages;

use crate::finding::{Level, Outcome, Part};

/// What a rule has to have measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The file's skeleton, boxes and annotations.
    Structure,
    /// The marks of every page.
    Marks,
    /// Codes found and read.
    Codes,
    /// Covers looked at as pictures.
    Relief,
    /// Text searched for what programs and templates leave standing.
    Leftovers,
    /// Pictures looked into for whether they were enlarged.
    Detail,
}

/// Everything about a rule but its check. A missing piece does not compile.
#[derive(Debug)]
pub struct Meta {
    /// Its id, named for the fault, and the name of its file with dashes for underscores.
    pub id: &'static str,
    /// What it catches, in a line.
    pub title: &'static str,
    /// How bad, unless a profile says otherwise.
    pub level: Level,
    /// The files it looks at.
    pub parts: &'static [Part],
    /// What has to be measured.
    pub needs: &'static [Need],
    /// Why it matters, for an author.
    pub why: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// What to do in the program that made the file: its key in the list of programs, and the advice.
    pub fix_in: &'static [(&'static str, &'static str)],
    /// The version that brought it.
    pub since: &'static str,
}

/// What a finding has in common with one that it explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The file.
    File,
    /// The pages: all those of the explained finding.
    Pages,
    /// The places: each of the explained finding overlaps one of the cause's, or lies on it.
    Places,
    /// The lines of text: each place of the explained finding is level with one of the cause's, or above or below it. The
    /// cause is then as bad as what it explains.
    Lines,
}

/// Another rule whose findings follow from those of a rule, within a scope.
pub type Explains = (&'static str, Scope);

/// A rule.
pub trait Rule {
    /// Everything about it but its check.
    const META: Meta;
    /// The rules whose findings follow from its own: one cause is told once.
    const EXPLAINS: &'static [Explains] = &[];
    /// The numbers a profile gives it.
    type Limits: DeserializeOwned + JsonSchema + Send + Sync + 'static;
    /// Looks. `Err` is for outcomes that end the look early.
    fn check(limits: &Self::Limits, at: &Context<'_>) -> Result<Outcome, Outcome>;
    /// Above how much ink, in per cent, it wants pages weighed; none for rules that ask nothing of ink.
    fn weighs(_: &Self::Limits) -> Option<f64> {
        None
    }
}

/// For rules that need no numbers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoLimits {}

/// A rule bound to one profile's limits.
pub struct Bound {
    /// Looks.
    pub check: Box<dyn Fn(&Context<'_>) -> Outcome + Send + Sync>,
    /// Above how much ink, in per cent, it wants pages weighed.
    pub weighs: Option<f64>,
}

/// A rule in the list.
pub struct Entry {
    /// Its metadata.
    pub meta: &'static Meta,
    /// The rules whose findings follow from its own.
    pub explains: &'static [Explains],
    /// Binds it to limits, or says what is wrong with them.
    pub bind: fn(toml::Table) -> Result<Bound, String>,
    /// The shape of its limits.
    pub limits: fn(&mut SchemaGenerator) -> Schema,
}

impl Entry {
    const fn of<R: Rule>() -> Self {
        Self {
            meta: const { &R::META },
            explains: R::EXPLAINS,
            bind: |table| {
                let limits: R::Limits = table
                    .try_into()
                    .map_err(|e: toml::de::Error| e.to_string().trim_end().to_owned())?;
                Ok(Bound {
                    weighs: R::weighs(&limits),
                    check: Box::new(move |at| R::check(&limits, at).unwrap_or_else(|early| early)),
                })
            },
            limits: |generator| generator.subschema_for::<R::Limits>(),
        }
    }
}

macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*
        /// Every rule, in the order of the catalogue.
        pub static RULES: &[Entry] = &[$(Entry::of::<$name::This>()),*];
    };
}

rules! {
    // The file
    file_unreadable,
    file_damaged,
    file_encrypted,
    file_too_large,
    file_name_unsafe,
    readers_disagree,
    actions_present,
    annotations_present,
    form_fields_present,
    bookmarks_present,
    attachments_present,
    layers_present,
    // Pages and sizes
    page_size_wrong,
    page_sizes_mixed,
    page_rotated,
    user_unit_set,
    boxes_inconsistent,
    trim_box_wrong,
    spreads_not_pages,
    stock_not_offered,
    trim_size_not_offered,
    page_count_too_low,
    page_count_too_high,
    page_count_odd,
    last_page_not_blank,
    blank_run_too_long,
    printer_marks_present,
    page_off_centre,
    folio_at_bind_edge,
    odd_number_on_left,
    // Margins and bleed
    gutter_too_narrow,
    margin_too_narrow,
    bleed_missing,
    bleed_not_reached,
    bleed_on_bind_edge,
    bleed_mixed,
    content_off_page,
    hidden_content,
    // Images
    image_resolution_low,
    line_art_resolution_low,
    image_resolution_excessive,
    image_stretched,
    image_upscaled,
    image_unreadable,
    page_is_picture,
    // Text
    font_not_embedded,
    font_type3,
    text_too_small,
    text_multi_ink,
    text_not_solid_black,
    glyph_missing,
    placeholder_text,
    manufacturing_statement,
    certification_claim,
    line_too_thin,
    // Colour, ink, transparency
    colour_in_black_interior,
    rgb_colour,
    spot_colour,
    registration_colour,
    icc_tagged_object,
    ink_coverage_high,
    transparency_present,
    overprint_risky,
    press_settings_present,
    gray_too_light,
    // The cover
    cover_size_wrong,
    cover_not_one_page,
    cover_bleed_missing,
    spine_text_not_allowed,
    spine_text_too_close,
    cover_text_outside_safety,
    barcode_area_obstructed,
    art_stops_at_fold,
    art_lost_in_bleed,
    spine_text_upward,
    cover_template_visible,
    // Codes
    qr_too_small,
    qr_module_too_small,
    qr_quiet_zone_short,
    qr_contrast_low,
    qr_correction_low,
    qr_inverted,
    qr_unreadable,
    qr_pixels_coarse,
    qr_multi_ink,
    qr_badly_placed,
    qr_link_unsafe,
    isbn_barcode_missing,
    isbn_barcode_unreadable,
    isbn_invalid,
    isbn_mismatch,
    isbn_barcode_size,
    isbn_barcode_quiet_zone,
    isbn_barcode_colour,
    isbn_barcode_grade_low,
    barcode_badly_placed,
    // Across files
    interior_cover_mismatch,
    title_mismatch,
    title_word_refused,
    design_not_portable,
    isbn_shared_across_formats,
}

/// What to say where a rule is asked for that is not there: those that may be meant.
pub fn unknown(id: &str) -> String {
    let asked = id.to_lowercase().replace([' ', '_'], "-");
    let words: Vec<&str> = asked.split('-').filter(|word| word.len() >= 3).collect();
    let shares = |rule: &str| {
        rule.split('-').any(|part| {
            words
                .iter()
                .any(|w| part.starts_with(w) || w.starts_with(part) && part.len() >= 4)
        })
    };
    let meant: Vec<&str> = RULES
        .iter()
        .map(|entry| entry.meta.id)
        .filter(|rule| shares(rule))
        .take(5)
        .collect();
    match meant.as_slice() {
        [] => format!("there is no rule \"{id}\"; `presscheck rules` lists them"),
        meant => format!(
            "there is no rule \"{id}\"; did you mean {}? `presscheck rules` lists all",
            meant.join(" or ")
        ),
    }
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Entry> {
    RULES.iter().find(|e| e.meta.id == id)
}
