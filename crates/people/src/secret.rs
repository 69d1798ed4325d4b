//! Secrets that open something: drawn here, shown once, kept only as their hash.

use base::clock;

/// 260 random bits as text: too many to be guessed, so the plain hash needs no salt and the look-up by hash tells nothing.
pub(crate) fn draw() -> String {
    clock::random_base32(52)
}

/// What is kept of a secret. Only its holder can make it, and comparing hashes leaks nothing about the secret.
pub(crate) fn hash(secret: &str) -> Vec<u8> {
    blake3::hash(secret.as_bytes()).as_bytes().to_vec()
}

/// A short id that is no secret, for addresses and lists.
pub(crate) fn id() -> String {
    clock::random_base32(16)
}
