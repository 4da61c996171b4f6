//! The ISBN itself: its digits, its hyphens, how people write it and what they say it is of, the add-on beside its bars.

mod add_on;
mod digits;
mod edition;
mod number;
mod price;
mod ranges;
mod said;
mod written;

pub use add_on::{AddOn, Currency};
pub use edition::Edition;
pub use number::Written;
pub use price::prices;
pub use ranges::{Parts, Ranges};
pub use written::written;

/// Whether digits begin as those of books do: 979-0 is printed music.
pub fn is_bookland(digits: &str) -> bool {
    digits.starts_with("978") || digits.starts_with("979") && !digits.starts_with("9790")
}

/// Thirteen digits with a right check digit, from thirteen or ten digits and nothing else.
///
/// The weights are those of ISO 2108: 1 and 3 in turn for thirteen digits, 10 to 1 for ten, where X is 10.
pub fn thirteen(digits: &str) -> Option<String> {
    match digits.len() {
        13 => {
            let right = weighed(digits)? % 10 == 0 && is_bookland(digits);
            right.then(|| digits.to_owned())
        }
        10 => {
            let value = |(at, c): (usize, char)| match c {
                'X' if at == 9 => Some(10),
                c => c.to_digit(10),
            };
            let weights = (1..=10).rev();
            let sum: Option<u32> = digits
                .chars()
                .enumerate()
                .zip(weights)
                .map(|(c, weight)| Some(value(c)? * weight))
                .sum();
            if sum? % 11 != 0 {
                return None;
            }
            twin(digits.get(..9)?)
        }
        _ => None,
    }
}

/// The thirteen digits of an ISBN, however it is written.
pub fn normalize(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    thirteen(&digits.to_uppercase())
}

/// The thirteen digits of an ISBN of ten, from its first nine.
pub fn twin(nine: &str) -> Option<String> {
    let body = format!("978{nine}");
    let sum = weighed(&body)?;
    Some(format!("{body}{}", (10 - sum % 10) % 10))
}

fn weighed(digits: &str) -> Option<u32> {
    let weights = [1, 3].into_iter().cycle();
    digits
        .chars()
        .zip(weights)
        .map(|(c, weight)| Some(c.to_digit(10)? * weight))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        // The examples of the ISBN manual and of the agency's ranges.
        for right in [
            "9780306406157",
            "9780330289870",
            "9781556156786",
            "9798886451740",
            "9791012345678",
        ] {
            assert_eq!(thirteen(right).as_deref(), Some(right));
            for wrong in (0..10)
                .map(|n| format!("{}{n}", &right[..12]))
                .filter(|w| w != right)
            {
                assert_eq!(thirteen(&wrong), None);
            }
        }
        assert_eq!(thirteen("033028987X").as_deref(), Some("9780330289870"));
        assert_eq!(thirteen("0306406152").as_deref(), Some("9780306406157"));
        for wrong in [
            "0306406153",
            "03064061X2",
            "9790260000438",
            "4006381333931",
            "",
            "978030640615",
            "ééééé",
        ] {
            assert_eq!(thirteen(wrong), None, "{wrong}");
        }
        assert_eq!(
            normalize("isbn 0-330-28987-x".trim_start_matches("isbn ")).as_deref(),
            Some("9780330289870")
        );
    }
}
