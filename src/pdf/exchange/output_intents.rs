//! Output intents, with the headers of their profiles.

use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Text};
use sha2::{Digest, Sha256};

use crate::model::digest::hex;
use crate::model::facts::{DestProfile, IccHeader, OutputIntent};
use crate::model::limits::Limits;
use crate::pdf::images::decode::decode;
use crate::pdf::reading::document_catalog::plain;

/// Output intents kept. Files have one or two.
const INTENTS: usize = 16;

pub(super) fn read(root: &Dict<'_>, limits: &Limits) -> Vec<OutputIntent> {
    let all = root.get::<Array<'_>>(b"OutputIntents");
    let all = all.iter().flat_map(|all| all.iter::<Dict<'_>>());
    all.take(INTENTS)
        .map(|dict| intent(&dict, limits))
        .collect()
}

fn intent(dict: &Dict<'_>, limits: &Limits) -> OutputIntent {
    let text = |key: &[u8]| {
        let text = plain(dict.get::<Text<'_>>(key)?.as_bytes());
        (!text.is_empty()).then_some(text)
    };
    OutputIntent {
        subtype: dict.get::<Name<'_>>(b"S").map(|name| plain(name.as_ref())),
        condition: text(b"OutputConditionIdentifier"),
        words: text(b"OutputCondition"),
        registry: text(b"RegistryName"),
        info: text(b"Info"),
        profile: profile(dict, limits),
    }
}

fn profile(dict: &Dict<'_>, limits: &Limits) -> DestProfile {
    match dict.get::<Object<'_>>(b"DestOutputProfile") {
        Some(Object::Stream(stream)) => {
            header(&stream, limits).map_or(DestProfile::Unreadable, DestProfile::Embedded)
        }
        Some(Object::Null(_)) | None if dict.contains_key(b"DestOutputProfileRef") => {
            DestProfile::Referenced
        }
        Some(Object::Null(_)) => DestProfile::None,
        None if dict.contains_key(b"DestOutputProfile") => DestProfile::Unreadable,
        None => DestProfile::None,
        Some(_) => DestProfile::Unreadable,
    }
}

/// The header of an ICC profile: ICC.1, 7.2.
fn header(stream: &Stream<'_>, limits: &Limits) -> Option<IccHeader> {
    let data = decode(stream, limits.stream_bytes).ok()?;
    let word = |from: usize| data.get(from..from + 4);
    if word(36)? != b"acsp" {
        return None;
    }
    let name = |from: usize| Some(String::from_utf8_lossy(word(from)?).trim().to_owned());
    let [major, minor] = [*data.get(8)?, *data.get(9)? >> 4];
    Some(IccHeader {
        class: name(12)?,
        space: name(16)?,
        version: format!("{major}.{minor}"),
        sha256: hex(&Sha256::digest(&*data)),
    })
}
