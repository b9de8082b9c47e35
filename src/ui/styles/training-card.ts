import { css } from 'lit';

/** The foot of the panel. */
export const trainingCardStyles = css`
  :host {
    display: grid;
    gap: 10px;
  }

  .teach {
    inline-size: 100%;
    min-block-size: 3.25rem;
    font-size: 1.0625rem;
  }

  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 8px;
  }

  .row .teach {
    flex-direction: column;
    gap: 2px;
    inline-size: auto;
    padding-inline: 14px;
    border-radius: 14px;
    font-size: 0.8125rem;
  }

  .teach[aria-disabled='true'] {
    background: var(--raised);
    color: var(--muted);
    cursor: default;
  }

  p {
    color: var(--muted);
    font-size: 0.875rem;
    text-align: center;
  }

  .say {
    text-align: start;
  }

  .progress {
    display: grid;
    grid-template-columns: 1fr auto auto;
    align-items: center;
    gap: 12px;
  }

  .progress label {
    display: grid;
    gap: 6px;
    font-weight: 600;
  }

  .outcome {
    display: grid;
    grid-template-columns: 2.5rem 1fr;
    justify-content: stretch;
    gap: 12px;
    padding: 8px 12px 8px 8px;
    border-radius: 14px;
    background: var(--raised);
    text-align: start;
  }

  .outcome b {
    display: block;
    font-weight: 650;
  }

  .outcome small {
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 400;
  }

  .badge {
    display: grid;
    place-items: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border-radius: 10px;
    background: var(--surface);
  }

  .badge.good {
    background: var(--accent-wash);
    color: var(--accent);
  }

  svg.chart {
    max-block-size: 7rem;
  }
`;
