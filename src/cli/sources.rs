//! Opening the gazetteer that the arguments ask for.

use masar::gazetteer::Gazetteer;

use super::arguments::GazetteerSources;
use super::outcome::Fault;

impl GazetteerSources {
    /// The embedded gazetteer with the files that were given on top of it, in their order. It
    /// stays open until the program ends.
    ///
    /// # Errors
    /// When a file cannot be read or is not a gazetteer of this version.
    pub fn open(&self) -> Result<&'static Gazetteer, Fault> {
        if self.gazetteers.is_empty() {
            return Ok(Gazetteer::embedded());
        }
        let mut stack = (!self.no_embedded_gazetteer).then(Gazetteer::open_embedded);
        for path in &self.gazetteers {
            let upper = Gazetteer::open(path)?;
            stack = Some(match stack {
                Some(lower) => lower.with(upper)?,
                None => upper,
            });
        }
        Ok(Box::leak(Box::new(stack.unwrap_or_else(Gazetteer::open_embedded))))
    }
}
