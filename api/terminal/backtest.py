"""How a backtest of coalitions reads: one table a part of the cases, and what limits it."""

from __future__ import annotations

from collections.abc import Mapping

from api.terminal.prose import prose
from api.terminal.sheet import Sheet, table
from queries.backtest import BASELINES, FEWEST, OURS, Backtest, Score
from queries.partners import WEIGHTS

_PARTS = {
    "all": "All cases",
    "later": "The later half of the cases",
    "later_tuned": "The later half, with weights tuned on the earlier half",
}


def put_backtest(sheet: Sheet, parts: Mapping[str, Backtest], tuned: Mapping[str, float]) -> None:
    """Print the scores of each part beside the baselines, then the weights."""
    sheet.put(prose(("Partners of the lead drafter, asked for as on the day before each standard", "bold")))
    for name, found in parts.items():
        sheet.heading(f"{_PARTS[name]}: {found.cases:,}")
        rows = table("method", "hit@10", "recall@10", "MRR", right=("hit@10", "recall@10", "MRR"))
        rows.add_row(prose((OURS, "bold")), *_figures(found.coalition))
        for method, score in found.baselines.items():
            rows.add_row(prose(f"{method}: {BASELINES[method]}"), *_figures(score))
        sheet.put(rows, indent=2)
        sheet.put()
        for line in _reading(found):
            sheet.put(prose(line), indent=2)
    sheet.heading("Weights")
    rows = table("part", "in use", "tuned on the earlier half", right=("in use", "tuned on the earlier half"))
    for part, weight in WEIGHTS.items():
        rows.add_row(part, f"{weight:.2f}", f"{tuned[part]:.2f}")
    sheet.put(rows, indent=2)


def _figures(score: Score) -> tuple[str, ...]:
    return tuple(f"{value:.3f}" for value in (score.hit_at_10, score.recall_at_10, score.mrr))


def _reading(found: Backtest) -> list[str]:
    """What the figures say, and how sure that is."""
    low, high = found.interval
    lines = [f"hit@10 of coalition between {low:.2f} and {high:.2f} (95 % bootstrap interval)"]
    if found.ratio is not None and found.ratio_interval:
        low, high = found.ratio_interval
        lines.append(
            f"{found.ratio:.2f} times that of the best baseline, {found.best} (between {low:.2f} and {high:.2f})"
        )
    share = found.found / found.cases if found.cases else 0
    lines.append(
        f"in {found.found} of {found.cases} cases ({share:.0%}) any method could name a true partner: the others are new to it"
    )
    if found.cases < FEWEST:
        lines.append(f"fewer than {FEWEST} cases: too few to decide anything")
    return lines
