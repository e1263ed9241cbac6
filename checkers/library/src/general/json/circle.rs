//! Schemas that would be followed for ever without looking at another part of the answer.

use super::schema::{Id, Schema};

/// Most subschemas that may look at one value through each other; the validator recurses.
const IN_PLACE: usize = 64;

/// Refuses a schema that does not get to the next part of an answer, or takes very long to.
pub(super) fn ends(schema: &Schema) -> Result<(), String> {
    let mut heights = vec![None; schema.nodes.len()];
    match (0..schema.nodes.len()).all(|id| height(schema, id, &mut heights, 0).is_some()) {
        true => Ok(()),
        false => Err(format!(
            "`schema` refers to itself without looking at a part of the value, or has more than {IN_PLACE} schemas \
             inside each other for one value"
        )),
    }
}

/// How many subschemas look at one value through this one, unless they are too many.
fn height(schema: &Schema, id: Id, heights: &mut [Option<usize>], depth: usize) -> Option<usize> {
    if heights[id].is_some() {
        return heights[id];
    }
    // A circle never gets its heights, so it runs into this.
    if depth > IN_PLACE {
        return None;
    }
    let mut highest = 0;
    for inner in schema.nodes[id].iter().flat_map(|keyword| keyword.rule.in_place()) {
        highest = highest.max(1 + height(schema, inner, heights, depth + 1)?);
    }
    heights[id] = Some(highest);
    // Heights found earlier add up.
    (highest <= IN_PLACE).then_some(highest)
}
