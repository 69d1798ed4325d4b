//! The picture from which an authenticator app reads its secret.

use crate::page::Secret;
use crate::people::People;
use base::Result;
use qrcodegen::{QrCode, QrCodeEcc};

/// Empty modules around the code (ISO/IEC 18004 §6.3.8).
const QUIET: i32 = 4;

/// A secret as it is shown: text, link and picture.
pub(crate) fn shown(people: &People, email: &str, secret: &[u8], asks_password: bool) -> Result<Secret> {
    let base32 = totp_rs::Secret::from(secret.to_vec()).to_base32();
    let host = people.origin.split("://").nth(1).unwrap_or(&people.origin);
    let issuer = encoded(host.split(':').next().unwrap_or(host));
    let otpauth_url = format!(
        "otpauth://totp/{issuer}:{}?secret={base32}&issuer={issuer}",
        encoded(email)
    );
    let code = QrCode::encode_text(&otpauth_url, QrCodeEcc::Medium).map_err(base::Error::internal)?;
    Ok(Secret {
        text: base32
            .as_bytes()
            .chunks(4)
            .map(String::from_utf8_lossy)
            .collect::<Vec<_>>()
            .join(" "),
        qr_path: path(&code),
        qr_size: code.size() + 2 * QUIET,
        otpauth_url,
        asks_password,
    })
}

/// Each run of dark modules in a row is one rectangle.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                path += &format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    path
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}
