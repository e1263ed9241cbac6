//! verl's configuration: its YAML, or the overrides of its command line.

use super::{TrainerConfig, TrainerError, keys::Keys};
use crate::reward::Algorithm;

/// Keys that move training, but neither which groups have a gradient nor what an advantage is.
const KNOWN: &[&str] = &[
    "actor_rollout_ref.model*",
    "actor_rollout_ref.actor*",
    "actor_rollout_ref.ref*",
    "actor_rollout_ref.rollout*",
    "actor_rollout_ref.hybrid_engine",
    "algorithm.gamma",
    "algorithm.lam",
    "algorithm.kl_penalty",
    "algorithm.kl_ctrl*",
    "algorithm.use_pf_ppo",
    "algorithm.filter_groups*",
    "data*",
    "trainer*",
    "critic*",
    "reward_model*",
    "reward*",
    "custom_reward_function*",
    "ray_kwargs*",
    "global_profiler*",
    "hydra*",
];

pub(super) fn read(mut keys: Keys) -> Result<TrainerConfig, TrainerError> {
    keys.group_size(&["actor_rollout_ref.rollout.n"], Some(1))?;
    let by_std = keys.flag(&["algorithm.norm_adv_by_std_in_grpo"])?;
    let filtered = keys.flag(&["algorithm.filter_groups.enable"])?;
    let (key, name) =
        keys.text(&["algorithm.adv_estimator"])?.unwrap_or(("algorithm.adv_estimator".into(), "gae".into()));
    let algorithm = match (name.as_str(), &by_std, &filtered) {
        ("grpo" | "grpo_vectorized", Some((_, false)), _) => Algorithm::DrGrpo,
        ("grpo" | "grpo_vectorized", _, Some((_, true))) => Algorithm::Dapo,
        ("grpo" | "grpo_vectorized", ..) => Algorithm::Grpo,
        ("rloo" | "rloo_vectorized", ..) => Algorithm::Rloo,
        ("reinforce_plus_plus_baseline", ..) => {
            keys.config.notes.push(
                "reinforce_plus_plus_baseline divides by the deviation of the batch, and not of the group: it is taken for dr-grpo.".into(),
            );
            Algorithm::DrGrpo
        }
        _ => {
            keys.config.open = Some(TrainerError::NoModel { key: key.clone(), value: name.clone() });
            Algorithm::default()
        }
    };
    if keys.config.open.is_none() {
        keys.take(key, name, format!("algorithm {}", algorithm.name()));
        keys.config.algorithm = Some(algorithm);
    }
    if let Some((key, flag)) = by_std {
        keys.take(
            key,
            flag,
            if flag { "divided by the group's deviation" } else { "not divided by the group's deviation" },
        );
    }
    if let Some((key, flag)) = filtered {
        keys.take(key, flag, if flag { "groups of equal rewards are drawn again" } else { "all groups are kept" });
    }
    let in_reward = keys.flag(&["algorithm.use_kl_in_reward"])?;
    let in_loss = keys.flag(&["actor_rollout_ref.actor.use_kl_loss"])?;
    let coefs = [
        (in_reward, "algorithm.kl_ctrl.kl_coef", "in the reward"),
        (in_loss, "actor_rollout_ref.actor.kl_loss_coef", "in the loss"),
    ];
    let mut kl = 0.0;
    for (on, name, place) in coefs {
        let Some((key, on)) = on else { continue };
        keys.take(key, on, if on { format!("a penalty on the divergence {place}") } else { format!("none {place}") });
        if on {
            // verl's default of both.
            let (key, coefficient) = keys.number(&[name])?.unwrap_or_else(|| (name.to_owned(), 0.001));
            keys.take(key, coefficient, format!("KL coefficient {coefficient}"));
            kl += coefficient;
        }
    }
    keys.config.kl = Some(kl);
    Ok(keys.rest(KNOWN))
}
