//! Values of properties: flat scalars only.
//!
//! A nested object keeps QGIS from exporting a layer and a key with two types reads as nothing
//! (qgis/QGIS issue 51911), so no other kind of value can be written.

use serde::{Serialize, Serializer};

/// The type of a property, the same in every feature.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueType {
    Text,
    /// A text that is always a whole day, `YYYY-MM-DD`.
    Date,
    /// A text that is always a whole time, `YYYY-MM-DDTHH:MM:SSZ`.
    DateTime,
    Integer,
    Number,
    Boolean,
}

impl ValueType {
    /// Whether a property of this type may have a value.
    pub fn takes(self, value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::Text(_) => matches!(self, Self::Text | Self::Date | Self::DateTime),
            Value::Integer(_) => self == Self::Integer,
            Value::Number(_) => self == Self::Number,
            Value::Boolean(_) => self == Self::Boolean,
        }
    }
}

/// One value; `Null` goes with every type.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    Null,
    Text(String),
    Integer(i64),
    Number(f64),
    Boolean(bool),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A list as text, its members joined by `"; "`.
    pub fn list<S: AsRef<str>>(members: impl IntoIterator<Item = S>) -> Self {
        let mut joined = String::new();
        for (index, member) in members.into_iter().enumerate() {
            if index > 0 {
                joined.push_str("; ");
            }
            joined.push_str(member.as_ref());
        }
        Self::Text(joined)
    }

    pub fn integer(number: usize) -> Self {
        i64::try_from(number).map_or(Self::Null, Self::Integer)
    }

    /// A number rounded to so many decimals; `Null` for what is no number.
    pub fn number(number: f64, decimals: i32) -> Self {
        if number.is_finite() { Self::Number(rounded(number, decimals)) } else { Self::Null }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Integer(value.into())
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Boolean(boolean) => serializer.serialize_bool(*boolean),
        }
    }
}

/// A number rounded to so many decimals, never minus zero.
pub fn rounded(number: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    (number * scale).round() / scale + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_what_is_none_is_null() {
        assert_eq!(Value::number(36.123_456_789, 6), Value::Number(36.123_457));
        assert_eq!(Value::number(f64::NAN, 2), Value::Null);
        assert_eq!(Value::number(f64::INFINITY, 2), Value::Null);
        assert!(rounded(-0.000_000_1, 6).is_sign_positive());
    }

    #[test]
    fn lists_are_text() {
        assert_eq!(Value::list(["Russia", "Turkey"]), Value::text("Russia; Turkey"));
        assert_eq!(Value::list([""; 0]), Value::text(""));
    }
}
