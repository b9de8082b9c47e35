import { css } from 'lit';

/** Pictures to choose from, and below them what to do with the chosen ones. */
export const samplesSheetStyles = css`
  .bar,
  .row {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  .bar {
    justify-content: space-between;
  }

  .muted {
    color: var(--muted);
    font-size: 0.875rem;
  }

  .all {
    margin-inline-end: -12px;
    padding-inline: 12px;
    color: var(--accent);
    font-size: 0.875rem;
  }

  h3 {
    padding-block: 12px 4px;
    font-size: 0.9375rem;
  }

  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(5rem, 1fr));
    gap: 8px;
    margin: 0;
    padding: 4px 0;
    list-style: none;
  }

  .pick {
    position: relative;
    display: block;
    inline-size: 100%;
    padding: 0;
    border: 0;
    border-radius: 10px;
    background: transparent;
  }

  .tick {
    position: absolute;
    inset: auto 6px 6px auto;
    display: none;
    place-items: center;
    inline-size: 1.625rem;
    block-size: 1.625rem;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
  }

  .tick svg {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    stroke-width: 2.6;
  }

  .pick[aria-pressed='true'] {
    box-shadow: 0 0 0 3px var(--accent);
  }

  .pick[aria-pressed='true'] .tick {
    display: grid;
  }

  .foot {
    position: sticky;
    inset-block-end: calc(-1.25rem - var(--safe-bottom));
    display: grid;
    gap: 10px;
    margin: 8px -1.25rem calc(-1.25rem - var(--safe-bottom));
    padding: 10px 1.25rem calc(1rem + var(--safe-bottom));
    background: var(--surface);
    border-block-start: 1px solid var(--line);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }

  .actions button {
    flex: 1;
    white-space: nowrap;
  }

  .danger {
    color: var(--danger);
  }

  .naming {
    display: grid;
    gap: 10px;
  }

  input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: var(--target);
    padding: 8px 14px;
    border: 1px solid var(--control-line);
    border-radius: 12px;
    background: var(--ground);
    color: var(--text);
    font: inherit;
  }
`;
