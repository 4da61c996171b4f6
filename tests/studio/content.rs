//! Builds a content stream with typed helpers, and remembers which resources it names.
//!
//! Lengths are in points, y upwards; colours run from 0 to 1. Every helper returns the builder, so calls chain.

use super::font::Font;
use super::pdf::{Id, number};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A content stream in the making, with the resources it uses.
#[derive(Clone, Debug, Default)]
pub struct Content {
    ops: Vec<u8>,
    resources: BTreeMap<String, BTreeMap<String, String>>,
}

impl Content {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// The operators so far.
    pub fn bytes(&self) -> &[u8] {
        &self.ops
    }

    /// The resource dictionary for what has been named so far.
    pub fn resources(&self) -> String {
        let mut out = String::from("<<");
        for (kind, entries) in &self.resources {
            let _ = write!(out, " /{kind} <<");
            for (name, value) in entries {
                let _ = write!(out, " /{name} {value}");
            }
            out.push_str(" >>");
        }
        out + " >>"
    }

    /// Names a resource, its value written as given: `resource("ExtGState", "GS1", "<< /ca 0.5 >>")`.
    pub fn resource(&mut self, kind: &str, name: &str, value: impl std::fmt::Display) -> &mut Self {
        self.resources
            .entry(kind.to_owned())
            .or_default()
            .insert(name.to_owned(), value.to_string());
        self
    }

    /// Operators written as they are, on a line of their own.
    pub fn raw(&mut self, ops: impl AsRef<[u8]>) -> &mut Self {
        self.ops.extend_from_slice(ops.as_ref());
        self.ops.push(b'\n');
        self
    }

    /// Another content appended, with its resources; where both name the same, the other's wins.
    pub fn append(&mut self, other: &Self) -> &mut Self {
        self.ops.extend_from_slice(&other.ops);
        for (kind, entries) in &other.resources {
            let ours = self.resources.entry(kind.clone()).or_default();
            ours.extend(entries.iter().map(|(k, v)| (k.clone(), v.clone())));
        }
        self
    }

    fn op(&mut self, operands: &[f64], operator: &str) -> &mut Self {
        for value in operands {
            self.ops.extend_from_slice(number(*value).as_bytes());
            self.ops.push(b' ');
        }
        self.raw(operator)
    }

    /// Saves the graphics state (`q`).
    pub fn save(&mut self) -> &mut Self {
        self.raw("q")
    }

    /// Restores the graphics state (`Q`).
    pub fn restore(&mut self) -> &mut Self {
        self.raw("Q")
    }

    /// Multiplies the matrix `a b c d e f` onto the current one.
    pub fn cm(&mut self, matrix: [f64; 6]) -> &mut Self {
        self.op(&matrix, "cm")
    }

    /// Moves the origin.
    pub fn translate(&mut self, x: f64, y: f64) -> &mut Self {
        self.cm([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// Moves the origin and turns everything after by quarter turns to the left about it.
    pub fn turn(&mut self, x: f64, y: f64, quarters: u8) -> &mut Self {
        let (cos, sin) = match quarters % 4 {
            0 => (1.0, 0.0),
            1 => (0.0, 1.0),
            2 => (-1.0, 0.0),
            _ => (0.0, -1.0),
        };
        self.cm([cos, sin, -sin, cos, x, y])
    }

    /// Fill grey, 0 black to 1 white.
    pub fn fill_gray(&mut self, gray: f64) -> &mut Self {
        self.op(&[gray], "g")
    }

    /// Stroke grey, 0 black to 1 white.
    pub fn stroke_gray(&mut self, gray: f64) -> &mut Self {
        self.op(&[gray], "G")
    }

    /// Fill colour in DeviceRGB.
    pub fn fill_rgb(&mut self, rgb: [f64; 3]) -> &mut Self {
        self.op(&rgb, "rg")
    }

    /// Stroke colour in DeviceRGB.
    pub fn stroke_rgb(&mut self, rgb: [f64; 3]) -> &mut Self {
        self.op(&rgb, "RG")
    }

    /// Fill colour in DeviceCMYK.
    pub fn fill_cmyk(&mut self, cmyk: [f64; 4]) -> &mut Self {
        self.op(&cmyk, "k")
    }

    /// Stroke colour in DeviceCMYK.
    pub fn stroke_cmyk(&mut self, cmyk: [f64; 4]) -> &mut Self {
        self.op(&cmyk, "K")
    }

    /// Line width; 0 is the thinnest line the device can draw.
    pub fn line_width(&mut self, width: f64) -> &mut Self {
        self.op(&[width], "w")
    }

    /// A graphics state parameter dictionary, such as `<< /ca 0.5 >>` or a reference.
    pub fn state(&mut self, name: &str, value: impl std::fmt::Display) -> &mut Self {
        self.resource("ExtGState", name, value)
            .raw(format!("/{name} gs"))
    }

    /// Begins a subpath.
    pub fn move_to(&mut self, x: f64, y: f64) -> &mut Self {
        self.op(&[x, y], "m")
    }

    /// A straight segment.
    pub fn line_to(&mut self, x: f64, y: f64) -> &mut Self {
        self.op(&[x, y], "l")
    }

    /// A Bezier segment: two control points, then the end.
    pub fn curve_to(&mut self, points: [f64; 6]) -> &mut Self {
        self.op(&points, "c")
    }

    /// Closes the subpath.
    pub fn close(&mut self) -> &mut Self {
        self.raw("h")
    }

    /// Adds a rectangle to the path.
    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64) -> &mut Self {
        self.op(&[x, y, width, height], "re")
    }

    /// Adds a circle to the path.
    pub fn circle(&mut self, x: f64, y: f64, radius: f64) -> &mut Self {
        // The control distance at which four Bezier segments come closest to a circle.
        let (r, k) = (radius, radius * 0.552_284_75);
        self.move_to(x + r, y)
            .curve_to([x + r, y + k, x + k, y + r, x, y + r])
            .curve_to([x - k, y + r, x - r, y + k, x - r, y])
            .curve_to([x - r, y - k, x - k, y - r, x, y - r])
            .curve_to([x + k, y - r, x + r, y - k, x + r, y])
            .close()
    }

    /// Adds a closed polygon to the path.
    pub fn polygon(&mut self, points: &[(f64, f64)]) -> &mut Self {
        for (index, (x, y)) in points.iter().enumerate() {
            self.op(&[*x, *y], if index == 0 { "m" } else { "l" });
        }
        self.close()
    }

    /// Fills the path, non-zero winding.
    pub fn fill(&mut self) -> &mut Self {
        self.raw("f")
    }

    /// Fills the path by the even-odd rule.
    pub fn fill_even_odd(&mut self) -> &mut Self {
        self.raw("f*")
    }

    /// Strokes the path.
    pub fn stroke(&mut self) -> &mut Self {
        self.raw("S")
    }

    /// Fills and strokes the path.
    pub fn fill_stroke(&mut self) -> &mut Self {
        self.raw("B")
    }

    /// Makes the path the clip, painting nothing.
    pub fn clip(&mut self) -> &mut Self {
        self.raw("W n")
    }

    /// A filled rectangle.
    pub fn fill_rect(&mut self, x: f64, y: f64, width: f64, height: f64) -> &mut Self {
        self.rect(x, y, width, height).fill()
    }

    /// A stroked line from one point to another.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64)) -> &mut Self {
        self.move_to(from.0, from.1).line_to(to.0, to.1).stroke()
    }

    /// A line of text whose baseline starts at x, y.
    pub fn text(&mut self, font: &Font, size: f64, x: f64, y: f64, text: &str) -> &mut Self {
        self.spaced(font, size, (x, y), text, Spacing::default())
    }

    /// A line of text centred about x.
    pub fn centred(&mut self, font: &Font, size: f64, x: f64, y: f64, text: &str) -> &mut Self {
        self.text(font, size, x - font.width(text, size) / 2.0, y, text)
    }

    /// A line of text with word spacing, letter spacing or a render mode of its own; they do not outlast the call.
    pub fn spaced(
        &mut self,
        font: &Font,
        size: f64,
        at: (f64, f64),
        text: &str,
        spacing: Spacing,
    ) -> &mut Self {
        self.resource("Font", font.resource(), font.id());
        let mut op = format!("BT /{} {} Tf", font.resource(), number(size));
        let mut tail = String::new();
        for (value, name) in [
            (spacing.word, "Tw"),
            (spacing.letter, "Tc"),
            (f64::from(spacing.mode), "Tr"),
        ] {
            if value != 0.0 {
                let _ = write!(op, " {} {name}", number(value));
                let _ = write!(tail, " 0 {name}");
            }
        }
        let _ = write!(op, " {} {} Td (", number(at.0), number(at.1));
        self.ops.extend_from_slice(op.as_bytes());
        for byte in font.encode(text) {
            match byte {
                b'(' | b')' | b'\\' => self.ops.extend_from_slice(&[b'\\', byte]),
                // Octal keeps the stream readable in any editor.
                128.. => self.ops.extend_from_slice(format!("\\{byte:o}").as_bytes()),
                _ => self.ops.push(byte),
            }
        }
        self.raw(format!(") Tj{tail} ET"))
    }

    /// Paints an image XObject into the rectangle, lower left corner at x, y.
    pub fn image(&mut self, image: Id, x: f64, y: f64, width: f64, height: f64) -> &mut Self {
        self.save()
            .cm([width, 0.0, 0.0, height, x, y])
            .xobject(image)
            .restore()
    }

    /// Paints an XObject, image or form, where the matrix puts it.
    pub fn xobject(&mut self, id: Id) -> &mut Self {
        let name = format!("X{}", id.0);
        self.resource("XObject", &name, id)
            .raw(format!("/{name} Do"))
    }
}

/// How a line of text is set beyond font and size: extra points after each space and each letter, and the render mode.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spacing {
    /// Extra points after each space (`Tw`).
    pub word: f64,
    /// Extra points after each letter (`Tc`).
    pub letter: f64,
    /// The render mode (`Tr`): 0 fill, 1 stroke, 3 invisible, 7 clip.
    pub mode: u8,
}

impl Spacing {
    /// Letters set apart by so many points.
    pub fn letters(letter: f64) -> Self {
        Self {
            letter,
            ..Self::default()
        }
    }

    /// Text in a render mode.
    pub fn mode(mode: u8) -> Self {
        Self {
            mode,
            ..Self::default()
        }
    }
}
