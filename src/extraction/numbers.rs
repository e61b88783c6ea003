//! Numbers in words and digits, ordinal and cardinal.

use std::ops::Range;

use crate::lexicon::cue::{Cue, CueTable};
use crate::lexicon::sense::{LanguageTrait, Sense};
use crate::model::span::Span;
use crate::recognition::Recognition;
use crate::text::NormalizedText;

/// Whether a number counts or ranks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NumberKind {
    Cardinal,
    Ordinal,
    /// Digits alone: the words around them decide.
    Digits,
}

/// One number in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NumberExpression {
    pub tokens: Range<usize>,
    pub span: Span,
    pub value: u32,
    pub kind: NumberKind,
    /// A word like رقم stands before it: it is the number of something.
    pub marked: bool,
    /// It carries the definite article.
    pub definite: bool,
    /// It is joined to what stands before by و ("والثانية").
    pub conjoined: bool,
}

/// A number word at a token.
struct NumberWord {
    value: u32,
    ordinal: bool,
    definite: bool,
    conjoined: bool,
    end: usize,
    span: Span,
}

/// Finds every number outside the mentions, in text order.
pub(super) fn numbers(text: &NormalizedText, cues: &CueTable<'_>, recognition: &Recognition) -> Vec<NumberExpression> {
    let mut numbers = Vec::new();
    let mut index = 0;
    while index < text.tokens().len() {
        let found = if recognition.mention_at(index).is_some() { None } else { number_at(text, cues, index) };
        index = found.as_ref().map_or(index + 1, |number: &NumberExpression| number.tokens.end);
        numbers.extend(found);
    }
    numbers
}

fn number_at(text: &NormalizedText, cues: &CueTable<'_>, index: usize) -> Option<NumberExpression> {
    // "رقم (24)", "no. 5", "الـ 12": the mark makes an ordinal of what follows.
    let marker = cues.starting_at(index).find(|(_, sense)| **sense == Sense::NumberMarker).map(|(cue, _)| cue);
    if let Some(marker) = marker {
        let mut at = marker.tokens.end;
        while text.token(at).is_some_and(|token| {
            !token.after_line_break && (token.is_mark('(') || token.is_mark('.') || token.is_mark('"'))
        }) {
            at += 1;
        }
        if text.token(at).is_some_and(|token| !token.after_line_break)
            && let Some(number) = unmarked(text, cues, at)
        {
            let conjoined = marker.peeled > 0 && text.word(index).starts_with('و');
            return Some(NumberExpression {
                tokens: index..number.tokens.end,
                span: marker.span.join(number.span),
                kind: NumberKind::Ordinal,
                marked: true,
                definite: true,
                conjoined,
                ..number
            });
        }
    }
    unmarked(text, cues, index)
}

fn unmarked(text: &NormalizedText, cues: &CueTable<'_>, index: usize) -> Option<NumberExpression> {
    let token = text.token(index)?;
    if token.is_number() {
        let value = text.token_text(token).parse().ok()?;
        let mut end = index + 1;
        // "24th", "4'üncü", "27-е", "4. devriye".
        let hyphened =
            text.token(end).is_some_and(|mark| mark.is_mark('-') && mark.glued) && glued_marker(text, cues, end + 1);
        if hyphened {
            end += 1;
        }
        let suffix = hyphened || glued_marker(text, cues, end);
        let dotted = text.token(end).is_some_and(|next| next.is_mark('.') && next.glued)
            && text.token(end + 1).is_some_and(|after| {
                !after.glued
                    && !after.after_line_break
                    && (after.span.slice(text.original()).chars().next().is_some_and(char::is_lowercase)
                        || ranked(cues, end + 1))
            });
        if suffix || dotted {
            end += 1;
        }
        return Some(NumberExpression {
            tokens: index..end,
            span: text.token_span(index..if dotted { end - 1 } else { end }),
            value,
            kind: if suffix || dotted { NumberKind::Ordinal } else { NumberKind::Digits },
            marked: false,
            definite: false,
            conjoined: false,
        });
    }
    let mut number = number_word(text, cues, index)?;
    // Teens and compounds: "الرابعة عشرة", "الرابعة والعشرين", "twenty-fourth", "الثالثة بعد المئة".
    loop {
        let mut next_at = number.end;
        if text.token(next_at).is_some_and(|token| token.is_mark('-') && token.glued) {
            next_at += 1;
        }
        if text.token(next_at).is_none_or(|token| token.after_line_break) {
            break;
        }
        let hundred = text.word(next_at) == "بعد";
        // Where letters have capitals, words stand side by side: "двадцать седьмое", "yirmi üçüncü",
        // "one hundred and twelfth".
        let beside = text.word(number.end).chars().next().is_some_and(char::is_lowercase);
        let joined = beside && number.value >= 100 && cues.any(next_at, |sense| *sense == Sense::Conjunction);
        let Some(next) = number_word(text, cues, if hundred || joined { next_at + 1 } else { next_at }) else { break };
        let adds = match (number.value, next.value) {
            (1..=9, 10) => !next.conjoined,
            (1..=19, 20..=90) if next.value.is_multiple_of(10) => next.conjoined,
            (20..=90, 1..=9) if number.value.is_multiple_of(10) => {
                next_at > number.end || next.conjoined || (beside && !number.ordinal)
            }
            (1..=99, 100) => hundred,
            (100, 1..=99) => next.conjoined || (beside && !number.ordinal),
            _ => false,
        };
        if !adds {
            break;
        }
        number = NumberWord {
            value: number.value + next.value,
            ordinal: number.ordinal || next.ordinal,
            definite: number.definite,
            conjoined: number.conjoined,
            end: next.end,
            span: number.span.join(next.span),
        };
    }
    // "одиннадцатое по счёту": a marker of several words may stand behind.
    let marker = cues
        .starting_at(number.end)
        .find(|(cue, sense)| **sense == Sense::NumberMarker && cue.tokens.len() > 1)
        .filter(|_| text.token(number.end).is_some_and(|token| !token.after_line_break));
    if let Some((marker, _)) = marker {
        number.end = marker.tokens.end;
    }
    Some(NumberExpression {
        tokens: index..number.end,
        span: number.span,
        value: number.value,
        kind: if number.ordinal || (number.definite && number.value >= 20) {
            NumberKind::Ordinal
        } else {
            NumberKind::Cardinal
        },
        marked: false,
        definite: number.definite,
        conjoined: number.conjoined,
    })
}

/// Whether an ending that makes an ordinal is written onto the digits before it.
fn glued_marker(text: &NormalizedText, cues: &CueTable<'_>, index: usize) -> bool {
    text.token(index)
        .is_some_and(|next| next.glued && cues.starting_at(index).any(|(_, sense)| *sense == Sense::NumberMarker))
}

/// Whether what stands behind "97." is what it ranks, be it with a capital ("97. Türk-Rus ...").
fn ranked(cues: &CueTable<'_>, index: usize) -> bool {
    cues.pack().has_trait(LanguageTrait::DottedOrdinals)
        && cues.any(index, |sense| matches!(sense, Sense::Party(_) | Sense::Joint | Sense::Patrol(_)))
}

fn number_word(text: &NormalizedText, cues: &CueTable<'_>, index: usize) -> Option<NumberWord> {
    let word = |cue: &Cue, value: u32, ordinal: bool| {
        let first = text.word(index);
        NumberWord {
            value,
            ordinal,
            definite: cue.definite || first.get(cue.peeled..).is_some_and(|stem| stem.starts_with("ال")),
            conjoined: first.get(..cue.peeled).is_some_and(|proclitics| proclitics.starts_with('و')),
            end: cue.tokens.end,
            span: cue.span,
        }
    };
    cues.starting_at(index).find_map(|(cue, sense)| match sense {
        Sense::Ordinal(value) => Some(word(cue, *value, true)),
        Sense::Cardinal(value) => Some(word(cue, *value, false)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::fixture::Fixture;

    fn check(text: &str, expected: &[(u32, NumberKind)]) {
        let fixture = Fixture::new("ar", text);
        let found: Vec<(u32, NumberKind)> = numbers(&fixture.text, &fixture.cues(), &Recognition::default())
            .iter()
            .map(|n| (n.value, n.kind))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn ordinal_words_stand_before_or_after_their_noun() {
        check("رابع دورية", &[(4, NumberKind::Ordinal)]);
        check("الدورية الرابعة", &[(4, NumberKind::Ordinal)]);
    }

    #[test]
    fn teens_tens_and_hundreds_add_up() {
        check("الدورية الثانية عشرة", &[(12, NumberKind::Ordinal)]);
        check("الدورية الخامسة عشر", &[(15, NumberKind::Ordinal)]);
        check("الدورية الرابعة والعشرين", &[(24, NumberKind::Ordinal)]);
        check("الدورية الحادية والثلاثون", &[(31, NumberKind::Ordinal)]);
        check("الدورية العشرون", &[(20, NumberKind::Ordinal)]);
        check("الدورية الثالثة والعشرون بعد المئة", &[(123, NumberKind::Ordinal)]);
    }

    #[test]
    fn cardinals_count() {
        check("سبع دوريات", &[(7, NumberKind::Cardinal)]);
        check("خمساً وعشرين دورية", &[(25, NumberKind::Cardinal)]);
    }

    #[test]
    fn a_mark_makes_an_ordinal_of_digits() {
        check("دورية رقم (24)", &[(24, NumberKind::Ordinal)]);
        check("الدورية الـ ١٢", &[(12, NumberKind::Ordinal)]);
        check("الدورية 12", &[(12, NumberKind::Digits)]);
    }

    #[test]
    fn words_of_a_number_stand_side_by_side_where_the_language_does_so() {
        let check = |tag, text: &str, expected: &[u32]| {
            let fixture = Fixture::new(tag, text);
            let found = numbers(&fixture.text, &fixture.cues(), &Recognition::default());
            assert!(found.iter().all(|number| number.kind == NumberKind::Ordinal), "{text}");
            assert_eq!(found.iter().map(|number| number.value).collect::<Vec<_>>(), expected, "{text}");
        };
        check("ru", "двадцать седьмого патрулирования, 27-е, сто двенадцатому, 5-й", &[27, 27, 112, 5]);
        check("ru", "одиннадцатое по счёту", &[11]);
        check("tr", "yirmi üçüncü devriye, yüz on ikinci, 97. Türk-Rus devriyesi", &[23, 112, 97]);
        check("en", "the one hundred and twelfth", &[112]);
    }

    #[test]
    fn two_ordinals_in_a_row_stay_two() {
        let text = "الرابعة والعشرون، والخامسة عشرة، والثانية";
        check(text, &[(24, NumberKind::Ordinal), (15, NumberKind::Ordinal), (2, NumberKind::Ordinal)]);
    }
}
