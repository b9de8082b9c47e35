import { css } from 'lit';

/** The page of a chapter: one column on a phone, words beside the figure where there is room. */
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
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }

  .intro {
    display: grid;
    gap: 6px;
    line-height: 1.4;
  }

  .intro em,
  .task em {
    color: var(--accent);
    font-style: normal;
    font-weight: 600;
  }

  .formula,
  .task {
    padding: 10px 12px;
    border-radius: var(--radius);
    background: var(--surface);
  }

  .figure {
    display: grid;
    gap: 10px;
  }

  .fields {
    display: grid;
    gap: 6px;
  }

  .task {
    display: grid;
    gap: 4px;
    border: 1px solid var(--line);
  }

  .task.solved {
    border-color: var(--accent);
    background: var(--accent-wash);
  }

  .task h2 {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--accent);
    font-size: 0.9375rem;
    font-weight: 650;
  }

  .progress,
  .hint {
    color: var(--muted);
    font-size: 0.875rem;
  }

  .solved .progress {
    color: var(--text);
    font-weight: 600;
  }

  .slider {
    display: grid;
    grid-template-columns: 5.5rem minmax(0, 1fr) 4.25rem;
    align-items: center;
    gap: 10px;
    min-block-size: 2.5rem;
    font-size: 0.9375rem;
  }

  .slider input {
    inline-size: 100%;
    min-block-size: 2.5rem;
    margin: 0;
    accent-color: var(--accent);
    touch-action: pan-y;
  }

  .slider output {
    text-align: end;
  }

  .choice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-block-size: var(--target);
    font-size: 0.9375rem;
  }

  select,
  input[type='number'],
  input[type='text'] {
    min-block-size: var(--target);
    max-inline-size: 62%;
    padding: 6px 10px;
    border: 1px solid var(--control-line);
    border-radius: 12px;
    background: var(--ground);
    color: var(--text);
    font: inherit;
  }

  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
    gap: 6px 16px;
  }

  .segments {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding: 4px;
    border-radius: 999px;
    background: var(--surface);
  }

  .segments button {
    flex: 1;
    padding-inline: 10px;
    background: transparent;
    font-size: 0.875rem;
    white-space: nowrap;
  }

  .segments button[aria-pressed='true'] {
    background: var(--accent);
    color: var(--on-accent);
  }

  .player {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }

  .player p {
    flex: 1;
    min-inline-size: 6.5rem;
    font-size: 0.875rem;
    line-height: 1.25;
    white-space: pre-line;
  }

  .next svg {
    transform: scaleX(-1);
  }

  .seed {
    padding-inline: 12px;
    font-size: 0.875rem;
    font-weight: 500;
  }

  .alarm {
    padding: 8px 12px;
    border-radius: var(--radius-small);
    background: var(--danger-wash);
    color: var(--danger);
    font-size: 0.875rem;
  }

  @media (min-width: 60rem) {
    .lesson {
      grid-template:
        'intro figure' auto
        'formula figure' auto
        'fields figure' auto
        'task figure' auto
        '. figure' 1fr / minmax(0, 1fr) minmax(0, 1fr);
      gap: 16px 32px;
    }

    .intro {
      grid-area: intro;
    }

    .formula {
      grid-area: formula;
    }

    .figure {
      grid-area: figure;
      align-content: start;
    }

    .fields {
      grid-area: fields;
    }

    .task {
      grid-area: task;
    }
  }
`;
