//! Any bytes go in; a draft whose places all lie in its text, or an error with a message, comes out.

#![no_main]

use adref::read::read;
use adref_fuzz::read_soundly;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    read_soundly(read("fuzz.md", bytes));
});
