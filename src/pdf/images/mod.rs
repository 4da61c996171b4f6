//! Images: codecs, decoding, soundness of their data, thumbnails, and what is kept to look at after the walk.

pub(in crate::pdf) mod agreement;
pub(in crate::pdf) mod codec;
pub(in crate::pdf) mod decode;
pub(in crate::pdf) mod described;
pub(in crate::pdf) mod jpeg_scan;
pub(in crate::pdf) mod picture;
pub(in crate::pdf) mod soundness;
mod strict;
pub(in crate::pdf) mod thumbnail;
pub(in crate::pdf) mod unpack;
