//! A terminal's text as an SVG picture.

use std::fmt::Write;

const LINE: f64 = 17.0;
const COLUMN: f64 = 7.83;
const LEFT: f64 = 18.0;

/// Lines with ANSI colours as a picture, with the command that printed them on top.
pub(crate) fn svg(command: &str, lines: &[&str]) -> String {
    let columns = lines
        .iter()
        .map(|l| plain(l).chars().count())
        .max()
        .unwrap_or(80);
    #[allow(clippy::cast_precision_loss)]
    let (width, height) = (
        columns as f64 * COLUMN + 2.0 * LEFT,
        (lines.len() + 3) as f64 * LINE + 64.0,
    );
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         font-family=\"ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace\" font-size=\"13\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1b1e24\"/>\n\
         <g fill=\"#4a505c\"><circle cx=\"20\" cy=\"18\" r=\"5\"/><circle cx=\"36\" cy=\"18\" r=\"5\"/><circle cx=\"52\" cy=\"18\" r=\"5\"/></g>\n"
    );
    let mut y = 50.0;
    let _ = writeln!(
        out,
        "<text x=\"{LEFT}\" y=\"{y:.1}\" fill=\"#8b93a1\" xml:space=\"preserve\">$ <tspan fill=\"#e6e9ef\">{}</tspan></text>",
        escape(command)
    );
    y += LINE * 1.6;
    for line in lines {
        let _ = writeln!(
            out,
            "<text x=\"{LEFT}\" y=\"{y:.1}\" fill=\"#d5d9e0\" xml:space=\"preserve\">{}</text>",
            spans(line)
        );
        y += LINE;
    }
    out + "</svg>\n"
}

fn plain(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        out.push_str(before);
        rest = after.split_once('m').map_or("", |(_, r)| r);
    }
    out + rest
}

fn spans(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(&escape(before));
        let Some((code, after)) = after.split_once('m') else {
            return out;
        };
        match code {
            "0" => out.push_str("</tspan>"),
            "1" => out.push_str("<tspan font-weight=\"bold\" fill=\"#f2f4f8\">"),
            "2" => out.push_str("<tspan fill=\"#8b93a1\">"),
            "1;31" => out.push_str("<tspan font-weight=\"bold\" fill=\"#ff7b72\">"),
            "1;33" => out.push_str("<tspan font-weight=\"bold\" fill=\"#e3b341\">"),
            "1;36" => out.push_str("<tspan font-weight=\"bold\" fill=\"#56d4dd\">"),
            _ => out.push_str("<tspan font-weight=\"bold\" fill=\"#7ee787\">"),
        }
        rest = after;
    }
    out + &escape(rest)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
