/** Shapes of coco-ssd's class features, in the order of its anchors. */
export const SSD_SHAPES = [
  [1, 19, 19, 576],
  [1, 10, 10, 1280],
  [1, 5, 5, 512],
  [1, 3, 3, 256],
  [1, 2, 2, 256],
  [1, 1, 1, 128],
] as const;

/** Anchors (centre y, centre x, height, width) of maps: `perCell` at each cell, in sizes of the cell. */
export function madeAnchors(
  shapes: readonly (readonly number[])[],
  perCell: readonly number[],
): Float32Array {
  const anchors = shapes.flatMap(([, rows = 1, columns = 1], map) =>
    Array.from({ length: rows * columns }, (_, cell) =>
      Array.from({ length: perCell[map] ?? 1 }, (__, place) => [
        (Math.floor(cell / columns) + 0.5) / rows,
        ((cell % columns) + 0.5) / columns,
        (1 + place) / rows,
        (1 + place) / columns,
      ]).flat(),
    ).flat(),
  );
  return Float32Array.from(anchors);
}
