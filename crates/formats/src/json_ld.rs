//! schema.org in JSON-LD: NewsArticle, LiveBlogPosting, NewsMediaOrganization, BreadcrumbList.
//!
//! The builders give values; [`script`] writes one for the inside of `<script type="application/ld+json">`.

use crate::feed::{FeedAuthor, FeedImage};
use crate::json_feed::kept;
use crate::moment::{Micros, rfc3339};
use serde_json::{Value, json};

const CONTEXT: &str = "https://schema.org";

/// A published story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    pub url: String,
    pub headline: String,
    pub description: Option<String>,
    /// The picture in several shapes (1:1, 4:3, 16:9), at least 1200 px wide for the large preview.
    pub images: Vec<FeedImage>,
    pub published_at: Micros,
    pub modified_at: Option<Micros>,
    pub authors: Vec<FeedAuthor>,
    pub publisher: Publisher,
    pub section: Option<String>,
    pub keywords: Vec<String>,
    /// BCP 47.
    pub language: String,
    pub dateline: Option<String>,
    /// Notes of corrections, as readers see them.
    pub corrections: Vec<String>,
    /// The story this one is translated from.
    pub translation_of: Option<String>,
    pub translations: Vec<String>,
    pub words: Option<u64>,
    /// Where readers talk about it, and how many messages there are.
    pub room: Option<(String, u64)>,
}

/// The newsroom, as far as an article names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    pub name: String,
    pub url: String,
    pub logo_url: Option<String>,
}

/// The discussion of a story; its messages oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Discussion {
    pub url: String,
    pub headline: String,
    /// The story it is about.
    pub about: String,
    pub opened_at: Micros,
    pub publisher: Publisher,
    /// BCP 47.
    pub language: String,
    /// How many messages there are in all.
    pub messages: u64,
    pub comments: Vec<Comment>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    pub url: String,
    pub text: String,
    pub author: String,
    pub at: Micros,
}

/// A live coverage; its entries newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveBlog {
    pub article: Article,
    pub starts_at: Micros,
    /// None while it runs.
    pub ends_at: Option<Micros>,
    pub entries: Vec<LiveEntry>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveEntry {
    pub url: String,
    pub headline: String,
    /// Plain text.
    pub text: String,
    pub published_at: Micros,
    pub modified_at: Option<Micros>,
    pub authors: Vec<FeedAuthor>,
    pub image: Option<FeedImage>,
}

/// The newsroom and its policies: each an address of a real page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewsOrganization {
    pub publisher: Publisher,
    pub legal_name: Option<String>,
    pub description: Option<String>,
    /// ISO 8601 date.
    pub founded_on: Option<String>,
    pub email: Option<String>,
    /// Accounts elsewhere.
    pub same_as: Vec<String>,
    pub publishing_principles: Option<String>,
    pub corrections_policy: Option<String>,
    pub ethics_policy: Option<String>,
    pub masthead: Option<String>,
    pub ownership_funding: Option<String>,
    pub fact_checking_policy: Option<String>,
    pub unnamed_sources_policy: Option<String>,
    pub no_bylines_policy: Option<String>,
    pub diversity_policy: Option<String>,
    pub feedback_policy: Option<String>,
}

/// `NewsArticle` (also what Google's Article guide recommends).
pub fn news_article(article: &Article) -> Value {
    let mut value = article_fields(article);
    value["@context"] = CONTEXT.into();
    value["@type"] = "NewsArticle".into();
    value
}

/// `LiveBlogPosting`, to stand beside the NewsArticle.
pub fn live_blog(blog: &LiveBlog) -> Value {
    let mut value = article_fields(&blog.article);
    value["@context"] = CONTEXT.into();
    value["@type"] = "LiveBlogPosting".into();
    value["coverageStartTime"] = rfc3339(blog.starts_at).into();
    if let Some(ends_at) = blog.ends_at {
        value["coverageEndTime"] = rfc3339(ends_at).into();
    }
    value["liveBlogUpdate"] = blog.entries.iter().map(live_entry).collect();
    value
}

/// `NewsMediaOrganization`.
pub fn news_organization(organization: &NewsOrganization) -> Value {
    kept(json!({
        "@context": CONTEXT,
        "@type": "NewsMediaOrganization",
        "@id": format!("{}#organization", organization.publisher.url),
        "name": organization.publisher.name,
        "url": organization.publisher.url,
        "logo": organization.publisher.logo_url.as_ref().map(|url| json!({"@type": "ImageObject", "url": url})),
        "legalName": organization.legal_name,
        "description": organization.description,
        "foundingDate": organization.founded_on,
        "email": organization.email,
        "sameAs": organization.same_as,
        "publishingPrinciples": organization.publishing_principles,
        "correctionsPolicy": organization.corrections_policy,
        "ethicsPolicy": organization.ethics_policy,
        "masthead": organization.masthead,
        "ownershipFundingInfo": organization.ownership_funding,
        "verificationFactCheckingPolicy": organization.fact_checking_policy,
        "unnamedSourcesPolicy": organization.unnamed_sources_policy,
        "noBylinesPolicy": organization.no_bylines_policy,
        "diversityPolicy": organization.diversity_policy,
        "actionableFeedbackPolicy": organization.feedback_policy,
    }))
}

/// `BreadcrumbList` of (name, address), from the front page down.
pub fn breadcrumbs(trail: &[(&str, &str)]) -> Value {
    let step = |(at, (name, url)): (usize, &(&str, &str))| json!({"@type": "ListItem", "position": at + 1, "name": name, "item": url});
    let steps: Vec<Value> = trail.iter().enumerate().map(step).collect();
    json!({"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": steps})
}

/// JSON that cannot end the script element it stands in, nor be read as markup: `<`, `>`, `&`, U+2028 and U+2029
/// are written as `\u` escapes (they occur only inside JSON strings).
pub fn script(value: &Value) -> String {
    let json = value.to_string();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(c),
        }
    }
    out
}

fn article_fields(article: &Article) -> Value {
    kept(json!({
        "mainEntityOfPage": {"@type": "WebPage", "@id": article.url},
        "url": article.url,
        "headline": article.headline,
        "description": article.description,
        "image": article.images.iter().map(picture).collect::<Vec<_>>(),
        "datePublished": rfc3339(article.published_at),
        "dateModified": rfc3339(article.modified_at.unwrap_or(article.published_at)),
        "author": authors(&article.authors, &article.publisher),
        "publisher": publisher(&article.publisher),
        "articleSection": article.section,
        "keywords": article.keywords,
        "inLanguage": article.language,
        "dateline": article.dateline,
        "correction": article.corrections.iter().map(correction).collect::<Vec<_>>(),
        "translationOfWork": article.translation_of.as_ref().map(work),
        "workTranslation": article.translations.iter().map(work).collect::<Vec<_>>(),
        "wordCount": article.words,
        "commentCount": article.room.as_ref().map(|(_, messages)| messages),
        "discussionUrl": article.room.as_ref().map(|(url, _)| url),
        "isAccessibleForFree": true,
    }))
}

/// schema.org's DiscussionForumPosting: the room of a story.
pub fn discussion(discussion: &Discussion) -> Value {
    let Discussion {
        url,
        headline,
        about,
        publisher: newsroom,
        language,
        messages,
        ..
    } = discussion;
    kept(json!({
        "@context": CONTEXT,
        "@type": "DiscussionForumPosting",
        "@id": url,
        "url": url,
        "headline": headline,
        "text": headline,
        "datePublished": rfc3339(discussion.opened_at),
        "author": publisher(newsroom),
        "about": work(about),
        "inLanguage": language,
        "commentCount": messages,
        "comment": discussion.comments.iter().map(comment).collect::<Vec<_>>(),
    }))
}

fn comment(comment: &Comment) -> Value {
    let Comment {
        url,
        text,
        author,
        at,
    } = comment;
    json!({
        "@type": "Comment",
        "@id": url,
        "url": url,
        "text": text,
        "datePublished": rfc3339(*at),
        "author": { "@type": "Person", "name": author },
    })
}

fn live_entry(entry: &LiveEntry) -> Value {
    kept(json!({
        "@type": "BlogPosting",
        "@id": entry.url,
        "url": entry.url,
        "headline": entry.headline,
        "articleBody": entry.text,
        "datePublished": rfc3339(entry.published_at),
        "dateModified": entry.modified_at.map(rfc3339),
        "author": entry.authors.iter().map(person).collect::<Vec<_>>(),
        "image": entry.image.as_ref().map(picture),
    }))
}

/// A story without a byline is the newsroom's own.
fn authors(authors: &[FeedAuthor], newsroom: &Publisher) -> Vec<Value> {
    match authors {
        [] => vec![publisher(newsroom)],
        authors => authors.iter().map(person).collect(),
    }
}

fn person(author: &FeedAuthor) -> Value {
    kept(json!({"@type": "Person", "name": author.name, "url": author.url}))
}

fn publisher(newsroom: &Publisher) -> Value {
    kept(json!({
        "@type": "NewsMediaOrganization",
        "@id": format!("{}#organization", newsroom.url),
        "name": newsroom.name,
        "url": newsroom.url,
        "logo": newsroom.logo_url.as_ref().map(|url| json!({"@type": "ImageObject", "url": url})),
    }))
}

fn picture(image: &FeedImage) -> Value {
    kept(json!({
        "@type": "ImageObject",
        "url": image.url,
        "width": image.width,
        "height": image.height,
        "caption": image.words(),
        "creditText": image.credit,
    }))
}

fn correction(note: &String) -> Value {
    json!({"@type": "CorrectionComment", "text": note})
}

fn work(url: &String) -> Value {
    json!({"@type": "NewsArticle", "@id": url, "url": url})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_cannot_be_left_and_still_means_the_same() {
        let value = json!({"headline": "</script><!--& \u{2028}\u{2029}\u{0}"});
        let text = script(&value);
        assert!(
            !text.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\u{0}']),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn an_article_names_what_search_engines_recommend() {
        let publisher = Publisher {
            name: "N".into(),
            url: "https://n.example/".into(),
            logo_url: None,
        };
        let article = Article {
            url: "https://n.example/a".into(),
            headline: "H".into(),
            publisher,
            ..Article::default()
        };
        let value = news_article(&article);
        assert_eq!(value["@type"], "NewsArticle");
        assert_eq!(value["author"][0]["@type"], "NewsMediaOrganization");
        assert_eq!(value["datePublished"], "1970-01-01T00:00:00Z");
        assert_eq!(value["dateModified"], value["datePublished"]);
        assert!(value.get("image").is_none() && value.get("correction").is_none());
        let live = live_blog(&LiveBlog {
            article,
            entries: vec![LiveEntry::default()],
            ..LiveBlog::default()
        });
        assert_eq!(live["@type"], "LiveBlogPosting");
        assert!(live.get("coverageEndTime").is_none());
        assert_eq!(live["liveBlogUpdate"][0]["@type"], "BlogPosting");
        assert_eq!(
            breadcrumbs(&[("Home", "/"), ("World", "/w")])["itemListElement"][1]["position"],
            2
        );
    }
}
