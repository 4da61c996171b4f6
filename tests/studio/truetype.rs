//! TrueType programs whose glyphs are boxes, so that it is known to the unit where ink lies.

/// A glyph: the pen's way, and a box of ink.
pub struct Shape {
    /// How far the pen moves.
    pub advance: u16,
    /// Left, bottom, right, top of the ink.
    pub ink: Option<[i16; 4]>,
}

/// A program of these glyphs, a thousand units an em. The first is the mark for a glyph it has not, of which these are the
/// boxes; `glyph` gives the number of that for a character.
pub fn program(shapes: &[Shape], mark: &[[i16; 4]], glyph: fn(u8) -> u16) -> Vec<u8> {
    let mut glyphs = Vec::new();
    if !mark.is_empty() {
        glyphs.extend(outline(mark));
    }
    let mut places = vec![0];
    let mut advances = Vec::new();
    for shape in shapes {
        if let Some(ink) = shape.ink {
            glyphs.extend(outline(&[ink]));
        }
        places.extend(words(&[glyphs.len() as u16 / 2]));
        advances.extend(words(&[shape.advance]));
        advances.extend(ink_left(shape).to_be_bytes());
    }
    // The first place is one word as well.
    places.insert(0, 0);
    let count = shapes.len() as u16;
    let inks = shapes.iter().filter_map(|shape| shape.ink);
    let bounds = inks.reduce(|a, b| {
        [
            a[0].min(b[0]),
            a[1].min(b[1]),
            a[2].max(b[2]),
            a[3].max(b[3]),
        ]
    });
    let [left, low, right, high] = bounds.unwrap_or_default().map(i16::cast_unsigned);
    let tables: [(&[u8; 4], Vec<u8>); 7] = [
        (b"cmap", cmap(glyph)),
        (b"glyf", glyphs),
        (
            b"head",
            // version, revision, checksum, magic, flags, units, two dates, bounds, style, smallest, direction, short loca
            words(&[
                1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, left, low,
                right, high, 0, 8, 2, 0, 0,
            ]),
        ),
        (
            b"hhea",
            words(&[
                1, 0, high, low, 0, 600, left, 50, right, 1, 0, 0, 0, 0, 0, 0, 0, count,
            ]),
        ),
        (b"hmtx", advances),
        (b"loca", places),
        (
            b"maxp",
            words(&[1, 0, count, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
        ),
    ];
    let mut out = words(&[1, 0, tables.len() as u16, 64, 2, 48]);
    let mut body = Vec::new();
    for (name, data) in &tables {
        out.extend(*name);
        for value in [
            sum(data),
            (12 + 16 * tables.len() + body.len()) as u32,
            data.len() as u32,
        ] {
            out.extend(value.to_be_bytes());
        }
        body.extend(data);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    out.extend(body);
    out
}

fn ink_left(shape: &Shape) -> i16 {
    shape.ink.map_or(0, |ink| ink[0])
}

/// Contours of four points each, clockwise; with left and right changed over, the other way round.
fn outline(blocks: &[[i16; 4]]) -> Vec<u8> {
    let mut out = Vec::new();
    let count = blocks.len() as i16;
    let [x0, y0, x1, y1] = blocks[0];
    for value in [count, x0, y0, x1, y1] {
        out.extend(value.to_be_bytes());
    }
    out.extend((1..=count).flat_map(|n| (4 * n - 1).to_be_bytes()));
    // No instructions; all points on the curve, coordinates as words relative to the one before.
    out.extend([0, 0]);
    out.extend(blocks.iter().flat_map(|_| [1; 4]));
    let (mut x, mut y) = (0, 0);
    let points = |[x0, y0, x1, y1]: [i16; 4]| [(x0, y0), (x0, y1), (x1, y1), (x1, y0)];
    for (to, _) in blocks.iter().copied().flat_map(points) {
        out.extend((to - x).to_be_bytes());
        x = to;
    }
    for (_, to) in blocks.iter().copied().flat_map(points) {
        out.extend((to - y).to_be_bytes());
        y = to;
    }
    out.resize(out.len().next_multiple_of(4), 0);
    out
}

/// Unicode to glyph: one segment with a list, and the closing one.
fn cmap(glyph: fn(u8) -> u16) -> Vec<u8> {
    let mut out = words(&[0, 1, 3, 1, 0, 12]);
    let list: Vec<u16> = (32..=126).map(glyph).collect();
    let length = 14 + 2 * (2 + 1 + 2 + 2 + 2) + 2 * list.len() as u16;
    out.extend(words(&[
        4, length, 0, 4, 4, 1, 0, 126, 0xffff, 0, 32, 0xffff, 0, 1, 4, 0,
    ]));
    out.extend(words(&list));
    out
}

fn words(values: &[u16]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| value.to_be_bytes())
        .collect()
}

fn sum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}
