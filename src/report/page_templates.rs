//! Pages of HTML from templates. What comes from a file is escaped unless a template says that it is safe.

use minijinja::{AutoEscape, Environment, Value, escape_formatter};

use crate::model::error::Error;
use crate::model::visible::{isolated, visible_lines};

use super::escape;

/// The colours of all pages, light and dark.
pub(crate) const PALETTE: &str = include_str!("palette.css");

/// The templates of a page, by name.
pub(crate) struct Templates(Environment<'static>);

impl Templates {
    /// Reads templates.
    pub(crate) fn new(templates: &[(&'static str, &'static str)]) -> Result<Self, Error> {
        let mut all = Environment::new();
        all.set_auto_escape_callback(|_| AutoEscape::Html);
        all.set_formatter(|out, state, value| match value.as_str() {
            // Marks of direction would act beyond the place where a text stands.
            Some(text) if !value.is_safe() => {
                escape_formatter(out, state, &Value::from(&*isolated(&visible_lines(text))))
            }
            _ => escape_formatter(out, state, value),
        });
        all.add_filter("worded", |text: String| {
            Value::from_safe_string(escape::worded(&text))
        });
        for (name, text) in templates {
            all.add_template(name, text).map_err(fault)?;
        }
        Ok(Self(all))
    }

    /// Fills one in.
    pub(crate) fn render(&self, name: &str, values: Value) -> Result<String, Error> {
        let template = self.0.get_template(name).map_err(fault)?;
        template.render(values).map_err(fault)
    }
}

fn fault(error: minijinja::Error) -> Error {
    Error::Job(format!("the page could not be written: {error:#}"))
}
