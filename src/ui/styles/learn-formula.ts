import { css } from 'lit';

/** A formula: terms light up, with their numbers below. */
export const formulaStyles = css`
  :host {
    display: grid;
    grid-template-columns: var(--target) minmax(0, 1fr) var(--target);
    align-items: center;
    gap: 2px 4px;
  }

  .scroll {
    grid-column: 1 / 3;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    padding-block: 2px;
  }

  .walk {
    display: contents;
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

  .walk p {
    min-block-size: 3.9em;
    align-content: center;
    line-height: 1.3;
  }

  small {
    margin-inline-end: 4px;
    color: var(--muted);
    font-size: inherit;
  }

  .next svg {
    transform: scaleX(-1);
  }

  .play {
    grid-area: 1 / 3;
    color: var(--accent);
  }
`;
