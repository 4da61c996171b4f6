//! `presscheck plates`: each separation as a picture, and where there is too much ink.

use image::{GrayImage, RgbImage};
use presscheck_fixtures::{Content, Page, Pdf};
use tempfile::TempDir;

use crate::support::presscheck;

/// A page half of which has 280 % of ink, and a patch of a spot colour.
fn page() -> Vec<u8> {
    const SPOT: &str = "[/Separation /Gold /DeviceCMYK << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0.2 0.8 0] >>]";
    let mut pdf = Pdf::new();
    let mut content = Content::new();
    content
        .raw("0.8 0.8 0.7 0.5 k")
        .fill_rect(0.0, 0.0, 100.0, 100.0);
    content.resource("ColorSpace", "Gold", SPOT);
    content
        .raw("/Gold cs 0.5 scn")
        .fill_rect(100.0, 100.0, 50.0, 50.0);
    pdf.page(Page::new(200.0, 200.0, content));
    pdf.finish()
}

#[test]
fn each_ink_is_a_picture_and_too_much_of_them_is_red() {
    let folder = TempDir::new().unwrap();
    let (file, into) = (folder.path().join("a.pdf"), folder.path().join("plates"));
    std::fs::write(&file, page()).unwrap();
    let [file, into] = [file, into].map(|path| path.to_str().unwrap().to_owned());
    let answer = presscheck(&["plates", &file, "-o", &into, "--limit", "240"]);
    let said = String::from_utf8_lossy(&answer.stdout).into_owned();
    assert_eq!(answer.status.code(), Some(0), "{said}");
    assert!(
        said.contains("at most 280 % of all inks together"),
        "{said}"
    );
    assert!(said.contains("more than 240 % on 24.8"), "{said}");
    let open = |name: &str| image::open(format!("{into}/a-page-1-{name}.png")).unwrap();
    let grey = |name: &str, [x, y]: [u32; 2]| {
        let plate: GrayImage = open(name).into_luma8();
        plate.get_pixel(x, y).0[0]
    };
    // Pixels are a hundredth of an inch; the dark patch is at the lower left.
    let (dark, gold, paper) = ([50, 220], [170, 100], [20, 20]);
    assert_eq!(grey("1-Cyan", dark), 51);
    assert_eq!(grey("3-Yellow", dark), 77);
    assert_eq!(grey("4-Black", dark), 128);
    assert_eq!([grey("1-Cyan", gold), grey("1-Cyan", paper)], [255, 255]);
    assert_eq!([grey("5-Gold", gold), grey("5-Gold", dark)], [128, 255]);
    let total: RgbImage = open("total").into_rgb8();
    let at = |[x, y]: [u32; 2]| total.get_pixel(x, y).0;
    assert_eq!(at(dark), [214, 32, 32]);
    assert_eq!(at(paper), [255, 255, 255]);
    let [r, g, b] = at(gold);
    assert!(r == g && g == b && r < 255, "{r} {g} {b}");
    // They are presscheck's own, and may be written again; a stranger's file may not.
    let again = presscheck(&["plates", &file, "-o", &into]);
    assert_eq!(again.status.code(), Some(0));
    std::fs::write(format!("{into}/a-page-1-total.png"), b"mine").unwrap();
    let refused = presscheck(&["plates", &file, "-o", &into]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_page_that_is_not_there_is_told() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, page()).unwrap();
    let into = folder.path().join("plates");
    let [file, into] = [file, into].map(|path| path.to_str().unwrap().to_owned());
    let refused = presscheck(&["plates", &file, "--page", "2", "-o", &into]);
    assert_eq!(refused.status.code(), Some(2));
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(why.contains("it has 1 page and no page 2"), "{why}");
}

#[test]
fn the_inks_of_the_worst_page_stand_beside_a_finding_about_ink() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, page()).unwrap();
    let file = file.to_str().unwrap();
    let page = presscheck(&[
        "check",
        "-q",
        file,
        "--for",
        "ingramspark",
        "--format",
        "html",
    ]);
    let page = String::from_utf8(page.stdout).unwrap();
    let inks = page.split("<details class=\"plates\"").nth(1).unwrap();
    let inks = inks.split("</details>").next().unwrap();
    assert_eq!(inks.matches("<img src=\"data:image/").count(), 6, "{inks}");
    for caption in [
        "all inks: red where more than 240 %, 25 % of the page",
        "Yellow, at most 70 %",
        "Gold, at most 50 %",
    ] {
        assert!(inks.contains(caption), "{caption}");
    }
    // What is not about ink shows none.
    assert_eq!(page.matches("<details class=\"plates\"").count(), 1);
}
