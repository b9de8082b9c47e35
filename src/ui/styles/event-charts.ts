import { css } from 'lit';

/** Charts of the log. */
export const eventChartStyles = css`
  :host {
    display: grid;
    gap: 14px;
  }

  figure {
    display: grid;
    gap: 6px;
    margin: 0;
  }

  figcaption {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    color: var(--muted);
    font-size: 0.875rem;
  }

  svg {
    display: block;
    inline-size: 100%;
    /* Its figures grow with it. */
    max-inline-size: 28rem;
    overflow: visible;
  }

  .axis {
    stroke: var(--control-line);
  }

  .bar {
    fill: var(--accent);
  }

  text {
    fill: var(--muted);
    font-size: 11px;
  }

  .heat {
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--ground);
    overflow: hidden;
  }

  .heat path {
    fill: var(--accent);
    fill-opacity: 0.18;
  }
`;
