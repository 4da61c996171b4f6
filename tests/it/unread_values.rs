//! Numbers and lists that cannot be what they are to be: limits of functions, white points, names of inks, widths, appearances. Each
//! case breaks one thing on page 2 of a good book.

use presscheck_fixtures::content::Content;
use presscheck_fixtures::made::Small;

use crate::unread::{book, font, gaps, lost, measured, passed_over};

/// A page that fills a square in a colour space.
fn filled(space: &str, colour: &str) -> Vec<u8> {
    book(|_, c| {
        c.resource("ColorSpace", "C9", space)
            .raw(format!("/C9 cs {colour} 90 90 9 9 re f\n"));
    })
}

/// The same, in tints of one ink.
fn tinted(function: &str) -> Vec<u8> {
    filled(
        &format!("[/Separation /Red /DeviceRGB {function}]"),
        "1 scn",
    )
}

#[test]
fn functions_whose_limits_run_backwards_are_gaps() {
    let power = |limits: &str| {
        tinted(&format!(
            "<< /FunctionType 2 /C0 [1 1 1] /C1 [1 0 0] /N 1 {limits} >>"
        ))
    };
    for sound in [
        "/Domain [0 1]",
        "/Domain [0 0]",
        "/Domain [-1 1]",
        "/Domain [0 1] /Range [0 1 0 1 0 1]",
    ] {
        assert_eq!(gaps(&measured(power(sound))), [], "{sound}");
    }
    for wrong in [
        "/Domain [0 -1]",
        "/Domain [0 1 0]",
        "/Domain [0 1] /Range [0 1 0 1 1 0]",
    ] {
        lost(wrong, power(wrong), "a colour space");
    }
}

#[test]
fn powers_without_a_value_are_gaps() {
    let power = |domain: &str, n: &str| {
        tinted(&format!(
            "<< /FunctionType 2 /Domain {domain} /C0 [1 1 1] /C1 [1 0 0] /N {n} >>"
        ))
    };
    for (domain, n) in [
        ("[0 1]", "0"),
        ("[0 1]", "2.2"),
        ("[0.5 1]", "-2"),
        ("[-1 1]", "2"),
    ] {
        assert_eq!(gaps(&measured(power(domain, n))), [], "{domain} {n}");
    }
    for (domain, n) in [("[0 1]", "-2"), ("[-1 1]", "0.5"), ("[0 1]", "/X")] {
        lost(n, power(domain, n), "a colour space");
    }
}

#[test]
fn functions_that_are_stitched_out_of_order_are_gaps() {
    let stitched = |bounds: &str| {
        let part = "<< /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [1 0 0] /N 1 >>";
        tinted(&format!(
            "<< /FunctionType 3 /Domain [0 1] /Functions [{part} {part} {part}] /Bounds {bounds} /Encode [0 1 1 0 0 1] >>"
        ))
    };
    for sound in ["[0.2 0.5]", "[0.5 0.5]", "[0 1]"] {
        assert_eq!(gaps(&measured(stitched(sound))), [], "{sound}");
    }
    for wrong in ["[0.5 0.2]", "[0.2 1.5]", "[-1 0.2]"] {
        lost(wrong, stitched(wrong), "a colour space");
    }
}

#[test]
fn white_that_is_no_light_and_gammas_that_are_none_are_gaps() {
    for sound in [
        "[/CalRGB << /WhitePoint [0.95 1 1.09] /Gamma [2 2 2] >>]",
        "[/CalRGB << /WhitePoint [0.95 0.9999 1.09] >>]",
        "[/CalGray << /WhitePoint [0.95 1 1.09] /Gamma null >>]",
        "[/Lab << /WhitePoint [0.95 1 1.09] /Range [-9 9 0 0] >>]",
    ] {
        let bytes = filled(sound, "");
        assert_eq!(gaps(&measured(bytes)), [], "{sound}");
    }
    for wrong in [
        "[/CalRGB << /WhitePoint [0.95 0 1.09] >>]",
        "[/CalRGB << /WhitePoint [0.95 2 1.09] >>]",
        "[/CalRGB << /WhitePoint [-0.95 1 1.09] >>]",
        "[/CalGray << /WhitePoint [0.95 1 0] >>]",
        "[/CalGray << /WhitePoint [0.95 1 1.09] /Gamma -2 >>]",
        "[/CalGray << /WhitePoint [0.95 1 1.09] /Gamma 999 0 R >>]",
        "[/CalRGB << /WhitePoint [0.95 1 1.09] /Gamma [2 0 2] >>]",
        "[/Lab << /WhitePoint [0.95 1 1.09] /Range [9 -9 0 0] >>]",
        "[/Indexed /DeviceRGB -1 <000000>]",
        "[/DeviceRGB 1 <000000ffffff>]",
    ] {
        let bytes = filled(wrong, "");
        let document = measured(bytes);
        assert!(
            matches!(&gaps(&document)[..], [(Some(2), why)] if why.contains("a colour space")),
            "{wrong}: {:?}",
            gaps(&document)
        );
    }
}

#[test]
fn profiles_whose_parts_lie_beyond_their_end_are_gaps() {
    let profiled = |cut: usize| {
        book(move |pdf, c| {
            let mut profile = vec![0; 128];
            profile[16..20].copy_from_slice(b"RGB ");
            profile[36..40].copy_from_slice(b"acsp");
            // One part of twelve bytes, behind the table.
            profile.extend([0, 0, 0, 1]);
            profile.extend(b"desc");
            profile.extend([0, 0, 0, 144, 0, 0, 0, 12]);
            profile.extend([0; 12]);
            profile.truncate(profile.len() - cut);
            let profile = pdf.stream("/N 3", &profile);
            c.resource("ColorSpace", "C9", format!("[/ICCBased {profile}]"))
                .raw("/C9 cs 1 0 0 sc 90 90 9 9 re f\n");
        })
    };
    assert_eq!(gaps(&measured(profiled(0))), []);
    lost("cut", profiled(1), "a colour space");
}

#[test]
fn a_damaged_space_that_stands_for_a_device_is_a_gap() {
    let grey = |gamma: &'static str| {
        book(move |_, c| {
            let space = format!("[/CalGray << /WhitePoint [0.95 1 1.09] /Gamma {gamma} >>]");
            c.resource("ColorSpace", "DefaultGray", space)
                .raw("0.5 g 90 90 9 9 re f\n");
        })
    };
    assert_eq!(gaps(&measured(grey("2.2"))), []);
    lost("gamma", grey("/X"), "a colour space");
}

#[test]
fn inks_without_a_name_or_with_a_damaged_description_are_gaps() {
    const TINT: &str = "<< /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [1 0 0] /N 1 >>";
    let spot = |name: &str| filled(&format!("[/Separation {name} /DeviceRGB {TINT}]"), "1 scn");
    assert_eq!(gaps(&measured(spot("/Red"))), []);
    for wrong in ["7", "(Red)", "null", "999 0 R"] {
        lost(wrong, spot(wrong), "a colour space");
    }
    let several = |attributes: &str| {
        filled(
            &format!("[/DeviceN [/Red] /DeviceRGB {TINT} {attributes}]"),
            "1 scn",
        )
    };
    let described = format!("<< /Colorants << /Red [/Separation /Red /DeviceRGB {TINT}] >> >>");
    for sound in [
        "",
        "null",
        "<< >>",
        "<< /Colorants null >>",
        "<< /Colorants << /Other 7 >> >>",
        &described,
    ] {
        assert_eq!(gaps(&measured(several(sound))), [], "{sound}");
    }
    for wrong in [
        "<< /Colorants 7 >>",
        "<< /Colorants << /Red 7 >> >>",
        "<< /Colorants << /Red [/Separation /Red /DeviceRGB 999 0 R] >> >>",
    ] {
        lost(wrong, several(wrong), "a colour space");
    }
    // Its function asks for more inks than there are.
    let two = book(|pdf, c| {
        let entries = "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]";
        let tint = pdf.stream(entries, b"{ dup }");
        c.resource(
            "ColorSpace",
            "C9",
            format!("[/DeviceN [/Red] /DeviceRGB {tint}]"),
        )
        .raw("/C9 cs 1 scn 90 90 9 9 re f\n");
    });
    lost("two of one", two, "a colour space");
}

#[test]
fn widths_that_are_too_few_or_of_another_shape_are_gaps() {
    for sound in ["/Widths [500 500]", "/Widths [500 500 500]", ""] {
        assert_eq!(gaps(&measured(font(66, sound))), [], "{sound}");
    }
    for wrong in ["/Widths [500]", "/Widths 500", "/Widths << >>"] {
        lost(wrong, font(66, wrong), "a font on it is damaged");
    }
    let codes = |list: &str| {
        font(
            66,
            &format!("/Widths [500 500] /Encoding << /Differences {list} >>"),
        )
    };
    for sound in ["[]", "[65 /A /B]", "[65 /A 66 /B]"] {
        assert_eq!(gaps(&measured(codes(sound))), [], "{sound}");
    }
    for wrong in ["[/A 66 /B]", "7"] {
        lost(wrong, codes(wrong), "a font on it is damaged");
    }
}

#[test]
fn widths_of_a_composite_font_are_groups_of_characters() {
    let composite = |widths: &'static str| {
        book(move |pdf, c| {
            let letters = pdf.add(format!(
                "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
                 /Supplement 0 >> /W {widths} >>"
            ));
            let font = pdf.add(format!(
                "<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [{letters}] >>"
            ));
            c.resource("Font", "F9", font)
                .raw("BT /F9 12 Tf 90 90 Td <0041> Tj ET\n");
        })
    };
    for sound in [
        "[]",
        "[0 [500 600]]",
        "[0 9 500]",
        "[0 [500] 65 66 400 70 []]",
    ] {
        assert_eq!(gaps(&measured(composite(sound))), [], "{sound}");
    }
    for wrong in [
        "7",
        "[0 500]",
        "[[500 600]]",
        "[-1 [500]]",
        "[9 0 500]",
        "[0 [500] 65]",
        "[0 9 [500]]",
        "[0 [500 /X]]",
    ] {
        lost(wrong, composite(wrong), "a font on it is damaged");
    }
}

/// A page with an annotation, by its appearance, its flags and what it says that it is.
fn annotated(appearance: &str, flags: u32, kind: &str) -> Vec<u8> {
    let mut book = Small::new();
    book.plain();
    let form = book.pdf.form(
        [0.0, 0.0, 9.0, 9.0],
        [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        Content::new().raw("0 0 9 9 re f\n"),
    );
    let nothing = book.pdf.add("null");
    let list = book.pdf.add("[]");
    let appearance = appearance
        .replace("FORM", &form.to_string())
        .replace("NOTHING", &nothing.to_string())
        .replace("LIST", &list.to_string());
    let body = book.body();
    let annotation = format!(
        "<< /Type /Annot {kind} /F {flags} /Rect [90 90 99 99] /AP << /N {appearance} >> >>"
    );
    book.page_with(&body, |page| {
        page.entry("Annots", format!("[{annotation}]"))
    })
    .plain();
    book.finish()
}

#[test]
fn annotations_that_are_printed_and_whose_appearance_is_no_form_are_gaps() {
    const STAMP: &str = "/Subtype /Stamp";
    for sound in ["FORM", "null", "<< /On FORM >>", "<< /On FORM /Off null >>"] {
        let bytes = annotated(sound, 4, STAMP);
        assert_eq!(gaps(&measured(bytes)), [], "{sound}");
    }
    for wrong in ["7", "LIST", "<< >>", "NOTHING", "<< /On LIST >>"] {
        let printed = annotated(wrong, 4, STAMP);
        lost(wrong, printed, "the appearance of an annotation");
        let not_printed = annotated(wrong, 0, STAMP);
        assert_eq!(gaps(&measured(not_printed)), [], "{wrong}");
    }
    let nothing = annotated("FORM", 4, "");
    lost("no kind", nothing, "the appearance of an annotation");
}

#[test]
fn soft_masks_that_do_not_say_what_they_take_of_their_group_are_gaps() {
    let masked = |mask: &'static str, group: &'static str| {
        book(move |pdf, c| {
            let entries = format!("/Subtype /Form /BBox [0 0 400 400] /Group {group}");
            let group = pdf.stream(&entries, b"1 g 0 0 99 99 re f");
            c.state("G9", mask.replace("GROUP", &group.to_string()));
        })
    };
    const GROUP: &str = "<< /S /Transparency /CS /DeviceGray >>";
    for kind in ["Alpha", "Luminosity"] {
        let mask = match kind {
            "Alpha" => "<< /SMask << /S /Alpha /G GROUP >> >>",
            _ => "<< /SMask << /S /Luminosity /G GROUP >> >>",
        };
        assert_eq!(gaps(&measured(masked(mask, GROUP))), [], "{kind}");
        lost(kind, masked(mask, "7"), "a soft mask (object");
        lost(kind, masked(mask, "null"), "a soft mask (object");
    }
    for none in ["<< /SMask /None >>", "<< /SMask null >>"] {
        assert_eq!(gaps(&measured(masked(none, GROUP))), [], "{none}");
    }
    for wrong in [
        "<< /SMask << /S /X /G GROUP >> >>",
        "<< /SMask << /G GROUP >> >>",
        "<< /SMask (None) >>",
    ] {
        lost(wrong, masked(wrong, GROUP), "a soft mask");
    }
}

#[test]
fn sizes_of_a_page_that_are_none_are_told() {
    let sized = |entry: &str, value: &str| {
        let mut book = Small::new();
        book.plain();
        let body = book.body();
        book.page_with(&body, |page| page.entry(entry, value.to_owned()))
            .plain();
        book.finish()
    };
    for (entry, value) in [
        ("UserUnit", "1"),
        ("UserUnit", "null"),
        ("ArtBox", "[0 0 432 648]"),
    ] {
        passed_over(value, sized(entry, value), &[]);
    }
    for (entry, value, words) in [
        ("UserUnit", "0", "a UserUnit that is no size"),
        ("UserUnit", "-1", "a UserUnit that is no size"),
        ("UserUnit", "/X", "a UserUnit that is no size"),
        (
            "ArtBox",
            "[0 0 432 648 0]",
            "the ArtBox of more than four numbers",
        ),
    ] {
        passed_over(value, sized(entry, value), &[words]);
    }
}

#[test]
fn lengths_below_nought_are_told() {
    let form = |length: &str| {
        let made = book(|pdf, c| {
            let entries = "/Subtype /Form /BBox [0 0 9 9] /Mark 1";
            let form = pdf.stream(entries, b"0 0 9 9 re f");
            c.resource("XObject", "X9", form).raw("/X9 Do\n");
        });
        // As many bytes, so that all else stays where it is.
        let (mark, wrong) = ("/Mark 1 /Length 12", format!("/Mark 1 /Length {length}"));
        let at = made.windows(mark.len()).position(|w| w == mark.as_bytes());
        let at = at.expect("the stream is there");
        [&made[..at], wrong.as_bytes(), &made[at + mark.len()..]].concat()
    };
    passed_over("right", form("12"), &[]);
    passed_over("wrong", form("13"), &[]);
    let document = measured(form("-2"));
    let skipped = &document.pages[1].skipped;
    assert_eq!(gaps(&document), []);
    assert!(
        matches!(&skipped[..], [one] if one.starts_with("the length below nought of a form (object")),
        "{skipped:?}"
    );
}
