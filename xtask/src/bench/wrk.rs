//! One burst of requests by `wrk`, and what it says of it.

use crate::shell::output;
use anyhow::{Context, Result, bail};

/// What one burst reached.
#[derive(Clone, Copy, Debug)]
pub struct Burst {
    pub per_second: f64,
    pub p99_ms: f64,
}

/// How many connections ask at once.
const CONNECTIONS: &str = "-c64";

/// Asks for one address for some seconds, from the second core. An answer that is not 2xx is an error.
pub fn burst(url: &str, seconds: u32, header: Option<&str>) -> Result<Burst> {
    let duration = format!("-d{seconds}");
    let mut args = vec!["-c", "1", "wrk", "-t1", CONNECTIONS, &duration, "--latency"];
    if let Some(header) = header {
        args.extend(["-H", header]);
    }
    args.push(url);
    let text = output("taskset", &args)?;
    if text.contains("Non-2xx") {
        bail!("{url} answered with errors:\n{text}");
    }
    let after = |word: &str| {
        let line = text.lines().find(|line| line.trim_start().starts_with(word));
        line.and_then(|line| line.split_whitespace().last())
            .with_context(|| format!("wrk says nothing of {word}:\n{text}"))
    };
    Ok(Burst {
        per_second: after("Requests/sec:")?.parse()?,
        p99_ms: milliseconds(after("99%")?)?,
    })
}

pub fn milliseconds(text: &str) -> Result<f64> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1_000.0)];
    let (unit, factor) = units
        .into_iter()
        .find(|(unit, _)| text.ends_with(unit))
        .with_context(|| format!("{text} is no time"))?;
    Ok(text.trim_end_matches(unit).parse::<f64>()? * factor)
}
