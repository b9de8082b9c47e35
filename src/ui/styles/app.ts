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
    /* A long press means something here, and should select nothing. */
    -webkit-touch-callout: none;
    -webkit-user-select: none;
    user-select: none;
  }

  sightline-detector {
    --sightline-background: #07090c;
    min-block-size: 0;
  }

  /* Around what is boxed by hand there is nothing but the picture. */
  sightline-detector:has(sightline-target-layer[drawing])::part(overlay) {
    visibility: hidden;
  }

  :host([empty]) sightline-detector {
    --sightline-background: var(--ground);
  }

  sightline-score {
    grid-area: score;
    padding: 6px calc(1.25rem + var(--safe-right)) 0 calc(1.25rem + var(--safe-left));
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
    border-radius: 1.5rem;
    background: color-mix(in srgb, var(--ground), transparent 12%);
    font-size: 1.25rem;
    font-weight: 650;
    text-align: center;
    pointer-events: none;
  }

  .drop svg {
    inline-size: 3rem;
    block-size: 3rem;
    color: var(--accent);
  }

  @media (min-width: 60rem) and (min-height: 30.01rem) {
    :host {
      grid-template:
        'stage stage' minmax(0, 1fr)
        'bar score' auto / minmax(0, 1fr) minmax(15rem, auto);
      align-items: center;
    }

    main {
      align-self: stretch;
    }

    .brand {
      align-items: center;
      gap: 10px;
      padding-inline-start: calc(1.25rem + var(--safe-left));
      font-weight: 650;
      letter-spacing: -0.01em;
    }

    .brand .mark {
      inline-size: 1.75rem;
      block-size: 1.75rem;
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
      padding: 0 calc(1.25rem + var(--safe-right)) 0 0;
    }

    sightline-toolbar {
      padding-block: 6px calc(6px + var(--safe-bottom));
    }
  }

  /* Room for the name beside the bar. */
  @media (min-width: 92rem) and (min-height: 30.01rem) {
    :host {
      grid-template:
        'stage stage stage' minmax(0, 1fr)
        'brand bar score' auto / minmax(0, 1fr) minmax(30rem, auto) minmax(0, 1fr);
    }

    .brand {
      grid-area: brand;
      display: flex;
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

  /* A mode: its panel takes the place of the bar, or a column beside the picture. */
  sightline-teach,
  sightline-watch {
    grid-area: panel;
    z-index: 1;
  }

  :host([panel]) {
    grid-template: 'stage' minmax(0, 1fr) 'panel' auto / minmax(0, 1fr);
  }

  :host([panel]) sightline-score,
  :host([panel]) sightline-toolbar,
  :host([panel]) .brand {
    display: none;
  }

  @media (min-width: 60rem) and (min-height: 30.01rem) {
    :host([panel]) {
      grid-template:
        'stage panel' minmax(0, 1fr)
        'bar panel' auto / minmax(0, 1fr) 25rem;
    }

    :host([panel]) sightline-toolbar {
      display: block;
    }

    sightline-teach,
    sightline-watch {
      align-self: stretch;
    }
  }

  @media (max-height: 30rem) and (orientation: landscape) {
    :host([panel]) {
      grid-template: 'stage panel' minmax(0, 1fr) / minmax(0, 1fr) minmax(18rem, 44%);
    }
  }

  /* Nobody stands at a kiosk to press buttons. */
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
