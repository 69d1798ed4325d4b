//! Old addresses that lead to a story.

use base::db::{Query, Row, Tx};
use base::{Result, values};

base::sql! {
    /// Translations of one story may share an old address; the first that came keeps it.
    ADD = "INSERT INTO public_redirect (path, target) VALUES ($1, $2) ON CONFLICT (path) DO NOTHING";
    FIND = "SELECT target FROM public_redirect WHERE path = $1";
}

/// Leads `old` (an absolute URL of any host, or a path) to `target` (a path of ours). Gives whether
/// it leads there now: not when it is no address, the target itself, or taken.
pub fn add(tx: &mut Tx, old: &str, target: &str) -> Result<bool> {
    match path_of(old).filter(|path| path != target && path != "/") {
        Some(path) => tx.execute(ADD, values![path, target]).map(|added| added > 0),
        None => Ok(false),
    }
}

/// Where an old path (with its query, when it had one) leads now.
pub fn find(db: &mut dyn Query, path: &str) -> Result<Option<String>> {
    db.one(FIND, values![path])?.map(Row::only).transpose()
}

/// Path and query of an address, without host and fragment.
fn path_of(address: &str) -> Option<String> {
    let rest = match address.split_once("://") {
        Some((_, rest)) => &rest[rest.find('/')?..],
        None => address,
    };
    let path = rest.split('#').next().unwrap_or_default();
    let plain = path.starts_with('/') && path.len() <= 2_000 && !path.chars().any(char::is_control);
    plain.then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn an_old_address_is_known_by_its_path_and_query() {
        let cases = [
            ("https://old.example/2010/05/a-story/", Some("/2010/05/a-story/")),
            ("http://old.example/?p=12#more", Some("/?p=12")),
            ("/plain/path", Some("/plain/path")),
            ("http://old.example", None),
            ("mailto:x@example", None),
        ];
        for (address, path) in cases {
            assert_eq!(path_of(address).as_deref(), path, "{address}");
        }
    }
}
