import { css } from 'lit';

/** What the Watch panel has besides what every panel has. */
export const watchPanelStyles = css`
  /* A picture that is drawn on stays where it is when the panel turns to another page. */
  @media (max-width: 59.99rem) and (min-height: 30.01rem) {
    section {
      block-size: 48dvh;
      min-block-size: 0;
    }
  }

  .rows {
    margin-block: 0;
  }

  .figure {
    font-size: 1.0625rem;
    font-weight: 650;
    white-space: nowrap;
  }

  .muted {
    color: var(--muted);
    font-size: 0.8125rem;
  }

  .notice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }

  .pair {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 10px;
  }

  summary {
    padding-block: 10px;
    color: var(--muted);
    cursor: pointer;
  }

  details .pair {
    margin-block-start: 8px;
  }

  .button:focus-within {
    outline: 3px solid var(--accent-strong);
    outline-offset: 2px;
  }

  .wide {
    inline-size: 100%;
  }
`;
