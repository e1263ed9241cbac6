//! How a policy moves under a reward: expected policy-gradient updates over outcomes, exact and deterministic; and updates
//! from drawn groups, seeded. The flow has no learning rate: what compares schemes is the shape of a curve, not its speed.

mod flow;
mod incentive;
mod kernel;
mod lumps;
mod matrix;
mod pay;
mod policy;
mod sampled;
mod trainer;
mod trajectory;

pub use crate::reward::Algorithm;
pub use flow::Flow;
pub use incentive::Incentive;
pub use kernel::Kernel;
pub use lumps::{Lumps, choose};
pub use matrix::{Matrix, dot};
pub use pay::Pay;
pub use policy::{PromptType, shifted};
pub use sampled::{Batch, Sampler};
pub use trainer::Trainer;
pub use trajectory::{Recorded, Schedule, trajectory};
