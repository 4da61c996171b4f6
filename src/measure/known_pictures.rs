//! What is known of a file's pictures, for all pages and threads: each object is looked into once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use crate::measure::glance::{Glance, ImageKey, ObjectKey};

/// Everything that is known of them.
#[derive(Default)]
pub(in crate::measure) struct KnownPictures {
    /// The share of resolution that carries detail.
    pub(in crate::measure) details: Known<ObjectKey, Option<f32>>,
    /// The share of pixels that are coloured; none if it cannot be told.
    pub(in crate::measure) coloured: Known<ObjectKey, Option<f32>>,
    /// Where codes may be.
    pub(in crate::measure) glances: Known<ImageKey, Glance>,
}

/// Facts by key. They follow from the key alone, so that it does not matter which thread finds them out.
pub(in crate::measure) struct Known<K, V>(Mutex<HashMap<K, V>>);

impl<K, V> Default for Known<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Known<K, V> {
    /// The value of a key, found out if it is not known yet. Without a key nothing is kept.
    pub(in crate::measure) fn get_or(&self, key: Option<K>, find_out: impl FnOnce() -> V) -> V {
        let known = |key: &K| self.lock().get(key).cloned();
        if let Some(value) = key.as_ref().and_then(known) {
            return value;
        }
        // Not under the lock: others may want what is known already.
        let value = find_out();
        if let Some(key) = key {
            self.lock().insert(key, value.clone());
        }
        value
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
