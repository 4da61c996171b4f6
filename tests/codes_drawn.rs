//! QR codes of every version from 1 to 25 and every level, drawn in six ways, turned, in modules from small to large: each is
//! read as it was made and measured to a part in two hundred.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod studio;

use presscheck::extract::{self, Wanted};
use presscheck::facts::CodeKind;
use presscheck::limits::Limits;
use studio::codes::EcLevel;
use studio::{Content, Drawn, Page, Pdf, Qr, Spot};

const LEVELS: [(EcLevel, char); 4] = [
    (EcLevel::L, 'L'),
    (EcLevel::M, 'M'),
    (EcLevel::Q, 'Q'),
    (EcLevel::H, 'H'),
];
/// Modules in millimetres: the least that scans, what is asked of print, a generous one.
const MODULES: [f64; 3] = [0.25, 0.33, 0.7];
const VERSIONS: i16 = 25;

struct Made {
    says: String,
    level: char,
    modules: usize,
    side_mm: f64,
    what: String,
}

#[test]
fn every_version_and_level_is_read_however_it_is_drawn() {
    let mut pdf = Pdf::new();
    let mut made = Vec::new();
    let mut turn = 0usize;
    for version in 1..=VERSIONS {
        for (level, letter) in LEVELS {
            let (code, says) = Qr::full(version, level);
            let way = Drawn::ALL.into_iter().cycle().nth(turn).unwrap();
            // Steps that share no factor with each other, so that everything meets everything.
            let module_mm = MODULES.into_iter().cycle().nth(turn / 5).unwrap();
            let turns = u8::try_from(turn / 7 % 4).unwrap();
            let side = code.size() as f64 * module_mm * 72.0 / 25.4;
            let spot = Spot::new(60.0, 60.0, side).turned(turns);
            let mut content = Content::new();
            code.draw(&mut pdf, &mut content, way, spot);
            pdf.page(Page::new(side + 120.0, side + 120.0, content));
            made.push(Made {
                says,
                level: letter,
                modules: code.size(),
                side_mm: code.size() as f64 * module_mm,
                what: format!(
                    "{version}-{letter} as {} of {module_mm} mm, turned {turns}",
                    way.name()
                ),
            });
            turn += 1;
        }
    }
    let wanted = Wanted {
        codes: true,
        ..Wanted::default()
    };
    let bytes = pdf.finish();
    let document = extract::document(
        "x.pdf".to_owned(),
        bytes,
        &Limits::default(),
        wanted,
        &|_, _| {},
    );
    let mut wrong = Vec::new();
    for (page, made) in (1u32..).zip(&made) {
        let codes: Vec<_> = document.codes.iter().filter(|c| c.page == page).collect();
        let [code] = codes.as_slice() else {
            wrong.push(format!("{}: {} codes", made.what, codes.len()));
            continue;
        };
        let off = code.side_mm / made.side_mm - 1.0;
        if code.kind != CodeKind::Qr || code.text != made.says {
            wrong.push(format!("{}: another text", made.what));
        } else if code.correction != Some(made.level)
            || usize::try_from(code.modules) != Ok(made.modules)
            || off.abs() > 0.005
        {
            let told = (code.correction, code.modules, code.side_mm);
            wrong.push(format!("{}: {told:?}, not {} mm", made.what, made.side_mm));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
