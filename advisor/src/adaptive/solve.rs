//! Small systems of equations.

/// The solution of a symmetric, positive definite system, and the logarithm of its determinant, by Cholesky's factor, which takes
/// the matrix's place.
pub(super) fn solve(mut matrix: Vec<Vec<f64>>, right: &[f64]) -> (Vec<f64>, f64) {
    let size = right.len();
    let mut determinant = 0.0;
    for row in 0..size {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| matrix[row][k] * matrix[column][k]).sum();
            let left = matrix[row][column] - known;
            matrix[row][column] = if row == column { left.max(1e-12).sqrt() } else { left / matrix[column][column] };
        }
        determinant += 2.0 * matrix[row][row].ln();
    }
    let mut solution = right.to_vec();
    for row in 0..size {
        let known: f64 = (0..row).map(|k| matrix[row][k] * solution[k]).sum();
        solution[row] = (solution[row] - known) / matrix[row][row];
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|k| matrix[k][row] * solution[k]).sum();
        solution[row] = (solution[row] - known) / matrix[row][row];
    }
    (solution, determinant)
}

#[cfg(test)]
mod tests {
    use super::solve;

    /// By hand: 4·1 + 2·2 = 8, 2·1 + 5·2 = 12, and 4·5 − 2·2 = 16.
    #[test]
    fn two_equations_are_solved() {
        let (solution, determinant) = solve(vec![vec![4.0, 2.0], vec![2.0, 5.0]], &[8.0, 12.0]);
        assert!((solution[0] - 1.0).abs() < 1e-12 && (solution[1] - 2.0).abs() < 1e-12, "{solution:?}");
        assert!((determinant - 16.0_f64.ln()).abs() < 1e-12);
        assert_eq!(solve(Vec::new(), &[]), (Vec::new(), 0.0));
    }
}
