//! Pictures whose dictionaries say what cannot be, or another thing than their data: what some viewers show askew, and others not at
//! all. Each case breaks one thing on page 2 of a good book.

use presscheck::facts::ImageFlaw;
use presscheck_fixtures::pdf::deflate;

use crate::unread::{book, flaw, gaps, lost, measured};
use crate::unread_objects::{flaw_of, jbig2, jpeg_2000};

/// What is told of a picture that is no worse than at odds with its data.
fn odds(entries: &str, data: &[u8]) -> Vec<String> {
    let document = measured(book(|pdf, c| {
        let id = pdf.stream(&format!("/Subtype /Image {entries}"), data);
        c.image(id, 90.0, 90.0, 160.0, 120.0);
    }));
    let page = &document.pages[1];
    assert_eq!(page.images[0].flaw, None, "{entries}");
    assert_eq!(gaps(&document), [], "{entries}");
    page.skipped.clone()
}

/// That nothing is told of one picture, and of another what these words say.
fn told(sound: (&str, &[u8]), wrong: (&str, &[u8]), words: &str) {
    assert_eq!(odds(sound.0, sound.1), [""; 0], "{}", sound.0);
    let skipped = odds(wrong.0, wrong.1);
    assert!(
        matches!(&skipped[..], [one] if one.contains(words)),
        "{}: {skipped:?}",
        wrong.0
    );
}

const BEYOND: &str = "beyond those of its size";
const FEWER: &str = "a few bytes fewer than its size asks for";

/// So many grey values, no two neighbours alike.
fn greys(count: usize) -> Vec<u8> {
    (0..count).map(|n| (n * 37 % 251) as u8).collect()
}

/// The entries of a grey picture.
fn grey(width: usize, height: usize) -> String {
    format!("/Width {width} /Height {height} /BitsPerComponent 8 /ColorSpace /DeviceGray")
}

#[test]
fn pictures_whose_data_have_more_rows_or_columns_than_they_state_are_told() {
    let data = greys(40 * 30);
    let stated = grey(40, 30);
    for less in [grey(39, 30), grey(40, 29)] {
        told((&stated, &data), (&less, &data), BEYOND);
        let packed = deflate(&data);
        let filter = |entries: &str| format!("{entries} /Filter /FlateDecode");
        told(
            (&filter(&stated), &packed),
            (&filter(&less), &packed),
            BEYOND,
        );
        let hex: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
        let hex = format!("{hex}>");
        let filter = |entries: &str| format!("{entries} /Filter /ASCIIHexDecode");
        told(
            (&filter(&stated), hex.as_bytes()),
            (&filter(&less), hex.as_bytes()),
            BEYOND,
        );
    }
}

#[test]
fn what_writers_add_behind_the_last_row_is_no_row() {
    let stated = grey(40, 30);
    let with = |more: &[u8]| [greys(40 * 30).as_slice(), more].concat();
    for harmless in [&b"\r\n"[..], &greys(29), &[0; 400], &[255; 400]] {
        assert_eq!(odds(&stated, &with(harmless)), [""; 0], "{harmless:?}");
    }
    told(
        (&stated, &with(&greys(29))),
        (&stated, &with(&greys(30))),
        BEYOND,
    );
}

#[test]
fn pictures_that_lack_a_few_bytes_are_told() {
    let stated = grey(40, 30);
    let data = greys(40 * 30);
    for lost in [1, 2, 40] {
        told((&stated, &data), (&stated, &data[lost..]), FEWER);
    }
}

/// Thirty rows of forty grey values, each behind the number of its predictor.
fn rows() -> Vec<u8> {
    greys(40 * 30)
        .chunks(40)
        .flat_map(|row| [&[1], row].concat())
        .collect()
}

#[test]
fn predictors_that_are_left_out_or_work_on_other_rows_are_told() {
    let entries = |parameters: &str| format!("{} /Filter /FlateDecode {parameters}", grey(40, 30));
    let right = entries("/DecodeParms << /Predictor 15 /Columns 40 >>");
    let data = deflate(&rows());
    told((&right, &data), (&entries(""), &data), BEYOND);
    let lost = deflate(&rows()[..41 * 30 - 5]);
    told((&right, &data), (&right, &lost), FEWER);
    let right = entries("/DecodeParms << /Predictor 2 /Columns 40 >>");
    let same = entries("/DecodeParms << /Predictor 2 /Columns 20 /Colors 2 >>");
    let data = deflate(&greys(40 * 30));
    assert_eq!(odds(&same, &data), [""; 0], "rows of as many bytes");
    for columns in ["", "/Columns 41", "/Columns 40 /Colors 3"] {
        let other = entries(&format!("/DecodeParms << /Predictor 2 {columns} >>"));
        told((&right, &data), (&other, &data), "rows of another length");
    }
}

#[test]
fn pictures_whose_codec_states_another_size_are_told() {
    const SIZE: &str = "the size of a picture";
    let jpx = |side: &str| format!("{side} /Filter /JPXDecode");
    let bits = |side: &str| {
        format!("{side} /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode")
    };
    for other in ["/Width 7 /Height 8", "/Width 8 /Height 9"] {
        let right = "/Width 8 /Height 8";
        told(
            (&jpx(right), &jpeg_2000()),
            (&jpx(other), &jpeg_2000()),
            SIZE,
        );
        told((&bits(right), &jbig2()), (&bits(other), &jbig2()), SIZE);
    }
}

#[test]
fn pictures_with_parameters_that_no_filter_has_are_flawed() {
    let packed = deflate(&rows());
    let with = |parameters: &str| {
        let entries = format!("/Filter /FlateDecode /DecodeParms {parameters}");
        flaw(&entries, &packed)
    };
    for sound in [
        "<< /Predictor 15 /Columns 40 >>",
        "<< /Predictor 10 /Columns 40 /Colors null >>",
        "[<< /Predictor 1 /Columns 40 >>]",
    ] {
        assert_eq!(with(sound), None, "{sound}");
    }
    for wrong in [
        "<< /Predictor 3 /Columns 40 >>",
        "<< /Predictor 16 /Columns 40 >>",
        "<< /Predictor -1 /Columns 40 >>",
        "<< /Predictor 15 /Columns 0 >>",
        "<< /Predictor 15 /Columns 40 /BitsPerComponent 7 >>",
        "<< /Predictor 15 /Columns 40 /Colors 999 0 R >>",
        "<< /Predictor 15 /Columns 40 /Colors /X >>",
        "[<< /Predictor 15 /Columns 40 >>]",
        "[7]",
        "[999 0 R]",
    ] {
        assert_eq!(with(wrong), Some(ImageFlaw::Undecodable), "{wrong}");
    }
    let listed = |parameters: &str| {
        let entries = format!("/Filter [/FlateDecode] /DecodeParms {parameters}");
        flaw(&entries, &packed)
    };
    let rows = "<< /Predictor 15 /Columns 40 >>";
    assert_eq!(listed(&format!("[{rows}]")), None);
    assert_eq!(listed("<< /Predictor 1 /Columns 40 >>"), None);
    assert!(
        listed(rows).is_some(),
        "filters in a list, parameters in none"
    );
    let fax = |black: &str| {
        let entries = "/Width 32 /Height 16 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode";
        let entries = format!("{entries} /DecodeParms << /K -1 /Columns 32 /BlackIs1 {black} >>");
        flaw_of(&entries, &[0xff, 0xff, 0x00, 0x10, 0x01])
    };
    assert_eq!(fax("true"), None);
    assert_eq!(fax("null"), None);
    for wrong in ["/X", "1", "999 0 R"] {
        assert!(fax(wrong).is_some(), "{wrong}");
    }
}

#[test]
fn entries_of_pictures_that_are_of_another_type_are_flawed() {
    let data = greys(40 * 30);
    for sound in ["/ImageMask null", "/ImageMask false", "/SMaskInData 0"] {
        assert_eq!(flaw(sound, &data), None, "{sound}");
    }
    for wrong in ["/ImageMask /X", "/ImageMask 999 0 R", "/SMaskInData /X"] {
        assert_eq!(flaw(wrong, &data), Some(ImageFlaw::Undecodable), "{wrong}");
    }
    let jpx = |space: &'static str| {
        book(move |pdf, c| {
            let entries = format!("/Subtype /Image /Width 8 /Height 8 /Filter /JPXDecode {space}");
            let id = pdf.stream(&entries, &jpeg_2000());
            c.image(id, 90.0, 90.0, 160.0, 120.0);
        })
    };
    for sound in ["", "/ColorSpace null", "/ColorSpace /DeviceGray"] {
        assert_eq!(gaps(&measured(jpx(sound))), [], "{sound}");
    }
    for wrong in [
        "/ColorSpace /X",
        "/ColorSpace 7",
        "/ColorSpace (DeviceGray)",
        "/ColorSpace 999 0 R",
    ] {
        lost(wrong, jpx(wrong), "a colour space");
    }
}

#[test]
fn masks_of_pictures_that_are_none_are_gaps() {
    let masked = |entries: &'static str| {
        book(move |pdf, c| {
            let nothing = pdf.add("null");
            let stencil = |says: &str| {
                format!("/Subtype /Image /Width 8 /Height 8 /BitsPerComponent 1 {says}")
            };
            let good = pdf.stream(&stencil("/ImageMask true"), &[0x55; 8]);
            let dumb = pdf.stream(&stencil("/ColorSpace /DeviceGray"), &[0x55; 8]);
            let entries = entries
                .replace("NOTHING", &nothing.to_string())
                .replace("GOOD", &good.to_string())
                .replace("DUMB", &dumb.to_string());
            let id = pdf.stream(
                &format!("/Subtype /Image {} {entries}", grey(8, 8)),
                &greys(64),
            );
            c.image(id, 90.0, 90.0, 160.0, 120.0);
        })
    };
    for sound in [
        "",
        "/Mask null",
        "/SMask null",
        "/Mask [0 60]",
        "/Mask [256 256]",
        "/Mask GOOD",
    ] {
        assert_eq!(gaps(&measured(masked(sound))), [], "{sound}");
    }
    for wrong in [
        "/Mask []",
        "/Mask [0]",
        "/Mask [0 /X]",
        "/Mask [0 999 0 R]",
        "/Mask [0 -60]",
        "/Mask [0.5 60]",
        "/Mask NOTHING",
        "/SMask NOTHING",
        "/Mask DUMB",
    ] {
        lost(wrong, masked(wrong), "a soft mask");
    }
}

#[test]
fn inline_pictures_with_bits_that_no_samples_have_are_gaps() {
    let inline = |bits: u8| {
        book(move |_, c| {
            let head = format!("q 9 0 0 9 90 90 cm BI /W 2 /H 2 /BPC {bits} /CS /G /F /AHx ID ");
            c.raw(format!("{head}00ff00ff00ff00ff> EI Q\n"));
        })
    };
    assert_eq!(gaps(&measured(inline(8))), []);
    assert_eq!(gaps(&measured(inline(16))), []);
    lost("three bits", inline(3), "an inline picture");
}
