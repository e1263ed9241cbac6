//! What the handlers share.

use super::{Settings, Token, metrics::Metrics, refusal::Refusal};
use crate::{source::Unfit, task::Task};
use axum::http::StatusCode;
use std::{
    collections::{BTreeMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Tasks to serve, and how.
pub struct App {
    pub(super) tasks: BTreeMap<String, Arc<Task>>,
    pub(super) settings: Settings,
    pub(super) token: Option<Token>,
    pub(super) metrics: Metrics,
    /// Whether the signal to stop has come: connections close after their next answer.
    pub(super) stopping: AtomicBool,
    running: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// Requests that have come, and are not answered.
    busy: AtomicUsize,
    /// Columns that any of the tasks uses.
    columns: HashSet<String>,
}

impl App {
    /// Tasks by name, at least one.
    ///
    /// # Errors
    /// The name that two of them have, and what to do.
    pub fn new(tasks: Vec<Task>, settings: Settings, token: Option<Token>) -> Result<Self, Unfit> {
        let mut by_name = BTreeMap::new();
        let used = |task: &Task| task.spec().columns_used().into_iter().map(str::to_owned).collect::<Vec<_>>();
        let columns = tasks.iter().flat_map(used).collect();
        for task in tasks {
            let name = task.spec().name.clone();
            if by_name.insert(name.clone(), Arc::new(task)).is_some() {
                return Err(format!("two of the specs are called `{name}`: give each a name of its own").into());
            }
        }
        let running = Arc::new(Semaphore::new(settings.max_running));
        let (metrics, stopping) = (Metrics::new(), AtomicBool::new(false));
        let (waiting, busy) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Ok(Self { tasks: by_name, settings, token, metrics, stopping, running, waiting, busy, columns })
    }

    /// The task of that name; without a name the only one.
    pub(super) fn task(&self, name: Option<&str>) -> Result<(&str, &Arc<Task>), Refusal> {
        let known = || self.tasks.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        match name {
            Some(name) => match self.tasks.get_key_value(name) {
                Some((name, task)) => Ok((name, task)),
                None => {
                    let message = format!("there is no task `{name}`; this server has {}", known());
                    Err(Refusal::new(StatusCode::NOT_FOUND, "no-such-task", message))
                }
            },
            None => match self.tasks.iter().next() {
                Some((name, task)) if self.tasks.len() == 1 => Ok((name, task)),
                _ => Err(Refusal::bad(format!("say which task: this server has {}", known()))),
            },
        }
    }

    /// Waits for leave to judge.
    pub(super) async fn turn(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        if let Ok(permit) = self.running.clone().try_acquire_owned() {
            return Ok(permit);
        }
        let _place = Place::take(self)?;
        let permit = tokio::time::timeout(self.settings.max_wait, self.running.clone().acquire_owned()).await;
        permit.ok().and_then(Result::ok).ok_or_else(|| {
            let message = format!("the server is busy: no turn came within {} s", self.settings.max_wait.as_secs());
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "busy", message)
        })
    }

    /// Whether a task uses a column.
    pub(super) fn uses(&self, column: &str) -> bool {
        self.columns.contains(column)
    }

    /// Whether a request has come that is not answered.
    pub(super) fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Relaxed) > 0
    }

    /// Whether it is stopping.
    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// A request that has come, until it is answered.
pub(super) struct Busy(Arc<App>);

impl Busy {
    pub(super) fn new(app: &Arc<App>) -> Self {
        app.busy.fetch_add(1, Ordering::Relaxed);
        Self(app.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A place in the queue, given up when dropped, as it is too when the client goes away.
struct Place<'a>(&'a App);

impl<'a> Place<'a> {
    fn take(app: &'a App) -> Result<Self, Refusal> {
        let before = app.waiting.fetch_add(1, Ordering::Relaxed);
        let place = Self(app);
        app.metrics.waiting.inc();
        if before >= app.settings.max_waiting {
            let message = format!("{before} requests are waiting already: try again later");
            return Err(Refusal::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", message));
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
        self.0.metrics.waiting.dec();
    }
}
