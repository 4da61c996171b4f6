//! What every address answers, as the description of the API says it.

use serde_json::{Value, json};

use super::Api;
use crate::answers::Format;
use crate::model::job::Job;
use crate::report::{self, Changes, Report, SpineReport};
use crate::serve::begin::Begun;
use crate::serve::files::PictureWanted;
use crate::serve::lookups::{Health, ProfilesWanted, SpineWanted};
use crate::serve::reports::{Since, Unfinished, Wanted};

/// Checks of books.
pub(super) fn checks(api: &mut Api) {
    let job = api.schema::<Job>();
    let file = json!({ "type": "string", "contentMediaType": "application/pdf" });
    let form = json!({ "content": { "multipart/form-data": {
        "schema": { "type": "object", "properties": {
            "interior": file, "cover": file,
            "file": { "type": "array", "items": file, "maxItems": 2,
                "description": "files whose part is found out from their pages" },
            "job": job,
            "from": { "type": "string", "description": "an earlier check, whose files are meant where none are sent" }
        }, "patternProperties": { "^cover\\[[a-z-]+(/[a-z-]+)?\\]$": file },
                "additionalProperties": false },
        "encoding": { "job": { "contentType": "application/json" } }
    } }, "required": true });
    let security = json!([{ "bearer": [] }, { "header": [] }]);
    let prefer = json!({ "name": "Prefer", "in": "header", "required": false, "schema": { "type": "string" },
        "description": "wait=SECONDS: the answer is the report if it is there within that time (RFC 7240)" });
    let mut asked = vec![prefer];
    asked.extend(api.query::<Wanted>());
    let begun = api.json::<Begun>();
    let report = report(api);
    api.path(
        "post",
        "/api/v1/checks",
        "begin",
        "Begin the check of a book",
        json!({ "requestBody": form, "security": security, "parameters": asked }),
        vec![
            (
                200,
                "The report, where the client waited for it",
                report.clone(),
            ),
            (202, super::CHECK_BEGUN, begun),
        ],
    );
    let mut parameters = vec![id()];
    parameters.extend(api.query::<Wanted>());
    let unfinished = api.json::<Unfinished>();
    api.path(
        "get",
        "/api/v1/checks/{id}",
        "report",
        "The report, in the format that Accept or `format` names",
        json!({ "parameters": parameters }),
        vec![
            (200, "The report", report),
            (202, "The check has not ended", unfinished),
        ],
    );
    api.path(
        "delete",
        "/api/v1/checks/{id}",
        "forget",
        "Give a check up, and forget it with its files",
        json!({ "parameters": [id()], "security": security }),
        vec![(204, "It is forgotten", Vec::new())],
    );
    let events = json!({ "type": "object", "required": ["event", "data"], "properties": {
        "event": { "enum": ["progress", "done", "failed"] },
        "data": { "description": "in JSON: how far it is, then the verdicts, or what was wrong" },
        "id": { "type": "string" }
    } });
    api.path(
        "get",
        "/api/v1/checks/{id}/events",
        "events",
        "How far a check is, then how it ended, as server-sent events",
        json!({ "parameters": [id()] }),
        vec![
            (
                200,
                "Events",
                vec![("text/event-stream".to_owned(), events)],
            ),
            (204, "The client knows the last event", Vec::new()),
        ],
    );
    let mut parameters = vec![id()];
    parameters.extend(api.query::<Since>());
    let changes = api.json::<Changes>();
    api.path(
        "get",
        "/api/v1/checks/{id}/changes",
        "changes",
        "What changed from an earlier check of the book",
        json!({ "parameters": parameters }),
        vec![(200, "What changed", changes)],
    );
}

/// A report in every format.
fn report(api: &mut Api) -> Vec<(String, Value)> {
    let mut content = api.json::<Report>();
    for format in Format::ALL {
        let media_type = format.media_type();
        if content.iter().all(|(known, _)| known != media_type) {
            let schema = match format {
                Format::Sarif => json!({ "type": "object" }),
                _ => json!({ "type": "string" }),
            };
            content.push((media_type.to_owned(), schema));
        }
    }
    content
}

/// Copies of files and pictures of pages.
pub(super) fn files(api: &mut Api) {
    let bytes = |media_type: &str| {
        vec![(
            media_type.to_owned(),
            json!({ "type": "string", "contentMediaType": media_type }),
        )]
    };
    let name = |description: &str, example: &str| {
        json!({ "name": "name", "in": "path", "required": true, "description": description, "example": example,
            "schema": { "type": "string" } })
    };
    api.path(
        "get",
        "/api/v1/checks/{id}/files/{name}",
        "proof",
        "A copy of a file with a comment on every place of a finding",
        json!({ "parameters": [id(), name("interior.annotated.pdf or cover.annotated.pdf", "interior.annotated.pdf")] }),
        vec![(200, "The copy", bytes("application/pdf"))],
    );
    let mut parameters = vec![id(), name("the page, from 1.png", "12.png")];
    parameters.extend(api.query::<PictureWanted>());
    api.path(
        "get",
        "/api/v1/checks/{id}/pages/{name}",
        "page",
        "A picture of a page",
        json!({ "parameters": parameters }),
        vec![(200, "The picture", bytes("image/png"))],
    );
}

/// Answers that need no file.
pub(super) fn lookups(api: &mut Api) {
    let health = api.json::<Health>();
    api.path(
        "get",
        "/healthz",
        "health",
        "How the server is",
        json!({}),
        vec![(200, "It is well", health)],
    );
    let parameters = api.query::<SpineWanted>();
    let spines = api.json::<SpineReport>();
    api.path(
        "get",
        "/api/v1/spine",
        "spine",
        "Spine widths for a page count, every platform and stock side by side",
        json!({ "parameters": parameters }),
        vec![(200, "The spines", spines)],
    );
    let job = api.schema::<Job>();
    let mut covers = api.printed(&report::cover_schema());
    covers.push(("image/svg+xml".to_owned(), json!({ "type": "string" })));
    covers.push((
        "application/pdf".to_owned(),
        json!({ "type": "string", "contentMediaType": "application/pdf" }),
    ));
    api.path(
        "post",
        "/api/v1/cover",
        "cover",
        "Cover geometry for a job with trim and pages; a template where Accept asks for SVG or PDF",
        json!({ "requestBody": { "required": true, "content": { "application/json": { "schema": job } } } }),
        vec![(200, "The covers", covers)],
    );
    let parameters = api.query::<ProfilesWanted>();
    let profiles = api.printed(&report::profiles_schema());
    api.path(
        "get",
        "/api/v1/profiles",
        "profiles",
        "Products with their figures, sources and dates",
        json!({ "parameters": parameters }),
        vec![(200, "The products", profiles)],
    );
    let rules = api.printed(&report::rules_schema());
    api.path(
        "get",
        "/api/v1/rules",
        "rules",
        "The rules",
        json!({}),
        vec![(200, "The rules", rules)],
    );
    let description = vec![("application/json".to_owned(), json!({ "type": "object" }))];
    api.path(
        "get",
        "/api/v1/openapi.json",
        "openapi",
        "This description",
        json!({}),
        vec![(200, "The description", description)],
    );
}

/// The id of a check, in a path.
fn id() -> Value {
    json!({ "name": "id", "in": "path", "required": true, "description": "the check", "schema": { "type": "string" } })
}
