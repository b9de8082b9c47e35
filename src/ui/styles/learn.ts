import { css } from 'lit';

/**
 * The page of a chapter. On a phone all that a person works with fits the screen: the
 * words unfold, the figure takes what room is left. Where there is room, the words
 * stand beside the figure.
 */
export const learnStyles = css`
  :host {
    --yes: #56b4e9;
    --no: #e69f00;
    display: block;
  }

  @media (prefers-color-scheme: light) {
    :host {
      --yes: #0072b2;
      --no: #a85c00;
    }
  }

  .lesson {
    display: grid;
    gap: 10px;
  }

  /* The height of what scrolls is the container's, less its padding. */
  .screen {
    display: grid;
    grid-template: auto auto minmax(8.5rem, 1fr) auto auto / minmax(0, 1fr);
    gap: 5px;
    min-block-size: calc(100cqb - 12px);
  }

  .intro summary {
    padding: 2px 0;
    color: var(--text);
    font-size: 1rem;
    line-height: 1.3;
  }

  .intro summary::marker {
    color: var(--accent);
  }

  .intro p {
    padding-block: 4px;
    line-height: 1.4;
  }

  .formula,
  .task {
    padding: 4px 10px;
    border-radius: var(--radius);
    background: var(--surface);
  }

  .formula {
    display: grid;
    gap: 4px;
  }

  .figure {
    display: flex;
    flex-direction: column;
    gap: 6px;
    min-block-size: 0;
  }

  /* A picture, and what belongs to it: beside it while the screen is low. */
  .stage {
    display: flex;
    flex: 1;
    gap: 10px;
    min-block-size: 8.5rem;
  }

  .stage.rows {
    flex-direction: column;
    gap: 4px;
  }

  .picture {
    position: relative;
    flex: 1 1 54%;
    min-inline-size: 0;
  }

  .picture > svg,
  .picture > img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    max-inline-size: none;
    max-block-size: none;
  }

  .picture > img {
    object-fit: contain;
  }

  .fit {
    display: flex;
    flex: 1 1 50%;
    flex-direction: column;
    gap: 2px;
    min-inline-size: 0;
    padding: 4px 8px;
    border-radius: var(--radius-small);
    background: var(--surface);
  }

  .fit .picture {
    flex: 1;
  }

  table.beside {
    flex: 0 1 46%;
    align-self: center;
  }

  .side {
    display: flex;
    flex: 1 1 40%;
    flex-direction: column;
    gap: 4px;
    justify-content: center;
    min-inline-size: 0;
  }

  /* As many names as somebody has taught: the column is no higher than the picture. */
  .side.scrolls {
    justify-content: flex-start;
    block-size: 0;
    min-block-size: 100%;
    overflow-y: auto;
  }

  .fields {
    display: grid;
    gap: 4px;
  }

  .task {
    border: 1px solid var(--line);
    line-height: 1.3;
  }

  .task.solved {
    border-color: var(--accent);
    background: var(--accent-wash);
  }

  .task b {
    display: inline;
    color: var(--accent);
    font-size: inherit;
    font-weight: 650;
  }

  .task svg.glyph {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    vertical-align: -3px;
  }

  .progress,
  .hint {
    color: var(--muted);
  }

  .keys,
  .hint {
    font-size: 1rem;
    line-height: 1.3;
  }

  .solved .progress {
    color: var(--text);
    font-weight: 600;
  }

  .more {
    border-block-start: 1px solid var(--line);
  }

  .more > div {
    display: grid;
    gap: 6px;
    padding-block-end: 8px;
  }

  /* A high screen: the picture over what belongs to it. */
  @container (min-height: 38rem) {
    .stage.tall {
      flex-direction: column;
    }

    .stage.tall .side {
      flex: none;
    }
  }

  @media (min-width: 46rem) {
    .screen {
      grid-template:
        'intro figure' auto
        'formula figure' auto
        'fields figure' auto
        'task figure' auto
        '. figure' 1fr / minmax(0, 1fr) minmax(0, 1fr);
      gap: 12px 32px;
      min-block-size: 0;
    }

    .intro {
      grid-area: intro;
    }

    .formula {
      grid-area: formula;
    }

    .figure {
      grid-area: figure;
    }

    .fields {
      grid-area: fields;
    }

    .task {
      grid-area: task;
    }

    .stage,
    .stage.tall {
      flex: none;
      flex-direction: column;
      min-block-size: 0;
    }

    .stage .side {
      flex: none;
    }

    .uses {
      flex: none;
      align-content: start;
    }

    .side .segments {
      flex-direction: row;
    }

    .side .lines {
      inline-size: 100%;
      max-inline-size: 18rem;
      margin-inline: auto;
    }

    .picture {
      flex: none;
      inline-size: 100%;
      max-inline-size: min(30rem, 56dvh);
      aspect-ratio: 1;
      margin-inline: auto;
    }

    .picture.wide {
      max-inline-size: none;
      aspect-ratio: 2;
    }

    /* In units of the figure, which is more than twice as large here. */
    .picture .chart text {
      font-size: 7px;
    }
  }
`;
