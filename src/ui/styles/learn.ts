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
    gap: 10px;
  }

  .intro {
    display: grid;
    gap: 6px;
    font-size: 0.9375rem;
    line-height: 1.38;
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

  .lead,
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

  .device {
    color: var(--danger);
    font-weight: 600;
  }

  .file {
    flex: 1;
  }

  .file:focus-within {
    outline: 3px solid var(--accent-strong);
    outline-offset: 2px;
  }

  .data,
  .cross {
    display: grid;
    gap: 6px;
    font-size: 0.9375rem;
  }

  progress {
    inline-size: 100%;
    accent-color: var(--accent);
  }

  .empty {
    display: grid;
    justify-items: center;
    gap: 16px;
    padding: 32px 16px;
    border-radius: var(--radius);
    background: var(--surface);
    text-align: center;
  }

  .uses {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .uses li {
    display: grid;
    justify-items: start;
    gap: 6px;
    padding: 12px;
    border-radius: var(--radius);
    background: var(--surface);
    font-size: 0.9375rem;
  }

  .uses h2 {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: 1rem;
  }

  .alarm {
    padding: 8px 12px;
    border-radius: var(--radius-small);
    background: var(--danger-wash);
    color: var(--danger);
    font-size: 0.875rem;
  }

  @media (min-width: 46rem) {
    .lesson {
      grid-template:
        'intro figure' auto
        'formula figure' auto
        'lead figure' auto
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

    .lead {
      grid-area: lead;
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
