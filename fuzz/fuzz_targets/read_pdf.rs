//! Any bytes go in, as what follows the head of a PDF; a draft whose places all lie in its text, or an error with a message, comes out.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend_from_slice(bytes);
    match adref::read::read("fuzz.pdf", &file) {
        Err(error) => assert!(!error.message.is_empty()),
        Ok(draft) => {
            for paragraph in &draft.paragraphs {
                for part in &paragraph.parts {
                    assert!(paragraph.text.get(part.span.start..part.span.end).is_some());
                    assert!(part.span.contains(part.label));
                }
                assert!(paragraph.asides.iter().all(|a| paragraph.text.is_char_boundary(a.at)));
            }
        }
    }
});
