//! The forecast as a whole: which scheme, how sure that is, and what would settle it.

use super::{Cost, Duel, Losses, Odds, Outlook, PilotVerdict, Racing, SURE, Samples, Space, cost::costs, gaps::TENTH};
use crate::{
    advise::{Settings, dynamics::Trainer, stats::Interval},
    reward::{Adaptive, Binary, Partial, Scheme},
    verdict::{Group, Outcome},
};

/// Credits tried beside those that were asked for.
const CREDITS: [f64; 2] = [0.3, 0.1];

/// How much larger, on average, ln of the area must be for another credit to be worth naming.
const WORTH: f64 = 0.1;

/// Probability of being better by more than a tenth from which a recommendation is a sure one.
pub const ENOUGH: f64 = 0.7;

/// Probability of being better by more than a tenth from which a scheme is recommended: whoever follows loses nothing where it does not matter.
const LIKELY: f64 = 0.4;

/// Probability of being better, given that it matters, from which a scheme is recommended: where the optimiser scales its steps, and where it takes plain
/// gradient steps, as the model does. There a lean is right often enough (docs/advisor.md).
const PREFERRED: [f64; 2] = [0.65, 0.56];

/// Probability that it hardly matters from which that is said: less than of a sure recommendation, since who is told so loses little.
pub const HARDLY: f64 = 0.55;

/// Share of the area under p_full that is little to lose: where the optimiser scales its steps, and where it takes plain gradient steps. There the
/// forecast of what is lost is the better one.
const LITTLE: [f64; 2] = [0.1, 0.14];

/// Share of groups with a full answer below which there are none to speak of.
const SOME: f64 = 0.02;

/// With 95 % confidence, the most that a count is on average of which 0, 1 or 2 were seen (Poisson).
const AT_MOST: [f64; 3] = [3.0, 4.74, 6.3];

/// Mean pass rate of the prompts that are not always solved up to which those that are stand out.
const HALF: f64 = 0.5;

/// Share of draws in which no scheme arrives from which a small difference is no comfort.
const MOSTLY: f64 = 0.5;

/// How much more of the area under p_full a scheme is expected to lose, and in how many more draws it stalls, for the other to be named: what
/// is not seen in per cent is no difference.
const LOST: f64 = 0.005;
const STALLED: f64 = 0.01;

/// The square of the size of gradients, against which a learning rate of plain SGD counts: of the order that real runs of small networks
/// showed (docs/advisor.md).
const GRADIENT: f64 = 3.0;

/// Which scheme the forecast is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// This one.
    Use(Scheme),
    /// The difference is small: any will do.
    Either,
    /// Nothing says that full answers come under either.
    Neither(Doubt),
    /// What is known does not say which fixed scheme is faster: `adaptive`, unless full answers are too rare for it.
    CannotTell(Option<Scheme>),
}

/// Why no scheme can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// In most draws full answers come under no scheme.
    Unreached,
    /// In most draws no scheme gets half-way to all full answers within the run.
    TooShort,
    /// None was seen, so that all that is known of them is how seldom they are, and `binary` has nothing to learn from.
    Unseen,
}

/// What would settle a recommendation that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settling {
    /// So many prompts more, with as many completions each.
    Prompts(u64),
    /// A pilot of both schemes, or a longer one: what is open lies in what carries over, which no sample shows.
    Pilot,
    /// So many pilots more of each scheme, each of a seed of its own.
    Pilots(u32),
}

/// Everything the forecast says.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The schemes raced; the first is `binary`.
    pub schemes: Vec<Scheme>,
    /// Prompts that are not in it: they are always solved, and so have nothing to learn under any scheme.
    pub solved: u64,
    /// Whether any completion, of the initial policy or of a pilot, is fully correct. If none is, where the curves begin is a guess.
    pub full_seen: bool,
    /// How they fare.
    pub outlook: Outlook,
    /// The place of the scheme that `binary` is compared with: the spec's own, or `partial`.
    pub rival: usize,
    /// What the pilots say of the rival against `binary`.
    pub pilot: Option<PilotVerdict>,
    /// Whether the rival beats `binary`, by samples and pilots.
    pub odds: Odds,
    /// The same by samples whose outcomes move the faster the likelier their completions are, where log-probabilities are known. No recommendation rests
    /// on it: it helped where it was chosen and hurt elsewhere (docs/advisor.md).
    pub by_logprobs: Option<Odds>,
    /// What each choice is expected to give up.
    pub losses: Losses,
    /// What to use.
    pub choice: Choice,
    /// p_full that costs are of: what was asked for, or half-way from the start to all full answers.
    pub target: f64,
    /// Steps to the target under the schemes that were piloted, where the pilots say after how many steps they were taken.
    pub costs: Vec<Cost>,
    /// What would settle it, where it matters and none of the odds reaches [`SURE`].
    pub settling: Option<Settling>,
}

impl Forecast {
    /// Forecasts. `None` when no scheme can differ from `binary`, or no outcome is known.
    #[must_use]
    pub fn new(samples: &Samples<'_>, settings: &Settings) -> Option<Self> {
        let schemes = schemes(&settings.schemes);
        // A spec's own scheme comes after those that everybody compares.
        let asked = settings.schemes.iter().rfind(|scheme| !matches!(scheme, Scheme::Binary(_)))?;
        let rival = schemes.iter().position(|scheme| scheme == asked)?;
        let groups = unsolved(samples.groups);
        let solved = (samples.groups.len() - groups.len()) as u64;
        let spaces = Space::all(&groups, &schemes);
        if !spaces.iter().any(|space| space.tells_apart(0, rival)) {
            return None;
        }
        let mobility = samples.without_logprobs().mobility(&spaces);
        let trainer = Trainer { algorithm: settings.algorithm, group_size: settings.group_size, kl: settings.kl };
        let racing = Racing {
            spaces: &spaces,
            schemes: schemes.len(),
            trainer,
            mobility: &mobility,
            budget: settings.sgd.map(|sgd| sgd.learning_rate * sgd.steps as f64 * GRADIENT),
            draws: settings.draws,
            level: settings.level,
            seed: settings.seed,
        };
        let outlook = racing.run();
        let pilot = samples.pilot(schemes[0].name(), schemes[rival].name(), settings.group_size);
        // All that is said is of one rival: where another credit is clearly better, and good enough to be named, of that.
        let better = best_credit(&outlook, rival);
        let rival = if pilot.is_none() && outlook.duels[better - 1].odds.rival >= ENOUGH { better } else { rival };
        let duel = &outlook.duels[rival - 1];
        let odds = pilot.map_or(duel.odds, |pilot| pilot.with(duel.odds).capped());
        let by_logprobs = samples.has_logprobs().then(|| {
            let moved = samples.mobility(&spaces);
            Racing { mobility: &moved, ..racing }.run().duels[rival - 1].odds
        });
        let seen = pilot.and_then(|pilot| pilot.gaps());
        let losses = Losses::new(odds, seen.as_ref().unwrap_or(&duel.gaps), outlook.schemes[0].full[0].0);
        let full_seen = samples.full_seen(&groups);
        let established = samples.full_established(&groups);
        let plain = settings.sgd.is_some();
        let (rival_leads, first_leads) = (enough(odds.rival, odds.first, plain), enough(odds.first, odds.rival, plain));
        let known = established || rival_leads || first_leads && may_be_met(&groups, settings.group_size);
        // Where neither leads, and little is lost with either one, it hardly matters as well.
        let small = odds.small >= HARDLY
            || !rival_leads && !first_leads && losses.first.max(losses.rival) <= LITTLE[usize::from(plain)];
        let choice = if !known {
            Choice::Neither(Doubt::Unseen)
        } else if odds.small < HARDLY && pilot.is_some_and(|pilot| pilot.contradict) {
            Choice::CannotTell(losses.adaptive.map(|_| adaptive(&schemes[rival], &trainer)))
        } else if small && outlook.unreached >= MOSTLY {
            Choice::Neither(if settings.sgd.is_some() { Doubt::TooShort } else { Doubt::Unreached })
        } else if small {
            Choice::Either
        } else if rival_leads {
            Choice::Use(schemes[rival])
        } else if first_leads {
            Choice::Use(schemes[0])
        } else {
            Choice::CannotTell(losses.adaptive.map(|_| adaptive(&schemes[rival], &trainer)))
        };
        let settling = match seen {
            Some(_) => None,
            None => settling(&choice, odds, duel, pilot.as_ref(), groups.len()),
        };
        let target = settings.target.unwrap_or(outlook.target);
        let costs = costs(samples, target, settings.level);
        Some(Self {
            rival,
            solved,
            full_seen,
            pilot,
            odds,
            by_logprobs,
            losses,
            choice,
            target,
            costs,
            settling,
            schemes,
            outlook,
        })
    }

    /// Of `binary` and the rival the one to use where they hardly differ: it is expected to lose less, or, where both lose as much, stalls in fewer
    /// draws, or leads in the simulation. `None` where they are the same in all of that.
    #[must_use]
    pub fn leader(&self) -> Option<Scheme> {
        let stalls = |place: usize| self.outlook.schemes[place].stalls;
        let lost = self.losses.rival - self.losses.first;
        let stalled = stalls(self.rival) - stalls(0);
        let behind = [(lost, LOST), (stalled, STALLED)].into_iter().find(|(more, least)| more.abs() >= *least);
        match behind {
            Some((more, _)) if more > 0.0 => Some(self.schemes[0]),
            Some(_) => Some(self.schemes[self.rival]),
            None => self.ahead(),
        }
    }

    /// The one of the two that is ahead in nearly all draws, and by more than a tenth in the middle one.
    fn ahead(&self) -> Option<Scheme> {
        let (middle, Interval { low, high }) = self.duel().simulated;
        if middle.abs() <= TENTH {
            return None;
        }
        match (low > 0.0, high < 0.0) {
            (true, _) => Some(self.schemes[self.rival]),
            (_, true) => Some(self.schemes[0]),
            _ => None,
        }
    }

    /// The rival against `binary`, by samples alone.
    #[must_use]
    pub fn duel(&self) -> &Duel {
        &self.outlook.duels[self.rival - 1]
    }
}

/// The prompts without those that are always solved, unless most answers of the others are full as well: then a few completions that are all full
/// are chance. Nothing is learned on such a prompt, and to count its full answers among those there are to learn from would make every scheme
/// look as good as the other.
fn unsolved(groups: &[Group]) -> Vec<&Group> {
    let full = |group: &Group| {
        let known = || group.outcomes.iter().filter_map(Outcome::full);
        (known().filter(|full| *full).count(), known().count())
    };
    let solved = |group: &&Group| matches!(full(group), (hits, all) if all > 1 && hits == all);
    let rest: Vec<&Group> = groups.iter().filter(|group| !solved(group)).collect();
    let rates: Vec<f64> = rest
        .iter()
        .map(|group| full(group))
        .filter(|(_, all)| *all > 0)
        .map(|(hits, all)| hits as f64 / all as f64)
        .collect();
    let mean = rates.iter().sum::<f64>() / rates.len() as f64;
    if mean <= HALF { rest } else { groups.iter().collect() }
}

/// `binary`, then what was asked for, then smaller credits.
fn schemes(asked: &[Scheme]) -> Vec<Scheme> {
    let mut schemes = vec![Scheme::Binary(Binary)];
    let more = CREDITS.map(|credit| Scheme::Partial(Partial::with_credit(credit)));
    for scheme in asked.iter().copied().chain(more) {
        if !schemes.contains(&scheme) {
            schemes.push(scheme);
        }
    }
    schemes
}

/// Whether a scheme that is ahead so likely is recommended, given how likely the other is.
fn enough(ahead: f64, behind: f64, plain: bool) -> bool {
    ahead >= LIKELY && ahead >= PREFERRED[usize::from(plain)] * (ahead + behind)
}

/// Whether, of full answers that were seen hardly or not at all, groups may hold as many as it takes to learn from under `binary`: with 95 % confidence
/// they are no more frequent than [`AT_MOST`] in the number of completions (the rule of three, and the same where one or two were seen).
fn may_be_met(groups: &[&Group], size: usize) -> bool {
    let known = || groups.iter().flat_map(|group| &group.outcomes).filter_map(Outcome::full);
    let full = known().filter(|full| *full).count();
    AT_MOST[full.min(2)] * size as f64 >= SOME * known().count() as f64
}

/// The rival, or the same with another credit where that is clearly better on average.
fn best_credit(outlook: &Outlook, rival: usize) -> usize {
    let mean = |scheme: usize| outlook.duels[scheme - 1].log_ratio.0;
    let best = (1..=outlook.duels.len()).max_by(|&a, &b| mean(a).total_cmp(&mean(b)).then(b.cmp(&a))).unwrap_or(rival);
    if mean(best) > mean(rival) + WORTH { best } else { rival }
}

/// `adaptive` for this trainer, which pays at most what the rival does.
fn adaptive(rival: &Scheme, trainer: &Trainer) -> Scheme {
    let partial = Partial { credit: rival.credit().unwrap_or(1.0), ..Partial::default() };
    let algorithm = trainer.algorithm;
    Scheme::Adaptive(Adaptive { partial, algorithm, group_size: trainer.group_size, ..Adaptive::default() })
}

fn settling(
    choice: &Choice,
    odds: Odds,
    duel: &Duel,
    pilot: Option<&PilotVerdict>,
    prompts: usize,
) -> Option<Settling> {
    if let Some(pilot) = pilot.filter(|_| !matches!(choice, Choice::Neither(_)) && odds.small < HARDLY) {
        return pilot.more.map(Settling::Pilots).or_else(|| (odds.surest() < SURE).then_some(Settling::Pilot));
    }
    if matches!(choice, Choice::Either | Choice::Neither(_)) || odds.surest() >= SURE {
        return None;
    }
    match duel.times_more {
        Some(times) if times > 1 && pilot.is_none() => Some(Settling::Prompts(u64::from(times - 1) * prompts as u64)),
        _ => Some(Settling::Pilot),
    }
}
