//! The section of README.md about serving: its commands, in its order, with a port that is free.

use std::fs;

use libtest_mimic::Trial;

use super::stand::{Host, root, run};
use super::test;

/// The address in README.
const ADDRESS: &str = "127.0.0.1:4711";
/// How its commands begin.
const HOST: &str = "cargo run -q -p umdf-host -- ";
const EDUCTL: &str = "cargo run -q -p eductl -- --connect 127.0.0.1:4711 ";

pub fn trials() -> Vec<Trial> {
    vec![test("readme::its_commands_work", commands)]
}

fn commands() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README is text");
    let (_, section) = readme.split_once("\n## Talk to the driver\n").expect("README has the section");
    let section = section.split("\n## ").next().unwrap_or(section);
    let mut blocks = section.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    let serve = blocks.next().expect("how to serve");
    let ["cargo build", serve] = serve.lines().collect::<Vec<_>>()[..] else { panic!("{serve}") };
    let serve = serve.strip_prefix(HOST).unwrap_or_else(|| panic!("{serve}"));
    let mut words: Vec<&str> = serve.split(' ').collect();
    let listen = words.iter().position(|word| *word == ADDRESS).expect("it says where");
    words[listen] = "127.0.0.1:0";
    // Cargo has its own folder for what it builds, which another one may hold.
    let driver = words.iter().position(|word| *word == "target/debug/libedu_umdf.so");
    let mut host = Host::by(&words, driver);
    let asked: Vec<&str> = blocks.next().expect("how to ask").lines().collect();
    assert!(asked.len() > 5, "{asked:?}");
    for line in asked {
        let command = line.split("  ").next().unwrap_or(line).trim();
        let arguments = command.strip_prefix(EDUCTL).unwrap_or_else(|| panic!("{command}"));
        let (code, text) = run(host.eductl(&arguments.split(' ').collect::<Vec<_>>()));
        assert_eq!(code, 0, "{command}: {text}");
    }
    let lines: Vec<&str> = blocks.next().expect("what can happen meanwhile").lines().collect();
    for line in lines.iter().filter(|line| **line != "quit") {
        host.say(line);
    }
    assert_eq!(lines.last(), Some(&"quit"));
    host.pass();
}
