//! Any bytes go in; a draft whose places all lie in its text, or an error with a message, comes out.

#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match adref::read::read("fuzz.md", bytes) {
        Err(error) => assert!(!error.message.is_empty()),
        Ok(draft) => {
            let ids: HashSet<&str> = draft.paragraphs.iter().map(|p| p.id.as_str()).collect();
            assert_eq!(ids.len(), draft.paragraphs.len());
            for paragraph in &draft.paragraphs {
                for part in &paragraph.parts {
                    assert!(paragraph.text.get(part.span.start..part.span.end).is_some());
                    assert!(part.span.contains(part.label));
                }
                assert!(paragraph.asides.iter().all(|a| paragraph.text.is_char_boundary(a.at)));
                let _ = draft.position(paragraph, paragraph.text.len());
            }
        }
    }
});
