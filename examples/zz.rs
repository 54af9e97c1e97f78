use adref::model::*;
use std::time::Instant;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let n: usize = a.get(3).map_or(3, |n| n.parse().unwrap());
    for i in 0..n {
        let t = Instant::now();
        let d = adref::read::read(&a[1], &std::fs::read(&a[1]).unwrap()).unwrap();
        let e = t.elapsed();
        let d2 = adref::read::read(&a[2], &std::fs::read(&a[2]).unwrap()).unwrap();
        let t = Instant::now();
        let c = adref::compare::compare(&d, &d2);
        println!("read {:?} cmp {:?} {:?} n={}", e, t.elapsed(), c.summary(), d.paragraphs.len());
        if n == 1 && i == 0 {
            for ch in &c.changes {
                if ch.kind == ChangeKind::Unchanged {
                    continue;
                }
                let id = |d: &Draft, w: &[usize]| {
                    w.iter().map(|i| d.paragraphs[*i].id.clone()).collect::<Vec<_>>().join("+")
                };
                println!(
                    "\n## {:?} {} -> {} sim {:.2} moved {}",
                    ch.kind,
                    id(&d, &ch.old),
                    id(&d2, &ch.new),
                    ch.similarity,
                    ch.moved
                );
                for s in &ch.segments {
                    let (x, y) = match (s.op, s.differs) {
                        (Op::Equal, _) => ("", ""),
                        (Op::Insert, Differs::Words) => ("\x1b[32m{+", "+}\x1b[0m"),
                        (Op::Delete, Differs::Words) => ("\x1b[31m{-", "-}\x1b[0m"),
                        (Op::Insert, Differs::Status) => ("\x1b[35m<+", "+>\x1b[0m"),
                        (Op::Delete, Differs::Status) => ("\x1b[35m<-", "->\x1b[0m"),
                        (Op::Insert, _) => ("\x1b[34m(+", "+)\x1b[0m"),
                        (Op::Delete, _) => ("\x1b[34m(-", "-)\x1b[0m"),
                    };
                    print!("{x}{}{y}", s.text);
                }
                println!();
            }
        }
    }
}
