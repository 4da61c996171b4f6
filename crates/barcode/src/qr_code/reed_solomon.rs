//! Reed-Solomon codewords over GF(256) as QR codes use them: wrong ones are put right and counted.

/// Powers of two in the field, and their logarithms.
struct Field {
    powers: [u8; 255],
    logs: [u8; 256],
}

static FIELD: std::sync::LazyLock<Field> = std::sync::LazyLock::new(|| {
    let mut field = Field {
        powers: [0; 255],
        logs: [0; 256],
    };
    let mut value = 1u16;
    for (n, power) in (0u8..255).zip(field.powers.iter_mut()) {
        let byte = value.to_le_bytes()[0];
        *power = byte;
        if let Some(log) = field.logs.get_mut(usize::from(byte)) {
            *log = n;
        }
        value <<= 1;
        if value >= 256 {
            value ^= 0x11D;
        }
    }
    field
});

fn power(n: usize) -> u8 {
    FIELD.powers.get(n % 255).copied().unwrap_or(1)
}

fn log(value: u8) -> usize {
    FIELD
        .logs
        .get(usize::from(value))
        .copied()
        .map_or(0, usize::from)
}

fn times(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 {
        0
    } else {
        power(log(a) + log(b))
    }
}

fn over(a: u8, b: u8) -> u8 {
    if a == 0 {
        0
    } else {
        power(log(a) + 255 - log(b))
    }
}

/// The value of a polynomial, lowest coefficient first.
fn value(polynomial: &[u8], at: u8) -> u8 {
    polynomial.iter().rev().fold(0, |sum, c| times(sum, at) ^ c)
}

/// Puts right up to `correction / 2` wrong bytes of a block, whose last `correction` bytes are its correction
/// codewords, and returns how many there were. `None` if there are too many.
pub(crate) fn correct(block: &mut [u8], correction: usize) -> Option<usize> {
    // The block as a polynomial, highest coefficient first.
    let syndromes: Vec<u8> = (0..correction)
        .map(|n| {
            block
                .iter()
                .fold(0, |sum, byte| times(sum, power(n)) ^ byte)
        })
        .collect();
    if syndromes.iter().all(|s| *s == 0) {
        return Some(0);
    }
    let locator = locator(&syndromes)?;
    let wrong = locator.len() - 1;
    if wrong * 2 > correction {
        return None;
    }
    // The error evaluator: syndromes times locator, cut to the number of correction codewords.
    let evaluator: Vec<u8> = (0..correction)
        .map(|n| {
            (0..=n.min(wrong)).fold(0, |sum, k| {
                let pair = locator.get(k).zip(syndromes.get(n - k));
                sum ^ pair.map_or(0, |(l, s)| times(*l, *s))
            })
        })
        .collect();
    // The derivative of the locator keeps its odd terms.
    let odd: Vec<u8> = locator.iter().skip(1).step_by(2).copied().collect();
    let length = block.len();
    let mut found = 0;
    for place in 0..length {
        let inverse = power(255 - place % 255);
        if value(&locator, inverse) != 0 {
            continue;
        }
        let below = value(&odd, times(inverse, inverse));
        if below == 0 {
            return None;
        }
        let size = times(power(place), over(value(&evaluator, inverse), below));
        *block.get_mut(length - 1 - place)? ^= size;
        found += 1;
    }
    (found == wrong).then_some(wrong)
}

/// The error locator polynomial, lowest coefficient first (Berlekamp-Massey).
fn locator(syndromes: &[u8]) -> Option<Vec<u8>> {
    let mut current = vec![1u8];
    let mut before = vec![1u8];
    let mut length = 0;
    let mut gap = 1;
    let mut last = 1u8;
    for (n, syndrome) in syndromes.iter().enumerate() {
        let discrepancy =
            current
                .iter()
                .enumerate()
                .skip(1)
                .take(length)
                .fold(*syndrome, |sum, (k, c)| {
                    let earlier = n.checked_sub(k).and_then(|at| syndromes.get(at));
                    sum ^ earlier.map_or(0, |s| times(*c, *s))
                });
        if discrepancy == 0 {
            gap += 1;
            continue;
        }
        let factor = over(discrepancy, last);
        let mut next = current.clone();
        if next.len() < before.len() + gap {
            next.resize(before.len() + gap, 0);
        }
        for (slot, c) in next.iter_mut().skip(gap).zip(&before) {
            *slot ^= times(factor, *c);
        }
        if 2 * length <= n {
            before = std::mem::replace(&mut current, next);
            length = n + 1 - length;
            last = discrepancy;
            gap = 1;
        } else {
            current = next;
            gap += 1;
        }
    }
    while current.last() == Some(&0) {
        current.pop();
    }
    (current.len() == length + 1).then_some(current)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Version 1-M of the standard's example, "01234567".
    const BLOCK: [u8; 26] = [
        0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC,
        0x11, 0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55,
    ];

    #[test]
    fn a_right_block_has_no_errors() {
        let mut block = BLOCK;
        assert_eq!(correct(&mut block, 10), Some(0));
        assert_eq!(block, BLOCK);
    }

    #[test]
    fn as_many_errors_as_can_be_are_put_right_and_counted() {
        for count in 1..=5 {
            let mut block = BLOCK;
            for n in 0..count {
                block[n * 5 + 1] ^= 0x35 + n as u8;
            }
            assert_eq!(correct(&mut block, 10), Some(count));
            assert_eq!(block, BLOCK, "{count}");
        }
    }

    #[test]
    fn too_many_errors_are_noticed() {
        let mut block = BLOCK;
        for byte in block.iter_mut().take(9) {
            *byte ^= 0x5A;
        }
        assert_eq!(correct(&mut block, 10), None);
    }
}
