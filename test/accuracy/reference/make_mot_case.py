"""Writes mot-case.json: a small random sequence and its CLEAR MOT and identity counts.

The counts follow the definitions of TrackEval in the plainest way, with scipy's solver, so that
the project's own solver and bookkeeping have something independent to agree with.

    python3 make_mot_case.py        (needs numpy and scipy)
"""
import json
import numpy as np
from scipy.optimize import linear_sum_assignment

rng = np.random.default_rng(20)
FRAMES, OBJECTS = 40, 5


def iou(a, b):
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / (a[2] * a[3] + b[2] * b[3] - w * h)


def scene():
    start = rng.uniform(0, 120, (OBJECTS, 2))
    speed = rng.uniform(-4, 4, (OBJECTS, 2))
    names = list(range(100, 100 + OBJECTS))
    fresh = 200
    frames = []
    for t in range(FRAMES):
        truths, tracks = [], []
        for k in range(OBJECTS):
            if (t + 7 * k) % 29 < 4:
                continue
            box = [*(start[k] + t * speed[k]), 30, 40]
            truths.append({"id": k + 1, "bbox": [round(float(v), 2) for v in box]})
            if rng.random() < 0.06:
                fresh += 1
                names[k] = fresh
            if rng.random() < 0.06:
                other = int(rng.integers(OBJECTS))
                names[k], names[other] = names[other], names[k]
            if rng.random() < 0.88:
                seen = np.array(box) + rng.normal(0, 3.5, 4)
                tracks.append({"id": names[k], "bbox": [round(float(v), 2) for v in seen]})
        if rng.random() < 0.3:
            fresh += 1
            tracks.append({"id": fresh, "bbox": [round(float(v), 2) for v in [*rng.uniform(0, 150, 2), 30, 40]]})
        if t == 21:
            tracks = []
        frames.append({"truths": truths, "tracks": tracks})
    return frames


def clear(frames):
    out = {"found": 0, "missed": 0, "falsePositives": 0, "idSwitches": 0, "similarity": 0.0}
    ever, before = {}, {}
    for f in frames:
        g, p = f["truths"], f["tracks"]
        if not g or not p:
            out["missed"] += len(g)
            out["falsePositives"] += len(p)
            continue
        sim = np.array([[iou(a["bbox"], b["bbox"]) for b in p] for a in g])
        bonus = np.array([[before.get(a["id"]) == b["id"] for b in p] for a in g])
        worth = np.where(sim >= 0.5 - np.finfo(float).eps, sim + 1000.0 * bonus, 0.0)
        rows, cols = linear_sum_assignment(worth, maximize=True)
        before = {}
        hits = [(r, c) for r, c in zip(rows, cols) if worth[r, c] > 0]
        for r, c in hits:
            gid, pid = g[r]["id"], p[c]["id"]
            out["idSwitches"] += int(gid in ever and ever[gid] != pid)
            ever[gid] = before[gid] = pid
            out["similarity"] += float(sim[r, c])
        out["found"] += len(hits)
        out["missed"] += len(g) - len(hits)
        out["falsePositives"] += len(p) - len(hits)
    return out


def identity(frames):
    """Ristani's formulation: misses and false positives of whole trajectories are minimised."""
    gids = sorted({a["id"] for f in frames for a in f["truths"]})
    pids = sorted({b["id"] for f in frames for b in f["tracks"]})
    G, P = len(gids), len(pids)
    both = np.zeros((G, P))
    for f in frames:
        for a in f["truths"]:
            for b in f["tracks"]:
                both[gids.index(a["id"]), pids.index(b["id"])] += iou(a["bbox"], b["bbox"]) >= 0.5
    glen = np.array([sum(a["id"] == g for f in frames for a in f["truths"]) for g in gids])
    plen = np.array([sum(b["id"] == p for f in frames for b in f["tracks"]) for p in pids])
    cost = np.full((G + P, G + P), 1e9)
    cost[:G, :P] = glen[:, None] + plen[None, :] - 2 * both
    for i in range(G):
        cost[i, P + i] = glen[i]
    for j in range(P):
        cost[G + j, j] = plen[j]
    cost[G:, P:] = 0
    rows, cols = linear_sum_assignment(cost)
    wrong = cost[rows, cols].sum()
    return int(round((glen.sum() + plen.sum() - wrong) / 2))


frames = scene()
counts = {**clear(frames), "idTruePositives": identity(frames)}
print(counts)
with open("mot-case.json", "w") as file:
    json.dump({"frames": frames, "counts": counts}, file, separators=(",", ":"))
    file.write("\n")
