//! Routes: which places of a stretch of text are stops, and what part each plays.

use std::ops::Range;

use super::Context;
use crate::lexicon::sense::{RouteRole, Sense};
use crate::model::event::{Evidence, PlaceReference, RouteLegs};
use crate::model::mention::{
    MentionIndex, MentionKind, MentionRole, PlaceCue, RelationKind, SpatialRelation, ToponymMention,
};
use crate::model::span::Span;

/// What a stretch of text says about a route.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct RouteReading {
    pub legs: RouteLegs,
    pub undirected: bool,
    pub returned: bool,
    pub area: Option<PlaceReference>,
    /// The announced end that was not reached.
    pub planned_end: Option<MentionIndex>,
    pub details: Vec<Evidence>,
}

/// A stop with the role that the words before it give.
struct Stop {
    role: Role,
    mention: MentionIndex,
    /// Where it was bound for but did not come.
    missed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    Of(RouteRole),
    Between,
    At,
}

impl Context<'_> {
    pub(super) fn mention(&self, index: MentionIndex) -> &ToponymMention {
        &self.recognition.mentions[index.0]
    }

    pub(super) fn mention_tokens(&self, index: MentionIndex) -> Range<usize> {
        self.recognition.tokens[index.0].clone()
    }

    /// The mentions that start inside a range of tokens.
    pub(super) fn mentions_in(&self, tokens: Range<usize>) -> impl Iterator<Item = MentionIndex> {
        let first = self.recognition.tokens.partition_point(|range| range.start < tokens.start);
        self.recognition.tokens[first..]
            .iter()
            .take_while(move |range| range.start < tokens.end)
            .enumerate()
            .map(move |(offset, _)| MentionIndex(first + offset))
    }

    /// The relation in which a mention is the ground.
    pub(super) fn ground_relation(&self, index: MentionIndex) -> Option<&SpatialRelation> {
        self.recognition.relations.get(self.grounds.get(index.0).copied()??)
    }

    /// The relation whose words cover a span. Relations stand in the order of their grounds, so
    /// only the next few can.
    pub(super) fn relation_over(&self, span: Span) -> Option<&SpatialRelation> {
        let relations = &self.recognition.relations;
        let first = relations.partition_point(|relation| relation.span.end() < span.end());
        relations[first..].iter().take(3).find(|relation| relation.span.covers(span))
    }

    /// Whether a mention only locates another one, repeats its name, or is no literal place.
    pub(super) fn is_background(&self, index: MentionIndex) -> bool {
        let mention = self.mention(index);
        let alias = self.aliases.get(index.0).copied().unwrap_or(false);
        let grounds_figure = self.ground_relation(index).is_some_and(|relation| relation.figure.is_some());
        let administrative =
            matches!(mention.cue, Some(PlaceCue::Governorate | PlaceCue::Country | PlaceCue::Countryside));
        matches!(mention.kind, MentionKind::Road { .. })
            || matches!(mention.role, MentionRole::InName | MentionRole::Noise | MentionRole::Dateline)
            || alias
            || grounds_figure
            || administrative
    }

    /// Whether only marks, conjunctions and place cues stand between two tokens.
    fn coordinated(&self, from: usize, to: usize) -> bool {
        (from..to).all(|token| {
            let mark = self
                .text
                .token(token)
                .is_some_and(|t| [',', '-', '/', '"', '\'', '(', ')', '#', ';'].iter().any(|mark| t.is_mark(*mark)));
            let passed_over = self.recognition.mention_at(token).is_some_and(|mention| self.is_background(mention))
                || self
                    .relation_over(self.text.token_span(token..token + 1))
                    .is_some_and(|relation| relation.figure.is_some());
            let cue = self.cues.any(token, |sense| {
                matches!(sense, Sense::PlaceCue(_) | Sense::PlaceCueAfter(_) | Sense::ListCue | Sense::Conjunction)
            });
            mark || passed_over || cue
        })
    }

    /// Whether a comma or a clause break stands between two tokens.
    fn breaks_between(&self, from: usize, to: usize) -> bool {
        (from..to).any(|token| {
            self.text.token(token).is_some_and(|t| t.is_mark(',') || t.is_mark(';'))
                || self.cues.any(token, |sense| matches!(sense, Sense::ClauseBreak | Sense::Conjunction))
        })
    }

    /// Reads the route told in `tokens`. `joint` is whether more than one party is on patrol:
    /// then what a single party does on its own is no part of the route.
    pub(super) fn route(&self, tokens: Range<usize>, joint: bool) -> RouteReading {
        let mut reading = RouteReading::default();
        let mut stops: Vec<Stop> = Vec::new();
        let mut role: Option<Role> = None;
        let mut last_stop_end: Option<usize> = None;
        let mut alone = false;
        let mut elsewhere = false;
        let mut not_reached = false;
        let mut last_verb = tokens.start;
        let mut blocked_at: Option<MentionIndex> = None;
        // The role that waits for its place was given by a preposition that also says "in".
        let mut by_preposition = false;
        // What is told is where the run should have ended.
        let mut meant = false;
        let mut at = tokens.start;
        while at < tokens.end {
            if let Some(index) = self.recognition.mention_at(at) {
                let range = self.mention_tokens(index);
                let first_token_cue = range.start == at;
                if let Some(case) = self.case_role(index) {
                    role = Some(Role::Of(case));
                    last_stop_end = None;
                }
                // "в Идлибе": in it, not to it.
                if by_preposition && self.cues.pack().is_locative(self.text.word(range.end - 1)) {
                    role = None;
                }
                by_preposition = false;
                at = range.end;
                if first_token_cue && elsewhere && !alone && !self.is_background(index) {
                    blocked_at.get_or_insert(index);
                }
                if !first_token_cue || alone || elsewhere {
                    continue;
                }
                let known = stops.len();
                self.read_mention(index, &mut role, &mut last_stop_end, &mut stops, &mut reading);
                if meant && stops.len() > known {
                    reading.planned_end.get_or_insert(index);
                    stops.truncate(known);
                    meant = false;
                }
                continue;
            }
            let mut next = at + 1;
            for (cue, sense) in self.cues.starting_at(at) {
                next = next.max(cue.tokens.end);
                match sense {
                    Sense::Route(route_role) => {
                        // "عادت العربات الروسية أدراجها إلى X": still the same subject.
                        let goes_on = alone && !self.breaks_between(last_verb, at);
                        alone = joint && (goes_on || self.single_subject(cue.tokens.end, tokens.end).is_some());
                        last_verb = at;
                        elsewhere = false;
                        role = Some(Role::Of(*route_role));
                        last_stop_end = None;
                        if *route_role == RouteRole::Return {
                            reading.returned |= !alone;
                        }
                        reading.details.push(Evidence { span: cue.span, rule: role_rule(Role::Of(*route_role)) });
                    }
                    Sense::Motion | Sense::Run => {
                        alone = joint && self.single_subject(cue.tokens.end, tokens.end).is_some();
                        elsewhere = false;
                        role = None;
                    }
                    Sense::MotionPreposition(route_role) => {
                        // "رجعت المدرعات إلى X" is still the way back.
                        let waiting = matches!(role, Some(Role::Of(RouteRole::Return))) && last_stop_end.is_none();
                        if !waiting {
                            role = Some(Role::Of(*route_role));
                            last_stop_end = None;
                            by_preposition = self.cues.any(at, |sense| *sense == Sense::Within);
                        }
                    }
                    Sense::Between => {
                        role = Some(Role::Between);
                        last_stop_end = None;
                    }
                    Sense::RouteAfter(route_role) => {
                        if *route_role == RouteRole::Return {
                            reading.returned |= !alone;
                        }
                        self.set_last_roles(&mut stops, at, Role::Of(*route_role));
                    }
                    Sense::BetweenAfter => self.set_last_roles(&mut stops, at, Role::Between),
                    Sense::PlannedEnd => {
                        meant = true;
                        elsewhere = false;
                        role = Some(Role::Of(RouteRole::Heading));
                        last_stop_end = None;
                    }
                    Sense::Returned => reading.returned |= !alone,
                    // "باتجاه B، غير أنها لم تكمل مسارها وتوقفت عند C"
                    Sense::Abbreviated | Sense::NotReached => {
                        not_reached |= *sense == Sense::NotReached;
                        for stop in &mut stops {
                            stop.missed |= matches!(stop.role, Role::Of(RouteRole::Heading | RouteRole::End));
                        }
                    }
                    Sense::ListCue if !matches!(role, Some(Role::Of(_))) => role = Some(Role::Of(RouteRole::Via)),
                    Sense::Within if last_stop_end.is_some() => {
                        role = Some(Role::At);
                        last_stop_end = None;
                    }
                    // "وأخرى روسية منفردة شرقي B": the place is that of the other one.
                    Sense::Another if cue.peeled > 0 && self.is_alone(cue.tokens.end) => elsewhere = true,
                    // What happens to a patrol on its way is another story.
                    Sense::Event(_) | Sense::NameOfOther => elsewhere = true,
                    Sense::ClauseBreak => {
                        role = None;
                        elsewhere = false;
                        last_stop_end = None;
                    }
                    _ => {}
                }
            }
            at = next;
        }
        // Governorates alone are the area crossed and no stops ("من اللاذقية إلى إدلب").
        if stops.iter().all(|stop| self.mention(stop.mention).may_be_division()) {
            stops.clear();
        }
        // What was missed counts only where another end was reached instead.
        let reached = stops.iter().any(|stop| !stop.missed && stop.role == Role::Of(RouteRole::End));
        if reached || not_reached {
            reading.planned_end =
                stops.iter().find(|stop| stop.missed).map(|stop| stop.mention).or(reading.planned_end);
            stops.retain(|stop| !stop.missed);
        }
        self.assemble(stops, &mut reading);
        // "... إلى الرجوع نحو A بعدما سد معتصمون طريقها في B": it turned back at B.
        let legs = &mut reading.legs;
        if legs.back_to.is_some() && legs.start.is_none() && legs.end.is_none() && legs.via.is_empty() {
            legs.at = legs.at.or(blocked_at);
        }
        reading
    }

    /// Whether the words behind a token say that somebody goes alone.
    fn is_alone(&self, token: usize) -> bool {
        (token..token + 3).any(|token| self.cues.any(token, |sense| *sense == Sense::Alone))
    }

    /// The part in a route that the case ending of a word gives ("Ariha'dan").
    fn case_role(&self, index: MentionIndex) -> Option<RouteRole> {
        let end = self.mention_tokens(index).end;
        // "X köyünden": the class noun bears the case.
        let noun = self.cues.starting_at(end).find(|(_, sense)| matches!(sense, Sense::PlaceCueAfter(_)));
        if let Some((cue, _)) = noun {
            return self.cues.pack().case_role_of_noun(self.text.word(cue.tokens.end - 1));
        }
        let token = self.text.token(end - 1)?;
        let ending = match token.stem_len {
            Some(stem) => self.text.token_text(token).get(stem..)?,
            // "Serakibden": without the apostrophe.
            None => self.text.folded_behind(token, self.mention(index).span.end()),
        };
        self.cues.pack().case_role(ending)
    }

    /// Gives a part to the last stop before a postposition, and to those coordinated with it.
    fn set_last_roles(&self, stops: &mut [Stop], postposition: usize, role: Role) {
        let mut from = postposition;
        for stop in stops.iter_mut().rev() {
            let tokens = self.mention_tokens(stop.mention);
            let joined = self.coordinated(tokens.end, from)
                || (from == postposition
                    && (tokens.end..from).all(|t| self.cues.any(t, |s| matches!(s, Sense::PlaceCueAfter(_)))));
            if !joined {
                break;
            }
            stop.role = role;
            from = tokens.start;
        }
    }

    fn read_mention(
        &self,
        index: MentionIndex,
        role: &mut Option<Role>,
        last_stop_end: &mut Option<usize>,
        stops: &mut Vec<Stop>,
        reading: &mut RouteReading,
    ) {
        let range = self.mention_tokens(index);
        let relation = self.ground_relation(index);
        if let Some(SpatialRelation { figure: None, kind, distance_m, .. }) = relation
            && matches!(kind, RelationKind::Countryside { .. } | RelationKind::Direction(_))
            && !matches!(role, Some(Role::Of(RouteRole::End | RouteRole::Start)) if matches!(kind, RelationKind::Direction(_)) && distance_m.is_none() && self.mention(index).cue == Some(PlaceCue::Settlement))
        {
            reading.area.get_or_insert(PlaceReference {
                mention: index,
                relation: *kind,
                other: None,
                distance_m: *distance_m,
            });
            return;
        }
        // "for Russia and Turkey": who runs it and not where.
        let party = self.cues.any(range.start, |sense| matches!(sense, Sense::Party(_)));
        if self.is_background(index) || party || self.in_road_name(&range) {
            return;
        }
        if let Some(end) = *last_stop_end
            && !self.coordinated(end, range.start)
        {
            // The role was for the stop before.
            *role = None;
        }
        let kind = match *role {
            Some(kind) => kind,
            None => Role::At,
        };
        reading.details.push(Evidence { span: self.mention(index).span, rule: role_rule(kind) });
        stops.push(Stop { role: kind, mention: index, missed: false });
        if kind != Role::At {
            *last_stop_end = Some(range.end);
        }
    }

    /// Whether a place is one end of a road that is named by its ends in quotation marks
    /// ('أوتوستراد "إدلب - باب الهوى"').
    fn in_road_name(&self, tokens: &Range<usize>) -> bool {
        let mark = |token: usize, mark: char| self.text.token(token).is_some_and(|found| found.is_mark(mark));
        let quote_before = |token: usize| token.checked_sub(1).filter(|before| mark(*before, '"'));
        let opens = |quote: usize| {
            quote
                .checked_sub(1)
                .is_some_and(|before| self.cues.any(before, |sense| *sense == Sense::PlaceCue(PlaceCue::Road)))
        };
        if let Some(quote) = quote_before(tokens.start) {
            return opens(quote) && mark(tokens.end, '-') && self.recognition.mention_at(tokens.end + 1).is_some();
        }
        let other = tokens.start.checked_sub(2).filter(|_| mark(tokens.start - 1, '-') && mark(tokens.end, '"'));
        other
            .and_then(|last| self.recognition.mention_at(last))
            .and_then(|other| quote_before(self.mention_tokens(other).start))
            .is_some_and(opens)
    }

    /// Puts stops into legs: start, what lies between, and the end.
    fn assemble(&self, stops: Vec<Stop>, reading: &mut RouteReading) {
        let legs = &mut reading.legs;
        let between: Vec<MentionIndex> = stops.iter().filter(|s| s.role == Role::Between).map(|s| s.mention).collect();
        if let [start, .., end] = between.as_slice() {
            legs.start = Some(*start);
            legs.end = Some(*end);
            reading.undirected = true;
        }
        // "باتجاه A وصولاً إلى B": what is only a heading lies on the way.
        let last_end = stops.iter().rposition(|stop| stop.role == Role::Of(RouteRole::End));
        let last_heading = stops.iter().rposition(|stop| stop.role == Role::Of(RouteRole::Heading));
        let end = last_end.or(last_heading);
        // "وبلغت B، ثم أخذت طريق (V، W) عائدة إلى A": the way back has stops of its own, so what
        // looked like the end lies on a loop.
        let back = stops.iter().rposition(|stop| stop.role == Role::Of(RouteRole::Return));
        let on_the_way_back =
            |end: usize, back: usize| stops[end..back].iter().any(|stop| stop.role == Role::Of(RouteRole::Via));
        let loops = matches!((end, back), (Some(end), Some(back)) if end < back && on_the_way_back(end, back));
        let end = if loops { back } else { end };
        for (position, stop) in stops.iter().enumerate() {
            match stop.role {
                Role::Of(RouteRole::Start) if legs.start.is_none() || (reading.undirected && legs.via.is_empty()) => {
                    if reading.undirected {
                        reading.undirected = false;
                        legs.end = None;
                    }
                    legs.start = Some(stop.mention);
                }
                Role::Of(RouteRole::Return) if !loops => {
                    legs.back_to.get_or_insert(stop.mention);
                }
                Role::Of(RouteRole::End | RouteRole::Heading | RouteRole::Return) if Some(position) == end => {
                    legs.end = Some(stop.mention)
                }
                // A second start is where a later stretch begins.
                Role::Of(_) => legs.via.push(stop.mention),
                Role::At => {
                    legs.at.get_or_insert(stop.mention);
                }
                Role::Between => {}
            }
        }
    }
}

fn role_rule(role: Role) -> &'static str {
    match role {
        Role::Of(RouteRole::Start) => "route start",
        Role::Of(RouteRole::End) => "route end",
        Role::Of(RouteRole::Heading) => "route heading",
        Role::Of(RouteRole::Via) => "route via",
        Role::Of(RouteRole::Return) => "route return",
        Role::Between => "route between",
        Role::At => "place",
    }
}
