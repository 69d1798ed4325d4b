//! What templates can call: `t`, `date`, `num`, `asset`, `modules`. Language and time zone come from the page's own context.

use super::files::Files;
use super::words::Languages;
use fluent_bundle::{FluentArgs, FluentValue};
use lexicon::At;
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, Value};

pub(crate) fn register(environment: &mut Environment<'static>, languages: &Languages, files: &Files) {
    let (words, dates, numbers) = (languages.clone(), languages.clone(), languages.clone());
    environment.add_function("t", move |state: &State, key: String, arguments: Kwargs| {
        text(&words, state, &key, &arguments)
    });
    environment.add_filter("date", move |state: &State, at: Value, style: String| {
        date(&dates, state, &at, &style)
    });
    environment.add_filter("num", move |state: &State, number: i64| {
        numbers.number(&language(state), number)
    });
    let root = files.root().to_owned();
    environment.add_function("asset", move |path: String| format!("{root}{path}"));
    let start = files.modules("scripts/ledger.js");
    environment.add_function("modules", move || Value::from(start.clone()));
}

/// Writes a value where a template prints it. In HTML, text is escaped as HTML asks (WHATWG §13.3: `&`, `<`, `>` and both
/// quotes); minijinja's own way would turn every slash of every address into six bytes.
pub(crate) fn write(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let unescaped = value.as_str().filter(|_| !value.is_safe());
    let Some(text) = unescaped.filter(|_| *state.auto_escape() == AutoEscape::Html) else {
        return minijinja::escape_formatter(out, state, value);
    };
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let escaped = match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&#34;",
            _ => "&#39;",
        };
        out.write_str(&rest[..at])?;
        out.write_str(escaped)?;
        rest = &rest[at + 1..];
    }
    Ok(out.write_str(rest)?)
}

fn text(languages: &Languages, state: &State, key: &str, arguments: &Kwargs) -> Result<String, Error> {
    let mut given = FluentArgs::new();
    for name in arguments.args() {
        let value: Value = arguments.get(name)?;
        let value = match i64::try_from(value.clone()) {
            Ok(number) if value.kind() == ValueKind::Number => FluentValue::from(number),
            _ => FluentValue::from(value.to_string()),
        };
        given.set(name.to_owned(), value);
    }
    Ok(languages.text(&language(state), key, &given))
}

fn date(languages: &Languages, state: &State, at: &Value, style: &str) -> Result<String, Error> {
    let refuse = || Error::new(ErrorKind::InvalidOperation, format!("{at} is not a moment"));
    let moment = match at.as_str() {
        Some(text) => At::parse(text).ok_or_else(refuse)?,
        None => At(i64::try_from(at.clone()).map_err(|_| refuse())?),
    };
    let timezone = state
        .lookup("edition")
        .and_then(|edition| edition.get_attr("timezone").ok());
    let timezone = timezone
        .as_ref()
        .and_then(Value::as_str)
        .unwrap_or("UTC")
        .to_owned();
    let made_at = state
        .lookup("page")
        .and_then(|page| page.get_attr("made_at").ok())
        .and_then(|at| i64::try_from(at).ok());
    let this_year = made_at.map_or(0, |at| At(at).zoned(&timezone).year());
    Ok(languages.date(&language(state), moment, &timezone, style, this_year))
}

fn language(state: &State) -> String {
    state
        .lookup("ui_lang")
        .and_then(|language| language.as_str().map(str::to_owned))
        .unwrap_or_else(|| "en".to_owned())
}
