//! The sandbox from outside: this binary is both the server that asks and, called with `sandbox`, the child that is asked.
//! The tasks are attacks, and what an attacker would gain is sent back as a frame.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "this is a test, though clippy knows tests only by their attribute"
)]

use base::sandbox::{Frames, Refusal, Sandbox, Task, child_main};
use base::{Error, Result};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const TASKS: &[(&str, Task)] = &[
    ("echo", echo),
    ("attack", attack),
    ("hoard", hoard),
    ("hang", hang),
    ("sleep", sleep),
    ("panic", panic),
    ("abort", abort),
    ("overflow", overflow),
    ("refuse", refuse),
    ("early", early),
    ("surroundings", surroundings),
];

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("sandbox") {
        child_main(TASKS);
    }
    let trial = |name: &str, test: fn()| {
        Trial::test(name, move || {
            std::panic::catch_unwind(test).map_err(|_| Failed::without_message())
        })
    };
    let trials = vec![
        trial(
            "results_come_in_order_while_the_input_is_read",
            results_come_in_order_while_the_input_is_read,
        ),
        trial(
            "every_attempt_to_get_out_is_refused",
            every_attempt_to_get_out_is_refused,
        ),
        trial(
            "landlock_by_itself_opens_no_file",
            landlock_by_itself_opens_no_file,
        ),
        trial(
            "a_child_that_wants_too_much_memory_ends_alone",
            a_child_that_wants_too_much_memory_ends_alone,
        ),
        trial("a_child_that_hangs_is_given_up", a_child_that_hangs_is_given_up),
        trial("a_child_that_breaks_says_how", a_child_that_breaks_says_how),
        trial(
            "a_refusal_keeps_its_code_only_if_it_was_declared",
            a_refusal_keeps_its_code_only_if_it_was_declared,
        ),
        trial(
            "who_stops_early_on_either_side_stops_both",
            who_stops_early_on_either_side_stops_both,
        ),
        trial(
            "an_input_that_cannot_be_read_is_named_as_such",
            an_input_that_cannot_be_read_is_named_as_such,
        ),
        trial(
            "nothing_of_the_server_is_in_the_child",
            nothing_of_the_server_is_in_the_child,
        ),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn echo(input: &mut dyn Read, frames: &mut Frames, _: &Value) -> Result<(), Refusal> {
    let mut piece = vec![0; 70_000];
    loop {
        match input
            .read(&mut piece)
            .map_err(|error| Refusal::new("echo.input", &error.to_string()))?
        {
            0 => return Ok(()),
            count => frames.send(&piece[..count])?,
        }
    }
}

/// Tries one way out and sends the error number, 0 when it got out.
fn attack(_: &mut dyn Read, frames: &mut Frames, args: &Value) -> Result<(), Refusal> {
    let way = args["way"].as_str().unwrap_or_default();
    let path = c"/etc/passwd".as_ptr();
    // SAFETY: each call gets what its manual page asks for; a child that a fork made ends at once.
    let outcome = unsafe {
        match way {
            "open" => libc::c_long::from(libc::open(path, libc::O_RDONLY)),
            "create" => libc::c_long::from(libc::open(
                c"/tmp/escaped".as_ptr(),
                libc::O_CREAT | libc::O_WRONLY,
                0o600,
            )),
            "unlink" => libc::c_long::from(libc::unlink(c"/tmp/there-is-no-such-file".as_ptr())),
            "connect" => libc::c_long::from(libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0)),
            "unix" => libc::c_long::from(libc::socket(libc::AF_UNIX, libc::SOCK_STREAM, 0)),
            "exec" => libc::c_long::from(libc::execl(
                c"/bin/true".as_ptr(),
                path,
                std::ptr::null::<libc::c_char>(),
            )),
            "ptrace" => libc::ptrace(libc::PTRACE_ATTACH, libc::getppid(), 0, 0),
            "kill" => libc::c_long::from(libc::kill(libc::getppid(), 0)),
            "fork" => match libc::fork() {
                0 => libc::_exit(0),
                pid => libc::c_long::from(pid),
            },
            "thread" => {
                return report(
                    frames,
                    std::thread::Builder::new()
                        .spawn(|| ())
                        .map_or(libc::EPERM, |_| 0),
                );
            }
            "executable" => libc::mmap(
                std::ptr::null_mut(),
                4096,
                libc::PROT_EXEC | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            ) as libc::c_long,
            "uring" => libc::syscall(libc::SYS_io_uring_setup, 1, 0),
            "bpf" => libc::syscall(libc::SYS_bpf, 0, 0, 0),
            "unlimit" => {
                let more = libc::rlimit {
                    rlim_cur: libc::RLIM_INFINITY,
                    rlim_max: libc::RLIM_INFINITY,
                };
                libc::c_long::from(libc::setrlimit(libc::RLIMIT_AS, &raw const more))
            }
            "nothing" => 0,
            other => return Err(Refusal::new("attack.way", other)),
        }
    };
    let errno = std::io::Error::last_os_error().raw_os_error().unwrap_or(0);
    report(frames, if outcome == -1 { errno } else { 0 })
}

fn report(frames: &mut Frames, errno: i32) -> Result<(), Refusal> {
    frames.send(errno.to_string().as_bytes())
}

/// Fills memory until it is refused.
fn hoard(_: &mut dyn Read, _: &mut Frames, args: &Value) -> Result<(), Refusal> {
    if args["at_once"] == true {
        let all = vec![1_u8; 10 << 30];
        return Err(Refusal::new("hoard.got", &all.len().to_string()));
    }
    let mut pieces = Vec::new();
    while pieces.len() < 10 << 10 {
        pieces.push(vec![1_u8; 1 << 20]);
    }
    Err(Refusal::new("hoard.got", &pieces.len().to_string()))
}

fn hang(_: &mut dyn Read, _: &mut Frames, _: &Value) -> Result<(), Refusal> {
    loop {
        std::hint::spin_loop();
    }
}

fn sleep(_: &mut dyn Read, _: &mut Frames, _: &Value) -> Result<(), Refusal> {
    std::thread::sleep(Duration::from_secs(3600));
    Ok(())
}

fn panic(_: &mut dyn Read, _: &mut Frames, _: &Value) -> Result<(), Refusal> {
    let empty: Vec<u8> = Vec::new();
    Err(Refusal::new(
        "panic.not",
        &empty[std::hint::black_box(7)].to_string(),
    ))
}

fn abort(_: &mut dyn Read, _: &mut Frames, _: &Value) -> Result<(), Refusal> {
    std::process::abort()
}

fn overflow(_: &mut dyn Read, frames: &mut Frames, _: &Value) -> Result<(), Refusal> {
    fn down(depth: u64) -> u64 {
        let here = std::hint::black_box([depth; 64]);
        if here[3] == u64::MAX {
            0
        } else {
            down(depth + 1) + here[7]
        }
    }
    report(frames, i32::try_from(down(0)).unwrap_or(0))
}

fn refuse(_: &mut dyn Read, _: &mut Frames, _: &Value) -> Result<(), Refusal> {
    Err(Refusal::new("test.declared", "line 7:\u{1b}[31m no such thing"))
}

fn early(_: &mut dyn Read, frames: &mut Frames, _: &Value) -> Result<(), Refusal> {
    frames.send(b"enough")
}

fn surroundings(_: &mut dyn Read, frames: &mut Frames, _: &Value) -> Result<(), Refusal> {
    for (name, _) in std::env::vars() {
        frames.send(name.as_bytes())?;
    }
    Ok(())
}

fn run(sandbox: &Sandbox, args: &Value, input: Vec<u8>) -> (Result<()>, Vec<Vec<u8>>) {
    let mut frames = Vec::new();
    let outcome = sandbox.run(args, Box::new(Cursor::new(input)), |frame| {
        frames.push(frame);
        Ok(())
    });
    (outcome, frames)
}

fn code_of(task: &'static str, args: &Value) -> &'static str {
    run(
        &Sandbox::new(task).within(Duration::from_secs(10)),
        args,
        Vec::new(),
    )
    .0
    .unwrap_err()
    .code()
}

fn attacked(sandbox: &Sandbox, way: &str) -> i32 {
    let (outcome, frames) = run(sandbox, &json!({ "way": way }), Vec::new());
    outcome.unwrap();
    std::str::from_utf8(&frames[0]).unwrap().parse().unwrap()
}

fn results_come_in_order_while_the_input_is_read() {
    // Far more than both pipes hold together: it ends only if neither side waits for the other.
    let input: Vec<u8> = (0..8_000_000_u32).map(|n| (n % 251) as u8).collect();
    let (outcome, frames) = run(&Sandbox::new("echo"), &Value::Null, input.clone());
    outcome.unwrap();
    assert!(frames.len() > 100);
    assert_eq!(frames.concat(), input);
    let (outcome, frames) = run(&Sandbox::new("echo"), &Value::Null, Vec::new());
    outcome.unwrap();
    assert_eq!(frames.len(), 0);
}

fn every_attempt_to_get_out_is_refused() {
    let sandbox = Sandbox::new("attack").within(Duration::from_secs(10));
    assert_eq!(
        attacked(&sandbox, "nothing"),
        0,
        "the attack tells success from failure"
    );
    let ways = [
        "open",
        "create",
        "unlink",
        "connect",
        "unix",
        "exec",
        "ptrace",
        "kill",
        "fork",
        "thread",
        "executable",
        "uring",
        "bpf",
        "unlimit",
    ];
    let got_out: Vec<&str> = ways
        .into_iter()
        .filter(|way| {
            // What is refused for want of rights alone would be open to whoever has them.
            attacked(&sandbox, way) != libc::EPERM
        })
        .collect();
    assert!(got_out.is_empty(), "{got_out:?}");
}

fn landlock_by_itself_opens_no_file() {
    let sandbox = Sandbox::new("attack")
        .within(Duration::from_secs(10))
        .bare_landlock();
    assert_eq!(attacked(&sandbox, "open"), libc::EACCES);
    assert_eq!(attacked(&sandbox, "create"), libc::EACCES);
}

fn a_child_that_wants_too_much_memory_ends_alone() {
    assert_eq!(code_of("hoard", &json!({ "at_once": true })), "sandbox.memory");
    assert_eq!(code_of("hoard", &json!({ "at_once": false })), "sandbox.memory");
}

fn a_child_that_hangs_is_given_up() {
    let begun = Instant::now();
    for (task, patience) in [
        ("hang", Duration::from_secs(1)),
        ("sleep", Duration::from_millis(100)),
    ] {
        let sandbox = Sandbox::new(task).within(patience);
        let refusal = run(&sandbox, &Value::Null, vec![1; 1 << 20]).0.unwrap_err();
        assert_eq!(refusal.code(), "sandbox.deadline", "{task}");
    }
    assert!(begun.elapsed() < Duration::from_secs(60));
}

fn a_child_that_breaks_says_how() {
    assert_eq!(code_of("abort", &Value::Null), "sandbox.died");
    assert_eq!(code_of("overflow", &Value::Null), "sandbox.died");
    let sandbox = Sandbox::new("panic").refusals(&["sandbox.panicked"]);
    let refusal = run(&sandbox, &Value::Null, Vec::new()).0.unwrap_err();
    assert_eq!(refusal.code(), "sandbox.panicked");
    assert!(refusal.to_string().contains("index out of bounds"), "{refusal}");
}

fn a_refusal_keeps_its_code_only_if_it_was_declared() {
    assert_eq!(code_of("refuse", &Value::Null), "sandbox.refused");
    let sandbox = Sandbox::new("refuse").refusals(&["test.declared"]);
    let refusal = run(&sandbox, &Value::Null, Vec::new()).0.unwrap_err();
    assert_eq!(refusal.code(), "test.declared");
    assert_eq!(refusal.to_string(), "file: line 7:[31m no such thing");
}

fn who_stops_early_on_either_side_stops_both() {
    let (outcome, frames) = run(&Sandbox::new("early"), &Value::Null, vec![1; 4 << 20]);
    outcome.unwrap();
    assert_eq!(frames, [b"enough"]);
    let mut count = 0;
    let stopped = Sandbox::new("echo").run(&Value::Null, Box::new(std::io::repeat(7)), |_| {
        count += 1;
        if count < 3 {
            Ok(())
        } else {
            Err(Error::not_found("test.enough"))
        }
    });
    assert_eq!(stopped.unwrap_err().code(), "test.enough");
}

fn an_input_that_cannot_be_read_is_named_as_such() {
    struct Torn(u32);
    impl Read for Torn {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0 += 1;
            if self.0 < 4 {
                Ok(buffer.len())
            } else {
                Err(std::io::Error::other("the disk is gone"))
            }
        }
    }
    let refusal = Sandbox::new("echo")
        .run(&Value::Null, Box::new(Torn(0)), |_| Ok(()))
        .unwrap_err();
    assert_eq!(refusal.code(), "sandbox.input");
    assert!(refusal.to_string().contains("the disk is gone"), "{refusal}");
}

fn nothing_of_the_server_is_in_the_child() {
    let (outcome, frames) = run(&Sandbox::new("surroundings"), &Value::Null, Vec::new());
    outcome.unwrap();
    let names: Vec<_> = frames.iter().map(|name| String::from_utf8_lossy(name)).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}
