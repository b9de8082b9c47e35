import { css } from 'lit';

/** Matrices and tables of the lessons. */
export const learnTableStyles = css`
  .matrices .scroll {
    flex: none;
  }

  .matrices table {
    inline-size: auto;
  }

  .matrices caption {
    white-space: nowrap;
  }

  .matrices td {
    min-inline-size: 3.75rem;
  }

  table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 2px;
    font-size: 1rem;
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
    padding: 2px 4px;
    color: var(--muted);
    font-weight: 500;
    text-align: center;
  }

  tbody th {
    text-align: start;
  }

  td {
    padding: 2px 4px;
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
    min-block-size: var(--target);
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
    align-content: space-evenly;
    flex: 1;
    margin: 0;
    padding: 2px 6px;
    line-height: 1.25;
    border-radius: var(--radius-small);
    background: var(--surface);
    list-style: none;
    counter-reset: line;
  }

  .algorithm li {
    padding: 0 6px;
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
