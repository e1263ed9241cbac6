"""The compiled part of the package."""

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, ClassVar, Literal, final

__all__ = [
    "Assessment",
    "advice_page",
    "advise",
    "audit",
    "compare",
    "Monitor",
    "Report",
    "Rollout",
    "Verdict",
    "Task",
    "_after_fork",
    "_before_fork",
    "_command",
    "_look_in",
    "__version__",
]

__version__: str

_Completion = str | Sequence[Mapping[str, Any]]
_Pilot = (
    Sequence["Rollout"] | Sequence[Sequence["Rollout"]] | Mapping[int, Sequence["Rollout"]] | Sequence[Mapping[int, Sequence["Rollout"]]]
)
_Trainer = str | PathLike[str] | Mapping[str, Any]
_Algorithm = Literal["grpo", "dr-grpo", "dapo", "rloo", "reinforce"]

@final
class Verdict:
    """The verdict of one constraint on one completion."""

    @property
    def constraint(self) -> str:
        """The constraint's id."""
    @property
    def weight(self) -> float:
        """Its weight in partial credit, above 0."""
    @property
    def required(self) -> bool:
        """Whether failing it forfeits all credit."""
    @property
    def gate(self) -> bool:
        """Whether it only admits to credit: failing it forfeits all, and passing it earns none."""
    @property
    def passed(self) -> bool | None:
        """Whether it is met; ``None`` when our side could not judge."""
    @property
    def score(self) -> float | None:
        """Share of its cases that are met, in [0, 1]; 1 when passed; ``None`` when unscored."""
    @property
    def failure(self) -> str | None:
        """The class of a failure: ``unmet``, ``empty``, ``timeout``, ``memory``, … (docs/formats.md); ``None`` unless failed."""
    @property
    def why(self) -> str | None:
        """The public reason of a failure: no expected values, no arguments of hidden cases. May be shown to a policy or logged."""
    @property
    def detail(self) -> str | None:
        """Further detail for the author of the spec. May hold expected values: keep it from the policy."""
    @property
    def unscored(self) -> str | None:
        """Why our side could not judge; ``None`` when it could."""

@final
class Rollout:
    """A completion, judged and rewarded. Can be pickled."""

    @property
    def id(self) -> str:
        """The id given with the completion, else that of its prompt's row, else its place in the batch."""
    @property
    def index(self) -> int:
        """Its number among the completions of its id in the batch, from 0."""
    @property
    def reward(self) -> float | None:
        """The reward under the spec's scheme, in [0, 1]; ``None`` when something unscored could change it. Never 0 for our failure."""
    @property
    def verdicts(self) -> list[Verdict]:
        """One verdict per constraint, in the order of the spec or of the prompt."""
    @property
    def full(self) -> bool | None:
        """Whether all constraints are met: false once any failed, else ``None`` while anything is unscored."""
    @property
    def parts(self) -> dict[str, Any] | None:
        """What each part contributed (``gate``, ``scheme``, ``credit``, ``tier``, ``penalty``, ``length``, ``unit``), where the reward is more
        than a scheme's: docs/rewards.md."""
    @property
    def advantage(self) -> float | None:
        """The advantage within its group, where the spec has a rule for it and nothing unscored matters."""
    @property
    def partial(self) -> bool | None:
        """Whether it scores something and is not full; ``None`` while anything is unscored."""
    @property
    def fraction(self) -> float | None:
        """Mean score of the constraints, in [0, 1]: what is met in part counts in part. ``None`` while anything is unscored."""
    def to_dict(self) -> dict[str, Any]:
        """The line that ``fullmarks score`` writes for it, as a dict (docs/formats.md, ``scored`` version 1)."""
    def to_json(self) -> str:
        """The line that ``fullmarks score`` writes for it, byte for byte, without its end of line."""
    def __eq__(self, other: object, /) -> bool: ...
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...
    def _numbered(self, index: int) -> Rollout: ...
    @staticmethod
    def _restore(state: str) -> Rollout: ...

@final
class Task:
    """A task spec, loaded and ready to judge.

    Share one between threads: judging is a pure function of its arguments and runs on all cores without the interpreter's lock. In a
    child that was forked, and where it is unpickled, the task loads itself again from the spec as it was read the first time; files
    that the spec names are read again and must be there.

    Where the scheme is ``adaptive``, each call of :meth:`score` or :meth:`reward` is one step: its completions are paid by the credit
    decided before it, and taken in. The order of steps matters then. A copy in another process begins with the state that the task
    had, and goes on by itself.
    """

    @staticmethod
    def load(path: str | PathLike[str], *, prompts: str | PathLike[str] | None = None) -> Task:
        """Loads a spec from a file.

        Args:
            path: The YAML file. What it names lies relative to it.
            prompts: A prompts file (JSONL, ``.gz``, ``.zst`` or Parquet) in place of the one that the spec names.

        Raises:
            SpecError: The spec has mistakes; all of them are named.
            PromptsError: Prompts that cannot be used; all of them are named.
            SandboxError: The sandbox does not run on this machine.
            OSError: A file cannot be read.
        """
    @staticmethod
    def from_yaml(text: str, *, prompts: str | PathLike[str] | None = None) -> Task:
        """Loads a spec given as text. What it names lies in the current folder. See :meth:`load`."""
    @property
    def name(self) -> str:
        """The spec's name."""
    @property
    def scheme(self) -> str:
        """The reward scheme, with its settings."""
    @property
    def advantage(self) -> str | None:
        """The rule that gives groups their advantages, where the spec has one."""
    @property
    def looks_at(self) -> list[str]:
        """What the reward looks at beside a completion and its row, by the arguments of :meth:`score`: ``ids`` where it compares the
        completions of a prompt, ``progress``, and ``tokens`` where length costs (characters count in their place unless the spec says
        ``unit: tokens``)."""
    @property
    def id_column(self) -> str:
        """The column of the prompts with their ids."""
    @property
    def prompt_column(self) -> str:
        """The column of the prompts with their text."""
    @property
    def columns(self) -> list[str]:
        """The columns of a prompt's row that judging looks at, id and prompt first."""
    @property
    def constraints(self) -> list[str]:
        """The ids of the constraints that the spec itself has, in its order; prompts may bring more."""
    @property
    def from_prompt(self) -> bool:
        """Whether prompts bring constraints of their own."""
    @property
    def needs_prompts(self) -> bool:
        """Whether the spec takes values from the prompts."""
    @property
    def knows_prompts(self) -> bool:
        """Whether the prompts were read from a file, so that an id is enough to name one."""
    @property
    def left_out(self) -> list[tuple[int, str]]:
        """Prompts of the file that cannot be used: the line of each, and why. Their completions are unscored. Loading warns of them."""
    def score(
        self,
        completions: Iterable[_Completion],
        *,
        ids: Iterable[str | int] | None = None,
        prompts: Iterable[str | Sequence[Mapping[str, Any]] | Mapping[str, Any]] | None = None,
        columns: Mapping[str, Iterable[Any]] | None = None,
        tokens: Iterable[int | Sequence[int]] | None = None,
        truncated: Iterable[bool | None] | None = None,
        finish_reasons: Iterable[str | None] | None = None,
        progress: float | None = None,
    ) -> list[Rollout]:
        """Judges completions.

        Args:
            completions: Texts, or lists of messages with ``role`` and ``content``. Of messages the last of the assistant is judged. ``None``
                is an empty answer.
            ids: For each completion the id of its prompt. Looked up in the prompts file where there is one and nothing else is given.
            prompts: For each completion its prompt: text, messages (the last of the user counts), or the whole row as a dict.
            columns: Columns of the prompts' rows by name, each with one value per completion. Columns that the spec does not use are
                not looked at.
            tokens: For each completion how many tokens it has, or the list of them: for a reward that counts length.
            truncated: For each completion whether it was cut at a limit on its length, where that is known (docs/extract.md).
            finish_reasons: The same in the words of servers: ``length`` and its like say that it was cut.
            progress: Where training is, from 0 to 1: for a reward that changes with it.

        Returns:
            One rollout per completion, in order. Where the reward compares completions, those of one id are a group: give whole groups.
            Where the row of a prompt cannot be used, its completions are unscored, and the others are judged.

        Raises:
            SampleError: A completion that is neither text nor messages, an id that is not known, or no row that can be used.
            BatchError: Arguments of different lengths, without one of :attr:`looks_at`, or ``progress`` where the reward does not change with it.
        """
    def reward(
        self,
        completions: Iterable[_Completion],
        *,
        ids: Iterable[str | int] | None = None,
        prompts: Iterable[str | Sequence[Mapping[str, Any]] | Mapping[str, Any]] | None = None,
        columns: Mapping[str, Iterable[Any]] | None = None,
        tokens: Iterable[int | Sequence[int]] | None = None,
        truncated: Iterable[bool | None] | None = None,
        finish_reasons: Iterable[str | None] | None = None,
        progress: float | None = None,
    ) -> list[float | None]:
        """The rewards alone, in [0, 1]: ``None`` where our side could not judge. Arguments and errors are those of :meth:`score`."""
    def advise(
        self,
        rollouts: Any,
        *,
        trainer: _Trainer | None = None,
        group_size: int | None = None,
        algorithm: _Algorithm | None = None,
        pilots: Mapping[str, _Pilot] | None = None,
        logprobs: Sequence[float | None] | None = None,
        sgd: tuple[float, int] | None = None,
        target: float | None = None,
        hours_per_step: float | None = None,
        price_per_hour: float | None = None,
        kl: float | None = None,
        level: float = 0.9,
        seed: int = 0,
    ) -> Assessment:
        """:func:`advise`, with the spec's own scheme among those compared. ``rollouts`` may be rows or a table, which the task then judges; its
        prompts must be known."""
    def paid_by(self, scheme: str) -> Task:
        """The same task, paid by another scheme: for a pilot of each.

        Args:
            scheme: ``binary``, ``partial`` or ``partial:CREDIT``. Where the spec's own scheme has that name, its settings stay.

        Raises:
            SettingsError: There is no such scheme.
        """
    def probe(self, *, sample: int = 20, seed: int = 0, skip: Sequence[str] | None = None) -> Report:
        """Throws the known ways to get reward without doing the task at it, as ``fullmarks probe`` does (docs/probe.md).

        Args:
            sample: Prompts of the task's file that are probed, drawn; without a file the rows of the spec's own cases are.
            seed: Seed of that draw.
            skip: Kinds of probes to leave out.

        Returns:
            ``to_dict()["fine"]`` says whether nothing earned more than it may, and ``["holes"]`` what did.

        Raises:
            SettingsError: An argument is out of range, or there is nothing to probe.
        """
    @property
    def credit(self) -> float | None:
        """The credit of the next step, in [0, 1], where the scheme is ``adaptive`` (docs/schemes/adaptive.md); else ``None``."""
    @property
    def reason(self) -> str | None:
        """Why the credit is what it is: a sentence without a full stop; ``None`` unless the scheme is ``adaptive``."""
    @property
    def state(self) -> str | None:
        """What the scheme ``adaptive`` has seen, for a checkpoint; ``None`` for other schemes, which have no state."""
    def restore(self, state: str) -> None:
        """Goes on from a state that :attr:`state` gave.

        Raises:
            RewardError: The spec's scheme is not ``adaptive``.
            SettingsError: It is not the whole state of a task with the spec's settings.
        """
    def __reduce__(self) -> tuple[Any, tuple[str, str | None]]: ...
    def _opened_by(self, prompt: str) -> str | None: ...
    @staticmethod
    def _restore(source: str, state: str | None, scheme: str | None = None) -> Task: ...

@final
class Assessment:
    """What a reward would do to training. ``str()`` of it is the text that ``fullmarks advise`` prints."""

    @property
    def codes(self) -> list[str]:
        """The codes of its advice, the gravest first. :func:`advice_page` explains each."""
    @property
    def decision(self) -> dict[str, Any]:
        """What to do: ``answer`` (``start``, ``fix-first``, ``sample-more`` or ``nothing``), ``fix``, ``scheme``, ``wasted``, ``sentence``."""
    @property
    def pass_rate(self) -> float | None:
        """Mean over prompts of the share of completions that meet every constraint; ``None`` where no verdict is known."""
    def keys(self) -> list[str]:
        """What of :meth:`to_dict` can be asked for by ``assessment[name]``, or as an attribute."""
    def __getitem__(self, name: str, /) -> Any: ...
    def __getattr__(self, name: str, /) -> Any: ...
    def __contains__(self, name: str, /) -> bool: ...
    def _repr_html_(self) -> str: ...
    def to_dict(self) -> dict[str, Any]:
        """All of it (docs/formats.md, ``advise`` version 1)."""
    def to_json(self) -> str:
        """The same as JSON."""
    def to_html(self, subject: str = "rollouts") -> str:
        """The page that ``fullmarks advise --html`` writes: one file that needs nothing else. ``subject`` is what its title names."""
    def __str__(self) -> str: ...

@final
class Report:
    """What an audit, a probe or a comparison found. ``str()`` of it is the text that the command prints."""

    def keys(self) -> list[str]:
        """What of :meth:`to_dict` can be asked for by ``report[name]``, or as an attribute."""
    def __getitem__(self, name: str, /) -> Any: ...
    def __getattr__(self, name: str, /) -> Any: ...
    def __contains__(self, name: str, /) -> bool: ...
    def _repr_html_(self) -> str: ...
    def to_dict(self) -> dict[str, Any]:
        """All of it (docs/formats.md, ``audit``, ``probe`` or ``compare`` version 1)."""
    def to_json(self) -> str:
        """The same as JSON."""
    def to_html(self) -> str:
        """The page that ``--html`` writes: one file that needs nothing else."""
    def __str__(self) -> str: ...

@final
class Monitor:
    """Watches a run: the advisor's codes live, trends, and numbers for a logger (docs/monitor.md)."""

    _codes: ClassVar[list[str]]
    @staticmethod
    def _became_alike(before: float, now: float, rate: float) -> bool: ...

    def __new__(
        cls,
        task: Task,
        *,
        group_size: int = 8,
        algorithm: _Algorithm = "grpo",
        kl: float = 0.0,
        level: float = 0.9,
        seed: int = 0,
        groups: int = 256,
        steps: int = 100,
    ) -> Monitor:
        """Watches a run under the task's scheme.

        Args:
            task: What the run is rewarded by.
            group_size: Completions per prompt in a training step, at least 2.
            algorithm: How the trainer turns rewards into advantages.
            kl: Coefficient of the trainer's penalty on the divergence from the initial policy, at least 0.
            level: Confidence level of the intervals, strictly between 0 and 1.
            seed: Seed of the random draws of forecasts.
            groups: Groups that an assessment looks back on.
            steps: Steps that a trend looks back on: the later half against the earlier.

        Raises:
            SettingsError: An argument is out of range.
        """
    def observe(self, step: int, rollouts: Iterable[Rollout], completions: Iterable[Any] | None = None) -> None:
        """Takes in the rollouts of a step; their ids say which belong to one prompt. Steps come in order; a late one counts to the last.

        Args:
            step: The step of training.
            rollouts: What :meth:`Task.score` gave.
            completions: What was scored, as texts or tokens, one for each rollout: then the monitor also sees completions become alike.

        Raises:
            SettingsError: There are not as many completions as rollouts.
        """
    def metrics(self) -> dict[str, float]:
        """Numbers by name, for TensorBoard or Weights & Biases; empty before anything was seen.

        Of the latest step: ``p_full``, ``mean_fraction``, ``reward``, ``mixed_groups``, ``penalty_groups``, ``no_full_groups``, ``tied_groups``,
        ``distinct`` (where completions were given) and ``unscored``, each in [0, 1]. ``lost_prompts`` counts prompts that had full answers once and are stuck
        now. Of what is looked back on: ``met/FAMILY``; ``trend/p_full`` and ``trend/reward``, changes; ``advice/CODE`` with 1, 2 or 3 for information, warning
        and error.
        """
    def assess(self, *, forecast: bool = False) -> Assessment:
        """What the groups looked back on say; with ``forecast``, a second's work, also which scheme would learn fastest from here."""
    def to_json(self) -> str:
        """What was seen, for a checkpoint."""
    def restore(self, state: str) -> None:
        """Goes on from a state that :meth:`to_json` gave.

        Raises:
            SettingsError: It is not the whole state of a monitor of such a run.
        """

def advise(
    rollouts: Any,
    *,
    reward: str | Sequence[str] | Mapping[str, float] | None = None,
    verdicts: str | None = None,
    id: str | None = None,
    trainer: _Trainer | None = None,
    group_size: int | None = None,
    algorithm: _Algorithm | None = None,
    pilots: Mapping[str, _Pilot] | None = None,
    logprobs: Sequence[float | None] | None = None,
    sgd: tuple[float, int] | None = None,
    target: float | None = None,
    hours_per_step: float | None = None,
    price_per_hour: float | None = None,
    kl: float | None = None,
    level: float = 0.9,
    seed: int = 0,
) -> Assessment:
    """Says from rollouts of the initial policy, several per prompt, what each reward scheme will do to training.

    Args:
        rollouts: Judged completions; their ids say which belong to one prompt. With ``reward`` or ``verdicts``, rows as a trainer logs them:
            dicts with the prompt's id, and of one completion or of several the rewards or verdicts (docs/formats.md). A table will do: of pandas,
            polars, Arrow or ``datasets``, or a dict of lists. The first rows say how it is laid out, as in files (docs/rollouts.md).
        reward: The column with rewards, or several, which are summed, or each with its weight. Without ``verdicts``, nothing is said of constraints
            and schemes.
        verdicts: The column with verdicts that are known already: of a completion true or false, a score from 0 to 1, or several of these.
        id: With ``reward`` or ``verdicts``, the column with the prompt's id; told by the first rows by default.
        trainer: The trainer's configuration: a file, or a dict of TRL's, verl's or OpenRLHF's keys. Other arguments win over it.
        group_size: Completions per prompt in a training step, at least 2; 8 by default, and with ``reward`` as many as most prompts have.
        algorithm: How the trainer turns rewards into advantages; ``"grpo"`` by default.
        pilots: For ``"binary"`` and ``"partial"`` the rollouts after a few steps under that scheme, or a dictionary from steps to them, which
            costs are told by. Or a list of either: runs of different seeds.
        logprobs: Of each rollout, the mean log-probability of a token under the policy, in nats; ``None`` where it is not known.
        sgd: Learning rate and number of steps of a trainer with plain SGD, which does not make up for small gradients as Adam does.
        target: Pass rate that costs are counted to, strictly between 0 and 1; half-way from the start to 1 by default.
        hours_per_step: Accelerator hours of a step, above 0: what is wasted is told in them, and with pilots whose steps are known the cost.
        price_per_hour: Price of an accelerator hour, at least 0.
        kl: Coefficient of the trainer's penalty on the divergence from the initial policy, at least 0, the default.
        level: Confidence level of the intervals, strictly between 0 and 1.
        seed: Seed of the random draws.

    Raises:
        SettingsError: An argument is out of range, or there are no rollouts.
        SampleError: Rollouts of one id that have other constraints than the first of it.

    Source:
        arXiv 2604.25872 and docs/advisor.md.
    """

def compare(
    rollouts: Any,
    rewards: Sequence[Any] | Mapping[str, Any],
    *,
    id: str | None = None,
    completion: str | None = None,
    verdicts: str | None = None,
    trainer: _Trainer | None = None,
    group_size: int | None = None,
    algorithm: _Algorithm | None = None,
    kl: float | None = None,
    level: float = 0.9,
    seed: int = 0,
) -> Report:
    """Says of several rewards on the same rollouts which teaches more, and who is paid differently (docs/compare.md).

    Args:
        rollouts: Rows with completions, several per prompt: dicts, or a table of pandas, polars, Arrow or ``datasets``, or a dict of lists.
        rewards: Two rewards or more, in a list, or in a dict by the names to call them. Each is a :class:`Task`, the column of the rows with its
            values, several columns that are summed, or a dict of columns and weights.
        id: The column with the prompt's id; told by the first rows by default.
        completion: The column with the completion, or a list of them; told by the first rows by default.
        verdicts: The column with verdicts that are known already: then nothing is judged. Tasks must judge by the same constraints.
        trainer: As in :func:`advise`.
        group_size: As in :func:`advise`.
        algorithm: As in :func:`advise`.
        kl: As in :func:`advise`.
        level: Confidence level of the intervals, strictly between 0 and 1.
        seed: Seed of the random draws.

    Returns:
        ``report.choice["take"]`` is the name of the reward to take, or ``None`` where none can be named, as for a
        column that has more mixed groups than the rest; ``report.rewards`` has the decision of
        each, and ``report.differences`` who is paid differently by the first and each other.

    Raises:
        SettingsError: An argument is out of range, there are fewer than two rewards, or verdicts are of another task.
        SampleError: A row that cannot be used.
    """

def audit(
    ids: Iterable[str | int],
    truth: Sequence[float | None],
    proxies: Mapping[str, Sequence[float | None]],
    *,
    logprobs: Sequence[float | None] | None = None,
    completions: Sequence[str | None] | None = None,
    outcomes: Mapping[str, float] | None = None,
    mass: Literal["sampled", "logprob"] = "sampled",
    scale: Literal["auto", "same", "fit"] = "auto",
    tolerance: float | None = None,
    algorithm: _Algorithm = "reinforce",
    group_size: int = 8,
    rank_by: str | None = None,
    level: float = 0.9,
    resamplings: int = 2000,
    seed: int = 0,
    examples: int = 3,
    subject: str = "rollouts",
) -> Report:
    """Says which mistakes of rewards matter, and ranks rewards against a truth (docs/audit.md).

    Args:
        ids: The prompt of each completion.
        truth: What each is worth; ``None`` for samples of the policy, which say what it earns beside pairs or sets from elsewhere.
        proxies: By name, what each reward paid; ``None`` where that is not known.
        logprobs: Log-probability of each whole completion under the policy, in nats.
        completions: Their texts, for the examples of the worst mistakes.
        outcomes: By proxy, the true reward that training on it reached: says how well each metric would have told.
        mass: Whether completions are draws, or different outputs that stand for their probability.
        scale: How a reward comes onto the scale of the truth.
        tolerance: The least difference that is a mistake, on the truth's scale.
        algorithm: What the policy is trained by, with and without a mistake.
        group_size: Completions per prompt in a training step.
        rank_by: The metric that ranks; by default ``hacc-w``, ``hacc`` without log-probabilities or where they amount to few comparisons,
            and ``acc`` where prompts have two completions and no samples of the policy.
        level: Confidence level of the intervals, strictly between 0 and 1.
        resamplings: Resamplings of the prompts behind the intervals.
        seed: Their seed.
        examples: Examples of each kind of mistake.
        subject: What the page's title names.

    Raises:
        SettingsError: An argument is out of range or not known.
        BatchError: Lists of different lengths.
        SampleError: A number that is NaN or infinite.

    Source:
        arXiv 2604.25872; definitions in docs/audit.md.
    """

def advice_page(code: str) -> str:
    """The page of an advice code, in Markdown: what it means, on what evidence, and what to do.

    Raises:
        SettingsError: There is no such code.
    """

def _before_fork() -> None: ...
def _after_fork() -> None: ...
def _command(arguments: list[str]) -> int: ...
def _look_in(folder: str | PathLike[str]) -> None: ...
