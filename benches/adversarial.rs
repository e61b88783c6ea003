//! Texts made to be slow: reading each at growing size must keep its throughput.
//!
//! `cargo bench --bench adversarial`. A shape whose MB/s falls as its size grows is not linear. What is
//! read in the same shapes is for `tests/adversarial.rs`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use masar::gazetteer::Gazetteer;
use masar::model::article::Article;
use masar::pipeline::Pipeline;

#[path = "../tests/adversarial_shapes/mod.rs"]
mod adversarial_shapes;

fn reading(c: &mut Criterion) {
    let pipeline = Pipeline::new(Gazetteer::embedded()).expect("the packs were checked by the build");
    for (name, unit) in adversarial_shapes::SHAPES {
        let mut group = c.benchmark_group(name);
        group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
        for kilobytes in [64, 256, 1024, 5120] {
            let text = adversarial_shapes::text(unit, kilobytes << 10);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::from_parameter(format!("{kilobytes} kB")), &text, |b, text| {
                b.iter(|| {
                    let article = Article { id: "shape".into(), text: text.clone(), ..Article::default() };
                    black_box(pipeline.read(article))
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, reading);
criterion_main!(benches);
