//! Texts made to be slow or misleading are read to their end, and nothing is claimed there that a
//! reader would not see. How long it takes is for `cargo bench --bench adversarial`.

use masar::gazetteer::Gazetteer;
use masar::model::article::Article;
use masar::model::event::EventKind;
use masar::pipeline::Pipeline;

mod adversarial_shapes;

/// More than any window or list bound of the reading.
const LENGTH: usize = 96 << 10;

#[test]
fn a_shape_repeated_without_end_tells_no_more_than_once() {
    let pipeline = Pipeline::new(Gazetteer::embedded()).unwrap_or_else(|error| panic!("{error}"));
    let mut told = Vec::new();
    for (name, unit) in adversarial_shapes::SHAPES {
        let read = |text: String| pipeline.read(Article { id: "shape".into(), text, ..Article::default() }).0;
        let (once, map) = (read((*unit).to_owned()), read(adversarial_shapes::text(unit, LENGTH)));
        for mention in &map.mentions {
            assert!(map.article.text.get(mention.span.range()).is_some(), "{name}: a span cuts a letter");
        }
        let reports = |map: &masar::model::feature::ArticleMap| {
            let kinds = map.events.iter().map(|event| &event.event.merged.kind);
            kinds.filter(|kind| matches!(kind, EventKind::Patrol(_) | EventKind::Position(_))).count()
        };
        if reports(&map) > reports(&once) + 1 {
            told.push(format!("{name}: {} reports, {} in one unit", reports(&map), reports(&once)));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}
