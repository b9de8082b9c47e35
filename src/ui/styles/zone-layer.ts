import { css } from 'lit';

/** Zones and lines over the picture, whatever its colours are. */
export const zoneLayerStyles = css`
  :host {
    position: absolute;
    inset: 0;
    display: block;
    overflow: hidden;
    pointer-events: none;
    --mark: #3ddbb4;
  }

  svg {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }

  .halo,
  .body,
  .arrow {
    fill: none;
    stroke-linejoin: round;
    stroke-linecap: round;
  }

  .halo {
    stroke: rgb(0 0 0 / 0.55);
    stroke-width: 6;
  }

  .body,
  .arrow {
    stroke: var(--mark);
    stroke-width: 2.5;
  }

  .zone .body {
    fill: rgb(61 219 180 / 0.12);
  }

  .zone.busy .body {
    fill: rgb(61 219 180 / 0.22);
  }

  .line .body {
    stroke-width: 3.5;
  }

  .edited .body {
    stroke-dasharray: 8 6;
  }

  text {
    fill: #ffffff;
    stroke: rgb(0 0 0 / 0.75);
    stroke-width: 4;
    paint-order: stroke;
    stroke-linejoin: round;
    font-size: 0.8125rem;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  .surface {
    position: absolute;
    inset: 0;
    cursor: crosshair;
    pointer-events: auto;
    touch-action: none;
    -webkit-user-select: none;
    user-select: none;
  }

  .handle,
  .adder {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    inline-size: var(--target);
    block-size: var(--target);
    min-inline-size: 0;
    padding: 0;
    border: 0;
    background: transparent;
    touch-action: none;
  }

  .handle {
    cursor: grab;
  }

  .handle::after {
    content: '';
    inline-size: 18px;
    block-size: 18px;
    border: 3px solid #ffffff;
    border-radius: 50%;
    background: #06241c;
    box-shadow: 0 0 0 2px rgb(0 0 0 / 0.6);
  }

  .handle:focus-visible,
  .adder:focus-visible {
    outline: 3px solid #ffffff;
    outline-offset: -6px;
    border-radius: 50%;
  }

  .adder svg {
    position: static;
    inline-size: 24px;
    block-size: 24px;
    fill: rgb(0 0 0 / 0.55);
    stroke: #ffffff;
    stroke-width: 1.5;
  }

  @media (hover: hover) {
    .handle:hover:enabled,
    .adder:hover:enabled {
      background: transparent;
    }

    .handle:hover::after {
      background: var(--mark);
    }
  }
`;
