//! A distance in words in; the bits it takes to tell it out.

use std::sync::LazyLock;

/// Distances up to this one are looked up: nearly all are short, and a logarithm takes longer than all the rest.
const LOOKED_UP: usize = 512;

/// Bits it takes to tell that so many words lie between two runs: the more there are, the more places there were.
pub(super) fn bits_of(distance: usize) -> f64 {
    static BITS: LazyLock<Vec<f64>> = LazyLock::new(|| (0..LOOKED_UP).map(computed).collect());
    BITS.get(distance).copied().unwrap_or_else(|| computed(distance))
}

fn computed(distance: usize) -> f64 {
    ((distance + 1) as f64).log2()
}
