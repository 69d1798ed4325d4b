//! Mail providers whose addresses are thrown away after minutes. The list is short on purpose: the well-known ones, so that
//! throwing away costs a thought; whoever has a domain of their own is not found on any list.

/// Their domains, one a line, in lower case.
const DOMAINS: &str = include_str!("disposable.txt");

/// Whether a folded address is at one of these, or at a name below one.
pub(crate) fn is_disposable(folded: &str) -> bool {
    let domain = folded.rsplit_once('@').map_or("", |(_, domain)| domain);
    DOMAINS
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .any(|known| domain == known || domain.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_compared_whole() {
        assert!(is_disposable("a@mailinator.com") && is_disposable("a@x.mailinator.com"));
        for other in [
            "a@notmailinator.com",
            "mailinator.com@example.org",
            "a@mailinator.com.example",
            "a@example.org",
            "a",
        ] {
            assert!(!is_disposable(other), "{other}");
        }
    }
}
