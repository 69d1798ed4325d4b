//! Whoever comes to the desk without being signed in is led to the sign-in page, and back again afterwards.

use http::Uri;

/// Where somebody who is not signed in goes instead of this page of the desk; `None` for every other page.
pub fn entrance(uri: &Uri) -> Option<String> {
    let path = uri.path();
    if path != "/desk" && !path.starts_with("/desk/") {
        return None;
    }
    let target = uri.path_and_query().map_or(path, |target| target.as_str());
    let next: String = form_urlencoded::byte_serialize(target.as_bytes()).collect();
    Some(format!("/sign-in?next={next}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_desk_leads_to_the_sign_in() {
        let led = |uri: &'static str| entrance(&Uri::from_static(uri));
        assert_eq!(led("/desk/"), Some("/sign-in?next=%2Fdesk%2F".into()));
        assert_eq!(
            led("/desk/?stage=writing&x=1"),
            Some("/sign-in?next=%2Fdesk%2F%3Fstage%3Dwriting%26x%3D1".into())
        );
        assert_eq!(led("/desktop"), None);
        assert_eq!(led("/en/desk/"), None);
    }
}
