//! people (the lead's temporary sketch; replaced by its helper)
use base::db::{Migration, Query, Sql, Tx};
use base::web::{Caller, Identify, Later, Route, Via};
use base::{App, Result};
use lexicon::{PersonId, Role, Scope};
use serde::Serialize;
use std::sync::Arc;
pub const MIGRATIONS: &[Migration] = &[];
pub fn statements() -> Vec<Sql> {
    Vec::new()
}
pub struct People;
impl People {
    pub fn new(_app: &App) -> Self {
        Self
    }
}
impl Identify for People {
    fn identify<'a>(&'a self, headers: &'a http::HeaderMap) -> Later<'a, Result<Option<Caller>>> {
        let yes = headers.get("authorization").is_some();
        Box::pin(async move {
            Ok(yes.then(|| Caller {
                person: PersonId::parse("01939b1e-0000-7000-8000-000000000000").unwrap(),
                name: "x".into(),
                role: Role::Owner,
                scope: Scope::Desk,
                via: Via::Token { id: "t".into() },
            }))
        })
    }
}
pub fn routes<T>(_people: &Arc<People>, _pages: Arc<T>) -> Vec<Route> {
    Vec::new()
}
pub struct Setup;
impl Setup {
    pub async fn link(_db: &base::Db) -> Result<Option<String>> {
        Ok(Some("x".into()))
    }
}
#[derive(Serialize)]
pub struct Person {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub role: Role,
}
impl Person {
    pub fn by_email(_: &mut dyn Query, _: &str) -> Result<Option<Self>> {
        Ok(None)
    }
    pub fn all(_: &mut dyn Query) -> Result<Vec<Self>> {
        Ok(vec![])
    }
    pub fn add(_: &mut Tx, _: &str, _: &str, _: Role, _: Option<&str>) -> Result<Self> {
        todo()
    }
    pub fn set_role(_: &mut Tx, _: &PersonId, _: Role) -> Result<()> {
        Ok(())
    }
    pub fn reset(_: &mut Tx, _: &PersonId, _: &str) -> Result<()> {
        Ok(())
    }
    pub fn end_sessions(_: &mut Tx, _: &PersonId) -> Result<()> {
        Ok(())
    }
}
fn todo<T>() -> Result<T> {
    Err(base::Error::not_found("x"))
}
pub fn password_hash(_: &str) -> Result<String> {
    Ok(String::new())
}
#[derive(Serialize)]
pub struct Token {
    pub id: String,
    pub name: String,
    pub scope: Scope,
}
impl Token {
    pub fn add(_: &mut Tx, _: &PersonId, _: &str, _: Scope) -> Result<String> {
        Ok("t".into())
    }
    pub fn of_person(_: &mut dyn Query, _: &PersonId) -> Result<Vec<Self>> {
        Ok(vec![])
    }
    pub fn end(_: &mut Tx, _: &str) -> Result<()> {
        Ok(())
    }
}
