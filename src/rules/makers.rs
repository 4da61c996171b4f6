//! The programs that make PDFs: recognised by the Creator and Producer entries of a file, so that advice can name their
//! menus. What they are and how a fault is mended in each is data: `templates/programs`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Meta;
use crate::model::facts::Info;

/// A program that advice may be addressed to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Its name in reports for programs.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// What it writes, in small letters: words in a row, anywhere; after `=`, all there is.
    signs: Vec<String>,
    /// How a fault is mended in it, by the rule that finds the fault.
    #[serde(default)]
    advice: BTreeMap<String, String>,
}

/// Rules of standards that are mended in every program as a rule of printers is.
const MENDED_ALIKE: [(&str, &str); 15] = [
    ("gwg-colour-forbidden", "rgb-colour"),
    ("gwg-ink-average-high", "ink-coverage-high"),
    ("gwg-layers-unfit", "layers-present"),
    ("gwg-register-at-risk", "text-multi-ink"),
    ("gwg-registration-colour-used", "registration-colour"),
    ("gwg-resolution-low", "image-resolution-low"),
    ("gwg-rich-black-text", "text-multi-ink"),
    ("gwg-spot-colour-used", "spot-colour"),
    ("gwg-user-unit-written", "user-unit-set"),
    ("gwg-white-overprints", "overprint-risky"),
    ("pdfx-boxes-wrong", "trim-box-wrong"),
    ("pdfx-colour-forbidden", "rgb-colour"),
    ("pdfx-feature-forbidden", "press-settings-present"),
    ("pdfx-interactive-forbidden", "annotations-present"),
    ("pdfx-transparency-forbidden", "transparency-present"),
];

impl Program {
    /// How the fault that a rule finds is mended in it.
    fn advice_on(&self, rule: &str) -> Option<&str> {
        let alike = || MENDED_ALIKE.iter().find(|(standard, _)| *standard == rule);
        let own = self.advice.get(rule);
        let advice = own.or_else(|| self.advice.get(alike()?.1))?;
        Some(advice)
    }
}

macro_rules! programs {
    ($($file:literal,)*) => {
        [$(include_str!(concat!("../../templates/programs/", $file, ".toml")),)*]
    };
}

/// Programs in which pages are made come first, libraries that only write the file last: of a file that InDesign made
/// and macOS wrote, InDesign is where the fault is mended.
static PROGRAMS: LazyLock<Vec<Program>> = LazyLock::new(|| {
    let texts = programs![
        "vellum",
        "atticus",
        "canva",
        "adobe-express",
        "indesign",
        "affinity",
        "illustrator",
        "photoshop",
        "gimp",
        "procreate",
        "quarkxpress",
        "scribus",
        "inkscape",
        "scrivener",
        "word",
        "powerpoint",
        "publisher",
        "libreoffice",
        "google-docs",
        "pages",
        "typst",
        "context",
        "latex",
        "asciidoctor",
        "prawn",
        "fop",
        "wkhtmltopdf",
        "prince",
        "weasyprint",
        "calibre",
        "matplotlib",
        "reportlab",
        "acrobat",
        "chrome",
        "cairo",
        "quartz",
        "ghostscript",
        "distiller",
    ];
    // Each is parsed by a test.
    let parsed = texts.iter().filter_map(|text| toml::from_str(text).ok());
    parsed.collect()
});

/// The advice a rule has for the program that made a file, if it is known and has advice of its own.
pub fn advice(meta: &Meta, info: &Info) -> Option<&'static str> {
    let written = written(info);
    let mut made = PROGRAMS.iter().filter(|program| program.made(&written));
    made.find_map(|program| program.advice_on(meta.id))
}

/// The programs that a rule has advice for, and the advice.
pub fn advice_by_program(
    meta: &Meta,
) -> impl Iterator<Item = (&'static Program, &'static str)> + use<> {
    let id = meta.id;
    let advises = move |program: &'static Program| Some((program, program.advice_on(id)?));
    PROGRAMS.iter().filter_map(advises)
}

/// Whether a file is by the program with this key.
pub(super) fn is_by(key: &str, info: &Info) -> bool {
    let written = written(info);
    let mut programs = PROGRAMS.iter();
    programs.any(|program| program.key == key && program.made(&written))
}

/// The words of the Creator and Producer entries.
fn written(info: &Info) -> Vec<String> {
    let both = [&info.creator, &info.producer].into_iter().flatten();
    both.map(|text| words(text)).collect()
}

impl Program {
    fn made(&self, written: &[String]) -> bool {
        self.signs.iter().any(|sign| match sign.strip_prefix('=') {
            Some(all) => written.iter().any(|text| text.trim() == all),
            None => written
                .iter()
                .any(|text| text.contains(&format!(" {sign} "))),
        })
    }
}

/// The words of a text in small letters, one space around each; versions and signs of trade marks fall away.
fn words(text: &str) -> String {
    let mut out = String::from(" ");
    let lower = text.to_lowercase();
    for word in lower.split(|c: char| !c.is_alphanumeric()) {
        let is_version = word.chars().next().is_some_and(|c| c.is_ascii_digit());
        if !word.is_empty() && !is_version {
            out.push_str(word);
            out.push(' ');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::all;
    use super::*;

    /// Keys of the programs that made a file, the one to turn to first.
    fn made(creator: &str, producer: &str) -> Vec<&'static str> {
        let written = [words(creator), words(producer)];
        let known = PROGRAMS.iter().filter(|program| program.made(&written));
        known.map(|program| program.key.as_str()).collect()
    }

    #[test]
    fn programs_are_known_by_what_they_write() {
        let cases: &[(&str, &str, &[&str])] = &[
            (
                "Microsoft® Word for Microsoft 365",
                "Microsoft® Word for Microsoft 365",
                &["word"],
            ),
            (
                "Microsoft® Word für Microsoft 365",
                "Microsoft® Word für Microsoft 365",
                &["word"],
            ),
            ("Microsoft® Word 2019", "Microsoft® Word 2019", &["word"]),
            (
                "Microsoft Office Word",
                "Aspose.Words for .NET 15.9.0.0",
                &["word"],
            ),
            (
                "Acrobat PDFMaker 25 for Word",
                "Adobe PDF Library 25.1.108",
                &["word"],
            ),
            (
                "Word",
                "macOS Version 13.3.1 (a) (Build 22E772610a) Quartz PDFContext",
                &["word", "quartz"],
            ),
            (
                "Microsoft® PowerPoint® for Microsoft 365",
                "Microsoft® PowerPoint® for Microsoft 365",
                &["powerpoint"],
            ),
            ("Writer", "LibreOffice 7.3", &["libreoffice"]),
            ("Draw", "LibreOffice 24.2", &["libreoffice"]),
            ("Writer", "OpenOffice.org 3.2", &["libreoffice"]),
            ("Writer", "NeoOffice 3.2 Beta", &["libreoffice"]),
            (
                "Adobe InDesign 18.5 (Windows)",
                "Adobe PDF Library 17.0",
                &["indesign"],
            ),
            (
                "Adobe InDesign CC 2015 (Macintosh)",
                "Mac OS X 10.11.4 Quartz PDFContext",
                &["indesign", "quartz"],
            ),
            (
                "Adobe Illustrator 26.0 (Windows)",
                "Adobe PDF library 16.03",
                &["illustrator"],
            ),
            (
                "Adobe Photoshop 21.0 (Windows)",
                "Adobe Photoshop for Windows -- Image Conversion Plug-in",
                &["photoshop"],
            ),
            (
                "Affinity Publisher 1.10.4",
                "PDFlib+PDI 9.3.1-i",
                &["affinity"],
            ),
            (
                "Affinity Designer 2 2.1.1",
                "PDFlib+PDI 9.3.1-i",
                &["affinity"],
            ),
            ("Canva", "Canva", &["canva"]),
            (
                "Vellum 3.7.1",
                "macOS Version 14.4 (Build 23E214) Quartz PDFContext",
                &["vellum", "quartz"],
            ),
            ("Atticus", "Atticus", &["atticus"]),
            ("LaTeX with hyperref", "pdfTeX-1.40.21", &["latex"]),
            ("LaTeX with hyperref package", "XeTeX 0.99992", &["latex"]),
            ("LaTeX with hyperref", "xdvipdfmx (20211117)", &["latex"]),
            ("LaTeX", "luahbtex-1.17.0", &["latex"]),
            ("TeX", "MiKTeX pdfTeX-1.40.14", &["latex"]),
            (
                "TeX output 2013.01.13:0403",
                "dvipdfm 0.13.3TL-j-p1d, Copyright © 1998, by Mark A. Wicks",
                &["latex"],
            ),
            (
                "dvips(k) 2023.1 Copyright 2023 Radical Eye Software",
                "GPL Ghostscript 10.00.0",
                &["latex", "ghostscript"],
            ),
            ("ConTeXt LMTX 2023.05.05", "LuaMetaTeX 2.10", &["context"]),
            ("Typst 0.11.0", "", &["typst"]),
            ("", "Typst 0.13.1", &["typst"]),
            ("Chromium", "Skia/PDF m88", &["chrome"]),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
                "Skia/PDF m138",
                &["chrome"],
            ),
            (
                "",
                "Skia/PDF m128 Google Docs Renderer",
                &["google docs", "chrome"],
            ),
            (
                "cairo 1.16.0 (https://cairographics.org)",
                "cairo 1.16.0 (https://cairographics.org)",
                &["cairo"],
            ),
            (
                "Inkscape 1.2.2 (https://inkscape.org)",
                "cairo 1.16.0 (https://cairographics.org)",
                &["inkscape", "cairo"],
            ),
            (
                "Pages",
                "macOS Version 15.5 (Build 24F74) Quartz PDFContext",
                &["pages", "quartz"],
            ),
            ("", "GPL Ghostscript 9.53.3", &["ghostscript"]),
            (
                "Writer",
                "GPL Ghostscript 9.50",
                &["libreoffice", "ghostscript"],
            ),
            (
                "Asciidoctor PDF 2.3.10, based on Prawn 2.4.0",
                "Prawn 2.4.0",
                &["asciidoctor", "prawn"],
            ),
            ("", "Apache FOP Version 2.8", &["fop"]),
            ("wkhtmltopdf 0.12.6", "Qt 4.8.7", &["wkhtmltopdf"]),
            ("Scribus 1.5.8", "Scribus PDF Library 1.5.8", &["scribus"]),
            (
                "Adobe Acrobat Pro (64-bit) 24.3.20180",
                "Adobe Acrobat Pro (64-bit) 24.3.20180",
                &["acrobat"],
            ),
            (
                "PScript5.dll Version 5.2.2",
                "Acrobat Distiller 8.1.0 (Windows)",
                &["distiller"],
            ),
            (
                "Matplotlib v3.7.1, https://matplotlib.org",
                "Matplotlib pdf backend v3.7.1",
                &["matplotlib"],
            ),
            (
                "Accountis e-Invoicing Platform",
                "ReportLab PDF Library - www.reportlab.com",
                &["reportlab"],
            ),
        ];
        for (creator, producer, keys) in cases {
            assert_eq!(made(creator, producer), *keys, "{creator} / {producer}");
        }
    }

    #[test]
    fn names_within_other_names_are_not_taken_for_programs() {
        // "tex" in TextEdit, "word" in a crossword, "pages" in a title, "prince" in a name.
        for (creator, producer) in [
            ("TextEdit", "Apex PDFWriter"),
            ("Crossword Express", "Haru Free PDF Library 2.3.0RC2"),
            ("Wordpress plugin", "TCPDF 6.7.5 (http://www.tcpdf.org)"),
            ("Yellow Pages", "iText 2.1.7 by 1T3XT"),
            ("Princeton", "PDFKit"),
            ("", ""),
        ] {
            assert!(made(creator, producer).is_empty(), "{creator} / {producer}");
        }
    }

    #[test]
    fn every_file_of_a_program_is_read_and_advises_on_rules_that_are_there() {
        let mut keys: Vec<&str> = PROGRAMS.iter().map(|program| &*program.key).collect();
        keys.sort_unstable();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/programs");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort_unstable();
        let named = keys
            .iter()
            .map(|key| format!("{}.toml", key.replace(' ', "-")));
        assert_eq!(named.collect::<Vec<_>>(), files);
        for program in PROGRAMS.iter() {
            for (rule, advice) in &program.advice {
                let is_known = all().any(|entry| entry.meta.id == rule);
                assert!(is_known, "{}: there is no rule {rule}", program.key);
                assert!(!advice.is_empty(), "{}: no advice on {rule}", program.key);
            }
        }
    }
}
