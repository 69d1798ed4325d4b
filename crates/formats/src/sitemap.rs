//! Sitemaps (sitemaps.org 0.9) with the news, image and alternate-language extensions, cut to the protocol's size.

use crate::moment::{Micros, rfc3339};
use crate::xml::XmlText;

/// `application/xml; charset=utf-8`.
pub const MEDIA_TYPE: &str = "application/xml; charset=utf-8";

/// A page in a sitemap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitemapUrl {
    pub loc: String,
    pub modified_at: Option<Micros>,
    /// All languages of the page, itself among them (`hreflang` is BCP 47 or `x-default`).
    pub alternates: Vec<Alternate>,
    /// Addresses of pictures on the page; at most 1,000 are written.
    pub images: Vec<String>,
    /// Only in a news sitemap.
    pub news: Option<NewsEntry>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternate {
    pub hreflang: String,
    pub href: String,
}

/// The news extension: for stories of the last two days (the caller picks them).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewsEntry {
    pub title: String,
    pub publication: String,
    /// ISO 639; `zh-cn` and `zh-tw` for Chinese.
    pub language: String,
    pub published_at: Micros,
}

/// One sitemap file in a sitemap index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitemapRef {
    pub loc: String,
    pub modified_at: Option<Micros>,
}

/// How large one file may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub urls: usize,
    pub bytes: usize,
}

impl Limits {
    /// sitemaps.org: 50,000 addresses, 50 MB (52,428,800 bytes) before compression.
    pub const PROTOCOL: Self = Self {
        urls: 50_000,
        bytes: 52_428_800,
    };
    /// Google News: 1,000 addresses.
    pub const NEWS: Self = Self {
        urls: 1_000,
        bytes: 52_428_800,
    };
}

const MAX_IMAGES: usize = 1_000;

/// Writes as many files as needed, one at a time; none when there are no addresses. An entry that alone would
/// break the byte limit is left out.
pub fn urlsets(urls: impl IntoIterator<Item = SitemapUrl>, limits: Limits) -> impl Iterator<Item = String> {
    split(urls.into_iter().map(|url| entry(&url)), Root::UrlSet, limits)
}

/// Writes the index of sitemap files; more than one when there are more than 50,000.
pub fn indexes(files: impl IntoIterator<Item = SitemapRef>, limits: Limits) -> impl Iterator<Item = String> {
    split(
        files.into_iter().map(|file| reference(&file)),
        Root::Index,
        limits,
    )
}

#[derive(Clone, Copy)]
enum Root {
    UrlSet,
    Index,
}

impl Root {
    fn start(self) -> &'static str {
        match self {
            Self::UrlSet => concat!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
                "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"",
                " xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"",
                " xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\"",
                " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
            ),
            Self::Index => concat!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
                "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            ),
        }
    }

    fn end(self) -> &'static str {
        match self {
            Self::UrlSet => "</urlset>\n",
            Self::Index => "</sitemapindex>\n",
        }
    }
}

fn split(entries: impl Iterator<Item = String>, root: Root, limits: Limits) -> impl Iterator<Item = String> {
    let frame = root.start().len() + root.end().len();
    let room = limits.bytes.saturating_sub(frame);
    let mut entries = entries.filter(move |entry| entry.len() <= room).peekable();
    std::iter::from_fn(move || {
        let mut file = String::from(root.start());
        let mut count = 0;
        let fits =
            |file: &String, entry: &String| file.len() + entry.len() + root.end().len() <= limits.bytes;
        while let Some(entry) = entries.next_if(|entry| count < limits.urls && fits(&file, entry)) {
            file.push_str(&entry);
            count += 1;
        }
        file.push_str(root.end());
        (count > 0).then_some(file)
    })
}

fn entry(url: &SitemapUrl) -> String {
    let mut xml = XmlText::fragment();
    xml.open("url", &[]);
    xml.leaf("loc", &url.loc);
    xml.leaf_if("lastmod", url.modified_at.map(rfc3339).as_deref());
    for alternate in &url.alternates {
        let attributes = [
            ("rel", "alternate"),
            ("hreflang", alternate.hreflang.as_str()),
            ("href", &alternate.href),
        ];
        xml.empty("xhtml:link", &attributes);
    }
    for image in url.images.iter().take(MAX_IMAGES) {
        xml.open("image:image", &[]);
        xml.leaf("image:loc", image);
        xml.close();
    }
    if let Some(news) = &url.news {
        write_news(&mut xml, news);
    }
    xml.end()
}

fn write_news(xml: &mut XmlText, news: &NewsEntry) {
    xml.open("news:news", &[]);
    xml.open("news:publication", &[]);
    xml.leaf("news:name", &news.publication);
    xml.leaf("news:language", &news.language);
    xml.close();
    xml.leaf("news:publication_date", &rfc3339(news.published_at));
    xml.leaf("news:title", &news.title);
    xml.close();
}

fn reference(file: &SitemapRef) -> String {
    let mut xml = XmlText::fragment();
    xml.open("sitemap", &[]);
    xml.leaf("loc", &file.loc);
    xml.leaf_if("lastmod", file.modified_at.map(rfc3339).as_deref());
    xml.end()
}
