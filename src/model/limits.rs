//! Every bound on how much a file may ask of us, in one place, each with its reason.

use bitcode::{Decode, Encode};

/// The bounds. All are finite by default; a file that exceeds one leaves a gap, never a pass.
#[derive(Clone, Copy, Debug, Encode, Decode)]
pub struct Limits {
    /// Bytes on disk. KDP refuses 650 MB; four times that is no book.
    pub file_bytes: u64,
    /// Pages. The longest paperback offered anywhere has 1,200; bound volumes and tests stay below this.
    pub pages: usize,
    /// Objects the second reader may load. A 3,000-page book with a link a line stays below.
    pub objects: usize,
    /// Bytes one stream may unpack to. A full-bleed 8.5x11 cover wrap at 600 ppi in CMYK is 270 MB, but
    /// pictures are only unpacked where a code is looked for; page content is rarely over 10 MB.
    pub stream_bytes: usize,
    /// Operators a page may execute, forms and patterns included: a map with a million paths needs some five million.
    pub operators: u64,
    /// Operators all pages of a file may execute together, so that many bad pages end as one does.
    pub file_operators: u64,
    /// Forms, patterns and glyph programs within one another. Real files nest fewer than ten.
    pub nesting: usize,
    /// Saved graphics states. The format's own advice is 28.
    pub saved_states: usize,
    /// Vector elements a page may offer to the search for codes before it is searched coarsely.
    pub code_elements: usize,
    /// Operators that all passes over a page in search of codes may run together, since each pass runs them all again; beyond that, the
    /// page is drawn once for all of them.
    pub raster_operators: u64,
    /// Regions of a page searched one by one for codes; beyond that, the page is searched as a whole.
    pub code_regions: usize,
    /// Regions of a page for each of which it is drawn again; beyond that, it is drawn once for all of them.
    pub code_drawings: usize,
    /// Codes read on one page. A sheet of labels has some hundred.
    pub codes: usize,
    /// Pixels rasterised in search of the codes of one page, all passes together: ten full pages at 400 ppi.
    pub look_pixels: u64,
    /// Placed pictures that all pages of a file may have together; a page has its share, and a hundred in any case.
    pub pictures: usize,
    /// Pieces of text on a page. A sheet whose every letter is placed by itself has some fifty thousand.
    pub texts: usize,
    /// Pixels of a picture on a page that is rasterised.
    pub image_pixels: u64,
    /// Pixels of one rasterised region: a 13 x 11 in cover wrap at 300 ppi.
    pub raster_pixels: u64,
    /// Pixels laid on the plates of one page, however often the same: a hundred and fifty full-page layers of a cover.
    pub plate_pixels: u64,
    /// Pixels composed through soft masks in all passes over a page in search of codes: a hundred full pages at 300 ppi.
    pub masked_pixels: u64,
    /// Vector art kept apart per page before neighbours are summed up.
    pub art_pieces: usize,
    /// Entries of the catalogue's trees (bookmarks, fields, attachments, scripts) that are looked at. A dictionary with a
    /// bookmark for every headword has some hundred thousand.
    pub catalogue_entries: usize,
    /// Bytes of pictures a page may have unpacked to see whether they are sound: a full-bleed cover at 600 ppi in CMYK, as
    /// for one stream.
    pub picture_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 2_600_000_000,
            pages: 10_000,
            objects: 4_000_000,
            stream_bytes: 256 << 20,
            operators: 8_000_000,
            file_operators: 16_000_000,
            nesting: 28,
            saved_states: 4096,
            code_elements: 40_000,
            raster_operators: 1_500_000,
            code_regions: 2_000,
            code_drawings: 100,
            codes: 600,
            look_pixels: 150_000_000,
            pictures: 1_000_000,
            texts: 100_000,
            image_pixels: 150_000_000,
            raster_pixels: 16_000_000,
            plate_pixels: 200_000_000,
            masked_pixels: 500_000_000,
            art_pieces: 512,
            catalogue_entries: 500_000,
            picture_bytes: 256 << 20,
        }
    }
}
