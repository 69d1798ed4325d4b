//! HTML in: what a page shows is what the document says.

use crate::{Document, Options, Plain, from_html, from_html_with};

fn page(html: &str) -> String {
    let document = from_html(html).0;
    let json = document.to_json();
    assert_eq!(
        Document::from_json(&json).map_err(|e| e.to_string()),
        Ok(document.clone()),
        "{json}"
    );
    document.to_feed_html(&Plain).replace(">\n", ">")
}

/// Input, and what a feed of it says.
const CASES: &[(&str, &str)] = &[
    ("Hello", "<p>Hello</p>"),
    ("  <p> a\n b </p>\n<p>c</p>", "<p>a b</p><p>c</p>"),
    ("<p>a <b>b</b> c", "<p>a <strong>b</strong> c</p>"),
    (
        "<p><b>a</p><p>b</b> c",
        "<p><strong>a</strong></p><p><strong>b</strong> c</p>",
    ),
    ("a<br>b<br><br>c", "<p>a<br>b</p><p>c</p>"),
    ("<h1>H</h1><h3>I</h3><h6>J</h6>", "<h2>H</h2><h3>I</h3><h4>J</h4>"),
    (
        "<ul><li>a<ol><li>b</ol><li>c</ul>",
        "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>",
    ),
    ("<ul><li><p>a</p><p>b</p></ul>", "<ul><li>a<br>b</li></ul>"),
    (
        "<ul><li>a</li><ul><li>b</li></ul></ul>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
    ),
    (
        "<dl><dt>T<dd>D<dt>U<dd>E</dl>",
        "<ul><li><strong>T</strong><br>D</li><li><strong>U</strong><br>E</li></ul>",
    ),
    (
        "<a href=javascript:x>y</a> <a href=' /z '>q</a>",
        "<p>y <a href=\"/z\">q</a></p>",
    ),
    (
        "<a href='//x.org/a'>q</a>",
        "<p><a href=\"https://x.org/a\">q</a></p>",
    ),
    ("<script>alert(1)</script>x<style>b</style>", "<p>x</p>"),
    (
        "x<svg><style><img src=x onerror=1></style><p>y",
        "<p>x</p><p>y</p>",
    ),
    ("a<svg/>b", "<p>ab</p>"),
    (
        "&lt;b&gt; &amp;amp; &notit; &#x80; &copy",
        "<p>&lt;b&gt; &amp;amp; ¬it; € ©</p>",
    ),
    ("<pre>\n a\n  b</pre>", "<pre><code> a\n  b</code></pre>"),
    ("<p>a<hr>b", "<p>a</p><hr><p>b</p>"),
    (
        "<blockquote cite='Yara Benn'><p>a</p><p>b</p></blockquote>",
        "<blockquote><p>a</p><p>b</p><footer><cite>Yara Benn</cite></footer></blockquote>",
    ),
    (
        "<blockquote><p>a</p><cite>— Who</cite></blockquote>",
        "<blockquote><p>a</p><footer><cite>Who</cite></footer></blockquote>",
    ),
    (
        "<figure><img src='https://x.org/a.jpg' alt='A'><figcaption>Cap <small class='credit'>Me/AP</small></figcaption></figure>",
        "<figure><img src=\"https://x.org/a.jpg\" alt=\"A\"><figcaption>Cap <small>Me/AP</small></figcaption></figure>",
    ),
    ("<p>a<img src=data:x>b", "<p>ab</p>"),
    (
        "<iframe src='https://www.youtube.com/embed/abc?x=1' title=T></iframe>",
        "<p><a href=\"https://www.youtube.com/watch?v=abc\" rel=\"noopener nofollow\">T</a> <small>YouTube</small></p>",
    ),
    (
        "<table><caption>C</caption><tr><th>a<th>b<tr><td>1<td>2</table>",
        "<div><table><caption>C</caption><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>",
    ),
    (
        "<table><tr><td><h2>x</h2><p>y</table>z",
        "<h2>x</h2><p>y</p><p>z</p>",
    ),
    (
        "<details><summary>S</summary>x</details>",
        "<aside><p><strong>S</strong></p><p>x</p></aside>",
    ),
    (
        "<span style='font-weight:700;font-style:italic'>x</span>",
        "<p><strong><em>x</em></strong></p>",
    ),
    ("<b style='font-weight:normal'><p>x</b>", "<p>x</p>"),
    ("<p>a [sic] b", "<p>a [sic] b</p>"),
    ("<div hidden>x<div>y</div></div>z", "<p>z</p>"),
    ("a < b <3 <", "<p>a &lt; b &lt;3 &lt;</p>"),
    ("<!-- a --><!--> x --!>y", "<p>x --!&gt;y</p>"),
];

#[test]
fn html_is_read_as_a_page_shows_it() {
    for (html, expected) in CASES {
        assert_eq!(&page(html), expected, "{html}");
    }
}

/// Input as WordPress stores it.
const WORDPRESS: &[(&str, &str)] = &[
    ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
    (
        "[caption id=\"x\" width=\"3\"]<img src=\"http://x.org/a.png\" alt=\"\" /> Cap[/caption]\nrest [gallery ids=\"1,2\"] [sic]",
        "<figure><img src=\"http://x.org/a.png\" alt=\"\"><figcaption>Cap</figcaption></figure><p>rest [sic]</p>",
    ),
    (
        "<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->",
        "<p>a b</p>",
    ),
    (
        "x\n\nhttps://youtu.be/abc\n\ny",
        "<p>x</p><p><a href=\"https://youtu.be/abc\" rel=\"noopener nofollow\">YouTube</a></p><p>y</p>",
    ),
    ("a<br />\nb", "<p>a<br>b</p>"),
];

#[test]
fn wordpress_bodies_keep_paragraphs_and_lose_shortcodes() {
    for (html, expected) in WORDPRESS {
        let document = from_html_with(html, Options::wordpress()).0;
        assert_eq!(
            document.to_feed_html(&Plain).lines().collect::<String>(),
            *expected,
            "{html}"
        );
    }
}
