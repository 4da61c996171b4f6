//! Fonts for our PDFs: the free faces hayro-font carries, embedded whole, and the standard names without embedding.

use super::pdf::{Id, Pdf};
use hayro_font::{FontCache, FontData, FontQuery, FontResolverFn, StandardFont};
use std::sync::Arc;

/// A face to set text in, known to one `Pdf`.
#[derive(Clone, Debug)]
pub struct Font {
    id: Id,
    resource: String,
    /// Advance of each WinAnsi code in thousandths of the size.
    widths: Vec<f64>,
}

impl Font {
    /// Embeds a face whole (Type 1 with a bare CFF program, WinAnsi), under the name its program bears.
    pub fn embedded(pdf: &mut Pdf, face: StandardFont) -> Self {
        let (data, _) = face.get_font_data();
        let data = (*data).as_ref();
        Self::with_program(pdf, face, cff_name(data), data)
    }

    /// Embeds a face under another name, for a second font in one file or a name a check should show.
    pub fn embedded_as(pdf: &mut Pdf, face: StandardFont, name: &str) -> Self {
        let (data, _) = face.get_font_data();
        Self::with_program(pdf, face, name, (*data).as_ref())
    }

    fn with_program(pdf: &mut Pdf, face: StandardFont, name: &str, data: &[u8]) -> Self {
        let program = pdf.flate("/Subtype /Type1C", data);
        let descriptor = descriptor(pdf, face, name, &format!("/FontFile3 {program}"));
        Self::new(pdf, face, name, &format!("/FontDescriptor {descriptor}"))
    }

    /// One of the standard fonts by name alone, as PDF 1.4 still allowed: the fault printers refuse.
    pub fn standard(pdf: &mut Pdf, face: StandardFont) -> Self {
        Self::new(pdf, face, face.postscript_name(), "")
    }

    /// Any font name without its program, with a descriptor, as a careless export leaves it; metrics of `like`.
    pub fn missing(pdf: &mut Pdf, name: &str, like: StandardFont) -> Self {
        let descriptor = descriptor(pdf, like, name, "");
        Self::new(pdf, like, name, &format!("/FontDescriptor {descriptor}"))
    }

    fn new(pdf: &mut Pdf, face: StandardFont, name: &str, descriptor: &str) -> Self {
        let widths = widths(face);
        let listed: Vec<String> = widths[32..].iter().map(f64::to_string).collect();
        let id = pdf.add(format!(
            "<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding {descriptor} \
             /FirstChar 32 /LastChar 255 /Widths [{}] >>",
            listed.join(" ")
        ));
        Self::of(id, widths)
    }

    /// A font object of the caller's own making, with the advance of each of the 256 codes in thousandths.
    pub fn of(id: Id, widths: Vec<f64>) -> Self {
        Self {
            id,
            resource: format!("F{}", id.0),
            widths,
        }
    }

    /// The font's object.
    pub fn id(&self) -> Id {
        self.id
    }

    /// The name content streams know it by.
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// The text in WinAnsi codes; what WinAnsi lacks becomes a question mark.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        text.chars().map(win_ansi).collect()
    }

    /// The advance width of a line of text, in the unit of `size`.
    pub fn width(&self, text: &str, size: f64) -> f64 {
        let sum: f64 = text
            .chars()
            .map(|c| self.widths[win_ansi(c) as usize])
            .sum();
        sum * size / 1000.0
    }
}

fn descriptor(pdf: &mut Pdf, face: StandardFont, name: &str, more: &str) -> Id {
    use StandardFont as S;
    let serif = matches!(
        face,
        S::TimesRoman | S::TimesBold | S::TimesItalic | S::TimesBoldItalic
    );
    let italic =
        face.postscript_name().contains("Italic") || face.postscript_name().contains("Oblique");
    let bold = face.postscript_name().contains("Bold");
    let fixed = face.postscript_name().starts_with("Courier");
    // Bits of PDF 32000-1, table 123: fixed pitch 1, serif 2, nonsymbolic 6, italic 7.
    let flags = u32::from(fixed) | (u32::from(serif) << 1) | (1 << 5) | (u32::from(italic) << 6);
    pdf.add(format!(
        "<< /Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [-200 -250 1200 950] \
         /ItalicAngle {} /Ascent 750 /Descent -250 /CapHeight 660 /StemV {} {more} >>",
        if italic { -12 } else { 0 },
        if bold { 140 } else { 85 },
    ))
}

/// The first name in a CFF program's Name INDEX.
fn cff_name(data: &[u8]) -> &str {
    // header size, then count (2), offset size (1), count + 1 offsets, the names
    let index = data[2] as usize;
    let size = data[index + 2] as usize;
    let offset = |n: usize| {
        let at = index + 3 + n * size;
        data[at..at + size]
            .iter()
            .fold(0_usize, |sum, byte| sum << 8 | *byte as usize)
    };
    let count = usize::from(data[index]) << 8 | usize::from(data[index + 1]);
    let names = index + 2 + (count + 1) * size;
    std::str::from_utf8(&data[names + offset(0)..names + offset(1)]).expect("CFF names are ASCII")
}

/// Advances by WinAnsi code. hayro-font knows the standard encoding only, which has no accented letters;
/// in these faces they are as wide as their base letters.
fn widths(face: StandardFont) -> Vec<f64> {
    let resolver: FontResolverFn = Arc::new(|query: &FontQuery| -> Option<(FontData, u32)> {
        match query {
            FontQuery::Standard(face) => Some(face.get_font_data()),
            FontQuery::Fallback(_) => None,
        }
    });
    let cache = FontCache::new();
    let font = cache
        .standard_font(face, &resolver)
        .expect("the standard fonts are built in");
    let mut widths = vec![0.0; 256];
    for (code, width) in widths.iter_mut().enumerate().skip(32) {
        if let Some(standard) = standard_code(code as u8) {
            *width = font.code_advance(u32::from(standard)).x;
        }
    }
    widths
}

/// What we set beyond ASCII: character, WinAnsi code, and the code of a glyph as wide in the standard encoding.
const BEYOND_ASCII: &[(char, u8, u8)] = &[
    ('\u{2026}', 0x85, 0xbc), // ellipsis
    ('\u{2018}', 0x91, 0x60), // quoteleft
    ('\u{2019}', 0x92, 0x27), // quoteright
    ('\u{201c}', 0x93, 0xaa), // quotedblleft
    ('\u{201d}', 0x94, 0xba), // quotedblright
    ('\u{2022}', 0x95, 0xb7), // bullet
    ('\u{2013}', 0x96, 0xb1), // endash
    ('\u{2014}', 0x97, 0xd0), // emdash
    ('\u{a7}', 0xa7, 0xa7),   // section
    ('\u{b7}', 0xb7, 0xb4),   // periodcentered
    ('\u{e0}', 0xe0, b'a'),   // agrave
    ('\u{e4}', 0xe4, b'a'),   // adieresis
    ('\u{e8}', 0xe8, b'e'),   // egrave
    ('\u{e9}', 0xe9, b'e'),   // eacute
    ('\u{f6}', 0xf6, b'o'),   // odieresis
    ('\u{fc}', 0xfc, b'u'),   // udieresis
    ('\u{fb}', 0xfb, b'u'),   // ucircumflex
];

fn win_ansi(c: char) -> u8 {
    match c {
        ' '..='~' => c as u8,
        // A no-break space shares the space's code, so that Tw widens it with the others.
        '\u{a0}' => b' ',
        _ => BEYOND_ASCII
            .iter()
            .find(|(known, ..)| *known == c)
            .map_or(b'?', |(_, code, _)| *code),
    }
}

fn standard_code(code: u8) -> Option<u8> {
    match code {
        b'\'' => Some(0xa9), // quotesingle
        b'`' => Some(0xc1),  // grave
        0x20..=0x7e => Some(code),
        _ => BEYOND_ASCII
            .iter()
            .find(|(_, win, _)| *win == code)
            .map(|(.., standard)| *standard),
    }
}
