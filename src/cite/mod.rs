//! A paragraph's text in; the documents it mentions, with place and pinpoint, out.
