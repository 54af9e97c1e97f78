//! What each new paragraph may have come from, with what that is worth, in; the pairs that are worth most together out.

/// A pair that may be made, and its worth, above zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Offer {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) worth: f64,
}

/// What a bid exceeds the second best by, in bits: the sum of all pairs is less than the best by no more than this
/// for each pair.
const STEP: f64 = 0.25;

/// So many bids are made for each offer, at most; then the step grows, so that the search ends.
const PATIENCE: usize = 64;

/// Settles which pairs are made, each paragraph in one pair at most, so that their worth together is the greatest.
///
/// This is the assignment problem on the few offers there are, solved by the auction of Bertsekas, "The auction
/// algorithm: a distributed relaxation method for the assignment problem" (1988): each new paragraph bids for the old
/// one it gains most by, and one that was outbid bids again. Offers come in the order of the new paragraphs.
pub(super) fn settle(offers: &[Offer], olds: usize) -> Vec<(usize, usize)> {
    let bidders: Vec<&[Offer]> = offers.chunk_by(|a, b| a.new == b.new).collect();
    let mut price = vec![0.0f64; olds];
    let mut holder: Vec<Option<usize>> = vec![None; olds];
    let mut waiting: Vec<usize> = (0..bidders.len()).rev().collect();
    let (mut step, mut bids) = (STEP, 0usize);
    while let Some(bidder) = waiting.pop() {
        let own = bidders.get(bidder).copied().unwrap_or_default();
        let gain = |offer: &Offer| offer.worth - price.get(offer.old).copied().unwrap_or_default();
        let Some(best) = own.iter().reduce(|a, b| if gain(b) > gain(a) { b } else { a }) else {
            continue;
        };
        // To stay alone gains nothing: who gains less by any offer stops bidding.
        let gained = gain(best);
        if gained <= 0.0 {
            continue;
        }
        let second = own.iter().filter(|offer| offer.old != best.old).map(gain).fold(0.0, f64::max);
        bids += 1;
        if bids.is_multiple_of(PATIENCE * offers.len().max(1)) {
            step *= 4.0;
        }
        if let (Some(price), Some(holder)) = (price.get_mut(best.old), holder.get_mut(best.old)) {
            *price += gained - second + step;
            waiting.extend(holder.replace(bidder));
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (old, bidder) in holder.iter().enumerate() {
        let own = bidder.and_then(|bidder| bidders.get(bidder)).and_then(|own| own.first());
        pairs.extend(own.map(|offer| (old, offer.new)));
    }
    pairs.sort_unstable_by_key(|(_, new)| *new);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The greatest worth by trying everything.
    fn most(offers: &[Offer], from: usize, taken: u32) -> f64 {
        let Some(first) = offers.get(from) else { return 0.0 };
        let next = from + offers[from..].iter().take_while(|o| o.new == first.new).count();
        let mut best = most(offers, next, taken);
        for offer in offers[from..next].iter().filter(|o| taken & 1 << o.old == 0) {
            best = best.max(offer.worth + most(offers, next, taken | 1 << offer.old));
        }
        best
    }

    #[test]
    fn the_sum_is_that_of_exhaustive_search() {
        let mut seed = 11u64;
        let mut next = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % most
        };
        for _ in 0..3000 {
            let olds = 1 + next(6) as usize;
            let mut offers = Vec::new();
            for new in 0..1 + next(6) as usize {
                for old in 0..olds {
                    if next(3) > 0 {
                        offers.push(Offer { old, new, worth: 1.0 + next(400) as f64 });
                    }
                }
            }
            let pairs = settle(&offers, olds);
            let worth = |pair: &(usize, usize)| {
                offers.iter().find(|o| (o.old, o.new) == *pair).map_or(f64::NAN, |o| o.worth)
            };
            let sum: f64 = pairs.iter().map(worth).sum();
            let best = most(&offers, 0, 0);
            assert!(sum >= best - 6.0 * STEP && sum <= best, "{sum} {best} {offers:?}");
        }
    }

    #[test]
    fn many_who_want_the_same_come_to_an_end() {
        let offer = |old, new| Offer { old, new, worth: 500.0 };
        let offers: Vec<Offer> =
            (0..300).flat_map(|new| (0..8).map(move |old| offer(old, new))).collect();
        assert_eq!(settle(&offers, 8).len(), 8);
    }
}
