//! A press check for self-published books.
//!
//! presscheck opens a book's interior and cover PDFs, measures what will really be printed, and says for each
//! print-on-demand platform whether the files will be taken, what is wrong, where, by how much, who says so, and how to
//! mend it. Nothing but [`cli`] prints, and nothing reaches the network: what is in [`serve`] only answers.
//!
//! # The whole flow
//!
//! ```no_run
//! use presscheck::{Checker, profile, report};
//!
//! # fn main() -> Result<(), presscheck::error::Error> {
//! // Who demands what: the products that ship, each figure with its source and date.
//! let profiles = profile::built_in()?;
//!
//! // Files come from paths or from memory. Whatever is not told is found from them, and the report says so.
//! let report = Checker::new(&profiles)
//!     .interior("interior.pdf")
//!     .cover("cover.pdf")
//!     .check()?;
//!
//! // A plain value, to be shown to people or programs; it can be written as JSON and read again.
//! for verdict in &report.verdicts {
//!     assert!(verdict.errors == 0 || verdict.verdict == report::Verdict::Fail);
//! }
//! let text = report::text(&report, &profiles, report::Style::default());
//! # let _ = text;
//! # Ok(())
//! # }
//! ```
//!
//! [`measure::file`] gives the [`facts`] of a single file without judging them. Lengths are points (1/72 in) on the page as
//! it is seen, from its top-left corner, unless a name says otherwise; [`units::Length`] knows inches and millimetres.
//!
//! # The parts
//!
//! - [`facts`] what was measured; [`profile`] who demands what; [`rules`] what is wrong; [`report`] how it reads.
//! - [`job`] what the user stated; [`resolve`] completes it for one product and lists every assumption.
//! - [`pdf`] reads pages; [`measure`] turns them into facts, codes by `presscheck_barcode`.
//! - [`check`] binds rules to limits; [`pipeline`] runs everything; [`batch`] runs a backlist.

#[cfg(feature = "formats")]
pub mod answers;
#[cfg(feature = "batch")]
pub mod batch;
pub mod check;
mod checker;
#[cfg(feature = "cli")]
pub mod cli;
pub mod fault;
pub mod guides;
pub mod isbn;
pub mod measure;
mod model;
pub mod output;
pub mod pdf;
mod phrases;
#[cfg(feature = "formats")]
pub mod pictures;
pub mod pipeline;
pub mod profile;
pub mod report;
pub mod resolve;
pub mod rules;
#[cfg(feature = "serve")]
pub mod serve;
mod wording;
pub mod worker;

pub use checker::{Checker, Input};
pub use model::{
    comment, error, facts, finding, flags, geometry, job, limits, press, readable, units, visible,
};
