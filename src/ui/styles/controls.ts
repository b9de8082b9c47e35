import { css } from 'lit';

/** Buttons, fields and the focus ring, shared by every view. */
export const controls = css`
  * {
    box-sizing: border-box;
  }

  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  h3,
  p {
    margin: 0;
    text-wrap: pretty;
  }

  :focus-visible {
    outline: 3px solid var(--accent-strong);
    outline-offset: 2px;
  }

  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: var(--target);
    min-inline-size: var(--target);
    padding: 8px 1.125rem;
    border: 1px solid transparent;
    border-radius: 999px;
    background: var(--raised);
    color: var(--text);
    font: inherit;
    font-weight: 600;
    line-height: 1.2;
    cursor: pointer;
    transition: background-color var(--quick);
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
  }

  button:disabled {
    opacity: 0.45;
    cursor: default;
  }

  button.primary {
    background: var(--accent);
    color: var(--on-accent);
  }

  button.plain {
    background: transparent;
    color: var(--text);
  }

  button.icon {
    padding: 0;
    inline-size: var(--target);
  }

  @media (hover: hover) {
    button:hover:enabled {
      background: color-mix(in srgb, var(--raised), var(--text) 12%);
    }

    button.primary:hover:enabled {
      background: var(--accent-strong);
    }
  }

  @media (forced-colors: active) {
    button {
      border-color: ButtonText;
    }
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .chip {
    padding-inline: 14px;
    border-color: var(--control-line);
    background: transparent;
    font-weight: 500;
  }

  .chip[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-wash);
    color: var(--accent-strong);
    font-weight: 600;
  }

  progress {
    inline-size: 100%;
    block-size: 8px;
    border: 0;
    border-radius: 999px;
    background: var(--raised);
    accent-color: var(--accent);
    overflow: hidden;
    appearance: none;
  }

  progress::-webkit-progress-bar {
    background: var(--raised);
  }

  progress::-webkit-progress-value {
    border-radius: 999px;
    background: var(--accent);
    transition: inline-size var(--quick);
  }

  progress::-moz-progress-bar {
    border-radius: 999px;
    background: var(--accent);
  }

  svg.glyph {
    inline-size: 1.5rem;
    block-size: 1.5rem;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  svg.dot {
    inline-size: 12px;
    block-size: 12px;
    flex: none;
    overflow: visible;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .number {
    font-variant-numeric: tabular-nums;
  }
`;
