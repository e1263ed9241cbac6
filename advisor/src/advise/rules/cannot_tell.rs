//! `cannot-tell`: what is known does not say which scheme learns fastest.

use crate::{
    advise::{
        Assessment, Evidence, Percent, Severity,
        forecast::{Choice, Losses, Odds, Settling},
    },
    reward::Scheme,
};
use std::fmt;

/// Neither scheme, nor that it does not matter, is likely enough.
#[derive(Clone, Debug, PartialEq)]
pub struct CannotTell {
    /// The scheme that is compared with `binary`.
    pub rival: Scheme,
    /// How likely each answer is.
    pub odds: Odds,
    /// What would settle it.
    pub settling: Option<Settling>,
    /// What each choice is expected to lose.
    pub losses: Losses,
}

impl CannotTell {
    /// When a forecast was made and chose nothing.
    #[must_use]
    pub fn find(assessment: &Assessment) -> Option<Self> {
        let forecast = assessment.forecast.as_ref()?;
        matches!(forecast.choice, Choice::CannotTell(_)).then(|| Self {
            rival: forecast.schemes[forecast.rival],
            odds: forecast.odds,
            settling: forecast.settling,
            losses: forecast.losses,
        })
    }

    /// Information: the run may go either way.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::Info
    }

    /// The numbers it rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Evidence> {
        let mut evidence = vec![
            Evidence::new("rival", self.rival.to_string().as_str()),
            Evidence::new("rival_faster", self.odds.rival),
            Evidence::new("binary_faster", self.odds.first),
            Evidence::new("small_difference", self.odds.small),
            Evidence::new("binary_loss", self.losses.first),
            Evidence::new("rival_loss", self.losses.rival),
        ];
        if let Some(loss) = self.losses.adaptive {
            evidence.push(Evidence::new("adaptive_loss", loss));
        }
        if let Some(Settling::Prompts(more)) = self.settling {
            evidence.push(Evidence::new("more_prompts", more));
        }
        if let Some(Settling::Pilots(more)) = self.settling {
            evidence.push(Evidence::new("more_pilots", u64::from(more)));
        }
        evidence
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        let settle = match self.settling {
            Some(Settling::Prompts(more)) => format!("Sample {more} prompts more"),
            Some(Settling::Pilots(1)) => "Repeat the pilot of both schemes once, with another seed".to_owned(),
            Some(Settling::Pilots(more)) => {
                format!("Repeat the pilot of both schemes about {more} times, each with another seed")
            }
            Some(Settling::Pilot) | None => {
                "Run a short pilot of both schemes (--pilot binary=FILE --pilot partial=FILE)".to_owned()
            }
        };
        match self.losses.adaptive {
            Some(_) => format!("{settle}, or train with `adaptive`, which chooses the credit by what it sees."),
            None => format!("{settle}. Full answers are too rare for `adaptive` to be counted on."),
        }
    }
}

impl fmt::Display for CannotTell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Odds { rival, first, small } = self.odds;
        write!(
            f,
            "what is known does not say which scheme learns fastest: {} with probability {}, binary with {}, and {} that it \
             hardly matters",
            self.rival,
            Percent(rival),
            Percent(first),
            Percent(small)
        )
    }
}
