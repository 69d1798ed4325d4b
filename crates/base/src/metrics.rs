//! Numbers for Prometheus, in its text format 0.0.4. Each is read when it is asked for; nothing is counted twice.

use std::fmt::Write;

/// A page of metrics being written.
#[derive(Default)]
pub struct Exposition(String);

impl Exposition {
    /// A number that only grows. `name` ends in `_total`.
    pub fn counter(&mut self, name: &str, about: &str, value: u64) {
        self.family(name, about, "counter");
        let _ = writeln!(self.0, "{name} {value}");
    }

    /// A number that goes up and down, in base units.
    pub fn gauge(&mut self, name: &str, about: &str, value: f64) {
        self.family(name, about, "gauge");
        let _ = writeln!(self.0, "{name} {value}");
    }

    /// A gauge with one label for each of several values.
    pub fn gauges(&mut self, name: &str, about: &str, label: &str, values: &[(String, f64)]) {
        self.family(name, about, "gauge");
        for (word, value) in values {
            let word = word
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', "\\n");
            let _ = writeln!(self.0, "{name}{{{label}=\"{word}\"}} {value}");
        }
    }

    pub fn text(self) -> String {
        self.0
    }

    fn family(&mut self, name: &str, about: &str, kind: &str) {
        let _ = writeln!(self.0, "# HELP {name} {about}\n# TYPE {name} {kind}");
    }
}

#[cfg(test)]
mod tests {
    use super::Exposition;

    #[test]
    fn numbers_are_written_as_prometheus_reads_them() {
        let mut page = Exposition::default();
        page.counter("wireroom_pages_hits_total", "Pages answered from memory.", 7);
        page.gauges(
            "wireroom_jobs_waiting",
            "Jobs not done yet.",
            "kind",
            &[("a\"b".to_owned(), 2.0)],
        );
        let text = page.text();
        assert!(
            text.contains("# TYPE wireroom_pages_hits_total counter\nwireroom_pages_hits_total 7\n"),
            "{text}"
        );
        assert!(
            text.contains("wireroom_jobs_waiting{kind=\"a\\\"b\"} 2\n"),
            "{text}"
        );
    }
}
