//! The leaves of a configuration.

use serde_json::Value;
use std::collections::BTreeMap;

/// Values by dotted key.
pub(super) type Leaves = BTreeMap<String, Value>;
