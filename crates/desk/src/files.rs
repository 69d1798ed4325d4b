//! The files of the frame that browsers load: styles, the built scripts and the theme's fonts. All are inside the program.

use bytes::Bytes;

macro_rules! files {
    ($($name:literal: $kind:literal = $path:literal),+ $(,)?) => {
        /// Name, media type and content.
        const ALL: &[(&str, &str, &[u8])] = &[$(($name, $kind, include_bytes!($path))),+];
    };
}

files! {
    "desk.css": "text/css; charset=utf-8" = "../styles/desk.css",
    "desk.js": "text/javascript; charset=utf-8" = "../bundle/desk.js",
    "editor.js": "text/javascript; charset=utf-8" = "../bundle/editor.js",
    "rooms.js": "text/javascript; charset=utf-8" = "../bundle/rooms.js",
    "source-sans-3-latin.woff2": "font/woff2" = "../../../themes/ledger/fonts/source-sans-3-latin.woff2",
    "source-sans-3-latin-ext.woff2": "font/woff2" = "../../../themes/ledger/fonts/source-sans-3-latin-ext.woff2",
    "source-sans-3-cyrillic.woff2": "font/woff2" = "../../../themes/ledger/fonts/source-sans-3-cyrillic.woff2",
    "source-serif-4-latin.woff2": "font/woff2" = "../../../themes/ledger/fonts/source-serif-4-latin.woff2",
    "source-serif-4-latin-italic.woff2": "font/woff2" = "../../../themes/ledger/fonts/source-serif-4-latin-italic.woff2",
    "source-serif-4-cyrillic.woff2": "font/woff2" = "../../../themes/ledger/fonts/source-serif-4-cyrillic.woff2",
    "vazirmatn-arabic.woff2": "font/woff2" = "../../../themes/ledger/fonts/vazirmatn-arabic.woff2",
}

/// A file with its media type.
pub(crate) fn find(name: &str) -> Option<(&'static str, Bytes)> {
    let (_, kind, bytes) = ALL.iter().find(|(known, ..)| *known == name)?;
    Some((kind, Bytes::from_static(bytes)))
}

/// Where the files are: the path has the hash of all of them, so that one changed byte gives every file another address.
pub(crate) fn root() -> String {
    let mut hasher = blake3::Hasher::new();
    for (name, _, bytes) in ALL {
        hasher.update(name.as_bytes());
        hasher.update(bytes);
    }
    format!("/desk/static/{}/", &hasher.finalize().to_hex()[..16])
}
