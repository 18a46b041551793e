//! What the one who serves can do with the devices meanwhile, line by line.

use std::fmt;
use std::str::FromStr;

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// A device is pulled out.
    SurpriseRemove(usize),
    /// Plug and Play asks everybody whether a device may go, and removes it if nobody minds.
    QueryRemove(usize),
    /// The system goes to sleep.
    Sleep,
    /// The system comes back.
    Resume,
    /// The end.
    Quit,
}

impl FromStr for Order {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let device = |text: &str| {
            text.parse().map_err(|_| format!("{text} is no number of a device: they count from 0"))
        };
        match *words {
            ["surprise-remove"] => Ok(Self::SurpriseRemove(0)),
            ["surprise-remove", number] => Ok(Self::SurpriseRemove(device(number)?)),
            ["query-remove"] => Ok(Self::QueryRemove(0)),
            ["query-remove", number] => Ok(Self::QueryRemove(device(number)?)),
            ["sleep"] => Ok(Self::Sleep),
            ["resume"] => Ok(Self::Resume),
            ["quit"] => Ok(Self::Quit),
            _ => {
                Err("write one of: surprise-remove [DEVICE], query-remove [DEVICE], sleep, resume, quit"
                    .into())
            }
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SurpriseRemove(device) => write!(f, "surprise-remove {device}"),
            Self::QueryRemove(device) => write!(f, "query-remove {device}"),
            Self::Sleep => f.write_str("sleep"),
            Self::Resume => f.write_str("resume"),
            Self::Quit => f.write_str("quit"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_orders_and_the_other_way_round() {
        let orders =
            [Order::SurpriseRemove(1), Order::QueryRemove(0), Order::Sleep, Order::Resume, Order::Quit];
        for order in orders {
            assert_eq!(order.to_string().parse(), Ok(order));
        }
        assert_eq!("surprise-remove".parse(), Ok(Order::SurpriseRemove(0)));
        assert_eq!(" query-remove ".parse(), Ok(Order::QueryRemove(0)));
    }

    #[test]
    fn other_lines_are_refused() {
        for line in ["", "quit now", "sleep 1", "surprise-remove -1", "query-remove 0 1", "Quit"] {
            assert!(line.parse::<Order>().is_err(), "{line:?}");
        }
    }
}
