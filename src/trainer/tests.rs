use super::*;
use crate::reward::Algorithm as A;

fn read(text: &str) -> TrainerConfig {
    TrainerConfig::read(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Trainer, group size, algorithm, KL.
fn taken(text: &str) -> (&'static str, Option<u64>, Option<A>, Option<f64>) {
    let found = read(text);
    (found.trainer, found.group_size, found.algorithm, found.kl)
}

#[test]
fn trl_is_read_as_json_yaml_and_a_command() {
    let json =
        r#"{"num_generations": 16, "scale_rewards": false, "loss_type": "dr_grpo", "beta": 0.04, "max_steps": 500}"#;
    assert_eq!(taken(json), ("TRL", Some(16), Some(A::DrGrpo), Some(0.04)));
    let yaml = "num_generations: 4\nscale_rewards: group\nbeta: 1e-3\nlearning_rate: 1.0e-6\nodd_key: 3\n";
    assert_eq!(taken(yaml), ("TRL", Some(4), Some(A::Grpo), Some(0.001)));
    assert_eq!((read(yaml).unknown, read(yaml).unused), (vec!["odd_key".into()], vec!["learning_rate".into()]));
    let command = "N=12\ntrl grpo --num_generations $N \\\n  --scale_rewards none --beta=0.0 # a comment\n";
    assert_eq!(taken(command), ("TRL", Some(12), Some(A::DrGrpo), Some(0.0)));
    assert_eq!(taken("max_steps: 10\n"), ("TRL", Some(8), Some(A::Grpo), None), "its own defaults");
    let sgd = read("optim: sgd\nlearning_rate: 0.1\nmax_steps: 200\nreward_weights: [1.0, 0.5]\n");
    assert_eq!(sgd.unused, ["optim"]);
    assert_eq!((sgd.sgd, sgd.reward_weights), (Some((0.1, 200)), Some(vec![1.0, 0.5])));
    assert_eq!(read("scale_rewards: batch\n").notes.len(), 1);
}

#[test]
fn verl_is_read_as_yaml_and_as_overrides() {
    let yaml = "algorithm:\n  adv_estimator: grpo\n  norm_adv_by_std_in_grpo: false\n  use_kl_in_reward: true\n  kl_ctrl:\n    kl_coef: 0.002\n\
                actor_rollout_ref:\n  rollout:\n    n: 5\n    temperature: 1.0\n  actor:\n    use_kl_loss: false\n";
    assert_eq!(taken(yaml), ("verl", Some(5), Some(A::DrGrpo), Some(0.002)));
    let script = "#!/bin/bash\nset -x\npython3 -m verl.trainer.main_ppo \\\n algorithm.adv_estimator=grpo \\\n \
                  actor_rollout_ref.rollout.n=${N:-8} \\\n actor_rollout_ref.actor.use_kl_loss=True \\\n \
                  actor_rollout_ref.actor.kl_loss_coef=0.01 +algorithm.filter_groups.enable=True $@\n";
    assert_eq!(taken(script), ("verl", Some(8), Some(A::Dapo), Some(0.01)));
    assert_eq!(taken("algorithm:\n  adv_estimator: rloo\n"), ("verl", Some(1), Some(A::Rloo), Some(0.0)));
    assert_eq!(
        taken("algorithm.adv_estimator=grpo actor_rollout_ref.rollout.n=4"),
        ("verl", Some(4), Some(A::Grpo), Some(0.0))
    );
    let env = "actor_rollout_ref: {rollout: {n: '${oc.env:N,6}'}}\nalgorithm: {adv_estimator: grpo}\n";
    assert_eq!(taken(env).1, Some(6));
    let gae = read("actor_rollout_ref:\n  rollout:\n    n: 8\n");
    assert!(gae.algorithm.is_none() && gae.open.unwrap().to_string().contains("`gae`"));
}

#[test]
fn openrlhf_is_read_by_its_names_of_now_and_before() {
    let now = "python3 -m openrlhf.cli.train_ppo_ray --rollout.n_samples_per_prompt 8 --algo.advantage.estimator group_norm \\\n\
               --algo.kl.init_coef 1e-3 --algo.kl.use_loss --train.batch_size 128\n";
    assert_eq!(taken(now), ("OpenRLHF", Some(8), Some(A::Grpo), Some(0.001)));
    let before = "n_samples_per_prompt: 4\nadvantage_estimator: reinforce_baseline\ninit_kl_coef: 0.0\n";
    assert_eq!(taken(before), ("OpenRLHF", Some(4), Some(A::DrGrpo), Some(0.0)));
    let filtered = "advantage_estimator: group_norm\nn_samples_per_prompt: 8\ndynamic_filtering: true\n";
    assert_eq!(taken(filtered).2, Some(A::Dapo));
}

#[test]
fn what_is_not_understood_is_refused() {
    for (text, why) in [
        ("hello: 1\n", "no trainer is known by these keys (it has hello)"),
        ("num_generations: many\n", "`num_generations` is many: a number is needed"),
        ("num_generations: 2.5\n", "`num_generations` is 2.5: a whole number is needed"),
        ("scale_rewards: perhaps\n", "`scale_rewards` is perhaps: group, batch, none, true or false is needed"),
        ("trl grpo --num_generations $N\n", "`num_generations` is `$N`, which the file does not set"),
        ("[1, 2]\n", "keys with values are needed"),
    ] {
        let error = TrainerConfig::read(text).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}
