//! The files of a theme, from the program or from a folder.

use base::{Error, Result};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

static LEDGER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../themes/ledger");

/// More than this is no theme.
const LARGEST_BYTES: u64 = 8 << 20;

/// Every file by its path inside the theme (`styles/ledger.css`).
pub struct Files {
    all: BTreeMap<String, Vec<u8>>,
    root: String,
}

impl Files {
    pub(crate) fn built_in() -> Self {
        let mut all = BTreeMap::new();
        gather(&LEDGER, &mut all);
        Self::of(all)
    }

    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut all = BTreeMap::new();
        walk(folder, folder, &mut all)?;
        Ok(Self::of(all))
    }

    /// The root has the hash of all files: one changed byte, and every address is another. Scripts and styles name each
    /// other by relative paths, so they share it.
    fn of(all: BTreeMap<String, Vec<u8>>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in all.iter().filter(|(path, _)| is_served(path)) {
            hasher.update(path.as_bytes());
            hasher.update(bytes);
        }
        let root = format!("/assets/{}/", &hasher.finalize().to_hex()[..16]);
        Self { all, root }
    }

    /// `/assets/{hash}/`.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// A file that browsers may have, with its media type.
    pub fn served(&self, path: &str) -> Option<(&[u8], &'static str)> {
        let bytes = self.all.get(path).filter(|_| is_served(path))?;
        Some((bytes, media_type(path)))
    }

    /// The addresses of a script and of all that it imports, each once, itself first: a page that names them has them fetched
    /// side by side, and not one after the other as each is read.
    pub(crate) fn modules(&self, path: &str) -> Vec<String> {
        let mut found = vec![path.to_owned()];
        let mut at = 0;
        while let Some(script) = found.get(at).and_then(|path| self.all.get(path)) {
            let imported = imports(&String::from_utf8_lossy(script));
            for path in imported.into_iter().map(|name| format!("scripts/{name}")) {
                if !found.contains(&path) {
                    found.push(path);
                }
            }
            at += 1;
        }
        found.iter().map(|path| format!("{}{path}", self.root)).collect()
    }

    /// The fonts that link cards are drawn with.
    pub fn card_fonts(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let drawn = |path: &str| path.starts_with("fonts/card/") && path.ends_with(".ttf");
        self.all
            .iter()
            .filter(move |(path, _)| drawn(path))
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    pub(crate) fn templates(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts("templates/")
    }

    /// The texts of the languages: code and Fluent source.
    pub(crate) fn languages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts("texts/")
            .filter_map(|(name, text)| Some((name.strip_suffix(".ftl")?, text)))
    }

    fn texts<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.all.iter().filter_map(move |(path, bytes)| {
            Some((path.strip_prefix(folder)?, std::str::from_utf8(bytes).ok()?))
        })
    }
}

/// What a script imports before it runs, as `import … from "./name.js"` on a line of its own.
fn imports(script: &str) -> Vec<String> {
    let lines = script.lines().filter(|line| line.starts_with("import "));
    let name = |line: &str| Some(line.split_once("from \"./")?.1.split_once('"')?.0.to_owned());
    lines.filter_map(name).collect()
}

/// When the newest file of a folder was changed.
pub(crate) fn changed_at(folder: &Path) -> Option<SystemTime> {
    let mut newest = std::fs::metadata(folder).ok()?.modified().ok()?;
    for entry in std::fs::read_dir(folder).ok()?.flatten() {
        let at = match entry.file_type().ok()?.is_dir() {
            true => changed_at(&entry.path())?,
            false => entry.metadata().ok()?.modified().ok()?,
        };
        newest = newest.max(at);
    }
    Some(newest)
}

fn gather(dir: &Dir<'_>, all: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        all.insert(
            file.path().to_string_lossy().into_owned(),
            file.contents().to_vec(),
        );
    }
    for inner in dir.dirs() {
        gather(inner, all);
    }
}

fn walk(root: &Path, folder: &Path, all: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            walk(root, &entry.path(), all)?;
            continue;
        }
        if entry.metadata()?.len() > LARGEST_BYTES {
            return Err(Error::internal(format!(
                "theme.file {} is too large",
                entry.path().display()
            )));
        }
        let path = entry.path();
        let name = path
            .strip_prefix(root)
            .unwrap_or(&path)
            .to_string_lossy()
            .into_owned();
        all.insert(name, std::fs::read(&path)?);
    }
    Ok(())
}

/// Templates and texts stay inside; so do the fonts that only the program draws with.
fn is_served(path: &str) -> bool {
    ["styles/", "scripts/", "fonts/", "pictures/"]
        .iter()
        .any(|folder| path.starts_with(folder))
        && !path.ends_with(".ttf")
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "xsl" => "text/xsl; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "ico" => "image/x-icon",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::Files;

    #[test]
    fn a_script_comes_with_all_that_it_imports() {
        let files = [
            (
                "scripts/a.js",
                "import { b } from \"./b.js\";\nimport { c } from \"./c.js\";\nimport(\"./later.js\");",
            ),
            ("scripts/b.js", "import { c } from \"./c.js\";"),
            ("scripts/c.js", "import { a } from \"./a.js\";"),
            ("scripts/later.js", ""),
        ];
        let files = Files::of(
            files
                .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
                .into(),
        );
        let names: Vec<String> = files.modules("scripts/a.js");
        let expected = ["a", "b", "c"].map(|name| format!("{}scripts/{name}.js", files.root()));
        assert_eq!(names, expected);
        assert!(files.modules("scripts/none.js").len() == 1);
    }
}
