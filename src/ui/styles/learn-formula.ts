import { css } from 'lit';

/** A formula: terms light up, with their numbers below. */
export const formulaStyles = css`
  :host {
    display: grid;
    gap: 4px;
  }

  .scroll {
    overflow-x: auto;
    overscroll-behavior-x: contain;
    padding-block: 2px;
  }

  math {
    font-size: 1.125rem;
    math-style: normal;
  }

  math.long {
    font-size: 0.9375rem;
  }

  math.long .value {
    font-size: 0.6875rem;
  }

  math.long .term {
    padding-inline: 0;
  }

  @media (min-width: 60rem) {
    math,
    math.long {
      font-size: 1.25rem;
    }
  }

  .term {
    padding-inline: 2px;
    border-radius: 6px;
  }

  .value {
    color: var(--muted);
    font-family: system-ui, sans-serif;
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
  }

  .term.lit {
    background: var(--accent-wash);
    color: var(--accent);
  }

  .lit .value {
    color: var(--accent);
  }

  .walk {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 2px;
  }

  .walk p {
    min-block-size: 3.7em;
    font-size: 0.875rem;
    line-height: 1.3;
  }

  small {
    display: block;
    color: var(--muted);
    font-size: 0.75rem;
  }

  .next svg {
    transform: scaleX(-1);
  }

  .play {
    color: var(--accent);
  }
`;
