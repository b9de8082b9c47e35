import { css } from 'lit';

/** Settings in rows: what it is called at the left, what it is at the right. */
export const hoodSheetStyles = css`
  .hint,
  small {
    color: var(--muted);
    font-size: 0.8125rem;
  }

  .fields {
    display: grid;
    padding-block: 8px;
  }

  .field {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    min-block-size: 3.25rem;
  }

  small {
    display: block;
    line-height: 1.3;
  }

  input[type='number'],
  select {
    flex: none;
    inline-size: 10.5rem;
    min-block-size: var(--target);
    padding: 8px 12px;
    border: 1px solid var(--control-line);
    border-radius: 12px;
    background: var(--ground);
    color: var(--text);
    font: inherit;
  }

  input:invalid {
    border-color: var(--danger);
  }

  .switch {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: var(--target);
    cursor: pointer;
    overflow-wrap: anywhere;
  }

  input[type='checkbox'] {
    inline-size: 1.375rem;
    block-size: 1.375rem;
    flex: none;
    margin: 0;
    accent-color: var(--accent);
  }

  fieldset {
    margin: 8px 0 0;
    padding: 0;
    border: 0;
  }

  legend,
  h3 {
    padding-block: 1rem 6px;
    font-size: 0.9375rem;
    font-weight: 650;
  }

  figure + figure {
    margin-block-start: 1rem;
  }

  figcaption {
    color: var(--muted);
    font-size: 0.875rem;
  }

  .histogram {
    max-block-size: 6rem;
  }

  .matrix {
    inline-size: 100%;
    block-size: auto;
    max-block-size: 8rem;
    border-radius: 6px;
    background: var(--ground);
    shape-rendering: crispEdges;
  }

  .positive {
    fill: var(--accent);
  }

  .negative {
    fill: #e69f00;
  }
`;
