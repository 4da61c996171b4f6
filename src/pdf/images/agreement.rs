//! Whether the data of a picture are those that its dictionary tells of: as many rows as it states, of its size.

use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Stream};

use crate::pdf::images::codec;
use crate::pdf::images::decode::Allowance;
use crate::pdf::images::unpack::{parameters, predicts, row_bits, unpack};

/// How the dictionary and the data of a picture disagree. Viewers follow one or the other, and show a picture; not all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pdf) enum Disagreement {
    /// Data follow that of its last row.
    Surplus,
    /// Bytes are missing, too few for it to break off.
    Short,
    /// The data say that it has another size.
    Size,
    /// Its predictor had rows of another length.
    Rows,
}

impl Disagreement {
    /// The message; `named` is the number of the picture's object in brackets.
    pub(in crate::pdf) fn words(self, named: &str) -> String {
        match self {
            Self::Surplus => format!("data of a picture{named} beyond those of its size"),
            Self::Short => {
                format!("data of a picture{named}, a few bytes fewer than its size asks for")
            }
            Self::Size => format!("the size of a picture{named}, which its data contradict"),
            Self::Rows => {
                format!("the size of a picture{named}, whose data have rows of another length")
            }
        }
    }
}

/// Bytes behind the last row that are no part of a picture: what careless writers add.
const SLACK: usize = 16;

/// A sound picture, as its dictionary states it.
pub(in crate::pdf::images) struct Stated<'s, 'p> {
    pub(in crate::pdf::images) stream: &'s Stream<'p>,
    /// Pixels, width by height.
    pub(in crate::pdf::images) pixels: [u32; 2],
    /// Of lossless data, bytes of a row and of all rows.
    pub(in crate::pdf::images) bytes: Option<(usize, usize)>,
}

impl Stated<'_, '_> {
    /// How the dictionary and the data disagree, if they do; of lossless data, by how many bytes they unpack to.
    pub(in crate::pdf::images) fn disagreement(
        &self,
        total: usize,
        allowance: Allowance<'_>,
    ) -> Option<Disagreement> {
        let [width, height] = self.pixels;
        let differs = |[across, down]: [Option<u64>; 2]| {
            across.is_some_and(|n| n != u64::from(width))
                || down.is_some_and(|n| n != u64::from(height))
        };
        let raw = || self.stream.raw_data();
        let sized = match self.stream.filters().as_slice() {
            [Filter::JpxDecode] => differs(codec::jpeg_2000_size(&raw())),
            [Filter::Jbig2Decode] => differs(codec::jbig2_size(&raw())),
            _ => false,
        };
        if sized {
            return Some(Disagreement::Size);
        }
        let (row, whole) = self.bytes?;
        self.by_rows(row)
            .or_else(|| self.by_length(row, whole, total, allowance))
    }

    /// Whether a predictor worked on rows of another length than the picture's.
    fn by_rows(&self, row: usize) -> Option<Disagreement> {
        let all = parameters(self.stream);
        let predictor = all.iter().flatten().find(|p| predicts(p))?;
        (row_bits(predictor).div_ceil(8) != row).then_some(Disagreement::Rows)
    }

    /// Whether bytes are missing, or so many follow the last row that the picture has a row or a column more than it states, or a
    /// byte more a row. Padding is no such row: it is the same byte over and over.
    fn by_length(
        &self,
        row: usize,
        whole: usize,
        total: usize,
        allowance: Allowance<'_>,
    ) -> Option<Disagreement> {
        let [width, height] = self
            .pixels
            .map(|n| usize::try_from(n).unwrap_or(usize::MAX));
        let is_deflated = matches!(self.stream.filters().as_slice(), [Filter::FlateDecode]);
        let first = parameters(self.stream).into_iter().next().flatten();
        // A PNG predictor writes its number before each row.
        let is_numbered = is_deflated && first.as_ref().is_some_and(is_numbered);
        let (pixels, end) = if is_numbered {
            let rows = total.div_ceil(row.saturating_add(1));
            (total.saturating_sub(rows), whole.saturating_add(height))
        } else {
            (total, whole)
        };
        let column = row.saturating_mul(height) / width.max(1);
        let more = row.min(column).min(height).max(SLACK);
        if pixels < whole {
            return Some(Disagreement::Short);
        }
        if pixels - whole < more {
            return None;
        }
        let mut tail = Tail::from(end);
        if is_deflated {
            allowance.inflated_seeing(self.stream, &mut |bytes| tail.see(bytes));
        } else if self.stream.filters().is_empty() {
            tail.see(&self.stream.raw_data());
        } else {
            tail.see(&unpack(self.stream)?.data);
        }
        tail.varies.then_some(Disagreement::Surplus)
    }
}

/// Whether a predictor of PNG is used, by its number.
pub(in crate::pdf::images) fn is_numbered(parameters: &Dict<'_>) -> bool {
    parameters.get::<usize>(b"Predictor").unwrap_or(1) >= 10
}

/// Looks whether bytes from some place on, shown part by part, are not all the same.
struct Tail {
    before: usize,
    first: Option<u8>,
    varies: bool,
}

impl Tail {
    fn from(before: usize) -> Self {
        Self {
            before,
            first: None,
            varies: false,
        }
    }

    fn see(&mut self, bytes: &[u8]) {
        let seen = bytes.get(self.before..).unwrap_or_default();
        self.before = self.before.saturating_sub(bytes.len());
        let Some(first) = self.first.or(seen.first().copied()) else {
            return;
        };
        self.first = Some(first);
        self.varies |= seen.iter().any(|byte| *byte != first);
    }
}
