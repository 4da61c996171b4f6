//! A cover's geometry drawn as a template: guides on named layers, and the same as SVG.

use std::fmt::Write;

use super::escape::html as escape;
use crate::guides::{GuideLayer, Guides};
use crate::model::geometry::Rect;
use crate::profile::{Cover, Edge};
use crate::resolve::ResolvedJob;

/// The guides of a cover, one layer a kind.
pub fn guides(resolved: &ResolvedJob<'_>, cover: &Cover) -> Guides {
    let whole = Rect::new(0.0, 0.0, cover.size.width, cover.size.height);
    let pages = resolved.printed().first().copied().unwrap_or_default();
    let stock = resolved.stock.map_or("", |s| s.title.as_str());
    let layer = |name, colour, areas: Vec<(String, Rect)>| GuideLayer {
        name,
        colour,
        tinted: false,
        dashed: false,
        areas,
        lines: Vec::new(),
    };
    let edge = match cover.edge {
        Edge::Bleed => "bleed",
        Edge::Wrap => "wrap",
    };
    let parts = |are_strips: bool| -> Vec<(String, Rect)> {
        let panels = cover.panels.iter();
        let of = panels.filter(|p| p.kind.is_strip() == are_strips);
        of.map(|p| (p.kind.word().to_owned(), p.area)).collect()
    };
    let mut layers = vec![
        layer("bleed", [0, 158, 224], vec![(edge.to_owned(), whole)]),
        layer("trim", [0, 0, 0], parts(false)),
    ];
    let strips = parts(true);
    if !strips.is_empty() {
        layers.push(GuideLayer {
            tinted: true,
            ..layer("hinges", [230, 126, 34], strips)
        });
    }
    layers.push(GuideLayer {
        dashed: true,
        lines: cover.folds.clone(),
        ..layer("folds", [227, 0, 122], Vec::new())
    });
    if !cover.safe.is_empty() {
        let safe = cover
            .safe
            .iter()
            .map(|p| (p.kind.word().to_owned(), p.area))
            .collect();
        layers.push(GuideLayer {
            dashed: true,
            ..layer("safe areas", [0, 135, 62], safe)
        });
    }
    if let Some(area) = cover.barcode {
        layers.push(GuideLayer {
            tinted: true,
            ..layer(
                "barcode",
                [110, 110, 110],
                vec![("barcode".to_owned(), area)],
            )
        });
    }
    Guides {
        title: format!("{}, {pages} pages, {stock}", resolved.profile.title),
        size: cover.size,
        trim: cover.finished,
        layers,
    }
}

/// The guides as SVG at full size: one group a layer, which Inkscape shows as layers.
pub fn svg(guides: &Guides) -> String {
    let (w, h) = (guides.size.width, guides.size.height);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" \
         width=\"{}in\" height=\"{}in\" viewBox=\"0 0 {} {}\">",
        number(w / 72.0),
        number(h / 72.0),
        number(w),
        number(h)
    );
    let _ = writeln!(out, "  <title>{}</title>", escape(&guides.title));
    for layer in &guides.layers {
        let [r, g, b] = layer.colour;
        let colour = format!("#{r:02x}{g:02x}{b:02x}");
        let fill = if layer.tinted {
            colour.as_str()
        } else {
            "none"
        };
        let dashes = if layer.dashed {
            " stroke-dasharray=\"6 3\""
        } else {
            ""
        };
        let _ = writeln!(
            out,
            "  <g id=\"{1}\" inkscape:groupmode=\"layer\" inkscape:label=\"{0}\" fill=\"{fill}\" fill-opacity=\"0.15\" \
             stroke=\"{colour}\" stroke-width=\"0.5\"{dashes}>",
            layer.name,
            layer.name.replace(' ', "-")
        );
        for (what, area) in &layer.areas {
            let [x0, y0, x1, y1] = area.to_f64();
            let _ = writeln!(
                out,
                "    <rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>",
                number(x0),
                number(y0),
                number(x1 - x0),
                number(y1 - y0),
                escape(what)
            );
        }
        for x in &layer.lines {
            let _ = writeln!(
                out,
                "    <line x1=\"{0}\" y1=\"0\" x2=\"{0}\" y2=\"{1}\"/>",
                number(*x),
                number(h)
            );
        }
        out.push_str("  </g>\n");
    }
    out.push_str("</svg>\n");
    out
}

/// Four decimals at most, without trailing zeros.
fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
