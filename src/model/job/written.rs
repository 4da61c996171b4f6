//! A job written as JSON, to be read again elsewhere.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::model::error::Error;
use crate::model::job::{Bleed, Job};
use crate::model::units::{Length, Unit};

impl Job {
    /// The job as JSON with the members of a `book.toml`, from which [`Job::from_json`] makes the same job. What it leaves open
    /// is left out. A path that is no Unicode is an error, for JSON cannot hold it.
    pub fn to_json(&self) -> Result<String, Error> {
        let mut told = Map::new();
        let mut tell = |member: &str, value: Option<Value>| {
            if let Some(value) = value {
                told.insert(member.to_owned(), value);
            }
        };
        tell("interior", self.interior.as_deref().map(path).transpose()?);
        tell("cover", self.cover.as_deref().map(path).transpose()?);
        let mut editions = Map::new();
        for (platform, edition) in &self.editions {
            let mut own = Map::new();
            if let Some(cover) = &edition.cover {
                own.insert("cover".to_owned(), path(cover)?);
            }
            if let Some(isbn) = &edition.isbn {
                own.insert("isbn".to_owned(), isbn.as_str().into());
            }
            editions.insert(platform.clone(), own.into());
        }
        tell("editions", (!editions.is_empty()).then(|| editions.into()));
        tell(
            "for",
            (!self.platforms.is_empty()).then(|| self.platforms.clone().into()),
        );
        let trim = self.trim.map(|trim| {
            let side = |points| number(Length::pt(points), trim.unit);
            // Not as an array, which is rounded for people.
            let [width, height] = [trim.size.width, trim.size.height].map(side);
            format!("{width}x{height}{}", suffix(trim.unit)).into()
        });
        tell("trim", trim);
        let word = |value: Result<Value, serde_json::Error>| value.ok();
        tell("binding", self.binding.map(|b| b.word().into()));
        tell("ink", self.ink.map(|i| i.word().into()));
        tell("paper", self.paper.map(serde_json::to_value).and_then(word));
        tell("weight", self.weight.map(Into::into));
        let bleed = (self.bleed != Bleed::Auto).then_some(self.bleed);
        tell("bleed", bleed.map(serde_json::to_value).and_then(word));
        let direction = self.direction.map(serde_json::to_value);
        tell("direction", direction.and_then(word));
        tell("isbn", self.isbn.as_deref().map(Into::into));
        tell("title", self.title.as_deref().map(Into::into));
        tell("author", self.author.as_deref().map(Into::into));
        tell("pages", self.pages.map(Into::into));
        let spine = self.spine.map(|spine| {
            let unit = self.unit.unwrap_or(Unit::Inches);
            format!("{}{}", number(spine, unit), suffix(unit)).into()
        });
        tell("spine", spine);
        tell("unit", self.unit.map(serde_json::to_value).and_then(word));
        Ok(Value::from(told).to_string())
    }
}

fn path(path: &Path) -> Result<Value, Error> {
    let text = path.to_str().ok_or_else(|| {
        Error::Job(format!(
            "{}: a path that is no Unicode cannot be written as JSON",
            PathBuf::from(path).display()
        ))
    })?;
    Ok(text.into())
}

const fn suffix(unit: Unit) -> &'static str {
    match unit {
        Unit::Inches => "in",
        Unit::Millimetres => "mm",
    }
}

/// The shortest number that is read as exactly this length.
fn number(length: Length, unit: Unit) -> String {
    let (value, read): (f64, fn(f64) -> Length) = match unit {
        Unit::Inches => (length.as_inches(), Length::inches),
        Unit::Millimetres => (length.as_mm(), Length::mm),
    };
    let is_exact = |text: &String| text.parse().is_ok_and(|number| read(number) == length);
    let mut shortest = (0..18).map(|decimals| format!("{value:.decimals$}"));
    shortest.find(is_exact).unwrap_or_else(|| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::geometry::Direction;
    use crate::model::job::{Edition, Ink, Paper, WantedBinding};

    #[test]
    fn a_job_is_read_again_as_it_was() {
        let edition = Edition {
            cover: Some("kdp \"1\".pdf".into()),
            isbn: Some("9781234567897".to_owned()),
        };
        let full = Job {
            interior: Some("böök/interior.pdf".into()),
            cover: Some("cover.pdf".into()),
            editions: [("kdp".to_owned(), edition)].into(),
            platforms: vec!["kdp".to_owned(), "ingramspark/paperback".to_owned()],
            trim: "148x210mm".parse().ok(),
            binding: Some(WantedBinding::Hardcover),
            ink: Some(Ink::StandardColour),
            paper: Some(Paper::Groundwood),
            weight: Some(50),
            bleed: Bleed::No,
            direction: Some(Direction::Rtl),
            isbn: Some("9781234567897".to_owned()),
            title: Some("A \"title\"\n=1".to_owned()),
            author: Some("B".to_owned()),
            pages: Some(24),
            spine: Some(Length::inches(0.61)),
            unit: Some(Unit::Millimetres),
        };
        let mut jobs = vec![Job::default(), full];
        for trim in [
            "6x9",
            "5.827x8.268",
            "152x229mm",
            "6.000001x9",
            "a5",
            "15.5x22.1cm",
        ] {
            jobs.push(Job {
                trim: trim.parse().ok(),
                ..Job::default()
            });
        }
        for job in jobs {
            let text = job.to_json().unwrap();
            assert_eq!(Job::from_json(&text).unwrap(), job, "{text}");
        }
        let six = Job::from_json("{\"trim\":\"6x9\"}").unwrap();
        assert_eq!(six.to_json().unwrap(), "{\"trim\":\"6x9in\"}");
    }
}
