import { css } from 'lit';

/** The page that measures a device: a column of text and one table, for a phone first. */
export const benchStyles = css`
  :host {
    display: block;
    min-block-size: 100dvh;
    background: var(--ground);
  }

  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
    max-inline-size: 46rem;
    margin: 0 auto;
    padding: max(1.5rem, var(--safe-top)) max(1.25rem, var(--safe-right))
      max(2rem, var(--safe-bottom)) max(1.25rem, var(--safe-left));
  }

  header {
    display: grid;
    gap: 8px;
  }

  h1 {
    font-size: 1.75rem;
    line-height: 1.2;
    letter-spacing: -0.02em;
  }

  h2 {
    padding-block-end: 8px;
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 600;
  }

  .muted {
    color: var(--muted);
    font-size: 0.9375rem;
  }

  a {
    color: var(--accent-strong);
  }

  nav a {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--target);
  }

  section {
    padding: 1rem 1.125rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }

  .stage {
    display: grid;
    gap: var(--gap);
  }

  .stage .line {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .entry {
    display: grid;
    grid-template-columns: minmax(40%, 1fr) auto;
    gap: 2px 1rem;
    padding: 10px 0;
    border-block-end: 1px solid color-mix(in srgb, var(--line), transparent 45%);
  }

  .entry:last-child {
    border-block-end: 0;
  }

  .entry b {
    font-weight: 650;
  }

  .entry .figure {
    font-weight: 700;
    text-align: end;
  }

  .entry small {
    color: var(--muted);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }

  .entry small:last-child {
    text-align: end;
  }

  .entry .wide:last-child {
    grid-column: 1 / -1;
    text-align: start;
  }

  .entry svg {
    grid-column: 1 / -1;
    inline-size: 100%;
    block-size: 6px;
    margin-block: 4px 2px;
    border-radius: 999px;
  }

  .entry .track {
    fill: var(--raised);
  }

  .entry .length {
    fill: var(--accent);
  }

  .entry .other {
    color: var(--danger);
  }

  dl {
    margin: 0;
  }

  dl div {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
    padding: 5px 0;
    font-size: 0.9375rem;
  }

  dt {
    flex: none;
    color: var(--muted);
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
    text-align: end;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }

  .actions button {
    flex: 1 1 8rem;
  }

  [role='alert'] {
    color: var(--danger);
  }
`;
