import { css } from 'lit';

/** Lists of choices in a sheet: one thumb-sized row each. */
export const rows = css`
  .rows {
    display: grid;
    gap: 2px;
    margin: 0 -8px;
    padding: 0;
    list-style: none;
  }

  .row {
    display: grid;
    grid-template-columns: 2.5rem 1fr auto;
    align-items: center;
    justify-content: stretch;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 3.5rem;
    padding: 8px;
    border: 0;
    border-radius: 12px;
    background: transparent;
    text-align: start;
    font-weight: 500;
    cursor: pointer;
  }

  .row .badge {
    display: grid;
    place-items: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border-radius: 12px;
    background: var(--raised);
  }

  .row small {
    display: block;
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 400;
  }

  .row[aria-current='true'] .badge {
    background: var(--accent-wash);
    color: var(--accent);
  }

  .row .state {
    color: var(--accent);
    font-size: 0.8125rem;
    font-weight: 600;
  }

  .row kbd {
    color: var(--muted);
  }

  kbd {
    display: inline-block;
    min-inline-size: 2em;
    padding: 2px 8px;
    border: 1px solid var(--line);
    border-radius: 6px;
    background: var(--raised);
    font: inherit;
    font-size: 0.8125rem;
    text-align: center;
  }

  /* Keys mean nothing where there is no keyboard. */
  @media (hover: none) and (pointer: coarse) {
    .row kbd {
      display: none;
    }
  }
`;
