//! EAN-13 bar codes with and without add-ons, their digits printed over and under them, turned by many angles: each is read as it
//! was made and measured to a part in a hundred.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    missing_docs
)]

mod studio;

use presscheck::extract::{self, Wanted};
use presscheck::limits::Limits;
use studio::{BarSize, Content, Ean13, Face, Font, Page, Pdf};

const ISBNS: [&str; 4] = [
    "978-0-306-40615-7",
    "978-1-86074-271-2",
    "979-8-7482-9178-1",
    "978-3-7063-3172-2",
];
const ADD_ONS: [&str; 8] = ["", "90000", "52495", "08041", "88651", "86895", "17", "04"];
const ANGLES: [f64; 9] = [0.0, 1.0, 3.0, 8.0, 20.0, 45.0, 93.0, 180.0, 271.0];
/// Modules in millimetres: 80 %, nominal, large.
const MODULES: [f64; 3] = [0.264, 0.33, 0.4];
/// How far a side may be off, as a share.
const CLOSE: f64 = 0.01;

#[test]
fn bars_are_read_whatever_stands_beside_them() {
    let mut pdf = Pdf::new();
    let font = Font::embedded(&mut pdf, Face::Helvetica);
    let mut made = Vec::new();
    for (n, angle) in ANGLES.into_iter().enumerate() {
        for (m, add_on) in ADD_ONS.into_iter().enumerate() {
            let isbn = ISBNS[(n + m) % ISBNS.len()];
            let module = MODULES[(n + 2 * m) % MODULES.len()] * 72.0 / 25.4;
            let size = BarSize {
                module,
                height: 60.0 * module,
            };
            let bars = Ean13::new(isbn).priced(add_on);
            let (width, height) = bars.box_size(size);
            let (sine, cosine) = angle.to_radians().sin_cos();
            let mut content = Content::new();
            content.cm([cosine, sine, -sine, cosine, 200.0, 200.0]);
            bars.draw(&mut content, &font, -width / 2.0, -height / 2.0, size);
            pdf.page(Page::new(400.0, 400.0, content));
            let digits: String = isbn.chars().filter(char::is_ascii_digit).collect();
            made.push((digits, add_on, 95.0 * module * 25.4 / 72.0, angle));
        }
    }
    let wanted = Wanted {
        codes: true,
        ..Wanted::default()
    };
    let document = extract::document(
        "x.pdf".to_owned(),
        pdf.finish(),
        &Limits::default(),
        wanted,
        &|_, _| {},
    );
    let mut wrong = Vec::new();
    for (page, (digits, add_on, side, angle)) in (1u32..).zip(made) {
        let what = format!("{digits} + {add_on:?}, turned by {angle}");
        let codes: Vec<_> = document.codes.iter().filter(|c| c.page == page).collect();
        let [code] = codes.as_slice() else {
            wrong.push(format!("{what}: {} codes", codes.len()));
            continue;
        };
        let told = (code.text.as_str(), code.add_on.as_deref().unwrap_or(""));
        if told != (digits.as_str(), add_on) || (code.side_mm / side - 1.0).abs() > CLOSE {
            wrong.push(format!("{what}: {told:?}, {} mm for {side}", code.side_mm));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
