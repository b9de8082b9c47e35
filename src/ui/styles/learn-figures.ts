import { css } from 'lit';

/** Plots, graphs and matrices of the lessons. */
export const learnFigureStyles = css`
  svg.plot,
  svg.graph {
    display: block;
    border-radius: var(--radius-small);
  }

  .side .keys {
    flex-direction: column;
  }

  .pickable {
    cursor: pointer;
    touch-action: manipulation;
  }

  .plot .ground {
    fill: var(--surface);
  }

  .plot .axis {
    stroke: var(--control-line);
    stroke-opacity: 0.4;
  }

  .band {
    fill-opacity: 0.13;
  }

  rect.band {
    fill-opacity: 0.16;
  }

  .band.half {
    stroke: var(--text);
    stroke-width: 2;
    fill-opacity: 0.2;
  }

  .yes {
    fill: var(--yes);
  }

  .no {
    fill: var(--no);
  }

  .plot circle,
  .plot rect:not(.ground, .band) {
    stroke: var(--ground);
    stroke-width: 1;
  }

  .plot .held,
  .keys .held {
    fill: var(--ground);
    stroke-width: 2;
  }

  .plot .yes.held,
  .keys .yes.held {
    stroke: var(--yes);
  }

  .plot .no.held {
    stroke: var(--no);
  }

  .plot circle.chosen,
  .plot circle.wrong,
  .keys circle.wrong {
    fill: none;
    stroke: var(--text);
    stroke-width: 2.5;
  }

  .plot circle.wrong,
  .keys circle.wrong {
    stroke: var(--danger);
    stroke-width: 1.75;
  }

  .keys svg {
    inline-size: 12px;
    block-size: 12px;
    overflow: visible;
  }

  .chart .yes-line {
    stroke: var(--yes);
  }

  .chart .no-line {
    stroke: var(--no);
    stroke-dasharray: 6 5;
  }

  .keys .yes-line {
    border-color: var(--yes);
  }

  .keys .no-line {
    border-block-start-style: dashed;
    border-color: var(--no);
  }

  .chart circle.second {
    fill: var(--watched);
  }

  .chart circle.yes {
    fill: var(--yes);
  }

  .chart circle.no {
    fill: var(--no);
  }

  .keys .accuracy {
    border-color: var(--accent);
  }

  .chart text {
    fill: var(--muted);
    font-size: 13px;
  }

  .chart .thin {
    stroke: var(--control-line);
    stroke-width: 1;
  }

  .lines {
    padding: 8px;
    border-radius: var(--radius-small);
    background: var(--surface);
  }

  .graph .edge {
    stroke: var(--yes);
    stroke-opacity: 0.55;
  }

  .graph .edge.negative {
    stroke: var(--no);
    stroke-dasharray: 5 4;
  }

  .graph .edge.lit {
    stroke: var(--accent);
    stroke-opacity: 1;
  }

  .unit circle {
    fill: var(--raised);
    stroke: var(--control-line);
    stroke-width: 1.5;
  }

  .unit.lit circle {
    fill: var(--accent-wash);
    stroke: var(--accent);
    stroke-width: 2.5;
  }

  .unit text {
    fill: var(--text);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    text-anchor: middle;
    pointer-events: none;
  }

  .unit .name {
    fill: var(--muted);
    font-size: 12px;
    font-style: italic;
  }

  .double {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 8px;
  }

  .double figcaption {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 8px;
  }

  .balance {
    display: block;
    inline-size: 100%;
    border-radius: 5px;
  }

  .exhibit .for {
    fill: var(--yes);
  }

  .exhibit .against {
    fill: var(--no);
  }

  .plot.exhibit rect {
    stroke: none;
  }

  .matrices {
    display: flex;
    flex: 1 1 8.5rem;
    flex-wrap: wrap;
    align-content: start;
    gap: 4px 20px;
    block-size: 0;
    min-block-size: 8.5rem;
    overflow: auto;
    overscroll-behavior: contain;
  }

  /* Longer than the screen has room for: it scrolls by itself. */
  .list {
    flex: 1 1 8.5rem;
    min-block-size: 8.5rem;
    block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  @media (min-width: 46rem) {
    .matrices,
    .list {
      flex: none;
      block-size: auto;
      max-block-size: 36rem;
    }
  }

  meter {
    inline-size: 100%;
  }

  .triple {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 8px;
  }

  .triple h3 {
    font-size: 1rem;
    text-align: center;
  }

  .surface path {
    fill: var(--accent);
    fill-opacity: 0.09;
    stroke: var(--accent);
    stroke-opacity: 0.5;
    stroke-width: 0.75;
  }

  .surface .path {
    fill: none;
    stroke: var(--text);
    stroke-opacity: 1;
    stroke-width: 2;
    stroke-linejoin: round;
  }

  .surface circle.here {
    fill: var(--no);
    stroke: var(--ground);
    stroke-width: 1.5;
  }

  .surface circle.step {
    fill: var(--text);
    stroke: none;
  }

  .surface text {
    fill: var(--muted);
    font-size: 18px;
  }
`;
