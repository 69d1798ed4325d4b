//! P2: who asked to be erased is in no file any more: not in the database, not in its free pages, not in its log, not in a
//! folder; and never was in what the program says. And a backup that is older does not bring them back.

use super::house::{Newsroom, Serving};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// No such words are anywhere else. Each is something that the program was told about one person.
const CANARIES: [&str; 3] = ["quillfeather", "Obadiah Zzyzx", "Canarybrowser"];
const FORM: &str = "application/x-www-form-urlencoded";

/// A reader's browser: cookies, and requests as from our own pages.
struct Reader<'a> {
    serving: &'a Serving,
    origin: String,
    cookies: Vec<String>,
}

impl Reader<'_> {
    fn ask(&mut self, method: &str, path: &str, body: &str) -> super::house::Answer {
        let cookies = self.cookies.join("; ");
        let mut headers = vec![
            ("Content-Type", FORM),
            ("Origin", &self.origin),
            ("User-Agent", "Canarybrowser/7"),
        ];
        if !cookies.is_empty() {
            headers.push(("Cookie", &cookies));
        }
        let answer = self.serving.ask(method, path, &headers, body.as_bytes());
        for line in answer.head.lines() {
            let Some((name, value)) = line.split_once(": ") else {
                continue;
            };
            if name.eq_ignore_ascii_case("set-cookie") {
                let pair = value.split(';').next().unwrap().to_owned();
                let name = pair.split('=').next().unwrap().to_owned() + "=";
                self.cookies.retain(|held| !held.starts_with(&name));
                self.cookies.push(pair);
            }
        }
        answer
    }

    /// Presses the button of the link in the next mail.
    fn follow(&mut self, mailbox: &Mailbox) -> u16 {
        let mail = mailbox.0.recv_timeout(Duration::from_secs(30)).expect("a mail");
        // Quoted-printable (RFC 2045 §6.7), as far as a link needs it.
        let mail = mail.replace("=\n", "").replace("=3D", "=");
        let key = mail.split("key=").nth(1).unwrap();
        let key: String = key.chars().take_while(char::is_ascii_alphanumeric).collect();
        self.ask("POST", "/me/link", &format!("token={key}")).status
    }
}

/// A mail server that takes everything.
struct Mailbox(mpsc::Receiver<String>);

impl Mailbox {
    fn open() -> (Self, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, mails) = mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let tell = tell.clone();
                std::thread::spawn(move || take(stream, &tell));
            }
        });
        (Self(mails), port)
    }
}

fn take(mut stream: TcpStream, tell: &mpsc::Sender<String>) {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let (mut data, mut mail) = (false, String::new());
    let mut say = |line: &str| stream.write_all(line.as_bytes()).is_ok();
    say("220 here\r\n");
    for line in lines.map_while(Result::ok) {
        let line = line.trim_end();
        match (data, line) {
            (true, ".") => {
                data = false;
                say("250 taken\r\n");
                let _ = tell.send(std::mem::take(&mut mail));
            }
            (true, line) => mail += &format!("{line}\n"),
            (false, "DATA") => {
                data = true;
                say("354 go on\r\n");
            }
            (false, _) => {
                say("250 ok\r\n");
            }
        }
    }
}

/// Which files below a folder hold any of the words.
fn holding(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(holding(&path));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        let lower = bytes.to_ascii_lowercase();
        for canary in CANARIES {
            let word = canary.to_ascii_lowercase();
            if lower.windows(word.len()).any(|part| part == word.as_bytes()) {
                found.push(format!("{canary} in {}", path.display()));
            }
        }
    }
    found
}

/// What is left when the writer has been quiet for a moment, and so has brought its log back into the database.
fn left(house: &Newsroom) -> Vec<String> {
    let begun = Instant::now();
    while !holding(&house.data()).is_empty() && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(200));
    }
    holding(&house.data())
}

#[test]
fn an_erased_person_is_in_no_file_and_no_backup_brings_them_back() {
    let house = Newsroom::on_sqlite();
    let (mailbox, port) = Mailbox::open();
    std::fs::create_dir_all(house.data()).unwrap();
    let configuration = format!("smtp = \"smtp://127.0.0.1:{port}\"\n");
    std::fs::write(house.data().join("wireroom.toml"), configuration).unwrap();
    let serving = house.serve(&["--no-sample"]);
    let mut reader = Reader {
        origin: format!(
            "http://{}",
            serving.listen_address().replace("127.0.0.1", "localhost")
        ),
        serving: &serving,
        cookies: Vec::new(),
    };
    let shown = reader.ask("GET", "/me/register", "").body;
    let shown = String::from_utf8_lossy(&shown).into_owned();
    let stamp = shown
        .split("name=\"stamp\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    std::thread::sleep(Duration::from_millis(2_100));
    let form = format!("name=Obadiah+Zzyzx&email=quillfeather%40reader.example&stamp={stamp}");
    assert_eq!(reader.ask("POST", "/me/register", &form).status, 303);
    assert_eq!(reader.follow(&mailbox), 303);
    assert_eq!(
        reader
            .ask("POST", "/me/password", "password=a+barge+in+the+fog")
            .status,
        303
    );
    for n in 0..40 {
        let name = format!("name=Obadiah+Zzyzx+{n}");
        assert_eq!(reader.ask("POST", "/me/name", &name).status, 303);
    }
    assert!(!holding(&house.data()).is_empty(), "the words were there");
    let snapshot = house.done(&["backup", "create", "backups"]).trim().to_owned();

    assert_eq!(reader.ask("POST", "/me/deletion/link", "").status, 303);
    assert_eq!(reader.follow(&mailbox), 200);
    assert_eq!(left(&house), Vec::<String>::new(), "while it runs");
    let log = serving.heard().join("\n").to_lowercase();
    let told: Vec<_> = CANARIES
        .iter()
        .filter(|word| log.contains(&word.to_lowercase()))
        .collect();
    assert!(told.is_empty(), "the log tells of {told:?}: {log}");
    assert_eq!(serving.stop(), 0);
    assert_eq!(holding(&house.data()), Vec::<String>::new(), "after it stopped");

    // The list of who was erased outlives the database.
    let restored = Newsroom::on_sqlite();
    std::fs::create_dir_all(restored.data()).unwrap();
    std::fs::copy(house.data().join("erased"), restored.data().join("erased")).unwrap();
    restored.done(&["backup", "restore", &house.beside(&snapshot).to_string_lossy()]);
    let _again = restored.serve(&["--no-sample"]);
    assert_eq!(
        left(&restored),
        Vec::<String>::new(),
        "an older backup brought them back"
    );
}
