import { css } from 'lit';

/** The first screen: one drawing, one sentence, two big buttons. */
export const welcomeStyles = css`
  :host {
    display: grid;
    block-size: 100%;
    /* A panel may take a part of the window. */
    container-type: size;
    overflow: hidden auto;
    background: var(--ground);
    color: var(--text);
  }

  .welcome {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: safe center;
    gap: 1.75rem;
    min-block-size: 100%;
    padding: calc(1.25rem + var(--safe-top)) calc(1.5rem + var(--safe-right))
      calc(12px + var(--safe-bottom)) calc(1.5rem + var(--safe-left));
  }

  .brand,
  .scene,
  .column {
    flex: none;
    inline-size: min(26rem, 100%);
  }

  .brand {
    display: flex;
    align-items: center;
    gap: 10px;
    color: var(--text);
    font-weight: 650;
    letter-spacing: -0.01em;
  }

  .mark {
    inline-size: 1.75rem;
    block-size: 1.75rem;
  }

  .mark .frame {
    stroke: var(--accent);
  }

  .mark .pupil {
    fill: var(--accent);
  }

  .scene {
    display: block;
    max-block-size: 34dvh;
  }

  .scene .finder {
    fill: none;
    stroke: var(--accent);
    stroke-width: 4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .scene .ground {
    fill: var(--surface);
  }

  .scene text {
    font:
      600 12px system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      sans-serif;
  }

  .things .body {
    fill: color-mix(in srgb, var(--raised), var(--muted) 22%);
  }

  .things .leaf {
    fill: color-mix(in srgb, var(--raised), var(--muted) 42%);
  }

  .things .line {
    fill: none;
    stroke: color-mix(in srgb, var(--raised), var(--muted) 42%);
  }

  .things circle + .line {
    stroke: var(--ground);
  }

  .things .shade {
    stroke: var(--line);
  }

  .column {
    display: grid;
    gap: 1.75rem;
  }

  .words {
    display: grid;
    gap: 10px;
  }

  h2 {
    font-size: clamp(1.75rem, 1.35rem + 1.9vw, 2.375rem);
    font-weight: 700;
    line-height: 1.12;
    letter-spacing: -0.022em;
    text-wrap: balance;
  }

  .words p {
    color: var(--muted);
    font-size: 1.0625rem;
  }

  .ways {
    display: grid;
    gap: 10px;
  }

  .big {
    min-block-size: 3.5rem;
    font-size: 1.0625rem;
  }

  .small {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0 4px;
  }

  .small button {
    padding-inline: 12px;
    color: var(--accent);
    font-size: 0.9375rem;
  }

  .privacy {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    color: var(--muted);
    font-size: 0.8125rem;
  }

  .privacy a {
    color: inherit;
  }

  .privacy svg {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }

  .opening {
    display: grid;
    justify-items: center;
    gap: 14px;
    min-block-size: 7.625rem;
    align-content: center;
    text-align: center;
  }

  .foot {
    display: grid;
    gap: 14px;
  }

  /* Its room is kept, so that no button moves from under a thumb when it comes or goes. */
  sightline-loading-card {
    min-block-size: 4.75rem;
  }

  /* The drawing beside the words: on a wide screen, and on a phone held sideways. */
  @container (min-width: 54rem) or ((max-height: 30rem) and (min-width: 34rem)) {
    .welcome {
      flex-direction: row-reverse;
      justify-content: center;
      gap: clamp(2rem, 7vw, 8rem);
    }

    .brand {
      position: absolute;
      inset: calc(1.5rem + var(--safe-top)) auto auto calc(2rem + var(--safe-left));
      inline-size: auto;
    }

    .scene {
      inline-size: 36cqi;
      max-inline-size: 48rem;
      max-block-size: 70cqb;
    }
  }

  @container (max-height: 30rem) and (min-width: 34rem) {
    .brand {
      display: none;
    }

    .column,
    .foot {
      gap: 10px;
    }

    h2 {
      font-size: 1.5rem;
    }

    .words p {
      font-size: 0.9375rem;
    }

    .ways {
      grid-template-columns: 1fr 1fr;
    }

    .small,
    .opening {
      grid-column: 1 / -1;
    }

    .big {
      min-block-size: 3rem;
    }

    sightline-loading-card {
      min-block-size: 4rem;
    }
  }

  /* Beside a panel on such a phone there is room for the words alone. */
  @container (max-height: 30rem) and (max-width: 34rem) {
    .brand,
    .scene {
      display: none;
    }
  }

  @media (max-width: 22rem), (max-height: 42rem) and (orientation: portrait) {
    .welcome {
      gap: 1rem;
      padding-inline: calc(1rem + var(--safe-left)) calc(1rem + var(--safe-right));
    }

    .brand {
      display: none;
    }

    .scene {
      max-block-size: 22dvh;
    }

    .column {
      gap: 1rem;
    }

    .words p {
      font-size: 0.9375rem;
    }

    .big {
      min-block-size: 3.125rem;
    }

    .foot {
      gap: 6px;
    }
  }
`;
