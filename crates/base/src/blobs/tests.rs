use super::*;

fn store() -> (tempfile::TempDir, Blobs) {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::at(&folder.path().join("blobs")).unwrap();
    (folder, blobs)
}

#[test]
fn what_was_put_is_read_and_two_of_the_same_are_one() {
    let (_folder, blobs) = store();
    let one = blobs.put(b"one").unwrap();
    let keys = blobs.put_all(&[b"two", b"one", b""]).unwrap();
    assert_eq!(keys[1], one);
    assert_eq!(blobs.read(&one).unwrap(), b"one");
    assert_eq!(blobs.read(&keys[2]).unwrap(), b"");
    assert_eq!(
        fs::read_dir(&blobs.folder).unwrap().count(),
        4,
        "three blobs and the folder of those to come"
    );
    assert_eq!(fs::read_dir(blobs.incoming()).unwrap().count(), 0);
}

#[test]
fn no_flipped_bit_is_ever_read_as_the_blob() {
    let (_folder, blobs) = store();
    let bytes: Vec<u8> = (0..250_u8).collect();
    let (key, whole) = (blobs.put(&bytes).unwrap(), blobs.put(b"whole").unwrap());
    assert!(blobs.damaged().unwrap().is_empty());
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(blobs.path(&key), &flipped).unwrap();
        let refusal = format!("{:?}", blobs.read(&key).unwrap_err());
        assert!(refusal.contains(key.as_str()), "{refusal}");
    }
    fs::write(blobs.path(&key), &bytes[..100]).unwrap();
    assert!(blobs.read(&key).is_err(), "cut short");
    assert_eq!(blobs.damaged().unwrap(), std::slice::from_ref(&key));
    assert_eq!(blobs.put(&bytes).unwrap(), key, "putting it again heals it");
    assert_eq!(blobs.read(&key).unwrap(), bytes);
    assert_eq!(blobs.read(&whole).unwrap(), b"whole");
}

#[test]
fn an_arrival_that_is_not_kept_leaves_nothing() {
    let (_folder, blobs) = store();
    let mut arrival = blobs.receive().unwrap();
    arrival.push(b"never").unwrap();
    let mut seen = String::new();
    arrival.reader().unwrap().read_to_string(&mut seen).unwrap();
    assert_eq!((seen.as_str(), arrival.bytes()), ("never", 5));
    assert_eq!(fs::read_dir(blobs.incoming()).unwrap().count(), 1);
    drop(arrival);
    assert_eq!(fs::read_dir(blobs.incoming()).unwrap().count(), 0);
}

#[test]
fn only_what_is_abandoned_is_swept() {
    let (_folder, blobs) = store();
    for (name, age) in [("old", 2 * ABANDONED), ("young", ABANDONED / 2)] {
        let file = File::create(blobs.incoming().join(name)).unwrap();
        let now = file.metadata().unwrap().modified().unwrap();
        file.set_modified(now - age).unwrap();
    }
    blobs.sweep().unwrap();
    let left: Vec<_> = fs::read_dir(blobs.incoming())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["young"]);
}

#[test]
fn a_key_is_a_hash_and_nothing_else() {
    let key = "a".repeat(64);
    assert!(BlobKey::parse(&key).is_some());
    for wrong in [
        "",
        "../../etc/passwd",
        &key[1..],
        &key.to_uppercase(),
        &format!("{}/", &key[1..]),
    ] {
        assert_eq!(BlobKey::parse(wrong), None, "{wrong:?}");
    }
}
