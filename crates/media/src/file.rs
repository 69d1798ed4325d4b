//! The header of a JPEG file: how wide and high it is, without decoding anything.

/// Width and height of a JPEG file (ITU-T T.81, B.2.2). None when it is not one, or ends before it says.
pub(crate) fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let [0xFF, marker, after @ ..] = rest else {
            return None;
        };
        let &[high, low, ..] = after else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        match marker {
            0xFF => rest = rest.get(1..)?,
            // Start of frame, whatever the coding; C4, C8 and CC are tables.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let &[_, _, _, y1, y0, x1, x0, ..] = after else {
                    return None;
                };
                let (width, height) = (u16::from_be_bytes([x1, x0]), u16::from_be_bytes([y1, y0]));
                return (width > 0 && height > 0).then(|| (width.into(), height.into()));
            }
            0xD9 | 0xDA => return None,
            _ => rest = after.get(length..).filter(|_| length >= 2)?,
        }
    }
}
