//! Invisible letters, as those of a layer of recognised text, are measured where they would show.

use made::Small;
use presscheck::facts::Visibility;
use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};
use presscheck_fixtures::content::Content;
use presscheck_fixtures::made;

#[test]
fn invisible_letters_lie_where_visible_ones_do() {
    let mut book = Small::new();
    // The substitute for the font has no Cyrillic letters.
    let font = book.pdf.add(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /FirstChar 97 /LastChar 98 /Widths [444 444] \
         /Encoding << /Differences [97 /a /afii10065] >> >>"
            .to_owned(),
    );
    let turned = ["20 0 0 20 90 300", "0 20 -20 0 90 300", "18 9 -9 18 90 300"];
    for mode in [0, 3] {
        let mut content = Content::new();
        content.resource("Font", "F4", font);
        for matrix in turned {
            content.raw(format!("BT /F4 1 Tf {mode} Tr {matrix} Tm (a) Tj ET\n"));
            content.raw(format!(
                "BT /F4 1 Tf {mode} Tr {matrix} Tm 3 0 Td (b) Tj ET\n"
            ));
        }
        book.page(&content);
    }
    let document = measure::document(
        "made".to_owned(),
        book.finish(),
        &Limits::default(),
        Wanted::everything(),
        &|_, _| {},
    );
    let areas = |page: usize, visibility: Visibility| {
        let runs = document.pages[page].text.iter();
        let runs = runs.filter(|run| run.visibility == visibility);
        runs.map(|run| (run.text.clone(), run.area))
            .collect::<Vec<_>>()
    };
    let visible = areas(0, Visibility::Visible);
    assert!(visible.len() >= turned.len(), "{visible:?}");
    assert_eq!(areas(1, Visibility::Invisible), visible);
}
