//! Prices printed in a text, for comparison with the price add-on beside the bar code.

use super::Currency;

/// Prices with cents in a text, in hundredths; the currency is `None` for a bare `$`.
pub fn prices(text: &str) -> Vec<(Option<Currency>, u32)> {
    let mut found = Vec::new();
    for (at, sign) in text
        .char_indices()
        .filter(|(_, c)| matches!(c, '$' | '\u{a3}'))
    {
        let (before, after) = (
            text.get(..at).unwrap_or_default(),
            text.get(at + sign.len_utf8()..).unwrap_or_default(),
        );
        let Some((cents, behind)) = number(after) else {
            continue;
        };
        let country = last_word(before).or_else(|| first_word(behind));
        match (sign, country.as_deref().map(dollars)) {
            ('\u{a3}', _) => found.push((Some(Currency::Gbp), cents)),
            (_, None) => found.push((None, cents)),
            // Dollars of a country that add-ons do not know touch its letters; other words are words.
            (_, Some(None)) if before.ends_with(|c: char| c.is_ascii_uppercase()) => {}
            (_, Some(None)) => found.push((None, cents)),
            (_, Some(known)) => found.push((known, cents)),
        }
    }
    for (code, currency) in CODES {
        for (at, _) in text.match_indices(code) {
            if let Some((cents, _)) = text.get(at + code.len()..).and_then(number) {
                found.push((Some(*currency), cents));
            }
        }
    }
    found
}

/// Currency codes before a number without a symbol (ISO 4217).
const CODES: &[(&str, Currency)] = &[
    ("USD", Currency::Usd),
    ("CAD", Currency::Cad),
    ("AUD", Currency::Aud),
    ("NZD", Currency::Nzd),
    ("GBP", Currency::Gbp),
];

fn dollars(word: &str) -> Option<Currency> {
    Some(match word {
        "US" | "USA" | "USD" => Currency::Usd,
        "CAN" | "CDN" | "CAD" | "CA" | "C" => Currency::Cad,
        "A" | "AU" | "AUS" | "AUD" => Currency::Aud,
        "NZ" | "NZD" => Currency::Nzd,
        _ => return None,
    })
}

/// `29.95` at the beginning, in hundredths, and what follows.
fn number(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches([' ', '\u{a0}']);
    let whole = text.find(|c: char| !c.is_ascii_digit())?;
    let (dollars, rest) = text.split_at_checked(whole)?;
    let (cents, behind) = rest.strip_prefix('.')?.split_at_checked(2)?;
    if behind.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (dollars, cents): (u32, u32) = (dollars.parse().ok()?, cents.parse().ok()?);
    Some((dollars.checked_mul(100)?.checked_add(cents)?, behind))
}

/// The capitals that touch the end of a text, a space aside, without full stops.
fn last_word(text: &str) -> Option<String> {
    let text = text.trim_end_matches([' ', '\u{a0}']);
    let from = text
        .rfind(|c: char| !(c.is_ascii_uppercase() || c == '.'))
        .map_or(0, |at| {
            at + text
                .get(at..)
                .and_then(|t| t.chars().next())
                .map_or(1, char::len_utf8)
        });
    word(text.get(from..)?)
}

fn first_word(text: &str) -> Option<String> {
    let text = text.trim_start_matches([' ', '\u{a0}', '(']);
    let to = text
        .find(|c: char| !(c.is_ascii_uppercase() || c == '.'))
        .unwrap_or(text.len());
    word(text.get(..to)?)
}

fn word(text: &str) -> Option<String> {
    let word = text.replace('.', "");
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_found_with_their_country() {
        use Currency::{Aud, Cad, Gbp, Nzd, Usd};
        for (text, wanted) in [
            (
                "US $29.95 / CAN $39.95",
                vec![(Some(Usd), 2995), (Some(Cad), 3995)],
            ),
            (
                "$29.95 US, $39.95 CAN",
                vec![(Some(Usd), 2995), (Some(Cad), 3995)],
            ),
            ("$ 9.99.", vec![(None, 999)]),
            ("U.S. $12.50", vec![(Some(Usd), 1250)]),
            (
                "A$12.00 NZ$14.00",
                vec![(Some(Aud), 1200), (Some(Nzd), 1400)],
            ),
            (
                "\u{a3}8.99 GBP 8.99",
                vec![(Some(Gbp), 899), (Some(Gbp), 899)],
            ),
            ("USD 29.95", vec![(Some(Usd), 2995)]),
            ("FICTION $14.99", vec![(None, 1499)]),
            ("$14.99 FICTION", vec![(None, 1499)]),
            ("about $5, or $1.234, or $.50, or HK$90.00", vec![]),
        ] {
            assert_eq!(prices(text), wanted, "{text}");
        }
    }
}
