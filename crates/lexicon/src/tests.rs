use crate::*;

#[test]
fn ids_refuse_what_they_are_not() {
    assert!(StoryId::parse("abcdefgh2345").is_ok());
    for forged in [
        "",
        "ABCDEFGH2345",
        "abcdefgh234",
        "abcdefgh2341",
        "abcdefgh234 ",
        "../etc/passwd",
    ] {
        assert!(StoryId::parse(forged).is_err(), "{forged:?}");
    }
    for code in ["en", "pt-br", "zh-hans"] {
        assert!(EditionCode::parse(code).is_ok(), "{code}");
    }
    for code in ["e", "EN", "-en", "en-", "2en", "en/ru"] {
        assert!(EditionCode::parse(code).is_err(), "{code}");
    }
}

#[test]
fn streams_read_back_as_written() {
    for text in [
        "public",
        "desk",
        "edition:en",
        "live:abcdefgh2345",
        "room:abcdefgh2345",
    ] {
        assert_eq!(text.parse::<Stream>().unwrap().to_string(), text);
    }
    assert!("room:1".parse::<Stream>().is_err());
}

#[test]
fn moments_are_read_and_printed() {
    let cases = [
        ("2026-11-24T08:00:00Z", "2026-11-24T08:00:00.000Z"),
        ("2026-11-24T08:00:00.5+02:00", "2026-11-24T06:00:00.500Z"),
        ("2026-11-24", "2026-11-24T00:00:00.000Z"),
    ];
    for (input, expect) in cases {
        assert_eq!(At::parse(input).unwrap().rfc3339(), expect);
    }
    assert_eq!(At::parse("yesterday"), None);
}

#[test]
fn words_read_back_as_written() {
    for role in Role::ALL {
        assert_eq!(role.as_str().parse::<Role>().unwrap(), *role);
    }
    assert!("root".parse::<Role>().is_err());
}
