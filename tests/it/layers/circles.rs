//! Circles of imports: modules that use each other, straight or by way of others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use syn::visit::Visit;

/// What each module uses of the others.
pub(crate) type Uses = BTreeMap<String, BTreeSet<String>>;

/// The paths in a file outside its tests, as written.
#[derive(Default)]
struct Written(Vec<Vec<String>>);

impl Written {
    fn tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |name: String| [before, &[name]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&path.tree, &with(path.ident.to_string())),
            syn::UseTree::Name(name) => self.0.push(with(name.ident.to_string())),
            syn::UseTree::Rename(rename) => self.0.push(with(rename.ident.to_string())),
            syn::UseTree::Glob(_) => self.0.push(before.to_vec()),
            syn::UseTree::Group(group) => {
                for item in &group.items {
                    self.tree(item, before);
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Written {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&item.tree, &[]);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.ident != "tests" {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter().map(|s| s.ident.to_string());
        self.0.push(names.collect());
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, makro: &'ast syn::Macro) {
        // What a macro is given is no syntax tree, but its paths begin as all do.
        let text = makro.tokens.to_string().replace(' ', "");
        for begin in ["crate::", "super::"] {
            for (at, _) in text.match_indices(begin) {
                let rest = text.get(at..).unwrap_or_default();
                let end = rest.find(|c: char| !(c.is_alphanumeric() || "_:".contains(c)));
                let path = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
                self.0.push(path.split("::").map(str::to_owned).collect());
            }
        }
        syn::visit::visit_macro(self, makro);
    }
}

/// The module that a source file is.
pub(crate) fn module(file: &Path) -> Vec<String> {
    let inside = file.strip_prefix("src").unwrap().with_extension("");
    let mut names: Vec<String> = inside
        .components()
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    if names.last().is_some_and(|n| n == "mod") {
        names.pop();
    }
    names
}

/// A path of this program, from its root on, as a module writes it.
fn resolved(own: &[String], path: &[String]) -> Option<Vec<String>> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    match path.first().map(String::as_str) {
        Some("crate" | "presscheck") => Some(path.get(1..).unwrap_or_default().to_vec()),
        Some("super") => {
            let base = own.get(..own.len().saturating_sub(ups)).unwrap_or_default();
            Some([base, path.get(ups..).unwrap_or_default()].concat())
        }
        _ => None,
    }
}

/// The modules at the root that a file names, in macros and by `super` as well.
pub(crate) fn tops(own: &[String], file: &syn::File) -> BTreeSet<String> {
    let mut written = Written::default();
    written.visit_file(file);
    let paths = written.0.iter().filter_map(|path| resolved(own, path));
    paths.filter_map(|path| path.into_iter().next()).collect()
}

/// What the modules of these files use of each other.
pub(crate) fn uses(files: &[(std::path::PathBuf, String)]) -> Uses {
    let known: BTreeSet<String> = files.iter().map(|(f, _)| module(f).join("::")).collect();
    let mut uses = Uses::new();
    for (file, text) in files {
        let own = module(file);
        let mut written = Written::default();
        written.visit_file(&syn::parse_file(text).expect("every source parses"));
        let of = uses.entry(own.join("::")).or_default();
        for path in written.0 {
            let Some(mut names) = resolved(&own, &path) else {
                continue;
            };
            while !names.is_empty() && !known.contains(&names.join("::")) {
                names.pop();
            }
            if !names.is_empty() && names != own {
                of.insert(names.join("::"));
            }
        }
    }
    uses
}

/// Modules that come back to themselves, each circle once.
pub(crate) fn circles(uses: &Uses) -> Vec<Vec<String>> {
    let reach = |from: &String| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(next) = open.pop() {
            for used in uses.get(next).into_iter().flatten() {
                if seen.insert(used) {
                    open.push(used);
                }
            }
        }
        seen
    };
    let all: BTreeMap<&String, BTreeSet<&String>> = uses.keys().map(|m| (m, reach(m))).collect();
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for (module, reached) in &all {
        if reached.contains(module) {
            let back = |other: &&&String| all.get(**other).is_some_and(|r| r.contains(module));
            found.insert(reached.iter().filter(back).map(|m| (*m).clone()).collect());
        }
    }
    found.into_iter().collect()
}
