import { css } from 'lit';

/** Plots, graphs and matrices of the lessons. */
export const learnFigureStyles = css`
  svg.plot,
  svg.graph {
    display: block;
    inline-size: 100%;
    block-size: auto;
    max-block-size: 27rem;
    margin-inline: auto;
    border-radius: var(--radius-small);
  }

  svg.plot {
    max-inline-size: 27rem;
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

  .keys .accuracy {
    border-color: var(--accent);
  }

  .chart text {
    fill: var(--muted);
    font-size: 11px;
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
    font-size: 9.5px;
    font-variant-numeric: tabular-nums;
    text-anchor: middle;
    pointer-events: none;
  }

  .unit .name {
    fill: var(--muted);
    font-size: 10px;
    font-style: italic;
  }

  .scroll {
    overflow-x: auto;
  }

  table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 2px;
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
  }

  caption {
    padding-block-end: 4px;
    color: var(--text);
    font-weight: 600;
    text-align: start;
  }

  caption small {
    color: var(--muted);
    font-weight: 400;
  }

  th {
    padding: 4px 6px;
    color: var(--muted);
    font-weight: 500;
    text-align: center;
  }

  td {
    padding: 4px 6px;
    border-radius: 4px;
    text-align: end;
  }

  .matrix td.positive {
    --ink: var(--yes);
  }

  .matrix td.negative {
    --ink: var(--no);
  }

  .matrix .s1 {
    background: color-mix(in srgb, var(--ink), transparent 90%);
  }

  .matrix .s2 {
    background: color-mix(in srgb, var(--ink), transparent 82%);
  }

  .matrix .s3 {
    background: color-mix(in srgb, var(--ink), transparent 74%);
  }

  .matrix .s4 {
    background: color-mix(in srgb, var(--ink), transparent 66%);
  }

  .matrix td.lit {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }

  .triple {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 8px;
  }

  .triple h3 {
    font-size: 0.875rem;
    text-align: center;
  }

  .algorithm {
    display: grid;
    gap: 2px;
    margin: 0;
    padding: 10px;
    border-radius: var(--radius-small);
    background: var(--surface);
    font-family: ui-monospace, 'Cascadia Mono', Menlo, monospace;
    font-size: 0.8125rem;
    list-style: none;
    counter-reset: line;
  }

  .algorithm li {
    padding: 3px 8px;
    border-inline-start: 3px solid transparent;
    white-space: pre-wrap;
    counter-increment: line;
  }

  .algorithm li::before {
    content: counter(line) '  ';
    color: var(--muted);
  }

  .algorithm li[aria-current] {
    border-color: var(--accent);
    background: var(--accent-wash);
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

  .surface text {
    fill: var(--muted);
    font-size: 12px;
  }
`;
