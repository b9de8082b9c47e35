/**
 * A table in plain text: the first column to the left, the others to the right.
 *
 * @param rows Of cells, the first row being the heading.
 */
export function textTable(rows: readonly (readonly string[])[]): string[] {
  const [heading = []] = rows;
  const widths = heading.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(heading), rule, ...rows.slice(1).map(line)];
}

/** Bytes for people: `2.8 KB`, `41.3 MB`; a dash for what is not known. */
export function bytesInWords(bytes: number | undefined): string {
  if (bytes === undefined) return '–';
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} KB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
