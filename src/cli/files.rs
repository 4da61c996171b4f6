//! `presscheck facts` and `presscheck codes`: one file, without a job.

use std::path::Path;
use std::sync::Arc;

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
    let wanted = Wanted {
        codes: true,
        relief: true,
        // No platform known has a lower limit.
        weigh_above: Some(200.0),
    };
    let (document, _) = measure(&args.file, wanted, quiet)?;
    out::write(args.output.as_deref(), &report::facts_json(&document))?;
    Ok(exit(&document))
}

pub(super) fn codes(args: &Codes, quiet: bool) -> Result<Exit, Error> {
    let wanted = Wanted {
        codes: true,
        relief: false,
        weigh_above: None,
    };
    let (document, bytes) = measure(&args.file, wanted, quiet)?;
    let told = args.trim.map(|t| t.size);
    let text = match args.format {
        Format::Text => {
            let mut style = out::style(args.output.as_deref());
            style.unit = args.trim.map_or(style.unit, |t| t.unit);
            report::codes_text(&document, told, style)
        }
        Format::Json | Format::Jsonl => report::codes_json(&document, told),
    };
    if let Some(folder) = &args.png {
        pictures(&args.file, bytes, &document, folder)?;
    }
    out::write(args.output.as_deref(), &text)?;
    Ok(exit(&document))
}

/// Writes `FILE-page-N-code-M.png` for every code.
fn pictures(
    file: &Path,
    bytes: Arc<Vec<u8>>,
    document: &Document,
    folder: &Path,
) -> Result<(), Error> {
    let fault = |path: &Path, e: std::io::Error| Error::Write {
        path: path.to_owned(),
        why: e.to_string(),
    };
    std::fs::create_dir_all(folder).map_err(|e| fault(folder, e))?;
    let stem = file
        .file_stem()
        .map_or_else(|| "codes".into(), |s| s.to_string_lossy());
    for (number, picture) in extract::code_pictures(file, bytes, document, &Limits::default())?
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

fn measure(path: &Path, wanted: Wanted, quiet: bool) -> Result<(Document, Arc<Vec<u8>>), Error> {
    let bar = Bar::new(quiet);
    let measured = extract::file_and_bytes(path, &Limits::default(), wanted, &|done, all| {
        bar.tell(path, done, all);
    })?;
    bar.finish();
    Ok(measured)
}

fn exit(document: &Document) -> Exit {
    if document.unreadable.is_some() || !document.gaps.is_empty() {
        Exit::Unchecked
    } else {
        Exit::Clean
    }
}
