//! A theme: templates, styles, scripts, fonts and texts. `ledger` is inside the program; a folder `themes/{name}` in the data
//! folder takes its place without a rebuild.

mod files;
mod filters;
mod words;

pub use files::Files;
pub use words::{Languages, OFFERED};

use base::pages::PageStore;
use base::{Error, Result};
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

/// A template that runs away is stopped after so many steps.
const FUEL: u64 = 20_000_000;

/// The theme in use. Cloning shares it.
#[derive(Clone)]
pub struct Theme(Arc<Inner>);

struct Inner {
    /// Where the newsroom's own theme may lie.
    folder: Option<PathBuf>,
    loaded: RwLock<Arc<Loaded>>,
}

/// One loaded state of a theme.
pub struct Loaded {
    environment: Environment<'static>,
    pub files: Files,
    pub languages: Languages,
    changed_at: Option<SystemTime>,
    card_fonts: OnceLock<Arc<resvg::usvg::fontdb::Database>>,
}

impl Theme {
    /// Loads `themes/{name}` of the data folder when there is one, and the built-in theme otherwise.
    /// Errors: `theme.template`, `theme.text` with file and line.
    pub fn load(data: &Path, name: &str) -> Result<Self> {
        let folder = Some(data.join("themes").join(name)).filter(|folder| folder.is_dir());
        let loaded = RwLock::new(Arc::new(Loaded::from(
            folder.as_deref(),
            UndefinedBehavior::Lenient,
        )?));
        Ok(Self(Arc::new(Inner { folder, loaded })))
    }

    /// The theme inside the program.
    pub fn built_in() -> Result<Self> {
        Self::load(Path::new("/nonexistent"), "ledger")
    }

    /// The theme inside the program, as one that refuses to print what nobody gave it.
    #[cfg(test)]
    pub(crate) fn strict() -> Result<Self> {
        let loaded = RwLock::new(Arc::new(Loaded::from(None, UndefinedBehavior::SemiStrict)?));
        Ok(Self(Arc::new(Inner { folder: None, loaded })))
    }

    pub fn now(&self) -> Arc<Loaded> {
        self.0
            .loaded
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Loads the folder again when a file in it changed; true when the theme is another now. A theme with a mistake in it is
    /// not taken: the last good one stays, and the error says where.
    pub fn refresh(&self) -> Result<bool> {
        let Some(folder) = &self.0.folder else {
            return Ok(false);
        };
        if files::changed_at(folder) == self.now().changed_at {
            return Ok(false);
        }
        let loaded = Arc::new(Loaded::from(Some(folder), UndefinedBehavior::Lenient)?);
        *self.0.loaded.write().unwrap_or_else(PoisonError::into_inner) = loaded;
        Ok(true)
    }

    /// Renders a template. `theme.template` with name and line when it does not.
    pub fn render(&self, template: &str, context: Value) -> Result<String> {
        let loaded = self.now();
        let template = loaded
            .environment
            .get_template(template)
            .map_err(|error| faulty(&error))?;
        template.render(context).map_err(|error| faulty(&error))
    }
}

/// Looks for changes in the newsroom's own theme, and lets no page stand that an older one made.
pub async fn watch(theme: Theme, pages: Arc<PageStore>) {
    loop {
        tokio::time::sleep(Duration::from_secs(2)).await;
        match theme.refresh() {
            Ok(true) => pages.clear(),
            Ok(false) => {}
            Err(error) => {
                tracing::error!(target: "site", cause = ?error, "the changed theme is not usable; the last good one stays")
            }
        }
    }
}

impl Loaded {
    fn from(folder: Option<&Path>, undefined: UndefinedBehavior) -> Result<Self> {
        let files = match folder {
            Some(folder) => Files::read(folder)?,
            None => Files::built_in(),
        };
        let languages = Languages::read(&files)?;
        let mut environment = Environment::new();
        environment.set_undefined_behavior(undefined);
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html") {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        environment.set_formatter(filters::write);
        environment.set_fuel(Some(FUEL));
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build();
        environment.set_syntax(syntax.map_err(|error| faulty(&error))?);
        for (name, source) in files.templates() {
            environment
                .add_template_owned(name.to_owned(), source.to_owned())
                .map_err(|error| faulty(&error))?;
        }
        filters::register(&mut environment, &languages, &files);
        let changed_at = folder.and_then(files::changed_at);
        Ok(Self {
            environment,
            files,
            languages,
            changed_at,
            card_fonts: OnceLock::new(),
        })
    }

    /// The fonts that link cards are drawn with, read once.
    pub fn card_fonts(
        &self,
        read: impl FnOnce() -> resvg::usvg::fontdb::Database,
    ) -> Arc<resvg::usvg::fontdb::Database> {
        self.card_fonts.get_or_init(|| Arc::new(read())).clone()
    }

    /// The address of one of the theme's files; it changes with its content, so browsers keep it for ever.
    pub fn asset(&self, path: &str) -> String {
        format!("{}{path}", self.files.root())
    }
}

fn faulty(error: &minijinja::Error) -> Error {
    let place = format!(
        "{}:{}",
        error.name().unwrap_or("template"),
        error.line().unwrap_or(0)
    );
    Error::internal(format!("theme.template {place}: {error:#}"))
}
