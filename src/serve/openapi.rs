//! The OpenAPI description of the server, made from the types that requests are read into.

use super::{
    openrlhf::{OpenRlhfAnswer, OpenRlhfRequest},
    refusal::ErrorAnswer,
    score::{ScoreAnswer, ScoreRequest},
};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

/// The description: OpenAPI 3.1.
#[must_use]
pub fn document() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut schemas = settings.into_generator();
    let error = schema::<ErrorAnswer<'static>>(&mut schemas);
    let score = operation(
        "Judges completions",
        schema::<ScoreRequest>(&mut schemas),
        schema::<ScoreAnswer>(&mut schemas),
        &error,
    );
    let (ask, told) = (schema::<OpenRlhfRequest>(&mut schemas), schema::<OpenRlhfAnswer>(&mut schemas));
    let openrlhf = operation("The rewards of OpenRLHF's queries", ask, told, &error);
    let verify =
        operation("The reward of a response, as NeMo Gym asks for it", verify_request(), verify_answer(), &error);
    let get = |summary: &str, media: &str, schema: Value, open: bool| {
        let mut responses = json!({"200": {"description": "Fine", "content": {media: {"schema": schema}}}});
        if !open {
            responses["401"] = refusal("No token, or another one", &error);
        }
        json!({"get": {"summary": summary, "responses": responses}})
    };
    let named = |operation: &Value| {
        let mut operation = operation.clone();
        let parameter = json!({"name": "task", "in": "path", "required": true, "schema": {"type": "string"}});
        operation["post"]["parameters"] = json!([parameter]);
        operation
    };
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "fullmarks",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Judges completions by task specs. See docs/server.md.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "security": [{}, {"token": []}],
        "paths": {
            "/v1/score": score,
            "/openrlhf": openrlhf,
            "/openrlhf/{task}": named(&openrlhf),
            "/verify": verify,
            "/nemo-gym/{task}/verify": named(&verify),
            "/healthz": get("Whether the server is up", "application/json", json!({"type": "object"}), true),
            "/metrics": get("Figures for Prometheus", "application/openmetrics-text", json!({"type": "string"}), false),
            "/openapi.json": get("This description", "application/json", json!({"type": "object"}), false),
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas.take_definitions(true),
        },
    })
}

fn schema<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Value {
    schemas.subschema_for::<T>().to_value()
}

fn operation(summary: &str, request: Value, answer: Value, error: &Value) -> Value {
    let mut responses = json!({
        "200": {"description": "Fine", "content": {"application/json": {"schema": answer}}},
    });
    for (status, description) in [
        ("400", "The request is not what it should be"),
        ("401", "No token, or another one"),
        ("404", "There is no such task"),
        ("408", "The body came too slowly"),
        ("413", "The body is too large, or has too many completions"),
        ("415", "The body is not JSON"),
        ("429", "Too many requests are waiting: try again later"),
        ("503", "No turn came in time, or a completion could not be judged where no answer can say so"),
    ] {
        responses[status] = refusal(description, error);
    }
    let body = json!({"required": true, "content": {"application/json": {"schema": request}}});
    json!({"post": {"summary": summary, "requestBody": body, "responses": responses}})
}

fn refusal(description: &str, error: &Value) -> Value {
    json!({"description": description, "content": {"application/json": {"schema": error}}})
}

fn verify_request() -> Value {
    json!({
        "type": "object",
        "description": "Further fields are the prompt's row",
        "required": ["response"],
        "properties": {
            "responses_create_params": {"description": "What the policy was asked: `input` is text or messages"},
            "response": {
                "type": "object",
                "description": "A response of the Responses API",
                "required": ["output"],
                "properties": {"output": {"type": "array", "items": {"type": "object"}}},
            },
        },
        "additionalProperties": true,
    })
}

fn verify_answer() -> Value {
    json!({
        "type": "object",
        "description": "The request's fields, and the reward",
        "required": ["reward", "reward_components"],
        "properties": {
            "reward": {"type": "number", "minimum": 0, "maximum": 1},
            "reward_components": {"type": "object", "additionalProperties": {"type": ["number", "null"]}},
        },
        "additionalProperties": true,
    })
}
