//! The published schema and the reader say the same.

use super::json::{BAD, GOOD};
use crate::{Document, from_html, schema};
use serde_json::{Value, json};

#[test]
fn every_sample_fits_the_schema_and_is_read() {
    for sample in GOOD {
        let value: Value = serde_json::from_str(sample).unwrap();
        assert_eq!(fault(&value), None, "{sample}");
        let document = Document::from_json(sample).unwrap();
        assert_eq!(
            fault(&serde_json::from_str(&document.to_json()).unwrap()),
            None,
            "{sample}"
        );
    }
    let html = "<p><a href=/x title=t>a</a><b>b</b><ul><li>x<ul><li>y</ul></ul><table><tr><th>a<th>b<tr><td>c<td colspan=2>d</table>";
    assert_eq!(
        fault(&serde_json::from_str(&from_html(html).0.to_json()).unwrap()),
        None
    );
}

#[test]
fn every_wrong_shape_is_refused_by_the_schema_too() {
    for (code, _, sample) in BAD
        .iter()
        .filter(|(code, ..)| matches!(*code, "markup.shape" | "markup.level" | "markup.version"))
    {
        if let Ok(value) = serde_json::from_str(sample) {
            assert!(fault(&value).is_some(), "{code}: {sample}");
        }
    }
}

#[test]
fn schema_names_every_type_of_block() {
    let schema = schema();
    for word in crate::schema::WORDS {
        assert_eq!(
            schema["$defs"][word]["properties"]["type"],
            json!({ "const": word })
        );
    }
}

fn fault(value: &Value) -> Option<String> {
    let schema = schema();
    check(&schema, &schema, value, "$").err()
}

type Verdict = Result<(), String>;

/// The keywords this schema uses, and an error for any other.
fn check(root: &Value, rule: &Value, value: &Value, at: &str) -> Verdict {
    for (word, rule_value) in rule.as_object().unwrap() {
        let kept = match word.as_str() {
            "$schema" | "$id" | "title" | "description" | "default" | "format" | "$defs" => true,
            "$ref" => {
                return check(
                    root,
                    root.pointer(rule_value.as_str().unwrap().trim_start_matches('#'))
                        .unwrap(),
                    value,
                    at,
                );
            }
            "type" => is(value, rule_value.as_str().unwrap()),
            "const" => value == rule_value,
            "enum" => rule_value.as_array().unwrap().contains(value),
            "not" => check(root, rule_value, value, at).is_err(),
            "anyOf" => rule_value
                .as_array()
                .unwrap()
                .iter()
                .any(|rule| check(root, rule, value, at).is_ok()),
            "minimum" => value.as_i64() >= rule_value.as_i64(),
            "maximum" => value.as_i64() <= rule_value.as_i64(),
            "minItems" => value
                .as_array()
                .is_none_or(|list| list.len() as u64 >= rule_value.as_u64().unwrap()),
            "maxItems" => value
                .as_array()
                .is_none_or(|list| list.len() as u64 <= rule_value.as_u64().unwrap()),
            "maxLength" => value
                .as_str()
                .is_none_or(|text| text.chars().count() as u64 <= rule_value.as_u64().unwrap()),
            "pattern" => true,
            "required" => rule_value
                .as_array()
                .unwrap()
                .iter()
                .all(|name| value.get(name.as_str().unwrap()).is_some()),
            "additionalProperties" => {
                let known = rule["properties"].as_object().unwrap();
                value
                    .as_object()
                    .is_none_or(|fields| fields.keys().all(|name| known.contains_key(name)))
            }
            "items" => {
                let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
                list.iter()
                    .enumerate()
                    .try_for_each(|(nth, one)| check(root, rule_value, one, &format!("{at}[{nth}]")))?;
                true
            }
            "properties" => {
                for (name, rule) in rule_value.as_object().unwrap() {
                    value
                        .get(name)
                        .map_or(Ok(()), |one| check(root, rule, one, &format!("{at}.{name}")))?;
                }
                true
            }
            other => panic!("this checker knows no '{other}'"),
        };
        if !kept {
            return Err(format!("{at}: {word} {rule_value}"));
        }
    }
    Ok(())
}

fn is(value: &Value, word: &str) -> bool {
    match word {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("this checker knows no type '{other}'"),
    }
}
