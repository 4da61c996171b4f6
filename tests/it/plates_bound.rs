//! No place carries more ink than a page's bound says: held on random small pages made of arbitrary parts within one another
//! (groups, patterns, drawn glyphs, shadings, pictures, blend modes, overprint, transfer functions), by our plates and by
//! ghostscript's.

use presscheck::facts::Document;
use presscheck::limits::Limits;
use presscheck::measure::{self, Wanted};
use presscheck_fixtures::rng::Rng;
use presscheck_fixtures::{Content, Page, Pdf};

use crate::tiffsep;

/// Pages of one file.
const PAGES: u64 = 120;
const FILES: u64 = 6;
/// Files from this one on are painted in RGB and Lab too, which ghostscript converts by a profile: they are held to ours alone.
const CONVERTED: u64 = 5;
/// What rounding to bytes may add on eight plates.
const SLACK: f32 = 2.5;
/// The side of a page, in points.
const SIDE: f64 = 60.0;

/// Pages on which ghostscript lays a named ink that nothing is painted in.
const LISTED: &[(u64, usize)] = &[(1, 33)];

const BLENDS: [&str; 16] = [
    "Normal",
    "Multiply",
    "Screen",
    "Overlay",
    "Darken",
    "Lighten",
    "ColorDodge",
    "ColorBurn",
    "HardLight",
    "SoftLight",
    "Difference",
    "Exclusion",
    "Hue",
    "Saturation",
    "Color",
    "Luminosity",
];

/// Makes content of random parts.
struct Maker {
    pdf: Pdf,
    rng: Rng,
    names: usize,
    /// Whether transfer functions are used at all.
    transfers: bool,
    /// Whether there is RGB and Lab.
    converted: bool,
}

impl Maker {
    fn name(&mut self) -> String {
        self.names += 1;
        format!("N{}", self.names)
    }

    fn amounts(&mut self, count: usize) -> String {
        let amounts = (0..count).map(|_| ["0", "0.2", "0.5", "0.9", "1"][self.rng.below(5)]);
        amounts.collect::<Vec<_>>().join(" ")
    }

    /// Sets a colour to fill or stroke with.
    fn colour(&mut self, c: &mut Content, depth: usize) {
        let stroke = self.rng.percent(30);
        let named = if stroke { "SCN" } else { "scn" };
        let space = if stroke { "CS" } else { "cs" };
        if self.converted && self.rng.percent(40) {
            let amounts = self.amounts(3);
            c.raw(format!("{amounts} {}", if stroke { "RG" } else { "rg" }));
            return;
        }
        match self.rng.below(if depth > 2 { 5 } else { 8 }) {
            0 | 1 => {
                let amounts = self.amounts(4);
                c.raw(format!("{amounts} {}", if stroke { "K" } else { "k" }));
            }
            2 => {
                let amounts = self.amounts(1);
                c.raw(format!("{amounts} {}", if stroke { "G" } else { "g" }));
            }
            3 => {
                let (name, amounts) = (self.name(), self.amounts(1));
                let ink = ["Gold", "Rose", "Cyan"][self.rng.below(3)];
                c.resource("ColorSpace", &name, separation(ink));
                c.raw(format!("/{name} {space} {amounts} {named}"));
            }
            4 => {
                // Components alone, in whatever space is set.
                let amounts = self.amounts(4);
                c.raw(format!("/DeviceCMYK {space} {amounts} {named}"));
            }
            5 | 6 => {
                let (name, spaces) = (self.name(), self.name());
                let plain = self.rng.percent(40);
                let cell = self.content(depth + 1);
                let kind = if plain { 2 } else { 1 };
                let id = self.pdf.stream(
                    &format!("/Type /Pattern /PatternType 1 /PaintType {kind} /TilingType 1 /BBox [0 0 20 20] /XStep 20 /YStep 20 /Matrix [1 0 0 1 3 2] /Resources {}", cell.resources()),
                    cell.bytes(),
                );
                c.resource("Pattern", &name, id);
                c.resource("ColorSpace", &spaces, "[/Pattern /DeviceCMYK]");
                let amounts = if plain {
                    self.amounts(4)
                } else {
                    String::new()
                };
                c.raw(format!("/{spaces} {space} {amounts} /{name} {named}"));
            }
            _ => {
                let name = self.name();
                let shading = self.shading();
                c.resource(
                    "Pattern",
                    &name,
                    format!("<< /PatternType 2 /Shading {shading} >>"),
                );
                c.raw(format!("/Pattern {space} /{name} {named}"));
            }
        }
    }

    fn shading(&mut self) -> String {
        if self.converted && self.rng.percent(60) {
            return self.converted_shading();
        }
        let (from, to) = (self.amounts(4), self.amounts(4));
        format!(
            "<< /ShadingType 2 /ColorSpace /DeviceCMYK /Coords [5 0 50 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [{from}] /C1 [{to}] >> >>"
        )
    }

    /// A shading by a function of two numbers, or a mesh with a function or without, in spaces that are converted.
    fn converted_shading(&mut self) -> String {
        const LAB: &str = "[/Lab << /WhitePoint [0.9642 1 0.8249] /Range [-100 100 -100 100] >>]";
        let (space, count, range) = [
            ("/DeviceRGB", 3, "0 1 0 1 0 1"),
            ("/DeviceCMYK", 4, "0 1 0 1 0 1 0 1"),
            (LAB, 3, "0 100 -100 100 -100 100"),
        ][self.rng.below(3)];
        if self.rng.percent(40) {
            // A peak between the places that a grid would ask.
            let copies = "dup ".repeat(count - 1);
            let program = format!(
                "{{ 0.53 sub dup mul exch 0.47 sub dup mul add 90 mul 1 exch sub {copies}}}"
            );
            let function = self.pdf.stream(
                &format!("/FunctionType 4 /Domain [0 1 0 1] /Range [{range}]"),
                program.as_bytes(),
            );
            return format!(
                "<< /ShadingType 1 /ColorSpace {space} /Matrix [60 0 0 60 0 0] /Function {function} >>"
            );
        }
        let by_function = self.rng.percent(40);
        let mut data = Vec::new();
        for corner in [[20, 20], [230, 30], [40, 220], [250, 250]] {
            data.extend(corner);
            let numbers = if by_function { 1 } else { count };
            data.extend((0..numbers).map(|_| [0u8, 60, 200, 255][self.rng.below(4)]));
        }
        let (decode, function) = if by_function {
            let (none, full) = ("0 ".repeat(count), "1 ".repeat(count));
            let ramp = |from: &str, to: &str| {
                format!("<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [{from}] /C1 [{to}] >>")
            };
            let function = format!(
                "/Function << /FunctionType 3 /Domain [0 1] /Bounds [0.5] /Encode [0 1 0 1] /Functions [{} {}] >>",
                ramp(&none, &full),
                ramp(&full, &none)
            );
            ("0 1", function)
        } else {
            (range, String::new())
        };
        let mesh = self.pdf.stream(
            &format!("/ShadingType 5 /VerticesPerRow 2 /ColorSpace {space} /BitsPerCoordinate 8 /BitsPerComponent 8 /Decode [0 60 0 60 {decode}] {function}"),
            &data,
        );
        mesh.to_string()
    }

    fn transfer(&mut self) -> String {
        let curve = [
            "<< /FunctionType 2 /Domain [0 1] /N 2 /C0 [0] /C1 [1] >>",
            "<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [1] /C1 [0] >>",
            "/Identity",
        ];
        if self.rng.percent(50) {
            return self.rng.pick(&curve).to_string();
        }
        let four: Vec<&str> = (0..4).map(|_| *self.rng.pick(&curve)).collect();
        format!("[{}]", four.join(" "))
    }

    /// Sets something of the graphics state.
    fn state(&mut self, c: &mut Content, depth: usize) {
        let name = self.name();
        let on = self.rng.percent(70);
        let choice = self.rng.below(if self.transfers { 6 } else { 5 });
        let value = match choice {
            0 | 1 => format!("<< /BM /{} >>", self.rng.pick(&BLENDS)),
            2 => {
                let alpha = ["0", "0.3", "0.8", "1"][self.rng.below(4)];
                format!("<< /ca {alpha} /CA {alpha} >>")
            }
            3 => format!("<< /OP {on} /op {on} /OPM {} >>", self.rng.below(2)),
            4 if on && depth < 2 => {
                // A mask in which nothing is painted hides nothing in ghostscript.
                let mut inner = self.content(depth + 2);
                inner.fill_rect(10.0, 5.0, 40.0, 45.0);
                let group = self.pdf.form_with(
                    "/Group << /S /Transparency /CS /DeviceCMYK >>",
                    [0.0, 0.0, SIDE, SIDE],
                    [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
                    &inner,
                );
                let kind = if self.rng.percent(50) {
                    "Alpha"
                } else {
                    "Luminosity"
                };
                format!("<< /SMask << /Type /Mask /S /{kind} /G {group} >> >>")
            }
            4 => "<< /SMask /None >>".to_owned(),
            _ => format!("<< /TR {} >>", self.transfer()),
        };
        c.state(&name, value);
    }

    fn picture(&mut self, c: &mut Content) {
        let choice = self.rng.below(if self.converted { 5 } else { 4 });
        let pixels: Vec<u8> = (0..16)
            .map(|_| [0, 60, 128, 255][self.rng.below(4)])
            .collect();
        let alpha: Vec<u8> = (0..4)
            .map(|_| [0, 90, 200, 255][self.rng.below(4)])
            .collect();
        let mut more = String::new();
        if self.rng.percent(40) {
            // ghostscript takes colours of one channel out of a matte by way of RGB.
            let mixed = choice == 0 && self.rng.percent(50);
            let matte = if mixed { "/Matte [0 0 0 0.5]" } else { "" };
            let mask = self.pdf.stream(
                &format!("/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray {matte}"),
                &alpha,
            );
            more = format!("/SMask {mask}");
        }
        let (space, data) = match choice {
            0 => ("/ColorSpace /DeviceCMYK", &pixels[..]),
            1 => ("/ColorSpace /DeviceGray", &pixels[..4]),
            2 => (
                "/ColorSpace [/Indexed /DeviceCMYK 1 <00FF0040FF00FF80>]",
                &[0, 1, 1, 0][..],
            ),
            3 => ("/ImageMask true", &[0x40, 0x80][..]),
            _ => ("/ColorSpace /DeviceRGB", &pixels[..12]),
        };
        let bits = if choice == 3 { 1 } else { 8 };
        if choice == 3 {
            more.clear();
        }
        let id = self.pdf.stream(
            &format!("/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent {bits} {space} {more}"),
            data,
        );
        let (x, y) = self.place();
        c.image(id, x, y, 25.0, 25.0);
    }

    fn place(&mut self) -> (f64, f64) {
        (self.rng.below(30) as f64, self.rng.below(30) as f64)
    }

    /// Letters of a font whose glyphs are drawn by operators.
    fn text(&mut self, c: &mut Content, depth: usize) {
        let name = self.name();
        let shape = self.rng.percent(40);
        let mut glyph = Content::new();
        glyph.raw(if shape {
            "40 0 0 0 40 40 d1"
        } else {
            "40 0 d0"
        });
        let inner = self.content(depth + 1);
        glyph.append(&inner);
        let program = self.pdf.stream("", glyph.bytes());
        let font = self.pdf.add(format!(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 60 60] /FontMatrix [0.025 0 0 0.025 0 0] /FirstChar 97 /LastChar 97 /Widths [40] /Encoding << /Type /Encoding /Differences [97 /a] >> /CharProcs << /a {program} >> /Resources {} >>",
            glyph.resources()
        ));
        c.resource("Font", &name, font);
        let (x, y) = self.place();
        let mode = [0, 0, 0, 1, 2, 3][self.rng.below(6)];
        c.raw(format!(
            "BT /{name} 40 Tf {mode} Tr {x} {y} Td (a) Tj 0 Tr ET"
        ));
    }

    fn form(&mut self, c: &mut Content, depth: usize) {
        let inner = self.content(depth + 1);
        let group = match self.rng.below(3) {
            0 => String::new(),
            _ => format!(
                "/Group << /S /Transparency /I {} /K {} >>",
                self.rng.percent(50),
                self.rng.percent(40)
            ),
        };
        let form = self.pdf.form_with(
            &group,
            [0.0, 0.0, SIDE, SIDE],
            [1.0, 0.0, 0.0, 1.0, 2.0, 1.0],
            &inner,
        );
        c.xobject(form);
    }

    /// Content of a few random parts.
    fn content(&mut self, depth: usize) -> Content {
        let mut c = Content::new();
        for _ in 0..2 + self.rng.below(6) {
            let kept = self.rng.percent(30);
            if kept {
                c.save();
            }
            let nested = depth < 3;
            match self.rng.below(14) {
                0..=2 => self.colour(&mut c, depth),
                3 | 4 => self.state(&mut c, depth),
                5 => self.picture(&mut c),
                6 if nested => self.text(&mut c, depth),
                7 | 8 if nested => self.form(&mut c, depth),
                9 => {
                    let name = self.name();
                    let shading = self.shading();
                    c.resource("Shading", &name, shading);
                    c.raw(format!("q 10 10 30 30 re W n /{name} sh Q"));
                }
                10 => {
                    let (x, y) = self.place();
                    c.raw("6 w").rect(x, y, 25.0, 20.0);
                    c.raw(["S", "B", "B"][self.rng.below(3)]);
                }
                _ => {
                    let (x, y) = self.place();
                    c.fill_rect(x, y, 25.0, 25.0);
                }
            }
            if kept {
                c.restore();
            }
        }
        c
    }
}

/// A process or spot ink by name, as if it were yellow.
fn separation(ink: &str) -> String {
    format!(
        "[/Separation /{ink} /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0.2 0.9 0] /N 1 >>]"
    )
}

fn file(seed: u64) -> Vec<u8> {
    let mut maker = Maker {
        pdf: Pdf::new(),
        rng: Rng::new(seed),
        names: 0,
        transfers: seed % 2 == 1,
        converted: seed >= CONVERTED,
    };
    for _ in 0..PAGES {
        let content = maker.content(0);
        maker.pdf.page(Page::new(SIDE, SIDE, content));
    }
    maker.pdf.finish()
}

fn measured(bytes: Vec<u8>) -> Document {
    let wanted = Wanted {
        weigh_above: Some(-1.0),
        ..Wanted::default()
    };
    measure::document(
        "x.pdf".to_owned(),
        bytes,
        &Limits::default(),
        wanted,
        &|_, _| {},
    )
}

#[test]
fn no_place_carries_more_than_the_bound() {
    let gs = tiffsep::has_ghostscript();
    let mut faults = Vec::new();
    let (mut inked, mut tight, mut agree, mut compared, mut pages) = (0, 0, 0, 0, 0);
    for seed in 1..=FILES {
        let bytes = file(seed);
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        let path = path.join(format!("bound-{seed}.pdf"));
        std::fs::write(&path, &bytes).unwrap();
        let document = measured(bytes);
        let theirs = if gs && seed < CONVERTED {
            tiffsep::most(&path)
        } else {
            Vec::new()
        };
        for (n, page) in document.pages.iter().enumerate() {
            let bound = page.coverage.bound;
            let Some(plates) = &page.coverage.plates else {
                faults.push(format!("{seed} page {}: no plates", n + 1));
                continue;
            };
            pages += 1;
            inked += usize::from(plates.most > 50.0);
            tight += usize::from(bound < 399.0);
            if plates.most > bound + SLACK {
                faults.push(format!(
                    "{seed} page {}: {} here, {bound} bound",
                    n + 1,
                    plates.most
                ));
            }
            if let Some(theirs) = theirs.get(n) {
                compared += 1;
                agree += usize::from((theirs - plates.most).abs() <= SLACK);
                if *theirs > bound + SLACK && !LISTED.contains(&(seed, n + 1)) {
                    faults.push(format!(
                        "{seed} page {}: {theirs} there, {bound} bound",
                        n + 1
                    ));
                }
                if std::env::var_os("PRESSCHECK_APART").is_some()
                    && (theirs - plates.most).abs() > SLACK
                {
                    println!(
                        "{seed} page {}: {} here, {theirs} there",
                        n + 1,
                        plates.most
                    );
                }
            }
        }
    }
    println!(
        "{pages} pages: {inked} inked, {tight} with a bound below 400 %, {agree} of {compared} as ghostscript has them"
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(inked > 200 && tight > 60, "{inked} inked, {tight} tight");
    assert!(
        agree * 4 >= compared * 3,
        "only {agree} of {compared} agree"
    );
}

/// Lettering, boxes, lines and curves in four inks that only cover one another, crowded on some pages and sparse on others.
fn covering(seed: u64) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let mut rng = Rng::new(seed);
    for _ in 0..PAGES {
        let mut c = Content::new();
        let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>";
        c.resource("Font", "F", font);
        let (marks, largest) = if rng.percent(50) {
            (4, 6.0)
        } else {
            (40, 20.0)
        };
        for _ in 0..1 + rng.below(marks) {
            let [x, y] = [rng.unit() * SIDE, rng.unit() * SIDE];
            let inks: Vec<String> = (0..4).map(|_| format!("{:.2}", rng.unit())).collect();
            c.raw(format!("{0} k {0} K", inks.join(" ")));
            let size = 1.0 + rng.unit() * largest;
            let shape = match rng.below(6) {
                0..=2 => format!("BT /F {size} Tf {x} {y} Td (Rich black) Tj ET"),
                3 => format!("{x} {y} {size} {} re f", 0.1 + rng.unit() * largest / 2.0),
                4 => format!("{} w {x} {y} m {} {} l S", rng.unit(), x + size, y - 4.0),
                _ => format!("{x} {y} m {} {y} {x} {} {0} {1} c h f*", x + size, y + size),
            };
            c.raw(shape);
        }
        pdf.page(Page::new(SIDE, SIDE, c));
    }
    pdf.finish()
}

#[test]
fn no_window_carries_more_on_half_of_it_than_the_areas_of_marks_allow() {
    let (mut tight, mut faults) = (0, Vec::new());
    for seed in 1..=FILES {
        for page in measured(covering(seed)).pages {
            let coverage = &page.coverage;
            let bound = coverage.window_bound.unwrap();
            let windows = &coverage.plates.as_ref().unwrap().windows;
            let most = windows.iter().map(|w| w.ink).fold(0.0, f32::max);
            if most > bound + SLACK {
                faults.push(format!(
                    "{seed} page {}: {most} here, {bound} bound",
                    page.number
                ));
            }
            tight += usize::from(bound < 0.7 * coverage.bound);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(
        tight > 50,
        "only {tight} bounds say more than the colours do"
    );
}
