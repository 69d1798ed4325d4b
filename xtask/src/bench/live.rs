//! The live stream beside nchan: delay, CPU and memory as ratios, stalled readers, reconnects, and a kill in the middle.
//!
//! Messages go through the whole product (a flash of the desk: request, transaction, fsync, journal, hub); nchan keeps
//! them in memory.

mod crash;

use super::peers::Peers;
use crate::server::Server;
use crate::shell::output;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const ROUNDS: usize = 3;
const UNLIMITED: &[(&str, &str)] = &[("WIREROOM_LIMITS", "off")];

/// What is measured with and against.
pub(super) struct Bench<'b> {
    peers: &'b Peers,
    binary: &'b Path,
    results: PathBuf,
}

/// A running server and a token of its desk.
pub(super) struct Desk {
    pub server: Server,
    pub token: String,
}

pub fn measure(peers: &Peers, binary: &Path) -> Result<()> {
    let results = std::env::temp_dir().join(format!("wireroom-bench-live-{}", std::process::id()));
    std::fs::create_dir_all(&results)?;
    let bench = Bench {
        peers,
        binary,
        results,
    };
    bench.fan_out()?;
    bench.crowd()?;
    bench.stalled()?;
    bench.reconnects()?;
    crash::run(&bench)?;
    Ok(std::fs::remove_dir_all(&bench.results)?)
}

impl Bench<'_> {
    pub(super) fn desk(&self) -> Result<Desk> {
        let server = Server::start(self.binary, UNLIMITED, &[])?;
        let token = server.desk_token()?;
        Ok(Desk { server, token })
    }

    /// The delay of 5,000 and 10,000 readers, the CPU of a delivery and the memory of a reader, in turn with nchan.
    fn fan_out(&self) -> Result<()> {
        let mut rows = Rows::default();
        for _ in 0..ROUNDS {
            let desk = self.desk()?;
            rows.add(self.script(&desk, "nchan product", "5000 10000")?);
        }
        for n in [5000, 10000] {
            let ratio = |field: &str| -> Result<f64> {
                let median = |who: &str| rows.median(&format!("{who}-{n}-10/s"), field);
                Ok(median("product")? / median("nchan")?)
            };
            let p99 = rows.median(&format!("product-{n}-10/s"), "latency_p99_ms")?;
            say(
                &format!("{n} x 10/s p99"),
                ratio("latency_p99_ms")?,
                "of nchan",
                &format!("goal 0.3, must 0.8; {p99:.0} ms"),
            );
            say(
                &format!("{n} x 10/s CPU per delivery"),
                ratio("server_cpu_us_per_delivery")?,
                "of nchan",
                "goal 0.6, must 0.8",
            );
        }
        let idle = |who: &str| rows.median(&format!("{who}-5000-1/s"), "server_kib_per_subscriber");
        let note = format!("goal 1.5, must 8; nchan {:.1}", idle("nchan")?);
        say("memory per idle reader", idle("product")?, "KiB", &note);
        rows.whole("product")
    }

    /// As many readers as one process may have files for, sustained.
    fn crowd(&self) -> Result<()> {
        let desk = self.desk()?;
        let mut rows = Rows::default();
        rows.add(self.script(&desk, "product", "19500")?);
        let p99 = rows.median("product-19500-10/s", "latency_p99_ms")?;
        say("19500 x 10/s p99", p99 / 1000.0, "s", "must 1.0");
        rows.whole("product")
    }

    /// 100 of 300 readers stop reading: what the others and the memory feel of it.
    fn stalled(&self) -> Result<()> {
        let (mut ratios, mut grown) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let desk = self.desk()?;
            let load = |slow: &str| {
                self.load(
                    &desk,
                    &["--n", "200", "--slow", slow, "--rate", "200", "--count", "2000"],
                )
            };
            let (without, with) = (load("0")?, load("100")?);
            ratios.push(number(&with, "latency_p99_ms")? / number(&without, "latency_p99_ms")?);
            grown.push(number(&with, "server_pss_end_mib")? - number(&with, "server_pss_before_mib")?);
        }
        say(
            "p99 of 200 readers beside 100 stalled ones",
            median(ratios)?,
            "of without them",
            "must 1.5",
        );
        say("memory for 100 stalled readers", median(grown)?, "MiB", "must 20");
        Ok(())
    }

    /// 50 readers a second leave and come back with their last id.
    fn reconnects(&self) -> Result<()> {
        let desk = self.desk()?;
        let row = self.load(
            &desk,
            &["--n", "500", "--churn", "50", "--rate", "10", "--count", "300"],
        )?;
        let lost = number(&row, "missing")? + number(&row, "duplicated")?;
        let note = format!(
            "must 0; of {:.0} deliveries over {:.0} reconnects",
            number(&row, "delivered")?,
            number(&row, "reopened")?
        );
        say("50 reconnects/s: lost or repeated", lost, "", &note);
        Ok(())
    }

    /// `bench-fanout.sh` for these readers; what it measured, a row a run.
    fn script(&self, desk: &Desk, which: &str, readers: &str) -> Result<Vec<Value>> {
        let (origin, pid) = (&desk.server.origin, desk.server.pid().to_string());
        let results = self.results.to_string_lossy();
        let environment = [
            ("WHICH", which),
            ("NS", readers),
            // The runs at full speed have no goal.
            ("RUNS", "0"),
            ("RESULTS_DIR", &results),
            ("PRODUCT_SUB", &format!("{origin}/api/v1/live?edition=en")),
            ("PRODUCT_PUB", &format!("{origin}/api/v1/desk/flashes")),
            ("PRODUCT_PID", &pid),
            ("PRODUCT_BODY", BODY),
            (
                "PRODUCT_PUB_HEADERS",
                &format!(
                    "Content-Type: application/json|Authorization: Bearer {}",
                    desk.token
                ),
            ),
        ];
        self.peers.script("bench-fanout.sh", &[], &environment)?;
        let text = std::fs::read_to_string(self.results.join("fanout.jsonl"))?;
        text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
    }

    /// One run of the load client against the product.
    fn load(&self, desk: &Desk, args: &[&str]) -> Result<Value> {
        let (origin, pid) = (&desk.server.origin, desk.server.pid().to_string());
        let (stream, publish) = (
            format!("{origin}/api/v1/live?edition=en"),
            format!("{origin}/api/v1/desk/flashes"),
        );
        let authorization = format!("Authorization: Bearer {}", desk.token);
        let common = [
            "--json",
            "--url",
            &stream,
            "--pub-url",
            &publish,
            "--pid",
            &pid,
            "--body",
            BODY,
            "--pad",
            "150",
            "--pub-header",
            "Content-Type: application/json",
            "--pub-header",
            &authorization,
        ];
        let client = self.peers.path("sseload/target/release/sseload");
        let text = output(&client, &[&common, args].concat())?;
        Ok(serde_json::from_str(&text)?)
    }
}

const BODY: &str = r#"{"edition":"en","headline":"{marker}{pad}"}"#;

/// What was measured, by label; several runs have the same.
#[derive(Default)]
struct Rows(BTreeMap<String, Vec<Value>>);

impl Rows {
    fn add(&mut self, rows: Vec<Value>) {
        for row in rows {
            let label = row["label"].as_str().unwrap_or_default().to_owned();
            self.0.entry(label).or_default().push(row);
        }
    }

    fn median(&self, label: &str, field: &str) -> Result<f64> {
        let rows = self
            .0
            .get(label)
            .with_context(|| format!("{label} was not measured"))?;
        median(rows.iter().map(|row| number(row, field)).collect::<Result<_>>()?)
    }

    /// Fails when a reader lost something or heard it twice: then no figure counts.
    fn whole(&self, who: &str) -> Result<()> {
        let own = self.0.iter().filter(|(label, _)| label.starts_with(who));
        for (label, row) in own.flat_map(|(label, rows)| rows.iter().map(move |row| (label, row))) {
            let lost = number(row, "missing")? + number(row, "duplicated")?;
            if lost > 0.0 || number(row, "connected")? < number(row, "subscribers")? {
                bail!("{label}: lost, repeated or not let in: {row}");
            }
        }
        Ok(())
    }
}

fn number(row: &Value, field: &str) -> Result<f64> {
    row[field]
        .as_f64()
        .with_context(|| format!("{field} is not in {row}"))
}

fn median(mut values: Vec<f64>) -> Result<f64> {
    values.sort_by(f64::total_cmp);
    values
        .get(values.len() / 2)
        .copied()
        .context("nothing was measured")
}

fn say(what: &str, value: f64, unit: &str, note: &str) {
    println!("live: {what} {value:.2} {unit} ({note})");
}
