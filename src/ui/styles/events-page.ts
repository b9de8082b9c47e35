import { css } from 'lit';

/** The page with the log of events. */
export const eventsPageStyles = css`
  :host {
    display: grid;
    gap: 10px;
  }

  p {
    color: var(--muted);
    font-size: 0.9375rem;
  }

  .problem {
    color: var(--text);
  }

  .tools {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }

  .wide {
    grid-column: 1 / -1;
  }

  .day {
    display: grid;
    gap: 4px;
    color: var(--muted);
    font-size: 0.875rem;
  }

  summary {
    padding-block: 10px;
    color: var(--muted);
    cursor: pointer;
  }

  .save {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  input,
  select {
    min-inline-size: 0;
    min-block-size: var(--target);
    padding: 6px 12px;
    border: 1px solid var(--control-line);
    border-radius: var(--radius-small);
    background: var(--ground);
    color: var(--text);
    font: inherit;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .events {
    display: grid;
    gap: 2px;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 0.9375rem;
  }

  .events li {
    display: grid;
    grid-template-columns: 6.5rem 1fr auto auto;
    align-items: center;
    gap: 8px;
    border-block-end: 1px solid var(--line);
  }

  /* In one column, also beside no pictures. */
  .events button:last-child {
    grid-column: 4;
  }

  .events time {
    color: var(--muted);
  }

  .events .fired {
    color: var(--accent-strong);
    font-weight: 600;
  }
`;
