//! The command line: every command once, noun and verb; the configuration's flags come from its keys.

use base::config::KEYS;
use clap::{Arg, ArgAction, ArgMatches, CommandFactory, Parser, Subcommand};
use std::collections::BTreeMap;

/// What can be asked of the program.
#[derive(Debug, Parser)]
#[command(
    name = "wireroom",
    version,
    about = "A whole online news service in one program"
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Verb>,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Runs everything; without any command this is what happens
    Serve {
        /// Start without the sample newsroom
        #[arg(long)]
        no_sample: bool,
    },
    /// People with an account
    #[command(subcommand)]
    Person(PersonVerb),
    /// API tokens
    #[command(subcommand)]
    Token(TokenVerb),
    /// Editions: one language or region version of the site each
    #[command(subcommand)]
    Edition(EditionVerb),
    /// Sections of an edition
    #[command(subcommand)]
    Section(SectionVerb),
    /// Brings stories over from another system; running it again makes nothing twice
    Import(ImportArgs),
    /// Snapshots of everything
    #[command(subcommand)]
    Backup(BackupVerb),
    /// Looks for what is wrong: exit 0 all well, 3 warnings, 4 errors
    Doctor {
        #[arg(long)]
        json: bool,
    },
    /// Asks the running server whether it is well: exit 0 or 1
    Healthcheck,
    /// Prints the version
    Version {
        #[arg(long)]
        json: bool,
    },
    /// The configuration
    #[command(subcommand)]
    Config(ConfigVerb),
    /// Parses hostile input for the server, without files, network or rights
    #[command(hide = true)]
    Sandbox,
}

#[derive(Debug, Subcommand)]
pub enum PersonVerb {
    /// Adds a person
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// What they may do
        #[arg(long, value_parser = ROLES)]
        role: String,
        /// Reads the password from standard input
        #[arg(long)]
        password_stdin: bool,
        #[arg(long)]
        json: bool,
    },
    /// Lists everybody
    List {
        #[arg(long)]
        json: bool,
    },
    /// Gives a person another role
    Role {
        #[arg(long)]
        email: String,
        #[arg(long, value_parser = ROLES)]
        role: String,
    },
    /// Sets a new password and takes the second factor off
    Reset {
        #[arg(long)]
        email: String,
        #[arg(long)]
        password_stdin: bool,
    },
    /// Signs a person out everywhere
    EndSessions {
        #[arg(long)]
        email: String,
    },
    /// Prints everything that is kept of a person, as JSON
    Export {
        #[arg(long)]
        email: String,
    },
    /// Erases a person and everything that is kept of them, for good
    Erase {
        #[arg(long)]
        email: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum TokenVerb {
    /// Makes a token and prints it, once
    Add {
        /// The person's e-mail address
        #[arg(long)]
        person: String,
        #[arg(long)]
        name: String,
        /// What it opens
        #[arg(long, value_parser = ["desk", "reader", "read"])]
        scope: String,
        #[arg(long)]
        json: bool,
    },
    /// Lists a person's tokens
    List {
        #[arg(long)]
        person: String,
        #[arg(long)]
        json: bool,
    },
    /// Ends a token
    End { id: String },
}

#[derive(Debug, Subcommand)]
pub enum EditionVerb {
    /// Adds an edition
    Add {
        /// The first part of its URLs: en, pt-br
        #[arg(long)]
        code: String,
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "")]
        tagline: String,
        /// BCP 47; the code when missing
        #[arg(long)]
        language: Option<String>,
        /// IANA name, such as Europe/Moscow
        #[arg(long, default_value = "UTC")]
        timezone: String,
        #[arg(long)]
        json: bool,
    },
    /// Lists the editions
    List {
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum SectionVerb {
    /// Adds a section
    Add {
        #[arg(long)]
        edition: String,
        #[arg(long)]
        slug: String,
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "")]
        description: String,
        #[arg(long)]
        json: bool,
    },
    /// Lists an edition's sections
    List {
        #[arg(long)]
        edition: String,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// What the file is: JSON lines, or an export of WordPress, Ghost or Blogger
    #[arg(value_parser = ["jsonl", "wxr", "ghost", "blogger"])]
    pub format: String,
    /// The export; gzip is read as it is
    pub file: std::path::PathBuf,
    /// Where everything goes; else each item's language decides
    #[arg(long)]
    pub edition: Option<String>,
    /// The section for items that name none
    #[arg(long)]
    pub section: Option<String>,
    /// Reads and reports, changes nothing
    #[arg(long, short = 'n')]
    pub dry_run: bool,
    /// The report as JSON on the last line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum BackupVerb {
    /// Writes a snapshot into a new folder below DIR, while the server goes on
    Create {
        dir: std::path::PathBuf,
        #[arg(long)]
        json: bool,
    },
    /// Lists the snapshots below DIR
    List {
        dir: std::path::PathBuf,
        #[arg(long)]
        json: bool,
    },
    /// Checks every file of a snapshot, and opens its database
    Verify {
        snapshot: std::path::PathBuf,
        #[arg(long)]
        json: bool,
    },
    /// Restores a snapshot into an empty data folder; readers' positions begin anew
    Restore { snapshot: std::path::PathBuf },
    /// Begins a new epoch, after a database was restored with tools of its own
    RenewEpoch,
}

#[derive(Debug, Subcommand)]
pub enum ConfigVerb {
    /// Shows every key with its value and where that came from
    Show {
        #[arg(long)]
        json: bool,
    },
    /// Prints an example configuration file
    Example,
}

impl Verb {
    /// Whether it may take long enough for somebody to stop it midway.
    pub fn is_long(&self) -> bool {
        matches!(self, Self::Import(_) | Self::Backup(_))
    }

    /// Whether something is piped into it.
    pub fn reads_input(&self) -> bool {
        matches!(
            self,
            Self::Person(
                PersonVerb::Add {
                    password_stdin: true,
                    ..
                } | PersonVerb::Reset {
                    password_stdin: true,
                    ..
                }
            )
        )
    }
}

const ROLES: [&str; 6] = ["owner", "editor", "reporter", "photo", "moderator", "reader"];

/// Help begins with what most people came for.
const HELP: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}";

/// What each command is mostly used for; the first row is the program's own.
const EXAMPLES: &[(&str, &str)] = &[
    (
        "",
        "  wireroom serve                       start on an empty folder, with the sample newsroom
  wireroom import wxr export.xml       bring a WordPress site over
  wireroom backup create backups/      a consistent snapshot while serving
  wireroom doctor                      what is wrong, and what to do about it",
    ),
    (
        "serve",
        "  wireroom serve                       on http://localhost:8080, data in ./wireroom-data
  wireroom serve --no-sample --listen 0.0.0.0:80 --origin https://news.example",
    ),
    (
        "person",
        "  wireroom person add --email ana@news.example --name \"Ana Ruiz\" --role editor
  wireroom person reset --email ana@news.example --password-stdin < new-password
  wireroom person list --json",
    ),
    (
        "token",
        "  wireroom token add --person ana@news.example --name importer --scope desk
  wireroom token list --person ana@news.example",
    ),
    (
        "edition",
        "  wireroom edition add --code ru --name \"Вестник\" --language ru --timezone Europe/Moscow
  wireroom edition list",
    ),
    (
        "section",
        "  wireroom section add --edition ru --slug mir --name \"Мир\"
  wireroom section list --edition ru",
    ),
    (
        "import",
        "  wireroom import wxr export.xml --dry-run         what would come over, and what not
  wireroom import wxr export.xml --edition en      again at any time: nothing comes twice
  wireroom import jsonl stories.jsonl.gz --json    the report for programs, on the last line",
    ),
    (
        "backup",
        "  wireroom backup create backups/                  while the server goes on
  wireroom backup verify backups/20261124T080000Z
  wireroom backup restore backups/20261124T080000Z --data ./restored",
    ),
    (
        "doctor",
        "  wireroom doctor            exit 0 all well, 3 warnings, 4 errors\n  wireroom doctor --json",
    ),
    (
        "healthcheck",
        "  wireroom healthcheck       exit 0 when the running server takes reads and writes",
    ),
    (
        "config",
        "  wireroom config show       every key, its value, and where that came from\n  wireroom config example > wireroom-data/wireroom.toml",
    ),
];

fn with_examples(command: clap::Command) -> clap::Command {
    EXAMPLES.iter().fold(command, |command, (name, text)| {
        let told = |command: clap::Command| {
            command
                .before_help(format!("Examples:\n{text}\n"))
                .help_template(HELP)
        };
        match *name {
            "" => told(command),
            name => command.mut_subcommand(name, told),
        }
    })
}

/// Reads the command line. The flags of the configuration may stand anywhere; secrets are no flags, since other processes
/// can read the command line.
pub fn read(
    args: impl Iterator<Item = std::ffi::OsString>,
) -> Result<(Verb, BTreeMap<String, String>), clap::Error> {
    let flagged = KEYS.iter().filter(|key| !key.secret);
    let matches = flagged
        .fold(with_examples(Cli::command()), |command, key| {
            command.arg(flag(key))
        })
        .try_get_matches_from(args)?;
    let cli = <Cli as clap::FromArgMatches>::from_arg_matches(&matches)?;
    let mut flags = BTreeMap::new();
    gather(&matches, &mut flags);
    Ok((cli.command.unwrap_or(Verb::Serve { no_sample: false }), flags))
}

fn flag(key: &'static base::config::Key) -> Arg {
    let flag = Arg::new(key.name)
        .long(key.name)
        .value_name("VALUE")
        .global(true)
        .action(ArgAction::Set);
    flag.help(key.about).help_heading("Configuration")
}

fn gather(matches: &ArgMatches, flags: &mut BTreeMap<String, String>) {
    for key in KEYS.iter().filter(|key| !key.secret) {
        if let Ok(Some(value)) = matches.try_get_one::<String>(key.name) {
            flags.insert(key.name.to_owned(), value.clone());
        }
    }
    if let Some((_, inner)) = matches.subcommand() {
        gather(inner, flags);
    }
}
