//! JSON read member by member: what nobody asks for is passed over and never held.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What takes a value. It is told the values that it asks for, whatever their type; the rest is passed over.
pub(super) trait Take {
    /// A string.
    fn text(&mut self, _: &str) {}
    /// `true` or `false`.
    fn flag(&mut self, _: bool) {}
    /// What takes the value under a key of an object.
    fn member(&mut self, _key: &str) -> Option<&mut dyn Take> {
        None
    }
    /// What takes the next value of an array.
    fn element(&mut self) -> Option<&mut dyn Take> {
        None
    }
}

/// Reads the first value of the text. What came before an error has been taken.
pub(super) fn read(text: &str, take: &mut dyn Take) -> Result<(), serde_json::Error> {
    Value(Some(take)).deserialize(&mut serde_json::Deserializer::from_str(text))
}

/// A string that is kept, unless it is blank or longer than `most` bytes. Of two the first counts.
pub(super) struct Text {
    pub most: usize,
    pub value: Option<String>,
}

impl Text {
    pub fn up_to(most: usize) -> Self {
        Text { most, value: None }
    }
}

impl Take for Text {
    fn text(&mut self, text: &str) {
        let text = text.trim();
        if self.value.is_none() && !text.is_empty() && text.len() <= self.most {
            self.value = Some(text.to_owned());
        }
    }
}

/// `true`.
#[derive(Default)]
pub(super) struct Flag(pub bool);

impl Take for Flag {
    fn flag(&mut self, flag: bool) {
        self.0 = flag;
    }
}

/// A value on its way; for `None` it is passed over.
struct Value<'t>(Option<&'t mut dyn Take>);

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0 {
            Some(_) => deserializer.deserialize_any(self),
            None => deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ()),
        }
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        if let Some(take) = self.0 {
            take.flag(value);
        }
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        if let Some(take) = self.0 {
            take.text(value);
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Some(take) = self.0 else { return Ok(()) };
        while seq.next_element_seed(Next(take))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some(take) = self.0 else { return Ok(()) };
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            map.next_value_seed(Value(take.member(&key)))?;
        }
        Ok(())
    }
}

/// The next element of an array, of which nobody hears where there is none.
struct Next<'t>(&'t mut dyn Take);

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Value(self.0.element()).deserialize(deserializer)
    }
}
