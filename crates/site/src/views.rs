//! What templates are given. Every field is described in `docs/themes.md`; a field that is not there is null.

use lexicon::At;
use serde::Serialize;

/// What every page has.
#[derive(Clone, Debug, Serialize)]
pub struct Chrome {
    pub site: Site,
    pub edition: EditionView,
    pub editions: Vec<EditionLink>,
    pub ui_lang: String,
    pub ui_dir: &'static str,
    pub nav: Nav,
    pub page: PageView,
}

#[derive(Clone, Debug, Serialize)]
pub struct Site {
    pub name: String,
    pub origin: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct EditionView {
    pub code: String,
    pub name: String,
    pub language: String,
    pub dir: String,
    pub tagline: String,
    pub home_url: String,
    pub timezone: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct EditionLink {
    pub code: String,
    pub name: String,
    pub language: String,
    pub url: String,
    pub current: bool,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Nav {
    pub sections: Vec<HeadingView>,
    pub pages: Vec<Link>,
    pub newsfeed_url: String,
    pub search_url: String,
    pub corrections_url: String,
    pub topics_url: String,
    pub authors_url: String,
    pub sign_in_url: String,
    pub me_url: String,
    pub lite_home_url: String,
    pub lite_newsfeed_url: String,
    pub lite_search_url: String,
    pub manifest_url: String,
    pub live_url: String,
    pub newsfeed_api_url: String,
    pub chats_url: String,
    pub chats_api_url: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub name: String,
    pub url: String,
}

/// A section or topic: linked, and marked when the page is in it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HeadingView {
    pub name: String,
    pub slug: String,
    pub url: String,
    pub lite_url: String,
    pub description: String,
    pub current: bool,
}

/// The page itself: title, addresses, and what machines read.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageView {
    pub kind: &'static str,
    pub title: String,
    pub description: Option<String>,
    pub made_at: At,
    pub canonical: Option<String>,
    pub alternates: Vec<Alternate>,
    pub feeds: Vec<FeedLink>,
    pub prev_url: Option<String>,
    pub next_url: Option<String>,
    pub lite_url: Option<String>,
    pub full_url: Option<String>,
    pub robots: Option<&'static str>,
    pub og: Option<OpenGraph>,
    pub json_ld: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Alternate {
    pub lang: String,
    pub url: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct FeedLink {
    #[serde(rename = "type")]
    pub media_type: &'static str,
    pub title: String,
    pub url: String,
}

/// Open Graph (ogp.me).
#[derive(Clone, Debug, Default, Serialize)]
pub struct OpenGraph {
    pub site_name: String,
    #[serde(rename = "type")]
    pub og_type: &'static str,
    pub title: String,
    pub description: Option<String>,
    pub url: String,
    pub locale: String,
    pub image: Option<OgImage>,
    pub published_time: Option<String>,
    pub modified_time: Option<String>,
    pub authors: Vec<String>,
    pub section: Option<String>,
    pub tags: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct OgImage {
    pub url: String,
    pub width: u32,
    pub height: u32,
    pub alt: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct PictureView {
    pub src: String,
    pub srcset: Option<String>,
    pub width: u32,
    pub height: u32,
    pub alt: String,
    pub caption: Option<String>,
    pub credit: Option<String>,
    pub focal: Option<Focal>,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Focal {
    pub x: f64,
    pub y: f64,
}

#[derive(Clone, Debug, Serialize)]
pub struct PersonView {
    pub name: String,
    pub url: Option<String>,
    pub role: Option<String>,
}

/// A story in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    pub id: String,
    pub url: String,
    pub lite_url: String,
    pub kind: &'static str,
    pub breaking: bool,
    pub kicker: Option<String>,
    pub headline: String,
    /// Of the story as the public has seen it; for the address of its drawn card.
    #[serde(skip)]
    pub version: i64,
    pub standfirst: Option<String>,
    pub section: HeadingView,
    pub byline: Vec<PersonView>,
    pub published_at: At,
    pub updated_at: Option<At>,
    pub picture: Option<PictureView>,
    pub live: bool,
    pub closed: bool,
    pub corrected: Option<String>,
    pub lang: Option<String>,
    pub dir: Option<&'static str>,
    /// The story's article by itself, for reading on; only where a page offers that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fragment_url: Option<String>,
    /// Other stories of its storyline, under the lead of a front.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sublinks: Vec<StoryLink>,
    /// Only in search results: safe HTML with `<mark>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet_html: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Pagination {
    pub page: usize,
    pub pages: Option<usize>,
    pub prev_url: Option<String>,
    pub next_url: Option<String>,
}

/// A line of the newsfeed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedItem {
    /// 0 for what came in from the past: seen by everybody.
    pub seq: i64,
    pub at: At,
    pub level: &'static str,
    pub story: Option<FeedStory>,
    pub text: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct FeedStory {
    pub id: String,
    pub url: String,
    pub lite_url: String,
    pub headline: String,
    pub section: HeadingView,
}

#[derive(Clone, Debug, Serialize)]
pub struct NewsfeedView {
    pub items: Vec<FeedItem>,
    pub days: Vec<FeedDay>,
}

#[derive(Clone, Debug, Serialize)]
pub struct FeedDay {
    pub at: At,
    pub items: Vec<FeedItem>,
}

#[derive(Clone, Debug, Serialize)]
pub struct FrontView {
    pub lead: Option<CardView>,
    pub seconds: Vec<CardView>,
    pub list: Vec<CardView>,
    pub live: Vec<CardView>,
    pub strips: Vec<Strip>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Strip {
    pub title: String,
    pub url: Option<String>,
    pub slug: Option<String>,
    pub layout: Option<&'static str>,
    pub stories: Vec<CardView>,
}

/// A story's page.
#[derive(Clone, Debug, Serialize)]
pub struct StoryView {
    #[serde(flatten)]
    pub card: CardView,
    #[serde(rename = "live")]
    pub coverage: Option<Coverage>,
    pub agency: Option<String>,
    pub dateline: Option<String>,
    pub body_html: String,
    pub gallery: Vec<PictureView>,
    pub sources: Vec<SourceView>,
    pub corrections: Vec<CorrectionView>,
    pub storyline: Option<StorylineView>,
    pub topics: Vec<HeadingView>,
    pub translations: Vec<Translation>,
    /// The story that this one translates, when it has changed since.
    pub outdated_by: Option<OriginalLink>,
    pub versions_url: String,
    pub age_months: Option<i64>,
    pub related: Vec<CardView>,
    pub next: Vec<CardView>,
    pub room: RoomView,
    /// The answers from the room that stand in the story.
    pub answers: Vec<MessageView>,
}

/// A story's room: what pages need of it besides its messages.
#[derive(Clone, Debug, Serialize)]
pub struct RoomView {
    pub id: String,
    pub url: String,
    pub story: StoryLink,
    pub state: &'static str,
    pub live: bool,
    pub ended: bool,
    pub messages: i64,
    pub slow_seconds: i64,
    pub members_only: bool,
    pub reason: Option<String>,
    pub lang: String,
}

/// A message in a room. `body_html` is safe HTML.
#[derive(Clone, Debug, Serialize)]
pub struct MessageView {
    pub id: String,
    pub seq: i64,
    pub at: At,
    pub url: String,
    pub author: String,
    pub name: String,
    pub badge: &'static str,
    pub body_html: String,
    pub text: String,
    pub reply: Option<ReplyView>,
    pub host: bool,
    pub featured: bool,
    pub edited: bool,
    pub removed: String,
    pub reactions: Vec<(String, i64)>,
    /// Stands under the same name as the one before.
    pub joined: bool,
    pub new_day: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct ReplyView {
    pub name: String,
    pub excerpt: String,
    pub url: String,
}

/// A room in the list of rooms.
#[derive(Clone, Debug, Serialize)]
pub struct ChatView {
    pub room: RoomView,
    pub picture: Option<PictureView>,
    pub section: String,
    pub last: Option<MessageView>,
    pub excerpt: String,
    pub at: At,
}

#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    pub name: Option<String>,
    pub kind: &'static str,
    pub text: String,
    pub chain: Option<String>,
    pub confidential: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct CorrectionView {
    pub kind: &'static str,
    pub at: At,
    pub note: String,
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<StoryLink>,
}

#[derive(Clone, Debug, Serialize)]
pub struct StoryLink {
    pub headline: String,
    pub url: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct OriginalLink {
    pub headline: String,
    pub url: String,
    pub lang: String,
    pub dir: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub struct StorylineView {
    pub title: String,
    pub entries: Vec<BackgroundView>,
    pub stories: Vec<StoryLink>,
}

#[derive(Clone, Debug, Serialize)]
pub struct BackgroundView {
    pub at: At,
    pub text: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Translation {
    pub lang: String,
    pub name: String,
    pub url: String,
    pub stale: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    pub entries: Vec<EntryView>,
    pub key_events: Vec<KeyEvent>,
    pub pinned: Option<EntryView>,
    pub closed: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct EntryView {
    pub id: String,
    pub url: String,
    pub at: At,
    pub headline: Option<String>,
    pub body_html: String,
    pub key: bool,
    pub byline: Vec<PersonView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct KeyEvent {
    pub at: At,
    pub headline: String,
    pub url: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct VersionView {
    pub number: i64,
    pub at: At,
    pub kind: String,
    pub note: Option<String>,
    pub headline_before: Option<String>,
    pub headline_after: Option<String>,
    pub diff_html: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ErrorView {
    pub status: u16,
    pub code: String,
    pub message: String,
    pub retry_after_s: Option<u32>,
    pub request_id: String,
    pub withdrawn: Option<Withdrawn>,
    pub latest: Vec<CardView>,
    /// Where to sign in, for a page that wants somebody signed in.
    pub sign_in_url: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Withdrawn {
    pub headline: Option<String>,
    pub at: At,
    pub reason: Option<String>,
}
