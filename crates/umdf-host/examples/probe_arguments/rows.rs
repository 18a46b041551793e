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
    /// It is a `UNICODE_STRING` that is not well-formed.
    Text(TextMistake),
    /// It is a `WDF_OBJECT_ATTRIBUTES` that the function does not take.
    Attributes(AttributesMistake),
    /// What the table says in words, and what the host does about it.
    Other(&'static str, Outcome),
}

/// What the host does about a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The call answers that something is wrong, if only by doing nothing.
    Answer,
    /// It reports that this rule is broken, and goes on.
    Report(&'static str),
    /// It ends because this rule is broken.
    End(&'static str),
}

/// Members of a `UNICODE_STRING` that do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextMistake {
    /// `Length` is odd.
    OddLength,
    /// `MaximumLength` is odd.
    OddMaximumLength,
    /// `Buffer` is NULL.
    NoBuffer,
    /// `Length` is above `MaximumLength`.
    LongerThanMaximum,
}

const TEXT_MISTAKES: [TextMistake; 4] = [
    TextMistake::OddLength,
    TextMistake::OddMaximumLength,
    TextMistake::NoBuffer,
    TextMistake::LongerThanMaximum,
];

/// What can be wrong with a `WDF_OBJECT_ATTRIBUTES`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributesMistake {
    /// There are none.
    Null,
    /// `Size`.
    Size,
    /// `Size` of the context type.
    TypeSize,
    /// The context type has no name.
    TypeWithoutName,
    /// `ContextSizeOverride` without a context type.
    OverrideWithoutType,
    /// `ContextSizeOverride` is below the size of the context type.
    OverrideTooSmall,
    /// A parent.
    Parent,
    /// No parent.
    NoParent,
    /// A parent that is gone.
    StaleParent,
    /// `ExecutionLevel` is 0.
    NoLevel,
    /// `ExecutionLevel` is behind the last one.
    LevelTooLarge,
    /// `SynchronizationScope` is 0.
    NoScope,
    /// `SynchronizationScope` is behind the last one.
    ScopeTooLarge,
    /// `SynchronizationScope` has a meaning.
    Scope,
    /// `ExecutionLevel` has a meaning.
    Level,
}

/// Every such mistake, in the order in which the framework looks for them, and what a function must not
/// (`!`) or must allow so that it is one.
const ATTRIBUTES_MISTAKES: [(AttributesMistake, &str); 15] = [
    (AttributesMistake::Null, "required"),
    (AttributesMistake::Size, ""),
    (AttributesMistake::TypeSize, ""),
    (AttributesMistake::TypeWithoutName, ""),
    (AttributesMistake::OverrideWithoutType, ""),
    (AttributesMistake::OverrideTooSmall, ""),
    (AttributesMistake::Parent, "!parent"),
    (AttributesMistake::NoParent, "required"),
    (AttributesMistake::StaleParent, "parent"),
    (AttributesMistake::NoLevel, ""),
    (AttributesMistake::LevelTooLarge, ""),
    (AttributesMistake::NoScope, ""),
    (AttributesMistake::ScopeTooLarge, ""),
    (AttributesMistake::Scope, "!scope"),
    (AttributesMistake::Level, "!level"),
];

/// Where the driver makes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In DriverEntry, before WdfDriverCreate.
    Entry,
    /// In EvtDriverDeviceAdd, before WdfDeviceCreate.
    Init,
    /// In EvtDriverDeviceAdd, when the device is made.
    Add,
    /// In EvtIoDeviceControl.
    Call,
}

/// An argument of a function.
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// Its kind.
    pub kind: &'static str,
    /// What the kind allows.
    allows: &'static [&'static str],
    /// Other mistakes.
    wrong: &'static [(&'static str, Outcome)],
}

/// A function of the table.
pub struct Function {
    /// The header that declares it.
    pub header: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Where it is called.
    pub place: Place,
    /// The arguments that may not be NULL, if the framework does not look at them in their order.
    order: &'static [&'static str],
    /// Whether a good call can be made.
    pub good: bool,
    /// Its arguments.
    pub arguments: &'static [Argument],
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

macro_rules! outcome {
    (R $answer:tt) => {
        Outcome::Answer
    };
    (B ($rule:literal $(, $answer:expr)?)) => {
        Outcome::Report($rule)
    };
    (T ($rule:literal)) => {
        Outcome::End($rule)
    };
}

macro_rules! describe {
    ($header:literal:
        $($function:ident $(at $place:ident)? $(order [$($order:ident),*])? $(never $never:ident)? (
            $($argument:ident: $kind:ident $good:expr
                $(=> allows [$($allowed:ident),*])?
                $(=> [$($what:literal: $value:expr => $class:ident $outcome:tt),* $(,)?])?
            ),* $(,)?
        ) $(= $expected:expr)?;)+
    ) => {
        &[$(Function {
            header: $header,
            name: stringify!($function),
            place: [$(Place::$place,)? Place::Call][0],
            order: &[$($(stringify!($order)),*)?],
            good: [$(stringify!($never).is_empty(),)? true][0],
            arguments: &[$(Argument {
                name: stringify!($argument),
                kind: stringify!($kind),
                allows: &[$($(stringify!($allowed)),*)?],
                wrong: &[$($(($what, outcome!($class $outcome))),*)?],
            }),*],
        },)+]
    };
}

/// The functions of each header.
const HEADERS: &[&[Function]] = &for_each_header!(describe);

/// Every function of the table.
pub fn functions() -> impl Iterator<Item = &'static Function> {
    HEADERS.iter().copied().flatten()
}

impl Argument {
    fn allows(&self, what: &str) -> bool {
        self.allows.contains(&what) || (what == "parent" && self.allows.contains(&"required"))
    }

    /// What can be wrong with it alone.
    fn mistakes(&self) -> Vec<Mistake> {
        let usual: &[Mistake] = match self.kind {
            "handle" | "handle_pointer" => &[Mistake::Null, Mistake::OtherType, Mistake::Stale],
            "object" => &[Mistake::Null, Mistake::Stale],
            "optional" => &[Mistake::OtherType, Mistake::Stale],
            "pointer" | "function" | "text" => &[Mistake::Null],
            _ => &[],
        };
        let mut mistakes = usual.to_vec();
        if matches!(self.kind, "text" | "optional_text") {
            mistakes.extend(TEXT_MISTAKES.map(Mistake::Text));
        }
        if self.kind == "attributes" {
            let possible = |condition: &str| match condition.strip_prefix('!') {
                Some(not) => !self.allows(not),
                None => condition.is_empty() || self.allows(condition),
            };
            let mistakes_of_attributes =
                ATTRIBUTES_MISTAKES.iter().filter(|(_, condition)| possible(condition));
            mistakes.extend(mistakes_of_attributes.map(|(mistake, _)| Mistake::Attributes(*mistake)));
        }
        mistakes.extend(self.wrong.iter().map(|(what, outcome)| Mistake::Other(what, *outcome)));
        mistakes
    }
}

impl Function {
    /// The arguments that may not be NULL, in the order in which the framework looks at them.
    pub fn required(&self) -> Vec<&'static str> {
        if !self.order.is_empty() {
            return self.order.to_vec();
        }
        let kinds = ["handle", "handle_pointer", "object", "pointer", "function", "text"];
        let required = self.arguments.iter().filter(|argument| kinds.contains(&argument.kind));
        required.map(|argument| argument.name).collect()
    }

    fn rows(&'static self) -> Vec<Row> {
        let row = |argument, mistake| Row { function: self, argument, mistake };
        let mut rows = Vec::new();
        if self.good {
            rows.push(row("", Mistake::None));
        }
        for argument in self.arguments {
            rows.extend(argument.mistakes().into_iter().map(|mistake| row(argument.name, mistake)));
        }
        if let [before @ .., _] = self.required().as_slice() {
            rows.extend(before.iter().map(|argument| row(argument, Mistake::NullFromHere)));
        }
        rows
    }
}

impl Row {
    /// The argument that is wrong.
    fn wrong(&self) -> Option<&'static Argument> {
        self.function.arguments.iter().find(|argument| argument.name == self.argument)
    }

    /// Whether it is a mistake that breaks no rule.
    pub fn is_refused(&self) -> bool {
        self.mistake != Mistake::None && self.outcome() == Outcome::Answer
    }

    /// What the host does.
    pub fn outcome(&self) -> Outcome {
        let reports = self.wrong().is_some_and(|argument| argument.allows("reports"));
        let handle = self.wrong().is_some_and(|argument| matches!(argument.kind, "handle" | "object"));
        match self.mistake {
            Mistake::Null | Mistake::NullFromHere if handle => Outcome::End("HANDLE_NULL_OR_TYPE"),
            Mistake::Null | Mistake::NullFromHere => Outcome::End("PARAM_NULL"),
            Mistake::OtherType => Outcome::End("HANDLE_NULL_OR_TYPE"),
            Mistake::Stale | Mistake::Attributes(AttributesMistake::StaleParent) => {
                Outcome::End("HANDLE_STALE")
            }
            Mistake::Text(_) | Mistake::Attributes(_) if reports => Outcome::Report("ARGUMENT_INVALID"),
            Mistake::None | Mistake::Text(_) | Mistake::Attributes(_) => Outcome::Answer,
            Mistake::Other(_, outcome) => outcome,
        }
    }
}

/// Every row.
pub fn rows() -> impl Iterator<Item = Row> {
    functions().flat_map(Function::rows)
}

/// The headers of the table.
pub fn headers() -> Vec<&'static str> {
    HEADERS.iter().filter_map(|functions| functions.first()).map(|function| function.header).collect()
}

/// What a run of the driver calls. Its number stands in the INF.
#[derive(Clone, Copy)]
pub enum Run {
    /// One row, by its place.
    Row(usize),
    /// The rows of a function, by its place, whose mistakes break no rule.
    Refused(usize),
    /// The rows of a header, by its place, whose mistakes break one.
    Broken(usize),
}

/// How many numbers each kind of run has.
const NUMBERS: usize = 100_000;

impl Run {
    /// The number that stands for it.
    pub fn number(self) -> usize {
        let (kind, place) = match self {
            Self::Row(place) => (0, place),
            Self::Refused(place) => (1, place),
            Self::Broken(place) => (2, place),
        };
        kind * NUMBERS + place
    }

    /// The run of a number.
    pub fn of_number(number: usize) -> Self {
        let place = number % NUMBERS;
        match number / NUMBERS {
            0 => Self::Row(place),
            1 => Self::Refused(place),
            _ => Self::Broken(place),
        }
    }

    /// Its calls.
    pub fn rows(self) -> Vec<Row> {
        match self {
            Self::Row(place) => rows().skip(place).take(1).collect(),
            Self::Refused(place) => {
                let rows = functions().skip(place).take(1).flat_map(Function::rows);
                rows.filter(Row::is_refused).collect()
            }
            Self::Broken(place) => {
                let header = headers().get(place).copied().unwrap_or_default();
                rows()
                    .filter(|row| row.function.header == header && row.outcome() != Outcome::Answer)
                    .collect()
            }
        }
    }
}
