//! Page trees that are none.

use super::{End, Put};
use crate::studio::pdf::{Id, Pdf};

pub fn fill(put: Put<'_>) {
    put("no-pages", End::Unchecked, tree("[]", "0", |_, _| {}));
    put(
        "page-tree-of-itself",
        End::Unchecked,
        tree("[ROOT ROOT]", "2", |_, _| {}),
    );
    put(
        "page-tree-cycle",
        End::Any,
        tree("[5 0 R 6 0 R]", "3", |pdf, root| {
            pdf.add(format!(
                "<< /Type /Pages /Parent {root} /Count 2 /Kids [{root} 6 0 R] >>"
            ));
            pdf.add(leaf(root));
        }),
    );
    put(
        "kids-of-wrong-kinds",
        End::Any,
        tree(
            "[1 /Name (text) null [4 0 R] << >> 3 0 R 5 0 R 999 0 R]",
            "9",
            |pdf, root| {
                pdf.add(leaf(root));
            },
        ),
    );
    put(
        "kids-no-array",
        End::Unchecked,
        tree("(none)", "1", |_, _| {}),
    );
    put(
        "count-of-billions",
        End::Any,
        tree("[5 0 R]", "2147483647", |pdf, root| {
            pdf.add(leaf(root));
        }),
    );
    put(
        "count-negative",
        End::Any,
        tree("[5 0 R]", "-1", |pdf, root| {
            pdf.add(leaf(root));
        }),
    );
    // Ten times the same node in each of nine levels: a thousand million pages in two kilobytes.
    put(
        "page-tree-explosion",
        End::Any,
        tree("[5 0 R 5 0 R]", "", |pdf, root| {
            for level in 6..=14 {
                let kids = format!("{level} 0 R ").repeat(10);
                pdf.add(format!(
                    "<< /Type /Pages /Parent {root} /Count 1000000000 /Kids [{kids}] >>"
                ));
            }
            pdf.add(leaf(root));
        }),
    );
    put(
        "page-tree-as-deep-as-a-well",
        End::Any,
        tree("[5 0 R]", "1", |pdf, root| {
            for level in 6..=1005 {
                pdf.add(format!(
                    "<< /Type /Pages /Parent {} 0 R /Count 1 /Kids [{level} 0 R] >>",
                    level - 2
                ));
            }
            pdf.add(leaf(root));
        }),
    );
    put(
        "parent-is-itself",
        End::Any,
        tree("[5 0 R]", "1", |pdf, _| {
            pdf.add("<< /Type /Page /Parent 5 0 R /Contents 6 0 R >>");
            pdf.stream("", b"0 0 9 9 re f");
        }),
    );
}

/// A file whose page tree's root has these `/Kids` and `/Count`; objects follow from `more`.
fn tree(kids: &str, count: &str, more: impl FnOnce(&mut Pdf, Id)) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let root = pdf.reserve();
    let mut entries = format!("<< /Type /Pages /Kids {kids}");
    if !count.is_empty() {
        entries.push_str(&format!(" /Count {count}"));
    }
    pdf.set(root, entries.replace("ROOT", &root.to_string()) + " >>");
    pdf.catalog("Pages", root);
    more(&mut pdf, root);
    pdf.finish()
}

fn leaf(parent: Id) -> String {
    format!("<< /Type /Page /Parent {parent} /MediaBox [0 0 432 648] /Resources << >> >>")
}
