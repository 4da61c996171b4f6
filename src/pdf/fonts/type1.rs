//! Type 1 programs: whether the encrypted part decrypts to glyphs of the lengths it declares. A byte that is lost or changed
//! turns all that is encrypted behind it into noise.

use std::borrow::Cow;

use memchr::memmem;

/// Bytes at the start of the encrypted part that say nothing.
const RANDOM: usize = 4;

/// Whether a program has the drawings of its glyphs, each as long as it says, to the last.
pub(in crate::pdf::fonts) fn has_its_glyphs(data: &[u8]) -> bool {
    let data = bare(data);
    let Some(encrypted) = encrypted(&data) else {
        return false;
    };
    let private = decrypted(&encrypted);
    // A program for two resolutions has them twice.
    memmem::find_iter(&private, b"/CharStrings").any(|at| {
        private
            .get(at..)
            .is_some_and(|from| entries(from).is_some())
    })
}

/// The data without the headers of the segments that some files keep.
fn bare(data: &[u8]) -> Cow<'_, [u8]> {
    if data.first() != Some(&0x80) {
        return Cow::Borrowed(data);
    }
    let mut joined = Vec::with_capacity(data.len());
    let mut rest = data;
    while let [0x80, 1 | 2, a, b, c, d, after @ ..] = rest {
        let length = u32::from_le_bytes([*a, *b, *c, *d]);
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let (segment, next) = after.split_at_checked(length).unwrap_or((after, &[]));
        joined.extend_from_slice(segment);
        rest = next;
    }
    Cow::Owned(joined)
}

/// The encrypted part as bytes; some programs write it in figures.
fn encrypted(data: &[u8]) -> Option<Cow<'_, [u8]>> {
    let word = b"eexec";
    let at = memmem::find(data, word)? + word.len();
    let rest = data.get(at..)?;
    let spaces = rest
        .iter()
        .take_while(|c| matches!(c, b' ' | b'\t' | b'\r' | b'\n'))
        .count();
    let rest = rest.get(spaces..)?;
    let written = rest.get(..RANDOM)?.iter().all(u8::is_ascii_hexdigit);
    if !written {
        return Some(Cow::Borrowed(rest));
    }
    let digits: Vec<u8> = rest
        .iter()
        .map_while(|c| match char::from(*c).to_digit(16) {
            Some(digit) => Some(u8::try_from(digit).ok()),
            None => c.is_ascii_whitespace().then_some(None),
        })
        .flatten()
        .collect();
    let bytes = digits.as_chunks::<2>().0;
    let bytes = bytes.iter().map(|[high, low]| high << 4 | low);
    Some(Cow::Owned(bytes.collect()))
}

/// The encrypted part decrypted, as Adobe's "Type 1 Font Format" has it in chapter 7.
fn decrypted(data: &[u8]) -> Vec<u8> {
    let mut key: u16 = 55665;
    let plain = data.iter().map(|cipher| {
        let [high, _] = key.to_be_bytes();
        key = u16::from(*cipher)
            .wrapping_add(key)
            .wrapping_mul(52845)
            .wrapping_add(22719);
        cipher ^ high
    });
    plain.skip(RANDOM).collect()
}

/// Reads the drawings of glyphs that stand behind `/CharStrings`: for each a name, a length, a word, and so many bytes. None
/// where they break off, or where something else stands among them.
fn entries(from: &[u8]) -> Option<()> {
    let mut words = Words { data: from, at: 0 };
    while words.next()? != b"begin" {
        if words.at > BEGIN {
            return None;
        }
    }
    let mut any = false;
    loop {
        let name = words.next()?;
        if name == b"end" && any {
            return Some(());
        }
        if !name.starts_with(b"/") {
            return None;
        }
        let length = words.next()?;
        let length: usize = std::str::from_utf8(length).ok()?.parse().ok()?;
        // The word that reads the bytes, and one space.
        words.next()?;
        words.at = words.at.checked_add(length + 1)?;
        // The word that keeps them, which some write as two.
        if words.next()? == b"noaccess" {
            words.next()?;
        }
        any = true;
    }
}

/// Bytes within which the dictionary of the drawings begins.
const BEGIN: usize = 64;

/// The words of a program.
struct Words<'d> {
    data: &'d [u8],
    at: usize,
}

impl<'d> Words<'d> {
    fn next(&mut self) -> Option<&'d [u8]> {
        let rest = self.data.get(self.at..)?;
        let start = rest.iter().position(|c| !c.is_ascii_whitespace())?;
        let rest = rest.get(start..)?;
        let ends = |c: &u8| c.is_ascii_whitespace() || *c == b'/';
        let length = 1 + rest.iter().skip(1).take_while(|c| !ends(c)).count();
        self.at += start + length;
        rest.get(..length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encrypted(plain: &[u8]) -> Vec<u8> {
        let mut key: u16 = 55665;
        let all = [&[0; RANDOM][..], plain].concat();
        let cipher = all.iter().map(|byte| {
            let cipher = byte ^ key.to_be_bytes()[0];
            key = u16::from(cipher)
                .wrapping_add(key)
                .wrapping_mul(52845)
                .wrapping_add(22719);
            cipher
        });
        cipher.collect()
    }

    const GLYPHS: &[u8] = b"dup /Private 8 dict dup begin /lenIV 4 def /CharStrings 2 dict dup begin\n\
        /.notdef 5 RD 12345 ND\n/A 7 -| /end 12 |-\nend end readonly put mark currentfile closefile\n";

    fn program(private: &[u8]) -> Vec<u8> {
        let mut data = b"%!PS-AdobeFont-1.0: Test\ncurrentfile eexec\n".to_vec();
        data.extend(private);
        data
    }

    #[test]
    fn a_program_is_sound_where_its_encrypted_part_holds_its_glyphs() {
        let sound = encrypted(GLYPHS);
        assert!(has_its_glyphs(&program(&sound)));
        let figures: String = sound.iter().map(|b| format!("{b:02X}")).collect();
        assert!(has_its_glyphs(&program(figures.as_bytes())));
        for at in [20, 60, 100] {
            let mut changed = sound.clone();
            changed[at] ^= 9;
            assert!(!has_its_glyphs(&program(&changed)), "changed at {at}");
            let mut lost = sound.clone();
            lost.remove(at);
            assert!(!has_its_glyphs(&program(&lost)), "lost at {at}");
            assert!(!has_its_glyphs(&program(&sound[..at])), "cut at {at}");
        }
    }

    #[test]
    fn segments_of_a_program_are_joined() {
        let (head, tail) = (program(&[]), encrypted(GLYPHS));
        let segment = |kind: u8, data: &[u8]| {
            let length = u32::try_from(data.len()).unwrap_or(0).to_le_bytes();
            [&[0x80, kind], &length[..], data].concat()
        };
        let all = [segment(1, &head), segment(2, &tail), vec![0x80, 3]].concat();
        assert!(has_its_glyphs(&all));
    }
}
