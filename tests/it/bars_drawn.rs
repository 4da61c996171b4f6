//! EAN-13 bar codes with and without add-ons, their digits printed over and under them, turned by many angles: each is read as it
//! was made and measured to a part in a hundred.

use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};
use presscheck_fixtures::{BarSize, Content, Ean13, Face, Font, Page, Pdf, pdf::numbers};

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
    assert_read(pdf, made);
}

/// Asserts that on every page is the symbol of these digits, with this add-on, so long in millimetres, turned by so much.
fn assert_read(pdf: Pdf, made: Vec<(String, &str, f64, f64)>) {
    let wanted = Wanted {
        codes: true,
        ..Wanted::default()
    };
    let document = measure::document(
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

/// A shading that is these bars from end to end: a stop at every module, and a slope so wide between two.
fn shading(modules: &[bool], width: f64, slope: f64) -> String {
    let constant = |bar: bool| between(bar, bar);
    let mut parts = vec![constant(modules[0])];
    let mut bounds = Vec::new();
    for (n, pair) in (1u32..).zip(modules.windows(2)) {
        let bound = f64::from(n) / modules.len() as f64;
        bounds.push(format!("{bound:.8}"));
        if slope > 0.0 {
            bounds.push(format!("{:.8}", bound + slope));
            parts.push(between(pair[0], pair[1]));
        }
        parts.push(constant(pair[1]));
    }
    format!(
        "<< /ShadingType 2 /ColorSpace /DeviceGray /Coords {} /Extend [true true] /Function \
         << /FunctionType 3 /Domain [0 1] /Functions [{}] /Bounds [{}] /Encode [{}] >> >>",
        numbers(&[-width / 2.0, 0.0, width / 2.0, 0.0]),
        parts.join(" "),
        bounds.join(" "),
        "0 1 ".repeat(parts.len())
    )
}

/// A function from one grey to another.
fn between(from: bool, to: bool) -> String {
    let grey = |bar: bool| u8::from(!bar);
    format!(
        "<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [{}] /C1 [{}] >>",
        grey(from),
        grey(to)
    )
}

#[test]
fn bars_painted_as_one_shading_with_hard_stops_are_read() {
    let mut pdf = Pdf::new();
    let mut made = Vec::new();
    for (n, isbn) in ISBNS.into_iter().enumerate() {
        for (m, angle) in [0.0, 90.0, 20.0].into_iter().enumerate() {
            let module = MODULES[(n + m) % MODULES.len()] * 72.0 / 25.4;
            let modules = Ean13::new(isbn).modules();
            let (width, height) = (module * modules.len() as f64, 50.0 * module);
            let shading = shading(&modules, width, [0.0, 1e-5][n % 2]);
            let (sine, cosine) = f64::to_radians(angle).sin_cos();
            let to_page = [cosine, sine, -sine, cosine, 200.0, 200.0];
            let mut content = Content::new();
            content.cm(to_page);
            content.rect(-width / 2.0, -height / 2.0, width, height);
            if m == 1 {
                content.resource("Shading", "Bars", &shading);
                content.raw("W n /Bars sh");
            } else {
                let matrix = numbers(&to_page);
                let pattern = format!("<< /PatternType 2 /Matrix {matrix} /Shading {shading} >>");
                content.resource("Pattern", "Bars", &pattern);
                content.raw("/Pattern cs /Bars scn f");
            }
            pdf.page(Page::new(400.0, 400.0, content));
            let digits: String = isbn.chars().filter(char::is_ascii_digit).collect();
            made.push((digits, "", width * 25.4 / 72.0, angle));
        }
    }
    assert_read(pdf, made);
}

/// What hides the older bars, over this rectangle.
#[derive(Clone, Copy, Debug)]
enum Hidden {
    /// A box in paper white, by the operators given.
    Box(&'static str),
    /// A box with round corners.
    Round,
    /// A white picture.
    Picture,
    /// Two boxes one over the other, the upper one white.
    Twice,
}

impl Hidden {
    fn draw(self, pdf: &mut Pdf, c: &mut Content, [x, y, width, height]: [f64; 4]) {
        c.save();
        match self {
            Self::Box(white) => {
                c.raw(white).fill_rect(x, y, width, height);
            }
            Self::Round => {
                let r = 8.0;
                let (right, top) = (x + width, y + height);
                c.raw("1 g").move_to(x + r, y).line_to(right - r, y);
                c.curve_to([right, y, right, y, right, y + r]);
                c.line_to(right, top - r);
                c.curve_to([right, top, right, top, right - r, top]);
                c.line_to(x + r, top).curve_to([x, top, x, top, x, top - r]);
                c.line_to(x, y + r).curve_to([x, y, x, y, x + r, y]);
                c.fill();
            }
            Self::Picture => {
                let id = pdf.stream(
                    "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray",
                    &[255; 4],
                );
                c.image(id, x, y, width, height);
            }
            Self::Twice => {
                c.raw("0.2 g").fill_rect(x, y, width, height);
                c.raw("1 1 1 rg").fill_rect(x, y, width, height);
            }
        }
        c.restore();
    }
}

const HIDDEN: [Hidden; 6] = [
    Hidden::Box("0 0 0 0 k"),
    Hidden::Box("1 g"),
    Hidden::Box("1 1 1 rg"),
    Hidden::Round,
    Hidden::Picture,
    Hidden::Twice,
];

/// The bars of an ISBN alone, in a colour, one shape each or all in one.
fn bare(c: &mut Content, isbn: &str, [x, y]: [f64; 2], size: BarSize, one_path: bool) {
    let modules = Ean13::new(isbn).modules();
    for (n, _) in modules.iter().enumerate().filter(|(_, bar)| **bar) {
        c.rect(x + n as f64 * size.module, y, size.module, size.height);
        if !one_path {
            c.fill();
        }
    }
    if one_path {
        c.fill();
    }
}

#[test]
fn bars_that_are_painted_over_count_no_more() {
    let size = BarSize {
        module: 0.33 * 72.0 / 25.4,
        height: 60.0,
    };
    let side = 95.0 * 0.33;
    let mut pdf = Pdf::new();
    let mut made = Vec::new();
    for (n, hidden) in HIDDEN.into_iter().enumerate() {
        // The newer bars lie as the older ones, or off by so much; the older ones stand on the page or in a form.
        for (m, [dx, dy]) in [[0.0, 0.0], [3.3, 1.7], [-20.0, 11.0]]
            .into_iter()
            .enumerate()
        {
            for in_form in [false, true] {
                let (older, newer) = (ISBNS[(n + m) % 4], ISBNS[(n + m + 1) % 4]);
                let mut c = Content::new();
                c.raw("0 0 0 1 k");
                let mut below = Content::new();
                bare(&mut below, older, [120.0, 150.0], size, m == 1);
                if in_form {
                    let frame = [0.0, 0.0, 400.0, 400.0];
                    let form = pdf.form(frame, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], &below);
                    c.xobject(form);
                } else {
                    c.append(&below);
                }
                hidden.draw(&mut pdf, &mut c, [90.0, 130.0, 160.0, 100.0]);
                bare(&mut c, newer, [120.0 + dx, 150.0 + dy], size, n % 2 == 1);
                pdf.page(Page::new(400.0, 400.0, c));
                let digits: String = newer.chars().filter(char::is_ascii_digit).collect();
                made.push((digits, "", side, 0.0));
            }
        }
    }
    assert_read(pdf, made);
}

#[test]
fn bars_of_which_a_part_is_painted_over_give_way_where_they_are() {
    let size = BarSize {
        module: 0.33 * 72.0 / 25.4,
        height: 60.0,
    };
    let mut pdf = Pdf::new();
    let mut made = Vec::new();
    for (n, [x, y, width, height]) in [
        // The right half goes: what is left is no code.
        [150.0, 130.0, 120.0, 100.0],
        // A strip across the middle.
        [170.0, 130.0, 30.0, 100.0],
    ]
    .into_iter()
    .enumerate()
    {
        let mut c = Content::new();
        c.raw("0 g");
        bare(&mut c, ISBNS[n], [120.0, 150.0], size, false);
        c.raw("1 g").fill_rect(x, y, width, height);
        // The newer ones stand over the older, beyond what is covered.
        c.raw("1 g")
            .fill_rect(100.0, 200.0, 140.0, 110.0)
            .raw("0 g");
        bare(&mut c, ISBNS[n + 1], [121.0, 220.0], size, false);
        pdf.page(Page::new(400.0, 400.0, c));
        let digits: String = ISBNS[n + 1].chars().filter(char::is_ascii_digit).collect();
        made.push((digits, "", 95.0 * 0.33, 0.0));
    }
    assert_read(pdf, made);
}

#[test]
fn bars_that_are_painted_over_with_nothing_on_top_are_none() {
    let size = BarSize {
        module: 0.33 * 72.0 / 25.4,
        height: 60.0,
    };
    let mut pdf = Pdf::new();
    for hidden in HIDDEN {
        let mut c = Content::new();
        c.raw("0 g");
        bare(&mut c, ISBNS[0], [120.0, 150.0], size, false);
        hidden.draw(&mut pdf, &mut c, [90.0, 130.0, 160.0, 100.0]);
        pdf.page(Page::new(400.0, 400.0, c));
    }
    let wanted = Wanted {
        codes: true,
        ..Wanted::default()
    };
    let limits = Limits::default();
    let document = measure::document("x.pdf".into(), pdf.finish(), &limits, wanted, &|_, _| {});
    assert!(document.codes.is_empty(), "{:?}", document.codes);
    assert!(document.unread.is_empty(), "{:?}", document.unread);
}

#[test]
fn bars_have_the_ink_of_what_is_on_top() {
    let size = BarSize {
        module: 0.33 * 72.0 / 25.4,
        height: 60.0,
    };
    let mut pdf = Pdf::new();
    let mut c = Content::new();
    c.raw("0.6 0.4 0.4 1 k");
    bare(&mut c, ISBNS[0], [120.0, 150.0], size, false);
    c.raw("0 0 0 0 k").fill_rect(90.0, 130.0, 160.0, 100.0);
    c.raw("0 0 0 1 k");
    bare(&mut c, ISBNS[1], [120.0, 152.0], size, false);
    pdf.page(Page::new(400.0, 400.0, c));
    let wanted = Wanted {
        codes: true,
        ..Wanted::default()
    };
    let limits = Limits::default();
    let document = measure::document("x.pdf".into(), pdf.finish(), &limits, wanted, &|_, _| {});
    let inks = document.codes[0].inks.clone().unwrap();
    assert_eq!(inks.len(), 1, "{inks:?}");
    assert_eq!(inks[0].ink, "Black");
}
