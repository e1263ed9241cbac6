//! OpenRLHF's options: dotted as in 0.11, and flat as in older ones.

use super::{TrainerConfig, TrainerError, keys::Keys};
use crate::reward::Algorithm;

/// Keys by which it is known.
pub(super) const MARKS: &[&str] =
    &["n_samples_per_prompt", "advantage_estimator", "init_kl_coef", "rollout_batch_size"];

/// Keys that move training, but neither which groups have a gradient nor what an advantage is.
const KNOWN: &[&str] = &[
    "actor.*",
    "critic.*",
    "ref.*",
    "reward.*",
    "rollout.*",
    "train.*",
    "vllm.*",
    "data.*",
    "ds.*",
    "eval.*",
    "ckpt.*",
    "logger.*",
    "algo.*",
    "rollout_batch_size",
    "train_batch_size",
    "micro_*",
    "max_*",
    "num_episodes",
    "eps_clip*",
    "actor_*",
    "critic_*",
    "reward_*",
    "ref_*",
    "vllm_*",
    "prompt_*",
    "input_key",
    "label_key",
    "pretrain",
    "remote_rm_url",
    "save_*",
    "zero_stage",
    "bf16",
    "use_wandb",
    "gamma",
    "lambd",
    "kl_estimator",
    "normalize_reward",
    "temperature",
    "top_p",
    "colocate_*",
];

pub(super) fn read(mut keys: Keys) -> Result<TrainerConfig, TrainerError> {
    keys.group_size(&["rollout.n_samples_per_prompt", "n_samples_per_prompt"], Some(1))?;
    let unscaled = keys.flag(&["algo.advantage.no_std_norm", "no_advantage_std_norm"])?;
    let filtered = keys.flag(&["algo.dynamic_filtering_enable", "dynamic_filtering"])?;
    let names = ["algo.advantage.estimator", "advantage_estimator"];
    let (key, name) = keys.text(&names)?.unwrap_or((names[0].into(), "gae".into()));
    let filters = filtered.as_ref().is_some_and(|(_, on)| *on);
    let algorithm = match name.as_str() {
        "group_norm" if filters => Some(Algorithm::Dapo),
        "group_norm" => Some(Algorithm::Grpo),
        "dr_grpo" => Some(Algorithm::DrGrpo),
        "rloo" => Some(Algorithm::Rloo),
        "reinforce_baseline" => {
            keys.config.notes.push(
                "reinforce_baseline divides by the deviation of the batch, and not of the group: it is taken for dr-grpo.".into(),
            );
            Some(Algorithm::DrGrpo)
        }
        "reinforce" => Some(Algorithm::Reinforce),
        _ => None,
    };
    match algorithm {
        Some(algorithm) => keys.take(key, name, format!("algorithm {}", algorithm.name())),
        None => keys.config.open = Some(TrainerError::NoModel { key, value: name }),
    }
    keys.config.algorithm = algorithm;
    if let Some((key, flag)) = unscaled {
        keys.take(
            key,
            flag,
            if flag { "not divided by the batch's deviation" } else { "divided by the batch's deviation" },
        );
    }
    if let Some((key, flag)) = filtered {
        keys.take(key, flag, if flag { "groups outside of a range are drawn again" } else { "all groups are kept" });
    }
    // Its own default.
    let names = ["algo.kl.init_coef", "init_kl_coef"];
    let (key, coefficient) = keys.number(&names)?.unwrap_or_else(|| (names[0].to_owned(), 0.01));
    keys.take(key, coefficient, format!("KL coefficient {coefficient}"));
    keys.config.kl = Some(coefficient);
    if let Some((key, flag)) = keys.flag(&["algo.kl.use_loss", "use_kl_loss"])? {
        keys.take(key, flag, if flag { "the KL penalty is in the loss" } else { "the KL penalty is in the reward" });
    }
    Ok(keys.rest(KNOWN))
}
