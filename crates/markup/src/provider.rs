//! The names of the sites that embeds come from, and where a player's address leads a reader.

use crate::{Embed, Href};

/// Hosts (and those below them) and the name readers know.
const KNOWN: &[(&str, &str)] = &[
    ("youtube.com", "YouTube"),
    ("youtube-nocookie.com", "YouTube"),
    ("youtu.be", "YouTube"),
    ("vimeo.com", "Vimeo"),
    ("dailymotion.com", "Dailymotion"),
    ("twitter.com", "X"),
    ("x.com", "X"),
    ("instagram.com", "Instagram"),
    ("facebook.com", "Facebook"),
    ("tiktok.com", "TikTok"),
    ("soundcloud.com", "SoundCloud"),
    ("spotify.com", "Spotify"),
    ("bsky.app", "Bluesky"),
    ("t.me", "Telegram"),
    ("vk.com", "VK"),
    ("rutube.ru", "Rutube"),
    ("bilibili.com", "Bilibili"),
    ("datawrapper.de", "Datawrapper"),
    ("flourish.studio", "Flourish"),
    ("documentcloud.org", "DocumentCloud"),
    ("google.com", "Google"),
];

/// The name of the site, when it is one readers know.
pub(crate) fn known(url: &Href) -> Option<&'static str> {
    let host = url.host();
    let below = |name: &str| {
        host.strip_suffix(name)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    KNOWN.iter().find(|(name, _)| below(name)).map(|(_, name)| *name)
}

/// An embed of whatever is at `url`; a YouTube player leads to its film.
pub(crate) fn embed(url: Href, title: &str) -> Embed {
    let provider = known(&url).map_or_else(|| url.host(), str::to_owned);
    let film = url
        .as_str()
        .split_once("/embed/")
        .filter(|_| provider == "YouTube");
    let film = film.map(|(_, rest)| rest.split(['?', '&', '#', '/']).next().unwrap_or_default());
    let page = film.filter(|id| !id.is_empty() && *id != "videoseries");
    let page = page.and_then(|id| Href::parse(&format!("https://www.youtube.com/watch?v={id}")));
    Embed {
        url: page.unwrap_or(url),
        provider,
        title: title.to_owned(),
    }
}
