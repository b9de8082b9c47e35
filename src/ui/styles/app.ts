import { css } from 'lit';

/** The frame of the app: the picture takes all it can, the controls lie where the thumb is. */
export const appStyles = css`
  :host {
    position: fixed;
    inset: 0;
    display: grid;
    grid-template: 'stage' minmax(0, 1fr) 'score' auto 'bar' auto / minmax(0, 1fr);
    background: var(--ground);
    overflow: hidden;
  }

  main {
    grid-area: stage;
    display: grid;
    min-block-size: 0;
  }

  sightline-detector {
    --sightline-background: #07090c;
    min-block-size: 0;
  }

  :host([empty]) sightline-detector {
    --sightline-background: var(--ground);
  }

  sightline-score {
    grid-area: score;
    padding: 6px calc(20px + var(--safe-right)) 0 calc(20px + var(--safe-left));
  }

  sightline-toolbar {
    grid-area: bar;
    padding: 2px calc(8px + var(--safe-right)) calc(8px + var(--safe-bottom))
      calc(8px + var(--safe-left));
  }

  .brand {
    display: none;
  }

  .place {
    block-size: 100%;
  }

  /* Laid over the picture: status above, what is seen below, cards between. */
  .over {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
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
    display: flex;
    justify-content: end;
  }

  .bottom {
    display: flex;
    align-items: end;
    justify-content: space-between;
    gap: 12px;
  }

  .bottom sightline-seen {
    flex: 1;
  }

  .middle {
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
    min-block-size: 36px;
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

  .round {
    inline-size: 48px;
    block-size: 48px;
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
    inline-size: 84px;
    block-size: 84px;
    border: 1px solid var(--over-line);
    background: var(--over);
    color: var(--over-text);
  }

  .paused svg {
    inline-size: 40px;
    block-size: 40px;
    fill: currentColor;
  }

  .cover {
    display: grid;
    place-items: center;
    block-size: 100%;
    padding: calc(16px + var(--safe-top)) calc(16px + var(--safe-right))
      calc(16px + var(--safe-bottom)) calc(16px + var(--safe-left));
    background: var(--ground);
  }

  .cover > * {
    max-block-size: 100%;
    inline-size: min(28rem, 100%);
  }

  sightline-toasts {
    position: fixed;
    inset: calc(12px + var(--safe-top)) calc(12px + var(--safe-right)) auto
      calc(12px + var(--safe-left));
    z-index: 3;
    pointer-events: none;
  }

  .drop {
    position: fixed;
    inset: 12px;
    z-index: 4;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 12px;
    border: 3px dashed var(--accent);
    border-radius: 24px;
    background: color-mix(in srgb, var(--ground), transparent 12%);
    font-size: 1.25rem;
    font-weight: 650;
    text-align: center;
    pointer-events: none;
  }

  .drop svg {
    inline-size: 48px;
    block-size: 48px;
    color: var(--accent);
  }

  @media (min-width: 60rem) and (min-height: 30.01rem) {
    :host {
      grid-template:
        'stage stage stage' minmax(0, 1fr)
        'brand bar score' auto / minmax(0, 1fr) minmax(30rem, auto) minmax(0, 1fr);
      align-items: center;
    }

    main {
      align-self: stretch;
    }

    .brand {
      grid-area: brand;
      display: flex;
      align-items: center;
      gap: 10px;
      padding-inline-start: calc(20px + var(--safe-left));
      font-weight: 650;
      letter-spacing: -0.01em;
    }

    .brand .mark {
      inline-size: 28px;
      block-size: 28px;
    }

    .mark .frame {
      stroke: var(--accent);
    }

    .mark .pupil {
      fill: var(--accent);
    }

    sightline-score {
      inline-size: min(22rem, 100%);
      justify-self: end;
      padding: 0 calc(20px + var(--safe-right)) 0 0;
    }

    sightline-toolbar {
      padding-block: 6px calc(6px + var(--safe-bottom));
    }

    .over {
      padding: 20px;
    }
  }

  /* A phone held sideways: the controls go to the side, where the thumb is then. */
  @media (max-height: 30rem) and (orientation: landscape) {
    :host {
      grid-template:
        'stage bar' minmax(0, 1fr)
        'score bar' auto / minmax(0, 1fr) auto;
    }

    sightline-score {
      padding-block: 0 var(--safe-bottom);
      padding-inline-end: 12px;
    }

    sightline-toolbar {
      min-block-size: 0;
      padding: 8px calc(6px + var(--safe-right)) calc(8px + var(--safe-bottom)) 6px;
    }
  }

  /* Nobody stands at a kiosk to press buttons. */
  :host([kiosk]) .top,
  :host([kiosk]) .round,
  :host([kiosk]) sightline-score,
  :host([kiosk]) sightline-toolbar,
  :host([kiosk]) .brand {
    display: none;
  }

  :host([kiosk]) {
    cursor: none;
  }

  :host([kiosk][empty]) {
    cursor: auto;
  }
`;
