//! The house keeps its layers: who may use whom, and where crates of the outside world may be named.

mod circles;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use syn::visit::Visit;

/// What a module of the library may use besides itself. `pipeline` is the whole flow and may use all but `report`.
const LAYERS: &[(&str, &[&str])] = &[
    ("isbn", &[]),
    ("model", &["isbn"]),
    ("fault", &["model"]),
    ("guides", &["model"]),
    ("phrases", &["model"]),
    ("wording", &["model"]),
    ("output", &["model"]),
    ("pdf", &["model", "guides"]),
    (
        "measure",
        &["model", "pdf", "isbn", "phrases", "wording", "fault"],
    ),
    ("worker", &["model", "measure"]),
    (
        "pictures",
        &["model", "measure", "worker", "pipeline", "report"],
    ),
    ("profile", &["model"]),
    ("resolve", &["model", "profile", "wording"]),
    (
        "rules",
        &["model", "resolve", "profile", "isbn", "phrases", "wording"],
    ),
    ("check", &["model", "resolve", "rules", "profile"]),
    (
        "pipeline",
        &[
            "model", "check", "resolve", "rules", "profile", "measure", "worker",
        ],
    ),
    (
        "report",
        &[
            "model", "pipeline", "check", "resolve", "rules", "profile", "guides", "isbn",
        ],
    ),
    (
        "checker",
        &[
            "model", "pipeline", "report", "check", "profile", "measure", "worker",
        ],
    ),
    (
        "answers",
        &[
            "model", "pipeline", "report", "pictures", "profile", "resolve", "pdf", "guides",
            "output",
        ],
    ),
    (
        "serve",
        &[
            "model", "pipeline", "answers", "report", "measure", "profile", "worker",
        ],
    ),
    // A backlist is many runs of the whole flow: it uses what a program would use.
    (
        "batch",
        &[
            "model", "pipeline", "report", "check", "rules", "profile", "isbn", "output",
        ],
    ),
    // The command line uses what a program would use.
    (
        "cli",
        &[
            "answers", "batch", "check", "fault", "measure", "model", "output", "pipeline",
            "profile", "report", "resolve", "rules", "serve", "worker",
        ],
    ),
];

/// Crates that only one module may name.
const OUTSIDE: &[(&str, &str)] = &[
    ("hayro", "pdf"),
    ("hayro_syntax", "pdf"),
    ("hayro_font", "pdf"),
    ("moxcms", "pdf"),
    ("zeno", "pdf"),
    ("lopdf", "pdf"),
    ("flate2", "pdf"),
    ("zune_jpeg", "pdf"),
    ("unicode_normalization", "wording"),
    ("weezl", "pdf"),
    ("hayro_ccitt", "pdf"),
    ("hayro_jbig2", "pdf"),
    ("hayro_jpeg2000", "pdf"),
    ("skrifa", "pdf"),
    ("presscheck_barcode", "measure"),
    ("landlock", "worker"),
    ("seccompiler", "worker"),
    ("libc", "worker"),
    ("rlimit", "worker"),
    ("win32job", "worker"),
    ("bitcode", "worker"),
    ("rayon", "measure"),
    ("minijinja", "report"),
    ("base64", "report"),
    ("serde_sarif", "report"),
    ("quick_junit", "report"),
    ("terminal_size", "cli"),
    ("tracing_subscriber", "cli"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
    ("indicatif", "cli"),
    ("csv", "batch"),
    ("calamine", "batch"),
    ("encoding_rs", "batch"),
    ("encoding_rs_io", "batch"),
    ("dirs", "cli"),
    ("tempfile", "output"),
    ("axum", "serve"),
    ("hyper", "serve"),
    ("hyper_util", "serve"),
    ("tokio", "serve"),
    ("tokio_io_timeout", "serve"),
    ("futures_util", "serve"),
    ("getrandom", "serve"),
];

/// Crates that others may name as well: thread pools are set up by who starts threads, what the cache keeps is packed, chunks
/// of pictures have check sums, and codes carry text in old encodings as spreadsheets do.
const SHARED: &[(&str, &str)] = &[
    ("rayon", "cli"),
    ("rayon", "batch"),
    ("rayon", "worker"),
    ("rayon", "pictures"),
    ("rayon", "serve"),
    // What crosses from a worker to the program that started it.
    ("bitcode", "isbn"),
    ("bitcode", "model"),
    ("bitcode", "measure"),
    ("flate2", "batch"),
    // The page of a backlist is made from templates as the report is.
    ("minijinja", "batch"),
    ("flate2", "output"),
    // The page in the browser is made from a template, too, and uploads are files that go by themselves.
    ("minijinja", "serve"),
    ("tempfile", "serve"),
    // Connections are files, too.
    ("rlimit", "serve"),
    // Grades are facts.
    ("presscheck_barcode", "model"),
];

/// First segments of every path in a file, with the one after `crate`.
#[derive(Default)]
struct Paths {
    inside: BTreeSet<String>,
    outside: BTreeSet<String>,
}

impl Paths {
    fn take(&mut self, first: &str, second: Option<String>) {
        match (first, second) {
            ("crate" | "presscheck", Some(second)) => {
                self.inside.insert(second);
            }
            (first, _) => {
                self.outside.insert(first.to_owned());
            }
        }
    }

    fn tree(&mut self, tree: &syn::UseTree, first: Option<&str>) {
        match tree {
            syn::UseTree::Path(path) => {
                let name = path.ident.to_string();
                match first {
                    None if name == "crate" || name == "presscheck" => {
                        self.tree(&path.tree, Some("crate"))
                    }
                    None => self.take(&name, None),
                    Some(first) => self.take(first, Some(name)),
                }
            }
            syn::UseTree::Name(name) => match first {
                None => self.take(&name.ident.to_string(), None),
                Some(first) => self.take(first, Some(name.ident.to_string())),
            },
            syn::UseTree::Rename(rename) => match first {
                None => self.take(&rename.ident.to_string(), None),
                Some(first) => self.take(first, Some(rename.ident.to_string())),
            },
            syn::UseTree::Group(group) => {
                for item in &group.items {
                    self.tree(item, first);
                }
            }
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&item.tree, None);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut segments = path.segments.iter().map(|s| s.ident.to_string());
        if let Some(first) = segments.next() {
            self.take(&first, segments.next());
        }
        syn::visit::visit_path(self, path);
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn module(file: &Path) -> String {
    let inside = file.strip_prefix("src").unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

fn violations(module: &str, within: &[String], text: &str) -> Vec<String> {
    let mut paths = Paths::default();
    let parsed = syn::parse_file(text).expect("every source parses");
    paths.visit_file(&parsed);
    paths.inside.extend(circles::tops(within, &parsed));
    let mut wrong = Vec::new();
    if let Some((_, may)) = LAYERS.iter().find(|(m, _)| *m == module) {
        let known = |m: &str| LAYERS.iter().any(|(l, _)| *l == m);
        wrong.extend(
            paths
                .inside
                .iter()
                .filter(|used| known(used) && *used != module && !may.contains(&used.as_str()))
                .map(|used| format!("{module} uses {used}")),
        );
    }
    wrong.extend(
        OUTSIDE
            .iter()
            .filter(|(name, home)| paths.outside.contains(*name) && *home != module)
            .filter(|(name, _)| !SHARED.contains(&(*name, module)))
            .map(|(name, home)| {
                format!("{module} names the crate {name}, which belongs to {home}")
            }),
    );
    wrong
}

#[test]
fn every_module_stays_in_its_layer() {
    let mut wrong = Vec::new();
    for file in sources(Path::new("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let module = module(&file);
        wrong.extend(
            violations(&module, &circles::module(&file), &text)
                .into_iter()
                .map(|w| format!("{}: {w}", file.display())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    let files: Vec<(PathBuf, String)> = sources(Path::new("src"))
        .into_iter()
        .map(|file| {
            let text = std::fs::read_to_string(&file).unwrap();
            (file, text)
        })
        .collect();
    let found = circles::circles(&circles::uses(&files));
    let told: Vec<String> = found.iter().map(|circle| circle.join(", ")).collect();
    assert!(found.is_empty(), "{}", told.join("\n"));
}

#[test]
fn a_planted_circle_is_found() {
    let file = |name: &str, text: &str| (PathBuf::from(format!("src/{name}.rs")), text.to_owned());
    let planted = [
        file("a/mod", "mod b; mod c;"),
        file("a/b", "use super::c::C;"),
        file("a/c", "fn f() { println!(\"{}\", crate::d::D) }"),
        file("d", "fn f(b: &crate::a::b::B) {}"),
        file("e", "use crate::d::D; mod tests { use crate::e::E; }"),
    ];
    let found = circles::circles(&circles::uses(&planted));
    assert_eq!(found, [["a::b", "a::c", "d"].map(str::to_owned)]);
}

#[test]
fn every_module_has_a_layer() {
    for file in sources(Path::new("src")) {
        let module = module(&file);
        let known =
            LAYERS.iter().any(|(m, _)| *m == module) || ["lib", "main"].contains(&module.as_str());
        assert!(
            known,
            "{} has no layer in tests/it/layers.rs",
            file.display()
        );
    }
}

/// The table of who may use whom, as ARCHITECTURE.md prints it: modules that may use the same stand together.
fn table() -> String {
    let mut rows: Vec<(Vec<&str>, &[&str])> = Vec::new();
    for (module, may) in LAYERS {
        match rows.iter_mut().find(|(_, known)| known == may) {
            Some((modules, _)) => modules.push(module),
            None => rows.push((vec![module], may)),
        }
    }
    let names = |all: &[&str]| {
        let all: Vec<String> = all.iter().map(|m| format!("`{m}`")).collect();
        all.join(", ")
    };
    let mut table = "| module | may use |\n|---|---|\n".to_owned();
    for (modules, may) in rows {
        let may = if may.is_empty() {
            "nothing".to_owned()
        } else {
            names(may)
        };
        table += &format!("| {} | {may} |\n", names(&modules));
    }
    table
}

#[test]
fn the_table_of_layers_is_printed_as_it_is() {
    const GUIDE: &str = "ARCHITECTURE.md";
    let text = std::fs::read_to_string(GUIDE).unwrap();
    let begin = text.find("| module | may use |").expect("the table");
    let end = text[begin..]
        .find("\n\n")
        .map_or(text.len(), |n| begin + n + 1);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(GUIDE, [&text[..begin], &table(), &text[end..]].concat()).unwrap();
        return;
    }
    assert_eq!(
        &text[begin..end],
        table(),
        "stale; run UPDATE=1 cargo test --test it layers::"
    );
}

#[test]
fn planted_violations_are_found() {
    let planted = [
        ("rules", "use crate::pdf::Reader;", "rules uses pdf"),
        (
            "model",
            "fn f() { let _ = crate::rules::find(\"x\"); }",
            "model uses rules",
        ),
        (
            "profile",
            "use crate::{model::job::Job, rules as r};",
            "profile uses rules",
        ),
        (
            "rules",
            "fn f() { dbg!(crate::pdf::Reader::open(b)); }",
            "rules uses pdf",
        ),
        (
            "check",
            "mod inner { use super::super::report::text; }",
            "check uses report",
        ),
        (
            "rules",
            "fn f(d: lopdf::Document) {}",
            "rules names the crate lopdf",
        ),
        (
            "report",
            "use {lopdf as q, std::fmt};",
            "report names the crate lopdf",
        ),
    ];
    for (module, text, wanted) in planted {
        let found = violations(module, &[module.to_owned()], text);
        assert!(
            found.iter().any(|f| f.starts_with(wanted)),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn every_file_says_what_it_is_for_and_is_short_enough() {
    let crates = sources(Path::new("crates/barcode/src"));
    for file in sources(Path::new("src")).into_iter().chain(crates) {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(
            text.starts_with("//! "),
            "{} does not open with what it is for",
            file.display()
        );
        let lines = text.lines().count();
        let excused = std::fs::read_to_string("ARCHITECTURE.md")
            .unwrap()
            .contains(&format!("`{}` is long", file.display()));
        assert!(
            lines <= 400 || excused,
            "{} has {lines} lines and no reason in ARCHITECTURE.md",
            file.display()
        );
    }
}

#[test]
fn a_rule_is_a_file_and_a_file_is_a_rule() {
    let is_rule = |file: &&PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        text.contains("\nimpl Rule for ")
    };
    let files: BTreeSet<String> = sources(Path::new("src/rules"))
        .iter()
        .filter(is_rule)
        .map(|f| f.display().to_string())
        .collect();
    let listed: BTreeSet<String> = presscheck::rules::all()
        .map(|e| presscheck::rules::path(e.meta.id).unwrap())
        .collect();
    assert_eq!(files, listed);
}

#[test]
fn every_rule_is_asked_for_by_some_product_and_says_enough() {
    let profiles = presscheck::profile::built_in().unwrap();
    for entry in presscheck::rules::all() {
        let meta = entry.meta;
        assert!(
            profiles.iter().any(|p| p.rules.contains_key(meta.id)),
            "{}: no product asks for it",
            meta.id
        );
        assert!(
            meta.why.len() > 60 && meta.fix.len() > 20,
            "{}: say more",
            meta.id
        );
        assert!(
            !meta.title.ends_with('.') && !meta.parts.is_empty(),
            "{}",
            meta.id
        );
        assert!(
            meta.title.starts_with(|c: char| c.is_lowercase()
                || c == 'Q'
                || meta.title.starts_with("a QR")),
            "{}",
            meta.id
        );
    }
}
