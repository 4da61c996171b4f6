//! Pictures met by the walk, and kept to be looked at after it.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Object, Stream};
use hayro_syntax::page::Resources;

use crate::pdf::colour;
use crate::pdf::images::decode::Allowance;
use crate::pdf::images::thumbnail::{Thumbnail, thumbnail};

/// The stream of an image.
#[derive(Clone, Copy)]
pub(crate) enum ImageSource<'a, 'p> {
    /// An object of the file.
    XObject(&'a Stream<'p>),
    /// A part of the content that is run.
    Inline(&'a Stream<'a>),
}

impl<'a> ImageSource<'a, '_> {
    /// The stream, wherever it is.
    pub(crate) fn stream(self) -> &'a Stream<'a> {
        match self {
            Self::XObject(stream) => stream,
            Self::Inline(stream) => stream,
        }
    }
}

/// A picture as the walk meets it.
#[derive(Clone, Copy)]
pub struct FoundPicture<'a, 'p> {
    pub(crate) source: ImageSource<'a, 'p>,
    /// The resources of the content that paints it.
    pub(crate) resources: &'a Resources<'p>,
    /// Pixels, width by height.
    pub(crate) pixels: [u32; 2],
    /// Bits a component.
    pub(crate) bits: u8,
}

impl<'p> FoundPicture<'_, 'p> {
    /// Whether it is the same picture wherever it is painted. A colour space may be named after what the page has under that name.
    pub fn is_alike_everywhere(&self) -> bool {
        let dict = self.source.stream().dict();
        let space = dict
            .get::<Object<'_>>(b"ColorSpace")
            .or_else(|| dict.get::<Object<'_>>(b"CS"));
        space.is_none_or(|space| colour::means_itself(&space))
    }

    /// Keeps it beyond the walk. An inline image is copied, for content is gone by then; `left` is how many bytes may still
    /// be copied. None if it has more.
    pub fn keep(&self, left: &mut usize) -> Option<Picture<'p>> {
        let data = match self.source {
            ImageSource::XObject(stream) => Data::XObject(stream.clone()),
            ImageSource::Inline(stream) => {
                let source = source(stream);
                *left = left.checked_sub(source.len())?;
                Data::Inline(source)
            }
        };
        Some(Picture {
            data,
            resources: self.resources.clone(),
            pixels: self.pixels,
            bits: self.bits,
        })
    }
}

/// A picture kept beyond the walk.
pub struct Picture<'p> {
    data: Data<'p>,
    resources: Resources<'p>,
    pixels: [u32; 2],
    bits: u8,
}

enum Data<'p> {
    XObject(Stream<'p>),
    /// Content of one operator, which paints the inline image.
    Inline(Vec<u8>),
}

impl Picture<'_> {
    /// Averages its pixels over squares of `step` by `step`, if they are easily decoded.
    pub(crate) fn thumbnail(&self, step: usize, allowance: Allowance<'_>) -> Option<Thumbnail> {
        let of = |stream: &Stream<'_>| {
            thumbnail(
                stream,
                &self.resources,
                self.pixels,
                self.bits,
                step,
                allowance,
            )
        };
        match &self.data {
            Data::XObject(stream) => of(stream),
            Data::Inline(source) => match TypedIter::new(source).next() {
                Some(Op::InlineImage(image)) => of(image.0),
                _ => None,
            },
        }
    }
}

/// Content that paints an inline image.
fn source(stream: &Stream<'_>) -> Vec<u8> {
    let dict = stream.dict().data();
    let dict = dict.strip_suffix(b"ID").unwrap_or(dict);
    [b"BI", dict, b" ID ", &stream.raw_data(), b"EI\n"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inline_image_is_kept_as_it_is() {
        // Data with a mark that looks like the end, and data that end with white space.
        for data in [&b"\x00\xff EI \x80\x01"[..], b"\x01\x02\x03\n", b""] {
            let content = [b"q BI /W 4\n/H 2 /BPC 8 /CS /G ID ", data, b"EI Q (x) Tj"].concat();
            let mut operators = TypedIter::new(&content);
            assert!(matches!(operators.next(), Some(Op::SaveState(_))));
            let Some(Op::InlineImage(image)) = operators.next() else {
                panic!("no image");
            };
            let kept = source(image.0);
            let mut again = TypedIter::new(&kept);
            let Some(Op::InlineImage(same)) = again.next() else {
                panic!("no image in {}", String::from_utf8_lossy(&kept));
            };
            assert_eq!(same.0.raw_data(), image.0.raw_data());
            assert_eq!(same.0.dict().get::<u32>(b"W"), Some(4));
            assert_eq!(same.0.dict().get::<u32>(b"BPC"), Some(8));
            assert!(again.next().is_none());
        }
    }
}
