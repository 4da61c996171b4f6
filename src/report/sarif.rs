//! The report as SARIF 2.1.0, for code hosts and editors: a result a finding, a rule for every rule that ran, and what could
//! not be checked as notifications.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use serde_sarif::sarif::{
    Artifact, ArtifactLocation, Invocation, Location, LogicalLocation, Message,
    MultiformatMessageString, Notification, PhysicalLocation, PropertyBag, Region,
    ReportingConfiguration, ReportingDescriptor, ReportingDescriptorReference, Result as Finding,
    ResultLevel, Run, Sarif, Suppression, Tool, ToolComponent,
};

use super::escape::address;
use super::model::{FileReport, FindingReport, PlaceReport, Report};
use super::queries::plain_path;
use crate::model::finding::Level;
use crate::model::visible::visible_lines;
use crate::rules::{self, Entry};

/// Where the format's schema is published.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The report as SARIF 2.1.0.
pub fn sarif(report: &Report) -> String {
    let rules: Vec<&Entry> = rules::all()
        .filter(|rule| report.checks.iter().any(|c| c.rule == rule.meta.id))
        .collect();
    let driver = ToolComponent::builder()
        .name(report.tool.name.clone())
        .version(report.tool.version.clone())
        .semantic_version(report.tool.version.clone())
        .rules(rules.iter().map(|r| descriptor(r)).collect::<Vec<_>>())
        .build();
    let results: Vec<Finding> = report
        .findings
        .iter()
        .map(|finding| result(finding, report, &rules))
        .collect();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .artifacts(report.files.iter().map(artifact).collect::<Vec<_>>())
        .invocations(vec![invocation(report)])
        .results(results)
        .build();
    let log = Sarif::builder()
        .schema(SCHEMA)
        .version(json!("2.1.0"))
        .runs(vec![run])
        .properties(properties([("generator", json!(report.tool.name))]))
        .build();
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn descriptor(rule: &Entry) -> ReportingDescriptor {
    let meta = rule.meta;
    let text = |text: &str| {
        MultiformatMessageString::builder()
            .text(text.to_owned())
            .build()
    };
    ReportingDescriptor::builder()
        .id(meta.id)
        .short_description(text(meta.title))
        .full_description(text(meta.why))
        .help(text(meta.fix))
        .default_configuration(
            ReportingConfiguration::builder()
                .level(json!(level(meta.level).to_string()))
                .build(),
        )
        .build()
}

fn result(finding: &FindingReport, report: &Report, rules: &[&Entry]) -> Finding {
    let index = rules.iter().position(|r| r.meta.id == finding.rule);
    let places: Vec<Location> = if finding.places.is_empty() {
        vec![location(finding, None, report)]
    } else {
        let each = finding.places.iter();
        each.map(|place| location(finding, Some(place), report))
            .collect()
    };
    let properties = properties([
        ("profile", json!(finding.profile)),
        ("pages", json!(finding.pages)),
        ("placesTotal", json!(finding.places_total)),
        ("measured", json!(finding.measured)),
        ("limit", json!(finding.limit)),
        ("fix", json!(finding.fix)),
        ("source", json!(finding.source)),
    ]);
    let text = format!("{} ({}): {}", finding.message, finding.profile, finding.fix);
    // What follows from another fault is told and does not count.
    let suppressions = finding.explained_by.as_ref().map(|cause| {
        let why = format!("it follows from {cause} and goes with it");
        vec![
            Suppression::builder()
                .kind(json!("external"))
                .justification(why)
                .build(),
        ]
    });
    let mut result = Finding::builder()
        .rule_id(finding.rule.clone())
        .level(level(finding.level))
        .message(message(text))
        .locations(places)
        .partial_fingerprints(BTreeMap::from([(
            "presscheckFinding/v1".to_owned(),
            finding.id.clone(),
        )]))
        .properties(properties)
        .build();
    result.rule_index = index.and_then(|i| i64::try_from(i).ok());
    result.suppressions = suppressions;
    result
}

/// A place of a finding, or the file as a whole.
fn location(finding: &FindingReport, place: Option<&PlaceReport>, report: &Report) -> Location {
    let index = report.files.iter().position(|f| f.name == finding.name);
    let mut file = ArtifactLocation::builder().uri(uri(&finding.name)).build();
    file.index = index.and_then(|i| i64::try_from(i).ok());
    let mut physical = PhysicalLocation::builder().artifact_location(file).build();
    let mut location = Location::builder().build();
    if let Some(place) = place {
        // A PDF has no lines; code hosts ask for one all the same.
        physical.region = Some(
            Region::builder()
                .start_line(1)
                .properties(properties([
                    ("page", json!(place.page)),
                    ("areaPt", json!(place.area_pt)),
                    ("areaMm", json!(place.area_mm)),
                ]))
                .build(),
        );
        location.message = Some(message(place.what.clone()));
        location.logical_locations = Some(vec![
            LogicalLocation::builder()
                .name(format!("page {}", place.page))
                .fully_qualified_name(format!("{}/page {}", finding.file.word(), place.page))
                .kind("page")
                .build(),
        ]);
    }
    location.physical_location = Some(physical);
    location
}

fn artifact(file: &FileReport) -> Artifact {
    let hashes = BTreeMap::from([("sha-256".to_owned(), file.sha256.clone())]);
    let mut artifact = Artifact::builder()
        .location(ArtifactLocation::builder().uri(uri(&file.name)).build())
        .mime_type("application/pdf")
        .roles(vec![json!("analysisTarget")])
        .properties(properties([
            ("role", json!(file.role)),
            ("pages", json!(file.pages)),
        ]))
        .build();
    artifact.length = i64::try_from(file.bytes).ok();
    artifact.hashes = (!file.sha256.is_empty()).then_some(hashes);
    artifact
}

/// How the run went: every gap is a notification.
fn invocation(report: &Report) -> Invocation {
    let unread = report.files.iter().filter(|f| !f.readable).map(|file| {
        let why = file.why.as_deref().unwrap_or("no reason is known");
        Notification::builder()
            .level(json!("error"))
            .message(message(format!("{} could not be read: {why}", file.name)))
            .build()
    });
    let open = report.checks.iter().filter(|check| check.has_gap());
    let open = open.map(|check| {
        let why = check.why.as_deref().unwrap_or("no reason is known");
        let rule = ReportingDescriptorReference::builder()
            .id(check.rule.clone())
            .build();
        let mut note = Notification::builder()
            .level(json!("warning"))
            .message(message(format!("not checked for {}: {why}", check.profile)))
            .properties(properties([("profile", json!(check.profile))]))
            .build();
        note.associated_rule = Some(rule);
        note
    });
    let mut invocation = Invocation::builder()
        .execution_successful(report.files.iter().all(|f| f.readable))
        .build();
    invocation.tool_execution_notifications = Some(unread.chain(open).collect());
    invocation
}

fn level(level: Level) -> ResultLevel {
    match level {
        Level::Error => ResultLevel::Error,
        Level::Warning => ResultLevel::Warning,
        Level::Note => ResultLevel::Note,
    }
}

fn message(text: String) -> Message {
    let text = visible_lines(&text).into_owned();
    Message::builder().text(text).build()
}

fn properties<const N: usize>(each: [(&str, Value); N]) -> PropertyBag {
    let told = each.into_iter().filter(|(_, value)| !value.is_null());
    let map: BTreeMap<String, Value> = told.map(|(k, v)| (k.to_owned(), v)).collect();
    PropertyBag::builder().additional_properties(map).build()
}

/// A path as the URI reference that SARIF asks for.
fn uri(path: &str) -> String {
    let absolute = path.starts_with('/');
    let drive = path.get(1..3).is_some_and(|c| c == ":\\" || c == ":/");
    let scheme = match (absolute, drive) {
        (true, _) => "file://",
        (_, true) => "file:///",
        _ => "",
    };
    let slashed = if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    let part = |(n, part): (usize, &str)| match part.split_at_checked(2) {
        // The letter of a drive keeps its colon.
        Some((letter, rest)) if drive && n == 0 => letter.to_owned() + &address(rest),
        _ => address(part),
    };
    let plain = plain_path(&slashed);
    let parts: Vec<String> = plain.split('/').enumerate().map(part).collect();
    format!("{scheme}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_uri_references() {
        assert_eq!(uri("a b/ü.pdf"), "a%20b/%C3%BC.pdf");
        assert_eq!(uri("/books/100%.pdf"), "file:///books/100%25.pdf");
        assert_eq!(uri("./build/../a//b.pdf"), "a/b.pdf");
        assert_eq!(uri("../books/./b.pdf"), "../books/b.pdf");
    }
}
