//! The head of the text report: the files, what each product wants, what the cover's spine tells.

use std::fmt::Write;

use super::model::{AssumptionReport, CoverReport, FileReport, FitReport, Report, VerdictReport};
use super::text::{Emphasis, TextWriter};
use crate::model::finding::Part;
use crate::model::geometry::Direction;
use crate::model::units::Length;

impl TextWriter<'_> {
    pub(super) fn head(&mut self, report: &Report) {
        for file in &report.files {
            self.file(file, report.files.len());
        }
        self.missing(report);
        self.book(report);
        self.expectations(report);
        for cover in &report.covers {
            self.spine(cover, report);
        }
        self.out.push('\n');
    }

    /// The half of the book that was not given, where no product has it.
    fn missing(&mut self, report: &Report) {
        // A standard is of files, not of books.
        let products = || report.verdicts.iter().filter(|v| !v.standard);
        let mut halves = products().map(|v| report.only_file(&v.profile));
        if let Some(Some(part)) = halves.next()
            && halves.all(|half| half == Some(part))
        {
            let role = self.paint(&format!("{:<8}", part.other().word()), Emphasis::Dim);
            self.line(&format!("{role}  none was given"));
        }
    }

    /// The book as stated, and every assumption with its evidence.
    fn book(&mut self, report: &Report) {
        let assumed = |what: &str| report.job.assumptions.iter().any(|a| a.what == what);
        let asks_for_size = report.verdicts.iter().any(|v| !v.standard);
        let told = report.job.trim_pt.filter(|_| !assumed("trim"));
        if let Some(trim) = told.filter(|_| asks_for_size) {
            self.hang("book", &format!("trim {}", self.size(trim)), None);
        }
        // Left to right is what everybody expects: it goes without saying.
        let is_told = |a: &&AssumptionReport| {
            let is_usual = a.what == "direction" && report.job.direction == Direction::Ltr;
            self.style.verbose || !is_usual
        };
        let told: Vec<&AssumptionReport> = report.job.assumptions.iter().filter(is_told).collect();
        let mut label = "assumes";
        for one in &told {
            let text = format!("{} {}: {}", one.what, one.value, one.evidence);
            self.hang(label, &text, None);
            label = "";
        }
        let flags: Vec<String> = told.iter().map(|a| format!("--{}", a.what)).collect();
        if !flags.is_empty() {
            let text = format!("tell another with {}", flags.join(", "));
            self.hang("", &text, Some(Emphasis::Dim));
        }
    }

    /// What a cover's spine tells: the stocks it fits for this book, if any.
    fn spine(&mut self, cover: &CoverReport, report: &Report) {
        let Some(spine) = cover.spine_pt else {
            self.made_for(cover, report);
            return;
        };
        if let Some(what) = &cover.looks_like {
            self.hang("cover", what, None);
            return;
        }
        if spine <= 0.0 {
            return;
        }
        // The job's products, and other bindings at the same platforms.
        let platform = |id: &str| id.split('/').next().map(str::to_owned);
        let asked = |fit: &FitReport| {
            let of = platform(&fit.profile);
            report.verdicts.iter().any(|v| platform(&v.profile) == of)
        };
        let mut products: Vec<(String, Vec<String>)> = Vec::new();
        for fit in cover.fits.iter().filter(|f| f.this_book && asked(f)) {
            let name = self.name(&fit.profile);
            match products.iter_mut().find(|(n, _)| *n == name) {
                Some((_, titles)) => titles.push(fit.title.clone()),
                None => products.push((name, vec![fit.title.clone()])),
            }
        }
        // Platforms of one house take the same stocks: one clause for them all.
        let mut clauses: Vec<(Vec<String>, Vec<String>)> = Vec::new();
        for (name, titles) in products {
            match clauses.iter_mut().find(|(_, t)| *t == titles) {
                Some((names, _)) => names.push(name),
                None => clauses.push((vec![name], titles)),
            }
        }
        let fits: Vec<String> = clauses
            .into_iter()
            .map(|(names, titles)| format!("{} in {}", names.join(" and "), titles.join(" or ")))
            .collect();
        let of = if report.covers.len() > 1 {
            format!("{} has room for", cover.name)
        } else {
            "the cover has room for".to_owned()
        };
        let of_cover = |id: &str| cover.products.iter().any(|p| p == id);
        let stocks = self.known.iter().filter(|p| of_cover(&p.id));
        let stocks: Vec<bool> = stocks
            .flat_map(|p| &p.stocks)
            .map(|s| s.spine.is_known())
            .collect();
        let verdict = if fits.is_empty() && !stocks.contains(&true) {
            "and only the printer's own calculator knows whether that is right".to_owned()
        } else if fits.is_empty() && report.job.pages.is_none() {
            self.without_pages(cover, report)
        } else if fits.is_empty() && stocks.contains(&false) {
            "which fits no paper whose spine is known, with this page count".to_owned()
        } else if fits.is_empty() {
            "which fits no paper for this page count".to_owned()
        } else {
            format!("which is right for {}", fits.join("; "))
        };
        let spine = Length::pt(spine).show(self.style.unit);
        self.hang(
            "spine",
            &format!("{of} a spine of {spine}, {verdict}"),
            None,
        );
    }

    /// The page counts that a spine fits at the job's products, where the job states none: the best three.
    fn without_pages(&self, cover: &CoverReport, report: &Report) -> String {
        let asked = |fit: &&FitReport| report.verdicts.iter().any(|v| v.profile == fit.profile);
        // Stocks of one thickness at one product share a line.
        let mut alike: Vec<(&str, [u32; 2], Vec<&str>)> = Vec::new();
        for fit in cover.fits.iter().filter(asked) {
            let same =
                |a: &&mut (&str, [u32; 2], Vec<&str>)| a.0 == fit.profile && a.1 == fit.pages_range;
            match alike.iter_mut().find(same) {
                Some((.., titles)) => titles.push(&fit.title),
                None => alike.push((&fit.profile, fit.pages_range, vec![&fit.title])),
            }
        }
        let words = |(profile, [least, most], titles): &(&str, [u32; 2], Vec<&str>)| {
            let pages = match least == most {
                true => least.to_string(),
                false => format!("{least}-{most}"),
            };
            let (name, papers) = (self.name(profile), titles.join(" or "));
            format!("{pages} pages at {name} in {papers}")
        };
        let fits: Vec<String> = alike.iter().take(3).map(words).collect();
        if fits.is_empty() {
            "which fits no page count on any paper here".to_owned()
        } else {
            format!("which is right for {}; tell --pages", fits.join(", or "))
        }
    }

    /// What a cover on its own may have been made for: the best few trims and products.
    fn made_for(&mut self, cover: &CoverReport, report: &Report) {
        const MOST: usize = 4;
        let mut told: Vec<(String, String)> = Vec::new();
        for fit in &cover.fits {
            let product = self.known.iter().find(|p| p.id == fit.profile);
            let asked = report.verdicts.iter().any(|v| v.profile == fit.profile);
            let heir = product.is_none_or(|p| !asked && (p.guest || p.is_twin()));
            let key = (fit.profile.clone(), format!("{:?}", fit.trim_pt));
            if heir || told.iter().any(|(k, _)| *k == format!("{key:?}")) || told.len() >= MOST {
                continue;
            }
            let trim = self.size(fit.trim_pt);
            let words = format!(
                "{trim} with {} pages in {} ({})",
                fit.pages,
                fit.title,
                self.name(&fit.profile)
            );
            told.push((format!("{key:?}"), words));
        }
        if told.is_empty() {
            return;
        }
        let fits: Vec<String> = told.into_iter().map(|(_, words)| words).collect();
        let text = format!(
            "the cover would fit, best first: {}; tell --trim and --pages to have it checked",
            fits.join("; ")
        );
        self.hang("fits", &text, None);
    }

    fn file(&mut self, file: &FileReport, files: usize) {
        let name = self.paint(&file.name, Emphasis::Bold);
        let role = self.paint(&format!("{:<8}", file.role.word()), Emphasis::Dim);
        let mut facts = match (&file.page_size_pt, file.readable) {
            (Some(size), true) => {
                let pages = if file.pages == 1 {
                    "1 page".to_owned()
                } else {
                    format!("{} pages", file.pages)
                };
                format!("{pages}, {}", self.size(*size))
            }
            _ => "cannot be read".to_owned(),
        };
        let covers = file.role == Part::Cover && files > 2;
        if covers && file.products.len() < self.known.len() {
            let names: Vec<String> = file.products.iter().map(|p| self.name(p)).collect();
            let _ = write!(facts, "  for {}", names.join(", "));
        }
        // A long path has its line to itself.
        const BESIDE: usize = 12;
        let taken = BESIDE + file.name.chars().count() + facts.chars().count();
        if taken <= self.style.width {
            self.line(&format!("{role}  {name}  {facts}"));
        } else {
            self.line(&format!("{role}  {name}"));
            self.hang("", &facts, None);
        }
    }

    /// What each product wants, those that want the same together.
    fn expectations(&mut self, report: &Report) {
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for verdict in &report.verdicts {
            let text = self.expected(verdict);
            let name = self.short_name(&verdict.profile, report);
            match groups.iter_mut().find(|(t, _)| *t == text) {
                Some((_, names)) => names.push(name),
                None => groups.push((text, vec![name])),
            }
        }
        for (text, names) in groups.into_iter().filter(|(t, _)| !t.is_empty()) {
            self.hang("wants", &format!("{}: {text}", names.join(", ")), None);
        }
    }

    fn expected(&self, verdict: &VerdictReport) -> String {
        let want = &verdict.expected;
        let Some(pages) = want.pages.filter(|_| want.stock.is_some()) else {
            return String::new();
        };
        let stock = self
            .known
            .iter()
            .find(|p| p.id == verdict.profile)
            .and_then(|p| p.stocks.iter().find(|s| Some(&s.id) == want.stock.as_ref()));
        let mut text = format!("{pages} {}", if pages == 1 { "page" } else { "pages" });
        if let Some(stock) = stock {
            let _ = write!(text, " in {}", stock.title);
        }
        if want.assumed.iter().any(|w| w == "weight") {
            text.push_str(" (weight assumed; tell --weight)");
        }
        match want.spine_pt {
            Some(spine) => {
                let _ = write!(text, ", spine {}", Length::pt(spine).show(self.style.unit));
            }
            None => text.push_str(", a spine only its own calculator knows (tell --spine)"),
        }
        if let Some(cover) = want.cover_size_pt {
            let _ = write!(text, ", cover {}", self.size(cover));
        }
        text
    }
}
