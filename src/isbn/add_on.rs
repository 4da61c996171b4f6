//! What the five digits beside an ISBN's bars mean in the book trade.

/// The meaning of an add-on. Currencies and numbers are those of the Book Industry Study Group, as bar code makers quote
/// them; two digits tell the issue of a periodical.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddOn {
    /// A price.
    Price {
        /// Of this currency.
        currency: Currency,
        /// In hundredths.
        cents: u32,
    },
    /// A price in US dollars that four digits do not hold.
    Above,
    /// A price in pounds of a hundred or more; sources disagree how it is written.
    Pounds,
    /// No price.
    NoPrice,
    /// A used copy.
    Used,
    /// A desk copy.
    Desk,
    /// The publisher's own number.
    Own,
    /// The issue of a periodical.
    Issue(u32),
}

/// The currencies that add-ons know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Currency {
    /// Of the United States.
    Usd,
    /// Of Canada.
    Cad,
    /// Of Australia.
    Aud,
    /// Of New Zealand.
    Nzd,
    /// Of Britain.
    Gbp,
}

impl Currency {
    /// Its symbol, with the country where several have a dollar: `US$`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Usd => "US$",
            Self::Cad => "CA$",
            Self::Aud => "A$",
            Self::Nzd => "NZ$",
            Self::Gbp => "\u{a3}",
        }
    }

    /// A price for people: `US$29.95`.
    pub fn price(self, cents: u32) -> String {
        format!("{}{}.{:02}", self.sign(), cents / 100, cents % 100)
    }
}

impl AddOn {
    /// The meaning of two or five digits; `None` where the trade has given them none.
    pub fn of(digits: &str) -> Option<Self> {
        if digits.len() == 2 {
            return digits.parse().ok().map(Self::Issue);
        }
        let number: u32 = digits.parse().ok().filter(|_| digits.len() == 5)?;
        let cents = number % 10_000;
        let price = |currency| Self::Price { currency, cents };
        Some(match number {
            59_999 => Self::Above,
            90_000 => Self::NoPrice,
            90_001..=98_999 => Self::Own,
            99_990 => Self::Used,
            99_991 => Self::Desk,
            0..=9_999 => price(Currency::Gbp),
            10_000..=19_999 => Self::Pounds,
            30_000..=39_999 => price(Currency::Aud),
            40_000..=49_999 => price(Currency::Nzd),
            50_000..=59_998 => price(Currency::Usd),
            60_000..=69_999 => price(Currency::Cad),
            _ => return None,
        })
    }

    /// For people.
    pub fn words(self) -> String {
        match self {
            Self::Price { currency, cents } => currency.price(cents),
            Self::Above => "US$99.99 or more".to_owned(),
            Self::Pounds => "a price in pounds".to_owned(),
            Self::NoPrice => "no price".to_owned(),
            Self::Used => "a used copy".to_owned(),
            Self::Desk => "a desk copy".to_owned(),
            Self::Own => "the publisher's own number".to_owned(),
            Self::Issue(number) => format!("issue {number:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AddOn;

    #[test]
    fn add_ons_mean_prices_or_none() {
        for (digits, means) in [
            ("90000", Some("no price")),
            ("52995", Some("US$29.95")),
            ("50000", Some("US$0.00")),
            ("59998", Some("US$99.98")),
            ("59999", Some("US$99.99 or more")),
            ("61250", Some("CA$12.50")),
            ("31995", Some("A$19.95")),
            ("42499", Some("NZ$24.99")),
            ("00899", Some("\u{a3}8.99")),
            ("10899", Some("a price in pounds")),
            ("90001", Some("the publisher's own number")),
            ("98999", Some("the publisher's own number")),
            ("99000", None),
            ("99990", Some("a used copy")),
            ("99991", Some("a desk copy")),
            ("99992", None),
            ("05", Some("issue 05")),
            ("20000", None),
            ("70000", None),
            ("5299", None),
            ("", None),
        ] {
            assert_eq!(
                AddOn::of(digits).map(AddOn::words).as_deref(),
                means,
                "{digits}"
            );
        }
    }
}
