import { css } from 'lit';

/** Matrices and tables of the lessons. */
export const learnTableStyles = css`
  .scroll {
    overflow-x: auto;
  }

  table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 2px;
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
  }

  caption {
    padding-block-end: 4px;
    color: var(--text);
    font-weight: 600;
    text-align: start;
  }

  caption small {
    color: var(--muted);
    font-weight: 400;
  }

  th {
    padding: 4px 6px;
    color: var(--muted);
    font-weight: 500;
    text-align: center;
  }

  tbody th {
    text-align: start;
  }

  td {
    padding: 4px 6px;
    border-radius: 4px;
    text-align: end;
  }

  .matrix td.positive {
    --ink: var(--yes);
  }

  .matrix td.negative {
    --ink: var(--no);
  }

  .matrix .s1 {
    background: color-mix(in srgb, var(--ink), transparent 90%);
  }

  .matrix .s2 {
    background: color-mix(in srgb, var(--ink), transparent 82%);
  }

  .matrix .s3 {
    background: color-mix(in srgb, var(--ink), transparent 74%);
  }

  .matrix .s4 {
    background: color-mix(in srgb, var(--ink), transparent 66%);
  }

  .matrix td.lit {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }

  .confusion td {
    font-size: 1rem;
    font-weight: 600;
    text-align: center;
  }

  .confusion .good {
    background: color-mix(in srgb, var(--accent), transparent 80%);
  }

  .confusion .bad {
    background: color-mix(in srgb, var(--danger), transparent 82%);
  }

  .voices label {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 2rem;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .voices input {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    flex: none;
    margin: 0;
    accent-color: var(--accent);
  }

  .algorithm {
    display: grid;
    gap: 2px;
    margin: 0;
    padding: 8px;
    border-radius: var(--radius-small);
    background: var(--surface);
    font-family: ui-monospace, 'Cascadia Mono', Menlo, monospace;
    font-size: 0.8125rem;
    list-style: none;
    counter-reset: line;
  }

  .algorithm li {
    padding: 1px 8px;
    border-inline-start: 3px solid transparent;
    white-space: pre-wrap;
    counter-increment: line;
  }

  .algorithm li::before {
    content: counter(line) '  ';
    color: var(--muted);
  }

  .algorithm li[aria-current] {
    border-color: var(--accent);
    background: var(--accent-wash);
  }
`;
