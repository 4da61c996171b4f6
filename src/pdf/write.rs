//! What we write: templates as PDF, each layer of guides as optional content that can be switched off.

use std::fmt::Write;

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};

use crate::guides::{GuideLayer, Guides};
use crate::model::error::Error;
use crate::model::geometry::Rect;

/// A one-page PDF at full size with its trim and bleed boxes set and a layer for each kind of guide.
pub fn template(guides: &Guides) -> Result<Vec<u8>, Error> {
    let mut file = Document::with_version("1.5");
    let (width, height) = (guides.size.width, guides.size.height);
    let flip = |area: Rect| {
        let [x0, y0, x1, y1] = area.to_f64();
        [x0, height - y1, x1, height - y0]
    };
    let mut operations = Vec::new();
    let mut properties = lopdf::Dictionary::new();
    let mut groups = Vec::new();
    for (number, layer) in guides.layers.iter().enumerate() {
        let group = file.add_object(dictionary! {
            "Type" => "OCG",
            "Name" => Object::string_literal(layer.name),
        });
        let name = format!("L{number}");
        properties.set(name.clone(), group);
        groups.push(Object::Reference(group));
        operations.push(Operation::new(
            "BDC",
            vec![
                Object::Name(b"OC".to_vec()),
                Object::Name(name.into_bytes()),
            ],
        ));
        draw(layer, height, &flip, &mut operations);
        operations.push(Operation::new("EMC", Vec::new()));
    }
    let content = Content { operations }
        .encode()
        .map_err(|e| unwritable(&e))?;
    let content = file.add_object(Stream::new(lopdf::Dictionary::new(), content));
    let pages = file.new_object_id();
    let whole = numbers([0.0, 0.0, width, height]);
    let tint = file.add_object(dictionary! { "Type" => "ExtGState", "ca" => 0.15 });
    let page = file.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => pages,
        "MediaBox" => whole.clone(),
        "BleedBox" => whole,
        "TrimBox" => numbers(flip(guides.trim)),
        "Contents" => content,
        "Resources" => dictionary! {
            "Properties" => properties,
            "ExtGState" => dictionary! { "Tint" => tint },
        },
    });
    file.objects.insert(
        pages,
        Object::Dictionary(dictionary! {
            "Type" => "Pages",
            "Kids" => vec![page.into()],
            "Count" => 1,
        }),
    );
    let catalog = file.add_object(dictionary! {
        "Type" => "Catalog",
        "Pages" => pages,
        "OCProperties" => dictionary! {
            "OCGs" => groups.clone(),
            "D" => dictionary! { "Order" => groups.clone(), "ON" => groups },
        },
    });
    let info = file.add_object(dictionary! {
        "Title" => Object::string_literal(ascii(&guides.title)),
        "Producer" => Object::string_literal("presscheck"),
        // Room for the sum by which the file is known again.
        "Presscheck" => Object::string_literal("written by presscheck; 0000000000000000"),
    });
    file.trailer.set("Root", catalog);
    file.trailer.set("Info", info);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|e| unwritable(&e))?;
    Ok(bytes)
}

fn draw(
    layer: &GuideLayer,
    height: f64,
    flip: &dyn Fn(Rect) -> [f64; 4],
    out: &mut Vec<Operation>,
) {
    let colour: Vec<Object> = layer
        .colour
        .iter()
        .map(|c| real(f64::from(*c) / 255.0))
        .collect();
    out.push(Operation::new("q", Vec::new()));
    out.push(Operation::new("RG", colour.clone()));
    out.push(Operation::new("rg", colour));
    out.push(Operation::new("w", vec![real(0.5)]));
    if layer.dashed {
        let dashes = Object::Array(vec![real(6.0), real(3.0)]);
        out.push(Operation::new("d", vec![dashes, real(0.0)]));
    }
    if layer.tinted {
        out.push(Operation::new("gs", vec![Object::Name(b"Tint".to_vec())]));
    }
    for (_, area) in &layer.areas {
        let [x0, y0, x1, y1] = flip(*area);
        let rect = [x0, y0, x1 - x0, y1 - y0].map(real).to_vec();
        out.push(Operation::new("re", rect));
        let paint = if layer.tinted { "B" } else { "S" };
        out.push(Operation::new(paint, Vec::new()));
    }
    for x in &layer.lines {
        out.push(Operation::new("m", vec![real(*x), real(0.0)]));
        out.push(Operation::new("l", vec![real(*x), real(height)]));
        out.push(Operation::new("S", Vec::new()));
    }
    out.push(Operation::new("Q", Vec::new()));
}

/// A number to a ten-thousandth of a point; no cutter is finer.
fn real(value: f64) -> Object {
    let value = ((value * 10_000.0).round() / 10_000.0) as f32;
    Object::Real(value)
}

fn numbers(values: [f64; 4]) -> Object {
    Object::Array(values.map(real).to_vec())
}

/// Titles in PDF's own encoding: what is not ASCII is spelt out as a question mark would be read.
fn ascii(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{}", if c.is_ascii() { c } else { '?' });
        out
    })
}

fn unwritable(why: &dyn std::fmt::Display) -> Error {
    Error::Write {
        path: "template".into(),
        why: why.to_string(),
    }
}
