/** One of the feature maps that boxes are predicted from. */
export interface AnchorMap {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  /** Anchors at each cell. */
  readonly perCell: number;
  /** Of the first anchor of the first cell, among all anchors. */
  readonly firstAnchor: number;
  /** Of the first cell, among those of all maps. */
  readonly firstCell: number;
  /** Of the first cell's first channel, among the features of all maps. */
  readonly firstFeature: number;
  /** Of the first number of this map's part of a class column. */
  readonly firstWeight: number;
}

/**
 * How the anchors of an SSD, the features that their classes are predicted from
 * and the weights of one class hang together. The class predictor of each map is
 * a 1×1 convolution: a dense layer, applied at every cell, with one output for
 * each anchor of the cell. A class is one column of each of them: for every map
 * `channels * perCell` weights (`[channel][anchor of the cell]`) and then
 * `perCell` biases.
 */
export interface AnchorLayout {
  readonly maps: readonly AnchorMap[];
  readonly anchorCount: number;
  readonly featureCount: number;
  readonly weightCount: number;
}

/**
 * The layout of a network.
 *
 * @param shapes `[1, rows, columns, channels]` of each class predictor's input, in the order of the anchors.
 * @param anchors `anchorCount * 4` numbers (centre y, centre x, height, width); those of one cell share their centre.
 * @throws RangeError when shapes and anchors do not belong together.
 */
export function anchorLayout(
  shapes: readonly (readonly number[])[],
  anchors: ArrayLike<number>,
): AnchorLayout {
  let [firstAnchor, firstCell, firstFeature, firstWeight] = [0, 0, 0, 0];
  const maps = shapes.map(([, rows = 0, columns = 0, channels = 0]): AnchorMap => {
    const perCell = anchorsAt(anchors, firstAnchor);
    const firsts = { firstAnchor, firstCell, firstFeature, firstWeight };
    firstCell += rows * columns;
    firstAnchor += rows * columns * perCell;
    firstFeature += rows * columns * channels;
    firstWeight += (channels + 1) * perCell;
    return { rows, columns, channels, perCell, ...firsts };
  });
  if (firstAnchor * 4 !== anchors.length) {
    throw new RangeError(`${anchors.length / 4} anchors, but maps for ${firstAnchor}`);
  }
  return {
    maps,
    anchorCount: firstAnchor,
    featureCount: firstFeature,
    weightCount: firstWeight,
  };
}

/** Centres of one cell differ in their last digits only. */
const SAME_CENTRE = 1e-4;

/** How many anchors follow each other on the same centre. */
function anchorsAt(anchors: ArrayLike<number>, first: number): number {
  const isNear = (a: number, b: number): boolean =>
    Math.abs((anchors[a] ?? NaN) - (anchors[b] ?? NaN)) < SAME_CENTRE;
  let count = 1;
  for (let at = (first + 1) * 4; isNear(at, first * 4) && isNear(at + 1, first * 4 + 1); at += 4) {
    count++;
  }
  return count;
}

/** Map, cell and place in the cell of an anchor. */
export interface AnchorPlace {
  readonly map: AnchorMap;
  /** Among the cells of all maps. */
  readonly cell: number;
  /** Of the anchor among those of its cell. */
  readonly place: number;
}

/** Where an anchor's features and weights are. */
export function anchorPlace({ maps }: AnchorLayout, anchor: number): AnchorPlace {
  const map = maps.findLast(({ firstAnchor }) => firstAnchor <= anchor);
  if (map === undefined) throw new RangeError(`no anchor ${anchor}`);
  const within = anchor - map.firstAnchor;
  const cell = Math.floor(within / map.perCell);
  return {
    map,
    cell: map.firstCell + cell,
    place: within - cell * map.perCell,
  };
}
