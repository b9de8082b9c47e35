"""Writes case.json: a small data set and what pycocotools says about it.

    pip install pycocotools==2.0.11 numpy
    python make_case.py > case.json && npx prettier --write case.json

Truths are rows of picture, class (from 1), x, y, width, height, area, crowd;
detections of picture, class, x, y, width, height, score.

The boxes are drawn from a coarse grid, so that equal overlaps and equal scores
abound: the places where two implementations most easily disagree.
"""

import contextlib
import json
import random
import sys

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

PICTURES = 16
CLASSES = ["cat", "cup", "person", "kite", "seen-never", "found-never"]
SIDES = [8, 16, 24, 32, 48, 64, 96, 128]


def draw_box(rng):
    width, height = rng.choice(SIDES), rng.choice(SIDES)
    return [rng.randrange(0, 200, 4), rng.randrange(0, 200, 4), width, height]


def nudge(rng, box):
    x, y, width, height = box
    step = [-8, -4, 0, 0, 0, 4, 8]
    return [
        x + rng.choice(step),
        y + rng.choice(step),
        max(4, width + rng.choice(step)),
        max(4, height + rng.choice(step)),
    ]


def draw_case(rng):
    annotations, results = [], []
    for image in range(1, PICTURES + 1):
        for _ in range(rng.randrange(0, 12)):
            # "seen-never" has no object at all, "found-never" no detection.
            category = rng.choice([1, 2, 3, 3, 3, 4, 6])
            box = draw_box(rng)
            crowd = int(category == 3 and rng.random() < 0.25)
            if crowd:
                box[2:] = [box[2] * 2, box[3] * 2]
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": image,
                    "category_id": category,
                    "bbox": box,
                    # As in COCO the area is that of the mask, so smaller than the box.
                    "area": box[2] * box[3] * rng.choice([0.5, 0.75, 1]),
                    "iscrowd": crowd,
                }
            )
            # The same object labelled twice: two equal overlaps for one detection.
            if rng.random() < 0.08:
                annotations.append({**annotations[-1], "id": len(annotations) + 1})
            if category == 6:
                continue
            for _ in range(rng.choice([0, 1, 1, 1, 2, 3])):
                label = category if rng.random() < 0.85 else rng.choice([1, 2, 3, 4, 5])
                results.append(
                    {
                        "image_id": image,
                        "category_id": label,
                        "bbox": nudge(rng, box),
                        "score": rng.randrange(2, 20) / 20,
                    }
                )
        for _ in range(rng.randrange(0, 4)):
            results.append(
                {
                    "image_id": image,
                    "category_id": rng.choice([1, 2, 3, 4, 5]),
                    "bbox": draw_box(rng),
                    "score": rng.randrange(1, 20) / 20,
                }
            )
    # More detections of one class in one picture than the 100 that count.
    for rank in range(130):
        results.append(
            {
                "image_id": 2,
                "category_id": 2,
                "bbox": draw_box(rng),
                "score": rng.randrange(1, 10) / 20,
            }
        )
    return {
        "images": [{"id": image} for image in range(1, PICTURES + 1)],
        "categories": [{"id": i + 1, "name": name} for i, name in enumerate(CLASSES)],
        "annotations": annotations,
        "results": results,
    }


def evaluate(case):
    truth = COCO()
    truth.dataset = {key: case[key] for key in ("images", "categories", "annotations")}
    truth.dataset["info"] = {}
    truth.createIndex()
    evaluation = COCOeval(truth, truth.loadRes([dict(r) for r in case["results"]]), "bbox")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    names = "ap ap50 ap75 apSmall apMedium apLarge ar1 ar10 ar arSmall arMedium arLarge".split()
    return dict(zip(names, map(float, evaluation.stats)))


def as_rows(case):
    """Rows of numbers, which stay readable in a file."""
    return {
        "classes": CLASSES,
        "pictures": PICTURES,
        "truths": [
            [a["image_id"], a["category_id"], *a["bbox"], a["area"], a["iscrowd"]]
            for a in case["annotations"]
        ],
        "detections": [
            [r["image_id"], r["category_id"], *r["bbox"], r["score"]] for r in case["results"]
        ],
    }


drawn = draw_case(random.Random(20260715))
with contextlib.redirect_stdout(sys.stderr):
    figures = evaluate(drawn)
json.dump({"figures": figures, **as_rows(drawn)}, sys.stdout)
print()
