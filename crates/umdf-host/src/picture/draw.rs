//! Rows as an SVG document.

use svg::node::element::{Definitions, Description, Line, Marker, Path, Rectangle, Style, Text, Title};
use svg::{Document, Node};

use super::sequence::{Kind, Lane, Row};

/// Everything is in pixels.
const WIDTH: i32 = 1160;
/// Names of the lanes, and where they are.
const LANES: [(Lane, &str, i32); 5] = [
    (Lane::Application, "application", 90),
    (Lane::Pnp, "PnP manager", 310),
    (Lane::Framework, "framework", 550),
    (Lane::Driver, "driver", 880),
    (Lane::Device, "device", 1085),
];
/// Height of the heading and of the lanes' names.
const TOP: i32 = 76;
/// Height of a line of text.
const LINE: i32 = 14;
/// From one row to the next, without the text.
const GAP: i32 = 10;

const STYLE: &str = "\
    text { font: 11px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328; \
    stroke: #ffffff; stroke-width: 3px; paint-order: stroke; text-anchor: middle }\n\
    .title { font-size: 16px; font-weight: 600; text-anchor: start }\n\
    .lane { font-size: 13px; font-weight: 600 }\n\
    .callback { font-weight: 600; fill: #0550ae }\n\
    .call { fill: #57606a }\n\
    .register { fill: #116329 }\n\
    .interrupt { fill: #8250df; font-weight: 600 }\n\
    .note { fill: #57606a; font-style: italic }\n\
    .alarm { fill: #cf222e; font-weight: 600 }\n\
    line { stroke: #57606a; stroke-width: 1px; fill: none }\n\
    line.life { stroke: #d0d7de }\n\
    line.answer, line.return { stroke-dasharray: 4 3 }\n\
    line.callback { stroke: #0550ae; stroke-width: 1.5px }\n\
    line.register { stroke: #116329 }\n\
    line.interrupt { stroke: #8250df; stroke-width: 1.5px }\n\
    rect.page { fill: #ffffff }\n\
    rect.bar { fill: #ddf4ff; stroke: #0550ae }\n\
    rect.head { fill: #f6f8fa; stroke: #d0d7de }\n";

/// The document of a run.
pub fn document(title: &str, rows: &[Row]) -> String {
    let mut page = Page { y: TOP, bars: Vec::new(), behind: Vec::new(), front: Vec::new() };
    for row in rows {
        page.row(row);
    }
    page.finish(title)
}

/// What was drawn so far.
struct Page {
    y: i32,
    /// Where the callbacks that are open began.
    bars: Vec<i32>,
    behind: Vec<Box<dyn Node>>,
    front: Vec<Box<dyn Node>>,
}

impl Page {
    fn row(&mut self, row: &Row) {
        match row {
            Row::Message { from, to, kind, lines } => self.message(*from, *to, *kind, lines),
            Row::Note { lane, text } => self.line_of_text(x(*lane), "note", text),
            Row::Alarm(text) => self.line_of_text(WIDTH / 2, "alarm", text),
            Row::Begin => self.bars.push(self.y),
            Row::End => {
                if let Some(top) = self.bars.pop() {
                    self.bar(top);
                }
            }
        }
    }

    /// A text without an arrow.
    fn line_of_text(&mut self, x: i32, class: &str, line: &str) {
        self.y += LINE + GAP;
        self.front.push(text(x, self.y, class, line).into());
    }

    /// An arrow below its text.
    fn message(&mut self, from: Lane, to: Lane, kind: Kind, lines: &[String]) {
        let (start, end) = self.ends(from, to, kind);
        self.y += GAP;
        for line in lines {
            self.y += LINE;
            // Above the arrow, without touching it.
            self.front.push(text(i32::midpoint(start, end), self.y - 5, class(kind), line).into());
        }
        let arrow = Line::new().set("class", class(kind)).set("marker-end", "url(#head)");
        self.front.push(across(arrow, start, end, self.y).into());
    }

    /// Where an arrow begins and ends: at the driver's bar, if there is one or one begins.
    fn ends(&self, from: Lane, to: Lane, kind: Kind) -> (i32, i32) {
        let depth = self.bars.len() + usize::from(kind == Kind::Callback);
        let bar = |lane| if lane == Lane::Driver && depth > 0 { half_width(depth) } else { 0 };
        let right = if from < to { 1 } else { -1 };
        (x(from) + right * bar(from), x(to) - right * bar(to))
    }

    fn bar(&mut self, top: i32) {
        let half = half_width(self.bars.len() + 1);
        // One in which nothing is shown is seen too.
        self.y = self.y.max(top + GAP);
        let bar = Rectangle::new()
            .set("class", "bar")
            .set("x", x(Lane::Driver) - half)
            .set("y", top)
            .set("width", 2 * half)
            .set("height", self.y - top);
        // The inner ones, which end first, come to lie above the outer ones.
        self.behind.insert(0, bar.into());
    }

    fn finish(self, title: &str) -> String {
        let height = self.y + 2 * LINE + GAP;
        let page = Rectangle::new().set("class", "page").set("width", WIDTH).set("height", height);
        let mut document = Document::new()
            .set("viewBox", (0, 0, WIDTH, height))
            .set("width", WIDTH)
            .set("height", height)
            .set("role", "img")
            .add(Title::new(printable(title)))
            .add(Description::new().add(svg::node::Text::new(
                "From top to bottom. A callback stands where it began, with all that its thread did in it; what \
                 other threads did meanwhile stands below. Locks, looks at objects and long runs of register \
                 accesses are left out.",
            )))
            .add(Style::new(STYLE))
            .add(Definitions::new().add(arrow_head()))
            .add(page)
            .add(text(LINE, 2 * LINE, "title", title));
        for (lane, name, middle) in LANES {
            let life = Line::new().set("class", "life");
            document = document.add(down(life, x(lane), TOP - 2 * LINE, height - LINE));
            let head = Rectangle::new().set("class", "head").set("rx", 4);
            let head = head.set("x", middle - 55).set("y", TOP - 36).set("width", 110).set("height", 24);
            document = document.add(head).add(text(middle, TOP - 20, "lane", name));
        }
        for node in self.behind.into_iter().chain(self.front) {
            document = document.add(node);
        }
        format!("{document}\n")
    }
}

/// Half the width of the bar of a callback: one inside another one stands out, down to the fifth.
fn half_width(depth: usize) -> i32 {
    i32::try_from(depth.clamp(1, 5)).map_or(5, |depth| 2 + 3 * depth)
}

fn x(lane: Lane) -> i32 {
    LANES[lane as usize].2
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Request | Kind::Resources => "request",
        Kind::Answer => "answer",
        Kind::Callback => "callback",
        Kind::Return => "return",
        Kind::Call => "call",
        Kind::Register => "register",
        Kind::Interrupt => "interrupt",
    }
}

fn text(x: i32, y: i32, class: &str, content: &str) -> Text {
    Text::new(printable(content)).set("class", class).set("x", x).set("y", y)
}

/// XML has no way to write most control characters.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { c })
        .collect()
}

fn across(line: Line, from: i32, to: i32, y: i32) -> Line {
    line.set("x1", from).set("x2", to).set("y1", y).set("y2", y)
}

fn down(line: Line, x: i32, from: i32, to: i32) -> Line {
    line.set("x1", x).set("x2", x).set("y1", from).set("y2", to)
}

fn arrow_head() -> Marker {
    let head = Path::new().set("d", "M 0 0 L 8 4 L 0 8 z").set("fill", "#57606a");
    let size = Marker::new().set("id", "head").set("markerWidth", 8).set("markerHeight", 8);
    size.set("refX", 8).set("refY", 4).set("orient", "auto").set("markerUnits", "userSpaceOnUse").add(head)
}
