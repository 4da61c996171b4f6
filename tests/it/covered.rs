//! What a later picture or rectangle hides is known as covered, and what shows through or beside it is not.

use made::Small;
use presscheck::facts::{Document, Visibility};
use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};
use presscheck_fixtures::content::Content;
use presscheck_fixtures::made;
use presscheck_fixtures::pdf::Pdf;

type Over<'f> = &'f dyn Fn(&mut Pdf, &mut Content);

/// A page of a word, and over it what a function draws: the place that hides it is 100 to 300 by 280 to 340.
fn page(over: Over<'_>) -> Document {
    let mut book = Small::new();
    let mut content = Content::new();
    content.text(&book.face, 10.0, 120.0, 300.0, "lamp");
    content.line_width(0.4).line((120.0, 290.0), (200.0, 290.0));
    over(&mut book.pdf, &mut content);
    book.page(&content).plain();
    measured(book.finish())
}

fn measured(bytes: Vec<u8>) -> Document {
    let limits = Limits::default();
    let wanted = Wanted::everything();
    measure::document("made".to_owned(), bytes, &limits, wanted, &|_, _| {})
}

/// Whether word and line of the first page are covered, which both must be or neither.
fn is_covered(name: &str, document: &Document) -> bool {
    let page = &document.pages[0];
    let word = page.text.iter().find(|run| run.text == "lamp").unwrap();
    let covered = word.visibility == Visibility::Covered;
    let thin = page.lines.thinnest.iter().any(|line| line.width < 0.5);
    assert_ne!(covered, thin, "{name}: the line beside the word");
    covered
}

const PLACE: [f64; 4] = [100.0, 280.0, 200.0, 60.0];

fn rectangle(c: &mut Content) {
    let [x, y, wide, high] = PLACE;
    c.fill_gray(0.8).fill_rect(x, y, wide, high);
}

fn picture(pdf: &mut Pdf, c: &mut Content, more: &str) {
    let [x, y, wide, high] = PLACE;
    let entries = format!(
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray {more}"
    );
    let id = pdf.stream(&entries, &[200, 210, 220, 230]);
    c.image(id, x, y, wide, high);
}

#[test]
fn opaque_rectangles_and_pictures_hide_what_was_painted_before() {
    let cases: [(&str, Over<'_>); 9] = [
        ("a rectangle", &|_, c| rectangle(c)),
        ("a white one", &|_, c| {
            c.fill_gray(1.0).fill_rect(100.0, 280.0, 200.0, 60.0);
        }),
        ("one drawn with lines", &|_, c| {
            c.fill_gray(0.8)
                .polygon(&[
                    (100.0, 280.0),
                    (300.0, 280.0),
                    (300.0, 340.0),
                    (100.0, 340.0),
                ])
                .fill();
        }),
        ("a picture", &|pdf, c| picture(pdf, c, "")),
        ("one while the colour is a pattern", &|pdf, c| {
            c.raw("/Pattern cs\n");
            picture(pdf, c, "");
        }),
        ("a picture turned by a quarter", &|pdf, c| {
            let id = pdf.stream(
                "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
                b"z",
            );
            c.resource("XObject", "X9", id)
                .raw("q 0 60 -200 0 300 280 cm /X9 Do Q\n");
        }),
        ("within an upright clip", &|_, c| {
            c.save().rect(90.0, 270.0, 300.0, 100.0).clip();
            rectangle(c);
            c.restore();
        }),
        ("after a clip that is over", &|_, c| {
            c.save().circle(200.0, 300.0, 20.0).clip().restore();
            rectangle(c);
        }),
        ("in a form", &|pdf, c| {
            let mut inner = Content::new();
            rectangle(&mut inner);
            let whole = [0.0, 0.0, 432.0, 648.0];
            let form = pdf.form(whole, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], &inner);
            c.xobject(form);
        }),
    ];
    for (name, over) in cases {
        assert!(is_covered(name, &page(over)), "{name}");
    }
}

#[test]
fn what_shows_through_or_beside_is_not_covered() {
    let state = |value: &'static str| {
        move |_: &mut Pdf, c: &mut Content| {
            c.save().state("G9", value);
            rectangle(c);
            c.restore();
        }
    };
    let (half, multiplied, overprinted) = (
        state("<< /ca 0.5 >>"),
        state("<< /BM /Multiply >>"),
        state("<< /op true >>"),
    );
    let cases: [(&str, Over<'_>); 15] = [
        ("half a tint", &half),
        ("multiplied", &multiplied),
        ("overprinted", &overprinted),
        ("short of a letter", &|_, c| {
            c.fill_gray(0.8).fill_rect(100.0, 280.0, 30.0, 60.0);
        }),
        ("painted before", &|_, c| {
            rectangle(c);
            c.fill_gray(0.0).line_width(0.3);
            c.line((120.0, 290.0), (200.0, 290.0));
        }),
        ("with a hole", &|_, c| {
            c.fill_gray(0.8)
                .rect(100.0, 280.0, 200.0, 60.0)
                .rect(110.0, 285.0, 180.0, 50.0)
                .fill_even_odd();
        }),
        ("a triangle", &|_, c| {
            c.fill_gray(0.8)
                .polygon(&[(0.0, 200.0), (400.0, 200.0), (200.0, 600.0)])
                .fill();
        }),
        ("within a round clip", &|_, c| {
            c.save().circle(200.0, 310.0, 20.0).clip();
            rectangle(c);
            c.restore();
        }),
        ("in a turned form", &|pdf, c| {
            let mut inner = Content::new();
            rectangle(&mut inner);
            let whole = [0.0, 0.0, 432.0, 648.0];
            let form = pdf.form(whole, [0.8, 0.6, -0.6, 0.8, 0.0, 0.0], &inner);
            c.xobject(form);
        }),
        ("a picture with a mask", &|pdf, c| {
            let entries = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray";
            let mask = pdf.stream(entries, b"\x80");
            picture(pdf, c, &format!("/SMask {mask}"));
        }),
        ("a picture with a key", &|pdf, c| {
            picture(pdf, c, "/Mask [200 210]")
        }),
        ("a picture that is cut short", &|pdf, c| {
            picture(pdf, c, "/Filter /FlateDecode");
        }),
        ("an ink that is none", &|_, c| {
            c.resource(
                "ColorSpace",
                "C9",
                "[/Separation /None /DeviceGray << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1] /C1 [0] >>]",
            );
            c.raw("/C9 cs 1 scn 100 280 200 60 re f\n");
        }),
        ("a layer that is off", &|pdf, c| {
            layered(pdf, c, "/OCGs {} /P /AllOn", true)
        }),
        ("an expression that does not hold", &|pdf, c| {
            layered(pdf, c, "/VE [/And [/Not [/Or {} {}]] {}]", false);
        }),
    ];
    for (name, over) in cases {
        let document = page(over);
        if name == "painted before" {
            let word = document.pages[0].text.iter().find(|run| run.text == "lamp");
            assert_eq!(word.unwrap().visibility, Visibility::Covered, "{name}");
            assert!(document.pages[0].lines.total > 0, "{name}");
        } else {
            assert!(!is_covered(name, &document), "{name}");
        }
    }
}

/// The rectangle in a membership of a layer that is off, or on.
fn layered(pdf: &mut Pdf, c: &mut Content, membership: &str, off: bool) {
    let layer = pdf.add("<< /Type /OCG /Name (layer) >>");
    let state = if off { "OFF" } else { "ON" };
    pdf.catalog(
        "OCProperties",
        format!("<< /OCGs [{layer}] /D << /{state} [{layer}] >> >>"),
    );
    let membership = membership.replace("{}", &layer.to_string());
    c.resource(
        "Properties",
        "P9",
        format!("<< /Type /OCMD {membership} >>"),
    );
    c.raw("/OC /P9 BDC\n");
    rectangle(c);
    c.raw("EMC\n");
}

#[test]
fn an_annotation_hides_nothing_whatever_its_flags() {
    let mut book = Small::new();
    let mut content = Content::new();
    content.text(&book.face, 10.0, 120.0, 300.0, "lamp");
    content.line_width(0.4).line((120.0, 290.0), (200.0, 290.0));
    let mut inner = Content::new();
    rectangle(&mut inner);
    let whole = [0.0, 0.0, 432.0, 648.0];
    let form = book.pdf.form(whole, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], &inner);
    let stamp = book.pdf.add(format!(
        "<< /Type /Annot /Subtype /Stamp /Rect [0 0 432 648] /F 4 /AP << /N {form} >> >>"
    ));
    book.page_with(&content, |page| page.entry("Annots", format!("[{stamp}]")))
        .plain();
    assert!(!is_covered("a stamp", &measured(book.finish())));
}
