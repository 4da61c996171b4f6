//! The description of the API (OpenAPI 3.1), generated from the types that requests and answers have.

mod paths;

use axum::Json;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::problem::{self, Problem};

pub(super) async fn show() -> Json<Value> {
    Json(document())
}

/// The description of the API, as `/api/v1/openapi.json` answers.
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut api = Api {
        generator: settings.into_generator(),
        paths: Map::new(),
    };
    paths::checks(&mut api);
    paths::files(&mut api);
    paths::lookups(&mut api);
    let problem = api.schema::<Problem>();
    let mut schemas = api.generator.take_definitions(true);
    schemas.insert("Rejected".to_owned(), problem);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "presscheck",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Will KDP Print, IngramSpark and Lightning Source take these files? Lengths are points (1/72 in) on the page \
                            as it is seen, from its top-left corner.",
            "license": { "name": "MIT OR Apache-2.0" }
        },
        "paths": api.paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer" },
                "header": { "type": "apiKey", "in": "header", "name": super::access::TOKEN.as_str() }
            }
        }
    })
}

/// What the answer says whose id leads to everything else.
const CHECK_BEGUN: &str = "The check has begun";

/// An answer: its status, what it means, and its content by media type.
type Answer = (u16, &'static str, Vec<(String, Value)>);

/// The paths, as far as they are described.
struct Api {
    generator: SchemaGenerator,
    paths: Map<String, Value>,
}

impl Api {
    fn schema<T: JsonSchema>(&mut self) -> Value {
        self.generator.subschema_for::<T>().to_value()
    }

    /// Content in JSON of a type.
    fn json<T: JsonSchema>(&mut self) -> Vec<(String, Value)> {
        vec![("application/json".to_owned(), self.schema::<T>())]
    }

    /// The schema that a command prints for its answer, whose definitions become components.
    fn printed(&mut self, schema: &str) -> Vec<(String, Value)> {
        let text = schema.replace("#/$defs/", "#/components/schemas/");
        let mut schema: Value = serde_json::from_str(&text).unwrap_or_default();
        if let Some(object) = schema.as_object_mut() {
            object.remove("$schema");
            if let Some(Value::Object(definitions)) = object.remove("$defs") {
                self.generator.definitions_mut().extend(definitions);
            }
        }
        vec![("application/json".to_owned(), schema)]
    }

    /// The members of a query.
    fn query<T: JsonSchema>(&mut self) -> Vec<Value> {
        let schema = T::json_schema(&mut self.generator);
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let members = schema.get("properties").and_then(Value::as_object);
        let parameter = |(name, schema): (&String, &Value)| {
            let mut schema = schema.as_object().cloned().unwrap_or_default();
            let description = schema.remove("description");
            schema.remove("default");
            json!({
                "name": name, "in": "query", "description": description,
                "required": required.contains(&name.as_str()), "schema": without_null(schema)
            })
        };
        members.into_iter().flatten().map(parameter).collect()
    }

    /// Describes what a path answers to a method.
    fn path(
        &mut self,
        method: &str,
        path: &str,
        name: &str,
        summary: &str,
        more: Value,
        answers: Vec<Answer>,
    ) {
        let mut responses = Map::new();
        for (status, description, content) in answers {
            let content: Map<String, Value> = content
                .into_iter()
                .map(|(media_type, schema)| (media_type, json!({ "schema": schema })))
                .collect();
            let mut response = Map::new();
            response.insert("description".to_owned(), description.into());
            if !content.is_empty() {
                response.insert("content".to_owned(), content.into());
            }
            if description == CHECK_BEGUN {
                response.insert("links".to_owned(), links());
            }
            responses.insert(status.to_string(), response.into());
        }
        responses.insert(
            "default".to_owned(),
            json!({
                "description": "What was wrong, with what to do",
                "content": { problem::MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Rejected" } } }
            }),
        );
        let mut operation =
            json!({ "operationId": name, "summary": summary, "responses": responses });
        if let (Some(operation), Value::Object(more)) = (operation.as_object_mut(), more) {
            operation.extend(more);
        }
        let item = self.paths.entry(path).or_insert_with(|| json!({}));
        if let Some(item) = item.as_object_mut() {
            item.insert(method.to_owned(), operation);
        }
    }
}

/// What a check is called leads to all that can be asked of it.
fn links() -> Value {
    let linked = ["report", "forget", "events", "changes", "proof", "page"];
    let link = |name: &str| {
        let parameters = json!({ "id": "$response.body#/id" });
        json!({ "operationId": name, "parameters": parameters })
    };
    let links: Map<String, Value> = linked
        .into_iter()
        .map(|name| (name.to_owned(), link(name)))
        .collect();
    links.into()
}

/// A schema without the null that stands for an option.
fn without_null(mut schema: Map<String, Value>) -> Value {
    let is_null = |one: &Value| one.get("type").is_some_and(|kind| kind == "null");
    if let Some(Value::Array(any)) = schema.get("anyOf") {
        let mut some = any.iter().filter(|one| !is_null(one));
        if let (Some(one), None) = (some.next(), some.next()) {
            return one.clone();
        }
    }
    if let Some(Value::Array(types)) = schema.get("type") {
        let some = types.iter().find(|one| *one != "null").cloned();
        if let Some(one) = some {
            schema.insert("type".to_owned(), one);
        }
    }
    schema.into()
}

#[cfg(test)]
mod tests {
    use super::document;

    #[test]
    fn no_reference_leads_nowhere() {
        let text = document().to_string();
        let schemas = &document()["components"]["schemas"];
        for reference in text.split("\"#/components/schemas/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(schemas.get(name).is_some(), "{name}");
        }
        assert!(!text.contains("#/$defs/"));
    }
}
