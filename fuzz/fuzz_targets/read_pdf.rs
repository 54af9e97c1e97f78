//! Any bytes go in, as what follows the head of a PDF; a draft whose places all lie in its text, or an error with a
//! message, comes out.

#![no_main]

use adref::read::read;
use adref_fuzz::read_soundly;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read_soundly(read("fuzz.pdf", &[b"%PDF-1.7\n", bytes].concat()));
});
