//! The judge: every hold names rule and word, every number holds exactly, words are found in disguise and never inside others,
//! and honest talk passes.

use super::*;
use lexicon::At;
use std::path::PathBuf;

const NOW: At = At(1_800_000_000_000_000);

fn layer(set: impl Fn(&mut Layer)) -> Rules {
    let mut layer = Layer::default();
    set(&mut layer);
    layer.check().unwrap();
    Rules::of([&layer])
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

fn context() -> Context {
    Context {
        now: NOW,
        ..Context::default()
    }
}

fn said(rules: &Rules, text: &str) -> Verdict {
    judge(rules, &Standing::regular(), &context(), text)
}

fn rule(verdict: &Verdict) -> Option<Rule> {
    match verdict {
        Verdict::Pass => None,
        Verdict::Hold(reason) | Verdict::Refuse { reason, .. } => Some(reason.rule),
    }
}

fn code(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Hold(_) => "hold",
        Verdict::Refuse { code, .. } => code,
    }
}

#[track_caller]
fn hits(list: &[&str], text: &str, written: &str) {
    let rules = layer(|layer| layer.watched = words(list));
    match said(&rules, text) {
        Verdict::Hold(reason) => {
            assert_eq!(
                (reason.rule, reason.word.as_str()),
                (Rule::Watched, written),
                "{text:?}"
            );
        }
        other => panic!("{list:?} in {text:?}: {other:?}"),
    }
}

#[track_caller]
fn passes(list: &[&str], text: &str) {
    let rules = layer(|layer| layer.watched = words(list));
    assert_eq!(said(&rules, text), Verdict::Pass, "{list:?} in {text:?}");
}

#[test]
fn a_listed_word_is_found_in_any_script_and_named_as_it_stands() {
    hits(&["idiot"], "What an IDIOT he is", "IDIOT");
    hits(&["idiot"], "you are an idiot.", "idiot");
    hits(&["idiot"], "stop.idiot", "idiot");
    hits(&["idiot"], "the idiot's view", "idiot");
    hits(&["idiot"], "Ídìôt!", "Ídìôt");
    hits(&["idiot*"], "Two idiots met", "idiots");
    hits(&["дурак"], "Ну ты и Дурак, друг", "Дурак");
    hits(&["дурак*"], "одни дураки кругом", "дураки");
    hits(&["غبي"], "أنت غَبِيّ جدا", "غَبِيّ");
    hits(&["笨蛋"], "你是一个笨蛋吗", "笨蛋");
    hits(&["ばか"], "あなたはばかですね", "ばか");
    hits(&["βλάκας"], "είσαι ΒΛΆΚΑΣ ρε", "ΒΛΆΚΑΣ");
    hits(&["मूर्ख"], "तुम मूर्ख हो", "मूर्ख");
    hits(&["buy followers"], "Come and buy   followers today", "buy");
}

#[test]
fn a_word_in_disguise_is_found() {
    for text in [
        "you 1d1ot",
        "you !diot",
        "you id!ot",
        "you i.d.i.o.t",
        "you i-d-i-o-t here",
        "you i_d_i_o_t",
        "you i d i o t now",
        "you id.iot",
        "you idi0t",
        "you id\u{200b}iot",
        "you id\u{ad}iot",
        "you iiidiooot",
        "you іdіоt",
        "you ｉｄｉｏｔ",
        "you 𝐢𝐝𝐢𝐨𝐭",
        "you ⓘⓓⓘⓞⓣ",
        "you 🇮🇩🇮🇴🇹",
        "you id*ot",
        "you i̶d̶i̶o̶t̶",
        "you !d!0t!!",
        "you “idiot”",
    ] {
        let rules = layer(|layer| layer.watched = words(&["idiot"]));
        assert_eq!(rule(&said(&rules, text)), Some(Rule::Watched), "{text}");
    }
    hits(&["dolt*"], "all d0lts", "d0lts");
    hits(&["дурак*"], "одни дypaки", "дypaки");
    passes(&["all*"], "fail a11 mail");
    // A Russian word in Latin letters among Russian ones, and wholly Latin in a Russian sentence; an English one in Cyrillic.
    hits(&["урод"], "какой уpoд", "уpoд");
    hits(&["хер"], "да ты просто xep какой-то", "xep");
    hits(&["cop"], "he is a сор indeed", "сор");
}

#[test]
fn no_word_is_found_inside_another_and_no_trick_is_seen_where_none_is() {
    passes(
        &["ass", "hell", "cock", "cunt", "sex"],
        "Scunthorpe's classic shell assessed in Essex: a cocktail, a pass, hello",
    );
    passes(&["fall", "ball", "mall"], "fail bail mail");
    passes(&["ass"], "Take the A55 to the coast");
    passes(&["cop"], "Сор из избы не выносят");
    passes(&["bas"], "the bass player");
    passes(&["rude"], "crude oil, prudent rule");
    passes(&["idiot"], "idiotic?");
    passes(&["boob"], "call 80085 now");
    passes(&["hill"], "hi!! how are you");
    passes(&["buy followers"], "buy bread, followers of fashion");
    let rules = layer(|layer| {
        layer.watched = words(&["сук*"]);
        layer.allowed = words(&["сукно"]);
    });
    assert_eq!(said(&rules, "зелёное сукно на столе"), Verdict::Pass);
    assert_eq!(rule(&said(&rules, "сукно и сука")), Some(Rule::Watched));
}

#[test]
fn hosts_are_compared_whole() {
    let rules = layer(|layer| {
        layer.denied_hosts = words(&["bad.example", ".worse.example"]);
        layer.allowed_hosts = words(&["gov.example"]);
        layer.links = Some(0);
    });
    let denied = |text: &str| rule(&said(&rules, text)) == Some(Rule::DeniedHost);
    for text in [
        "see https://bad.example/x",
        "https://BAD.example.",
        "https://gov.example@bad.example/",
        "https://bad.example:8443/a",
        "https://bad。example/",
        "https://bad.exam%70le/",
        "https://a.b.worse.example",
        "hxxps://bad[.]example/x",
        "[x](https://bad.example)",
        "http://b\u{200b}ad.example",
    ] {
        assert!(denied(text), "{text}");
    }
    for text in [
        "https://notbad.example/",
        "https://bad.example.org/",
        "https://sub.bad.example/",
        "https://gov.example/?u=bad.example",
    ] {
        assert!(!denied(text), "{text}");
    }
    assert_eq!(said(&rules, "see https://gov.example/page"), Verdict::Pass);
    assert_eq!(
        rule(&said(&rules, "see https://notgov.example/page")),
        Some(Rule::Links),
        "an end is no host"
    );
    assert_eq!(
        rule(&said(&rules, "see https://gov.example.evil.example/page")),
        Some(Rule::Links)
    );
}

#[test]
fn plain_talk_has_no_links_in_it() {
    for text in [
        "ok.so what",
        "yes.no",
        "at 10.30 a.m. e.g. this",
        "me@example.com",
        "U.S. v. U.K.",
        "wait...what",
        "that’s it.by the way",
    ] {
        assert_eq!(links::links(text), [], "{text}");
    }
    for text in [
        "murdev.com is mine",
        "www.example.museum",
        "(https://x.example/a)",
        "go to example.org/a?b#c!",
    ] {
        assert_eq!(links::links(text).len(), 1, "{text}");
    }
}

/// P5: at each number the message passes, one past it the rule is met.
#[test]
fn every_number_holds_exactly() {
    let text = |count: usize, part: &str| part.repeat(count);
    let rules = Rules::default();
    assert_eq!(said(&rules, &text(limits::CHARACTERS, "å")), Verdict::Pass);
    assert_eq!(
        code(&said(&rules, &text(limits::CHARACTERS + 1, "å"))),
        "rooms.too_long"
    );
    let tower = |marks| format!("z{}algo", text(marks, "\u{315}"));
    assert_eq!(said(&rules, &tower(limits::MARKS)), Verdict::Pass);
    assert_eq!(code(&said(&rules, &tower(limits::MARKS + 1))), "rooms.zalgo");
    let hidden = |count| format!("a{}b", text(count, "\u{2060}"));
    assert_eq!(said(&rules, &hidden(limits::INVISIBLE)), Verdict::Pass);
    assert_eq!(
        code(&said(&rules, &hidden(limits::INVISIBLE + 1))),
        "rooms.invisible"
    );
    let nested = |count| format!("{}a{}", text(count, "\u{2067}"), text(count, "\u{2069}"));
    assert_eq!(said(&rules, &nested(limits::NESTED)), Verdict::Pass);
    assert_eq!(code(&said(&rules, &nested(limits::NESTED + 1))), "rooms.bidi");

    let linked = |count: usize| {
        (0..count)
            .map(|n| format!("https://h{n}.example/ "))
            .collect::<String>()
    };
    let linking = layer(|layer| layer.spam_points = Some(0));
    assert_eq!(said(&linking, &linked(3)), Verdict::Pass);
    assert_eq!(
        said(&linking, &linked(4)),
        Verdict::Hold(Reason::of(Rule::Links, "h3.example".to_owned()))
    );
    let new = judge(&linking, &Standing::default(), &context(), &linked(1));
    assert_eq!(
        new,
        Verdict::Hold(Reason::of(Rule::Links, "h0.example".to_owned())),
        "people who are new: none"
    );

    let loud = layer(|layer| layer.capitals_percent = Some(75));
    assert_eq!(said(&loud, "ABCDE FGHIJ KLMN opqrst"), Verdict::Pass);
    assert_eq!(
        rule(&said(&loud, "ABCDE FGHIJ KLMNO pqrst")),
        Some(Rule::Capitals)
    );

    for (number, limit) in [(19, Verdict::Pass), (20, flood(60))] {
        let moments = (0..number).map(|n| NOW.plus(-n * 1_000)).collect();
        let context = Context { moments, ..context() };
        let verdict = judge(&rules, &Standing::regular(), &context, "Good evening");
        assert_eq!(code(&verdict), code(&limit), "{number} in the minute");
    }
    for (budget, standing) in [(40, Standing::regular()), (20, Standing::default())] {
        // Spread so that no minute is full.
        let spread = |count: i64| {
            (0..count)
                .map(|n| NOW.plus(-n * limits::WINDOW / (budget + 10)))
                .collect()
        };
        let of = |count| {
            judge(
                &rules,
                &standing,
                &Context {
                    moments: spread(count),
                    ..context()
                },
                "Good evening",
            )
        };
        assert_eq!(of(budget - 1), Verdict::Pass);
        assert_eq!(code(&of(budget)), "rooms.flood", "{budget} in five minutes");
    }
    let slow = layer(|layer| layer.slow_mode_s = Some(30));
    let after = |micros: i64| {
        let context = Context {
            last_here: Some(NOW.plus(-micros)),
            ..context()
        };
        judge(&slow, &Standing::regular(), &context, "Good evening")
    };
    assert_eq!(after(30 * At::SECOND), Verdict::Pass);
    let Verdict::Refuse {
        code, retry_after_s, ..
    } = after(30 * At::SECOND - 1)
    else {
        panic!("slow mode")
    };
    assert_eq!((code, retry_after_s), ("rooms.slow_mode", Some(1)));

    let crowd = |same_by_others| {
        judge(
            &rules,
            &Standing::regular(),
            &Context {
                same_by_others,
                ..context()
            },
            "Good evening",
        )
    };
    assert_eq!((rule(&crowd(3)), rule(&crowd(4))), (None, Some(Rule::Crowd)));
    let rejected = |week_rejected| {
        let standing = Standing {
            week: 10,
            week_rejected,
            ..Standing::regular()
        };
        rule(&judge(&rules, &standing, &context(), "Good evening"))
    };
    assert_eq!((rejected(3), rejected(4)), (None, Some(Rule::Rejected)));
    let newcomers = layer(|layer| layer.newcomers_until = Some(2));
    let newcomer = |approved| {
        rule(&judge(
            &newcomers,
            &Standing {
                approved,
                ..Standing::default()
            },
            &context(),
            "Good evening",
        ))
    };
    assert_eq!((newcomer(1), newcomer(2)), (Some(Rule::Newcomer), None));
    assert_eq!(
        (reported(&rules, 7), reported(&rules, 8).map(|reason| reason.rule)),
        (None, Some(Rule::Reported))
    );
}

fn flood(wait: u32) -> Verdict {
    Haste::Flood {
        wait_s: wait,
        budget: 20,
    }
    .verdict()
}

#[test]
fn saying_the_same_again_is_refused_and_almost_the_same_held() {
    let first = "The bridge was closed at noon and nobody told the people of the valley";
    let context = |text: &str, ago: i64| Context {
        latest: vec![Said {
            at: NOW.plus(-ago),
            text: text.to_owned(),
        }],
        ..context()
    };
    let of =
        |text: &str, context: &Context| code(&judge(&Rules::default(), &Standing::regular(), context, text));
    assert_eq!(of(first, &context(first, At::MINUTE)), "rooms.repeat");
    assert_eq!(
        of(
            "the BRIDGE was closed at noon, and nobody told the people of the valley!!",
            &context(first, At::MINUTE)
        ),
        "rooms.repeat"
    );
    assert_eq!(of(&format!("{first} yes"), &context(first, At::MINUTE)), "hold");
    assert_eq!(
        of(first, &context(first, limits::REPEAT_WITHIN)),
        "pass",
        "ten minutes later it may be said again"
    );
    assert_eq!(
        of("yes", &context("yes", At::SECOND)),
        "pass",
        "short answers are no repeats"
    );
    assert_eq!(
        of(
            "Was the school closed as well? Nobody told them",
            &context(first, At::MINUTE)
        ),
        "pass"
    );
    let likeness = |text| super::likeness(text);
    assert_eq!(likeness("Buy it   now, people!"), likeness("buy, it NOW people"));
    assert_ne!(likeness("Buy it now, people!"), likeness("Buy it not, people!"));
    assert_eq!(likeness("Thank you"), None);
}

#[test]
fn who_is_stopped_is_told_why_and_until_when() {
    let stopped = |how, until| Standing {
        stopped: Some(Stopped {
            how,
            until,
            why: "insults".to_owned(),
        }),
        ..Standing::regular()
    };
    let of = |standing: &Standing| judge(&Rules::default(), standing, &context(), "Good evening");
    let verdict = of(&stopped(Stop::TimedOut, Some(NOW.plus(600 * At::SECOND))));
    let Verdict::Refuse {
        code,
        retry_after_s,
        reason,
    } = &verdict
    else {
        panic!("{verdict:?}")
    };
    assert_eq!((*code, *retry_after_s), ("rooms.timed_out", Some(600)));
    assert!(
        reason.word.contains("insults") && reason.word.contains("until"),
        "{}",
        reason.word
    );
    assert_eq!(code_of(&stopped(Stop::Muted, None)), "rooms.muted");
    assert_eq!(code_of(&stopped(Stop::Banned, None)), "rooms.banned");
}

fn code_of(standing: &Standing) -> &'static str {
    code(&judge(&Rules::default(), standing, &context(), "Good evening"))
}

#[test]
fn trust_grows_and_falls() {
    let new = Standing::default();
    assert_eq!((new.trust(), new.report_weight()), (Trust::New, 0));
    let old_but_silent = Standing {
        age: limits::TRUSTED_AGE * 10,
        ..Standing::default()
    };
    assert_eq!(old_but_silent.trust(), Trust::New, "time alone earns nothing");
    let regular = Standing::regular();
    assert_eq!((regular.trust(), regular.report_weight()), (Trust::Regular, 2));
    let trusted = Standing {
        approved: limits::TRUSTED_APPROVED,
        age: limits::TRUSTED_AGE,
        ..Standing::default()
    };
    assert_eq!((trusted.trust(), trusted.report_weight()), (Trust::Trusted, 3));
    assert_eq!(
        Standing {
            sanctions: 1,
            ..trusted.clone()
        }
        .trust(),
        Trust::Known
    );
    assert_eq!(
        Standing {
            week: 10,
            week_rejected: 2,
            ..trusted.clone()
        }
        .trust(),
        Trust::Known
    );
    assert_eq!(
        Standing {
            reports_wrong: 3,
            reports_right: 1,
            ..trusted
        }
        .report_weight(),
        0,
        "who is mostly wrong weighs nothing"
    );
}

#[test]
fn staff_are_not_judged_by_pace_and_content_but_by_form() {
    let rules = layer(|layer| {
        layer.banned = words(&["idiot"]);
        layer.slow_mode_s = Some(60);
    });
    let staff = Standing {
        staff: true,
        ..Standing::default()
    };
    let context = Context {
        last_here: Some(NOW),
        ..context()
    };
    assert_eq!(judge(&rules, &staff, &context, "I quote: idiot"), Verdict::Pass);
    assert_eq!(code(&judge(&rules, &staff, &context, "a\u{202e}b")), "rooms.bidi");
}

#[test]
fn honest_writing_of_every_script_has_good_form() {
    for text in [
        "می‌خواهم بروم",
        "שָׁלוֹם עֲלֵיכֶם",
        "क्‍ष और ज्ञ",
        "👩‍👩‍👧‍👦 ❤️ 1️⃣ 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        "Việt Nam ế ộ ữ",
        "ภาษาไทย",
        "السَّلَامُ عَلَيْكُمْ",
        "\u{feff}with a mark",
        "co\u{ad}operate",
        "He said \u{2068}שלום\u{2069} to us",
        "مرحبا \u{200e}(A)\u{200e} !",
    ] {
        assert_eq!(said(&Rules::default(), text), Verdict::Pass, "{text}");
    }
    for text in ["", "  \n ", "\u{200b}\u{200b}", "\u{3164}", "\u{2800}"] {
        assert_eq!(code(&said(&Rules::default(), text)), "rooms.empty", "{text:?}");
    }
    assert_eq!(
        code(&said(&Rules::default(), "a\u{7}b")),
        "rooms.control_character"
    );
    assert_eq!(
        code(&said(&Rules::default(), "open \u{2067} for ever")),
        "rooms.bidi"
    );
}

#[test]
fn layers_add_up_and_the_nearer_number_wins() {
    let newsroom = Layer {
        banned: words(&["one"]),
        links: Some(5),
        slow_mode_s: Some(10),
        ..Layer::default()
    };
    let room = Layer {
        banned: words(&["two"]),
        links: Some(1),
        ..Layer::default()
    };
    let rules = Rules::of([&newsroom, &Layer::default(), &room]);
    assert_eq!(
        (rules.banned.len(), rules.links, rules.slow_mode_s, rules.crowd),
        (2, 1, 10, 5)
    );
    let stored = serde_json::to_string(&newsroom).unwrap();
    assert_eq!(serde_json::from_str::<Layer>(&stored).unwrap(), newsroom);
    assert_eq!(serde_json::from_str::<Layer>("{}").unwrap(), Layer::default());
    for setting in SETTINGS {
        let mut layer = Layer::default();
        assert!(layer.set(setting.name, Some(setting.most)));
        layer.check().unwrap();
        assert_eq!(
            Rules::of([&layer]).number(setting.name),
            Some(setting.most),
            "{}",
            setting.name
        );
        layer.set(setting.name, Some(setting.most + 1));
        assert_eq!(
            layer.check().unwrap_err().code(),
            "rooms.rule_number",
            "{}",
            setting.name
        );
    }
    for (word, good) in [
        ("ab", true),
        ("a", false),
        ("蛋", true),
        ("ab*", false),
        ("abc*", true),
        ("a*c", false),
        ("  ", false),
        (&"x".repeat(81), false),
    ] {
        let layer = Layer {
            banned: vec![word.to_owned()],
            ..Layer::default()
        };
        assert_eq!(layer.check().is_ok(), good, "{word:?}");
    }
    let layer = Layer {
        denied_hosts: words(&["nodots"]),
        ..Layer::default()
    };
    assert_eq!(layer.check().unwrap_err().code(), "rooms.rule_host");
    let layer = Layer {
        banned: vec!["word".to_owned(); limits::LISTED + 1],
        ..Layer::default()
    };
    assert_eq!(layer.check().unwrap_err().code(), "rooms.rule_list");
}

#[test]
fn every_rule_has_one_word() {
    for rule in Rule::ALL {
        assert_eq!(Rule::of(rule.as_str()), Some(*rule));
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.as_str());
    }
}

proptest::proptest! {
    #[test]
    fn the_judge_never_panics_and_always_says_why(text in "\\PC{0,200}", odd in "[a-z0-9 .*@!\\u{200b}-\\u{206f}а-яא-ת一-丂\\u{300}-\\u{310}]{0,80}") {
        let rules = layer(|layer| {
            layer.banned = words(&["abc", "дай"]);
            layer.watched = words(&["de fg", "hij*", "一丁"]);
            layer.newcomers_until = Some(1);
        });
        for text in [text, odd] {
            match judge(&rules, &Standing::default(), &context(), &text) {
                Verdict::Pass => proptest::prop_assert!(false, "newcomers never just pass"),
                Verdict::Hold(reason) | Verdict::Refuse { reason, .. } => {
                    proptest::prop_assert!(!reason.word.is_empty());
                    proptest::prop_assert!(!reason.sentence().is_empty());
                }
            }
        }
    }
}

/// The corpus of spam and ham: less than one in a hundred honest messages is held by the usual rules, and most spam is.
#[test]
fn honest_talk_passes_and_spam_is_held() {
    let Some(folder) = corpus() else { return };
    let judge = Judge::of(Rules::default());
    for trust in [Trust::Regular, Trust::New] {
        let (mut ham, mut held_ham, mut spam, mut held_spam) = (0, Vec::new(), 0, 0);
        for (is_spam, text) in samples(&folder) {
            let held = judge.content(trust, &text) != Verdict::Pass;
            match is_spam {
                true => (spam, held_spam) = (spam + 1, held_spam + usize::from(held)),
                false => {
                    ham += 1;
                    held_ham.extend(held.then_some(text));
                }
            }
        }
        println!(
            "{trust:?}: {} of {ham} honest, {held_spam} of {spam} spam held",
            held_ham.len()
        );
        assert!(ham > 2_000 && spam > 400, "the corpus is there: {ham} and {spam}");
        assert!(
            held_ham.len() * 100 < ham,
            "{} of {ham}: {held_ham:#?}",
            held_ham.len()
        );
        assert!(held_spam * 100 > spam * 75, "{held_spam} of {spam}");
    }
}

/// The corpus folder; tests of the corpus pass without it unless `WIREROOM_CORPUS=required`.
fn corpus() -> Option<PathBuf> {
    let beside = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/corpus/moderation"
    ));
    let folder = [beside, PathBuf::from("/work/shared/corpus/moderation")]
        .into_iter()
        .find(|path| path.is_dir());
    assert!(
        folder.is_some() || std::env::var("WIREROOM_CORPUS").is_err(),
        "the corpus is required and not there"
    );
    folder
}

fn samples(folder: &std::path::Path) -> Vec<(bool, String)> {
    let sms = std::fs::read_to_string(folder.join("sms-spam.tsv")).unwrap();
    let sms = sms
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .map(|(label, text)| (label == "spam", text.to_owned()));
    let comments = std::fs::read_to_string(folder.join("youtube-comment-spam.jsonl")).unwrap();
    let comments = comments
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let comments = comments.map(|row| {
        (
            row["spam"].as_bool().unwrap(),
            row["text"].as_str().unwrap().to_owned(),
        )
    });
    sms.chain(comments).collect()
}
