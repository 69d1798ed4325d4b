use super::*;

/// Feeds the bytes in pieces of each size; the end must be found at the same place.
#[test]
fn chunked_bodies_end_where_they_end() {
    let cases: [(&str, Option<usize>); 14] = [
        ("0\r\n\r\n", Some(5)),
        ("3\r\nabc\r\n0\r\n\r\nGET /", Some(13)),
        ("00a\r\n0123456789\r\n0\r\n\r\n", Some(22)),
        ("A\r\n0123456789\r\n0\r\n\r\n", Some(20)),
        ("3\nabc\r\n0\r\n\r\n", None),
        ("3\r\nabcd\r\n0\r\n\r\n", None),
        ("3;x=y\r\nabc\r\n0\r\n\r\n", None),
        ("3 \r\nabc\r\n0\r\n\r\n", None),
        ("\r\nabc", None),
        ("0x3\r\nabc\r\n0\r\n\r\n", None),
        ("-1\r\n", None),
        ("ffffffffffffffff1\r\n", None),
        ("0\r\nX: y\r\n\r\n", None),
        ("0\r\n\n", None),
    ];
    for (body, expect) in cases {
        for piece in [1, 2, 3, 100] {
            assert_eq!(
                end_of(body.as_bytes(), piece),
                expect,
                "{body:?} in pieces of {piece}"
            );
        }
    }
}

fn end_of(mut bytes: &[u8], piece: usize) -> Option<usize> {
    let mut chunks = Chunks::default();
    let mut total = 0;
    while chunks.at != At::End && !bytes.is_empty() {
        let taken = chunks.take(&bytes[..piece.min(bytes.len())]).ok()?;
        total += taken;
        bytes = &bytes[taken..];
    }
    (chunks.at == At::End).then_some(total)
}
