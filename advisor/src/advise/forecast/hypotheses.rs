//! What could carry over: the kernels a forecast averages over.

use crate::advise::dynamics::Kernel;

/// Kernels of three families, from little that carries over to much: fifteen, equally likely. Nobody knows a network's kernel
/// before it is trained, and no single one of these forecast real runs as well as their average (docs/advisor.md).
#[must_use]
pub fn hypotheses() -> Vec<Kernel> {
    let shares = [0.1, 0.3, 0.5, 0.7, 0.9];
    let skills = shares.map(|carry| Kernel::SharedSkills { carry });
    let agreement = shares.map(|share| Kernel::Agreement { share });
    let hamming = [0.4, 0.7, 1.1, 2.0, 3.5].map(|range| Kernel::Hamming { range });
    [skills, agreement, hamming].concat()
}
