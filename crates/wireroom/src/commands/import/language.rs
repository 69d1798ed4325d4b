//! Languages as exports write them: their BCP 47 tag, and what each calls itself.

/// ISO 639-3 (and 639-2/B) code where there is a shorter one, the code that BCP 47 wants, and the language's own name (CLDR).
/// A row with a region or script names the edition of that variety.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("afr", "af", "Afrikaans"),
    ("aka", "ak", "Akan"),
    ("amh", "am", "አማርኛ"),
    ("ara arb", "ar", "العربية"),
    ("asm", "as", "অসমীয়া"),
    ("aze azj", "az", "Azərbaycan dili"),
    ("bak", "ba", "Башҡорт теле"),
    ("bel", "be", "Беларуская"),
    ("", "bem", "Ichibemba"),
    ("ben", "bn", "বাংলা"),
    ("bod tib", "bo", "བོད་སྐད་"),
    ("bos", "bs", "Bosanski"),
    ("bul", "bg", "Български"),
    ("cat", "ca", "Català"),
    ("ces cze", "cs", "Čeština"),
    ("", "ckb", "کوردیی ناوەندی"),
    ("cym wel", "cy", "Cymraeg"),
    ("dan", "da", "Dansk"),
    ("deu ger", "de", "Deutsch"),
    ("div", "dv", "ދިވެހި"),
    ("dzo", "dz", "རྫོང་ཁ"),
    ("ell gre", "el", "Ελληνικά"),
    ("eng", "en", "English"),
    ("", "en-GB", "English (United Kingdom)"),
    ("", "en-IN", "English (India)"),
    ("", "en-US", "English (United States)"),
    ("epo", "eo", "Esperanto"),
    ("est ekk", "et", "Eesti"),
    ("eus baq", "eu", "Euskara"),
    ("ewe", "ee", "Eʋegbe"),
    ("fao", "fo", "Føroyskt"),
    ("fas per pes", "fa", "فارسی"),
    ("fij", "fj", "Na Vosa Vakaviti"),
    ("", "fil", "Filipino"),
    ("fin", "fi", "Suomi"),
    ("fra fre", "fr", "Français"),
    ("", "fr-CA", "Français (Canada)"),
    ("", "fuc", "Pulaar"),
    ("gle", "ga", "Gaeilge"),
    ("glg", "gl", "Galego"),
    ("", "gsw", "Schwiizertüütsch"),
    ("guj", "gu", "ગુજરાતી"),
    ("hau", "ha", "Hausa"),
    ("heb", "he", "עברית"),
    ("hin", "hi", "हिन्दी"),
    ("", "hmn", "Hmoob"),
    ("hrv", "hr", "Hrvatski"),
    ("hun", "hu", "Magyar"),
    ("hye arm", "hy", "Հայերեն"),
    ("ibo", "ig", "Igbo"),
    ("ind", "id", "Indonesia"),
    ("isl ice", "is", "Íslenska"),
    ("ita", "it", "Italiano"),
    ("jpn", "ja", "日本語"),
    ("kan", "kn", "ಕನ್ನಡ"),
    ("kat geo", "ka", "ქართული"),
    ("kaz", "kk", "Қазақ тілі"),
    ("khm", "km", "ខ្មែរ"),
    ("kin", "rw", "Ikinyarwanda"),
    ("kir", "ky", "Кыргызча"),
    ("", "kmr", "Kurmancî"),
    ("kor", "ko", "한국어"),
    ("kur", "ku", "Kurdî"),
    ("lao", "lo", "ລາວ"),
    ("lat", "la", "Latina"),
    ("lav lvs", "lv", "Latviešu"),
    ("lit", "lt", "Lietuvių"),
    ("ltz", "lb", "Lëtzebuergesch"),
    ("mal", "ml", "മലയാളം"),
    ("mar", "mr", "मराठी"),
    ("mkd mac", "mk", "Македонски"),
    ("mlg plt", "mg", "Malagasy"),
    ("mlt", "mt", "Malti"),
    ("mon khk", "mn", "Монгол"),
    ("mri mao", "mi", "Māori"),
    ("msa may zsm", "ms", "Melayu"),
    ("mya bur", "my", "မြန်မာ"),
    ("nde", "nd", "isiNdebele"),
    ("nep npi", "ne", "नेपाली"),
    ("nld dut", "nl", "Nederlands"),
    ("nno", "nn", "Norsk nynorsk"),
    ("nob", "nb", "Norsk bokmål"),
    ("nor", "no", "Norsk"),
    ("", "nso", "Sesotho sa Leboa"),
    ("nya", "ny", "Chichewa"),
    ("orm gaz", "om", "Oromoo"),
    ("pan", "pa", "ਪੰਜਾਬੀ"),
    ("pol", "pl", "Polski"),
    ("por", "pt", "Português"),
    ("", "pt-BR", "Português (Brasil)"),
    ("", "pt-PT", "Português (Portugal)"),
    ("", "prs", "دری"),
    ("pus", "ps", "پښتو"),
    ("ron rum", "ro", "Română"),
    ("rus", "ru", "Русский"),
    ("", "shi", "ⵜⴰⵛⵍⵃⵉⵜ"),
    ("sin", "si", "සිංහල"),
    ("slk slo", "sk", "Slovenčina"),
    ("slv", "sl", "Slovenščina"),
    ("smo", "sm", "Gagana Sāmoa"),
    ("sna", "sn", "chiShona"),
    ("snd", "sd", "سنڌي"),
    ("som", "so", "Soomaali"),
    ("sot", "st", "Sesotho"),
    ("spa", "es", "Español"),
    ("", "es-MX", "Español (México)"),
    ("sqi alb", "sq", "Shqip"),
    ("srp", "sr", "Српски"),
    ("", "sr-Latn", "Srpski (latinica)"),
    ("ssw", "ss", "siSwati"),
    ("swa swh", "sw", "Kiswahili"),
    ("swe", "sv", "Svenska"),
    ("tah", "ty", "Reo Tahiti"),
    ("tam", "ta", "தமிழ்"),
    ("tat", "tt", "Татар"),
    ("tel", "te", "తెలుగు"),
    ("tgk", "tg", "Тоҷикӣ"),
    ("tgl", "tl", "Tagalog"),
    ("tha", "th", "ไทย"),
    ("tir", "ti", "ትግርኛ"),
    ("ton", "to", "Lea fakatonga"),
    ("tsn", "tn", "Setswana"),
    ("tso", "ts", "Xitsonga"),
    ("tuk", "tk", "Türkmen dili"),
    ("tur", "tr", "Türkçe"),
    ("uig", "ug", "ئۇيغۇرچە"),
    ("ukr", "uk", "Українська"),
    ("urd", "ur", "اردو"),
    ("uzb uzn", "uz", "O‘zbek"),
    ("ven", "ve", "Tshivenḓa"),
    ("vie", "vi", "Tiếng Việt"),
    ("wol", "wo", "Wolof"),
    ("xho", "xh", "IsiXhosa"),
    ("yid", "yi", "ייִדיש"),
    ("yor", "yo", "Yorùbá"),
    ("", "yue", "粵語"),
    ("zho chi cmn", "zh", "中文"),
    ("", "zh-CN", "简体中文"),
    ("", "zh-Hans", "简体中文"),
    ("", "zh-HK", "中文（香港）"),
    ("", "zh-Hant", "繁體中文"),
    ("", "zh-TW", "繁體中文"),
    ("zul", "zu", "isiZulu"),
];

/// The BCP 47 tag of what exports write: `pt_BR`, `zh-cn`, `deu`, `srp-Cyrl`, `de_DE.UTF-8`. Empty for an empty one.
pub fn tag(written: &str) -> String {
    let plain = written.trim().split(['.', '@']).next().unwrap_or_default();
    let mut parts = plain.split(['-', '_']).filter(|part| !part.is_empty());
    let Some(primary) = parts.next() else {
        return String::new();
    };
    let primary = primary.to_ascii_lowercase();
    let long = |row: &&(&str, &str, &str)| row.0.split(' ').any(|code| code == primary);
    let shortest = LANGUAGES.iter().find(long).map_or(primary.as_str(), |row| row.1);
    let mut tag = shortest.to_owned();
    for part in parts {
        tag.push('-');
        tag += &cased(part);
    }
    tag
}

/// Where a language is at home (CLDR likely subtags), as far as exports name the region without meaning a variety.
const AT_HOME: &[&str] = &[
    "bg-BG", "cs-CZ", "da-DK", "de-DE", "el-GR", "en-US", "es-ES", "fi-FI", "fr-FR", "he-IL", "hu-HU",
    "id-ID", "it-IT", "ja-JP", "ko-KR", "nb-NO", "nl-NL", "pl-PL", "ro-RO", "ru-RU", "sk-SK", "sv-SE",
    "th-TH", "tr-TR", "uk-UA", "vi-VN",
];

/// The language alone when the region of the tag is the one that goes without saying: an export in `en-US` is in English.
pub fn without_home(tag: &str) -> &str {
    match tag.split_once('-') {
        Some((language, _)) if AT_HOME.contains(&tag) => language,
        _ => tag,
    }
}

/// A script begins with a capital, a region is in capitals, everything else is small (RFC 5646 §2.1.1).
fn cased(part: &str) -> String {
    match part.len() {
        4 if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase()
        }
        2 => part.to_ascii_uppercase(),
        _ => part.to_ascii_lowercase(),
    }
}

/// What a language calls itself, for the editions' switcher; a variety without a name of its own says its subtags.
pub fn endonym(tag: &str) -> String {
    let named = |tag: &str| LANGUAGES.iter().find(|row| row.1 == tag).map(|row| row.2);
    if let Some(name) = named(tag) {
        return name.to_owned();
    }
    match tag.split_once('-') {
        Some((primary, variety)) => match named(primary) {
            Some(name) => format!("{name} ({variety})"),
            None => tag.to_owned(),
        },
        None => tag.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{endonym, tag, without_home};

    #[test]
    fn a_language_has_one_tag_and_its_own_name() {
        let cases = [
            ("en", "en", "English"),
            ("pt_BR", "pt-BR", "Português (Brasil)"),
            ("de_DE.UTF-8", "de-DE", "Deutsch (DE)"),
            ("deu", "de", "Deutsch"),
            ("zho-TW", "zh-TW", "繁體中文"),
            ("srp-cyrl", "sr-Cyrl", "Српски (Cyrl)"),
            ("ARB", "ar", "العربية"),
            ("tlh", "tlh", "tlh"),
            ("", "", ""),
        ];
        for (written, bcp47, name) in cases {
            assert_eq!(tag(written), bcp47, "{written}");
            assert_eq!(endonym(bcp47), name);
        }
        assert_eq!(without_home("en-US"), "en");
        assert_eq!(without_home("pt-BR"), "pt-BR");
    }
}
