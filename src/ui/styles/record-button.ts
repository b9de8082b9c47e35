import { css } from 'lit';

/** The largest thing on the panel: it is held while the eyes are on the picture. */
export const recordButtonStyles = css`
  :host {
    display: grid;
    gap: 6px;
  }

  button {
    position: relative;
    inline-size: 100%;
    min-block-size: 4rem;
    border-radius: 1.25rem;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 1.125rem;
    touch-action: none;
    -webkit-touch-callout: none;
    -webkit-user-select: none;
    user-select: none;
  }

  @media (hover: hover) {
    button:hover:enabled {
      background: var(--accent-strong);
    }
  }

  i {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    border: 3px solid currentColor;
    border-radius: 50%;
  }

  button.on,
  button.on:hover:enabled {
    background: var(--danger-wash);
    color: var(--danger);
    box-shadow: inset 0 0 0 3px var(--danger);
  }

  .on i {
    border-color: var(--danger);
    background: var(--danger);
    animation: pulse 1.2s ease-in-out infinite alternate;
  }

  b {
    position: absolute;
    inset-inline-end: 1.25rem;
    font-size: 1.75rem;
    font-weight: 700;
  }

  p {
    min-block-size: 1.25rem;
    color: var(--muted);
    font-size: 0.8125rem;
    line-height: 1.5;
    text-align: center;
  }

  p.refused {
    color: var(--danger);
    font-weight: 600;
  }

  @keyframes pulse {
    to {
      opacity: 0.4;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .on i {
      animation: none;
    }
  }
`;
