import { css } from 'lit';

/** The page of one zone or line. */
export const placePageStyles = css`
  :host {
    display: grid;
    gap: 12px;
  }

  p,
  legend,
  .field > span {
    color: var(--muted);
    font-size: 0.9375rem;
  }

  .problem {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 12px;
    border-radius: 12px;
    background: var(--danger-wash);
    color: var(--text);
  }

  .problem svg {
    color: var(--danger);
  }

  .swap {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
  }

  .field {
    display: grid;
    gap: 4px;
  }

  input:not([type='checkbox']),
  select {
    min-block-size: var(--target);
    padding: 6px 12px;
    border: 1px solid var(--control-line);
    border-radius: var(--radius-small);
    background: var(--ground);
    color: var(--text);
    font: inherit;
  }

  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    margin-block-end: 6px;
    padding: 0;
  }

  .chips select {
    inline-size: 10rem;
    border-radius: 999px;
  }

  .switch {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
  }

  .check {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: var(--target);
    cursor: pointer;
  }

  input[type='checkbox'] {
    inline-size: 1.375rem;
    block-size: 1.375rem;
    margin: 0;
    accent-color: var(--accent);
  }

  .webhook {
    display: grid;
    gap: 8px;
    padding-inline-start: 2rem;
  }

  .hours {
    flex-wrap: wrap;
    padding-block-end: 8px;
  }

  .days .chip {
    padding-inline: 0.75rem;
  }

  .amount,
  .hours,
  .hours label {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  input[type='number'] {
    inline-size: 4.5rem;
  }

  summary {
    padding-block: 10px;
    color: var(--muted);
    cursor: pointer;
  }

  details[open] .field {
    margin-block-end: 10px;
  }
`;
