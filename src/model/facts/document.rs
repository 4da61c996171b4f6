//! One file as measured: its skeleton, its fonts, its pages.

use bitcode::{Decode, Encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Code, Colour, Exchange, Page, Unread};
use crate::model::geometry::{Direction, Rect, Size};

/// How a file is locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Encryption {
    /// The security handler's version and revision, as in `V4 R4`.
    pub method: String,
    /// What the file forbids a reader, in plain words.
    pub forbidden: Vec<String>,
}

/// The document information dictionary.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
pub struct Info {
    /// Title.
    pub title: Option<String>,
    /// Author.
    pub author: Option<String>,
    /// The program the document was written in.
    pub creator: Option<String>,
    /// The program that made the PDF.
    pub producer: Option<String>,
    /// When the document was made, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<String>,
    /// When it was last changed, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mod_date: Option<String>,
    /// Whether it is trapped, as written: `True`, `False`, `Unknown`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trapped: Option<String>,
    /// The PDF/X version, as written: `PDF/X-1:2001`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pdfx_version: Option<String>,
    /// The conformance to it, as written: `PDF/X-1a:2001`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pdfx_conformance: Option<String>,
}

/// An action of the file, other than going to a page or opening an address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Action {
    /// Its subtype as written: `JavaScript`, `Launch`, `SubmitForm`.
    pub kind: String,
    /// What triggers it, for people: `opening the file`, `the page`, `a Widget annotation`.
    pub when: String,
    /// The page it hangs on; none for the file as a whole.
    pub page: Option<u32>,
    /// Where on the page, if it hangs on an annotation.
    #[serde(rename = "area_pt")]
    pub area: Option<Rect>,
}

/// An interactive form.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
pub struct Form {
    /// Fields that can be filled in.
    pub fields: u32,
    /// Whether it is an XFA form as well, which pages do not show.
    pub xfa: bool,
}

/// A file within the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Attachment {
    /// Its name; empty where none is given.
    pub name: String,
    /// The page it is pinned to; none for the file as a whole.
    pub page: Option<u32>,
    /// Where on the page its pin stands.
    #[serde(rename = "area_pt")]
    pub area: Option<Rect>,
}

/// A layer (an optional content group).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Whether the file switches it off.
    pub off: bool,
    /// Whether its usage dictionary excludes it from printing.
    pub unprinted: bool,
    /// The processing step that it stands for (ISO 19593-1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<ProcessingStep>,
}

/// A step of making packaging that a layer holds, rather than print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct ProcessingStep {
    /// Its group: `Structural`, `White`, `Varnish`.
    pub group: String,
    /// Its type within the group: `Cutting`, `Creasing`.
    pub kind: String,
}

/// A page that two readers see in different sizes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct SizeApart {
    /// From 1.
    pub page: u32,
    /// Its size as the second reader sees it.
    #[serde(rename = "size_pt")]
    pub size: Size,
}

/// The file's skeleton.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Structure {
    /// PDF version, as in `1.4`.
    pub version: Option<String>,
    /// How it is locked, if it is.
    pub encryption: Option<Encryption>,
    /// The information dictionary.
    pub info: Info,
    /// Whether XMP metadata is there.
    pub xmp: bool,
    /// The direction it is read in, where its viewer preferences say so (`/Direction`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// The language of its text as the catalogue names it (`/Lang`): `en-GB`, `ar`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// What had to be repaired to read it.
    pub repairs: Vec<String>,
    /// Pages as the second reader counts them.
    pub second_count: Option<u32>,
    /// The PDF/X it claims to be, as written: `PDF/X-1a:2001`.
    pub pdfx: Option<String>,
    /// Whether its trailer has an id.
    #[serde(default)]
    pub has_id: bool,
    /// Pages as the page tree itself counts them.
    pub declared_count: Option<u32>,
    /// Pages whose size the second reader sees otherwise by half a point or more.
    pub sizes_apart: Vec<SizeApart>,
    /// Its actions: those of the file first, then page by page.
    pub actions: Vec<Action>,
    /// Its form, if it has one with fields.
    pub form: Option<Form>,
    /// Bookmarks.
    pub bookmarks: u32,
    /// Files within the file.
    pub attachments: Vec<Attachment>,
    /// Its layers.
    pub layers: Vec<Layer>,
    /// Why actions, form, bookmarks, attachments or layers could not be read in full.
    pub gap: Option<String>,
}

/// The technology of a font.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FontKind {
    /// Type 1, or its compact form.
    Type1,
    /// TrueType.
    TrueType,
    /// A composite font (Type 0).
    Composite,
    /// Glyphs drawn by page operators.
    Type3,
    /// Something else.
    Unknown,
}

/// A font that text of the file is set in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Font {
    /// Its name without the subset tag.
    pub name: String,
    /// Its technology.
    pub kind: FontKind,
    /// Whether the font program is in the file.
    pub embedded: bool,
    /// Whether only the glyphs used are embedded (the name carries a subset tag).
    pub subset: bool,
    /// Pages on which visible text is set in it.
    pub pages: Vec<u32>,
    /// Pages on which it sets only text that cannot be seen.
    pub unseen_pages: Vec<u32>,
}

/// Something that could not be measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Gap {
    /// The page, or none for the file as a whole.
    pub page: Option<u32>,
    /// Why, for people.
    pub why: String,
}

/// One file as measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Encode, Decode, JsonSchema)]
pub struct Document {
    /// The path as the user gave it.
    pub name: String,
    /// Size on disk.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Why it could not be read at all. Then nothing below is known.
    pub unreadable: Option<String>,
    /// Whether that is because measuring it took more time or memory than it may, and not because of the file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stopped: bool,
    /// Its skeleton.
    pub structure: Structure,
    /// Its fonts, in the order they are first used.
    pub fonts: Vec<Font>,
    /// The colours it is painted in, in the order they are first used.
    pub colours: Vec<Colour>,
    /// Its pages, in order.
    pub pages: Vec<Page>,
    /// Codes found, in page order.
    pub codes: Vec<Code>,
    /// What stands like a code and cannot be read, in page order.
    pub unread: Vec<Unread>,
    /// What standards of exchange ask of it; measured where one is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
    /// What could not be measured.
    pub gaps: Vec<Gap>,
}

impl Document {
    /// Whether it has the shape of a cover laid flat: one page, wider than high by more than any trim offered.
    pub fn looks_like_cover(&self) -> bool {
        match self.pages.as_slice() {
            [page] => page.size.width > page.size.height * 1.2,
            _ => false,
        }
    }

    /// How many pages it has.
    pub fn page_count(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }

    /// A colour by its place.
    pub fn colour(&self, index: u32) -> Option<&Colour> {
        usize::try_from(index)
            .ok()
            .and_then(|i| self.colours.get(i))
    }

    /// The name of the font behind a run.
    pub fn font_name(&self, index: u32) -> &str {
        usize::try_from(index)
            .ok()
            .and_then(|i| self.fonts.get(i))
            .map_or("an unknown font", |f| f.name.as_str())
    }
}
