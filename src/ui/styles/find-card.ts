import { css } from 'lit';

/** A card that has one label found by itself. */
export const findCardStyles = css`
  :host {
    display: block;
  }

  section {
    display: grid;
    gap: 12px;
    margin-block-start: 16px;
    padding: 16px;
    border: 1px solid var(--line);
    border-radius: 16px;
  }

  :host([brief]) section {
    margin-block-start: 0;
    padding: 12px;
    gap: 8px;
  }

  h3,
  p {
    margin: 0;
  }

  h3 {
    font-size: 1rem;
  }

  p,
  .ends {
    color: var(--muted);
    font-size: 0.875rem;
  }

  p:empty {
    display: none;
  }

  .report {
    display: grid;
    gap: 8px;
  }

  h4,
  figure {
    margin: 0;
  }

  h4 {
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 600;
  }

  .plain-words b {
    display: block;
    color: var(--text);
    font-size: 1.125rem;
  }

  .chart {
    inline-size: 100%;
    max-inline-size: 26rem;
    overflow: visible;
  }

  .chart text {
    fill: var(--muted);
    font-size: 11px;
  }

  .axis {
    fill: none;
    stroke: var(--control-line);
  }

  .curve {
    fill: none;
    stroke: var(--accent);
    stroke-width: 2.5;
    stroke-linejoin: round;
  }

  .chart circle {
    fill: var(--accent);
    stroke: var(--surface);
    stroke-width: 2;
  }

  figcaption {
    color: var(--muted);
    font-size: 0.8125rem;
  }

  .switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-block-size: var(--target);
  }

  .switch input {
    inline-size: 1.5rem;
    block-size: 1.5rem;
    accent-color: var(--accent);
  }

  .strictness {
    display: grid;
    gap: 2px;
  }

  .strictness input {
    inline-size: 100%;
    min-block-size: var(--target);
    margin: 0;
    accent-color: var(--accent);
  }

  .ends {
    display: flex;
    justify-content: space-between;
  }

  .standard {
    justify-self: start;
    color: var(--accent);
    font-size: 0.875rem;
  }

  .progress {
    display: flex;
    align-items: center;
    gap: 12px;
  }

  .progress label {
    display: grid;
    flex: 1;
    gap: 6px;
    font-size: 0.875rem;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }

  .actions button {
    flex: 1 1 auto;
    padding-inline: 16px;
  }

  .danger {
    color: var(--danger);
  }
`;
