//! Draws an ISBN as an EAN-13 bar code: black bars on a white box with the digits below.

use super::content::Content;
use super::font::Font;

/// Left-hand patterns with odd parity (set A), seven modules each, 1 a bar.
const SET_A: [u8; 10] = [
    0b000_1101, 0b001_1001, 0b001_0011, 0b011_1101, 0b010_0011, 0b011_0001, 0b010_1111, 0b011_1011,
    0b011_0111, 0b000_1011,
];

/// Which of the six left-hand digits use set B, by the leading digit (1 = B), first digit in the highest bit.
const PARITY: [u8; 10] = [
    0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100, 0b01_0101,
    0b01_0110, 0b01_1010,
];

/// The light modules the standard wants to the left and to the right of the bars.
const QUIET: (f64, f64) = (11.0, 7.0);

/// Bars from the left edge of the first guard to the right edge of the last.
const MODULES: usize = 95;

/// Modules from the last guard to the add-on, and light ones after it.
const BESIDE: (usize, f64) = (9, 5.0);

/// Which of the five add-on digits use set B, by the check value (1 = B), first digit in the highest bit.
const ADD_ON_PARITY: [u8; 10] = [
    0b1_1000, 0b1_0100, 0b1_0010, 0b1_0001, 0b0_1100, 0b0_0110, 0b0_0011, 0b0_1010, 0b0_1001,
    0b0_0101,
];

/// A bar code for thirteen digits.
#[derive(Clone, Debug)]
pub struct Ean13 {
    digits: [u8; 13],
    label: String,
    add_on: Vec<u8>,
    gain: f64,
}

/// How large a bar code is printed.
#[derive(Clone, Copy, Debug)]
pub struct BarSize {
    /// Width of one module (the X-dimension) in points; nominal is 0.33 mm = 0.935 pt.
    pub module: f64,
    /// Height of the bars above the digits, in points.
    pub height: f64,
}

impl Ean13 {
    /// From an ISBN with its check digit, hyphens as printed: `978-1-234-56789-7`.
    pub fn new(isbn: &str) -> Self {
        let all: Vec<u8> = isbn
            .bytes()
            .filter(u8::is_ascii_digit)
            .map(|b| b - b'0')
            .collect();
        Self {
            digits: all.try_into().expect("an EAN-13 has thirteen digits"),
            label: match isbn {
                _ if isbn.starts_with("978") || isbn.starts_with("979") => format!("ISBN {isbn}"),
                _ => String::new(),
            },
            add_on: Vec::new(),
            gain: 0.0,
        }
    }

    /// Without the line above it that spells the ISBN.
    pub fn unlabelled(mut self) -> Self {
        self.label.clear();
        self
    }

    /// With two digits or five beside it.
    pub fn priced(mut self, digits: &str) -> Self {
        self.add_on = digits.bytes().map(|b| b - b'0').collect();
        self
    }

    /// With bars that are wider by so many modules, half on each side; narrower if it is negative.
    pub fn gained(mut self, modules: f64) -> Self {
        self.gain = modules;
        self
    }

    /// The check digit for the first twelve digits given.
    pub fn check_digit(digits: &[u8]) -> u8 {
        let sum: u32 = digits
            .iter()
            .take(12)
            .enumerate()
            .map(|(index, digit)| u32::from(*digit) * if index % 2 == 0 { 1 } else { 3 })
            .sum();
        ((10 - sum % 10) % 10) as u8
    }

    /// Width and height of the white box in points: quiet zones, bars, digits and the ISBN line above.
    pub fn box_size(&self, size: BarSize) -> (f64, f64) {
        let x = size.module;
        let right = match self.beside().len() {
            0 => QUIET.1,
            modules => (BESIDE.0 + modules) as f64 + BESIDE.1,
        };
        (
            (MODULES as f64 + QUIET.0 + right) * x,
            size.height + 24.0 * x,
        )
    }

    /// Draws the white box with its lower left corner at x, y and the code within, in pure black.
    pub fn draw(&self, content: &mut Content, font: &Font, x: f64, y: f64, size: BarSize) {
        self.draw_in(content, font, (x, y), size, [0.0, 0.0, 0.0, 1.0], [0.0; 4]);
    }

    /// The same in inks of one's own, for the bars and for the box.
    pub fn draw_in(
        &self,
        content: &mut Content,
        font: &Font,
        (x, y): (f64, f64),
        size: BarSize,
        ink: [f64; 4],
        ground: [f64; 4],
    ) {
        let (width, height) = self.box_size(size);
        let module = size.module;
        content
            .save()
            .fill_cmyk(ground)
            .fill_rect(x, y, width, height)
            .fill_cmyk(ink);

        let left = x + QUIET.0 * module;
        let base = y + 11.0 * module;
        let grown = self.gain * module;
        let mut bars = |all: &[bool], left: f64, drop: &dyn Fn(usize) -> f64, top: f64| {
            let mut at = 0;
            while at < all.len() {
                let run = all[at..].iter().take_while(|bar| **bar).count();
                if run > 0 {
                    content.rect(
                        left + at as f64 * module - grown / 2.0,
                        base - drop(at),
                        run as f64 * module + grown,
                        size.height + drop(at) - top,
                    );
                }
                at += run.max(1);
            }
        };
        // Guard bars reach down between the digits.
        let drop = |at: usize| match at {
            0..3 | 45..50 | 92..95 => 5.0 * module,
            _ => 0.0,
        };
        bars(&self.modules(), left, &drop, 0.0);
        // The add-on's digits stand above it.
        let beside = left + (MODULES + BESIDE.0) as f64 * module;
        bars(&self.beside(), beside, &|_| 5.0 * module, 8.0 * module);
        content.fill();

        let text_size = 9.6 * module;
        let digit = |n: usize| char::from(b'0' + self.digits[n]).to_string();
        let low = base - 7.6 * module;
        content.centred(font, text_size, left - 6.5 * module, low, &digit(0));
        for n in 0..12 {
            let start = if n < 6 { 3 + 7 * n } else { 50 + 7 * (n - 6) };
            let middle = left + (start as f64 + 3.5) * module;
            content.centred(font, text_size, middle, low, &digit(n + 1));
        }
        let pitch = 47.0 / 5.0 * module;
        for (n, digit) in self.add_on.iter().enumerate() {
            let middle = beside + (n as f64 + 0.5) * pitch;
            let over = base + size.height - 7.0 * module;
            content.centred(font, 9.0 * module, middle, over, &digit.to_string());
        }
        let label_size = 8.4 * module;
        let label_y = base + size.height + 3.2 * module;
        content
            .centred(font, label_size, left + 47.5 * module, label_y, &self.label)
            .restore();
    }

    /// The modules of the add-on, true where a bar is; none without one.
    fn beside(&self) -> Vec<bool> {
        let parity = match self.add_on[..] {
            [a, b, c, d, e] => ADD_ON_PARITY[usize::from((3 * (a + c + e) + 9 * (b + d)) % 10)],
            // Two digits: what their number leaves when divided by four.
            [a, b] => (10 * a + b) % 4,
            _ => return Vec::new(),
        };
        let last = self.add_on.len() - 1;
        let mut bars = String::from("1011");
        for (index, digit) in self.add_on.iter().enumerate() {
            if index > 0 {
                bars += "01";
            }
            let even = parity >> (last - index) & 1 == 1;
            bars += &format!("{:07b}", left_hand(*digit, even));
        }
        bars.bytes().map(|bar| bar == b'1').collect()
    }

    /// The 95 modules, true where a bar is.
    pub fn modules(&self) -> Vec<bool> {
        let mut bars = String::from("101");
        for (index, digit) in self.digits[1..7].iter().enumerate() {
            let even = PARITY[usize::from(self.digits[0])] >> (5 - index) & 1 == 1;
            bars += &format!("{:07b}", left_hand(*digit, even));
        }
        bars += "01010";
        for digit in &self.digits[7..] {
            bars += &format!("{:07b}", !SET_A[usize::from(*digit)] & 0x7f);
        }
        bars += "101";
        bars.bytes().map(|bar| bar == b'1').collect()
    }
}

/// Seven modules of a digit left of the centre, 1 a bar, in set B if `even`.
fn left_hand(digit: u8, even: bool) -> u8 {
    let pattern = SET_A[usize::from(digit)];
    if even {
        // Set B is set C (the inverse of A) read backwards.
        (!pattern & 0x7f).reverse_bits() >> 1
    } else {
        pattern
    }
}
