//! Paragraphs and the acts they do, as a table a drafter can read: text in, acts out.

use adref::text::{acts, opening_act};

/// The paragraph, the words of its opening act, and their base form.
const OPENINGS: &[(&str, &str, &str)] = &[
    ("Recalling its resolution 70/125,", "Recalling", "recall"),
    ("*Also reaffirms* the outcome", "Also reaffirms", "reaffirm"),
    ("3. _Strongly condemns_ all acts", "Strongly condemns", "condemn"),
    ("(a) Recognizing that", "Recognizing", "recognize"),
    ("[Reaffirming its commitment to the Goals]", "Reaffirming its commitment", "reaffirm"),
    (
        "PP3 Taking note with appreciation of the report,",
        "Taking note with appreciation",
        "take note",
    ),
    ("OP5bis. Once again urges all States", "Once again urges", "urge"),
    ("Deeply concerned that", "Deeply concerned", "concerned"),
    ("Remaining deeply concerned at", "Remaining deeply concerned", "concerned"),
    ("Noting with deep concern that", "Noting with deep concern", "note"),
    (
        "Expresses its deep appreciation to",
        "Expresses its deep appreciation",
        "express appreciation",
    ),
    ("Expressing grave concern also at", "Expressing grave concern also", "express concern"),
    ("Having also considered the report", "Having also considered", "have considered"),
    ("We recall the Tunis Agenda.", "recall", "recall"),
    ("We also call on all States", "also call on", "call on"),
    ("We are deeply concerned by", "deeply concerned", "concerned"),
    (
        "We, the representatives of the peoples of the world, reaffirm our common desire",
        "reaffirm our common desire",
        "reaffirm",
    ),
    ("The General Assembly, Recalling its resolution", "Recalling", "recall"),
    ("The Economic and Social Council decides to", "decides", "decide"),
    ("Calls once again upon States", "Calls once again upon", "call upon"),
    ("Draws the attention of", "Draws the attention", "draw attention"),
    ("Continues to encourage the", "Continues to encourage", "encourage"),
    ("Reiterates its call upon Member States", "Reiterates its call upon", "reiterate"),
    ("Recognising and reaffirming the role", "Recognising and reaffirming", "recognize"),
    ("Emphasises that", "Emphasises", "emphasize"),
    ("In this regard, further reaffirms that", "further reaffirms", "reaffirm"),
    ("Bearing in mind the Charter", "Bearing in mind", "bear in mind"),
    ("Looks forward to the review", "Looks forward", "look forward"),
    ("Condemns in the strongest terms all", "Condemns in the strongest terms", "condemn"),
    ("Considers it important that", "Considers it important", "consider"),
];

/// Paragraphs that open with no act.
const NO_OPENING: &[&str] = &[
    "",
    "Notes by the Secretary-General are circulated",
    "The Internet is a global facility.",
    "We will strengthen cooperation.",
    "Annex",
    "[...]",
    "Requests for information should be sent to",
    "Support for developing countries is needed.",
    "联合国大会，",
    "Вновь подтверждая резолюцию",
];

/// The paragraph, and its acts in order, parted by semicolons.
const ACTS: &[(&str, &str)] = &[
    (
        "Takes note of the report, further reaffirms the Tunis Agenda, and in this regard urges States to act, recalling resolution 70/125;",
        "Takes note; further reaffirms; urges; recalling",
    ),
    ("Welcomes the report and requests the Secretary-General to continue;", "Welcomes; requests"),
    ("Welcomes the offers, requests and calls for proposals received;", "Welcomes"),
    ("Decides to consider the request of the Committee;", "Decides"),
    (
        "Recalls the decision, by which the Assembly welcomed the notes of the Secretariat;",
        "Recalls",
    ),
    (
        "Encourages cooperation by recognizing needs, acknowledging limits and sharing data;",
        "Encourages",
    ),
    ("Reaffirming the Charter, and recalling the Declaration,", "Reaffirming; recalling"),
    ("We recognize the need to support and encourage young people.", "recognize"),
    ("We recall the Geneva Plan of Action and reaffirm the Tunis Agenda.", "recall; reaffirm"),
    ("We acknowledge progress. We also reaffirm paragraph 9.", "acknowledge; also reaffirm"),
    ("Stresses the need for warm welcome centres;", "Stresses"),
    ("In 2015, we resolved to act. We stress, in this regard, the role of ICTs.", "stress"),
    (
        "Noting the work of the Forum, deeply concerned that gaps remain,",
        "Noting; deeply concerned",
    ),
    ("Recalls resolution A.1170(32), proclaiming an international day;", "Recalls"),
    ("Invites the Member States concerned, with respect to item 5, to report;", "Invites"),
    (
        "Requests the Secretary-General, taking into account resolution 70/1, to report;",
        "Requests; taking into account",
    ),
    ("Decides to adopt the report entitled “Recalling the past, welcoming the future”;", "Decides"),
];

#[test]
fn opening_acts() {
    for (text, words, base) in OPENINGS {
        let found = opening_act(text);
        let shown = found.map(|act| (act.span.slice(text), act.base));
        assert_eq!(shown, Some((*words, *base)), "{text}");
    }
    for text in NO_OPENING {
        assert_eq!(opening_act(text), None, "{text}");
    }
}

#[test]
fn acts_in_order() {
    for (text, wanted) in ACTS {
        let found: Vec<_> = acts(text).iter().map(|act| act.span.slice(text)).collect();
        assert_eq!(found.join("; "), *wanted, "{text}");
    }
}

#[test]
fn acts_that_renew_a_source() {
    for (text, renews) in [
        ("Reaffirms resolution 70/125;", true),
        ("Affirming the Charter,", true),
        ("We recommit to the Tunis Agenda.", true),
        ("Recognizing and reaffirming the Charter,", true),
        ("Recalls resolution 70/125;", false),
        ("Reiterates its request;", false),
    ] {
        let found = acts(text);
        assert_eq!(found.first().map(|act| act.reaffirms), Some(renews), "{text}");
    }
}

#[test]
fn every_span_lies_in_its_text() {
    for text in [
        "We",
        "We,",
        "having",
        "Also",
        "the",
        "The General",
        "remains",
        "and we",
        "continues to",
        "¿ we",
        "in this",
        "calls,",
        "“",
    ] {
        for act in acts(text).iter().chain(opening_act(text).iter()) {
            assert!(!act.span.slice(text).is_empty(), "{text}");
        }
    }
}
