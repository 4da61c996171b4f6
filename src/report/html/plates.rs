//! The separations of the pages whose ink is the finding.

use crate::report::model::{CauseReport, FindingReport, Report};

/// Rules about all inks together: what they find is seen on the separations.
const OF_INK: [&str; 2] = ["ink-coverage-high", "gwg-ink-average-high"];
/// Pages whose separations are shown: each is composited anew.
const MOST_PAGES: usize = 4;

/// Separations that the report wants.
#[derive(Clone, Debug, PartialEq)]
pub struct PlateShot {
    /// The file, by its name in the report.
    pub file: String,
    /// The page, from 1.
    pub page: u32,
    /// The limit of all inks together, in per cent.
    pub limit: f64,
}

/// One separation as a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Separation {
    /// Its ink.
    pub ink: String,
    /// The most of it anywhere, in per cent.
    pub most: f32,
    /// A WebP or JPEG file.
    pub data: Vec<u8>,
}

/// Separations as pictures.
#[derive(Clone, Debug)]
pub struct PlateSet {
    /// What was wanted.
    pub shot: PlateShot,
    /// All inks together, red where they exceed the limit: a WebP or JPEG file.
    pub total: Vec<u8>,
    /// The share of the page on which they exceed it, in per cent.
    pub over: f32,
    /// Ink by ink.
    pub separations: Vec<Separation>,
}

/// The separations that a report wants: of the worst page of every cause that is about ink.
pub fn plate_shots(report: &Report) -> Vec<PlateShot> {
    let mut shots: Vec<PlateShot> = Vec::new();
    for shot in report
        .causes
        .iter()
        .filter_map(|cause| wanted(cause, report))
    {
        if shots.len() < MOST_PAGES && !shots.contains(&shot) {
            shots.push(shot);
        }
    }
    shots
}

/// The separations that a cause wants, if it is about ink.
pub(super) fn wanted(cause: &CauseReport, report: &Report) -> Option<PlateShot> {
    if !OF_INK.contains(&cause.rule.as_ref()) {
        return None;
    }
    let limits = report.findings_at(&cause.findings);
    let limits = limits.filter_map(|finding: &FindingReport| Some(finding.limit.as_ref()?.value));
    Some(PlateShot {
        file: cause.name.clone(),
        page: cause.all_places(report).first()?.1.page,
        limit: limits.reduce(f64::min)?,
    })
}
