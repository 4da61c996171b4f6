//! `presscheck facts` and `presscheck codes`: one file, without a job.

use std::path::Path;

use presscheck::error::Error;
use presscheck::extract::{self, Wanted};
use presscheck::facts::Document;
use presscheck::limits::Limits;
use presscheck::report;

use super::Exit;
use super::args::{Codes, Format, OneFile};
use super::out;
use super::progress::Bar;

pub(super) fn facts(args: &OneFile, quiet: bool) -> Result<Exit, Error> {
    let document = measure(&args.file, quiet)?;
    out::write(args.output.as_deref(), &report::facts_json(&document))?;
    Ok(exit(&document))
}

pub(super) fn codes(args: &Codes, quiet: bool) -> Result<Exit, Error> {
    let document = measure(&args.file, quiet)?;
    let text = match args.format {
        Format::Text => report::codes_text(&document, out::style(args.output.as_deref())),
        Format::Json | Format::Jsonl => report::codes_json(&document),
    };
    if let Some(folder) = &args.png {
        pictures(&args.file, &document, folder)?;
    }
    out::write(args.output.as_deref(), &text)?;
    Ok(exit(&document))
}

/// Writes `FILE-page-N-code-M.png` for every code.
fn pictures(file: &Path, document: &Document, folder: &Path) -> Result<(), Error> {
    let fault = |path: &Path, e: std::io::Error| Error::Write {
        path: path.to_owned(),
        why: e.to_string(),
    };
    std::fs::create_dir_all(folder).map_err(|e| fault(folder, e))?;
    let stem = file
        .file_stem()
        .map_or_else(|| "codes".into(), |s| s.to_string_lossy());
    for (number, picture) in extract::code_pictures(file, document, &Limits::default())?
        .iter()
        .enumerate()
    {
        let path = folder.join(format!(
            "{stem}-page-{}-code-{}.png",
            picture.page,
            number + 1
        ));
        std::fs::write(&path, &picture.png).map_err(|e| fault(&path, e))?;
    }
    Ok(())
}

fn measure(path: &Path, quiet: bool) -> Result<Document, Error> {
    let bar = Bar::new(quiet);
    let document = extract::file(
        path,
        &Limits::default(),
        Wanted {
            codes: true,
            relief: true,
            // No platform known has a lower limit.
            weigh_above: Some(200.0),
        },
        &|done, all| {
            bar.tell(path, done, all);
        },
    )?;
    bar.finish();
    Ok(document)
}

fn exit(document: &Document) -> Exit {
    if document.unreadable.is_some() || !document.gaps.is_empty() {
        Exit::Unchecked
    } else {
        Exit::Clean
    }
}
