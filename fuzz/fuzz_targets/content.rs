//! Bytes as the content of a page that has a font, a form, a picture, a shading, a pattern and a soft mask to draw with.

#![no_main]

use libfuzzer_sys::fuzz_target;
use presscheck_fuzz::measured;

/// What content may name.
const RESOURCES: &str = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> \
    /XObject << /X1 5 0 R /X2 6 0 R >> /Shading << /S1 7 0 R >> /Pattern << /P1 << /PatternType 2 /Shading 7 0 R >> >> \
    /ExtGState << /G1 << /ca .5 /BM /Multiply >> /G2 << /SMask << /S /Luminosity /G 5 0 R >> >> >> \
    /ColorSpace << /C1 [/Separation /Red /DeviceCMYK 8 0 R] /C2 [/Indexed /DeviceRGB 1 <000000ffffff>] >> >>";

fuzz_target!(|content: &[u8]| {
    let stream = |entries: &str, data: &[u8]| {
        let mut object = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
        object.extend_from_slice(data);
        object.extend_from_slice(b"\nendstream");
        object
    };
    let function = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 1 0] /N 1 >>";
    let objects: [Vec<u8>; 8] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 432 648] /Contents 4 0 R /Resources {RESOURCES} >>").into_bytes(),
        stream("", content),
        stream("/Subtype /Form /BBox [0 0 90 90] /Group << /S /Transparency >>", b"0 0 45 45 re f"),
        stream("/Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray", &[0, 90, 180, 255]),
        format!("<< /ShadingType 2 /ColorSpace /DeviceCMYK /Coords [0 0 90 90] /Function {function} >>").into_bytes(),
        function.as_bytes().to_vec(),
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    for (n, object) in objects.iter().enumerate() {
        bytes.extend_from_slice(format!("{} 0 obj\n", n + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    // Without a table: readers find the objects.
    bytes.extend_from_slice(b"trailer\n<< /Root 1 0 R /Size 9 >>\n%%EOF\n");
    measured(bytes);
});
