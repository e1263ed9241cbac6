//! What the server takes on.

use std::time::Duration;

/// Limits of the server.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Largest body of a request, in bytes. Beyond it: 413.
    pub max_body: usize,
    /// Most memory that the values of a request may take, in bytes: a body can hold forty times as much as its length. Beyond it: 413.
    pub max_values: usize,
    /// Most completions of a request. Beyond it: 413.
    pub max_batch: usize,
    /// Requests judged at once. Each uses all threads as they come free.
    pub max_running: usize,
    /// Requests that wait for their turn. Beyond it: 429.
    pub max_waiting: usize,
    /// How long a request waits for its turn. After it: 503.
    pub max_wait: Duration,
    /// Open connections; further ones wait to be accepted.
    pub max_connections: usize,
    /// How long a client may take to send a request's head, and again its body. After it: 408, or the connection closes.
    pub read_timeout: Duration,
    /// How long a client may take to take an answer. After it the connection closes.
    pub write_timeout: Duration,
    /// How long idle connections stay open after the signal to stop, for a request that is on its way.
    pub linger: Duration,
    /// How long requests under way may take after the signal to stop.
    pub grace: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_body: 16 << 20,
            max_values: 64 << 20,
            max_batch: 4096,
            max_running: std::thread::available_parallelism().map_or(2, |cores| cores.get() * 2),
            max_waiting: 256,
            max_wait: Duration::from_secs(60),
            max_connections: 1024,
            read_timeout: Duration::from_secs(20),
            write_timeout: Duration::from_secs(30),
            linger: Duration::from_secs(1),
            grace: Duration::from_secs(120),
        }
    }
}
