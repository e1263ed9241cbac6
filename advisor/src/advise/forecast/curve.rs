//! How p_full grows.

/// p_full at which a curve ends.
pub(super) const ARRIVED: f64 = 0.97;

/// p_full and the mean share of constraints met, over time.
///
/// Time has no unit: it is the sum of learning rates, over the unknown square of the size of the network's gradients. The same for
/// all schemes under one kernel, it compares them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Times, increasing from 0.
    pub times: Vec<f64>,
    /// Probability of a full answer.
    pub full: Vec<f64>,
    /// Mean share of constraints met.
    pub fraction: Vec<f64>,
}

impl Curve {
    pub(super) fn push(&mut self, time: f64, full: f64, fraction: f64) {
        self.times.push(time);
        self.full.push(full);
        self.fraction.push(fraction);
    }

    /// p_full half-way from where the curve starts to all.
    #[must_use]
    pub fn target(&self) -> f64 {
        (1.0 + self.full[0]) / 2.0
    }

    /// When p_full first reaches the target, or where curves end if the target lies beyond.
    #[must_use]
    pub fn arrives(&self) -> Option<f64> {
        self.reaches(self.target().min(ARRIVED))
    }

    /// When p_full first reaches `target`; `None` when it never does.
    #[must_use]
    pub fn reaches(&self, target: f64) -> Option<f64> {
        let place = self.full.iter().position(|full| *full >= target)?;
        if place == 0 {
            return Some(0.0);
        }
        let (from, to) = (self.full[place - 1], self.full[place]);
        let share = (target - from) / (to - from);
        Some(self.times[place - 1] + share * (self.times[place] - self.times[place - 1]))
    }

    /// When the curve ends.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.times[self.times.len() - 1]
    }

    /// The mean of p_full from the start to `horizon`; after its end the curve goes on as it ended.
    #[must_use]
    pub fn mean_full(&self, horizon: f64) -> f64 {
        let mut area = 0.0;
        for (times, full) in self.times.windows(2).zip(self.full.windows(2)) {
            let end = times[1].min(horizon);
            if end > times[0] {
                let share = (end - times[0]) / (times[1] - times[0]);
                let last = full[0] + share * (full[1] - full[0]);
                area += (end - times[0]) * (full[0] + last) / 2.0;
            }
        }
        let over = (horizon - self.end()).max(0.0);
        (area + over * self.full[self.full.len() - 1]) / horizon
    }

    /// p_full and the mean fraction at a time.
    #[must_use]
    pub fn at(&self, time: f64) -> (f64, f64) {
        let place = self.times.partition_point(|end| *end < time);
        if place == 0 {
            return (self.full[0], self.fraction[0]);
        }
        if place == self.times.len() {
            return (self.full[place - 1], self.fraction[place - 1]);
        }
        let share = (time - self.times[place - 1]) / (self.times[place] - self.times[place - 1]);
        let between = |values: &[f64]| values[place - 1] + share * (values[place] - values[place - 1]);
        (between(&self.full), between(&self.fraction))
    }
}

/// Until when curves of one race compare: until the fastest has arrived or, where none arrives, the last has come to rest. One that
/// cannot move ends at once and says nothing of the others. Above 0.
#[must_use]
pub fn horizon(curves: &[Curve]) -> f64 {
    let fastest = curves.iter().filter_map(Curve::arrives).min_by(f64::total_cmp);
    fastest.unwrap_or_else(|| curves.iter().map(Curve::end).fold(0.0, f64::max)).max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::Curve;

    #[test]
    fn areas_and_arrivals_are_those_of_straight_lines() {
        let curve = Curve { times: vec![0.0, 1.0, 3.0], full: vec![0.0, 0.2, 0.6], fraction: vec![0.5, 0.5, 0.9] };
        assert_eq!(curve.target(), 0.5);
        assert!((curve.reaches(0.5).unwrap() - 2.5).abs() < 1e-12);
        assert_eq!(curve.reaches(0.7), None);
        // 0.1 in the first unit, then 0.4 on average for two.
        assert!((curve.mean_full(3.0) - 0.9 / 3.0).abs() < 1e-12);
        assert!((curve.mean_full(2.0) - (0.1 + 0.3) / 2.0).abs() < 1e-12);
        assert!((curve.mean_full(4.0) - (0.9 + 0.6) / 4.0).abs() < 1e-12);
        let (full, fraction) = curve.at(2.0);
        assert!((full - 0.4).abs() < 1e-12 && (fraction - 0.7).abs() < 1e-12);
        assert_eq!(curve.at(9.0), (0.6, 0.9));
    }
}
