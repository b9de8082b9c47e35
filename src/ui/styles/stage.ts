import { css } from 'lit';

/** What lies over the picture or in its place. */
export const stageStyles = css`
  /* Laid over the picture: status above, what is seen below, cards between. */
  .over {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    gap: 12px;
    padding: calc(12px + var(--safe-top)) calc(12px + var(--safe-right)) 12px
      calc(12px + var(--safe-left));
    pointer-events: none;
  }

  .over button,
  .over sightline-problem-card,
  .over sightline-loading-card,
  .over .card {
    pointer-events: auto;
  }

  /* At the right: the tags of boxes are at their left. */
  .top {
    grid-area: 1 / 1;
    display: flex;
    flex-wrap: wrap;
    align-content: start;
    justify-content: end;
    gap: 8px;
  }

  .bottom {
    grid-area: 3 / 1;
    display: flex;
    align-items: end;
    justify-content: space-between;
    gap: 12px;
  }

  /* A corner of a box that is drawn may lie below. */
  .over:has(sightline-target-layer[drawing]) :is(.top, .bottom) {
    visibility: hidden;
  }

  .bottom sightline-seen {
    flex: 1;
  }

  .middle {
    grid-area: 2 / 1;
    z-index: 1;
    display: grid;
    place-items: center;
    min-block-size: 0;
  }

  .middle.low {
    align-items: end;
  }

  .middle > * {
    max-block-size: 100%;
    inline-size: min(26rem, 100%);
  }

  .status,
  .round {
    border: 1px solid var(--over-line);
    background: var(--over);
    color: var(--over-text);
  }

  .status {
    position: relative;
    gap: 8px;
    min-block-size: 2.25rem;
    padding: 4px 14px 4px 12px;
    font-size: 0.875rem;
    font-weight: 600;
  }

  /* Looks small and is easy to hit. */
  .status::after {
    content: '';
    position: absolute;
    inset: -6px;
  }

  .status i {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: #a5b1c0;
  }

  .status.live i {
    background: #3ddbb4;
  }

  .status.trouble i {
    background: #ffb347;
  }

  .status.privacy .glyph {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    color: #3ddbb4;
  }

  .round {
    inline-size: 3rem;
    block-size: 3rem;
    padding: 0;
  }

  .over button:focus-visible {
    outline-color: #ffffff;
    box-shadow: 0 0 0 6px rgb(0 0 0 / 0.7);
  }

  @media (hover: hover) {
    .over .status:hover:enabled,
    .over .round:hover:enabled {
      background: rgb(33 40 50 / 0.92);
    }
  }

  .paused {
    display: grid;
    place-items: center;
    inline-size: 5.25rem;
    block-size: 5.25rem;
    border: 1px solid var(--over-line);
    background: var(--over);
    color: var(--over-text);
  }

  .paused svg {
    inline-size: 2.5rem;
    block-size: 2.5rem;
    fill: currentColor;
  }

  .cover {
    display: grid;
    place-items: center;
    block-size: 100%;
    padding: calc(1rem + var(--safe-top)) calc(1rem + var(--safe-right))
      calc(1rem + var(--safe-bottom)) calc(1rem + var(--safe-left));
    background: var(--ground);
  }

  .cover > * {
    max-block-size: 100%;
    inline-size: min(26rem, 100%);
  }

  @media (min-width: 60rem) and (min-height: 30.01rem) {
    .over {
      padding: 1.25rem;
    }
  }

  /* Where there is no height to share, what needs attention has all of it. */
  @media (max-height: 30rem) {
    .middle {
      grid-row: 1 / -1;
    }
  }

  :host([kiosk]) .top,
  :host([kiosk]) .round {
    display: none;
  }
`;
