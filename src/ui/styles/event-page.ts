import { css } from 'lit';

/** The page of one event. */
export const eventPageStyles = css`
  :host {
    display: grid;
    gap: 12px;
  }

  p {
    display: grid;
    gap: 2px;
  }

  time {
    color: var(--muted);
    font-size: 0.875rem;
  }

  figure {
    display: grid;
    gap: 8px;
    margin: 0;
  }

  canvas,
  video {
    inline-size: 100%;
    max-block-size: 60dvh;
    border-radius: var(--radius-small);
    background: #07090c;
    object-fit: contain;
  }

  figcaption {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  figcaption span {
    flex: 1;
    color: var(--muted);
  }
`;
