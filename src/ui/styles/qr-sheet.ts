import { css } from 'lit';

/** A code as large as it can be. */
export const qrSheetStyles = css`
  p {
    color: var(--muted);
    font-size: 0.9375rem;
  }

  canvas {
    display: block;
    inline-size: min(100%, 62dvh);
    margin: 12px auto;
    border-radius: 8px;
    image-rendering: pixelated;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 12px;
  }

  progress {
    margin-block: 12px 6px;
  }
`;
