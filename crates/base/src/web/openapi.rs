//! The OpenAPI 3.1 document, written from the route table.

use super::route::{Access, CsrfClass, Route, Shape};
use super::table::Table;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The document of all routes: paths, parameters, bodies, answers, who may call, and the limits.
pub fn openapi(table: &Table, version: &str) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    let mut shapes = settings.into_generator();
    let mut paths = Map::new();
    for route in table.routes() {
        let path = paths
            .entry(route.path.replace("{*", "{"))
            .or_insert_with(|| json!({}));
        path[route.method.as_str().to_ascii_lowercase()] = operation(route, &mut shapes);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Wireroom", "version": version },
        "paths": paths,
        "components": {
            "schemas": schemas(&mut shapes),
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer" },
                "session": { "type": "apiKey", "in": "cookie", "name": "session" },
            },
        },
    })
}

fn operation(route: &Route, shapes: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "operationId": route.id,
        "summary": route.summary,
        "parameters": parameters(route, shapes),
        "responses": answers(route, shapes),
        "x-access": access(route.access),
        "x-cache": format!("{:?}", route.cache),
        "x-csrf": format!("{:?}", route.csrf),
        "x-rate": format!("{:?}", route.rate),
        "x-body-limit-bytes": route.body_limit_bytes,
    });
    if let Some((media_type, shape)) = route.docs.body {
        operation["requestBody"] = json!({ "required": true, "content": content(media_type, shape, shapes) });
    }
    operation["security"] = security(route);
    operation
}

fn security(route: &Route) -> Value {
    match (route.access, route.csrf) {
        (Access::Public | Access::SecretLink, _) => json!([]),
        (_, CsrfClass::Token) => json!([{ "token": [route.scope.as_str()] }]),
        _ => json!([{ "token": [route.scope.as_str()] }, { "session": [] }]),
    }
}

fn access(access: Access) -> Value {
    match access {
        Access::Public => json!("public"),
        Access::SecretLink => json!("secret link"),
        Access::Reader => json!("signed in"),
        Access::Staff(roles) => roles.iter().map(|role| role.as_str()).collect(),
    }
}

fn parameters(route: &Route, shapes: &mut SchemaGenerator) -> Vec<Value> {
    let in_path = route.path.split(['{', '}']).skip(1).step_by(2);
    let mut parameters: Vec<Value> = in_path
        .map(|name| json!({ "name": name.trim_start_matches('*'), "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    if route.numbered {
        parameters.push(json!({ "name": "page", "in": "query", "schema": { "type": "integer", "minimum": 2, "maximum": 9999 } }));
    }
    parameters.extend(
        route
            .docs
            .query
            .map(|shape| in_query(shape, shapes))
            .unwrap_or_default(),
    );
    parameters
}

/// A query's shape is an object; each property is a parameter.
fn in_query(shape: Shape, shapes: &mut SchemaGenerator) -> Vec<Value> {
    let schema = shape(shapes).to_value();
    let name = schema["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next())
        .map(str::to_owned);
    let object = match name {
        Some(name) => shapes.definitions().get(&name).cloned().unwrap_or_default(),
        None => schema,
    };
    let required = |name: &str| {
        object["required"]
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one == name))
    };
    let properties = object["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, schema)| json!({ "name": name, "in": "query", "required": required(name), "schema": schema }))
        .collect()
}

fn answers(route: &Route, shapes: &mut SchemaGenerator) -> Value {
    let mut answers = Map::new();
    for (status, media_type, shape) in &route.docs.answers {
        let words = http::StatusCode::from_u16(*status)
            .ok()
            .and_then(|status| status.canonical_reason());
        let answer = answers
            .entry(status.to_string())
            .or_insert_with(|| json!({ "description": words, "content": {} }));
        if let (Value::Object(new), Some(all)) = (
            content(media_type, *shape, shapes),
            answer["content"].as_object_mut(),
        ) {
            all.extend(new);
        }
    }
    answers.insert(
        "default".into(),
        json!({ "description": "A refusal (RFC 9457).", "content": { "application/problem+json": {} } }),
    );
    Value::Object(answers)
}

fn content(media_type: &str, shape: Option<Shape>, shapes: &mut SchemaGenerator) -> Value {
    let schema = shape.map(|shape| shape(shapes).to_value());
    json!({ media_type: schema.map_or_else(|| json!({}), |schema| json!({ "schema": schema })) })
}

fn schemas(shapes: &mut SchemaGenerator) -> Value {
    Value::Object(shapes.take_definitions(true).into_iter().collect())
}
