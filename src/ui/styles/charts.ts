import { css } from 'lit';

/** Lines and keys of charts; their colours are those of the label palette. */
export const charts = css`
  :host {
    --loss: #e69f00;
    --watched: #cc79a7;
    --right: var(--accent);
  }

  figure {
    display: grid;
    gap: 6px;
    margin: 0;
  }

  svg.chart {
    display: block;
    inline-size: 100%;
    block-size: auto;
    overflow: visible;
  }

  .chart path {
    fill: none;
    stroke-width: 2.5;
    stroke-linejoin: round;
    stroke-linecap: round;
    vector-effect: non-scaling-stroke;
  }

  .chart .axis {
    stroke: var(--line);
    stroke-width: 1;
  }

  .chart .loss {
    stroke: var(--loss);
  }

  .chart .watched {
    stroke: var(--watched);
    stroke-dasharray: 6 5;
  }

  .chart .accuracy {
    stroke: var(--right);
  }

  .chart .honest {
    stroke: var(--control-line);
    stroke-width: 1.5;
    stroke-dasharray: 3 5;
  }

  .chart circle {
    fill: var(--accent);
    stroke: var(--surface);
    stroke-width: 2;
  }

  .chart .bar {
    fill: var(--accent);
  }

  .keys {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin: 0;
    padding: 0;
    color: var(--muted);
    font-size: 0.8125rem;
    list-style: none;
  }

  .keys li {
    display: flex;
    align-items: center;
    gap: 6px;
  }

  .keys i {
    inline-size: 16px;
    border-block-start: 3px solid var(--right);
  }

  .keys .loss {
    border-color: var(--loss);
  }

  .keys .watched {
    border-block-start-style: dashed;
    border-color: var(--watched);
  }
`;
