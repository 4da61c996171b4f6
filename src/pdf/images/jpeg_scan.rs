//! Finds damage in the scans of a JPEG without decoding them: ITU-T T.81 fixes which markers may occur and in which
//! order, and no encoder writes long rows of certain codes.

use crate::pdf::images::codec::has_hole;

/// Segments looked at; a progressive picture has some twenty.
const SEGMENTS: usize = 4096;

/// The segments of a JPEG, each with its marker; the coded data behind a scan's header are left to who asks.
struct Segments<'d> {
    data: &'d [u8],
    at: usize,
    left: usize,
}

impl<'d> Segments<'d> {
    fn new(data: &'d [u8]) -> Self {
        Self {
            data,
            at: 2,
            left: SEGMENTS,
        }
    }

    /// What follows the last segment.
    fn rest(&self) -> &'d [u8] {
        self.data.get(self.at..).unwrap_or_default()
    }
}

impl<'d> Iterator for Segments<'d> {
    type Item = (u8, &'d [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        // Between segments any number of fill bytes may stand.
        while self.rest().starts_with(&[0xff, 0xff]) {
            self.at += 1;
        }
        let [0xff, marker, ..] = self.rest() else {
            return None;
        };
        self.at += 2;
        if *marker == END {
            return Some((*marker, &[]));
        }
        let [high, low, rest @ ..] = self.rest() else {
            return None;
        };
        let length = (usize::from(*high) << 8 | usize::from(*low)).max(2);
        let segment = rest.get(..length - 2)?;
        self.at += length;
        Some((*marker, segment))
    }
}

/// The markers of the end of the picture, of a scan's header, and of tables.
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const QUANTISATION: u8 = 0xdb;
const HUFFMAN: u8 = 0xc4;

/// Whether the segments or scans contain something that no encoder writes. Data that merely end early do not count.
pub(in crate::pdf) fn is_damaged(data: &[u8]) -> bool {
    let mut scan = ScanContext::default();
    let mut segments = Segments::new(data);
    while let Some((marker, segment)) = segments.next() {
        match marker {
            HUFFMAN if !scan.tables(segment) => return true,
            0xc0..=0xc3 => scan.progressive = marker == 0xc2,
            // Arithmetic coding has other rules.
            END | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => return false,
            SCAN => {
                if scan.progressive && !refines(segment) {
                    return true;
                }
                let (end, sound) = scan.entropy(segment, segments.rest());
                if !sound {
                    return true;
                }
                segments.at += end;
                scan.seen = true;
            }
            _ => {}
        }
    }
    // Bytes between a segment and the next marker: one of them has lost its length.
    !scan.seen && !matches!(segments.rest(), [] | [0xff, ..])
}

/// Whether the header of a progressive scan asks for coefficients and bits that there are, in an order that T.81 (G.1.1.1)
/// allows.
fn refines(header: &[u8]) -> bool {
    let count = header.first().map_or(0, |count| usize::from(*count));
    let Some([start, end, high_low, ..]) = header.get(1 + 2 * count..) else {
        return true;
    };
    let (high, low) = (high_low >> 4, high_low & 15);
    let band = match start {
        0 => *end == 0,
        _ => (*start..64).contains(end) && count == 1,
    };
    band && low <= 13 && (high == 0 || high == low + 1)
}

/// Whether the frame header of a JPEG has as many pixels as its dictionary says, and the quantisation tables that it asks for
/// are there. A height of none is told behind the first scan.
pub(in crate::pdf) fn has_pixels(data: &[u8], [width, height]: [u32; 2]) -> bool {
    let mut tables = [false; 16];
    let mut asked = Vec::new();
    for (marker, segment) in Segments::new(data) {
        match marker {
            SCAN => return asked.iter().all(|n| tables.get(*n) == Some(&true)),
            QUANTISATION => quantisation(segment, &mut tables),
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let [_, h1, h0, w1, w0, _, components @ ..] = segment else {
                    return false;
                };
                let side = |high: &u8, low: &u8| u32::from(*high) << 8 | u32::from(*low);
                let rows = side(h1, h0);
                if side(w1, w0) != width || rows != height && rows != 0 {
                    return false;
                }
                let tables = components.chunks_exact(3).filter_map(|c| c.last());
                asked.extend(tables.map(|n| usize::from(*n)));
            }
            _ => {}
        }
    }
    true
}

/// Notes the numbers of the quantisation tables in a segment.
fn quantisation(mut segment: &[u8], tables: &mut [bool; 16]) {
    while let Some((&which, rest)) = segment.split_first() {
        if let Some(table) = tables.get_mut(usize::from(which & 15)) {
            *table = true;
        }
        let bytes = if which >> 4 == 0 { 64 } else { 128 };
        segment = rest.get(bytes..).unwrap_or_default();
    }
}

/// Whether there are as many codes of each length as a Huffman table has of it, none of them all ones.
fn has_codes(counts: &[u8]) -> bool {
    let mut next = 0u32;
    for (length, count) in (1u32..).zip(counts) {
        next = next * 2 + u32::from(*count);
        if *count > 0 && next >= 1 << length {
            return false;
        }
    }
    true
}

/// What the frame header and the tables say, for judging the scans.
#[derive(Default)]
struct ScanContext {
    progressive: bool,
    /// Whether a scan was met.
    seen: bool,
    /// By class (for differences, for the rest) and number: whether the code of nothing but zeros stands for no more to come.
    ends_on_zeros: [[bool; 4]; 2],
}

impl ScanContext {
    /// Huffman tables: class and number, how many codes there are of each length, and what they stand for, shortest first.
    /// False where there cannot be such a table.
    fn tables(&mut self, mut segment: &[u8]) -> bool {
        while let Some((&which, rest)) = segment.split_first() {
            let Some((counts, values)) = rest.split_at_checked(16) else {
                return false;
            };
            if !has_codes(counts) {
                return false;
            }
            let all = counts.iter().map(|n| usize::from(*n)).sum::<usize>();
            let class = usize::from(which >> 4);
            let number = usize::from(which & 15);
            // "End of block" or of a band of blocks, or a difference of nothing.
            let first = values.first().is_some_and(|v| v & 15 == 0 && *v != 0xf0);
            let ends = self.ends_on_zeros.get_mut(class);
            if let Some(slot) = ends.and_then(|tables| tables.get_mut(number)) {
                *slot = first;
            }
            let Some(after) = values.get(all..) else {
                return false;
            };
            segment = after;
        }
        true
    }

    /// Looks through the coded data of a scan: how many bytes they are, and whether they may be what was written.
    fn entropy(&self, header: &[u8], data: &[u8]) -> (usize, bool) {
        let hole = !self.may_be_zeros(header);
        let mut restarts = 0u8;
        let mut from = 0;
        for at in memchr::memchr_iter(0xff, data) {
            if hole && has_hole(data.get(from..at).unwrap_or_default()) {
                return (at, false);
            }
            from = at + 1;
            match data.get(at + 1) {
                Some(0x00 | 0xff) => {}
                Some(marker @ 0xd0..=0xd7) => {
                    if marker & 7 != restarts {
                        return (at, false);
                    }
                    restarts = (restarts + 1) % 8;
                }
                Some(0xc4 | 0xd9..=0xdd | 0xe0..=0xef | 0xfe) => return (at, true),
                Some(_) => return (at, false),
                None => return (at, true),
            }
        }
        let rest = data.get(from..).unwrap_or_default();
        (data.len(), !(hole && has_hole(rest)))
    }

    /// Whether rows of zeros may be flat parts of the picture, by the tables that a scan uses.
    fn may_be_zeros(&self, header: &[u8]) -> bool {
        let Some((&count, rest)) = header.split_first() else {
            return true;
        };
        let components = usize::from(count) * 2;
        let (Some(components), Some([start, end, high_low])) =
            (rest.get(..components), rest.get(components..components + 3))
        else {
            return true;
        };
        // A scan that refines earlier ones holds bare bits.
        if self.progressive && high_low >> 4 != 0 {
            return true;
        }
        let tables = components
            .chunks_exact(2)
            .map(|c| c.last().copied().unwrap_or(0));
        let ends = |class: usize, number: u8| {
            let tables = self.ends_on_zeros.get(class);
            tables
                .and_then(|t| t.get(usize::from(number)))
                .is_none_or(|e| *e)
        };
        tables.into_iter().all(|table| {
            let differences = *start > 0 || ends(0, table >> 4);
            let rest = *end == 0 || ends(1, table & 15);
            differences && rest
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a grey picture with the tables of T.81, annex K, as far as they are asked, and one scan.
    fn grey(first_of_band: u8, scan: &[u8]) -> Vec<u8> {
        let mut data = vec![0xff, 0xd8, 0xff, 0xc0, 0, 2];
        for (class, value) in [(0x00, 0), (0x10, first_of_band)] {
            data.extend([0xff, 0xc4, 0, 20, class, 1]);
            data.extend([0; 15]);
            data.push(value);
        }
        data.extend([0xff, 0xda, 0, 8, 1, 1, 0x00, 0, 63, 0]);
        data.extend(scan);
        data.extend([0xff, 0xd9]);
        data
    }

    #[test]
    fn a_hole_is_told_where_zeros_are_no_flat_part() {
        let hole = [&[7; 40][..], &[0; 16], &[7; 40]].concat();
        assert!(is_damaged(&grey(0x01, &hole)));
        assert!(!is_damaged(&grey(0x00, &hole)), "zeros end blocks here");
        assert!(!is_damaged(&grey(0x01, &[7; 96])));
        assert!(!is_damaged(&grey(
            0x01,
            &[&[7; 40][..], &[0; 15], &[7]].concat()
        )));
    }

    #[test]
    fn a_frame_has_the_size_that_its_dictionary_says_and_its_tables() {
        let picture = |height: u8, table: u8| {
            let frame = [0xff, 0xc0, 0, 11, 8, 0, height, 0, 5, 1, 1, 0x11, 0];
            let tables = [&[0xff, 0xdb, 0, 67, table][..], &[1; 64]].concat();
            let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 7, 7, 0xff, 0xd9];
            [&[0xff, 0xd8][..], &tables, &frame, &scan].concat()
        };
        assert!(has_pixels(&picture(9, 0), [5, 9]));
        assert!(!has_pixels(&picture(8, 0), [5, 9]) && !has_pixels(&picture(9, 0), [6, 9]));
        assert!(has_pixels(&picture(0, 0), [5, 9]), "told behind the scan");
        assert!(!has_pixels(&picture(9, 1), [5, 9]), "no table 0");
    }

    #[test]
    fn scans_of_a_progressive_picture_refine_what_there_is() {
        let header = |band: [u8; 3]| [&[1, 1, 0][..], &band].concat();
        for sound in [[0, 0, 0x01], [1, 5, 0x02], [6, 63, 0x21], [1, 63, 0x10]] {
            assert!(refines(&header(sound)), "{sound:?}");
        }
        for wrong in [
            [0, 5, 0],
            [67, 0, 0x10],
            [5, 4, 0],
            [1, 64, 0],
            [1, 63, 0x31],
        ] {
            assert!(!refines(&header(wrong)), "{wrong:?}");
        }
        assert!(
            !refines(&[2, 1, 0, 2, 0, 1, 63, 0]),
            "a band of two components"
        );
    }

    #[test]
    fn huffman_tables_have_room_for_their_codes() {
        let table = |counts: [u8; 3], values: usize| {
            let counts = [&counts[..], &[0; 13]].concat();
            [&[0][..], &counts, &vec![7; values]].concat()
        };
        let takes = |segment: &[u8]| ScanContext::default().tables(segment);
        assert!(takes(&table([0, 2, 3], 5)));
        assert!(!takes(&table([0, 2, 3], 4)), "a value is missing");
        assert!(!takes(&table([0, 4, 0], 4)), "one code is all ones");
        assert!(!takes(&table([1, 0, 5], 6)), "too many");
    }

    #[test]
    fn bytes_before_a_marker_are_of_a_segment_that_lost_its_length() {
        let whole = grey(1, &[7; 40]);
        let shorter = [&whole[..6], &[0, 0, 0][..], &whole[6..]].concat();
        assert!(!is_damaged(&whole));
        assert!(is_damaged(&shorter));
    }

    #[test]
    fn markers_within_a_scan_follow_their_order() {
        assert!(!is_damaged(&grey(
            1,
            &[7, 0xff, 0xd0, 7, 0xff, 0xd1, 7, 0xff, 0, 7]
        )));
        assert!(
            is_damaged(&grey(1, &[7, 0xff, 0xd1, 7])),
            "the first is missing"
        );
        assert!(is_damaged(&grey(1, &[7, 0xff, 0x3a, 7])), "no such marker");
        assert!(!is_damaged(&[]) && !is_damaged(&[0xff, 0xd8, 0xff]));
    }
}
