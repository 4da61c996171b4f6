//! A file built from arbitrary objects that refer to one another: dictionaries with the keys of the format, arrays, streams.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use presscheck_fuzz::measured;

/// Keys that lead somewhere.
const KEYS: [&str; 48] = [
    "Type",
    "Subtype",
    "Kids",
    "Count",
    "Parent",
    "Contents",
    "Resources",
    "Font",
    "XObject",
    "ColorSpace",
    "Pattern",
    "Shading",
    "ExtGState",
    "MediaBox",
    "TrimBox",
    "BBox",
    "Matrix",
    "Width",
    "Height",
    "BitsPerComponent",
    "Filter",
    "DecodeParms",
    "FunctionType",
    "Functions",
    "Domain",
    "Range",
    "Size",
    "ShadingType",
    "Coords",
    "Function",
    "SMask",
    "Mask",
    "G",
    "S",
    "Encoding",
    "CharProcs",
    "DescendantFonts",
    "FontDescriptor",
    "FontFile2",
    "FontFile3",
    "ToUnicode",
    "W",
    "Widths",
    "FirstChar",
    "Annots",
    "AP",
    "Outlines",
    "Names",
];
/// Names that mean something.
const NAMES: [&str; 24] = [
    "Catalog",
    "Pages",
    "Page",
    "Font",
    "Type0",
    "Type1",
    "Type3",
    "TrueType",
    "CIDFontType2",
    "Form",
    "Image",
    "DeviceGray",
    "DeviceRGB",
    "DeviceCMYK",
    "Separation",
    "DeviceN",
    "Indexed",
    "ICCBased",
    "FlateDecode",
    "LZWDecode",
    "CCITTFaxDecode",
    "DCTDecode",
    "JPXDecode",
    "Luminosity",
];

#[derive(Arbitrary, Debug)]
enum Part {
    Number(i32),
    Name(u8),
    Text(Vec<u8>),
    Reference(u8),
    List(Vec<Part>),
    Table(Vec<(u8, Part)>),
}

#[derive(Arbitrary, Debug)]
struct Object {
    part: Part,
    stream: Option<Vec<u8>>,
}

fn write(part: &Part, objects: usize, depth: usize, out: &mut Vec<u8>) {
    let pick = |list: &[&'static str], n: u8| {
        list.get(usize::from(n) % list.len())
            .copied()
            .unwrap_or_default()
    };
    match part {
        _ if depth == 0 => out.extend_from_slice(b"null"),
        Part::Number(n) => out.extend_from_slice(n.to_string().as_bytes()),
        Part::Name(n) => out.extend_from_slice(format!("/{}", pick(&NAMES, *n)).as_bytes()),
        Part::Text(text) => {
            out.push(b'<');
            out.extend(
                text.iter()
                    .flat_map(|byte| format!("{byte:02x}").into_bytes()),
            );
            out.push(b'>');
        }
        Part::Reference(n) => {
            out.extend_from_slice(format!("{} 0 R", usize::from(*n) % (objects + 1) + 1).as_bytes())
        }
        Part::List(parts) => {
            out.push(b'[');
            for part in parts {
                write(part, objects, depth - 1, out);
                out.push(b' ');
            }
            out.push(b']');
        }
        Part::Table(entries) => {
            out.extend_from_slice(b"<<");
            table(entries, objects, depth, out);
            out.extend_from_slice(b">>");
        }
    }
}

fn table(entries: &[(u8, Part)], objects: usize, depth: usize, out: &mut Vec<u8>) {
    for (key, part) in entries {
        let key = KEYS
            .get(usize::from(*key) % KEYS.len())
            .copied()
            .unwrap_or_default();
        out.extend_from_slice(format!("/{key} ").as_bytes());
        write(part, objects, depth - 1, out);
    }
}

fuzz_target!(|objects: Vec<Object>| {
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n".to_vec();
    bytes.extend_from_slice(b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n");
    bytes.extend_from_slice(b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 432 648] /Contents 4 0 R /Resources 5 0 R >>\nendobj\n");
    for (n, object) in objects.iter().enumerate() {
        bytes.extend_from_slice(format!("{} 0 obj\n", n + 4).as_bytes());
        match (&object.part, &object.stream) {
            (Part::Table(entries), Some(data)) => {
                bytes.extend_from_slice(b"<<");
                table(entries, objects.len(), 8, &mut bytes);
                bytes.extend_from_slice(format!("/Length {} >>\nstream\n", data.len()).as_bytes());
                bytes.extend_from_slice(data);
                bytes.extend_from_slice(b"\nendstream");
            }
            (part, _) => write(part, objects.len(), 8, &mut bytes),
        }
        bytes.extend_from_slice(b"\nendobj\n");
    }
    bytes.extend_from_slice(b"trailer\n<< /Root 1 0 R >>\n%%EOF\n");
    measured(bytes);
});
