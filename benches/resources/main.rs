//! What it costs to find the registers among the assigned resources: `cargo bench --bench resources`.
//!
//! Traces are off, so this is the walk alone. The figures are in docs/performance.md.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

use lists::Lists;

mod lists;

fn plan(criterion: &mut Criterion) {
    for (name, make) in [("ignored", Lists::ignored as fn(usize) -> Lists), ("memory", Lists::memory)] {
        let mut group = criterion.benchmark_group(name);
        for length in [1, 10, 100, 1000] {
            let lists = make(length);
            group.throughput(Throughput::Elements(length as u64));
            group.bench_with_input(BenchmarkId::from_parameter(length), &lists, |bencher, lists| {
                bencher.iter(|| black_box(lists).plan());
            });
        }
        group.finish();
    }
}

criterion_group!(benches, plan);
criterion_main!(benches);
