//! The rows of the table: a function, and what is wrong with its arguments. Driver and tests count them alike.

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Nothing.
    None,
    /// The argument is NULL.
    Null,
    /// It is a handle of another type.
    OtherType,
    /// It is the handle of an object that is gone.
    Stale,
    /// It and all arguments that the framework looks at later are NULL.
    NullFromHere,
}

/// A function of the table.
pub struct Function {
    /// The header that declares it.
    pub header: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The arguments that may not be NULL, if the framework does not look at them in their order.
    order: &'static [&'static str],
    /// Whether a good call can be made.
    pub good: bool,
    /// Names and kinds of its arguments.
    pub arguments: &'static [(&'static str, &'static str)],
}

/// One call.
#[derive(Clone, Copy)]
pub struct Row {
    /// The function.
    pub function: &'static Function,
    /// The argument that is wrong. Empty if none is.
    pub argument: &'static str,
    /// What is wrong with it.
    pub mistake: Mistake,
}

macro_rules! describe {
    ($($header:literal:
        $($function:ident $(order [$($order:ident),*])? $(never $never:ident)? (
            $($argument:ident: $kind:ident $good:expr),* $(,)?
        ) $(= $expected:expr)?;)+
    )+) => {
        /// Every function of the table.
        pub const FUNCTIONS: &[Function] = &[$($(Function {
            header: $header,
            name: stringify!($function),
            order: &[$($(stringify!($order)),*)?],
            good: [$(stringify!($never).is_empty(),)? true][0],
            arguments: &[$((stringify!($argument), stringify!($kind))),*],
        },)+)+];
    };
}

for_each_call!(describe);

impl Function {
    /// The arguments that may not be NULL, in the order in which the framework looks at them.
    pub fn required(&self) -> Vec<&'static str> {
        if !self.order.is_empty() {
            return self.order.to_vec();
        }
        let required = self.arguments.iter().filter(|(_, kind)| !matches!(*kind, "given" | "optional"));
        required.map(|(argument, _)| *argument).collect()
    }

    fn rows(&'static self) -> Vec<Row> {
        let row = |argument, mistake| Row { function: self, argument, mistake };
        let mut rows = Vec::new();
        if self.good {
            rows.push(row("", Mistake::None));
        }
        for (argument, kind) in self.arguments {
            if matches!(*kind, "handle" | "pointer" | "function") {
                rows.push(row(argument, Mistake::Null));
            }
            if matches!(*kind, "handle" | "optional") {
                rows.push(row(argument, Mistake::OtherType));
                rows.push(row(argument, Mistake::Stale));
            }
        }
        if let [before @ .., _] = self.required().as_slice() {
            rows.extend(before.iter().map(|argument| row(argument, Mistake::NullFromHere)));
        }
        rows
    }
}

/// Every row. The number of a row in the INF is its place, counted from 1.
pub fn rows() -> Vec<Row> {
    FUNCTIONS.iter().flat_map(Function::rows).collect()
}

/// The headers of the table.
pub fn headers() -> Vec<&'static str> {
    let mut headers: Vec<_> = FUNCTIONS.iter().map(|function| function.header).collect();
    headers.dedup();
    headers
}

/// In the INF this and the place of a header ask for all mistakes of that header in one run.
pub const ALL_OF: u32 = 100_000;
