use crate::row::Row;
use libtest_mimic::Trial;
pub fn rows() -> Vec<Row> {
    Vec::new()
}
pub fn tests() -> Vec<Trial> {
    Vec::new()
}
