//! A backlist in one run: a catalogue of jobs, bounded memory, results that survive a kill, a cache, a comparison with the last run.

mod input;
mod results;
mod running;

pub use input::catalogue::{Catalogue, Overrides, Rows};
pub use input::columns::{catalogue_page, example};
pub use input::named::Named;
pub use input::own_columns::{COLUMNS, Column};
pub use input::title::{Row, RowAction};
pub use results::accept::{Acceptances, Accepted};
pub use results::change::{Cause, Change, Difference, What};
pub use results::compare::Baseline;
pub use results::links::report_name;
pub use results::summary::Summary;
pub use results::table::{text, totals};
pub use results::tally::{RuleCount, Tally};
pub use running::batch_record::{Ending, report_of, schema};
pub use running::cache::{Cache, Stock};
pub use running::fingerprint::{
    job as job_fingerprint, job_statements, of_file, rules as rules_fingerprint,
};
pub use running::run::{BatchPlan, Sink, Survey, Watch, run, survey};
pub use running::single_title::{TitlePlan, expected_memory};
pub use running::store::waiting;
pub use running::title_outcome::{FindingDigest, Origin, TitleOutcome};
