import { css } from 'lit';

/** The page of the finder: everything on it is large. */
export const finderPageStyles = css`
  :host {
    display: grid;
    gap: 12px;
  }

  p,
  legend {
    color: var(--muted);
    font-size: 0.9375rem;
  }

  .offers {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 10px;
  }

  .offer {
    min-inline-size: 0;
    min-block-size: 4rem;
    padding-inline: 1rem;
    border: 1px solid var(--control-line);
    border-radius: 16px;
    background: var(--raised);
    color: var(--text);
    font: inherit;
    font-size: 1.125rem;
    font-weight: 600;
  }

  .finding {
    color: var(--text);
    font-size: 1.5rem;
    font-weight: 650;
  }

  .finding::first-letter {
    text-transform: uppercase;
  }

  .field {
    inline-size: 100%;
    max-block-size: 9rem;
  }

  .field rect {
    fill: var(--ground);
    stroke: var(--control-line);
    stroke-width: 0.02;
  }

  .field line {
    stroke: var(--muted);
    stroke-width: 0.02;
  }

  .field circle {
    fill: var(--accent);
  }

  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin: 0;
    padding: 0;
    border: 0;
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
`;
