//! Pages made for one trap each, with the extent that the format prescribes.

/// A page of 200 x 200 points with this content, and resources that hold a Type 3 font `T`, the graphics
/// states `Masked` (light only within 50 50 70 70) and `Bare` (no mask), and a group `Group` that lifts the
/// mask and paints the whole page.
pub(crate) fn page(content: &str) -> Vec<u8> {
    let stream = |dict: &str, data: &str| {
        let length = data.len();
        format!("<< {dict} /Length {length} >>\nstream\n{data}\nendstream")
    };
    let group = "/Type /XObject /Subtype /Form /BBox [0 0 200 200] \
        /Group << /S /Transparency /CS /DeviceGray >>";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources 5 0 R >>"
            .to_owned(),
        stream("", content),
        "<< /Font << /T 6 0 R >> /ExtGState << /Masked 8 0 R /Bare 9 0 R >> \
            /XObject << /Group 10 0 R >> >>"
            .to_owned(),
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [.001 0 0 .001 0 0] \
            /CharProcs << /wedge 7 0 R >> /Encoding << /Differences [97 /wedge] >> \
            /FirstChar 97 /LastChar 97 /Widths [1000] >>"
            .to_owned(),
        stream("", "1000 0 0 0 500 700 d1 0 0 m 500 0 l 0 700 l f"),
        "<< /SMask << /S /Luminosity /G 11 0 R >> >>".to_owned(),
        "<< /SMask /None >>".to_owned(),
        stream(
            &format!("{group} /Resources << /ExtGState << /Bare 9 0 R >> >>"),
            "/Bare gs 0 0 200 200 re f",
        ),
        stream(group, "1 g 50 50 20 20 re f"),
    ];
    let mut file = "%PDF-1.7\n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    file.push_str("trailer << /Root 1 0 R /Size 12 >>\n%%EOF\n");
    file.into_bytes()
}

/// What it is about, the content, and the extent in user space.
pub(crate) const PAGES: &[(&str, &str, [f64; 4])] = &[
    (
        "a path of lines",
        "20 20 m 60 20 l 40 70 l f",
        [20.0, 20.0, 60.0, 70.0],
    ),
    (
        "a line with its width",
        "10 w 20 50 m 80 50 l S",
        [20.0, 45.0, 80.0, 55.0],
    ),
    (
        "a line that ends in a gap",
        "4 w [30 30] 0 d 10 100 m 70 100 l S",
        [10.0, 98.0, 40.0, 102.0],
    ),
    (
        "dashes set in a way that means none",
        "4 w [] 0 d 10 100 m 70 100 l S",
        [10.0, 98.0, 70.0, 102.0],
    ),
    (
        "a mitre",
        "10 w 20 20 m 100 20 l 100 100 l S",
        [20.0, 15.0, 105.0, 100.0],
    ),
    (
        "a clip of lines",
        "30 30 m 90 30 l 90 80 l 30 80 l W n 0 0 200 200 re f",
        [30.0, 30.0, 90.0, 80.0],
    ),
    (
        "a Type 3 glyph set askew",
        "BT /T 100 Tf .70710678 .70710678 -.70710678 .70710678 100 20 Tm (a) Tj ET",
        [50.503, 20.0, 135.355, 69.497],
    ),
    (
        "glyphs that move the pen with word, character and kerning space",
        "BT /T 20 Tf 5 Tc 50 Tz 10 10 Td [(a) -1000 (a)] TJ ET",
        [10.0, 10.0, 37.5, 24.0],
    ),
    (
        "a soft mask",
        "/Masked gs 0 0 200 200 re f",
        [50.0, 50.0, 70.0, 70.0],
    ),
    (
        "a soft mask over a group that lifts it for itself",
        "/Masked gs /Group Do",
        [50.0, 50.0, 70.0, 70.0],
    ),
    (
        "a soft mask lifted",
        "q /Masked gs Q 0 0 200 200 re f",
        [0.0, 0.0, 200.0, 200.0],
    ),
];
