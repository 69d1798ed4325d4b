//! Bodies of the classic editor, and the small print of items.

use super::body::html;
use super::items;
use crate::imported::{Body, CommentState, Imported, Status};

#[test]
fn classic_bodies_get_their_paragraphs() {
    let cases = [
        ("", ""),
        ("One\n\nTwo\nthree", "<p>One</p>\n<p>Two<br>\nthree</p>"),
        ("<p>One</p>\n\n<p>Two</p>", "<p>One</p>\n<p>Two</p>"),
        (
            "Text\n<ul>\n<li>a</li>\n</ul>\nMore",
            "<p>Text</p>\n<ul>\n<li>a</li>\n</ul>\n<p>More</p>",
        ),
        (
            "<blockquote>a\n\nb</blockquote>",
            "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>",
        ),
        (
            "a\r\n\r\n<pre>x\n\ny</pre>\r\nb",
            "<p>a</p>\n\n<pre>x\n\ny</pre>\n<p>b</p>",
        ),
        (
            "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->",
            "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->",
        ),
        ("a\n\n<!--more-->\n\nb", "<p>a</p>\n<!--more-->\n<p>b</p>"),
        (
            "[caption id=\"x\" width=\"3\"]<a href=\"u\"><img src=\"s\" /></a> Words[/caption]",
            "<figure><a href=\"u\"><img src=\"s\" /></a>\n<figcaption>Words</figcaption>\n</figure>",
        ),
        (
            "[caption caption=\"Old\"]<img src=\"s\">[/caption]",
            "<figure><img src=\"s\">\n<figcaption>Old</figcaption>\n</figure>",
        ),
    ];
    for (given, expected) in cases {
        let lines = |text: &str| {
            text.lines()
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(lines(&html(given).html), lines(expected), "{given}");
    }
}

#[test]
fn shortcodes_are_noticed() {
    for (given, expected) in [
        ("[gallery ids=\"1,2\"]", true),
        ("[gallery]", true),
        ("[/vc_row]", true),
        ("[sic] he said [1] [see a = b]", true),
        ("[sic] he said [1]", false),
        ("a[0] = b", false),
    ] {
        assert_eq!(html(given).shortcodes, expected, "{given}");
    }
}

fn read(inside: &str) -> Imported {
    let document = format!(
        "<rss xmlns:wp=\"https://wordpress.org/export/1.2/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>\
         <language>ru-RU</language><wp:author><wp:author_login>ann\n</wp:author_login>\
         <wp:author_display_name>Ann A.</wp:author_display_name></wp:author>\
         <item><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type>{inside}</item></channel></rss>"
    );
    items(document.as_bytes()).next().unwrap().unwrap()
}

#[test]
fn only_what_was_public_is_published() {
    for (status, expected) in [
        ("publish", Status::Published),
        ("future", Status::Scheduled),
        ("draft", Status::Draft),
        ("pending", Status::Pending),
        ("private", Status::Private),
        ("trash", Status::Trash),
        ("inherit", Status::Draft),
        ("", Status::Draft),
    ] {
        assert_eq!(
            read(&format!("<wp:status>{status}</wp:status>")).status,
            expected,
            "{status}"
        );
    }
    let locked = read("<wp:status>publish</wp:status><wp:post_password>pw</wp:post_password>");
    assert_eq!(locked.status, Status::Private);
    assert!(
        !format!("{locked:?}").contains("\"pw\""),
        "the password is not kept"
    );
}

#[test]
fn authors_dates_and_comments_are_told() {
    let story = read(
        "<dc:creator>ann</dc:creator><title>A &amp;#8217; &lt;i>B&lt;/i></title>\
         <wp:post_date>2026-11-24 11:00:00</wp:post_date><wp:post_date_gmt>2026-11-24 08:00:00</wp:post_date_gmt>\
         <wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_parent>4</wp:comment_parent>\
         <wp:comment_approved>spam</wp:comment_approved><wp:comment_type>pingback</wp:comment_type></wp:comment>",
    );
    assert_eq!(story.authors[0].name, "Ann A.");
    assert_eq!(story.title, "A ’ B");
    assert_eq!(story.language.as_deref(), Some("ru-RU"));
    assert_eq!(story.extra["utc_offset_minutes"], 180);
    assert_eq!(
        (story.comments[0].state, story.comments[0].kind.as_str()),
        (CommentState::Spam, "pingback")
    );
    assert_eq!(story.comments[0].parent.as_deref(), Some("4"));
    assert_eq!(story.body, Body::Html(String::new()));
}

#[test]
fn a_zero_date_falls_back_to_the_local_one() {
    let story = read(
        "<wp:post_date>2026-11-24 11:00:00</wp:post_date><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>",
    );
    assert_eq!(
        story.published_at.map(crate::moment::rfc3339).as_deref(),
        Some("2026-11-24T11:00:00Z")
    );
}
