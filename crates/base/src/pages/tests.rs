use super::*;
use crate::Error;
use lexicon::At;
use std::sync::atomic::AtomicUsize;
use tokio::sync::oneshot;

fn store() -> Arc<PageStore> {
    PageStore::new(4 << 20, Clock::frozen(At(0)), Shield::default())
}

fn page(words: &str, at_seq: i64, tags: &[&str]) -> Page {
    Page::html(words.to_owned(), at_seq).tagged(tags.iter().map(Tag::new))
}

async fn shown(store: &Arc<PageStore>, target: &str, page: Page) -> String {
    let landing = store.render(target, || async { Ok(page) }).await;
    String::from_utf8(landing.unwrap().body().to_vec()).unwrap()
}

#[tokio::test]
async fn a_drop_removes_exactly_what_was_made_from_it() {
    let store = store();
    shown(&store, "/a", page("a", 1, &["story:1", "edition:en"])).await;
    shown(&store, "/b", page("b", 1, &["story:2", "edition:en"])).await;
    shown(&store, "/c", page("c", 1, &["story:1"])).await;
    shown(&store, "/d", page("d", 5, &["story:1"])).await;
    store.drop_tags(&[Tag::new("story:1")], 5);
    let left: Vec<_> = ["/a", "/b", "/c", "/d"]
        .into_iter()
        .filter(|target| store.lookup(target).is_some())
        .collect();
    assert_eq!(left, ["/b", "/d"], "a page whose snapshot has the record stays");
    store.drop_tags(&[Tag::new("edition:en"), Tag::new("unheard-of")], 6);
    assert!(store.lookup("/b").is_none());
}

/// A render under way that is held until told to go on.
fn held(
    store: &Arc<PageStore>,
    target: &'static str,
    page: Page,
) -> (oneshot::Sender<()>, tokio::task::JoinHandle<Landing>) {
    let (go, going) = oneshot::channel();
    let store = store.clone();
    let flying = tokio::spawn(async move {
        let making = async move {
            let _ = going.await;
            Ok(page)
        };
        store.render(target, || making).await
    });
    (go, flying)
}

async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

/// Snapshot read, drop, insert, in every order of the three and with a reader after each step.
#[tokio::test]
async fn a_render_that_misses_a_drop_is_neither_kept_nor_given_to_those_who_come_later() {
    let tags = ["edition:en"];
    for tag_known_before in [false, true] {
        let store = store();
        if tag_known_before {
            store.drop_tags(&[Tag::new("edition:en")], 3);
        }
        let (go, before) = held(&store, "/en/", page("old", 4, &tags));
        settle().await;
        store.drop_tags(&[Tag::new("edition:en")], 5);
        let (new_go, after) = held(&store, "/en/", page("new", 5, &tags));
        settle().await;
        go.send(()).unwrap();
        assert_eq!(
            before.await.unwrap().unwrap().body(),
            "old",
            "it came before the drop"
        );
        assert!(store.lookup("/en/").is_none(), "the old page is not kept");
        new_go.send(()).unwrap();
        assert_eq!(
            after.await.unwrap().unwrap().body(),
            "new",
            "it came after the drop"
        );
        assert_eq!(store.lookup("/en/").unwrap().body(), "new");
    }
}

#[tokio::test]
async fn a_render_that_saw_the_record_is_kept_although_the_drop_came_during_it() {
    let store = store();
    let (go, flying) = held(&store, "/en/", page("new", 5, &["edition:en"]));
    settle().await;
    store.drop_tags(&[Tag::new("edition:en")], 5);
    go.send(()).unwrap();
    flying.await.unwrap().unwrap();
    assert!(store.lookup("/en/").is_some());
}

#[tokio::test]
async fn a_cleared_store_keeps_nothing_of_before() {
    let store = store();
    let (go, flying) = held(&store, "/en/", page("old theme", 4, &[]));
    settle().await;
    store.clear();
    go.send(()).unwrap();
    flying.await.unwrap().unwrap();
    assert!(store.lookup("/en/").is_none());
    assert_eq!(
        shown(&store, "/en/", page("new theme", 4, &[])).await,
        "new theme"
    );
}

/// Writers that commit and drop, readers that render from the current state: no reader may see less than had
/// been dropped before it asked.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_is_ever_shown_less_than_was_dropped_before_they_asked() {
    let store = store();
    let truth = Arc::new(std::sync::atomic::AtomicI64::new(0));
    let writer = tokio::spawn({
        let (store, truth) = (store.clone(), truth.clone());
        async move {
            for seq in 1..2_000 {
                truth.store(seq, Ordering::SeqCst);
                store.drop_tags(&[Tag::new("edition:en")], seq);
                tokio::task::yield_now().await;
            }
        }
    });
    let readers: Vec<_> = (0..6)
        .map(|_| tokio::spawn(read_on(store.clone(), truth.clone())))
        .collect();
    writer.await.unwrap();
    for reader in readers {
        reader.await.unwrap();
    }
}

async fn read_on(store: Arc<PageStore>, truth: Arc<std::sync::atomic::AtomicI64>) {
    for _ in 0..3_000 {
        // What had been dropped for certain: the drop of this number may just be under way.
        let dropped = truth.load(Ordering::SeqCst) - 1;
        let truth = truth.clone();
        let make = || async move {
            let seq = truth.load(Ordering::SeqCst);
            tokio::task::yield_now().await;
            Ok(page(&seq.to_string(), seq, &["edition:en"]))
        };
        let shown = store.render("/en/", make).await.unwrap();
        assert!(shown.at_seq >= dropped, "{} < {dropped}", shown.at_seq);
    }
}

#[tokio::test]
async fn a_render_survives_those_who_leave_and_its_own_panic_is_an_error() {
    let store = store();
    let (go, flying) = held(&store, "/en/", page("a", 1, &[]));
    settle().await;
    flying.abort();
    go.send(()).unwrap();
    settle().await;
    assert!(store.lookup("/en/").is_some());
    let fallen = store.render("/panics", || async { panic!("on purpose") }).await;
    assert!(matches!(fallen.err().as_deref(), Some(Error::Internal { .. })));
    assert_eq!(
        shown(&store, "/panics", page("well again", 1, &[])).await,
        "well again"
    );
}

#[tokio::test]
async fn refusals_and_pages_for_one_are_shared_but_not_kept() {
    let store = store();
    let renders = AtomicUsize::new(0);
    for _ in 0..2 {
        let refused = store.render("/no", || {
            renders.fetch_add(1, Ordering::SeqCst);
            async { Err(Arc::new(Error::not_found("stories.not_found"))) }
        });
        assert!(refused.await.is_err());
    }
    assert_eq!(renders.load(Ordering::SeqCst), 2);
    shown(&store, "/once", page("a", 1, &[]).not_kept()).await;
    shown(
        &store,
        "/404",
        page("a", 1, &[]).status(http::StatusCode::NOT_FOUND),
    )
    .await;
    assert_eq!(store.counters().pages, 0);
}

#[tokio::test]
async fn a_page_expires() {
    let clock = Clock::frozen(At(0));
    let store = PageStore::new(1 << 20, clock.clone(), Shield::default());
    shown(&store, "/en/", page("a", 1, &[]).until(At(10))).await;
    assert!(store.lookup("/en/").is_some());
    clock.advance(10);
    assert!(store.lookup("/en/").is_none());
    assert_eq!(shown(&store, "/en/", page("b", 1, &[])).await, "b");
}

#[tokio::test]
async fn pages_of_several_megabytes_are_kept_and_the_budget_holds() {
    let store = PageStore::new(64 << 20, Clock::frozen(At(0)), Shield::default());
    shown(&store, "/large", page(&"x".repeat(6 << 20), 1, &["large"])).await;
    assert!(store.lookup("/large").is_some(), "refused silently");
    for number in 0..400 {
        shown(
            &store,
            &format!("/{number}"),
            page(&"x".repeat(1 << 20), 1, &["many"]),
        )
        .await;
    }
    let counters = store.counters();
    assert!(counters.bytes <= 64 << 20, "{counters:?}");
    assert!(counters.pages > 10, "{counters:?}");
    let linked: usize = store.locked_index().pages();
    assert_eq!(
        linked as u64, counters.pages,
        "the index forgets what was evicted"
    );
}

#[test]
fn forgotten_drops_never_let_an_old_page_in() {
    let mut index = Index::default();
    for number in 1..=70_000 {
        index.drop_tags(&[Tag::new(format!("story:{number}"))], number);
    }
    for number in [1, 100, 40_000, 70_000] {
        let tag = [Tag::new(format!("story:{number}"))];
        assert!(index.outdates(&tag, number - 1), "{number}");
    }
    assert!(!index.outdates(&[Tag::new("story:1")], 70_000));
}

#[tokio::test]
async fn no_header_of_a_page_breaks_its_lines() {
    for bad in ["a\r\nset-cookie: x", "a\nb", "a\0b"] {
        assert!(http::HeaderValue::from_str(bad).is_err());
    }
    let store = store();
    let odd = page("a", 1, &[]).header(
        http::header::LINK,
        http::HeaderValue::from_bytes(b"\xff\xfe").unwrap(),
    );
    let stored = store.render("/en/", || async { Ok(odd) }).await.unwrap();
    let ready = stored.ready(Encoding::Identity).unwrap();
    let head = std::str::from_utf8(&ready.bytes[..ready.body_at]).unwrap();
    assert!(!head.contains("link"), "what is not text is left out");
}
