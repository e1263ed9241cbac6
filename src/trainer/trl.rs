//! TRL's `GRPOConfig`, and `RLOOConfig`, as arguments.

use super::{TrainerConfig, TrainerError, keys::Keys};
use crate::reward::Algorithm;

/// Keys by which it is known.
pub(super) const MARKS: &[&str] = &[
    "num_generations",
    "scale_rewards",
    "reward_weights",
    "num_iterations",
    "per_device_train_batch_size",
    "max_completion_length",
    "beta",
    "loss_type",
    "epsilon_high",
    "max_steps",
];

/// Keys that move training, but neither which groups have a gradient nor what an advantage is.
const KNOWN: &[&str] = &[
    "loss_type",
    "epsilon",
    "epsilon_high",
    "delta",
    "num_iterations",
    "importance_sampling_level",
    "mask_truncated_completions",
    "top_entropy_quantile",
    "entropy_coef*",
    "learning_rate",
    "lr_scheduler_*",
    "warmup_*",
    "weight_decay",
    "max_grad_norm",
    "optim",
    "max_steps",
    "num_train_epochs",
    "per_device_*",
    "gradient_*",
    "generation_batch_size",
    "steps_per_generation",
    "num_generations_eval",
    "max_completion_length",
    "max_prompt_length",
    "temperature",
    "top_p",
    "top_k",
    "min_p",
    "repetition_penalty",
    "sync_ref_model",
    "ref_model_*",
    "vllm_*",
    "use_vllm",
    "bf16",
    "fp16",
    "seed",
    "output_dir",
    "run_name",
    "report_to",
    "logging_*",
    "log_*",
    "save_*",
    "eval_*",
    "push_to_hub*",
    "hub_*",
    "model_name_or_path",
    "model_init_kwargs*",
    "dataset_*",
    "attn_implementation",
    "dtype",
    "torch_dtype",
    "use_peft",
    "lora_*",
];

pub(super) fn read(mut keys: Keys) -> Result<TrainerConfig, TrainerError> {
    keys.group_size(&["num_generations"], Some(8))?;
    // -1 steps are as many as the epochs make.
    let steps = keys.peek("max_steps")?.and_then(|steps| steps.parse().ok()).filter(|steps: &u64| *steps > 0);
    if keys.peek("optim")?.as_deref() == Some("sgd")
        && let (Some(steps), Some((key, rate))) = (steps, keys.number(&["learning_rate"])?)
    {
        keys.take(key, rate, "plain SGD at this rate");
        keys.whole(&["max_steps"])?;
        keys.take("max_steps", steps, "steps of the run");
        keys.config.sgd = Some((rate, steps));
    }
    let scaled = keys.text(&["scale_rewards"])?;
    let aggregated = keys.text(&["multi_objective_aggregation"])?;
    let (key, value) = scaled.unwrap_or_else(|| ("scale_rewards".into(), "default".into()));
    let algorithm = match value.to_lowercase().as_str() {
        "default" | "true" | "group" => Algorithm::Grpo,
        "false" | "none" => Algorithm::DrGrpo,
        "batch" => {
            keys.config.notes.push(
                "Rewards are divided by the deviation of the batch: within a group that is like no division, so it is taken for dr-grpo."
                    .into(),
            );
            Algorithm::DrGrpo
        }
        _ => return Err(TrainerError::Value { key, value, wanted: "group, batch, none, true or false" }),
    };
    keys.take(key, value, format!("algorithm {}", algorithm.name()));
    keys.config.algorithm = Some(algorithm);
    if let Some((key, value)) = aggregated {
        match value.as_str() {
            "sum_then_normalize" => keys.take(key, value, "rewards are summed"),
            "normalize_then_sum" => keys.config.notes.push(
                "Each reward is compared within its group before they are summed: shares of groups hold, advantages are those of the sum."
                    .into(),
            ),
            _ => return Err(TrainerError::Value { key, value, wanted: "sum_then_normalize or normalize_then_sum" }),
        }
    }
    if let Some((key, weights)) = keys.numbers(&["reward_weights"])? {
        let shown = weights.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
        keys.take(key, shown, "weights of the rewards, in the order of --reward");
        keys.config.reward_weights = Some(weights);
    }
    if let Some((key, beta)) = keys.number(&["beta"])? {
        keys.take(key, beta, format!("KL coefficient {beta}"));
        keys.config.kl = Some(beta);
    }
    Ok(keys.rest(KNOWN))
}
