//! A square matrix of a few dozen rows: all the linear algebra there is here.

/// A square matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    size: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// From its entries.
    #[must_use]
    pub fn from_fn(size: usize, entry: impl Fn(usize, usize) -> f64) -> Self {
        let entry = &entry;
        let values = (0..size).flat_map(|row| (0..size).map(move |column| entry(row, column))).collect();
        Self { size, values }
    }

    /// Every entry times a factor of its row and one of its column.
    #[must_use]
    pub fn scaled(&self, factors: &[f64]) -> Self {
        Self::from_fn(self.size, |row, column| factors[row] * self.at(row, column) * factors[column])
    }

    /// An entry.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.size + column]
    }

    /// Adds the product with a vector to `sum`.
    pub fn add_product(&self, vector: &[f64], sum: &mut [f64]) {
        for (row, sum) in self.values.chunks_exact(self.size).zip(sum) {
            *sum += dot(row, vector);
        }
    }
}

/// The inner product of two vectors.
#[must_use]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
