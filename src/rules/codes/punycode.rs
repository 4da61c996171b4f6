//! Domain labels in letters beyond ASCII, as the net spells them (RFC 3492).

/// The letters of a label, without its `xn--`; none where it is not well spelt.
pub(super) fn decode(label: &str) -> Option<String> {
    let (plain, coded) = label.rsplit_once('-').unwrap_or(("", label));
    let mut letters: Vec<char> = plain.chars().collect();
    // The parameters are those of section 5 of the RFC.
    let (mut number, mut bias, mut at) = (128_u32, 72_u32, 0_u32);
    let mut digits = coded.chars().peekable();
    while digits.peek().is_some() {
        let before = at;
        let mut weight = 1_u32;
        for step in 1_u32.. {
            let digit = value(digits.next()?)?;
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let threshold = step.checked_mul(36)?.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
        }
        let count = u32::try_from(letters.len()).ok()?.checked_add(1)?;
        bias = adapted(at - before, count, before == 0);
        number = number.checked_add(at / count)?;
        at %= count;
        letters.insert(usize::try_from(at).ok()?, char::from_u32(number)?);
        at += 1;
    }
    Some(letters.into_iter().collect())
}

fn value(c: char) -> Option<u32> {
    match c {
        'a'..='z' => Some(u32::from(c) - u32::from('a')),
        '0'..='9' => Some(u32::from(c) - u32::from('0') + 26),
        _ => None,
    }
}

fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut steps = 0;
    while delta > 455 {
        delta /= 35;
        steps += 36;
    }
    steps + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn labels_are_read_as_python_reads_them() {
        for (label, letters) in [
            ("bcher-kva", Some("b\u{fc}cher")),
            ("pple-43d", Some("\u{430}pple")),
            ("80ak6aa92e", Some("\u{430}\u{440}\u{440}\u{4cf}\u{435}")),
            ("mnchen-3ya", Some("m\u{fc}nchen")),
            ("", Some("")),
            ("99999999999", None),
            ("b\u{fc}", None),
        ] {
            assert_eq!(decode(label).as_deref(), letters, "{label}");
        }
    }
}
