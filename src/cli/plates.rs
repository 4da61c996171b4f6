//! `presscheck plates`: the separations of a page as pictures.

use std::path::PathBuf;

use super::Exit;
use super::bounds::Allowed;
use super::flags::{Force, PressFlag};
use super::out;
use super::picture_names::Names;
use crate::error::Error;
use crate::measure::{PlatePictures, PlateView};
use crate::output;
use crate::pipeline::Options;
use crate::visible::visible;

const EXAMPLES: &str = "\
Examples:
  presscheck plates cover.pdf --limit 240 --into plates
      a picture for each ink of the cover, and a map that is red where there is more than 240 % of all inks together
  presscheck plates interior.pdf --page 12 --into plates
      the same for page 12 of an interior

Exit codes: 0 the pictures were written, 2 the run could not start (bad flag, missing file), 3 something on the page could
not be painted.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Plates {
    /// The PDF
    file: PathBuf,
    /// The page
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    page: u32,
    /// All inks together, in per cent, above which the map is red; Ingram's limit unless told
    #[arg(long, value_name = "PERCENT", default_value_t = 240, value_parser = clap::value_parser!(u16).range(1..=1600))]
    limit: u16,
    /// Write the pictures into this folder
    #[arg(
        short = 'o',
        long = "into",
        value_name = "DIR",
        help_heading = "Writing"
    )]
    into: PathBuf,
    #[command(flatten)]
    press: PressFlag,
    #[command(flatten)]
    allowed: Allowed,
    #[command(flatten)]
    force: Force,
}

pub(super) fn run(args: &Plates) -> Result<Exit, Error> {
    let options = Options {
        press: args.press.press()?,
        ..args.allowed.options()
    };
    let view = PlateView {
        page: args.page,
        limit: f32::from(args.limit),
        longest: None,
        press: None,
    };
    let made = options.plates(&args.file, view)?;
    let begin = Names::default().begin(&args.file);
    let begin = format!("{begin}-page-{}", args.page);
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for (plate, number) in made.plates.iter().zip(1..) {
        let ink = Names::default().begin(visible(&plate.ink).as_ref().as_ref());
        let name = format!("{begin}-{number}-{ink}.png");
        files.push((args.into.join(name), output::seal_png(&plate.data)));
    }
    let name = format!("{begin}-total.png");
    files.push((args.into.join(name), output::seal_png(&made.total)));
    out::keep(
        &args.into,
        &files,
        (None, &args.force),
        [args.file.as_path()],
    )?;
    out::write(None, &told(args, &made, &files))?;
    Ok(match made.troubles.is_empty() {
        true => Exit::Clean,
        false => Exit::Unchecked,
    })
}

/// What was written, for people.
fn told(args: &Plates, made: &PlatePictures, files: &[(PathBuf, Vec<u8>)]) -> String {
    let file = args.file.display().to_string();
    let mut text = format!(
        "{}, page {}: at most {:.0} % of all inks together; {}\n",
        visible(&file),
        args.page,
        made.most,
        match made.over {
            over if over <= 0.0 => format!("nowhere more than {} %", args.limit),
            over => format!("more than {} % on {over:.2} % of the page", args.limit),
        }
    );
    if let Some(through) = &made.through {
        text += &format!("RGB and Lab are weighed through {}\n", visible(through));
    }
    for plate in &made.plates {
        text += &format!("  {}: at most {:.0} %\n", visible(&plate.ink), plate.most);
    }
    for trouble in &made.troubles {
        text += &format!("not painted: {}\n", visible(trouble));
    }
    for (path, _) in files {
        text += &format!("picture: {}\n", visible(&path.display().to_string()));
    }
    text
}
