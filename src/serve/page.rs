//! The page, and the files that it loads.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Serialize;

use super::app::App;
use super::problem::Problem;
use crate::profile::Profile;
use crate::report::page_templates::{PALETTE, Templates};

const PAGE: &str = include_str!("page/index.html");
const STYLE: &str = include_str!("page/style.css");
/// Scripts by their names in addresses.
const SCRIPTS: [(&str, &str); 4] = [
    ("app.js", include_str!("page/app.js")),
    ("books.js", include_str!("page/books.js")),
    ("calculator.js", include_str!("page/calculator.js")),
    ("server.js", include_str!("page/server.js")),
];

/// A product to choose.
#[derive(Serialize)]
struct Product<'p> {
    id: &'p str,
    title: &'p str,
    platform: &'p str,
    /// What people call the platform.
    platform_title: &'p str,
    /// Whether it is the first of its platform.
    first: bool,
    guest: bool,
    /// How the platform's books can be bound, separated by spaces.
    bindings: String,
}

/// Standards to choose from, of one maker.
#[derive(Serialize)]
struct Standards<'p> {
    /// Whose they are, where they are so many that they are folded away.
    heading: Option<&'p str>,
    /// Their ids and titles.
    all: Vec<[&'p str; 2]>,
}

/// The standards that files can be held to.
fn standards(profiles: &[Profile]) -> Vec<Standards<'_>> {
    let mut makers: Vec<(&str, Standards<'_>)> = Vec::new();
    for profile in profiles.iter().filter(|p| p.standard) {
        let (heading, title) = match profile.title.split_once(", ") {
            Some((heading, title)) => (Some(heading), title),
            None => (None, profile.title.as_str()),
        };
        let one = [profile.id.as_str(), title];
        match makers
            .iter_mut()
            .find(|(maker, _)| *maker == profile.platform)
        {
            Some((_, standards)) => standards.all.push(one),
            None => {
                let standards = Standards {
                    heading,
                    all: vec![one],
                };
                makers.push((&profile.platform, standards));
            }
        }
    }
    makers.into_iter().map(|(_, standards)| standards).collect()
}

/// The products, those of the usual platforms first.
fn products(profiles: &[Profile]) -> Vec<Product<'_>> {
    let mut known: Vec<&Profile> = profiles.iter().filter(|p| !p.standard).collect();
    known.sort_by_key(|profile| profile.guest);
    let mut products: Vec<Product<'_>> = Vec::new();
    for profile in known {
        let first = products.iter().all(|p| p.platform != profile.platform);
        products.push(Product {
            id: &profile.id,
            title: &profile.title,
            platform: &profile.platform,
            platform_title: without_binding(&profile.title),
            first,
            guest: profile.guest,
            bindings: bindings(profiles, &profile.platform),
        });
    }
    products
}

fn bindings(profiles: &[Profile], platform: &str) -> String {
    let of_platform = profiles.iter().filter(|p| p.platform == platform);
    let words: Vec<&str> = of_platform.map(|p| p.binding.word()).collect();
    words.join(" ")
}

/// A platform's name, from the title of one of its products: `KDP Print paperback`.
fn without_binding(title: &str) -> &str {
    let at = [" paperback", " hardcover"].map(|binding| title.find(binding));
    let end = at.into_iter().flatten().min();
    end.and_then(|end| title.get(..end)).unwrap_or(title)
}

/// The page, with the token that its requests carry.
pub(super) async fn page(Shared(app): Shared<Arc<App>>) -> Result<Response, Problem> {
    let values = context! {
        token => app.access.token(),
        version => env!("CARGO_PKG_VERSION"),
        local => app.access.is_local(),
        upload_bytes => app.capacity.upload_bytes,
        products => Value::from(Serde(products(&app.profiles))),
        standards => Value::from(Serde(standards(&app.profiles))),
    };
    let text = Templates::new(&[("index", PAGE)])?.render("index", values)?;
    Ok(Html(text).into_response())
}

/// The page's style sheet.
pub(super) async fn style() -> Response {
    let style = [PALETTE, STYLE].concat();
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], style).into_response()
}

/// The page's scripts, by name.
pub(super) fn scripts() -> impl Iterator<Item = (&'static str, &'static str)> {
    SCRIPTS.into_iter()
}
