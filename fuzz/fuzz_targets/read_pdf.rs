//! Any bytes go in, as a PDF or as what follows the head of one; a draft whose places all lie in its text, or an error with a
//! message, comes out.

#![no_main]

use adref::read::read;
use adref_fuzz::read_soundly;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let head: &[u8] = if bytes.starts_with(b"%PDF-") { b"" } else { b"%PDF-1.7\n" };
    read_soundly(read("fuzz.pdf", &[head, bytes].concat()));
});
