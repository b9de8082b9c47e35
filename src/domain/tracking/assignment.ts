/** A row and a column of a cost matrix that belong together. */
export type Pair = readonly [row: number, column: number];

/** What `assign` decided; every row and column is in exactly one of the lists. */
export interface Assignment {
  readonly pairs: readonly Pair[];
  readonly unmatchedRows: readonly number[];
  readonly unmatchedColumns: readonly number[];
}

/**
 * The cheapest way to pair rows with columns, each used once at most, where
 * leaving a possible pair out costs `limit`: the partial assignment of least
 * total cost, as `lap.lapjv(cost, extend_cost=True, cost_limit=limit)` finds it
 * in the reference implementation of ByteTrack.
 *
 * Pairs that cost less than the limit connect rows and columns to groups, which
 * cannot influence each other; each is solved by itself, so that a hundred
 * objects that are far apart cost hardly more than a hundred comparisons.
 *
 * @param costs Row by row, `rows * columns` numbers; `NaN` counts as too dear.
 * @param limit Pairs at this cost or above are never made.
 */
export function assign(
  costs: Float64Array,
  rows: number,
  columns: number,
  limit: number,
): Assignment {
  const pairs: Pair[] = [];
  const isRowTaken = new Uint8Array(rows);
  const isColumnTaken = new Uint8Array(columns);
  for (const group of connectedGroups(costs, rows, columns, limit)) {
    for (const pair of solveGroup(costs, columns, group, limit)) {
      isRowTaken[pair[0]] = 1;
      isColumnTaken[pair[1]] = 1;
      pairs.push(pair);
    }
  }
  return { pairs, unmatchedRows: unset(isRowTaken), unmatchedColumns: unset(isColumnTaken) };
}

interface Group {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** Rows and columns joined by pairs below the limit, in ascending order; lonely ones are left out. */
function connectedGroups(
  costs: Float64Array,
  rows: number,
  columns: number,
  limit: number,
): Group[] {
  const isPossible = (row: number, column: number): boolean =>
    (costs[row * columns + column] ?? NaN) < limit;
  const isRowSeen = new Uint8Array(rows);
  const isColumnSeen = new Uint8Array(columns);
  const groups: Group[] = [];
  for (let start = 0; start < rows; start++) {
    if (isRowSeen[start] === 1) continue;
    const groupRows = [start];
    const groupColumns: number[] = [];
    isRowSeen[start] = 1;
    // The list grows while it is walked, until nobody new is reached.
    for (const row of groupRows) {
      for (let column = 0; column < columns; column++) {
        if (isColumnSeen[column] === 1 || !isPossible(row, column)) continue;
        isColumnSeen[column] = 1;
        groupColumns.push(column);
        for (let other = 0; other < rows; other++) {
          if (isRowSeen[other] === 1 || !isPossible(other, column)) continue;
          isRowSeen[other] = 1;
          groupRows.push(other);
        }
      }
    }
    if (groupColumns.length > 0) {
      groups.push({ rows: groupRows.sort(ascending), columns: groupColumns.sort(ascending) });
    }
  }
  return groups;
}

function solveGroup(costs: Float64Array, stride: number, group: Group, limit: number): Pair[] {
  const [row = 0] = group.rows;
  const [column = 0] = group.columns;
  if (group.rows.length === 1 && group.columns.length === 1) return [[row, column]];
  // The solver wants at least as many columns as rows.
  const isTurned = group.rows.length > group.columns.length;
  const [short, long] = isTurned ? [group.columns, group.rows] : [group.rows, group.columns];
  const part = new Float64Array(short.length * long.length);
  short.forEach((a, i) => {
    long.forEach((b, j) => {
      const cost = costs[isTurned ? b * stride + a : a * stride + b] ?? NaN;
      // At the limit, making a pair and leaving it out are worth the same.
      part[i * long.length + j] = cost < limit ? cost : limit;
    });
  });
  return shortestPaths(part, short.length, long.length).flatMap((j, i) => {
    const a = short[i] ?? 0;
    const b = long[j] ?? 0;
    if ((part[i * long.length + j] ?? limit) >= limit) return [];
    return [isTurned ? ([b, a] as const) : ([a, b] as const)];
  });
}

/**
 * Rectangular assignment by shortest augmenting paths with potentials
 * (Jonker & Volgenant 1987, in the form of Crouse 2016): O(rows² · columns).
 *
 * @param costs Finite, row by row; at least as many columns as rows.
 * @returns The column of each row.
 */
function shortestPaths(costs: Float64Array, rows: number, columns: number): number[] {
  const rowPotential = new Float64Array(rows);
  const columnPotential = new Float64Array(columns);
  const rowOf = new Int32Array(columns).fill(-1);
  const columnOf = new Array<number>(rows).fill(-1);
  const distance = new Float64Array(columns);
  const cameFrom = new Int32Array(columns);
  const isScanned = new Uint8Array(columns);
  for (let start = 0; start < rows; start++) {
    distance.fill(Infinity);
    isScanned.fill(0);
    let row = start;
    let reached = 0;
    let end = -1;
    while (end < 0) {
      let nearest = Infinity;
      let next = -1;
      for (let column = 0; column < columns; column++) {
        if (isScanned[column] === 1) continue;
        const reduced =
          reached +
          (costs[row * columns + column] ?? 0) -
          (rowPotential[row] ?? 0) -
          (columnPotential[column] ?? 0);
        if (reduced < (distance[column] ?? 0)) {
          distance[column] = reduced;
          cameFrom[column] = row;
        }
        const length = distance[column] ?? 0;
        // Of equally near columns a free one ends the search.
        if (length < nearest || (length === nearest && rowOf[column] === -1)) {
          nearest = length;
          next = column;
        }
      }
      isScanned[next] = 1;
      reached = nearest;
      const owner = rowOf[next] ?? -1;
      if (owner < 0) end = next;
      else row = owner;
    }
    for (let column = 0; column < columns; column++) {
      const slack = reached - (distance[column] ?? 0);
      if (isScanned[column] !== 1) continue;
      columnPotential[column] = (columnPotential[column] ?? 0) - slack;
      const owner = rowOf[column] ?? -1;
      if (owner >= 0) rowPotential[owner] = (rowPotential[owner] ?? 0) + slack;
    }
    rowPotential[start] = (rowPotential[start] ?? 0) + reached;
    // Along the path every row moves on to the next column.
    for (let column = end; ;) {
      const owner = cameFrom[column] ?? start;
      rowOf[column] = owner;
      const before = columnOf[owner] ?? -1;
      columnOf[owner] = column;
      if (owner === start) break;
      column = before;
    }
  }
  return columnOf;
}

function unset(taken: Uint8Array): number[] {
  const free: number[] = [];
  taken.forEach((isTaken, index) => {
    if (isTaken === 0) free.push(index);
  });
  return free;
}

function ascending(a: number, b: number): number {
  return a - b;
}
