//! How a title differs from an earlier run.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::finding::Level;

/// How a title's answer differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A product would refuse it that would not before.
    NewlyFailing,
    /// A product takes it that refused it before.
    NewlyPassing,
    /// Other findings, the same verdicts; or it could (not) be checked.
    Changed,
    /// Not in the earlier run.
    New,
    /// The same findings.
    Same,
}

impl What {
    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::NewlyFailing => "newly failing",
            Self::NewlyPassing => "newly passing",
            Self::Changed => "changed",
            Self::New => "new",
            Self::Same => "same",
        }
    }
}

/// What is not the same as in the earlier run, and so may be the cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// A file's contents.
    File,
    /// The rules, their limits, which of them ran, or the program.
    Rule,
    /// The job: trim, paper, platforms, paths.
    Job,
}

impl Cause {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Rule => "rule",
            Self::Job => "job",
        }
    }
}

/// A finding by which two answers differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Difference {
    /// The product.
    pub profile: String,
    /// The rule.
    pub rule: String,
    /// How bad.
    pub level: Level,
    /// Its message.
    pub message: String,
}

/// How a title differs from an earlier run.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// How.
    pub what: What,
    /// What differs besides the answer; empty where nothing is different.
    pub because: Vec<Cause>,
    /// Findings that were not there.
    pub new: Vec<Difference>,
    /// Findings that are not there any more.
    pub gone: Vec<Difference>,
}
