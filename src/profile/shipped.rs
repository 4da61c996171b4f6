//! The products and standards that ship with presscheck, as text.

macro_rules! shipped {
    ($($id:literal),* $(,)?) => {
        /// The products that ship with presscheck: id and text. Adding one is adding a file and a line here.
        pub const BUILT_IN: &[(&str, &str)] = &[
            $(($id, include_str!(concat!("../../templates/", $id, ".toml")))),*
        ];
    };
}

shipped! {
    "kdp/paperback",
    "kdp/case-laminate",
    "ingramspark/paperback",
    "ingramspark/case-laminate",
    "ingramspark/jacketed",
    "lightning-source/paperback",
    "lightning-source/case-laminate",
    "lightning-source/jacketed",
    "lulu/paperback",
    "lulu/case-laminate",
    "bookvault/paperback",
    "barnes-noble/paperback",
    "barnes-noble/case-laminate",
    "barnes-noble/jacketed",
    "bod/paperback",
    "mixam/paperback",
    "mixam/case-laminate",
    "blurb/paperback",
    "drivethrurpg/paperback",
    "drivethrurpg/case-laminate",
    "pdfx/1a-2001",
    "pdfx/1a-2003",
    "pdfx/3-2002",
    "pdfx/3-2003",
    "pdfx/4",
    "gwg/2022-sheet-cmyk",
    "gwg/2022-sheet-cmyk-rgb",
    "gwg/2022-sheet-spot-cmyk",
    "gwg/2022-sheet-spot-cmyk-rgb",
    "gwg/2022-web-cmyk",
    "gwg/2022-web-cmyk-rgb",
    "gwg/2022-web-spot-cmyk",
    "gwg/2022-web-spot-cmyk-rgb",
    "gwg/2022-web-news-cmyk",
    "gwg/2022-web-news-cmyk-rgb",
    "gwg/2022-magazine-ads-cmyk",
    "gwg/2022-magazine-ads-cmyk-rgb",
    "gwg/2022-newspaper-ads-cmyk",
    "gwg/2022-newspaper-ads-cmyk-rgb",
    "gwg/2022-digital-print",
    "gwg/2022-large-format",
    "gwg/2022-packaging-offset",
    "gwg/2022-packaging-gravure",
    "gwg/2022-packaging-flexo",
    "gwg/2022-label-leaflet",
    "gwg/2022-folding-carton",
    "gwg/2022-flexible",
    "gwg/2022-corrugated-display",
}
