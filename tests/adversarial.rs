//! Texts made to be slow are read in linear time, and nothing is claimed with confidence there.

use std::time::{Duration, Instant};

use masar::gazetteer::Gazetteer;
use masar::model::article::Article;
use masar::pipeline::Pipeline;

mod adversarial_shapes;

/// Times as much text may take so many times as long: linear is 8, quadratic 64.
const GROWTH: usize = 8;
const LONGEST_GROWTH: f64 = 24.0;
/// What takes less cannot be told from the noise of the machine.
const MEASURABLE: Duration = Duration::from_millis(40);

/// The shortest of three readings: what else runs on the machine only ever adds.
fn fastest(pipeline: &Pipeline<'_>, text: &str) -> Duration {
    let read = || {
        let article = Article { id: "shape".into(), text: text.to_owned(), ..Article::default() };
        let start = Instant::now();
        let map = pipeline.read(article);
        let took = start.elapsed();
        drop(map);
        took
    };
    (0..3).map(|_| read()).min().unwrap_or_default()
}

#[test]
fn reading_grows_with_the_text_and_no_faster() {
    let pipeline = Pipeline::new(Gazetteer::embedded()).unwrap_or_else(|error| panic!("{error}"));
    let mut steep = Vec::new();
    for (name, unit) in adversarial_shapes::SHAPES {
        let small = 48 << 10;
        let short = fastest(&pipeline, &adversarial_shapes::text(unit, small));
        let long = fastest(&pipeline, &adversarial_shapes::text(unit, small * GROWTH));
        println!("{name}: {short:?} and {long:?}");
        let growth = long.as_secs_f64() / short.as_secs_f64().max(f64::MIN_POSITIVE);
        if long > MEASURABLE && growth > LONGEST_GROWTH {
            steep
                .push(format!("{name}: {GROWTH} times the text takes {growth:.0} times as long ({short:?}, {long:?})"));
        }
    }
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}
