//! Short forms: what a list of them means in full. The tests with real workers have them too.

type List = &'static [(&'static str, &'static str)];

fn expand(word: &str, list: List) -> Option<&'static str> {
    list.iter().find(|(short, _)| *short == word).map(|(_, long)| *long)
}

/// The states that the short form means, in order.
pub fn states(short: &str, list: List) -> Vec<String> {
    short
        .split_whitespace()
        .flat_map(|word| {
            expand(word, list).map_or_else(|| vec![word], |long| long.split_whitespace().collect())
        })
        .map(str::to_owned)
        .collect()
}

/// The actions that the short form means, in order.
pub fn actions(short: &str, list: List) -> Vec<String> {
    let mut long = Vec::new();
    for word in short.split(" > ").filter(|word| !word.is_empty()) {
        let (word, fails) = word.strip_suffix(" FAILS").map_or((word, ""), |word| (word, " FAILS"));
        let (stem, state) = match word.split_once('(') {
            Some((stem, rest)) => (format!("{stem}()"), format!("({rest}")),
            None => (word.to_owned(), String::new()),
        };
        match expand(&stem, list) {
            Some(text) => {
                long.extend(text.split(" > ").map(|action| action.replace("()", &state)));
                if let Some(last) = long.last_mut() {
                    last.push_str(fails);
                }
            }
            None => long.push(format!("{word}{fails}")),
        }
    }
    long
}
